//! Lists the files under `examples/` and `schemas/`, so that adding one is dropping it there.

// A path is written as a Rust literal.
#![allow(clippy::unnecessary_debug_formatting)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut index = String::new();

    index.push_str("static EXAMPLES: &[Example] = &[\n");
    for operation in sorted(&root.join("examples"))? {
        for file in sorted(&operation)? {
            let Some((status, case)) = stem(&file, ".json").and_then(split_status) else {
                continue;
            };
            let operation = file_name(&operation);
            writeln!(
                index,
                "    Example {{ operation: {operation:?}, status: {status}, case: {case:?}, path: {:?}, body: include_str!({file:?}) }},",
                format!("examples/{operation}/{}", file_name(&file)),
            )
            .expect("a String takes every write");
        }
    }
    index.push_str("];\n\nstatic SCHEMAS: &[Schema] = &[\n");
    for file in sorted(&root.join("schemas"))? {
        if let Some(name) = stem(&file, ".schema.json") {
            writeln!(index, "    Schema {{ name: {name:?}, text: include_str!({file:?}) }},")
                .expect("a String takes every write");
        }
    }
    index.push_str("];\n");

    fs::write(out.join("index.rs"), index)
}

/// The entries of a directory in the order of their names; none when there is no such directory.
fn sorted(directory: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", directory.display());
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("files of this crate have plain names")
}

fn stem<'p>(path: &'p Path, suffix: &str) -> Option<&'p str> {
    file_name(path).strip_suffix(suffix)
}

/// Splits `200-full` into the status and the case.
fn split_status(stem: &str) -> Option<(u16, Option<&str>)> {
    match stem.split_once('-') {
        Some((status, case)) => Some((status.parse().ok()?, Some(case))),
        None => Some((stem.parse().ok()?, None)),
    }
}
