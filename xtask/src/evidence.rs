//! What witnesses say of an operation: rows of facts, as `spec/evidence/` has them.

mod compare;
mod shape;
mod witnesses;

use serde::{Deserialize, Serialize};

pub(crate) use compare::{Difference, Rigor, What, tables as compare};
pub(crate) use shape::{Shape, Width};
pub(crate) use witnesses::{ConflictKind, SecurityScheme, Witnesses};

/// All that one witness says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evidence {
    pub(crate) operation: Operation,
    /// Host of each endpoint by region, of a witness that knows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) tables: Vec<Table>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    /// What the witness calls the operation, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endpoint {
    pub(crate) region: String,
    pub(crate) url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// Name of the schema, or which part of the exchange it is.
    #[serde(rename = "table")]
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Of a response; a table of the request has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Path,
    Query,
    Header,
    Body,
    Schema,
}

/// What a witness says of one field. Bounds are those of a number, of a text's characters, or of a list's items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// The type in the words of the witness.
    #[serde(rename = "type")]
    pub(crate) type_: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) required: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<i64>,
    #[serde(rename = "enum", default, skip_serializing_if = "Option::is_none")]
    pub(crate) values: Option<Values>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<String>,
}

/// The values that a witness lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Values {
    Listed(Vec<String>),
    /// It announces some, but the list was lost.
    Lost(Lost),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lost {
    #[serde(rename = "unreadable")]
    Unreadable,
}

impl Values {
    pub(crate) const UNREADABLE: Self = Self::Lost(Lost::Unreadable);
}

impl Table {
    /// How the table is told from others of its witness, and found with another one.
    pub(crate) fn key(&self) -> (Kind, Option<u16>, &str) {
        // Parts of an exchange may be called differently; schemas are known by their names alone.
        if self.kind == Kind::Schema { (self.kind, None, &self.name) } else { (self.kind, self.status, "") }
    }

    /// What a row of the table is called outside of it.
    pub(crate) fn field(&self, row: &Row) -> String {
        format!("{}.{}", self.name, row.name)
    }
}

impl Evidence {
    pub(crate) fn read(text: &str) -> Result<Self, serde_yaml::Error> {
        serde_yaml::from_str(text)
    }
}
