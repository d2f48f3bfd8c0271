//! What becomes of each keyword of each schema in the generated code. None is dropped without a word.

use std::borrow::Cow;

use serde_json::Value;

use crate::load::Document;
use crate::scalars::pattern_error;
use crate::source_map::Position;

/// What becomes of a keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// The generated code holds it.
    Enforced,
    /// The generated code accepts more than it says; how is told.
    Widened(&'static str),
    /// It says nothing about which values are valid.
    Annotation,
    /// No code is generated; what to do instead is told.
    Unsupported(Cow<'static, str>),
}

/// A keyword at a place of a document, and its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordFate {
    /// JSON pointer to the keyword.
    pub pointer: String,
    /// Where it stands.
    pub position: Position,
    /// The keyword.
    pub keyword: String,
    /// What becomes of it.
    pub fate: Fate,
}

impl std::fmt::Display for KeywordFate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { pointer, position, keyword, fate } = self;
        match fate {
            Fate::Unsupported(remedy) => {
                write!(f, "`{keyword}` cannot be generated at {position} ({pointer}): {remedy}")
            }
            Fate::Widened(how) => write!(f, "`{keyword}` is widened at {position} ({pointer}): {how}"),
            Fate::Enforced => write!(f, "`{keyword}` is enforced at {position} ({pointer})"),
            Fate::Annotation => write!(f, "`{keyword}` is an annotation at {position} ({pointer})"),
        }
    }
}

/// The fate of every keyword of every schema, in the order of their places.
#[must_use]
pub fn fates(document: &Document) -> Vec<KeywordFate> {
    let mut fates = Vec::new();
    for (pointer, schema) in document.every_schema() {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            let fate = fate(&pointer, schema, keyword, value);
            let pointer = format!("{pointer}/{keyword}");
            let position = document.locate(&pointer);
            fates.push(KeywordFate { pointer, position, keyword: keyword.clone(), fate });
        }
    }
    fates.sort_by(|a, b| (a.position, &a.pointer).cmp(&(b.position, &b.pointer)));
    fates
}

fn fate(pointer: &str, schema: &Value, keyword: &str, value: &Value) -> Fate {
    use Fate::{Annotation, Enforced, Widened};
    let unsupported = |remedy: &'static str| Fate::Unsupported(remedy.into());
    let type_ = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    // A response header reaches its reader as text, whatever its schema says.
    if pointer.contains("/headers/") && !matches!(keyword, "type" | "description" | "example") {
        return Widened("response headers are read as text");
    }
    match keyword {
        "description" | "title" | "example" | "deprecated" | "readOnly" | "writeOnly" | "externalDocs" | "xml"
        | "default" => Annotation,
        _ if keyword.starts_with("x-") => Annotation,
        "$ref" | "type" | "nullable" | "properties" | "required" | "items" | "allOf" | "additionalProperties" => {
            Enforced
        }
        "oneOf" | "anyOf" => Widened("the first form that fits is taken"),
        "discriminator" => Widened("forms are told apart by what they hold"),
        "not" => unsupported("say what a value is instead of what it is not"),
        "minProperties" | "maxProperties" => Widened("the members of a map are not counted"),
        "uniqueItems" => Widened("repeated items are kept"),
        "minItems" | "maxItems" if type_ == "array" => {
            let property = pointer.rsplit('/').nth(1) == Some("properties");
            if property { Enforced } else { Widened("items are counted only where the list is a property") }
        }
        "pattern" if type_ == "string" => match pattern_error(value.as_str().unwrap_or_default()) {
            None => Enforced,
            Some(error) => Fate::Unsupported(error.to_string().into()),
        },
        "minLength" | "maxLength" if type_ == "string" => Enforced,
        "enum" if type_ == "string" => {
            if value.as_array().is_some_and(|values| values.iter().all(|value| value.is_string() || value.is_null())) {
                Enforced
            } else {
                unsupported("list strings only")
            }
        }
        "enum" if type_ == "integer" => Enforced,
        "format" if type_ == "string" => Widened("a format is an annotation; state a pattern where it must hold"),
        "format" if type_ == "integer" => match value.as_str() {
            Some("int32" | "int64") => Enforced,
            _ => Widened("held in 64 bits"),
        },
        "format" if type_ == "number" => Widened("held as floating point"),
        "minimum" | "maximum" | "multipleOf" if type_ == "integer" => {
            if value.is_i64() {
                Enforced
            } else {
                unsupported("state an integer of 64 bits")
            }
        }
        "exclusiveMinimum" | "exclusiveMaximum" if type_ == "integer" => {
            let bound = if keyword == "exclusiveMinimum" { "minimum" } else { "maximum" };
            if schema.get(bound).is_some() { Enforced } else { unsupported("state the bound that it makes exclusive") }
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" if type_ == "number" => {
            unsupported("state an integer in a smaller unit, or leave the bound to the description")
        }
        "pattern" | "minLength" | "maxLength" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
        | "multipleOf" | "minItems" | "maxItems" | "enum" | "format" => {
            unsupported("it does not apply to the type of this schema; state the type, or remove it")
        }
        _ => unsupported("OpenAPI 3.0 has no such keyword; remove it, or call it `x-…`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The unsupported keywords of a document with one schema.
    fn refused(schema: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n",
        );
        fates(&Document::load(&text).unwrap())
            .iter()
            .filter(|fate| matches!(fate.fate, Fate::Unsupported(_)))
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn what_would_be_lost_is_refused_with_place_and_remedy() {
        assert_eq!(
            refused("{ type: number, minimum: 0.5 }"),
            [
                "`minimum` cannot be generated at 6:24 (/components/schemas/A/minimum): state an integer in a smaller unit, \
              or leave the bound to the description"
            ],
        );
        assert_eq!(
            refused("{ type: string, pattern: '^(?=a)b$' }"),
            [
                "`pattern` cannot be generated at 6:24 (/components/schemas/A/pattern): the pattern `^(?=a)b$` has no form \
              that is matched in linear time; write it without look-around and back-references"
            ],
        );
        assert_eq!(
            refused("{ type: integer, exclusiveMinimum: true }"),
            [
                "`exclusiveMinimum` cannot be generated at 6:25 (/components/schemas/A/exclusiveMinimum): state the bound \
              that it makes exclusive"
            ],
        );
        assert_eq!(
            refused("{ type: boolean, enum: [true] }"),
            ["`enum` cannot be generated at 6:25 (/components/schemas/A/enum): it does not apply to the type of this \
              schema; state the type, or remove it"],
        );
        assert_eq!(
            refused("{ type: object, const: 1 }"),
            [
                "`const` cannot be generated at 6:24 (/components/schemas/A/const): OpenAPI 3.0 has no such keyword; remove \
              it, or call it `x-…`"
            ],
        );
        assert_eq!(
            refused("{ not: { type: string } }"),
            [
                "`not` cannot be generated at 6:10 (/components/schemas/A/not): say what a value is instead of what it is \
              not"
            ],
        );
        assert_eq!(refused("{ type: string, maxLength: 3, x-source: page }"), [""; 0]);
    }
}
