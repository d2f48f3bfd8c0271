//! The fast path: what the generated strict types read as plain JSON is valid by the schema.
//!
//! That the types and the schemas agree is held by the tests of equivalence; where they differ, the types refuse more.

use hyperinstance_client::{read_plain, types};

macro_rules! readers {
    ($name:expr, $text:expr; $($component:ident)*) => {
        match $name {
            $(stringify!($component) => read_plain::<types::$component>($text).is_some(),)*
            _ => false,
        }
    };
}

/// Whether a text is certainly valid. `false` says nothing.
pub(crate) fn is_valid(component: &str, text: &str) -> bool {
    // Those that may be large.
    readers!(component, text; ListHyperinstancesResponse ServerHyperinstanceResponse ServerResponse ErrorResponse)
}
