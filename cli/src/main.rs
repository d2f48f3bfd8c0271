//! The command line `hyperinstance`. `hyperinstance help` tells what it does; each command is a module of its own.

mod arguments;
mod commands;
mod exit;
mod output;
mod reports;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::report(&anyhow::Error::from(error).context("cannot start the runtime")),
    };
    let outcome = runtime.block_on(async {
        tokio::select! {
            outcome = run(arguments.command) => outcome,
            _ = tokio::signal::ctrl_c() => Ok(exit::INTERRUPTED),
        }
    });
    // What is still at work is not waited for: it was interrupted.
    runtime.shutdown_background();
    match outcome {
        Ok(code) => code.into(),
        Err(error) => exit::report(&error),
    }
}

/// Runs a command to its exit code.
async fn run(command: Command) -> anyhow::Result<u8> {
    match command {
        Command::List(arguments) => commands::list::run(arguments).await,
        // Reading and judging know no waiting; in a thread of their own they can be interrupted.
        Command::Validate(arguments) => {
            tokio::task::spawn_blocking(move || commands::validate::run(&arguments)).await?
        }
        Command::Mock(arguments) => commands::mock::run(arguments).await,
        Command::Schema(arguments) => commands::schema::run(&arguments),
        Command::Regions => commands::regions::run(),
        Command::Completions(arguments) => commands::completions::run(&arguments),
    }
}
