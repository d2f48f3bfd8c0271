//! The files that are derived from the document: what they should hold, and whether they do.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hyperinstance_codegen::{Document, Settings, generate, json_schemas};

/// Folders in which every file is derived; one that nothing derives is stale.
const FOLDERS: [&str; 2] = ["client/src/pregenerated", "spec/schemas"];

/// A derived file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stale {
    /// It is missing, or holds something else.
    Differs(PathBuf, String),
    /// Nothing derives it any more.
    Leftover(PathBuf),
}

impl Stale {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Differs(path, _) | Self::Leftover(path) => path,
        }
    }
}

/// Every derived file, by its path from the root.
pub(crate) fn files(document: &Document) -> Result<BTreeMap<PathBuf, String>> {
    let generated = generate(document, &Settings::client())?;
    let code = generated.files().map(|(name, text)| (Path::new(FOLDERS[0]).join(name), text.to_owned()));
    let schemas = json_schemas(document)
        .into_iter()
        .map(|(name, text)| (Path::new(FOLDERS[1]).join(format!("{name}.schema.json")), text));
    Ok(code.chain(schemas).collect())
}

/// Compares the tree with what it should hold.
pub(crate) fn stale(root: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (path, text) in files {
        if fs::read_to_string(root.join(path)).ok().as_ref() != Some(text) {
            stale.push(Stale::Differs(path.clone(), text.clone()));
        }
    }
    for folder in FOLDERS {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = Path::new(folder).join(entry?.file_name());
            if !files.contains_key(&path) {
                stale.push(Stale::Leftover(path));
            }
        }
    }
    Ok(stale)
}

/// Brings the tree to what it should hold.
///
/// Everything is on disk under a temporary name before the first file changes its content; each then changes by one
/// rename. Stopped in between, no file is half written, and the next run completes the rest.
pub(crate) fn apply(root: &Path, stale: &[Stale]) -> Result<()> {
    let mut staged = Vec::new();
    for stale in stale {
        if let Stale::Differs(path, text) = stale {
            let path = root.join(path);
            let folder = path.parent().expect("a derived file is in a folder");
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            let name = path.file_name().expect("a derived file has a name").to_string_lossy();
            let temporary = folder.join(format!(".{name}.new"));
            stage(&temporary, text).with_context(|| format!("cannot write {}", temporary.display()))?;
            staged.push((temporary, path));
        }
    }
    for (temporary, path) in staged {
        fs::rename(&temporary, &path).with_context(|| format!("cannot replace {}", path.display()))?;
    }
    for stale in stale {
        if let Stale::Leftover(path) = stale {
            fs::remove_file(root.join(path)).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn stage(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_changed_and_leftover_files_are_noticed_and_mended() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(FOLDERS[1]);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("changed"), "by hand").unwrap();
        fs::write(folder.join("same"), "same").unwrap();
        fs::write(folder.join("leftover"), "").unwrap();
        let path = |name: &str| Path::new(FOLDERS[1]).join(name);
        let files: BTreeMap<_, _> =
            ["changed", "missing", "same"].map(|name| (path(name), name.to_owned())).into_iter().collect();

        let found = stale(root.path(), &files).unwrap();
        let names: Vec<_> = found.iter().map(|stale| stale.path().to_owned()).collect();
        assert_eq!(names, [path("changed"), path("missing"), path("leftover")]);

        apply(root.path(), &found).unwrap();
        assert_eq!(stale(root.path(), &files).unwrap(), []);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no temporary file is left");
    }
}
