//! Every property, parameter, header, response and operation says which witness it is from: `x-source: page` or `sdk`.
//!
//! Why: the vendor's page and SDK differ. When one of them changes, only this tells which fields must follow.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "source-stated";
const WITNESSES: [&str; 2] = ["page", "sdk"];

pub(super) fn check(document: &Document) -> Vec<Finding> {
    walk::facts(document)
        .into_iter()
        .filter(|fact| {
            let source = fact.value.get("x-source").and_then(Value::as_str);
            !source.is_some_and(|source| WITNESSES.contains(&source))
        })
        .map(|fact| {
            let message = format!("{} does not say where it is from", fact.name);
            Finding::error(RULE, document, &fact.pointer, message, "add `x-source: page` or `x-source: sdk`")
        })
        .collect()
}
