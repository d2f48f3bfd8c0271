//! Integers with bounds.

use openapiv3::{IntegerFormat, IntegerType, VariantOrUnknownOrEmpty};

use super::{Scalar, doc};

/// The values that an integer may have, both ends included.
pub(super) struct Bounds {
    minimum: i64,
    maximum: i64,
    multiple_of: Option<i64>,
}

/// Both bounds, the format's own where the schema has none; `None` when the schema has no constraint.
pub(super) fn bounds(integer: &IntegerType) -> Option<Bounds> {
    if integer.minimum.is_none() && integer.maximum.is_none() && integer.multiple_of.is_none() {
        return None;
    }
    let (lowest, highest) = match integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    Some(Bounds {
        minimum: integer.minimum.map_or(lowest, |bound| bound.saturating_add(i64::from(integer.exclusive_minimum))),
        maximum: integer.maximum.map_or(highest, |bound| bound.saturating_sub(i64::from(integer.exclusive_maximum))),
        multiple_of: integer.multiple_of.filter(|factor| *factor > 1),
    })
}

pub(super) fn emit(scalar: &Scalar, bounds: &Bounds) -> String {
    let Scalar { name, description, .. } = scalar;
    let Bounds { minimum, maximum, multiple_of } = bounds;
    let (told, factor) = multiple_of.map_or_else(Default::default, |factor| {
        (format!(", a multiple of {factor}"), format!(", multiple of {factor}"))
    });
    let doc = doc(&format!("{description}\n\nAn integer from {minimum} to {maximum}{told}."));
    let default = scalar.default.as_ref().and_then(serde_json::Value::as_i64);
    let default = default
        .map_or_else(String::new, |default| scalar.emit_default(&default.to_string(), &format!("Self({default})")));
    format!(
        "{doc}#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct {name}(i64);

{default}super::scalar::impl_integer! {{ {name}, {minimum}..={maximum}{factor} }}
"
    )
}
