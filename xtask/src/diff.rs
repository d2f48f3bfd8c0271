//! `cargo xtask diff OLD NEW`: what a change of the document means, on the wire and in the generated Rust.
//!
//! Two documents are compared by what they mean, not by how they are written: references are followed, so that neither
//! the order of keys, nor what is a component, nor prose is a change. What breaks depends on who sends: a request
//! must go on being accepted, a response must go on being read, by a client that reads tolerantly.
//!
//! The comparison is our own. The crate `drift` compares documents too, but it tells no direction of what it calls
//! unhandled (bounds, patterns, enumerations), knows nothing of servers, security and tolerance, and its places change
//! with the components. What `jsonschema` has is used: its canonical form decides whether one schema with alternatives
//! contains another, and its validator judges every example payload before it is shown.

mod change;
mod changelog;
mod constraints;
mod exchange;
mod flat;
mod forms;
mod ignore;
mod number;
mod operations;
mod pattern;
mod print;
mod rust;
mod schema;
mod servers;
mod source;
#[cfg(test)]
mod tests;
mod witness;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hyperinstance_codegen::{Document, json_schemas};

use crate::{Outcome, workspace};
pub(crate) use change::{Change, Level, Semver};
pub(crate) use changelog::changelog;
pub(crate) use rust::Surface;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document before: a file, or `git-revision:path`
    #[arg(value_name = "OLD")]
    old: String,
    /// The document after: a file, or `git-revision:path`
    #[arg(value_name = "NEW")]
    new: String,
    /// Form of the report
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Format,
    /// Accept the findings of this YAML list of `{id, reason}`
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// Tables, for a pull request
    Markdown,
    /// Annotations of a workflow of GitHub
    Github,
}

/// What has changed between two documents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    /// On the wire, in the order of operations and places.
    pub(crate) changes: Vec<Change>,
    /// In the generated Rust code.
    pub(crate) rust: Surface,
    /// The JSON Schemas read differently, if only in their prose.
    prose: bool,
}

impl Report {
    /// What the changes on the wire ask for, without those that are accepted.
    pub(crate) fn wire(&self) -> Semver {
        let counted = self.changes.iter().filter(|change| change.accepted.is_none());
        let bump = |change: &Change| if change.level == Level::Breaking { Semver::Major } else { Semver::Minor };
        counted.map(bump).max().unwrap_or(Semver::None)
    }

    /// What a release with both must raise.
    pub(crate) fn semver(&self) -> Semver {
        let prose = if self.prose { Semver::Patch } else { Semver::None };
        self.wire().max(self.rust.semver).max(prose)
    }

    fn breaks(&self) -> bool {
        self.wire() == Semver::Major
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let directory = Path::new(".");
    let old = source::read(&arguments.old, directory)?;
    let new = source::read(&arguments.new, directory)?;
    let mut report = compare(&old.document, &new.document);
    if let Some(path) = &arguments.ignore {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        let unmatched = ignore::apply(&text, &mut report.changes).with_context(|| format!("cannot use {shown}"))?;
        for id in unmatched {
            anstream::eprintln!("warning: {shown}: nothing is found by the id `{id}`; remove the entry");
        }
    }
    if let Some(unknown) = &report.rust.unknown {
        anstream::eprintln!("warning: the Rust code is not compared: {unknown}");
    }
    anstream::print!("{}", print::render(&report, arguments.format, &new.document, &new.path));
    Ok(if report.breaks() { Outcome::Findings } else { Outcome::Clean })
}

/// What the document of the working tree changes since a revision, with a proposal for the changelog; for people.
pub(crate) fn since(revision: &str, new: &Document) -> Result<String> {
    let old = source::read(&format!("{revision}:{}", workspace::DOCUMENT), &workspace::root())?;
    let report = compare(&old.document, new);
    let mut text = print::render(&report, Format::Text, new, workspace::DOCUMENT);
    if let Some(proposal) = changelog(&report) {
        text += "\nproposed for CHANGELOG.md:\n\n";
        text += &proposal;
    }
    Ok(text)
}

/// Fails where something breaks since the last release that is not accepted in `spec/accepted-changes.yaml`.
pub(crate) fn against_last_release() -> Result<Outcome> {
    let Some(tag) = source::last_tag(&workspace::root()) else {
        anstream::println!("there is no release to compare with");
        return Ok(Outcome::Clean);
    };
    let ignore = workspace::root().join("spec/accepted-changes.yaml");
    let document = workspace::root().join(workspace::DOCUMENT);
    run(&Arguments {
        old: format!("{tag}:{}", workspace::DOCUMENT),
        new: document.to_string_lossy().into_owned(),
        format: Format::Text,
        ignore: ignore.is_file().then_some(ignore),
    })
}

/// Compares two documents.
pub(crate) fn compare(old: &Document, new: &Document) -> Report {
    let rust = rust::compare(old, new);
    let prose = json_schemas(old) != json_schemas(new);
    Report { changes: changes(old, new), rust, prose }
}

/// The changes on the wire.
fn changes(old: &Document, new: &Document) -> Vec<Change> {
    if old.value() == new.value() {
        return Vec::new();
    }
    let mut comparer = schema::Comparer::new(old, new);
    operations::compare(&mut comparer);
    comparer.changes
}
