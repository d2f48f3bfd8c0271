//! Edits that say nothing new: prose, notes, and the order of lists that are sets. The order of keys is gone once a
//! document is loaded.

use serde_json::{Value, json};

use super::{Mutant, changed, places};

pub(super) fn all(document: &Value) -> Vec<Mutant> {
    let mut edits = Vec::new();
    let mut add = |pointer: &str, change: &str, document: Value| {
        edits.push(Mutant { pointer: pointer.to_owned(), change: change.to_owned(), document });
    };
    for (pointer, value) in places(document) {
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        let named = matches!(parent.rsplit('/').next(), Some("properties" | "schemas"));
        match value {
            Value::String(text) if !named && matches!(key, "description" | "summary" | "title") => {
                let text = format!("{text} In other words.");
                add(&pointer, "prose is changed", changed(document, &pointer, |place| *place = json!(text)));
            }
            Value::Object(members) if members.contains_key("description") || members.contains_key("summary") => {
                add(
                    &pointer,
                    "a note is added",
                    changed(document, &pointer, |place| {
                        place.as_object_mut().and_then(|members| members.insert("x-note".to_owned(), json!("a note")));
                    }),
                );
            }
            Value::Array(items) if items.len() > 1 && matches!(key, "enum" | "parameters" | "security" | "tags") => {
                add(
                    &pointer,
                    "items are reordered",
                    changed(document, &pointer, |place| {
                        *place = items.iter().rev().cloned().collect();
                    }),
                );
            }
            _ => {}
        }
    }
    edits
}
