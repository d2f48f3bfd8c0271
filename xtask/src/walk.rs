//! Visiting a document: its operations, their responses, and what references lead to.

use hyperinstance_codegen::Document;
use serde_json::Value;

/// Follows a `$ref` within the document, once.
pub(crate) fn resolve<'d>(document: &'d Document, value: &'d Value) -> &'d Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.value().pointer(target)).unwrap_or(value)
}

/// Every operation: pointer, path, method, operation.
pub(crate) fn operations(document: &Document) -> Vec<(String, &str, &str, &Value)> {
    const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let paths = document.value().get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                found.push((format!("/paths/{}/{method}", escape(path)), path.as_str(), method.as_str(), operation));
            }
        }
    }
    found
}

/// The responses of an operation: pointer, status, response with its reference followed.
pub(crate) fn responses<'d>(
    document: &'d Document,
    pointer: &str,
    operation: &'d Value,
) -> Vec<(String, &'d str, &'d Value)> {
    let responses = operation.get("responses").and_then(Value::as_object);
    responses
        .into_iter()
        .flatten()
        .map(|(status, response)| {
            (format!("{pointer}/responses/{status}"), status.as_str(), resolve(document, response))
        })
        .collect()
}

/// A token of a JSON pointer.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
