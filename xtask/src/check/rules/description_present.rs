//! Every schema, property, parameter, header and response is described.
//!
//! Why: descriptions become the documentation of the Rust types. A field without one sends its reader to the vendor's
//! page, which is what this project saves them from.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk::{self, Fact};

const RULE: &str = "description-present";
const HELP: &str = "describe it in a sentence: what it is, its unit, what its absence means";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let schemas = document.schemas().map(|(name, value)| Fact {
        pointer: format!("/components/schemas/{}", walk::escape(name)),
        name: format!("`{name}`"),
        value,
    });
    schemas
        .chain(walk::facts(document))
        .filter(|fact| {
            let text = fact.value.get("description").and_then(Value::as_str).unwrap_or_default();
            text.trim().is_empty()
        })
        .map(|fact| Finding::error(RULE, document, &fact.pointer, format!("{} has no description", fact.name), HELP))
        .collect()
}
