//! Workflow commands of GitHub, which become annotations of a pull request. Data never becomes a command.

use std::fmt::Write;

use hyperinstance_codegen::Document;

use super::super::Report;
use super::super::change::Level;
use super::told;

pub(super) fn render(report: &Report, new: &Document, path: &str) -> String {
    let mut out = String::new();
    for change in &report.changes {
        let command = match change.level {
            _ if change.accepted.is_some() => "notice",
            Level::Breaking => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let position = new.locate(&change.pointer);
        let mut message = format!("{}: {}", change.id, change.message);
        if let Some(witness) = &change.witness {
            let _ = write!(message, "; for example, {}", told(witness));
        }
        if let Some(reason) = &change.accepted {
            let _ = write!(message, "; accepted: {reason}");
        }
        let _ = writeln!(
            out,
            "::{command} file={},line={},col={}::{}",
            property(path),
            position.line,
            position.column,
            data(&message)
        );
    }
    let rust = &report.rust;
    if let Some(unknown) = &rust.unknown {
        let message = format!("the Rust code is not compared: {unknown}");
        let _ = writeln!(out, "::warning file={}::{}", property(path), data(&message));
    }
    let summary =
        format!("semver: {} (wire {}, Rust {})", report.semver().name(), report.wire().name(), rust.semver.name());
    let _ = writeln!(out, "::notice file={}::{}", property(path), data(&summary));
    out
}

/// What follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_become_a_command() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
