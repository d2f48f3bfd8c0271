//! Comparing the constraints of one schema, keyword by keyword.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::change::{Direction, Level, shown};
use super::flat::{At, Flat};
use super::schema::{Comparer, Effect, Finding, Pair};
use super::{number, pattern};

/// A bound: its keyword, the keyword that makes it exclusive, whether it is a lower one, its name in rules, and in
/// sentences.
type Bound = (&'static str, Option<&'static str>, bool, &'static str, &'static str);

const BOUNDS: [Bound; 8] = [
    ("minimum", Some("exclusiveMinimum"), true, "minimum", "the smallest value"),
    ("maximum", Some("exclusiveMaximum"), false, "maximum", "the largest value"),
    ("minLength", None, true, "min-length", "the smallest number of characters"),
    ("maxLength", None, false, "max-length", "the largest number of characters"),
    ("minItems", None, true, "min-items", "the smallest number of items"),
    ("maxItems", None, false, "max-items", "the largest number of items"),
    ("minProperties", None, true, "min-properties", "the smallest number of members"),
    ("maxProperties", None, false, "max-properties", "the largest number of members"),
];

/// Reports what differs, and whether what is nested can be compared: with another type, all else means something else.
/// Where null means as much as a missing value, it is `nullable`.
pub(super) fn compare<'d>(
    comparer: &mut Comparer<'d>,
    pair: &Pair<'_, 'd>,
    old: &Flat<'d>,
    new: &Flat<'d>,
    nullable: bool,
) -> bool {
    let numbers = |flat: &Flat<'_>| matches!(flat.kind(), Some("integer" | "number"));
    let same_type = types(comparer, pair, old, new);
    null(comparer, pair, old, new, nullable);
    default(comparer, pair, old, new);
    if same_type {
        format(comparer, pair, old, new);
    } else if !(numbers(old) && numbers(new)) {
        return false;
    }
    enumeration(comparer, pair, old, new);
    for bound in &BOUNDS {
        compare_bound(comparer, pair, (old, new), bound);
    }
    compare_pattern(comparer, pair, old, new);
    multiple(comparer, pair, old, new);
    unique(comparer, pair, old, new);
    true
}

/// Where a keyword stands: in the new document, or in the old one when it is gone; else the schema.
fn pointer(old: &Flat<'_>, new: &Flat<'_>, keyword: &str) -> String {
    let at = new.keywords.get(keyword).or_else(|| old.keywords.get(keyword));
    at.map_or_else(|| new.pointer.clone(), |at| at.pointer.clone())
}

/// Whether the types are the same.
fn types<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) -> bool {
    let (before, after) = (old.kind(), new.kind());
    if before == after {
        return true;
    }
    let (effect, rule) = match (before, after) {
        (None, _) | (Some("number"), Some("integer")) => (Effect::Tightened, "type-narrowed"),
        (_, None) | (Some("integer"), Some("number")) => (Effect::Loosened, "type-widened"),
        _ => (Effect::Changed, "type-changed"),
    };
    let name = |name: Option<&str>| name.unwrap_or("any type").to_owned();
    let message = format!("the type changed from {} to {}", name(before), name(after));
    let finding = Finding { rule, subject: None, pointer: pointer(old, new, "type"), message };
    comparer.incompatible(pair, effect, finding, &[]);
    false
}

fn null<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>, nullable: bool) {
    // Without a type, null was accepted all along.
    let accepts = |flat: &Flat<'_>| flat.nullable || flat.kind().is_none();
    let (effect, rule, told) = match (accepts(old), accepts(new)) {
        (false, true) if new.nullable => (Effect::Loosened, "nullable-added", "null is accepted now"),
        (true, false) if old.nullable => (Effect::Tightened, "nullable-removed", "null is no longer accepted"),
        _ => return,
    };
    let pointer = new.pointer.clone();
    let finding = Finding { rule, subject: None, pointer, message: told.to_owned() };
    if nullable {
        comparer.constraint(pair, effect, finding, &[Value::Null]);
    } else {
        comparer.incompatible(pair, effect, finding, &[Value::Null]);
    }
}

fn default<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let (before, after) = (old.get("default"), new.get("default"));
    if before == after {
        return;
    }
    let told = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), shown);
    let message = format!("the default changed from {} to {}", told(before), told(after));
    let finding = Finding { rule: "default-changed", subject: None, pointer: pointer(old, new, "default"), message };
    comparer.push(Level::Warning, pair.place, finding);
}

