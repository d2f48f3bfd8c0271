//! For people: the place, the message, and the line with a caret under what is wrong.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use hyperinstance_validate::Finding;

use super::{Judged, Reporter, Summary};
use crate::output::printable;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const PLACE: Style = AnsiColor::Blue.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Longest part of a line that is shown, in characters.
const WIDTH: usize = 100;

pub(super) struct Text<'w> {
    out: Box<dyn Write + 'w>,
}

impl<'w> Text<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out }
    }

    fn finding(&mut self, judged: &Judged<'_>, finding: &Finding) -> std::io::Result<()> {
        let (line, path) = (judged.line_of(finding), printable(judged.path));
        let Finding { keyword, message, pointer, column, .. } = finding;
        writeln!(self.out, "{ERROR}error[{keyword}]{ERROR:#}: {message}")?;
        writeln!(self.out, "  {PLACE}-->{PLACE:#} {path}:{line}:{column}  {}", printable(pointer))?;
        let (excerpt, caret) = excerpt(judged.payload, finding.offset);
        let margin = line.to_string().len();
        writeln!(self.out, "{:margin$} {PLACE}|{PLACE:#}", "")?;
        writeln!(self.out, "{PLACE}{line} |{PLACE:#} {excerpt}")?;
        writeln!(self.out, "{:margin$} {PLACE}|{PLACE:#} {:caret$}{ERROR}^{ERROR:#}\n", "", "")
    }
}

impl Reporter for Text<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        for finding in &judged.report.findings {
            self.finding(judged, finding)?;
        }
        if judged.report.more {
            writeln!(self.out, "{}: there are more findings; --max-findings shows them\n", printable(judged.path))?;
        }
        Ok(())
    }

    fn unread(&mut self, _: &str, _: &str) -> anyhow::Result<()> {
        Ok(())
    }

    fn finish(&mut self, summary: Summary) -> anyhow::Result<()> {
        let Summary { payloads, invalid, findings, unread } = summary;
        let counted = |count: usize, one: &str, many: &str| {
            if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
        };
        let judged = counted(payloads, "payload", "payloads");
        let unread =
            if unread > 0 { format!(", {} not read", counted(unread, "file", "files")) } else { String::new() };
        if invalid == 0 {
            writeln!(self.out, "{GOOD}valid{GOOD:#}: {judged}{unread}")?;
        } else {
            let findings = counted(findings, "finding", "findings");
            writeln!(self.out, "{ERROR}invalid{ERROR:#}: {invalid} of {judged}, {findings}{unread}")?;
        }
        Ok(self.out.flush()?)
    }
}

/// The line around an offset as it may be shown, and how many columns before the offset.
fn excerpt(payload: &[u8], offset: usize) -> (String, usize) {
    let offset = offset.min(payload.len());
    let begin = payload[..offset].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let end = payload[offset..].iter().position(|byte| *byte == b'\n').map_or(payload.len(), |at| offset + at);
    let (before, after) = (
        String::from_utf8_lossy(&payload[begin..offset]),
        String::from_utf8_lossy(&payload[offset..end.min(offset + 4 * WIDTH)]),
    );
    // Of a long line, what is around the offset.
    let before = before.trim_start_matches([' ', '\t']);
    let skipped = before.chars().count().saturating_sub(WIDTH / 2);
    let mut shown: String = if skipped > 0 { "…".to_owned() } else { String::new() };
    shown += &printable(&before.chars().skip(skipped).collect::<String>());
    let caret = shown.chars().count();
    shown += &printable(&after.trim_end().chars().take(WIDTH / 2).collect::<String>());
    if after.trim_end().chars().nth(WIDTH / 2).is_some() {
        shown.push('…');
    }
    (shown, caret)
}
