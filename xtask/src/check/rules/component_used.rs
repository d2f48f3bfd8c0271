//! Every component is referred to.
//!
//! Why: a component that nothing uses still becomes a public type and a schema file, and promises something that no
//! response holds. Mostly it is what a renamed field left behind.

use std::collections::BTreeSet;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk::escape;

const RULE: &str = "component-used";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut targets = BTreeSet::new();
    references(document.value(), &mut targets);
    let components = document.value().get("components").and_then(Value::as_object);
    let mut findings = Vec::new();
    for (kind, members) in components.into_iter().flatten().filter(|(kind, _)| *kind != "securitySchemes") {
        for name in members.as_object().into_iter().flatten().map(|(name, _)| name) {
            let pointer = format!("/components/{kind}/{}", escape(name));
            if !targets.contains(format!("#{pointer}").as_str()) {
                let help = "refer to it, or remove it";
                findings.push(Finding::error(RULE, document, &pointer, format!("nothing refers to `{name}`"), help));
            }
        }
    }
    findings
}

fn references<'d>(value: &'d Value, targets: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(members) => {
            targets.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| references(member, targets));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, targets)),
        _ => {}
    }
}
