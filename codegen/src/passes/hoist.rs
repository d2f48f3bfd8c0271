//! Makes a component of each constrained scalar and each object that is written in place.
//!
//! Why: types of our own are hooked into the generator by the names of components. Written in place, a pattern would
//! reach the generator and come out unanchored, and a nested object would keep the derived reading.
//!
//! The name is that of the place: schema and property, or operation and parameter. This pass follows from the shape
//! of a document, so it may find nothing.

use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

pub(super) fn apply(document: &mut Value) {
    let mut schemas = take_schemas(document);
    let mut open: Vec<String> = schemas.keys().cloned().collect();
    while let Some(name) = open.pop() {
        let mut schema = schemas[&name].take();
        hoist_children(&name, &mut schema, &mut schemas, &mut open);
        schemas[&name] = schema;
    }
    for (owner, schema) in schemas_of_operations(document) {
        hoist(&owner, schema, &mut schemas, &mut open);
        hoist_children(&owner, schema, &mut schemas, &mut open);
        while let Some(name) = open.pop() {
            let mut schema = schemas[&name].take();
            hoist_children(&name, &mut schema, &mut schemas, &mut open);
            schemas[&name] = schema;
        }
    }
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
}

fn take_schemas(document: &mut Value) -> Map<String, Value> {
    match document.pointer_mut("/components/schemas").map(Value::take) {
        Some(Value::Object(schemas)) => schemas,
        _ => Map::new(),
    }
}

fn hoist_children(owner: &str, schema: &mut Value, schemas: &mut Map<String, Value>, open: &mut Vec<String>) {
    for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        let name = format!("{owner}{}", name.to_upper_camel_case());
        hoist(&name, property, schemas, open);
        hoist_children(&name, property, schemas, open);
    }
    for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
        if let Some(inner @ Value::Object(_)) = schema.get_mut(keyword) {
            let name = format!("{owner}{suffix}");
            hoist(&name, inner, schemas, open);
            hoist_children(&name, inner, schemas, open);
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        // The parts of a merge are no types of their own, but their properties are.
        for part in schema.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            hoist_children(owner, part, schemas, open);
        }
    }
}

/// Replaces a schema by a reference to a new component, where it needs a name.
fn hoist(name: &str, schema: &mut Value, schemas: &mut Map<String, Value>, open: &mut Vec<String>) {
    if !needs_name(schema) {
        return;
    }
    let taken = |name: &str| {
        let name = name.to_upper_camel_case();
        schemas.keys().any(|known| known.to_upper_camel_case() == name)
    };
    let mut unique = name.to_owned();
    let mut number = 1;
    while taken(&unique) {
        number += 1;
        unique = format!("{name}{number}");
    }
    let name = unique;
    let mut component = schema.take();
    let members = component.as_object_mut().expect("only objects need a name");
    let nullable = members.remove("nullable");
    let description = members.get("description").cloned();
    let mut reference = json!({ "allOf": [{ "$ref": format!("#/components/schemas/{name}") }] });
    for (keyword, value) in [("nullable", nullable), ("description", description)] {
        if let Some(value) = value {
            reference[keyword] = value;
        }
    }
    *schema = reference;
    schemas.insert(name.clone(), component);
    open.push(name);
}

fn needs_name(schema: &Value) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => ["pattern", "minLength", "maxLength", "enum"].into_iter().any(has),
        Some("integer") => ["minimum", "maximum", "multipleOf"].into_iter().any(has),
        Some("object") => has("properties"),
        _ => false,
    }
}

/// The schemas of parameters and bodies, each with the name of its operation, or component, and place.
fn schemas_of_operations(document: &mut Value) -> Vec<(String, &mut Value)> {
    let mut found = Vec::new();
    let Some(document) = document.as_object_mut() else { return found };
    for (member, value) in document {
        match member.as_str() {
            "paths" => value.as_object_mut().into_iter().flatten().for_each(|(_, item)| in_path(item, &mut found)),
            "components" => in_components(value, &mut found),
            _ => {}
        }
    }
    found
}

