//! The tags of operations are those that the document declares.
//!
//! Why: a reader of the rendered document finds an operation by its tag, and an undeclared one is shown apart, without
//! its description.

use std::collections::BTreeSet;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "tag-declared";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let declared = document.value().get("tags").and_then(Value::as_array).into_iter().flatten();
    let declared: BTreeSet<_> = declared.filter_map(|tag| tag.get("name")?.as_str()).collect();
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for (pointer, _, _, operation) in walk::operations(document) {
        let tags: Vec<_> =
            operation.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        if tags.is_empty() {
            findings.push(Finding::error(RULE, document, &pointer, "the operation has no tag", "give it one"));
        }
        for tag in tags {
            used.insert(tag);
            if !declared.contains(tag) {
                let pointer = format!("{pointer}/tags");
                let message = format!("the tag `{tag}` is not declared");
                findings.push(Finding::error(RULE, document, &pointer, message, "declare it under `tags`"));
            }
        }
    }
    for tag in declared.difference(&used) {
        let message = format!("no operation has the tag `{tag}`");
        findings.push(Finding::error(RULE, document, "/tags", message, "remove it, or use it"));
    }
    findings
}
