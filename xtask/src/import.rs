//! `cargo xtask import PAGE`: a saved page of the vendor's API reference to rows of evidence.
//!
//! ```text
//! text --text--> blocks --sections--> tables --naming--> Evidence
//! HTML --html--> blocks
//! ```
//!
//! What could not be read is told line by line; a page with nothing to read is an error, never an empty result.

mod description;
mod html;
mod naming;
mod sections;
mod text;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::Outcome;
use crate::evidence::Evidence;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The page, saved as text or as HTML
    #[arg(value_name = "PAGE")]
    page: PathBuf,
}

/// Something on a page that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// A page is no page of this kind, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub(crate) struct PageError {
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl PageError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// A part of a page, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Line { line: usize, text: String },
    Table(RawTable),
}

/// A table as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RawTable {
    line: usize,
    caption: Option<String>,
    columns: Vec<String>,
    rows: Vec<RawRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct RawRow {
    line: usize,
    cells: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let (evidence, unread) = match read_file(&arguments.page)? {
        Ok(read) => read,
        Err(error) => {
            tell(&arguments.page, error.line, "error", &error.message);
            return Ok(Outcome::Unreadable);
        }
    };
    for Unread { line, message } in &unread {
        tell(&arguments.page, *line, "unread", message);
    }
    anstream::print!("{}", serde_yaml::to_string(&evidence).context("the evidence has no YAML")?);
    Ok(Outcome::Clean)
}

pub(crate) fn tell(page: &Path, line: usize, kind: &str, message: &str) {
    anstream::eprintln!("{}:{line}: {kind}: {message}", page.display());
}

/// Reads a saved page from a file.
#[allow(clippy::type_complexity, reason = "what reading a page gives, behind what reading a file gives")]
pub(crate) fn read_file(path: &Path) -> Result<Result<(Evidence, Vec<Unread>), PageError>> {
    /// Far above any page.
    const MAX_PAGE: u64 = 16 << 20;
    let length = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len();
    anyhow::ensure!(length <= MAX_PAGE, "{} has {length} bytes; a page has at most {MAX_PAGE}", path.display());
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => read(&text),
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(PageError::new(line, "not UTF-8 text; save the page as UTF-8 text or HTML"))
        }
    })
}

/// Reads a saved page.
pub(crate) fn read(page: &str) -> Result<(Evidence, Vec<Unread>), PageError> {
    let page = page.strip_prefix('\u{feff}').unwrap_or(page);
    let blocks = if html::looks_like(page) { html::blocks(page)? } else { text::blocks(page)? };
    sections::read(blocks)
}
