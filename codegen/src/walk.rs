//! Every schema of a document, wherever it stands.

use serde_json::Value;

use crate::source_map::join;

/// Components and what is nested in them, parameters, headers and bodies, each with its JSON pointer.
pub(crate) fn schemas(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let components = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in components.into_iter().flatten() {
        nested(&join("/components/schemas", name), schema, &mut found);
    }
    inline("", document, &mut found);
    found
}

/// A schema and those within it.
fn nested<'d>(pointer: &str, schema: &'d Value, found: &mut Vec<(String, &'d Value)>) {
    found.push((pointer.to_owned(), schema));
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        nested(&join(&join(pointer, "properties"), name), property, found);
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(inner @ Value::Object(_)) = schema.get(keyword) {
            nested(&join(pointer, keyword), inner, found);
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for (index, inner) in schema.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate() {
            nested(&format!("{pointer}/{keyword}/{index}"), inner, found);
        }
    }
}

/// Schemas outside the components: wherever a member is called `schema`.
fn inline<'d>(pointer: &str, value: &'d Value, found: &mut Vec<(String, &'d Value)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = join(pointer, name);
                match name.as_str() {
                    "schemas" | "example" | "examples" => {}
                    "schema" => nested(&pointer, member, found),
                    _ => inline(&pointer, member, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                inline(&format!("{pointer}/{index}"), item, found);
            }
        }
        _ => {}
    }
}
