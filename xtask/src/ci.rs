//! `cargo xtask ci`: what CI runs, in the order of what fails fastest.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::{Outcome, check, diff, process, regen, workspace};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Leave out the tests; CI has run them already, by the command of the README
    #[arg(long)]
    skip_tests: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut findings = |step: Outcome| {
        if step != Outcome::Clean {
            outcome = step;
        }
    };
    step("fmt", || cargo(&["fmt", "--all", "--check"]))?;
    findings(step("check", || check::run(&check::Arguments::default()))?);
    findings(step("regen --check", || regen::run(&regen::Arguments::check()))?);
    findings(step("diff", diff::against_last_release)?);
    step("clippy", || cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    // The client in its other shapes: from the committed copy, and types alone.
    for features in ["http", ""] {
        let client = ["clippy", "--package", "hyperinstance-client", "--no-default-features", "--features", features];
        step("clippy, other features", || cargo(&[&client[..], &["--", "--deny", "warnings"]].concat()))?;
    }
    if !arguments.skip_tests {
        step("test", || cargo(&["test", "--workspace"]))?;
    }
    findings(step("check --mutants", || check::run(&check::Arguments::mutants()))?);
    step("doc", || {
        let mut doc = process::cargo(&["doc", "--workspace", "--no-deps"]);
        process::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))
    })?;
    step("package", || cargo(&["package", "--workspace", "--no-verify", "--allow-dirty", "--quiet"]))?;
    if process::exists("cargo", &["deny", "--version"]) {
        // The advisories need a database from the network; where there is one, `cargo deny check` looks at them too.
        step("deny", || cargo(&["deny", "--workspace", "check", "bans", "licenses", "sources"]))?;
    } else {
        anstream::println!("== deny: left out, cargo-deny is not installed");
    }
    step("tree", || process::run(Command::new("git").args(["diff", "--exit-code"]).current_dir(workspace::root())))?;
    Ok(outcome)
}

/// Runs a step and tells how long it took.
fn step<T>(name: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    anstream::println!("== {name}");
    let started = Instant::now();
    let outcome = run()?;
    anstream::println!("== {name}: {:.1} s", started.elapsed().as_secs_f64());
    Ok(outcome)
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::run(&mut process::cargo(arguments))
}
