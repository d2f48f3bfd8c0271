//! Which schemas judge which parts of a value.

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::walk;

/// Calls back with the pointer of each schema that judges a value, or a part of it, and with that part and its pointer.
pub(super) fn judged<'v>(
    document: &Document,
    (schema_pointer, schema): (&str, &Value),
    (pointer, value): (&str, &'v Value),
    each: &mut dyn FnMut(&str, &str, &'v Value),
) {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#')) {
        return judged(document, (target, walk::resolve(document, schema)), (pointer, value), each);
    }
    each(schema_pointer, pointer, value);
    for (index, part) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
        judged(document, (&format!("{schema_pointer}/allOf/{index}"), part), (pointer, value), each);
    }
    for (place, name, property) in walk::properties(schema_pointer, schema) {
        if let Some(value) = value.get(name) {
            judged(document, (&place, property), (&format!("{pointer}/{}", walk::escape(name)), value), each);
        }
    }
    if let (Some(schema), Some(items)) = (schema.get("items"), value.as_array()) {
        for (index, item) in items.iter().enumerate() {
            judged(document, (&format!("{schema_pointer}/items"), schema), (&format!("{pointer}/{index}"), item), each);
        }
    }
    if let (Some(schema @ Value::Object(_)), Some(members)) = (schema.get("additionalProperties"), value.as_object()) {
        for (name, member) in members {
            let pointer = format!("{pointer}/{}", walk::escape(name));
            judged(document, (&format!("{schema_pointer}/additionalProperties"), schema), (&pointer, member), each);
        }
    }
}
