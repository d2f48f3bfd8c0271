//! The fates of the keywords of a document, as a table: how often each occurs, and what becomes of it.

use std::collections::BTreeMap;

use hyperinstance_codegen::{Fate, KeywordFate};

pub(super) fn print(fates: &[KeywordFate]) {
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for KeywordFate { keyword, fate, .. } in fates {
        *counts.entry((keyword, told(fate))).or_default() += 1;
    }
    let width = counts.keys().map(|(keyword, _)| keyword.len()).max().unwrap_or_default();
    for ((keyword, fate), count) in counts {
        anstream::println!("{keyword:width$}  {count:>4}  {fate}");
    }
}

fn told(fate: &Fate) -> String {
    match fate {
        Fate::Enforced => "enforced".to_owned(),
        Fate::Annotation => "annotation".to_owned(),
        Fate::Widened(how) => format!("widened: {how}"),
        Fate::Unsupported(remedy) => format!("unsupported: {remedy}"),
        _ => "unknown".to_owned(),
    }
}
