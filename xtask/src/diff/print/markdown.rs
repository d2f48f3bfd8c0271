//! Tables for a pull request or release notes.

use std::fmt::Write;

use super::super::change::Level;
use super::super::{Report, changelog};
use super::told;

pub(super) fn render(report: &Report) -> String {
    let mut out = format!(
        "**semver: {}** (wire {}, Rust {})\n",
        report.semver().name(),
        report.wire().name(),
        report.rust.semver.name()
    );
    if let Some(unknown) = &report.rust.unknown {
        let _ = writeln!(out, "\nThe Rust code is not compared: {}", cell(unknown));
    }
    for (level, title) in [(Level::Breaking, "Breaking"), (Level::Warning, "Warnings"), (Level::Info, "Info")] {
        let changes: Vec<_> =
            report.changes.iter().filter(|change| change.level == level && change.accepted.is_none()).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### {title}\n\n| change | what | example |\n|---|---|---|\n");
        for change in changes {
            let example = change.witness.as_ref().map(told).unwrap_or_default();
            let _ = writeln!(out, "| {} | {} | {} |", code(&change.id), cell(&change.message), cell(&example));
        }
    }
    let accepted: Vec<_> = report.changes.iter().filter(|change| change.accepted.is_some()).collect();
    if !accepted.is_empty() {
        out.push_str("\n### Accepted\n\n| change | what | reason |\n|---|---|---|\n");
        for change in accepted {
            let reason = change.accepted.as_deref().unwrap_or_default();
            let _ = writeln!(out, "| {} | {} | {} |", code(&change.id), cell(&change.message), cell(reason));
        }
    }
    let rust = &report.rust;
    if !(rust.added.is_empty() && rust.removed.is_empty() && rust.changed.is_empty()) {
        out.push_str("\n### Rust\n\n| | before | after |\n|---|---|---|\n");
        for line in &rust.removed {
            let _ = writeln!(out, "| removed | {} | |", code(line));
        }
        for edit in &rust.changed {
            let _ = writeln!(out, "| changed | {} | {} |", code(&edit.from), code(&edit.to));
        }
        for line in &rust.added {
            let _ = writeln!(out, "| added | | {} |", code(line));
        }
    }
    if let Some(changelog) = changelog(report) {
        let fence = fence(&changelog, 3);
        let _ = write!(out, "\n### For the changelog\n\n{fence}markdown\n{changelog}{fence}\n");
    }
    out
}

/// Prose in a cell of a table: nothing in it is markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('`');
    // Between backquotes is code, as long as they come in pairs.
    let paired = text.matches('`').count().is_multiple_of(2);
    let mut inside = false;
    for part in &mut parts {
        if inside && paired {
            out.push_str(&code(part));
        } else {
            out.push_str(&prose(part));
        }
        inside = !inside;
    }
    out
}

fn prose(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\r' | '\n' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '*' | '_' | '[' | ']' | '~' | '#' | '@' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Code in a cell of a table, with a fence longer than any run of backquotes in it.
fn code(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ").replace('|', "\\|");
    let fence = fence(&text, 1);
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Backquotes that no run of backquotes in a text can end.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell() {
        assert_eq!(code("a|b\nc"), "`a\\|b c`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(fence("a ``` b", 3), "````");
        assert_eq!(prose("a|b <i> & [x](y)\r\n*_*"), "a\\|b &lt;i> &amp; \\[x\\](y)  \\*\\_\\*");
        assert_eq!(cell("from `^a|b$` to `x`"), "from `^a\\|b$` to `x`");
        assert_eq!(cell("one ` only | here"), "one  only \\| here");
    }
}
