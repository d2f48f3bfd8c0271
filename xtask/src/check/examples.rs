//! The example exchanges against the document: each belongs to an operation and status, and is valid there; each
//! documented status has one; and the documented request is the document's.

use std::collections::BTreeMap;

use hyperinstance_codegen::{Document, json_schemas};
use hyperinstance_spec::Example;
use serde_json::Value;

use super::finding::Finding;
use super::{visit, walk};

const RULE: &str = "example-valid";

pub(super) fn check(document: &Document, examples: &[Example], request: &str) -> Vec<Finding> {
    let schemas = json_schemas(document);
    let responses = responses(document);
    let mut findings = Vec::new();
    for example in examples {
        match responses.get(&(example.operation.to_owned(), example.status)) {
            Some((_, Some(schema))) => findings.extend(judge(document, example, schema, &schemas)),
            Some((_, None)) => findings.push(in_example(
                example,
                String::new(),
                format!("status {} of {} has no body that is a component", example.status, example.operation),
                "let the response refer to a component schema",
            )),
            None => findings.push(in_example(
                example,
                String::new(),
                format!("the document has no status {} of {}", example.status, example.operation),
                "add the response to the document, or remove the example",
            )),
        }
    }
    for ((operation, status), (pointer, _)) in &responses {
        if !examples.iter().any(|example| example.operation == operation && example.status == *status) {
            let message = format!("no example shows status {status} of {operation}");
            let help = format!("add spec/examples/{operation}/{status}.json");
            findings.push(Finding::error(RULE, document, pointer, message, help));
        }
    }
    findings.extend(check_request(document, request));
    findings
}

type Responses = BTreeMap<(String, u16), (String, Option<String>)>;

/// Pointer and component name of each response, by operation and status.
fn responses(document: &Document) -> Responses {
    let mut found = BTreeMap::new();
    for (pointer, _, _, operation) in walk::operations(document) {
        let name = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        for (pointer, status, response) in walk::responses(document, &pointer, operation) {
            let Ok(status) = status.parse() else { continue };
            let reference = response.pointer("/content/application~1json/schema/$ref").and_then(Value::as_str);
            let schema = reference.and_then(|target| target.rsplit('/').next()).map(str::to_owned);
            found.insert((name.to_owned(), status), (pointer, schema));
        }
    }
    found
}

/// Judges an example as a whole, and each part of it that a component describes by that component's own schema: the
/// schemas are handed out one by one.
fn judge(document: &Document, example: &Example, schema: &str, schemas: &BTreeMap<String, String>) -> Vec<Finding> {
    const COMPONENTS: &str = "/components/schemas/";
    let value: Value = match serde_json::from_str(example.body) {
        Ok(value) => value,
        Err(error) => return vec![in_example(example, String::new(), format!("not JSON: {error}"), "correct it")],
    };
    let reference = serde_json::json!({ "$ref": format!("#{COMPONENTS}{schema}") });
    let mut parts: BTreeMap<String, Vec<(String, &Value)>> = BTreeMap::new();
    visit::judged(document, ("", &reference), ("", &value), &mut |schema, pointer, value| {
        if let Some(component) = schema.strip_prefix(COMPONENTS).filter(|name| !name.contains('/')) {
            parts.entry(component.to_owned()).or_default().push((pointer.to_owned(), value));
        }
    });
    let mut findings = Vec::new();
    for (component, parts) in parts {
        let text = schemas.get(&component).expect("every component has a schema");
        let schema: Value = serde_json::from_str(text).expect("a schema is JSON");
        let validator = match jsonschema::validator_for(&schema) {
            Ok(validator) => validator,
            Err(error) => {
                let message = format!("the schema of `{component}` cannot be used: {error}");
                findings.push(in_example(example, String::new(), message, "correct the schema"));
                continue;
            }
        };
        for (pointer, part) in parts {
            findings.extend(validator.iter_errors(part).map(|error| {
                let pointer = format!("{pointer}{}", error.instance_path());
                in_example(example, pointer, error.to_string(), "correct the example, or the document")
            }));
        }
    }
    // What is wrong within a part is wrong with all that it is part of.
    findings.sort_by(|a, b| (&a.pointer, &a.message).cmp(&(&b.pointer, &b.message)));
    findings.dedup();
    findings
}

/// The request line names the method and path of an operation.
fn check_request(document: &Document, request: &str) -> Option<Finding> {
    let expected = walk::operations(document)
        .into_iter()
        .any(|(_, path, method, _)| request.trim() == format!("{} https://{{endpoint}}{path}", method.to_uppercase()));
    (!expected).then(|| {
        let message = format!("the documented request `{}` is no operation of the document", request.trim());
        Finding::error("request-documented", document, "/paths", message, "correct the path, or the request")
    })
}

fn in_example(example: &Example, pointer: String, message: String, help: &str) -> Finding {
    Finding::in_file(RULE, (&format!("spec/{}", example.path), example.body), pointer, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(examples: &[Example], request: &str) -> Vec<String> {
        let document = Document::load(hyperinstance_spec::OPENAPI).unwrap();
        check(&document, examples, request).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_wrong_example_is_found_at_its_place() {
        let document = Document::load(hyperinstance_spec::OPENAPI).unwrap();
        let mut example = *hyperinstance_spec::example("ListHyperinstances", 200, None).unwrap();
        let body = example.body.replace("devserver-hps-1", "no spaces").replace("\"RUNNING\"", "\"RUNING\"");
        example.body = body.leak();
        let findings = check(&document, &[example], hyperinstance_spec::REQUEST);
        let findings = findings.iter().filter(|finding| finding.file.is_some());
        let places: Vec<_> =
            findings.map(|f| format!("{} {}", f.position.expect("an example has lines"), f.pointer)).collect();
        assert_eq!(places, ["28:1 /data/0/servers/0/name", "34:1 /data/0/servers/0/status"]);
    }

    #[test]
    fn missing_and_foreign_examples_are_found() {
        let statuses: Vec<_> =
            hyperinstance_spec::examples().iter().filter(|example| example.status != 403).copied().collect();
        assert_eq!(
            messages(&statuses, hyperinstance_spec::REQUEST),
            ["no example shows status 403 of ListHyperinstances"],
        );
        let mut examples = hyperinstance_spec::examples().to_vec();
        examples.push(Example { status: 404, ..examples[0] });
        assert_eq!(
            messages(&examples, hyperinstance_spec::REQUEST),
            ["the document has no status 404 of ListHyperinstances"],
        );
        assert_eq!(
            messages(hyperinstance_spec::examples(), "GET https://{endpoint}/v2/other\n"),
            ["the documented request `GET https://{endpoint}/v2/other` is no operation of the document"],
        );
    }
}
