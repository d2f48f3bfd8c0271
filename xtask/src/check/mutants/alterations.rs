//! Alterations of facts: whatever a document says that is neither prose nor a note.

use serde_json::{Map, Value, json};

use super::super::evidence::is_prose;
use super::{Mutant, changed, places};

pub(super) fn all(document: &Value) -> Vec<Mutant> {
    let mut mutants = Mutants { document, all: Vec::new() };
    for (pointer, value) in places(document) {
        if !is_fact(&pointer) {
            continue;
        }
        match value {
            Value::Object(members) => mutants.object(&pointer, members),
            Value::Array(items) => mutants.list(&pointer, items),
            Value::String(text) => mutants.text(&pointer, text),
            Value::Number(number) => mutants.number(&pointer, number.as_i64().unwrap_or_default()),
            Value::Bool(value) => {
                let flipped = !value;
                mutants.replace(&pointer, format!("{value} becomes {flipped}"), json!(flipped));
            }
            Value::Null => {}
        }
    }
    mutants.all
}

/// Whether a place is part of what the document says of the service.
fn is_fact(pointer: &str) -> bool {
    // `info` is about the document itself. A property may be called as prose is.
    let mut tokens = pointer.split('/').skip(1).peekable();
    if matches!(tokens.peek(), Some(&"info" | &"openapi")) {
        return false;
    }
    let mut named = false;
    for token in tokens {
        if !named && is_prose(token) {
            return false;
        }
        named = !named && matches!(token, "properties" | "schemas" | "parameters" | "headers" | "responses");
    }
    true
}

/// What the keys of an object at a place are: names, or words of the format.
fn holds_names(pointer: &str) -> bool {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    let map = matches!(
        token,
        "properties" | "responses" | "headers" | "paths" | "content" | "schemas" | "securitySchemes" | "variables"
    );
    map || pointer == "/components/parameters"
}

struct Mutants<'d> {
    document: &'d Value,
    all: Vec<Mutant>,
}

