//! Defaults and examples are valid against the schema they stand in.
//!
//! Why: both are copied into code, tests and requests. One that its own schema refuses is either a slip in the value
//! or a constraint that is too narrow, and either would ship.

use hyperinstance_codegen::{Document, json_schemas};
use serde_json::{Value, json};

use super::super::finding::Finding;

const RULE: &str = "default-valid";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let schemas = json_schemas(document);
    let mut findings = Vec::new();
    for (pointer, schema) in document.every_schema() {
        for keyword in ["default", "example"] {
            if let Some(value) = schema.get(keyword)
                && let Some(error) = refusal(schema, value, &schemas)
            {
                let pointer = format!("{pointer}/{keyword}");
                let message = format!("the {keyword} {value} is not valid: {error}");
                findings.push(Finding::error(RULE, document, &pointer, message, "correct the value, or the schema"));
            }
        }
    }
    findings
}

/// Why a value is not valid against a schema, with what the schema itself says and what its references say.
fn refusal(schema: &Value, value: &Value, schemas: &std::collections::BTreeMap<String, String>) -> Option<String> {
    let mut own = schema.clone();
    let members = own.as_object_mut()?;
    members.remove("allOf");
    members.remove("properties");
    members.remove("items");
    let mut judges = vec![own];
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        let name = part.get("$ref").and_then(Value::as_str)?.rsplit('/').next()?;
        judges.push(serde_json::from_str(schemas.get(name)?).expect("a schema of ours is JSON"));
    }
    judges.iter().find_map(|judge| match jsonschema::validator_for(judge) {
        Ok(validator) => validator.validate(value).err().map(|error| error.to_string()),
        Err(error) => Some(json!({ "the schema itself is wrong": error.to_string() }).to_string()),
    })
}
