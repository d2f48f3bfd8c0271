//! Where the two documents are read from: a file, or a file at a revision of git.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use hyperinstance_codegen::{Document, LoadError};

/// A document and what it was called.
pub(super) struct Source {
    pub(super) document: Document,
    /// Its path without the revision.
    pub(super) path: String,
}

/// Reads `path` or `revision:path`, relative to a directory. What exists as a file is a file.
pub(super) fn read(argument: &str, directory: &Path) -> Result<Source> {
    let file = directory.join(argument);
    let (text, path) = if file.is_file() {
        (std::fs::read_to_string(&file).with_context(|| format!("cannot read {argument}"))?, argument)
    } else if let Some((revision, path)) = argument.split_once(':') {
        (at_revision(argument, revision, path, directory)?, path)
    } else {
        bail!("cannot read {argument}: there is no such file, and it is no `git-revision:path`");
    };
    let document = Document::load(&text).map_err(|error| located(argument, &error))?;
    Ok(Source { document, path: path.to_owned() })
}

fn at_revision(argument: &str, revision: &str, path: &str, directory: &Path) -> Result<String> {
    let command = format!("git show {argument}");
    if revision.is_empty() || path.is_empty() {
        bail!("cannot read {argument}: there is no such file, and `git-revision:path` needs both of its parts");
    }
    let output = Command::new("git")
        .args(["show", "--end-of-options", argument])
        .current_dir(directory)
        .output()
        .with_context(|| format!("cannot read {argument}: there is no such file, and `{command}` cannot be run"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("nothing");
        bail!("cannot read {argument}: there is no such file, and `{command}` says: {said}");
    }
    String::from_utf8(output.stdout).with_context(|| format!("cannot read {argument}: it is not UTF-8"))
}

/// The last tag that the current revision comes after.
pub(super) fn last_tag(directory: &Path) -> Option<String> {
    let describe =
        Command::new("git").args(["describe", "--tags", "--abbrev=0"]).current_dir(directory).output().ok()?;
    let tag = String::from_utf8(describe.stdout).ok()?.trim().to_owned();
    (describe.status.success() && !tag.is_empty()).then_some(tag)
}

/// One line, in the form that editors follow.
fn located(argument: &str, error: &LoadError) -> anyhow::Error {
    let message = match error {
        LoadError::Structure { message, pointer, .. } => format!("not an OpenAPI 3.0 document: {message} ({pointer})"),
        LoadError::Syntax { message, .. } => format!("not YAML: {message}"),
        LoadError::Refused { message, .. } => message.clone(),
        other => other.to_string(),
    };
    let message: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
    anyhow::anyhow!("{argument}:{}: {message}", error.position())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\n";

    fn git(directory: &Path, arguments: &[&str]) {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(arguments).current_dir(directory).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn error(argument: &str, directory: &Path) -> String {
        read(argument, directory).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn a_revision_is_read_and_a_file_wins() {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path();
        git(directory, &["init", "--quiet"]);
        std::fs::write(directory.join("a.yaml"), EMPTY.replace("title: t", "title: old")).unwrap();
        git(directory, &["add", "a.yaml"]);
        git(directory, &["commit", "--quiet", "--message", "m"]);
        git(directory, &["tag", "v1"]);
        std::fs::write(directory.join("a.yaml"), EMPTY.replace("title: t", "title: new")).unwrap();

        let title = |argument: &str| {
            let source = read(argument, directory).unwrap();
            (source.document.openapi().info.title.clone(), source.path)
        };
        assert_eq!(title("v1:a.yaml"), ("old".to_owned(), "a.yaml".to_owned()));
        assert_eq!(title("a.yaml"), ("new".to_owned(), "a.yaml".to_owned()));
        std::fs::write(directory.join("v1:a.yaml"), EMPTY).unwrap();
        assert_eq!(title("v1:a.yaml").0, "t");

        let message = error("v2:a.yaml", directory);
        assert!(
            message.starts_with("cannot read v2:a.yaml: there is no such file, and `git show v2:a.yaml` says: fatal:"),
            "{message}"
        );
        assert!(error("v1:b.yaml", directory).contains("fatal:"));
        assert!(error("--output=x:a.yaml", directory).contains("fatal:"));
        assert!(!directory.join("x:a.yaml").exists(), "an argument is never an option of git");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place_in_one_line() {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path();
        let write = |text: &str| std::fs::write(directory.join("a.yaml"), text).unwrap();
        assert_eq!(
            error("b.yaml", directory),
            "cannot read b.yaml: there is no such file, and it is no `git-revision:path`"
        );
        write(&EMPTY.replace("3.0.3", "3.1.0"));
        assert_eq!(
            error("a.yaml", directory),
            "a.yaml:1:1: not an OpenAPI 3.0 document: version `3.1.0` is not 3.0.x (/openapi)"
        );
        for (text, place) in [
            ("a: [1\n", "a.yaml:2:1: not YAML: "),
            ("a: 1\na: 2\n", "a.yaml:2:1: "),
            (
                "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: '#/b'\n",
                "a.yaml:7:7: ",
            ),
        ] {
            write(text);
            let message = error("a.yaml", directory);
            assert!(message.starts_with(place) && !message.contains('\n'), "{message}");
        }
    }
}
