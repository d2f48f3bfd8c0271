//! Every pattern can be matched in linear time, and covers the whole value.
//!
//! Why: patterns run on what servers and users send. One that needs backtracking can be made to run for minutes by a
//! short hostile value. And a pattern without anchors accepts any text that merely contains a match, which no author
//! of this document has ever meant.

use hyperinstance_codegen::Document;
use regex::Regex;
use serde_json::Value;

use super::super::finding::Finding;
use super::super::walk;

const RULE: &str = "pattern-linear";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, schema) in walk::schemas(document) {
        let Some(pattern) = schema.get("pattern").and_then(Value::as_str) else { continue };
        let pointer = format!("{pointer}/pattern");
        if let Err(error) = Regex::new(pattern) {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let message = format!("the pattern `{pattern}` cannot be matched in linear time: {why}");
            let help = "write it without look-around and back-references";
            findings.push(Finding::error(RULE, document, &pointer, message, help));
        }
        if !(pattern.starts_with('^') && pattern.ends_with('$')) {
            let message = format!("the pattern `{pattern}` is not anchored at both ends");
            findings.push(Finding::error(RULE, document, &pointer, message, "begin it with `^` and end it with `$`"));
        }
    }
    findings
}
