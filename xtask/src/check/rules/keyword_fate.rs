//! Every keyword of every schema has a fate: the generated code holds it, or it is known how it is widened.
//!
//! Why: the generator drops what it does not know without a word, and panics on some of it. A constraint that the
//! document states and the code does not hold is worse than none, because its reader relies on it.

use hyperinstance_codegen::{Document, Fate, fates};

use super::super::finding::Finding;

const RULE: &str = "keyword-fate";

pub(super) fn check(document: &Document) -> Vec<Finding> {
    fates(document)
        .into_iter()
        .filter_map(|fate| match &fate.fate {
            Fate::Unsupported(remedy) => {
                let message = format!("no code is generated for `{}`", fate.keyword);
                Some(Finding::error(RULE, document, &fate.pointer, message, remedy.to_string()))
            }
            _ => None,
        })
        .collect()
}
