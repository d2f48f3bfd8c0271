//! Reports on judged payloads, in the forms that people and tools read.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::io::Write;

use hyperinstance_validate::Report;

use crate::arguments::ReportForm;

/// A payload that was judged.
pub(crate) struct Judged<'j> {
    /// The file as it was named; `-` for standard input.
    pub(crate) path: &'j str,
    /// The line of the file that it is, from 1, where each line is a payload.
    pub(crate) line: Option<usize>,
    pub(crate) payload: &'j [u8],
    pub(crate) report: &'j Report,
}

impl Judged<'_> {
    /// The line of the file on which a finding is.
    fn line_of(&self, finding: &hyperinstance_validate::Finding) -> usize {
        self.line.map_or(finding.line, |line| line + finding.line - 1)
    }
}

/// What came of all payloads.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) payloads: usize,
    pub(crate) invalid: usize,
    pub(crate) findings: usize,
    /// Files that could not be read.
    pub(crate) unread: usize,
}

/// Takes judged payloads one by one and writes about them, at once or at the end.
pub(crate) trait Reporter {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()>;

    /// A file that could not be read.
    fn unread(&mut self, path: &str, message: &str) -> anyhow::Result<()>;

    fn finish(&mut self, summary: Summary) -> anyhow::Result<()>;
}

pub(crate) fn reporter<'w>(form: ReportForm, lines: bool, out: Box<dyn Write + 'w>) -> Box<dyn Reporter + 'w> {
    match form {
        ReportForm::Text => Box::new(text::Text::new(out)),
        ReportForm::Json if lines => Box::new(json::Lines::new(out)),
        ReportForm::Json => Box::new(json::Document::new(out)),
        ReportForm::Github => Box::new(github::Github::new(out)),
        ReportForm::Sarif => Box::new(sarif::Sarif::new(out)),
        ReportForm::Junit => Box::new(junit::Junit::new(out)),
    }
}
