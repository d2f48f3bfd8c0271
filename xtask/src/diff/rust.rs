//! What changes for users of the generated Rust code: the outlines of both documents, compared as sets of lines.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use hyperinstance_codegen::{Document, GenerateError, Generated, Settings, generate, outline};
use serde::Serialize;

use super::change::Semver;

/// An item whose path is the same and whose text is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Edit {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// How the public surface of the generated code changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Surface {
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    pub(crate) changed: Vec<Edit>,
    pub(crate) semver: Semver,
    /// Why nothing is known, when the code of a document cannot be generated.
    #[serde(skip)]
    pub(crate) unknown: Option<String>,
}

/// Generates and compares the code of both documents.
pub(super) fn compare(old: &Document, new: &Document) -> Surface {
    match both(old, new) {
        Ok((old, new)) => surfaces(&old, &new),
        Err(unknown) => Surface {
            added: Vec::new(),
            removed: Vec::new(),
            changed: Vec::new(),
            semver: Semver::None,
            unknown: Some(unknown),
        },
    }
}

/// Both with the same settings: those of the client, where both documents have its operation.
fn both(old: &Document, new: &Document) -> Result<(Generated, Generated), String> {
    let generate = |settings: &Settings| -> Result<(Generated, Generated), (&str, GenerateError)> {
        let old = quietly(|| generate(old, settings)).map_err(|error| ("old", error))?;
        Ok((old, quietly(|| generate(new, settings)).map_err(|error| ("new", error))?))
    };
    let generated = match generate(&Settings::client()) {
        Err((_, GenerateError::Pass(_))) => generate(&Settings::default()),
        other => other,
    };
    generated.map_err(|(which, error)| {
        let error = error.to_string();
        let mut lines = error.lines();
        let first = lines.next().unwrap_or_default();
        let more = match lines.count() {
            0 => String::new(),
            number => format!(" (and {number} more)"),
        };
        format!("no Rust code comes out of the {which} document: {first}{more}")
    })
}

/// Generates without the report of a panic, which becomes an error.
fn quietly(generate: impl FnOnce() -> Result<Generated, GenerateError>) -> Result<Generated, GenerateError> {
    thread_local! {
        static QUIET: Cell<bool> = const { Cell::new(false) };
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let generated = panic::catch_unwind(AssertUnwindSafe(generate));
    QUIET.set(false);
    generated.unwrap_or_else(|_| Err(GenerateError::Panic("outside of what it guards".to_owned())))
}

fn surfaces(old: &Generated, new: &Generated) -> Surface {
    let (old_outline, new_outline) = (outline(old), outline(new));
    let before: BTreeSet<&str> = old_outline.lines().collect();
    let after: BTreeSet<&str> = new_outline.lines().collect();
    let mut removed: BTreeMap<&str, &str> = before.difference(&after).map(|line| (item(line), *line)).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for line in after.difference(&before) {
        match removed.remove(item(line)) {
            Some(from) => changed.push(Edit { from: from.to_owned(), to: (*line).to_owned() }),
            None => added.push((*line).to_owned()),
        }
    }
    let closed = |line: &String| variant_of(line).is_some_and(|name| is_closed(old, name));
    let semver = if !removed.is_empty() || !changed.is_empty() || added.iter().any(closed) {
        Semver::Major
    } else if added.is_empty() && old == new {
        Semver::None
    } else if added.is_empty() {
        Semver::Patch
    } else {
        Semver::Minor
    };
    let removed = removed.into_values().map(ToOwned::to_owned).collect();
    Surface { added, removed, changed, semver, unknown: None }
}

/// Kind and path of the item that a line of an outline is about, without what the line says of it.
fn item(line: &str) -> &str {
    let Some((kind, rest)) = line.split_once(' ') else { return line };
    let end = match kind {
        "impl" => None,
        "variant" => rest.find([' ', '(', '{']),
        // The type, then the signature up to the parameters.
        "fn" => rest.find("fn ").and_then(|name| Some(name + rest[name..].find(['(', '<'])?)),
        _ => rest.find(": ").or_else(|| rest.find(" = ")),
    };
    end.map_or(line, |end| &line[..=kind.len() + end])
}

/// The path of the enumeration that a line adds a variant to.
fn variant_of(line: &str) -> Option<&str> {
    item(line).strip_prefix("variant ")?.rsplit_once("::").map(|(path, _)| path)
}

/// Whether an enumeration is there, and can be matched without a wildcard.
fn is_closed(generated: &Generated, path: &str) -> bool {
    let Some((module, name)) = path.split_once("::") else { return false };
    let Some(text) = generated.file(&format!("{module}.rs")) else { return false };
    let definition = format!("pub enum {name} {{");
    text.contains(&definition) && !text.contains(&format!("#[non_exhaustive]\n{definition}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_what_stays_when_its_text_changes() {
        for (line, expected) in [
            ("field types::A.b: Option<String>", "field types::A.b"),
            ("struct types::A: Clone", "struct types::A"),
            ("type types::A = String", "type types::A"),
            ("variant types::A::B(String)", "variant types::A::B"),
            ("variant scalars::A::B", "variant scalars::A::B"),
            ("fn scalars::A: fn as_str(&self) -> &str", "fn scalars::A: fn as_str"),
            ("fn b::L<'a>: async fn send<V>(self)", "fn b::L<'a>: async fn send"),
            ("impl Display for types::A", "impl Display for types::A"),
            ("enumeration scalars::A", "enumeration scalars::A"),
        ] {
            assert_eq!(item(line), expected);
        }
        assert_eq!(variant_of("variant types::A::B(String)"), Some("types::A"));
        assert_eq!(variant_of("variant types::A::B"), Some("types::A"));
    }
}
