//! Every fact that a document states, for the rules.

use hyperinstance_codegen::Document;
use serde_json::Value;

pub(super) use crate::walk::{escape, operations, resolve, responses};

/// The properties of a schema with their pointers.
pub(super) fn properties<'d>(pointer: &str, schema: &'d Value) -> Vec<(String, &'d str, &'d Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, property)| (format!("{pointer}/properties/{}", escape(name)), name.as_str(), property))
        .collect()
}

/// A fact that a document states: what it is called, where it stands, and its value.
pub(super) struct Fact<'d> {
    pub(super) pointer: String,
    pub(super) name: String,
    pub(super) value: &'d Value,
}

/// Every property, operation, parameter, response and response header.
pub(super) fn facts(document: &Document) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    let mut add = |pointer: String, name: String, value| facts.push(Fact { pointer, name, value });
    for (schema, value) in document.schemas() {
        for (pointer, property, value) in properties(&format!("/components/schemas/{}", escape(schema)), value) {
            add(pointer, format!("`{schema}.{property}`"), value);
        }
    }
    for (operation_pointer, path, method, operation) in operations(document) {
        for (index, parameter) in
            operation.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            let parameter = resolve(document, parameter);
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            add(format!("{operation_pointer}/parameters/{index}"), format!("the parameter `{name}`"), parameter);
        }
        for (pointer, status, response) in responses(document, &operation_pointer, operation) {
            for (name, header) in response.get("headers").and_then(Value::as_object).into_iter().flatten() {
                let pointer = format!("{pointer}/headers/{}", escape(name));
                add(pointer, format!("the header {name} of status {status}"), resolve(document, header));
            }
            add(pointer, format!("status {status}"), response);
        }
        add(operation_pointer, format!("{} {path}", method.to_uppercase()), operation);
    }
    facts
}
