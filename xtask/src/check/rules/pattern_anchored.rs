//! Every pattern covers the whole value.
//!
//! Why: a pattern without anchors accepts any text that merely contains a match, which no author of this document has
//! ever meant.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::super::finding::Finding;

const RULE: &str = "pattern-anchored";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    document
        .every_schema()
        .into_iter()
        .filter_map(|(pointer, schema)| {
            let pattern = schema.get("pattern").and_then(Value::as_str)?;
            let message = format!("the pattern `{pattern}` is not anchored at both ends");
            let help = "begin it with `^` and end it with `$`";
            let anchored = pattern.starts_with('^') && pattern.ends_with('$');
            (!anchored).then(|| Finding::error(RULE, document, &format!("{pointer}/pattern"), message, help))
        })
        .collect()
}
