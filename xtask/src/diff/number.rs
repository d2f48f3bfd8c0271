//! Bounds of schemas: comparing them, also where one is missing.

use std::cmp::Ordering;

use serde_json::Value;

/// Compares two numbers, exactly where both are whole.
pub(super) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

pub(super) fn whole(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

/// A number one or several steps away, for a payload just beside a bound.
pub(super) fn beside(value: &Value, step: i64) -> Option<Value> {
    match value.as_i64() {
        Some(number) => number.checked_add(step).map(Value::from),
        None => value.as_f64().map(|number| Value::from(number + if step < 0 { -1.0 } else { 1.0 })),
    }
}

/// Whether a number is a multiple of another one, where that can be told.
pub(super) fn is_multiple(number: &Value, of: &Value) -> bool {
    match (whole(number), whole(of)) {
        (Some(number), Some(of)) if of != 0 => number % of == 0,
        _ => false,
    }
}
