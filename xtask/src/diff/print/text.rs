//! For people: the worst first, what is the same at many places told once.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use hyperinstance_codegen::Document;

use super::super::Report;
use super::super::change::{Change, Level};
use super::{count, groups, told};

const BREAKING: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const INFO: Style = AnsiColor::Green.on_default();
const QUIET: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Most places that are listed for one change.
const MAX_PLACES: usize = 4;

pub(super) fn render(report: &Report, new: &Document, path: &str) -> String {
    let mut out = String::new();
    for (level, style) in [(Level::Breaking, BREAKING), (Level::Warning, WARNING), (Level::Info, INFO)] {
        let changes: Vec<&Change> =
            report.changes.iter().filter(|change| change.level == level && change.accepted.is_none()).collect();
        if !changes.is_empty() {
            let _ = writeln!(out, "{style}{} ({}){style:#}", level.name(), changes.len());
            section(&mut out, &changes, style, new, path);
        }
    }
    let accepted: Vec<&Change> = report.changes.iter().filter(|change| change.accepted.is_some()).collect();
    if !accepted.is_empty() {
        let _ = writeln!(out, "{QUIET}accepted ({}){QUIET:#}", accepted.len());
        section(&mut out, &accepted, QUIET, new, path);
    }
    rust(&mut out, report);
    let _ = writeln!(
        out,
        "{BOLD}semver: {}{BOLD:#} (wire {}, Rust {})",
        report.semver().name(),
        report.wire().name(),
        report.rust.semver.name()
    );
    out
}

fn section(out: &mut String, changes: &[&Change], style: Style, new: &Document, path: &str) {
    for group in groups(changes) {
        let first = group[0];
        let _ = writeln!(out, "  {style}{}{style:#}: {}", first.rule(), first.message);
        let place = first.place();
        let others = group.len() - 1;
        let position = new.locate(&first.pointer);
        let _ = writeln!(out, "    {:8} {place}", "at");
        for change in group.iter().skip(1).take(MAX_PLACES - 1) {
            let _ = writeln!(out, "    {:8} {}", "", change.place());
        }
        if others >= MAX_PLACES {
            let _ = writeln!(out, "    {:8} and {}", "", count(others + 1 - MAX_PLACES, "other place"));
        }
        let _ = writeln!(out, "    {:8} {path}:{position} {QUIET}{}{QUIET:#}", "in", first.pointer);
        if let Some(witness) = &first.witness {
            let _ = writeln!(out, "    {:8} {}", "example", told(witness));
        }
        if let Some(reason) = &first.accepted {
            let _ = writeln!(out, "    {:8} {reason}", "accepted");
        }
    }
    out.push('\n');
}

fn rust(out: &mut String, report: &Report) {
    let rust = &report.rust;
    if rust.added.is_empty() && rust.removed.is_empty() && rust.changed.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}Rust{BOLD:#}");
    for line in &rust.removed {
        let _ = writeln!(out, "  {BREAKING}- {line}{BREAKING:#}");
    }
    for edit in &rust.changed {
        let _ = writeln!(out, "  {BREAKING}- {}{BREAKING:#}", edit.from);
        let _ = writeln!(out, "  {INFO}+ {}{INFO:#}", edit.to);
    }
    for line in &rust.added {
        let _ = writeln!(out, "  {INFO}+ {line}{INFO:#}");
    }
    out.push('\n');
}
