//! `cargo xtask interop`: our mock, document and schemas in the hands of software that none of us wrote.
//!
//! It installs that software into the target directory, from the public package registries, and is therefore no part
//! of the tests. Needs Python 3 with `venv`, and Node.js with `npx` for the linter.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::{Outcome, process, workspace};

const ACCESS_KEY: &str = "INTEROPACCESSKEY0001";
const SECRET_KEY: &str = "interop-secret-key";
const INSTANCES: &str = "25";

/// The vendor's SDK, and a JSON Schema implementation that is not the one we use.
const PYTHON_PACKAGES: [&str; 2] = ["huaweicloudsdkmodelarts", "jsonschema"];

pub(crate) fn run() -> Result<Outcome> {
    let folder = workspace::target().join("interop");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let python = python(&folder)?;

    anstream::println!("== the vendor's SDK lists from the mock");
    let mock = Mock::start(&folder)?;
    process::run(Command::new(&python).arg(script(&folder, "list.py", include_str!("interop/list.py"))?).args([
        &mock.endpoint,
        ACCESS_KEY,
        SECRET_KEY,
        INSTANCES,
    ]))?;
    drop(mock);

    anstream::println!("== another implementation of JSON Schema judges the examples");
    process::run(
        Command::new(&python)
            .arg(script(&folder, "judge.py", include_str!("interop/judge.py"))?)
            .arg(workspace::root().join("spec")),
    )?;

    anstream::println!("== a linter reads the document");
    process::run(
        Command::new("npx")
            .args(["--yes", "@redocly/cli@2", "lint", "--extends", "recommended"])
            .arg(workspace::root().join(workspace::DOCUMENT))
            .current_dir(&folder),
    )?;
    Ok(Outcome::Clean)
}

/// A Python with the packages, in an environment of its own.
fn python(folder: &Path) -> Result<PathBuf> {
    let environment = folder.join("venv");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PYTHON_PACKAGES))?;
    Ok(python)
}

fn script(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// `hyperinstance mock`, stopped when dropped.
struct Mock {
    child: Child,
    endpoint: String,
}

impl Mock {
    fn start(folder: &Path) -> Result<Self> {
        let key = folder.join("secret-key");
        fs::write(&key, SECRET_KEY).with_context(|| format!("cannot write {}", key.display()))?;
        let mut child = process::cargo(&["run", "--quiet", "--package", "hyperinstance-cli", "--", "mock"])
            .args(["--instances", INSTANCES])
            .args(["--access-key", ACCESS_KEY, "--secret-key-file"])
            .arg(&key)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the mock")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("the mock has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let endpoint = line.trim().strip_prefix("listening on ").map(str::to_owned);
        ensure!(endpoint.is_some(), "the mock said `{}` instead of where it listens", line.trim());
        Ok(Self { child, endpoint: endpoint.unwrap_or_default() })
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
