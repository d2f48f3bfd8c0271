//! A proposal for the changelog, in the sections of keepachangelog.com.

use super::Report;
use super::change::{Change, Level};
use super::print::{count, groups};

/// Bullets for a report, a line per change; the same change at many places is one. `None` without changes.
pub(crate) fn changelog(report: &Report) -> Option<String> {
    let mut sections = [("Added", Vec::new()), ("Changed", Vec::new()), ("Removed", Vec::new())];
    let all: Vec<&Change> = report.changes.iter().collect();
    for group in groups(&all) {
        let first = group[0];
        let breaking = if first.level == Level::Breaking { "**Breaking**: " } else { "" };
        let places = match group.len() {
            1 => format!("`{}`", first.place()),
            number => format!("`{}` and {}", first.place(), count(number - 1, "other place")),
        };
        let section = match first.rule() {
            rule if rule.ends_with("-added") && !matches!(rule, "enum-added" | "nullable-added") => 0,
            rule if rule.ends_with("-removed") && !matches!(rule, "enum-removed" | "nullable-removed") => 2,
            _ => 1,
        };
        sections[section].1.push(format!("- {breaking}{}: {}\n", places, first.message));
    }
    let written = sections.iter().filter(|(_, lines)| !lines.is_empty());
    let text: Vec<String> = written.map(|(name, lines)| format!("### {name}\n\n{}", lines.concat())).collect();
    (!text.is_empty()).then(|| text.join("\n"))
}
