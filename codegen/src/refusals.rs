//! Operations that the generator would panic on, or misunderstand without a word.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::load::Document;
use crate::source_map::{Position, join};

/// A place of a document for which no code is generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at {position} ({pointer})")]
pub struct Refusal {
    /// What is not supported, and what to do instead.
    pub message: String,
    /// JSON pointer to it.
    pub pointer: String,
    /// Where it stands.
    pub position: Position,
}

/// Everything that keeps the operations of a document from being generated.
pub(crate) fn refusals(document: &Document) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse = |pointer: &str, message: String| {
        refusals.push(Refusal { message, pointer: pointer.to_owned(), position: document.locate(pointer) });
    };
    let mut names = BTreeSet::new();
    for (pointer, operation) in operations(document, &mut refuse) {
        match operation.get("operationId").and_then(Value::as_str) {
            None => refuse(&pointer, "the operation has no operationId; name it".to_owned()),
            Some(name) if !names.insert(name.to_owned()) => {
                refuse(&pointer, format!("the operationId `{name}` occurs twice; name them apart"));
            }
            Some(_) => {}
        }
        let parameters = operation.get("parameters").and_then(Value::as_array);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            let parameter = resolve(document, parameter);
            if parameter.get("in").and_then(Value::as_str) == Some("cookie") {
                let pointer = format!("{pointer}/parameters/{index}");
                refuse(&pointer, "cookie parameters are not supported; use a header".to_owned());
            }
        }
        check_responses(document, &pointer, operation, &mut refuse);
        if let Some(body) = operation.get("requestBody") {
            check_content(&join(&pointer, "requestBody"), resolve(document, body), &mut refuse);
        }
    }
    refusals
}

fn operations<'d>(document: &'d Document, refuse: &mut dyn FnMut(&str, String)) -> Vec<(String, &'d Value)> {
    const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let mut found = Vec::new();
    for (path, item) in document.value().get("paths").and_then(Value::as_object).into_iter().flatten() {
        let pointer = join("/paths", path);
        if item.get("$ref").is_some() {
            refuse(&pointer, "a path item must not be a reference; write it in place".to_owned());
        }
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                found.push((join(&pointer, method), operation));
            }
        }
    }
    found
}

/// All successes must have one kind of body, and so must all errors; the generator asserts it.
fn check_responses(document: &Document, pointer: &str, operation: &Value, refuse: &mut dyn FnMut(&str, String)) {
    let mut kinds: [Vec<Option<&Value>>; 2] = [Vec::new(), Vec::new()];
    for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
        let pointer = format!("{pointer}/responses/{status}");
        let response = resolve(document, response);
        check_content(&pointer, response, refuse);
        let kind = response.pointer("/content/application~1json/schema");
        // The default stands for successes as well as for errors.
        let classes: &[(usize, &str)] = match status.as_bytes().first() {
            Some(b'2') => &[(0, "successes")],
            Some(b'd') => &[(0, "successes"), (1, "errors")],
            _ => &[(1, "errors")],
        };
        for (class, what) in classes {
            if kinds[*class].iter().any(|known| *known != kind) {
                refuse(
                    &pointer,
                    format!("the {what} of an operation must all have one body; describe them by one schema"),
                );
            }
            kinds[*class].push(kind);
        }
    }
}

fn check_content(pointer: &str, holder: &Value, refuse: &mut dyn FnMut(&str, String)) {
    for (media, content) in holder.get("content").and_then(Value::as_object).into_iter().flatten() {
        let pointer = join(&join(pointer, "content"), media);
        if media != "application/json" {
            refuse(&pointer, format!("`{media}` is not supported; describe the body as application/json"));
        } else if content.get("schema").is_none() {
            refuse(&pointer, "the body has no schema; describe it".to_owned());
        }
    }
}

fn resolve<'d>(document: &'d Document, value: &'d Value) -> &'d Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.value().pointer(target)).unwrap_or(value)
}
