//! UUIDs of the page's pattern: sixteen bytes instead of a text on the heap.

use super::{Scalar, doc};

pub(super) fn emit(scalar: &Scalar, pattern: &str) -> String {
    let Scalar { name, description, .. } = scalar;
    let doc = doc(&format!("{description}\n\nA text that matches `{pattern}`, held as 16 bytes."));
    format!(
        "{doc}#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct {name}(super::uuid::Repr);

super::uuid::impl_uuid! {{ {name}, {pattern:?} }}
"
    )
}
