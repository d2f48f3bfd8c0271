//! Every integer says how wide it is, and is no wider than its bounds need.
//!
//! Why: without a format the generated type is as wide as the generator pleases, and a witness that only says `int`
//! leaves it open.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;

const RULE: &str = "integer-format";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, schema) in document.every_schema() {
        if schema.get("type").and_then(Value::as_str) != Some("integer") {
            continue;
        }
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
        let narrow = bound("minimum").zip(bound("maximum"));
        let narrow = narrow.is_some_and(|(least, most)| i32::try_from(least).is_ok() && i32::try_from(most).is_ok());
        let (message, help) = match schema.get("format").and_then(Value::as_str) {
            Some("int32") => continue,
            Some("int64") if !narrow => continue,
            Some("int64") => ("the bounds of this integer fit `int32`", "let the format be `int32`"),
            _ => ("an integer without the format `int32` or `int64`", "add the format"),
        };
        findings.push(Finding::error(RULE, document, &pointer, message, help));
    }
    findings
}
