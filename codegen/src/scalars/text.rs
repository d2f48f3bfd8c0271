//! Strings with a pattern or bounds on their length, and what all types share that are strings on the wire.

use openapiv3::StringType;

use super::pattern::{self, Matcher, PatternError};
use super::{Kind, Scalar, doc};

/// What a string must be.
pub(super) struct Constraints {
    pattern: Option<(String, Matcher)>,
    length: Option<(usize, usize)>,
}

/// What kind of scalar a string is; `None` without a constraint.
pub(super) fn kind(string: &StringType) -> Result<Option<Kind>, PatternError> {
    if !string.enumeration.is_empty() {
        let mut values: Vec<String> = string.enumeration.iter().flatten().cloned().collect();
        if let Some(pattern) = &string.pattern {
            let pattern = pattern::compile(pattern)?;
            values.retain(|value| pattern.accepts(value));
        }
        values
            .retain(|value| length(string).is_none_or(|(least, most)| (least..=most).contains(&value.chars().count())));
        return Ok(Some(Kind::Enumeration(values)));
    }
    let matcher = string.pattern.as_deref().map(pattern::compile).transpose()?;
    Ok(match (&string.pattern, matcher, length(string)) {
        (Some(pattern), Some(Matcher::Uuid), None) => Some(Kind::Uuid(pattern.clone())),
        (None, _, None) => None,
        (pattern, matcher, length) => Some(Kind::Text(Constraints { pattern: pattern.clone().zip(matcher), length })),
    })
}

fn length(string: &StringType) -> Option<(usize, usize)> {
    if string.min_length.is_none() && string.max_length.is_none() {
        return None;
    }
    Some((string.min_length.unwrap_or(0), string.max_length.unwrap_or(usize::MAX)))
}

pub(super) fn emit(scalar: &Scalar, constraints: &Constraints) -> String {
    let Scalar { name, .. } = scalar;
    let mut docs = vec![scalar.description.clone()];
    let mut parts = vec![name.clone()];
    if let Some((least, most)) = constraints.length {
        if most == usize::MAX {
            docs.push(format!("A text that must have at least {least} characters."));
            parts.push(format!("length {least}"));
        } else {
            docs.push(format!("A text that must have {least} to {most} characters."));
            parts.push(format!("length {least}..={most}"));
        }
    }
    if let Some((pattern, matcher)) = &constraints.pattern {
        docs.push(format!("A text that matches `{pattern}`."));
        let (kind, table) = matcher.emit();
        parts.push(format!("pattern {pattern:?} {kind} {table}"));
    }
    let (doc, default, parts) = (doc(&docs.join("\n\n")), default(scalar), parts.join(",\n    "));
    format!(
        "{doc}#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct {name}(::smol_str::SmolStr);

{default}super::scalar::impl_text! {{
    {parts}
}}
"
    )
}

/// The documented default of a scalar that is a text.
pub(super) fn default(scalar: &Scalar) -> String {
    let Some(default) = scalar.default.as_ref().and_then(serde_json::Value::as_str) else { return String::new() };
    let value = format!("<Self as super::scalar::Text>::kept({default:?})");
    scalar.emit_default(default, &value)
}
