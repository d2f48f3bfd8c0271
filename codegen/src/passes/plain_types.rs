//! Takes the bounds of lists out of the generator's sight.
//!
//! Why: it ignores them, except that equal ones turn the list into an array of that length, which refuses every other
//! one whole. The reading of objects checks them instead. Formats of strings go too: the generator gives a known one a
//! type of some other crate, and drops the pattern beside it; in `OpenAPI` a format is an annotation.
//!
//! This pass follows from the shape of a document, so it may find nothing.

use serde_json::Value;

pub(super) fn apply(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let is = |name: &str| members.get("type").and_then(Value::as_str) == Some(name);
            let (array, string) = (is("array"), is("string"));
            if array {
                members.retain(|keyword, _| !matches!(keyword.as_str(), "minItems" | "maxItems" | "uniqueItems"));
            }
            if string {
                members.retain(|keyword, _| keyword != "format");
            }
            members.values_mut().for_each(apply);
        }
        Value::Array(items) => items.iter_mut().for_each(apply),
        _ => {}
    }
}
