//! For programs: one object, or one per line where each line is a payload.

use std::io::Write;

use hyperinstance_validate::Finding;
use serde_json::{Value, json};

use super::{Judged, Reporter, Summary};

fn finding(judged: &Judged<'_>, finding: &Finding) -> Value {
    json!({
        "pointer": finding.pointer,
        "line": judged.line_of(finding),
        "column": finding.column,
        "offset": finding.offset,
        "keyword": finding.keyword,
        "message": finding.message,
        "value": finding.value,
        "schema": finding.place,
    })
}

fn file(judged: &Judged<'_>) -> Value {
    let findings: Vec<_> = judged.report.findings.iter().map(|found| finding(judged, found)).collect();
    json!({ "path": judged.path, "valid": judged.report.valid, "more": judged.report.more, "findings": findings })
}

fn summary(summary: Summary) -> Value {
    let Summary { payloads, invalid, findings, unread } = summary;
    json!({ "payloads": payloads, "valid": payloads - invalid, "invalid": invalid, "findings": findings, "unread": unread })
}

/// `{"files": [..], "summary": {..}}`.
pub(super) struct Document<'w> {
    out: Box<dyn Write + 'w>,
    files: Vec<Value>,
}

impl<'w> Document<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, files: Vec::new() }
    }
}

impl Reporter for Document<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        self.files.push(file(judged));
        Ok(())
    }

    fn unread(&mut self, path: &str, message: &str) -> anyhow::Result<()> {
        self.files.push(json!({ "path": path, "valid": false, "error": message, "findings": [] }));
        Ok(())
    }

    fn finish(&mut self, total: Summary) -> anyhow::Result<()> {
        let report = json!({ "files": std::mem::take(&mut self.files), "summary": summary(total) });
        serde_json::to_writer_pretty(&mut self.out, &report).map_err(std::io::Error::from)?;
        writeln!(self.out)?;
        Ok(self.out.flush()?)
    }
}

/// `{"path", "line", "valid", "findings"}` for each payload, so that the lines of an archive are judged independently.
pub(super) struct Lines<'w> {
    out: Box<dyn Write + 'w>,
}

impl<'w> Lines<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out }
    }
}

impl Reporter for Lines<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        let mut value = file(judged);
        value["line"] = judged.line.into();
        serde_json::to_writer(&mut self.out, &value).map_err(std::io::Error::from)?;
        Ok(writeln!(self.out)?)
    }

    fn unread(&mut self, _: &str, _: &str) -> anyhow::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _: Summary) -> anyhow::Result<()> {
        Ok(self.out.flush()?)
    }
}