fn in_path<'d>(item: &'d mut Value, found: &mut Vec<(String, &'d mut Value)>) {
    // What all operations of a path share is named after the first of them.
    let mut ids = item.as_object().into_iter().flatten();
    let first = ids.find_map(|(_, operation)| operation.get("operationId")?.as_str());
    let shared = first.unwrap_or_default().to_upper_camel_case();
    for (member, value) in item.as_object_mut().into_iter().flatten() {
        if member == "parameters" {
            parameters(&shared, value, found);
            continue;
        }
        let Some(id) = value.get("operationId").and_then(Value::as_str) else { continue };
        let id = id.to_upper_camel_case();
        for (member, value) in value.as_object_mut().into_iter().flatten() {
            match member.as_str() {
                "parameters" => parameters(&id, value, found),
                "requestBody" => found.extend(body(value).map(|schema| (format!("{id}Body"), schema))),
                "responses" => {
                    for (status, response) in value.as_object_mut().into_iter().flatten() {
                        let suffix = if status.starts_with('2') { "Response" } else { "Error" };
                        found.extend(body(response).map(|schema| (format!("{id}{suffix}"), schema)));
                    }
                }
                _ => {}
            }
        }
    }
}

fn in_components<'d>(components: &'d mut Value, found: &mut Vec<(String, &'d mut Value)>) {
    for (kind, members) in components.as_object_mut().into_iter().flatten() {
        for (name, member) in members.as_object_mut().into_iter().flatten() {
            let name = name.to_upper_camel_case();
            match kind.as_str() {
                "parameters" => found.extend(member.get_mut("schema").map(|schema| (name, schema))),
                "requestBodies" | "responses" => {
                    found.extend(body(member).map(|schema| (format!("{name}Body"), schema)));
                }
                _ => {}
            }
        }
    }
}

fn parameters<'d>(owner: &str, parameters: &'d mut Value, found: &mut Vec<(String, &'d mut Value)>) {
    for parameter in parameters.as_array_mut().into_iter().flatten() {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{owner}{}", name.to_upper_camel_case());
        found.extend(parameter.get_mut("schema").map(|schema| (name, schema)));
    }
}

fn body(value: &mut Value) -> Option<&mut Value> {
    value.pointer_mut("/content/application~1json/schema")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_constrained_in_place_becomes_a_component() {
        let mut document = json!({
            "paths": { "/pets": { "get": {
                "operationId": "ListPets",
                "parameters": [{ "name": "page_size", "schema": { "type": "integer", "minimum": 1 } }],
            } } },
            "components": { "schemas": { "Pet": { "type": "object", "properties": {
                "tag": { "type": "string", "maxLength": 3, "description": "d", "nullable": true },
                "free": { "type": "string" },
                "owner": { "type": "object", "properties": { "kind": { "type": "string", "enum": ["a"] } } },
                "toes": { "type": "array", "items": { "type": "string", "pattern": "^x$" } },
            } } } },
        });
        apply(&mut document);
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let mut names: Vec<_> = schemas.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["ListPetsPageSize", "Pet", "PetOwner", "PetOwnerKind", "PetTag", "PetToesItem"]);
        let pet = &schemas["Pet"]["properties"];
        assert_eq!(
            pet["tag"],
            json!({ "allOf": [{ "$ref": "#/components/schemas/PetTag" }], "nullable": true, "description": "d" }),
        );
        assert_eq!(pet["free"], json!({ "type": "string" }));
        assert_eq!(pet["toes"]["items"], json!({ "allOf": [{ "$ref": "#/components/schemas/PetToesItem" }] }));
        assert_eq!(schemas["PetTag"], json!({ "type": "string", "maxLength": 3, "description": "d" }));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut document = json!({ "components": { "schemas": {
            "PetTag": { "type": "string" },
            "Pet": { "properties": { "tag": { "type": "string", "enum": ["a"] } } },
        } } });
        apply(&mut document);
        assert_eq!(document["components"]["schemas"]["PetTag2"], json!({ "type": "string", "enum": ["a"] }));
    }
}