/// A format is an annotation, but for the width of integers, which is that of the generated type.
fn format<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let (before, after) = (old.text("format"), new.text("format"));
    if before == after {
        return;
    }
    let integer = old.text("type") == Some("integer");
    let (level, told) = match comparer.direction {
        Direction::Response if integer && before == Some("int32") => {
            (Level::Breaking, "; a client that reads 32 bits cannot decode what is larger")
        }
        Direction::Request if integer && after == Some("int32") => {
            (Level::Breaking, "; the service refuses what does not fit into 32 bits")
        }
        Direction::Request if integer && before == Some("int32") => (Level::Info, ""),
        _ => (Level::Warning, ""),
    };
    let name = |format: Option<&str>| format.map_or_else(|| "none".to_owned(), |format| format!("`{format}`"));
    let message = format!("the format changed from {} to {}{told}", name(before), name(after));
    let finding = Finding { rule: "format-changed", subject: None, pointer: pointer(old, new, "format"), message };
    comparer.push(level, pair.place, finding);
}

fn enumeration<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let values = |flat: &Flat<'d>| -> Option<Vec<At<'d>>> {
        let values = flat.keywords.get("enum")?.children().into_iter().map(|(_, value)| value);
        // Whether null is accepted is told by `nullable`.
        Some(values.filter(|at| !at.value.is_null()).collect())
    };
    let listed = |values: &[At<'_>]| values.iter().map(|at| spelled(at.value)).collect::<Vec<_>>().join(", ");
    let (before, after) = match (values(old), values(new)) {
        (Some(before), Some(after)) => (before, after),
        (None, None) => return,
        (before, after) => {
            let (effect, rule, told) = if before.is_none() {
                (Effect::Tightened, "enum-added", "any value was accepted; now it is one of")
            } else {
                (Effect::Loosened, "enum-removed", "any value is accepted; it was one of")
            };
            let message = format!("{told} {}", listed(&before.or(after).unwrap_or_default()));
            let finding = Finding { rule, subject: None, pointer: pointer(old, new, "enum"), message };
            comparer.constraint(pair, effect, finding, &[]);
            return;
        }
    };
    let has = |values: &[At<'_>], value: &Value| values.iter().any(|at| at.value == value);
    let removed = before.iter().filter(|at| !has(&after, at.value)).map(|at| (at, Effect::Tightened));
    let added = after.iter().filter(|at| !has(&before, at.value)).map(|at| (at, Effect::Loosened));
    for (at, effect) in removed.chain(added) {
        let (rule, told) = match effect {
            Effect::Tightened => ("enum-value-removed", "removed from"),
            _ => ("enum-value-added", "added to"),
        };
        let subject = spelled(at.value);
        let message = format!("`{subject}` was {told} the values {}", listed(&before));
        let finding = Finding { rule, subject: Some(&subject), pointer: at.pointer.clone(), message };
        comparer.constraint(pair, effect, finding, std::slice::from_ref(at.value));
    }
}

/// A value of an enumeration, without quotes.
fn spelled(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn compare_bound<'d>(
    comparer: &mut Comparer<'d>,
    pair: &Pair<'_, 'd>,
    (old, new): (&Flat<'d>, &Flat<'d>),
    (keyword, exclusive, lower, name, told): &Bound,
) {
    let read = |flat: &Flat<'_>| -> Option<(Value, bool)> {
        let value = flat.get(keyword)?.clone();
        let exclusive = exclusive.is_some_and(|exclusive| flat.flag(exclusive));
        // An integer beyond a bound is at least one beyond it.
        let step = if *lower { 1 } else { -1 };
        match value.as_i64().and_then(|value| value.checked_add(step)) {
            Some(value) if exclusive && flat.text("type") == Some("integer") => Some((json!(value), false)),
            _ => Some((value, exclusive)),
        }
    };
    // Nothing has fewer than no characters, items or members.
    let trivial = |(value, _): &(Value, bool)| *lower && *keyword != "minimum" && value.as_u64() == Some(0);
    let (before, after) = (read(old).filter(|b| !trivial(b)), read(new).filter(|b| !trivial(b)));
    // The order of the bounds on the line of numbers; a missing one is infinitely far away.
    let order = match (&before, &after) {
        (None, None) => return,
        (None, Some(_)) if *lower => Ordering::Less,
        (Some(_), None) if !*lower => Ordering::Less,
        (None, Some(_)) | (Some(_), None) => Ordering::Greater,
        (Some((a, a_exclusive)), Some((b, b_exclusive))) => match number::compare(a, b) {
            Some(Ordering::Equal) if *lower => a_exclusive.cmp(b_exclusive),
            Some(Ordering::Equal) => b_exclusive.cmp(a_exclusive),
            Some(order) => order,
            None => return,
        },
    };
    let (verb, effect) = match (order, lower) {
        (Ordering::Equal, _) => return,
        (Ordering::Less, true) => ("raised", Effect::Tightened),
        (Ordering::Less, false) => ("raised", Effect::Loosened),
        (Ordering::Greater, true) => ("lowered", Effect::Loosened),
        (Ordering::Greater, false) => ("lowered", Effect::Tightened),
    };
    let shown = |bound: &Option<(Value, bool)>| match bound {
        None => "no bound".to_owned(),
        Some((value, false)) => value.to_string(),
        Some((value, true)) => format!("{value} (exclusive)"),
    };
    let message = format!("{told} was {verb} from {} to {}", shown(&before), shown(&after));
    let rule = format!("{name}-{verb}");
    let finding = Finding { rule: &rule, subject: None, pointer: pointer(old, new, keyword), message };
    comparer.constraint(pair, effect, finding, &[]);
}

