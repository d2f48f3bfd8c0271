//! `hyperinstance completions`.

use std::io::Write;

use clap::CommandFactory;

use crate::arguments::{Arguments, CompletionsArguments};
use crate::exit;

pub(crate) fn run(arguments: &CompletionsArguments) -> anyhow::Result<u8> {
    // clap panics when it cannot write, which a closed pipe is enough for.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "hyperinstance", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(exit::CLEAN)
}
