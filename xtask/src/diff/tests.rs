//! Single edits of a small document, each with what must be found.

mod edits;
mod meaning;
mod operations;
mod report;

use hyperinstance_codegen::Document;

use super::{Change, changes};

const BASE: &str = include_str!("tests/base.yaml");

fn load(text: &str) -> Document {
    Document::load(text).unwrap()
}

/// The small document with every one of the edits made once.
#[track_caller]
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the document has no `{from}`");
        text.replacen(from, to, 1)
    })
}

#[track_caller]
fn found(edits: &[(&str, &str)]) -> Vec<Change> {
    changes(&load(BASE), &load(&edited(edits)))
}

fn told(changes: &[Change]) -> Vec<String> {
    let level = |change: &Change| change.level.name();
    changes.iter().map(|change| format!("{} {}", level(change), change.id)).collect()
}

/// One edit and what it must give, `LEVEL ID` per change, in one direction and, where given, back again.
#[track_caller]
fn check(from: &str, to: &str, expected: &[&str], back: &[&str]) {
    assert_eq!(told(&found(&[(from, to)])), expected, "`{from}` to `{to}`");
    assert_eq!(told(&changes(&load(&edited(&[(from, to)])), &load(BASE))), back, "`{to}` back to `{from}`");
}
