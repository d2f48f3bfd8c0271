//! SARIF 2.1.0, as code scanning takes it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region, ReportingDescriptor,
    Result, Run, Sarif as Log, Tool, ToolComponent,
};

use super::{Judged, Reporter, Summary};

pub(super) struct Sarif<'w> {
    out: Box<dyn Write + 'w>,
    results: Vec<Result>,
    /// The keywords that were broken.
    rules: BTreeSet<&'static str>,
}

impl<'w> Sarif<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, results: Vec::new(), rules: BTreeSet::new() }
    }

    fn result(&mut self, rule: &'static str, path: &str, message: &str, region: Option<Region>) {
        self.rules.insert(rule);
        let location = ArtifactLocation::builder().uri(uri(path)).build();
        let mut place = PhysicalLocation::builder().artifact_location(location).build();
        place.region = region;
        let location = Location::builder().physical_location(place).build();
        self.results.push(
            Result::builder()
                .rule_id(rule.to_owned())
                .level(serde_sarif::sarif::ResultLevel::Error)
                .message(Message::builder().text(message.to_owned()).build())
                .locations(vec![location])
                .build(),
        );
    }
}

impl Reporter for Sarif<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        for finding in &judged.report.findings {
            let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            let region = Region::builder()
                .start_line(number(judged.line_of(finding)))
                .start_column(number(finding.column))
                .build();
            self.result(finding.keyword, judged.path, &finding.message, Some(region));
        }
        Ok(())
    }

    fn unread(&mut self, path: &str, message: &str) -> anyhow::Result<()> {
        self.result("unread", path, message, None);
        Ok(())
    }

    fn finish(&mut self, _: Summary) -> anyhow::Result<()> {
        let rules = self.rules.iter().map(|keyword| {
            let text = match *keyword {
                "json" => "The payload is JSON that says one thing.".to_owned(),
                "unread" => "The file can be read.".to_owned(),
                keyword => format!("The value holds the keyword {keyword} of its schema."),
            };
            let description = MultiformatMessageString::builder().text(text).build();
            ReportingDescriptor::builder().id((*keyword).to_owned()).short_description(description).build()
        });
        let driver = ToolComponent::builder()
            .name("hyperinstance".to_owned())
            .version(env!("CARGO_PKG_VERSION").to_owned())
            .information_uri(env!("CARGO_PKG_REPOSITORY").to_owned())
            .rules(rules.collect::<Vec<_>>())
            .build();
        let run = Run::builder()
            .tool(Tool::builder().driver(driver).build())
            .results(std::mem::take(&mut self.results))
            .build();
        let log = Log::builder()
            .schema("https://json.schemastore.org/sarif-2.1.0.json".to_owned())
            .version(serde_json::json!("2.1.0"))
            .runs(vec![run])
            .build();
        serde_json::to_writer_pretty(&mut self.out, &log).map_err(std::io::Error::from)?;
        writeln!(self.out)?;
        Ok(self.out.flush()?)
    }
}

/// A path as a URI, relative to the current folder where it lies below it; what a URI has another use for is encoded.
fn uri(path: &str) -> String {
    let folder = std::env::current_dir().ok();
    let relative = folder.as_deref().and_then(|folder| Path::new(path).strip_prefix(folder).ok());
    let path = relative.map_or_else(|| path.to_owned(), |path| path.to_string_lossy().into_owned());
    let path = path.trim_start_matches("./").replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a String takes every write");
        }
    }
    uri
}
