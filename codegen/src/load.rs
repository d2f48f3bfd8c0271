//! Reading a document: YAML (or JSON) text to a [`Document`] that knows where each of its values stands.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::source_map::{Position, SourceMap, join};
use crate::walk;

/// Largest text accepted, in bytes; a hand-written document stays below a tenth of it.
const MAX_TEXT: usize = 8 << 20;

/// Why a text is not a document this crate reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The text is not YAML.
    #[error("not YAML: {message} at {position}")]
    Syntax {
        /// What the parser says.
        message: String,
        /// Where it stopped.
        position: Position,
    },
    /// The text is YAML but uses a feature that is kept out of documents.
    #[error("{message} at {position}")]
    Refused {
        /// What is not accepted.
        message: String,
        /// Where it stands.
        position: Position,
    },
    /// The YAML is not an `OpenAPI` 3.0 document.
    #[error("not an OpenAPI 3.0 document: {message} at {position} ({pointer})")]
    Structure {
        /// What does not fit.
        message: String,
        /// JSON pointer to the value that does not fit.
        pointer: String,
        /// Where that value stands.
        position: Position,
    },
}

impl LoadError {
    /// Where in the text the problem is.
    #[must_use]
    pub fn position(&self) -> Position {
        match self {
            Self::Syntax { position, .. } | Self::Refused { position, .. } | Self::Structure { position, .. } => {
                *position
            }
        }
    }
}

/// An `OpenAPI` 3.0 document as its author wrote it.
#[derive(Debug, Clone)]
pub struct Document {
    value: Value,
    openapi: OpenAPI,
    positions: SourceMap,
}

impl Document {
    /// Reads a document from YAML or JSON text.
    pub fn load(text: &str) -> Result<Self, LoadError> {
        if text.len() > MAX_TEXT {
            let message = format!("the file has {} bytes, more than the {MAX_TEXT} a document may have", text.len());
            return Err(LoadError::Refused { message, position: Position::START });
        }
        let positions = SourceMap::read(text)?;
        let mut value: Value = serde_yaml::from_str(text).map_err(|error| LoadError::Syntax {
            position: error.location().map_or(Position::START, |at| Position { line: at.line(), column: at.column() }),
            message: error.to_string(),
        })?;
        // The order must not depend on how some other crate has configured serde_json.
        value.sort_all_objects();
        let structure = |pointer: String, message: String| {
            let position = positions.locate(&pointer);
            LoadError::Structure { message, pointer, position }
        };
        match value.get("openapi").and_then(Value::as_str) {
            Some(version) if version.starts_with("3.0.") => {}
            Some(version) => {
                let message = format!("version `{version}` is not 3.0.x");
                return Err(structure("/openapi".to_owned(), message));
            }
            None => return Err(structure(String::new(), "the field `openapi` with the version is missing".to_owned())),
        }
        let openapi = typed(&value).map_err(|(pointer, message)| structure(pointer, message))?;
        check_references(&value, &value, "", &structure)?;
        Ok(Self { value, openapi, positions })
    }

    /// The document as plain data.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The document as typed data.
    #[must_use]
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// Where the value that a JSON pointer names stands in the text; for a pointer to nothing, its nearest ancestor.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Position {
        self.positions.locate(pointer)
    }

    /// Every schema with its JSON pointer: components and what is nested in them, parameters, headers and bodies.
    #[must_use]
    pub fn every_schema(&self) -> Vec<(String, &Value)> {
        walk::schemas(&self.value)
    }

    /// The component schemas, ordered by name.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.value
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.as_str(), schema))
    }
}

/// Every `$ref` must lead to a value of the same document; nothing is ever fetched.
fn check_references(
    root: &Value,
    value: &Value,
    pointer: &str,
    structure: &dyn Fn(String, String) -> LoadError,
) -> Result<(), LoadError> {
    match value {
        Value::Object(members) => {
            if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                let at = || join(pointer, "$ref");
                let Some(local) = target.strip_prefix('#') else {
                    let message = format!("the reference `{target}` leads out of the document");
                    return Err(structure(at(), message));
                };
                if root.pointer(local).is_none() {
                    return Err(structure(at(), format!("the reference `{target}` leads nowhere")));
                }
            }
            members
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "default" | "enum"))
                .try_for_each(|(key, member)| check_references(root, member, &join(pointer, key), structure))
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check_references(root, item, &join(pointer, &index.to_string()), structure)),
        _ => Ok(()),
    }
}

/// A document as typed data, or where it is none and why.
pub(crate) fn typed(value: &Value) -> Result<OpenAPI, (String, String)> {
    serde_path_to_error::deserialize(value).map_err(|error| (pointer_of(error.path()), error.inner().to_string()))
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => join(&pointer, &index.to_string()),
        Segment::Map { key } => join(&pointer, key),
        Segment::Enum { variant } => join(&pointer, variant),
        Segment::Unknown => pointer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Document::load(text).unwrap_err().to_string()
    }

    const HEAD: &str = "openapi: 3.0.3\ninfo:\n  title: t\n  version: '1'\n";

    #[test]
    fn a_document_knows_its_positions() {
        let document = Document::load(&format!("{HEAD}paths: {{}}\n")).unwrap();
        assert_eq!(document.locate("/info/title"), Position { line: 3, column: 3 });
        assert_eq!(document.openapi().info.title, "t");
    }

    #[test]
    fn what_is_not_a_document_is_refused_with_pointer_and_position() {
        assert_eq!(
            error("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"),
            "not an OpenAPI 3.0 document: version `3.1.0` is not 3.0.x at 1:1 (/openapi)",
        );
        assert_eq!(
            error("swagger: '2.0'\n"),
            "not an OpenAPI 3.0 document: the field `openapi` with the version is missing at 1:1 ()",
        );
        assert_eq!(
            error("openapi: 3.0.3\ninfo: {title: t}\npaths: {}\n"),
            "not an OpenAPI 3.0 document: missing field `version` at 2:1 (/info)",
        );
        assert_eq!(error("a: [1\n"), "not YAML: while parsing a flow sequence, expected ',' or ']' at 2:1",);
    }

    #[test]
    fn references_stay_inside_and_lead_somewhere() {
        let with =
            |target: &str| format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      $ref: '{target}'\n");
        assert_eq!(
            error(&with("#/components/schemas/B")),
            "not an OpenAPI 3.0 document: the reference `#/components/schemas/B` leads nowhere at 9:7 \
             (/components/schemas/A/$ref)",
        );
        assert_eq!(
            error(&with("other.yaml#/A")),
            "not an OpenAPI 3.0 document: the reference `other.yaml#/A` leads out of the document at 9:7 \
             (/components/schemas/A/$ref)",
        );
    }
}
