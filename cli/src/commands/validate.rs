//! `hyperinstance validate`.

mod inputs;
mod lines;

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use hyperinstance_validate::{Report, Validator};

use crate::arguments::{ReportForm, ValidateArguments};
use crate::exit;
use crate::reports::{Judged, Reporter, Summary, reporter};

/// Largest payload, in bytes.
const MAX_PAYLOAD: u64 = 256 << 20;

pub(crate) fn run(arguments: &ValidateArguments) -> anyhow::Result<u8> {
    let validator = Validator::new(&arguments.schema)
        .map_err(|error| anyhow::anyhow!("{error} (`hyperinstance schema` prints the names)"))?
        .deny_unknown(arguments.deny_unknown)
        .max_findings(usize::try_from(arguments.max_findings).unwrap_or(usize::MAX));
    // Colour is for the text alone, and only on a terminal.
    let out: Box<dyn Write> = match arguments.format {
        ReportForm::Text => Box::new(BufWriter::new(anstream::stdout())),
        _ => Box::new(BufWriter::new(io::stdout())),
    };
    let mut run =
        Run { validator, reporter: reporter(arguments.format, arguments.ndjson, out), summary: Summary::default() };
    let glob = arguments.glob.as_deref().unwrap_or(if arguments.ndjson { "*.ndjson" } else { "*.json" });
    let glob = glob::Pattern::new(glob).context("--glob is no pattern")?;
    for path in &arguments.files {
        for input in inputs::expand(path, &glob) {
            let judged =
                input.and_then(|path| if arguments.ndjson { lines::judge(&path, &mut run) } else { run.file(&path) });
            match judged {
                Ok(()) => {}
                Err(error) if error.is::<CannotWrite>() => return Err(error),
                Err(error) => run.unread(path, &error)?,
            }
        }
    }
    run.reporter.finish(run.summary)?;
    Ok(match run.summary {
        Summary { unread: 1.., .. } => exit::USAGE,
        Summary { invalid: 1.., .. } => exit::FINDINGS,
        _ => exit::CLEAN,
    })
}

/// The report cannot be written: there is no use in going on.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the report")]
struct CannotWrite;

struct Run<'w> {
    validator: Validator,
    reporter: Box<dyn Reporter + 'w>,
    summary: Summary,
}

impl Run<'_> {
    fn file(&mut self, path: &Path) -> anyhow::Result<()> {
        let mut payload = Vec::new();
        let read = inputs::open(path)?.take(MAX_PAYLOAD + 1).read_to_end(&mut payload);
        read.with_context(|| format!("cannot read {}", path.display()))?;
        anyhow::ensure!(payload.len() as u64 <= MAX_PAYLOAD, "{} has more than {MAX_PAYLOAD} bytes", path.display());
        let report = self.validator.validate(&payload);
        self.judged(path, None, &payload, &report)
    }

    fn judged(&mut self, path: &Path, line: Option<usize>, payload: &[u8], report: &Report) -> anyhow::Result<()> {
        self.summary.payloads += 1;
        self.summary.invalid += usize::from(!report.valid);
        self.summary.findings += report.findings.len();
        let path = path.to_string_lossy();
        self.reporter.judged(&Judged { path: &path, line, payload, report }).context(CannotWrite)
    }

    /// Tells of a file that cannot be judged, and goes on with the next. That nothing can be told ends the run.
    fn unread(&mut self, path: &Path, error: &anyhow::Error) -> anyhow::Result<()> {
        self.summary.unread += 1;
        let message = format!("{error:#}");
        exit::warn(&message);
        self.reporter.unread(&path.to_string_lossy(), &message)
    }
}
