//! The keywords of a document, as a table: how often each occurs, what becomes of it, and how many of those that
//! constrain a value are exercised by an example.

use std::collections::BTreeMap;

use hyperinstance_codegen::{Fate, KeywordFate};

pub(super) fn print(fates: &[KeywordFate], coverage: &[(String, &str, bool)]) {
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for KeywordFate { keyword, fate, .. } in fates {
        *counts.entry((keyword, told(fate))).or_default() += 1;
    }
    let width = counts.keys().map(|(keyword, _)| keyword.len()).max().unwrap_or_default();
    for ((keyword, fate), count) in counts {
        let exercised =
            coverage.iter().filter(|(_, constraint, exercised)| *constraint == keyword && *exercised).count();
        let of = coverage.iter().filter(|(_, constraint, _)| *constraint == keyword).count();
        let exercised = if of > 0 { format!(", {exercised} of {of} exercised") } else { String::new() };
        anstream::println!("{keyword:width$}  {count:>4}  {fate}{exercised}");
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
