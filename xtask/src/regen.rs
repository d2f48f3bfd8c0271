//! `cargo xtask regen`: writes whatever is derived from the document, or checks that it is up to date; then tells what
//! the document changes since the last commit.

use anyhow::{Context, Result};
use hyperinstance_codegen::Document;

use crate::{Outcome, derived, diff, workspace};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail when something is out of date
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// Only looks.
    pub(crate) fn check() -> Self {
        Self { check: true }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let root = workspace::root();
    let path = root.join(workspace::DOCUMENT);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let document = Document::load(&text).context(workspace::DOCUMENT)?;
    let files = derived::files(&document)?;
    let stale = derived::stale(&root, &files)?;

    for stale in &stale {
        let verb = match (arguments.check, stale) {
            (true, derived::Stale::Differs(..)) => "out of date",
            (true, derived::Stale::Leftover(_)) => "left over",
            (false, derived::Stale::Differs(..)) => "wrote",
            (false, derived::Stale::Leftover(_)) => "removed",
        };
        anstream::println!("{verb}: {}", stale.path().display());
    }
    if stale.is_empty() {
        anstream::println!("{} derived files are up to date", files.len());
    } else if arguments.check {
        anstream::println!("run `cargo xtask regen` and commit the result");
        return Ok(Outcome::Findings);
    } else {
        derived::apply(&root, &stale)?;
    }
    if !arguments.check {
        anstream::println!("\nsince the last commit:");
        match diff::since("HEAD", &document) {
            Ok(text) => anstream::print!("{text}"),
            // Everything was written; there is only nothing to compare it with.
            Err(error) => anstream::println!("nothing to compare with: {error:#}"),
        }
    }
    Ok(Outcome::Clean)
}
