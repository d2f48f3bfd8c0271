//! The forms of a report. Each is made as text first, so that tests can read it.

mod github;
mod markdown;
mod text;

use hyperinstance_codegen::Document;

use super::change::{Change, Side, Witness, shown};
use super::{Format, Report};

/// The report in a form; `path` is that of the new document.
pub(super) fn render(report: &Report, format: Format, new: &Document, path: &str) -> String {
    match format {
        Format::Text => text::render(report, new, path),
        Format::Json => {
            let report = serde_json::json!({
                "semver": report.semver(),
                "changes": report.changes,
                "rust": report.rust,
            });
            format!("{report:#}\n")
        }
        Format::Markdown => markdown::render(report),
        Format::Github => github::render(report, new, path),
    }
}

/// Changes that say the same about different places, together.
pub(super) fn groups<'a>(changes: &[&'a Change]) -> Vec<Vec<&'a Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let same = |group: &&mut Vec<&Change>| {
            let first = group[0];
            (first.rule(), &first.message, &first.pointer, first.direction, &first.accepted)
                == (change.rule(), &change.message, &change.pointer, change.direction, &change.accepted)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

/// A witness in words.
fn told(witness: &Witness) -> String {
    let (accepts, refuses) = match witness.accepted_by {
        Side::Old => ("old", "new"),
        Side::New => ("new", "old"),
    };
    format!("{} is accepted by the {accepts} document and refused by the {refuses} one", shown(&witness.value))
}

/// A number of things.
pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
