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
            let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            let line = valid.matches('\n').count() + 1;
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const PAGE: &str = include_str!("import/pages/english.txt");

    /// The same page as HTML.
    fn html() -> String {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let mut page = "<!DOCTYPE html><html><body><div>".to_owned();
        for block in text::blocks(PAGE).unwrap() {
            match block {
                Block::Line { text, .. } => writeln!(page, "<p>{}</p>", escape(&text)).unwrap(),
                Block::Table(table) => {
                    let row = |cells: &[String], tag: &str| {
                        let cells = cells.iter().map(|cell| {
                            let lines: Vec<_> = cell.lines().map(|line| format!("<p>{}</p>", escape(line))).collect();
                            format!(
                                "<{tag}>\n  {}</{tag}>",
                                lines.join("\n").replace("<p>- ", "<ul><li>").replace("ing</p>", "ing</li></ul>")
                            )
                        });
                        format!("<tr>{}</tr>\n", cells.collect::<String>())
                    };
                    let rows = table.rows.iter().map(|cells| row(&cells.cells, "td")).collect::<String>();
                    writeln!(page, "<table><thead>{}</thead><tbody>{rows}</tbody></table>", row(&table.columns, "th"))
                        .unwrap();
                }
            }
        }
        page + "</div></body></html>\n"
    }

    #[test]
    fn text_and_html_read_alike() {
        let (from_text, unread) = read(PAGE).unwrap();
        assert_eq!(unread, []);
        let (from_html, unread) = read(&html()).unwrap();
        assert_eq!(unread, []);
        assert_eq!(from_html, from_text);
        let rows: usize = from_text.tables.iter().map(|table| table.rows.len()).sum();
        assert_eq!((from_text.tables.len(), rows), (9, 14));
    }

    #[test]
    fn a_page_that_was_cut_off_is_an_error_with_a_line() {
        let end = PAGE.lines().position(|line| line == "Example Requests").unwrap();
        for length in 0..=end {
            let part: String = PAGE.split_inclusive('\n').take(length).collect();
            let error = read(&part).unwrap_err();
            assert!(error.line >= 1 && error.line <= length.max(1), "{error} after {length} lines");
        }
        let page = html();
        for (at, _) in page.match_indices("<td>") {
            assert!(read(&page[..at]).is_err());
        }
    }

    #[test]
    fn a_damaged_page_is_read_or_refused() {
        let lines: Vec<&str> = PAGE.lines().collect();
        for at in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(at);
            let _ = read(&without.join("\n"));
            let mut twice = lines.clone();
            twice.insert(at, "|");
            let _ = read(&twice.join("\n"));
        }
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for (page, message) in [
            ("", "line 1: no line such as `GET /v1/..` on the whole page; this is no page of an API"),
            ("a\nb\n", "line 2: no line such as `GET /v1/..` on the whole page; this is no page of an API"),
            ("URI\nGET /v1/x\n", "line 2: no table of parameters on the whole page; this is no page of an API"),
            (
                "URI\nGET /v1/x\n|\nName |\n",
                "line 3: a table begins here, but no line `|---|` follows its column names",
            ),
            (
                "<html><body><p>Hello</p></body></html>",
                "line 1: no line such as `GET /v1/..` on the whole page; this is no page of an API",
            ),
            ("<table>\n<tr>", "line 1: the table that begins here does not end; is the page whole?"),
        ] {
            assert_eq!(read(page).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line() {
        let page = PAGE.replace("Boolean |", "Truth? |").replace("At least 1", "some numbers");
        let unread = read(&page).unwrap().1;
        let lines: Vec<_> = unread.iter().map(|unread| format!("{}: {}", unread.line, unread.message)).collect();
        assert_eq!(
            lines,
            [
                "86: the range of `id` is not understood: some numbers",
                "94: the type of `ready` is not understood: Truth?",
            ]
        );
    }
}
