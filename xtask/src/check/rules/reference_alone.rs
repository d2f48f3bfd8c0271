//! Nothing stands beside a `$ref`.
//!
//! Why: `OpenAPI` 3.0 ignores it, so that a description or a constraint written there silently has no effect.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "reference-alone";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    visit(document, "", document.value(), &mut findings);
    findings
}

fn visit(document: &Document, pointer: &str, value: &Value, findings: &mut Vec<Finding>) {
    match value {
        Value::Object(members) => {
            if members.get("$ref").is_some_and(Value::is_string) {
                for name in members.keys().filter(|name| *name != "$ref") {
                    let message = format!("`{name}` stands beside a `$ref` and is ignored");
                    let help = "wrap the reference: `allOf: [{ $ref: .. }]`";
                    findings.push(Finding::error(RULE, document, pointer, message, help));
                }
            }
            for (name, member) in members {
                visit(document, &format!("{pointer}/{}", walk::escape(name)), member, findings);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                visit(document, &format!("{pointer}/{index}"), item, findings);
            }
        }
        _ => {}
    }
}
