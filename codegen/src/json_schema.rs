//! One self-contained JSON Schema (2020-12) for each component schema of a document.
//!
//! `OpenAPI` 3.0 schemas are a dialect of their own. The differences that matter here: `nullable` is not a type,
//! exclusive bounds are booleans beside the bound, nothing may stand beside `$ref`, and some keywords only concern
//! documentation. Everything else carries over as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::load::Document;

const COMPONENTS: &str = "#/components/schemas/";

/// Keywords of the dialect that say nothing about which values are valid.
const ANNOTATIONS_DROPPED: [&str; 3] = ["discriminator", "externalDocs", "xml"];

/// The JSON Schema of each component by its name, as formatted text.
///
/// Each schema holds what it refers to under `$defs`, so that it can be used alone.
#[must_use]
pub fn json_schemas(document: &Document) -> BTreeMap<String, String> {
    let components: BTreeMap<&str, &Value> = document.schemas().collect();
    components.keys().map(|name| ((*name).to_owned(), schema(name, &components))).collect()
}

/// The JSON Schema of a schema of the document that need not be a component, self-contained as well.
#[must_use]
pub fn json_schema(document: &Document, schema: &Value) -> Value {
    self_contained(schema, &document.schemas().collect())
}

fn schema(name: &str, components: &BTreeMap<&str, &Value>) -> String {
    let mut root = self_contained(components[name], components);
    let members = root.as_object_mut().expect("a component schema is an object");
    members.insert("title".to_owned(), json!(name));
    // The order of members must not depend on how some other crate has configured serde_json.
    root.sort_all_objects();
    format!("{root:#}\n")
}

fn self_contained(schema: &Value, components: &BTreeMap<&str, &Value>) -> Value {
    let mut root = convert(schema);
    if let Some(members) = root.as_object_mut() {
        members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        let definitions: Map<String, Value> = reachable(schema, components)
            .into_iter()
            .map(|name| (name.to_owned(), convert(components[name])))
            .collect();
        if !definitions.is_empty() {
            members.insert("$defs".to_owned(), Value::Object(definitions));
        }
    }
    root
}

/// The components that a schema refers to, directly or through others; itself only when it is recursive.
fn reachable<'d>(schema: &'d Value, components: &BTreeMap<&'d str, &'d Value>) -> BTreeSet<&'d str> {
    let mut found = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let target =
                    members.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(COMPONENTS));
                if let Some((target, schema)) = target.and_then(|target| components.get_key_value(target))
                    && found.insert(*target)
                {
                    open.push(schema);
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

/// A schema of the dialect as one of JSON Schema.
fn convert(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let mut converted = Map::new();
    for (keyword, value) in members {
        match keyword.as_str() {
            "$ref" => {
                let target = value.as_str().unwrap_or_default();
                let target = target.strip_prefix(COMPONENTS).map(|name| format!("#/$defs/{name}"));
                converted.insert(keyword.clone(), json!(target));
            }
            "nullable" | "exclusiveMinimum" | "exclusiveMaximum" => {}
            "example" => {
                converted.insert("examples".to_owned(), json!([value]));
            }
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties: Map<_, _> = properties.map(|(name, schema)| (name.clone(), convert(schema))).collect();
                converted.insert(keyword.clone(), Value::Object(properties));
            }
            "items" | "not" | "additionalProperties" => {
                converted.insert(keyword.clone(), convert(value));
            }
            "allOf" | "anyOf" | "oneOf" => {
                let branches: Vec<Value> = value.as_array().into_iter().flatten().map(convert).collect();
                converted.insert(keyword.clone(), Value::Array(branches));
            }
            "description" => {
                converted.insert(keyword.clone(), json!(value.as_str().unwrap_or_default().trim()));
            }
            keyword if keyword.starts_with("x-") || ANNOTATIONS_DROPPED.contains(&keyword) => {}
            _ => {
                converted.insert(keyword.clone(), value.clone());
            }
        }
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if members.get(exclusive) == Some(&Value::Bool(true))
            && let Some(value) = converted.remove(bound)
        {
            converted.insert(exclusive.to_owned(), value);
        }
    }
    unwrap_single_all_of(&mut converted);
    if members.get("nullable") == Some(&Value::Bool(true)) {
        return nullable(converted);
    }
    Value::Object(converted)
}

/// In JSON Schema a reference may have siblings, so the one-element `allOf` around it is not needed.
fn unwrap_single_all_of(schema: &mut Map<String, Value>) {
    if schema.contains_key("$ref") {
        return;
    }
    if let Some([Value::Object(only)]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice)
        && only.len() == 1
        && let Some(target) = only.get("$ref").cloned()
    {
        schema.remove("allOf");
        schema.insert("$ref".to_owned(), target);
    }
}

fn nullable(mut schema: Map<String, Value>) -> Value {
    // `null` must be listed where the values are: by type, and by enumeration.
    match schema.get("type") {
        Some(Value::String(name)) => {
            schema.insert("type".to_owned(), json!([name, "null"]));
            if let Some(Value::Array(values)) = schema.get_mut("enum")
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            Value::Object(schema)
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schema: &Value, expected: &Value) {
        assert_eq!(&convert(schema), expected);
    }

    #[test]
    fn the_dialect_is_translated() {
        check(&json!({"type": "string", "nullable": true}), &json!({"type": ["string", "null"]}));
        check(
            &json!({"type": "string", "nullable": true, "enum": ["a"]}),
            &json!({"type": ["string", "null"], "enum": ["a", null]}),
        );
        check(&json!({"minimum": 1, "exclusiveMinimum": true}), &json!({"exclusiveMinimum": 1}));
        check(&json!({"minimum": 1, "exclusiveMinimum": false}), &json!({"minimum": 1}));
        check(&json!({"$ref": "#/components/schemas/A"}), &json!({"$ref": "#/$defs/A"}));
        check(
            &json!({"allOf": [{"$ref": "#/components/schemas/A"}], "description": "d\n", "x-source": "page"}),
            &json!({"$ref": "#/$defs/A", "description": "d"}),
        );
        check(
            &json!({"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": true}),
            &json!({"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]}),
        );
        check(&json!({"example": 1}), &json!({"examples": [1]}));
    }

    #[test]
    fn a_property_may_be_called_like_a_keyword() {
        let schema = json!({"properties": {"nullable": {"type": "string"}, "example": {"type": "integer"}}});
        check(&schema, &schema);
    }
}
