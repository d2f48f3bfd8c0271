//! What a schema means: references followed and parts that must all hold merged, so that two ways of writing it look alike.

use std::collections::BTreeMap;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::number;
use crate::walk::escape;

/// Deepest chain of references and `allOf`; what is deeper leads back to itself.
const MAX_DEPTH: usize = 64;

/// A value of a document and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<'d> {
    pub(super) pointer: String,
    pub(super) value: &'d Value,
}

impl<'d> At<'d> {
    pub(super) fn new(pointer: impl Into<String>, value: &'d Value) -> Self {
        Self { pointer: pointer.into(), value }
    }

    /// The schema of a value that nothing is said about. Within it, nothing is said about anything.
    pub(super) fn anything(pointer: &str) -> Self {
        static ANYTHING: Value = Value::Bool(true);
        Self::new(format!("{}?", pointer.trim_end_matches('?')), &ANYTHING)
    }

    pub(super) fn child(&self, name: &str) -> Option<Self> {
        self.value.get(name).map(|value| Self::new(format!("{}/{}", self.pointer, escape(name)), value))
    }

    /// The members of an object, or the items of a list.
    pub(super) fn children(&self) -> Vec<(&'d str, Self)> {
        match self.value {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.as_str(), Self::new(format!("{}/{}", self.pointer, escape(name)), value)))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, value)| ("", Self::new(format!("{}/{index}", self.pointer), value)))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// What is left after following references; a circle of nothing but references stays one.
    pub(super) fn resolved(self, document: &'d Document) -> Self {
        let mut at = self;
        for _ in 0..MAX_DEPTH {
            let target = at.value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            let Some((target, value)) = target.and_then(|target| Some((target, document.value().pointer(target)?)))
            else {
                break;
            };
            at = Self::new(target, value);
        }
        at
    }
}

/// The keywords that decide which values are valid, or what stands for a missing one.
const KEYWORDS: [&str; 20] = [
    "additionalProperties",
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "type",
    "uniqueItems",
];

/// A schema as one set of constraints.
#[derive(Debug, Default)]
pub(super) struct Flat<'d> {
    pub(super) pointer: String,
    pub(super) keywords: BTreeMap<&'d str, At<'d>>,
    pub(super) properties: BTreeMap<&'d str, At<'d>>,
    /// Each required property, and where that is said.
    pub(super) required: BTreeMap<&'d str, String>,
    pub(super) nullable: bool,
}

pub(super) enum Shape<'d> {
    Flat(Flat<'d>),
    /// It has alternatives, or parts that do not merge.
    Composite(At<'d>),
}

pub(super) fn shape<'d>(document: &'d Document, at: At<'d>) -> Shape<'d> {
    let at = at.resolved(document);
    match flatten(document, &at, 0) {
        Some(flat) => Shape::Flat(flat),
        None => Shape::Composite(at),
    }
}

fn flatten<'d>(document: &'d Document, at: &At<'d>, depth: usize) -> Option<Flat<'d>> {
    if depth > MAX_DEPTH || ["$ref", "not"].iter().any(|keyword| at.value.get(keyword).is_some()) {
        return None;
    }
    let mut parts = Vec::new();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let forms = at.child(keyword).map(|forms| forms.children()).unwrap_or_default();
        // The only alternative is none.
        if keyword != "allOf" && forms.len() > 1 {
            return None;
        }
        parts.extend(forms);
    }
    let mut flat = own(at);
    let mut all_nullable = true;
    for (_, part) in &parts {
        let part = flatten(document, &part.clone().resolved(document), depth + 1)?;
        all_nullable &= part.nullable;
        flat.merge(part)?;
    }
    // Beside parts, `nullable` adds null to whatever the parts say.
    flat.nullable |= all_nullable && !parts.is_empty();
    Some(flat)
}

/// What stands in the schema itself.
fn own<'d>(at: &At<'d>) -> Flat<'d> {
    let mut flat = Flat { pointer: at.pointer.clone(), ..Flat::default() };
    for (name, member) in at.children() {
        match name {
            "nullable" => flat.nullable = member.value == &Value::Bool(true),
            "properties" => flat.properties = member.children().into_iter().collect(),
            "required" => {
                let names = member.children().into_iter();
                flat.required = names.filter_map(|(_, name)| Some((name.value.as_str()?, name.pointer))).collect();
            }
            _ if KEYWORDS.contains(&name) => {
                flat.keywords.insert(name, member);
            }
            _ => {}
        }
    }
    flat
}

impl<'d> Flat<'d> {
    pub(super) fn get(&self, keyword: &str) -> Option<&'d Value> {
        self.keywords.get(keyword).map(|at| at.value)
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.get(keyword).and_then(Value::as_str)
    }

    /// The type, also where only a list of values tells it.
    pub(super) fn kind(&self) -> Option<&'d str> {
        let kind = |value: &Value| match value {
            Value::String(_) => Some("string"),
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) if number.is_f64() => Some("number"),
            Value::Number(_) => Some("integer"),
            _ => None,
        };
        self.text("type").or_else(|| {
            let mut kinds = self.get("enum")?.as_array()?.iter().map(kind);
            let first = kinds.next()??;
            kinds.all(|other| other == Some(first)).then_some(first)
        })
    }

    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.get(keyword) == Some(&Value::Bool(true))
    }

    fn is_closed(&self) -> bool {
        self.get("additionalProperties").is_some_and(|additional| additional != &Value::Bool(true))
    }

    /// Takes in what another schema demands as well; `None` when the two do not make one set of constraints.
    fn merge(&mut self, part: Self) -> Option<()> {
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let both = self.get(bound).is_some() && part.get(bound).is_some();
            if both && (self.flag(exclusive) || part.flag(exclusive)) {
                return None;
            }
        }
        // A schema that is closed means its own properties only.
        if (self.is_closed() && !part.properties.is_empty()) || (part.is_closed() && !self.properties.is_empty()) {
            return None;
        }
        for (name, at) in part.keywords {
            let Some(known) = self.keywords.get(name) else {
                self.keywords.insert(name, at);
                continue;
            };
            let order = number::compare(at.value, known.value);
            let tighter = match name {
                // What stands nearer to the use counts.
                "default" => false,
                "minimum" | "minLength" | "minItems" | "minProperties" => order? == std::cmp::Ordering::Greater,
                "maximum" | "maxLength" | "maxItems" | "maxProperties" => order? == std::cmp::Ordering::Less,
                _ if at.value == known.value => false,
                _ => return None,
            };
            if tighter {
                self.keywords.insert(name, at);
            }
        }
        for (name, at) in part.properties {
            if self.properties.insert(name, at).is_some() {
                return None;
            }
        }
        self.required.extend(part.required);
        Some(())
    }
}
