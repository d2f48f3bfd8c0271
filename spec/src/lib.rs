//! The OpenAPI document of the ModelArts supernode listing and its evidence, as data.
//!
//! This crate holds text and does nothing with it: the document, the documented and hand-made exchanges, and the
//! JSON Schemas derived from the document. Who wants to read them brings a parser.

/// The hand-written OpenAPI 3.0.3 document, as YAML.
pub const OPENAPI: &str = include_str!("../openapi.yaml");

/// The documented request of the listing, as a request line with the document's placeholders.
pub const REQUEST: &str = include_str!("../examples/ListHyperinstances/request.http");

/// A request of the listing with every parameter.
pub const FULL_REQUEST: &str = include_str!("../examples/ListHyperinstances/request-full.http");

/// What witnesses say of the operation, as YAML: the vendor's page, its SDK, its guides, and what was decided where they
/// contradict each other.
pub mod evidence {
    /// Every row of the vendor's API page.
    pub const PAGE: &str = include_str!("../evidence/page.yaml");
    /// The models, enumerations and endpoints of the vendor's SDK.
    pub const SDK: &str = include_str!("../evidence/sdk.yaml");
    /// Authentication and regions.
    pub const GATEWAY: &str = include_str!("../evidence/gateway.yaml");
    /// Every contradiction, with the decision and its reason.
    pub const CONFLICTS: &str = include_str!("../evidence/conflicts.yaml");
}

/// One response of the service, from `examples/<operation>/<status>[-case].json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The `operationId` that it answers.
    pub operation: &'static str,
    /// HTTP status that it comes with.
    pub status: u16,
    /// What tells it from others of the same status; the documented exchange has none.
    pub case: Option<&'static str>,
    /// Where it stands, relative to this crate.
    pub path: &'static str,
    /// The body, JSON as received.
    pub body: &'static str,
}

/// The JSON Schema (2020-12) of one component of the document, self-contained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// Name of the component.
    pub name: &'static str,
    /// The schema as JSON.
    pub text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/index.rs"));

/// All examples, ordered by operation and file name.
#[must_use]
pub fn examples() -> &'static [Example] {
    EXAMPLES
}

/// The example of an operation for a status and case.
#[must_use]
pub fn example(operation: &str, status: u16, case: Option<&str>) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.operation == operation && example.status == status && example.case == case)
}

/// All JSON Schemas, ordered by name.
#[must_use]
pub fn schemas() -> &'static [Schema] {
    SCHEMAS
}

/// The JSON Schema of a component, by its name in the document.
#[must_use]
pub fn schema(name: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.name == name)
}
