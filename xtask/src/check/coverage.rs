//! Which constraints of the document some exchange exercises: a value was there to be judged by them.
//!
//! Why: a constraint that no example meets could say anything.

use std::collections::{BTreeMap, BTreeSet};

use hyperinstance_codegen::Document;
use hyperinstance_spec::Example;
use serde_json::Value;

use super::finding::Finding;
use super::{visit, walk};

const RULE: &str = "constraint-exercised";

/// What narrows the values of a schema.
const CONSTRAINTS: &[&str] = &[
    "pattern",
    "enum",
    "format",
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "required",
    "minProperties",
    "maxProperties",
    "additionalProperties",
];

/// The constraints of a document, each with whether an exchange exercises it.
pub(super) fn constraints(
    document: &Document,
    examples: &[Example],
    request: &str,
) -> Vec<(String, &'static str, bool)> {
    let mut visited = BTreeSet::new();
    let mut note = |schema: &Value, value: &Value| {
        visit::judged(document, ("", schema), ("", value), &mut |schema, _, _| {
            visited.insert(schema.to_owned());
        });
    };
    for (pointer, _, _, operation) in walk::operations(document) {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        for (_, status, response) in walk::responses(document, &pointer, operation) {
            let Some(schema) = response.pointer("/content/application~1json/schema") else { continue };
            for example in
                examples.iter().filter(|example| example.operation == id && example.status.to_string() == status)
            {
                if let Ok(body) = serde_json::from_str(example.body) {
                    note(schema, &body);
                }
            }
        }
        let values = parameters(request, &pointer);
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let parameter = walk::resolve(document, parameter);
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            if let (Some(value), Some(schema)) = (values.get(name), parameter.get("schema")) {
                note(schema, &Value::String(value.clone()));
            }
        }
    }
    let mut constraints = Vec::new();
    for (pointer, schema) in document.every_schema() {
        for keyword in CONSTRAINTS.iter().filter(|keyword| schema.get(**keyword).is_some()) {
            constraints.push((format!("{pointer}/{keyword}"), *keyword, visited.contains(&pointer)));
        }
    }
    constraints
}

pub(super) fn check(document: &Document, examples: &[Example], request: &str) -> Vec<Finding> {
    let constraints = constraints(document, examples, request).into_iter().filter(|(.., exercised)| !exercised);
    constraints
        .map(|(pointer, keyword, _)| {
            let message = format!("no example exercises this `{keyword}`");
            Finding::error(
                RULE,
                document,
                &pointer,
                message,
                "add an exchange under spec/examples/ that has such a value",
            )
        })
        .collect()
}

/// The values of a request line by parameter: those of the query, and of the path where the operation has variables.
fn parameters(request: &str, operation: &str) -> BTreeMap<String, String> {
    let target = request.split_whitespace().nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut values: BTreeMap<String, String> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    // `/paths/~1v1~1{project_id}~1../get`, and a URL with a host.
    let template = operation.replace("~1", "/");
    let template = template.trim_start_matches("/paths/");
    let path = path.split("//").nth(1).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
    for (name, value) in template.trim_start_matches('/').split('/').zip(path.split('/')) {
        if let Some(name) = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            values.insert(name.to_owned(), value.to_owned());
        }
    }
    values
}
