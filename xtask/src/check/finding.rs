//! What a check has found: a value, not an error, since there may be many.

use anstyle::{AnsiColor, Style};
use hyperinstance_codegen::{Document, LoadError, Position, SourceMap};
use serde::Serialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// The check fails.
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Name of the rule.
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    /// The file, when it is not the document.
    pub(super) file: Option<String>,
    /// JSON pointer to the value in the file.
    pub(super) pointer: String,
    /// Where that value stands.
    pub(super) position: Option<Position>,
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

impl Finding {
    /// An error at a place of the document.
    pub(super) fn error(
        rule: &'static str,
        document: &Document,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            file: None,
            pointer: pointer.to_owned(),
            position: Some(document.locate(pointer)),
            message: message.into(),
            help: help.into(),
        }
    }

    /// An error at a place of another file, whose text is this.
    pub(super) fn in_file(
        rule: &'static str,
        (file, text): (&str, &str),
        pointer: String,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let position = SourceMap::read(text).map_or_else(|error| error.position(), |map| map.locate(&pointer));
        Self {
            rule,
            severity: Severity::Error,
            file: Some(file.to_owned()),
            pointer,
            position: Some(position),
            message: message.into(),
            help: help.into(),
        }
    }

    /// The document cannot be read at all.
    pub(super) fn load(error: &LoadError) -> Self {
        let (pointer, message) = match error {
            LoadError::Structure { pointer, message, .. } => (pointer.clone(), message.clone()),
            LoadError::Syntax { message, .. } | LoadError::Refused { message, .. } => (String::new(), message.clone()),
            other => (String::new(), other.to_string()),
        };
        Self {
            rule: "load",
            severity: Severity::Error,
            file: None,
            pointer,
            position: Some(error.position()),
            message,
            help: "correct this first; nothing else can be checked before".to_owned(),
        }
    }
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();

pub(super) fn print_text(findings: &[Finding], document: &str) {
    for finding in findings {
        let file = finding.file.as_deref().unwrap_or(document);
        let position = finding.position.map(|position| format!(":{position}")).unwrap_or_default();
        anstream::println!("{file}{position}: {ERROR}error[{}]{ERROR:#}: {}", finding.rule, finding.message);
        if !finding.pointer.is_empty() {
            anstream::println!("    at {}", finding.pointer);
        }
        anstream::println!("    {HELP}help:{HELP:#} {}", finding.help);
    }
    match findings.len() {
        0 => anstream::println!("{document}: no findings"),
        1 => anstream::println!("{document}: 1 finding"),
        count => anstream::println!("{document}: {count} findings"),
    }
}

pub(super) fn print_json(findings: &[Finding], document: &str) {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            serde_json::json!({
                "rule": finding.rule,
                "severity": finding.severity,
                "file": finding.file.as_deref().unwrap_or(document),
                "line": finding.position.map(|position| position.line),
                "column": finding.position.map(|position| position.column),
                "pointer": finding.pointer,
                "message": finding.message,
                "help": finding.help,
            })
        })
        .collect();
    let report = serde_json::json!({ "summary": { "findings": findings.len() }, "findings": findings });
    anstream::println!("{report:#}");
}
