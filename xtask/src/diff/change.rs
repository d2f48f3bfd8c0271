//! A change between two documents: what it is called, what it does to whom, and a payload that shows it.

use serde::Serialize;
use serde_json::Value;

/// What a change does to a client that was built from the old document and reads tolerantly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// It stops working.
    Breaking,
    /// It works on, and may meet what it does not know.
    Warning,
    /// It notices nothing.
    Info,
}

impl Level {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Who sends what has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
}

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Old,
    New,
}

/// A value that the schema of one document accepts and that of the other refuses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Witness {
    pub(crate) value: Value,
    /// The document that accepts it.
    pub(crate) accepted_by: Side,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Change {
    /// Rule, place and subject: `enum-value-added:ListPets.200[].kind:CAT`. Neither the order in the document nor its
    /// components have a part in it.
    pub(crate) id: String,
    pub(crate) level: Level,
    pub(crate) direction: Direction,
    /// JSON pointer in the new document; in the old one, when it is removed.
    pub(crate) pointer: String,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) witness: Option<Witness>,
    /// Why the maintainers accept it; it counts no more then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accepted: Option<String>,
}

impl Change {
    /// The first part of the id.
    pub(super) fn rule(&self) -> &str {
        self.id.split(':').next().unwrap_or_default()
    }

    /// The rest of the id.
    pub(super) fn place(&self) -> &str {
        self.id.split_once(':').map_or("", |(_, place)| place)
    }
}

/// The part of a version that a release must raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Semver {
    None,
    Patch,
    Minor,
    Major,
}

impl Semver {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A value in a sentence, as JSON; cut when it is long.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

/// Text in which nothing steers a terminal or begins a line.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
