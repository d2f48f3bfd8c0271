//! Workflow commands of GitHub Actions, which show as annotations beside the lines of a pull request.

use std::io::Write;

use super::{Judged, Reporter, Summary};

pub(super) struct Github<'w> {
    out: Box<dyn Write + 'w>,
}

impl<'w> Github<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out }
    }
}

impl Reporter for Github<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        for finding in &judged.report.findings {
            writeln!(
                self.out,
                "::error file={},line={},col={},title={}::{}",
                property(judged.path),
                judged.line_of(finding),
                finding.column,
                property(finding.keyword),
                data(&finding.message),
            )?;
        }
        Ok(())
    }

    fn unread(&mut self, path: &str, message: &str) -> anyhow::Result<()> {
        Ok(writeln!(self.out, "::error file={}::{}", property(path), data(message))?)
    }

    fn finish(&mut self, summary: Summary) -> anyhow::Result<()> {
        let Summary { payloads, invalid, findings, .. } = summary;
        writeln!(self.out, "{invalid} of {payloads} payloads invalid, {findings} findings")?;
        Ok(self.out.flush()?)
    }
}

/// The message of a command, which ends with its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, which ends with a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
