//! What is wrong with a value, in words: its field, the value, what the document asks for, and what was probably meant.

use serde_json::Value;

/// Longest part of a value that is repeated, in characters.
const MAX_SHOWN: usize = 80;
/// Most values of an enumeration that are listed.
const MAX_LISTED: usize = 24;

/// The value as JSON, capped, with nothing in it that could steer a terminal or a report.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("a list of {} items", items.len()),
        Value::Object(members) => format!("an object of {} fields", members.len()),
        scalar => clean(&scalar.to_string()),
    }
}

/// A text on one line, capped, with what is not printable written as an escape.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::new();
    for character in text.chars().take(MAX_SHOWN) {
        if is_unprintable(character) {
            clean.extend(character.escape_unicode());
        } else {
            clean.push(character);
        }
    }
    if text.chars().nth(MAX_SHOWN).is_some() {
        clean.push('…');
    }
    clean
}

/// Control characters, line separators, and the marks that reorder text around them.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// The message for a value that breaks a keyword, of which the schema says this.
pub(crate) fn message(
    pointer: &str,
    keyword: &str,
    limit: Option<&Value>,
    value: &Value,
    shown: &str,
) -> Option<String> {
    let field = field(pointer);
    let number = || limit.map(ToString::to_string);
    Some(match keyword {
        "enum" => {
            let values: Vec<&str> = limit?.as_array()?.iter().filter_map(Value::as_str).collect();
            let mut listed = values.iter().take(MAX_LISTED).copied().collect::<Vec<_>>().join(", ");
            if values.len() > MAX_LISTED {
                listed += ", …";
            }
            let meant = value.as_str().and_then(|text| closest(text, &values));
            let meant = meant.map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"));
            format!("{field}: {shown} is none of {listed}{meant}")
        }
        "type" if value.is_null() => {
            format!("{field}: null, which the document does not allow here; leave the field out")
        }
        "type" => format!("{field}: {shown} is {}, not {}", kind(value), limit?.as_str().map(article)?),
        "pattern" => format!("{field}: {shown} does not match {}", limit?.as_str()?),
        "minimum" => format!("{field}: {shown} is less than the minimum, {}", number()?),
        "maximum" => format!("{field}: {shown} is more than the maximum, {}", number()?),
        "multipleOf" => format!("{field}: {shown} is no multiple of {}", number()?),
        "minLength" | "maxLength" => {
            let length = value.as_str()?.chars().count();
            let more = if keyword == "minLength" { "fewer" } else { "more" };
            format!("{field}: {shown} has {length} characters, {more} than {}", number()?)
        }
        "minItems" | "maxItems" => {
            let more = if keyword == "minItems" { "fewer" } else { "more" };
            format!("{field}: {} items, {more} than {}", value.as_array()?.len(), number()?)
        }
        _ => return None,
    })
}

/// The message for a field that the document does not know.
pub(crate) fn unknown_field(name: &str, known: &[&str]) -> String {
    let meant = closest(name, known).map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"));
    format!("{}: the document knows no such field{meant}", clean(name))
}

/// What a pointer ends in.
pub(crate) fn field(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let item = token.chars().all(|c| c.is_ascii_digit());
    match pointer.rsplit('/').nth(1) {
        _ if pointer.is_empty() => "the value".to_owned(),
        Some(list) if item => format!("item {token} of {}", clean(list)),
        _ => clean(&token),
    }
}

fn closest<'v>(text: &str, values: &[&'v str]) -> Option<&'v str> {
    const LIKE: f64 = 0.75;
    let upper = text.to_uppercase();
    let likeness = |value: &str| strsim::jaro_winkler(&upper, &value.to_uppercase());
    let best = values.iter().copied().map(|value| (likeness(value), value)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= LIKE).then_some(best.1)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn article(type_: &str) -> String {
    let article = if type_.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {type_}")
}
