//! A small payload that the schema of one document accepts and that of the other refuses.
//!
//! Candidates are made from what both schemas say, smallest first, and each is judged by `jsonschema` before anybody
//! sees it. Where none holds, there is no witness.

use hyperinstance_codegen::{Document, json_schema};
use serde_json::{Map, Value, json};

use super::change::{Side, Witness};
use super::flat::{At, Flat, Shape, shape};
use super::{number, pattern};

/// Longest witness, as JSON text; a longer one shows nothing to people.
const MAX_TEXT: usize = 4096;

/// How deep a made-up value is nested.
const MAX_DEPTH: usize = 8;

type Place<'a, 'd> = (&'d Document, &'a At<'d>);

/// Looks for a witness that the first of the sides accepts alone; else the next. Hints are tried before all others.
pub(super) fn find<'d>(old: Place<'_, 'd>, new: Place<'_, 'd>, hints: &[Value], sides: &[Side]) -> Option<Witness> {
    let validator = |(document, at): Place<'_, 'd>| jsonschema::validator_for(&json_schema(document, at.value)).ok();
    let (old_validator, new_validator) = (validator(old)?, validator(new)?);
    let mut candidates: Vec<(String, Value)> = candidates(old.0, old.1, 0)
        .into_iter()
        .chain(candidates(new.0, new.1, 0))
        .map(|value| (value.to_string(), value))
        .filter(|(text, _)| text.len() <= MAX_TEXT)
        .collect();
    let capitals = |text: &str| text.chars().filter(char::is_ascii_uppercase).count();
    candidates.sort_by(|(a, _), (b, _)| (a.len(), capitals(a), a).cmp(&(b.len(), capitals(b), b)));
    sides.iter().find_map(|side| {
        let (accepting, refusing) = match side {
            Side::Old => (&old_validator, &new_validator),
            Side::New => (&new_validator, &old_validator),
        };
        let all = hints.iter().chain(candidates.iter().map(|(_, value)| value));
        let value = all.into_iter().find(|value| accepting.is_valid(value) && !refusing.is_valid(value))?;
        Some(Witness { value: value.clone(), accepted_by: *side })
    })
}

/// Values on both sides of everything that a schema says.
fn candidates<'d>(document: &'d Document, at: &At<'d>, depth: usize) -> Vec<Value> {
    let mut found: Vec<Value> = [json!(null), json!(true), json!(0), json!(1), json!(-1), json!(0.5)].into();
    found.extend([json!(""), json!("a"), json!("A"), json!([]), json!({})]);
    let at = at.clone().resolved(document);
    found.extend(at.value.get("example").cloned());
    match shape(document, at.clone()) {
        Shape::Flat(flat) => {
            found.extend(flat.get("enum").and_then(Value::as_array).into_iter().flatten().cloned());
            found.extend(flat.get("default").cloned());
            numbers(&flat, &mut found);
            texts(&flat, &mut found);
            lists(document, &flat, &mut found);
            objects(document, &at, &flat, &mut found);
        }
        Shape::Composite(at) if depth < 2 => {
            for forms in ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|keyword| at.child(keyword)) {
                for (_, form) in forms.children() {
                    found.push(sample(document, form.clone(), 0));
                    found.extend(candidates(document, &form, depth + 1));
                }
            }
        }
        Shape::Composite(_) => {}
    }
    found
}

fn numbers(flat: &Flat<'_>, found: &mut Vec<Value>) {
    for bound in ["minimum", "maximum", "multipleOf"].into_iter().filter_map(|keyword| flat.get(keyword)) {
        found.push(bound.clone());
        found.extend([-1, 1].into_iter().filter_map(|step| number::beside(bound, step)));
    }
}

/// The lengths on and beside the bounds of a schema.
fn sizes(flat: &Flat<'_>, bounds: [&str; 2]) -> Vec<usize> {
    let bounds = bounds.into_iter().filter_map(|keyword| flat.get(keyword).and_then(Value::as_u64));
    bounds
        .filter_map(|bound| usize::try_from(bound).ok().filter(|bound| *bound < MAX_TEXT))
        .flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1])
        .collect()
}

