//! Findings that the maintainers accept, each with a reason.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::change::{Change, clean};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    #[serde(default)]
    reason: String,
}

/// Marks what a list of `{id, reason}` accepts, and gives back the ids that are no finding.
pub(super) fn apply(text: &str, changes: &mut [Change]) -> Result<Vec<String>> {
    let entries: Option<Vec<Entry>> =
        serde_yaml::from_str(text).context("it must be a YAML list of entries with `id` and `reason`")?;
    let mut unmatched = Vec::new();
    for Entry { id, reason } in entries.unwrap_or_default() {
        let reason = reason.trim();
        ensure!(!reason.is_empty(), "the entry `{id}` has no reason; say why it is accepted");
        let mut matched = false;
        for change in changes.iter_mut().filter(|change| change.id == id) {
            change.accepted = Some(clean(reason));
            matched = true;
        }
        if !matched {
            unmatched.push(id);
        }
    }
    Ok(unmatched)
}