fn compare_pattern<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let (before, after) = (old.text("pattern"), new.text("pattern"));
    if before == after {
        return;
    }
    let difference = pattern::compare(before, after);
    let (effect, rule, told) = match &difference {
        Some(pattern::Difference { only_old: None, only_new: None }) => return,
        Some(pattern::Difference { only_old: Some(_), only_new: None }) => {
            (Effect::Tightened, "pattern-tightened", "it accepts less")
        }
        Some(pattern::Difference { only_old: None, only_new: Some(_) }) => {
            (Effect::Loosened, "pattern-loosened", "it accepts more")
        }
        Some(_) => (Effect::Changed, "pattern-changed", "each accepts what the other refuses"),
        None if before.is_none() => (Effect::Tightened, "pattern-tightened", "it accepts less"),
        None if after.is_none() => (Effect::Loosened, "pattern-loosened", "it accepts more"),
        None => (Effect::Changed, "pattern-changed", "which one accepts more is not decided"),
    };
    let name = |pattern: Option<&str>| pattern.map_or_else(|| "none".to_owned(), |pattern| format!("`{pattern}`"));
    let message = format!("the pattern changed from {} to {}: {told}", name(before), name(after));
    let texts = difference.into_iter().flat_map(|difference| [difference.only_old, difference.only_new]);
    let hints: Vec<Value> = texts.flatten().map(Value::from).collect();
    let finding = Finding { rule, subject: None, pointer: pointer(old, new, "pattern"), message };
    comparer.constraint(pair, effect, finding, &hints);
}

fn multiple<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let (effect, message) = match (old.get("multipleOf"), new.get("multipleOf")) {
        (before, after) if before == after => return,
        (None, Some(after)) => (Effect::Tightened, format!("values must be multiples of {after} now")),
        (Some(before), None) => (Effect::Loosened, format!("values need not be multiples of {before} any more")),
        (Some(before), Some(after)) => {
            let effect = match (number::is_multiple(after, before), number::is_multiple(before, after)) {
                (true, true) => return,
                (true, false) => Effect::Tightened,
                (false, true) => Effect::Loosened,
                (false, false) => Effect::Changed,
            };
            (effect, format!("values must be multiples of {after}, no longer of {before}"))
        }
        (None, None) => return,
    };
    let pointer = pointer(old, new, "multipleOf");
    comparer.constraint(pair, effect, Finding { rule: "multiple-changed", subject: None, pointer, message }, &[]);
}

fn unique<'d>(comparer: &mut Comparer<'d>, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
    let (effect, rule, told) = match (old.flag("uniqueItems"), new.flag("uniqueItems")) {
        (false, true) => (Effect::Tightened, "unique-required", "items must differ from each other now"),
        (true, false) => (Effect::Loosened, "unique-lifted", "items may repeat now"),
        _ => return,
    };
    let pointer = pointer(old, new, "uniqueItems");
    let finding = Finding { rule, subject: None, pointer, message: told.to_owned() };
    comparer.constraint(pair, effect, finding, &[]);
}
