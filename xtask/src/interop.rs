//! `cargo xtask interop`: our mock, document and schemas in the hands of software that none of us wrote.
//!
//! It installs that software into the target directory, from the public package registries, and is therefore no part
//! of the tests. Needs Python 3 with `venv`, and Node.js with `npx` for the linter.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::evidence::{Difference, Endpoint, Evidence, Kind, Rigor, Witnesses, compare};
use crate::{Outcome, import, process, workspace};

const ACCESS_KEY: &str = "INTEROPACCESSKEY0001";
const SECRET_KEY: &str = "interop-secret-key";
const INSTANCES: &str = "25";
const OPERATION: &str = "ListHyperinstances";

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

    anstream::println!("== the evidence is what the vendor's SDK says");
    let models = script(&folder, "models.py", include_str!("interop/models.py"))?;
    let output = Command::new(&python).arg(models).arg(OPERATION).output().context("cannot run Python")?;
    ensure!(output.status.success(), "the models cannot be read: {}", String::from_utf8_lossy(&output.stderr));
    compare_models(&String::from_utf8_lossy(&output.stdout))?;

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

/// Compares the SDK's models, printed as a page, with `spec/evidence/sdk.yaml`.
fn compare_models(page: &str) -> Result<()> {
    let (mut models, unread) = import::read(page)?;
    ensure!(unread.is_empty(), "the models are not understood: {unread:?}");
    // A page has a table of its path; the SDK has no model of the project.
    models.tables.retain(|table| table.kind != Kind::Path);
    let endpoints = page.lines().filter_map(|line| line.strip_prefix("endpoint ")?.split_once(' '));
    models.endpoints =
        endpoints.map(|(region, url)| Endpoint { region: region.to_owned(), url: url.to_owned() }).collect();
    let Evidence { operation, endpoints, tables } = Witnesses::read()?.sdk;
    let differences = compare(&tables, &models.tables, Rigor::Identical);
    for Difference { field, what, first, second } in &differences {
        anstream::println!("{what}: {field}, {first} in spec/evidence/sdk.yaml, {second} in the SDK");
    }
    ensure!(differences.is_empty(), "spec/evidence/sdk.yaml is not what the SDK says");
    ensure!(endpoints == models.endpoints, "the endpoints in spec/evidence/sdk.yaml are not those of the SDK");
    ensure!(
        (&operation.method, &operation.path) == (&models.operation.method, &models.operation.path),
        "the SDK calls something else"
    );
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    anstream::println!("{rows} rows and {} endpoints are the same", endpoints.len());
    Ok(())
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