impl Mutants<'_> {
    fn add(&mut self, pointer: &str, change: String, alter: impl FnOnce(&mut Value)) {
        let document = changed(self.document, pointer, alter);
        self.all.push(Mutant { pointer: pointer.to_owned(), change, document });
    }

    fn replace(&mut self, pointer: &str, change: String, value: Value) {
        self.add(pointer, change, |place| *place = value);
    }

    fn object(&mut self, pointer: &str, members: &Map<String, Value>) {
        for key in members.keys().filter(|key| holds_names(pointer) || !is_prose(key)) {
            if pointer.is_empty() && matches!(key.as_str(), "info" | "openapi") {
                continue;
            }
            self.add(pointer, format!("`{key}` is dropped"), |place| {
                place.as_object_mut().and_then(|members| members.remove(key));
            });
            let renamed =
                if key.chars().all(|c| c.is_ascii_digit()) { format!("{}9", &key[..2]) } else { format!("{key}_x") };
            self.add(pointer, format!("`{key}` becomes `{renamed}`"), |place| {
                let members = place.as_object_mut().expect("an object was found here");
                if let Some(value) = members.remove(key) {
                    members.insert(renamed, value);
                }
            });
        }
        if holds_names(pointer) {
            self.insertions(pointer, members);
        } else if is_schema(pointer, members) {
            self.schema(pointer, members);
        }
    }

    /// Something more of what is already there.
    fn insertions(&mut self, pointer: &str, members: &Map<String, Value>) {
        let Some((_, sample)) = members.iter().next() else { return };
        let name = match pointer.rsplit('/').next() {
            Some("responses") if !pointer.starts_with("/components") => "404",
            Some("paths") => "/v1/{project_id}/other",
            Some("content") => "text/plain",
            _ => "Added",
        };
        let sample = sample.clone();
        self.add(pointer, format!("`{name}` is added"), |place| {
            place.as_object_mut().and_then(|members| members.insert(name.to_owned(), sample));
        });
    }

    /// Constraints that the schema does not have.
    fn schema(&mut self, pointer: &str, members: &Map<String, Value>) {
        let mut additions = vec![("nullable", json!(true)), ("deprecated", json!(true))];
        match members.get("type").and_then(Value::as_str) {
            Some("string") => {
                additions.extend([
                    ("maxLength", json!(7)),
                    ("pattern", json!("^x$")),
                    ("format", json!("uuid")),
                    ("enum", json!(["x"])),
                ]);
            }
            Some("integer") => {
                additions.extend([("minimum", json!(1)), ("maximum", json!(9)), ("multipleOf", json!(2))]);
            }
            Some("array") => {
                additions.extend([("minItems", json!(1)), ("maxItems", json!(9)), ("uniqueItems", json!(true))]);
            }
            Some("object") => {
                additions.extend([("additionalProperties", json!(false)), ("minProperties", json!(1))]);
                let first =
                    members.get("properties").and_then(Value::as_object).and_then(|members| members.keys().next());
                additions.extend(first.map(|first| ("required", json!([first]))));
            }
            _ => {}
        }
        for (keyword, value) in additions {
            if !members.contains_key(keyword) {
                self.add(pointer, format!("`{keyword}: {value}` is added"), |place| {
                    place.as_object_mut().and_then(|members| members.insert(keyword.to_owned(), value));
                });
            }
        }
        if !members.contains_key("default") && !members.contains_key("properties") && members.contains_key("example") {
            let example = members["example"].clone();
            self.add(pointer, format!("`default: {example}` is added"), |place| {
                place.as_object_mut().and_then(|members| members.insert("default".to_owned(), example));
            });
        }
    }

    fn list(&mut self, pointer: &str, items: &[Value]) {
        for index in 0..items.len() {
            self.add(pointer, format!("item {index} is dropped"), |place| {
                if let Some(items) = place.as_array_mut() {
                    items.remove(index);
                }
            });
        }
        if pointer.ends_with("/enum") {
            self.add(pointer, "`ADDED` is added".to_owned(), |place| {
                if let Some(items) = place.as_array_mut() {
                    items.push(json!("ADDED"));
                }
            });
        }
    }

    fn text(&mut self, pointer: &str, text: &str) {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        let mut replace = |value: String| {
            if value != text {
                self.replace(pointer, format!("`{text}` becomes `{value}`"), Value::String(value));
            }
        };
        match key {
            "$ref" => {
                for other in self.siblings(text) {
                    self.replace(pointer, format!("the reference to {text} leads to {other}"), Value::String(other));
                }
            }
            "pattern" => {
                replace("^.*$".to_owned());
                replace(text.replacen("{1,", "{0,", 1));
                replace(text.replacen('}', "0}", 1));
                replace(text.replacen("a-z", "a-y", 1));
                replace(text.replacen("a-f", "a-g", 1));
                replace(text.trim_end_matches('$').to_owned());
                replace(text.trim_start_matches('^').to_owned());
            }
            "type" => ["string", "integer", "boolean", "object", "array"]
                .into_iter()
                .for_each(|other| replace(other.to_owned())),
            "format" => ["int32", "int64"].into_iter().for_each(|other| replace(other.to_owned())),
            "in" => ["path", "query", "header", "cookie"].into_iter().for_each(|other| replace(other.to_owned())),
            _ => {
                replace(format!("{text}x"));
                replace(text.to_lowercase());
                replace(text.chars().skip(1).collect());
            }
        }
    }

    /// Up to three other components of the kind that a reference leads to.
    fn siblings(&self, target: &str) -> Vec<String> {
        const MOST: usize = 3;
        let Some((kind, name)) = target.rsplit_once('/') else { return Vec::new() };
        let members = kind.strip_prefix('#').and_then(|kind| self.document.pointer(kind)).and_then(Value::as_object);
        let names: Vec<_> = members.into_iter().flat_map(Map::keys).collect();
        let at = names.iter().position(|other| *other == name).unwrap_or_default();
        // Its neighbours, on either side.
        let mut others: Vec<_> = names.iter().enumerate().filter(|(index, _)| *index != at).collect();
        others.sort_by_key(|(index, _)| index.abs_diff(at));
        others.into_iter().take(MOST).map(|(_, other)| format!("{kind}/{other}")).collect()
    }

    fn number(&mut self, pointer: &str, number: i64) {
        for other in [number + 1, number - 1, number * 10 + 1] {
            self.replace(pointer, format!("{number} becomes {other}"), json!(other));
        }
    }
}

fn is_schema(pointer: &str, members: &Map<String, Value>) -> bool {
    let in_schema = pointer.contains("/schemas/") || pointer.ends_with("/schema") || pointer.contains("/schema/");
    in_schema && (members.contains_key("type") || members.contains_key("allOf"))
}
