//! Exit codes, and how a failure is told.
//!
//! 0 done and clean, 1 findings, 2 usage, input or I/O error, 3 remote error, 130 interrupted.

use std::io;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use hyperinstance_client::{Error, ErrorClass};

/// Everything was done and nothing found.
pub(crate) const CLEAN: u8 = 0;
/// Something was found that needs attention.
pub(crate) const FINDINGS: u8 = 1;
/// The command cannot be run as it was asked for, or something could not be read.
pub(crate) const USAGE: u8 = 2;
const REMOTE: u8 = 3;
/// The user stopped the command.
pub(crate) const INTERRUPTED: u8 = 130;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Tells a failure on standard error, and gives its exit code.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    // Whoever read the output has had enough of it.
    if error.chain().any(is_broken_pipe) {
        return ExitCode::from(CLEAN);
    }
    // The cause of a client's error is part of its message already.
    let client = error.downcast_ref::<Error>();
    let message = if client.is_some() { error.to_string() } else { format!("{error:#}") };
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", crate::output::printable(&message));
    if let Some(hint) = client.and_then(Error::hint) {
        anstream::eprintln!("{HINT}hint:{HINT:#} {}", crate::output::printable(hint));
    }
    let code = match client.map(Error::class) {
        None | Some(ErrorClass::Config | ErrorClass::Input) => USAGE,
        Some(_) => REMOTE,
    };
    ExitCode::from(code)
}

/// Tells on standard error what does not end the command.
pub(crate) fn warn(message: &str) {
    anstream::eprintln!("{WARNING}warning:{WARNING:#} {}", crate::output::printable(message));
}

fn is_broken_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    let kind = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    cause.downcast_ref::<io::Error>().is_some_and(kind)
        || cause
            .downcast_ref::<csv::Error>()
            .is_some_and(|error| matches!(error.kind(), csv::ErrorKind::Io(error) if kind(error)))
}
