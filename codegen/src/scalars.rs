//! Emits a type of its own for each scalar component that has a constraint.
//!
//! Why: the generator loses them. `limit` would take 5000 and `offset` -1; patterns would run unanchored on an engine
//! that a short hostile value can keep busy for minutes; one new value of an enumeration would fail every shipped
//! client. These types hold what the document says, and can keep what a newer service says where that is asked for.

mod enumeration;
mod integer;
mod pattern;
mod text;
mod uuid;

use heck::ToUpperCamelCase;
use openapiv3::{OpenAPI, ReferenceOr, SchemaKind, Type};

pub use pattern::PatternError;

/// A scalar component with a constraint.
pub(crate) struct Scalar {
    /// Name of the Rust type.
    pub(crate) name: String,
    description: String,
    default: Option<serde_json::Value>,
    kind: Kind,
}

enum Kind {
    Integer(integer::Bounds),
    Enumeration(Vec<String>),
    Uuid(String),
    Text(text::Constraints),
}

/// A component that cannot be emitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the component `{component}` cannot be generated: {source}")]
pub struct ScalarError {
    /// Name of the component.
    pub component: String,
    /// Why its pattern cannot be matched.
    pub source: PatternError,
}

/// The scalar components with a constraint, ordered by name.
pub(crate) fn collect(openapi: &OpenAPI) -> Result<Vec<Scalar>, ScalarError> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    let mut scalars = Vec::new();
    for (component, schema) in schemas {
        let ReferenceOr::Item(schema) = schema else { continue };
        let kind = match &schema.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => integer::bounds(integer).map(Kind::Integer),
            SchemaKind::Type(Type::String(string)) => {
                text::kind(string).map_err(|source| ScalarError { component: component.clone(), source })?
            }
            _ => None,
        };
        if let Some(kind) = kind {
            scalars.push(Scalar {
                name: component.to_upper_camel_case(),
                description: schema.schema_data.description.as_deref().unwrap_or_default().trim().to_owned(),
                default: schema.schema_data.default.clone(),
                kind,
            });
        }
    }
    Ok(scalars)
}

/// Why a pattern cannot be matched; `None` when it can.
pub(crate) fn pattern_error(pattern: &str) -> Option<PatternError> {
    pattern::compile(pattern).err()
}

/// The file `scalars.rs`, without its header.
///
/// Written as text: what tells one type from another is little, and the macros of the generated `scalar.rs` and
/// `uuid.rs` do the rest. A syntax tree would cost more than all else here.
pub(crate) fn emit(scalars: &[Scalar]) -> String {
    scalars.iter().map(Scalar::emit).collect::<Vec<_>>().join("\n")
}

impl Scalar {
    fn emit(&self) -> String {
        match &self.kind {
            Kind::Integer(bounds) => integer::emit(self, bounds),
            Kind::Enumeration(values) => enumeration::emit(self, values),
            Kind::Uuid(pattern) => uuid::emit(self, pattern),
            Kind::Text(constraints) => text::emit(self, constraints),
        }
    }

    /// The documented default, as it is told and as it is made.
    fn emit_default(&self, told: &str, value: &str) -> String {
        let Self { name, .. } = self;
        let doc = doc(&format!("The documented default, `{told}`."));
        format!(
            "impl ::std::default::Default for {name} {{
    {doc}    fn default() -> Self {{
        {value}
    }}
}}

"
        )
    }
}

/// A text as documentation, lines and all.
fn doc(text: &str) -> String {
    text.trim().lines().fold(String::new(), |doc, line| {
        // A lone carriage return is no blank to Rust.
        let line = line.replace('\r', " ");
        if line.trim().is_empty() { doc + "///\n" } else { doc + "/// " + line.trim_end() + "\n" }
    })
}
