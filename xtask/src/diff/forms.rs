//! Comparing schemas with alternatives, and others that do not make one set of constraints.

use std::collections::BTreeMap;

use hyperinstance_codegen::json_schema;
use jsonschema::canonical::{self, Containment};
use serde_json::Value;

use super::change::shown;
use super::flat::At;
use super::schema::{Comparer, Effect, Finding, Pair};

/// Alternatives: form by form where they pair up, and else by which values they accept.
pub(super) fn compare<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>) {
    if same_forms(comparer, pair) {
        return;
    }
    let old_schema = json_schema(comparer.old, pair.old.value);
    let new_schema = json_schema(comparer.new, pair.new.value);
    // `canonical` decides it where it can; for all else the place-by-place comparison says more.
    let covers = |outer: &Value, inner: &Value| -> Option<bool> {
        let [outer, inner] = [outer, inner].map(|schema| canonical::options().offline().canonicalize(schema));
        Some(outer.ok()?.covers(&inner.ok()?).ok()? == Containment::Yes)
    };
    let (effect, rule) = match (covers(&new_schema, &old_schema), covers(&old_schema, &new_schema)) {
        (Some(true), Some(true)) => return,
        (Some(true), _) => (Effect::Loosened, "forms-loosened"),
        (_, Some(true)) => (Effect::Tightened, "forms-tightened"),
        _ => (Effect::Changed, "forms-changed"),
    };
    let told = match effect {
        Effect::Loosened => "they accept more",
        Effect::Tightened => "they accept less",
        Effect::Changed => "neither is known to contain the other",
    };
    let (before, after) = (shown(pair.old.value), shown(pair.new.value));
    let message = format!("the alternatives changed from {before} to {after}: {told}");
    let pointer = pair.new.pointer.clone();
    comparer.incompatible(pair, effect, Finding { rule, subject: None, pointer, message }, &[]);
}

/// Whether two composed schemas consist of the same forms in the same order.
fn same_forms<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>) -> bool {
    const KEYWORDS: [&str; 4] = ["allOf", "anyOf", "not", "oneOf"];
    let forms = |at: &At<'d>| -> Vec<(&str, At<'d>)> {
        let forms = KEYWORDS.iter().filter_map(|keyword| Some((*keyword, at.child(keyword)?)));
        forms
            .flat_map(|(keyword, at)| match keyword {
                "not" => vec![(keyword, at)],
                _ => at.children().into_iter().map(|(_, form)| (keyword, form)).collect(),
            })
            .collect()
    };
    // The rest of the schema is compared as if it had no forms.
    let rest = |at: &At<'d>| -> BTreeMap<&'d str, &'d Value> {
        let members = at.value.as_object().into_iter().flatten();
        let prose = ["description", "example", "title", "externalDocs"];
        members
            .map(|(name, value)| (name.as_str(), value))
            .filter(|(name, _)| !KEYWORDS.contains(name) && !prose.contains(name) && !name.starts_with("x-"))
            .collect()
    };
    let (old, new) = (forms(pair.old), forms(pair.new));
    let keywords = |forms: &[(&'static str, At<'d>)]| forms.iter().map(|(keyword, _)| *keyword).collect::<Vec<_>>();
    if old.is_empty() || keywords(&old) != keywords(&new) || rest(pair.old) != rest(pair.new) {
        return false;
    }
    comparer.finds_nothing(|comparer| {
        for ((_, old), (_, new)) in old.into_iter().zip(new) {
            comparer.schemas(old, new, pair.place, false);
        }
    })
}
