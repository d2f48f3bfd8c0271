//! Judges JSON payloads by the schemas of the document: bytes in, findings out.
//!
//! ```
//! use hyperinstance_validate::Validator;
//!
//! let report = Validator::new("ServerResponse")?.validate(br#"{"status": "RUNING"}"#);
//! assert!(!report.valid);
//! assert_eq!(report.findings[0].to_string().split(" is none").next(), Some(r#"1:12: status: "RUNING""#));
//! # Ok::<(), hyperinstance_validate::UnknownSchema>(())
//! ```
//!
//! The verdict is that of the JSON Schema in `spec/schemas/`. A payload that the generated strict types read without
//! anything to remark is valid without further ado; everything else is judged by the `jsonschema` crate, a list of the
//! document's items item by item, so that memory stays near the size of the payload.
//!
//! Beyond the schema, JSON itself is judged. Refused are: repeated names in one object, a byte order mark, bytes that are
//! no UTF-8, an escape of half a surrogate pair, nesting deeper than 128, and more than a million values in one item. Accepted are `1.0`, `1e2` and `-0.0` as
//! integers, and numbers of any size in fields that the document does not know.

mod fast;
mod judge;
mod locate;
mod message;
mod scan;
mod schemas;

use std::fmt;
use std::sync::Arc;

use schemas::{Compiled, Schemas};

/// There is no component of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document has no schema `{name}`{}", .close.map_or_else(String::new, |close| format!("; did you mean `{close}`?")))]
pub struct UnknownSchema {
    /// The name that was asked for.
    pub name: String,
    close: Option<&'static str>,
}

impl UnknownSchema {
    fn new(name: &str) -> Self {
        let likeness = |schema: &&hyperinstance_spec::Schema| strsim::normalized_levenshtein(name, schema.name);
        let close = hyperinstance_spec::schemas().iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let close = close.filter(|schema| likeness(schema) > 0.5).map(|schema| schema.name);
        Self { name: name.to_owned(), close }
    }
}

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// JSON pointer to the value.
    pub pointer: String,
    /// Line of the value, from 1.
    pub line: usize,
    /// Column of the value in characters, from 1.
    pub column: usize,
    /// Offset of the value in bytes, from 0.
    pub offset: usize,
    /// The keyword of the schema, or `json` where it is no JSON, or says two things at once.
    pub keyword: &'static str,
    /// What is wrong, on one line; nothing in it can steer a terminal.
    pub message: String,
    /// The value as JSON, capped and escaped; empty where there is none.
    pub value: String,
    /// JSON pointer to the keyword in the `OpenAPI` document; empty for `json`.
    pub place: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Finding {
    /// At the beginning of a payload, for a reason.
    fn refusal(reason: String) -> Self {
        Self {
            pointer: String::new(),
            line: 1,
            column: 1,
            offset: 0,
            keyword: "json",
            message: reason,
            value: String::new(),
            place: String::new(),
        }
    }
}

/// The verdict on a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether nothing is wrong.
    pub valid: bool,
    /// What is wrong, in the order of the text, no more than were asked for.
    pub findings: Vec<Finding>,
    /// Whether there is more.
    pub more: bool,
}

impl Report {
    /// A report on a payload that is not judged at all, for a reason.
    #[must_use]
    pub fn refused(reason: String) -> Self {
        Self { valid: false, findings: vec![Finding::refusal(reason)], more: false }
    }
}

/// Judges payloads by one schema. May be shared between threads.
#[derive(Debug)]
pub struct Validator {
    schemas: Schemas,
    root: Arc<Compiled>,
    max_findings: usize,
}

impl Validator {
    /// A validator for a component of the document, such as `ListHyperinstancesResponse`.
    pub fn new(schema: &str) -> Result<Self, UnknownSchema> {
        let schemas = Schemas::new(false);
        let root = schemas.get(schema)?;
        Ok(Self { schemas, root, max_findings: 100 })
    }

    /// Whether a field that the document does not know is a finding. Not by default: the service adds some.
    #[must_use]
    pub fn deny_unknown(self, deny: bool) -> Self {
        let schemas = Schemas::new(deny);
        let root = schemas.get(self.root.name).expect("it was there before");
        Self { schemas, root, ..self }
    }

    /// Most findings of a report, 100 by default.
    #[must_use]
    pub fn max_findings(self, most: usize) -> Self {
        Self { max_findings: most.max(1), ..self }
    }

    /// Judges a payload.
    #[must_use]
    pub fn validate(&self, payload: &[u8]) -> Report {
        // What the strict types read has no unknown field either.
        let plain = std::str::from_utf8(payload).is_ok_and(|text| fast::is_valid(self.root.name, text));
        if plain {
            return Report { valid: true, findings: Vec::new(), more: false };
        }
        judge::judge(self, payload)
    }
}
