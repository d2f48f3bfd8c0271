//! `cargo xtask check`: the document against the rules of this project, and every example against the document.
//!
//! All findings at once, each with a place and a remedy.

mod coverage;
mod evidence;
mod examples;
mod fate_table;
mod finding;
mod mutants;
mod page;
mod rules;
mod visit;
mod walk;

use std::path::PathBuf;

use anyhow::{Context, Result};
use hyperinstance_codegen::Document;

use crate::evidence::Witnesses;
use crate::{Outcome, workspace};
use finding::{Finding, Severity};

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Check this document instead of spec/openapi.yaml
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Alter each fact of the document in memory, and tell which alterations this check does not notice
    #[arg(long)]
    mutants: bool,
    /// Compare this saved page of the vendor's with the evidence instead
    #[arg(long, value_name = "PAGE", conflicts_with_all = ["spec", "mutants"])]
    page: Option<PathBuf>,
    /// Form of the findings
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

impl Arguments {
    /// Measures the check itself.
    pub(crate) fn mutants() -> Self {
        Self { mutants: true, ..Self::default() }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let witnesses = Witnesses::read()?;
    if let Some(page) = &arguments.page {
        return page::run(page, &witnesses.page, arguments.format == Format::Json);
    }
    let (path, shown) = match &arguments.spec {
        Some(path) => (path.clone(), path.display().to_string()),
        None => (workspace::root().join(workspace::DOCUMENT), workspace::DOCUMENT.to_owned()),
    };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?;
    let (mut fates, mut constraints) = (Vec::new(), Vec::new());
    let (findings, outcome) = match Document::load(&text) {
        Ok(document) if arguments.mutants => {
            return Ok(mutants::run(&document, &witnesses, arguments.format == Format::Json));
        }
        Ok(document) => {
            let findings = findings(&document, &witnesses);
            fates = hyperinstance_codegen::fates(&document);
            constraints =
                coverage::constraints(&document, hyperinstance_spec::examples(), hyperinstance_spec::FULL_REQUEST);
            let clean = findings.iter().all(|finding| finding.severity != Severity::Error);
            (findings, if clean { Outcome::Clean } else { Outcome::Findings })
        }
        Err(error) => (vec![Finding::load(&error)], Outcome::Unreadable),
    };

    match arguments.format {
        Format::Text => {
            fate_table::print(&fates, &constraints);
            finding::print_text(&findings, &shown);
        }
        Format::Json => finding::print_json(&findings, &shown),
    }
    Ok(outcome)
}

/// All findings, in the order of the document.
fn findings(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules::RULES.iter().flat_map(|rule| (rule.check)(document)).collect();
    findings.extend(evidence::check(document, witnesses));
    let examples = hyperinstance_spec::examples();
    findings.extend(examples::check(document, examples, hyperinstance_spec::REQUEST));
    findings.extend(coverage::check(document, examples, hyperinstance_spec::FULL_REQUEST));
    findings.sort_by(|a, b| (&a.file, a.position, &a.pointer, a.rule).cmp(&(&b.file, b.position, &b.pointer, b.rule)));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_document_has_no_findings() {
        let document = Document::load(hyperinstance_spec::OPENAPI).unwrap();
        assert_eq!(findings(&document, &Witnesses::read().unwrap()), []);
    }
}