fn texts(flat: &Flat<'_>, found: &mut Vec<Value>) {
    found.extend(sizes(flat, ["minLength", "maxLength"]).into_iter().map(|size| json!("a".repeat(size))));
    found.extend(flat.text("pattern").and_then(matching).map(Value::from));
    let known: Vec<String> = found.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    for text in known {
        found.extend([json!(text.to_uppercase()), json!(text.to_lowercase()), json!(format!("{text}a"))]);
    }
}

/// A shortest text that matches a pattern.
fn matching(pattern: &str) -> Option<String> {
    pattern::compare(Some(pattern), Some(r"[^\s\S]"))?.only_old
}

fn lists<'d>(document: &'d Document, flat: &Flat<'d>, found: &mut Vec<Value>) {
    let item = flat.keywords.get("items").map_or(json!(0), |items| sample(document, items.clone(), 0));
    for size in sizes(flat, ["minItems", "maxItems"]).into_iter().chain([1, 2]) {
        if size * item.to_string().len() <= MAX_TEXT {
            found.push(Value::Array(vec![item.clone(); size]));
        }
    }
}

/// The smallest object, with and without each of the properties.
fn objects<'d>(document: &'d Document, at: &At<'d>, flat: &Flat<'d>, found: &mut Vec<Value>) {
    let Value::Object(smallest) = sample(document, at.clone(), 0) else { return };
    let with = |name: &str, value: Value| {
        let mut object = smallest.clone();
        object.insert(name.to_owned(), value);
        Value::Object(object)
    };
    for (name, property) in &flat.properties {
        found.push(with(name, sample(document, property.clone(), 0)));
    }
    for name in flat.required.keys() {
        let mut without = smallest.clone();
        without.remove(*name);
        found.push(Value::Object(without));
    }
    let other = flat.keywords.get("additionalProperties").filter(|other| other.value.is_object());
    let other = other.map_or(json!(0), |other| sample(document, other.clone(), 0));
    found.push(with("other", other.clone()));
    for size in sizes(flat, ["minProperties", "maxProperties"]) {
        let members = (0..size).map(|index| (format!("a{index}"), other.clone()));
        found.push(Value::Object(members.collect()));
    }
    found.push(Value::Object(smallest));
}

/// A small value that a schema most likely accepts.
fn sample<'d>(document: &'d Document, at: At<'d>, depth: usize) -> Value {
    let at = at.resolved(document);
    if let Some(value) = at.value.get("enum").and_then(Value::as_array).and_then(|values| values.first()) {
        return value.clone();
    }
    if depth > MAX_DEPTH {
        return Value::Null;
    }
    let flat = match shape(document, at.clone()) {
        Shape::Flat(flat) => flat,
        Shape::Composite(at) => {
            let forms = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|keyword| at.child(keyword));
            let form = forms.and_then(|forms| forms.children().into_iter().next());
            return form.map_or(Value::Null, |(_, form)| sample(document, form, depth + 1));
        }
    };
    if let Some(value) = flat.get("enum").and_then(Value::as_array).and_then(|values| values.first()) {
        return value.clone();
    }
    match flat.text("type") {
        Some("string") => {
            let size = flat.get("minLength").and_then(Value::as_u64).unwrap_or(0);
            let text = flat.text("pattern").and_then(matching);
            json!(text.unwrap_or_else(|| "a".repeat(usize::try_from(size).unwrap_or(0).min(MAX_TEXT))))
        }
        Some("integer" | "number") => flat.get("minimum").or_else(|| flat.get("maximum")).cloned().unwrap_or(json!(0)),
        Some("boolean") => json!(true),
        Some("array") => {
            let size = flat.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(64);
            let item = flat.keywords.get("items").map(|items| sample(document, items.clone(), depth + 1));
            Value::Array((0..size).map(|_| item.clone().unwrap_or(json!(0))).collect())
        }
        Some("object") | None if !flat.properties.is_empty() || flat.text("type").is_some() => {
            let required = flat.required.keys().map(|name| {
                let property = flat.properties.get(name);
                let value = property.map_or(json!(0), |property| sample(document, property.clone(), depth + 1));
                ((*name).to_owned(), value)
            });
            Value::Object(required.collect::<Map<_, _>>())
        }
        _ => json!(0),
    }
}
