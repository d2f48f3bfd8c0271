//! `cargo xtask bench`: builds and runs the benchmarks. They measure; they never fail a build.

use anyhow::Result;

use crate::{Outcome, process};

pub(crate) fn run() -> Result<Outcome> {
    for binary in ["bench", "bench-heap"] {
        let arguments = ["run", "--quiet", "--release", "--package", "hyperinstance-tests", "--bin", binary];
        process::run(&mut process::cargo(&arguments))?;
    }
    Ok(Outcome::Clean)
}
