//! Running other programs.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace;

/// Runs a program to its end; its failure is an error that shows what was run.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot run `{shown}`; is it installed?"))?;
    ensure!(status.success(), "`{shown}` failed: {status}");
    Ok(())
}

/// Cargo, in the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace::root());
    command
}

/// Whether a program is there, by asking for its version.
pub(crate) fn exists(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// The command line as it would be typed.
pub(crate) fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    command.get_args().fold(program.into_owned(), |line, argument| line + " " + &argument.to_string_lossy())
}
