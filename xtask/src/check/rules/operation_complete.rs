//! Every operation has an identifier, a summary, a tag, a success and an error that the caller can cause.
//!
//! Why: the identifier becomes the name of a Rust function, and without the responses the generated client takes every
//! answer for an unexpected one. Servers must be there, since the table of regions is made from them.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "operation-complete";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    if document.value().get("servers").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        findings.push(Finding::error(RULE, document, "", "there are no servers", "list the service's base URLs"));
    }
    for (pointer, path, method, operation) in walk::operations(document) {
        let name = format!("{} {path}", method.to_uppercase());
        let mut find = |message: String, help: &str| {
            findings.push(Finding::error(RULE, document, &pointer, message, help));
        };
        for (member, help) in [
            ("operationId", "name it as the vendor's page does"),
            ("summary", "say in a few words what it does"),
            ("tags", "put it under the tag of its resource"),
        ] {
            if operation.get(member).is_none() {
                find(format!("{name} has no {member}"), help);
            }
        }
        let statuses: Vec<&str> =
            walk::responses(document, &pointer, operation).into_iter().map(|(_, status, _)| status).collect();
        for (class, what) in [('2', "success"), ('4', "error of the caller")] {
            if !statuses.iter().any(|status| status.starts_with(class)) {
                find(format!("{name} has no response for {what}"), "add each status that the vendor's page lists");
            }
        }
    }
    findings
}
