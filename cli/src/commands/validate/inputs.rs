//! What is judged: files, standard input, and the files of a folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The files that a name stands for.
pub(super) fn expand(path: &Path, glob: &glob::Pattern) -> Vec<Result<PathBuf>> {
    if is_standard_input(path) || !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut found = Vec::new();
    if let Err(error) = walk(path, glob, &mut found) {
        return vec![Err(error)];
    }
    if found.is_empty() {
        return vec![Err(anyhow::anyhow!("{} has no file like {glob}", path.display()))];
    }
    found.sort();
    found.into_iter().map(Ok).collect()
}

/// Links are not followed: they may lead in circles.
fn walk(folder: &Path, glob: &glob::Pattern, found: &mut Vec<PathBuf>) -> Result<()> {
    let cannot = || format!("cannot read the folder {}", folder.display());
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let kind = entry.file_type().with_context(cannot)?;
        if kind.is_dir() {
            walk(&entry.path(), glob, found)?;
        } else if kind.is_file() && glob.matches(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    Ok(())
}

pub(super) fn open(path: &Path) -> Result<Box<dyn Read>> {
    if is_standard_input(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    if path.is_dir() {
        bail!("{} is a folder", path.display());
    }
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Box::new(file))
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
