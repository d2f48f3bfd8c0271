//! What maintainers run, as `cargo xtask TASK`. Each task is a module; this file only dispatches.
//!
//! It depends on the generator and the document, not on the client, so that it works while the client does not compile.

mod bench;
mod check;
mod ci;
mod derived;
mod diff;
mod evidence;
mod import;
mod interop;
mod process;
mod regen;
mod walk;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check the document, and every example against it
    Check(check::Arguments),
    /// Write whatever is derived from the document
    Regen(regen::Arguments),
    /// Read a saved page of the vendor's API reference into rows of evidence
    Import(import::Arguments),
    /// Tell what a change of the document breaks, on the wire and in Rust
    Diff(diff::Arguments),
    /// Check against software that none of us wrote: the vendor's SDK, a linter, another JSON Schema implementation
    Interop,
    /// Measure against opponents, in turns, and print `name value unit ratio` lines
    Bench,
    /// Run what CI runs
    Ci(ci::Arguments),
}

/// What came of a task that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    /// Something needs attention; it was told.
    Findings,
    /// The document could not be read; why was told.
    Unreadable,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Check(arguments) => check::run(&arguments),
        Task::Regen(arguments) => regen::run(&arguments),
        Task::Import(arguments) => import::run(&arguments),
        Task::Diff(arguments) => diff::run(&arguments),
        Task::Interop => interop::run(),
        Task::Bench => bench::run(),
        Task::Ci(arguments) => ci::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Unreadable) => ExitCode::from(2),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
