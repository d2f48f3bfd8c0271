//! Every response declares the header `X-Request-Id`.
//!
//! Why: it is what the vendor's support asks for first, on success as on failure, and the page lists it on each status.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "request-id-declared";
const HEADER: &str = "X-Request-Id";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, _, _, operation) in walk::operations(document) {
        for (pointer, status, response) in walk::responses(document, &pointer, operation) {
            let headers = response.get("headers").and_then(Value::as_object);
            if !headers.into_iter().flatten().any(|(name, _)| name.eq_ignore_ascii_case(HEADER)) {
                let message = format!("status {status} has no header {HEADER}");
                findings.push(Finding::error(
                    RULE,
                    document,
                    &pointer,
                    message,
                    "declare it as the other responses do",
                ));
            }
        }
    }
    findings
}
