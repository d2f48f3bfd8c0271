//! Changes to a document before code is generated from it. The checks of a document and its JSON Schemas see what the
//! author wrote; only generation sees the result of these.
//!
//! A pass says why it exists, and one that is asked for and matches nothing is an error: it is either dead or misspelt.

mod envelope;
mod hoist;
mod optional_collections;
mod plain_types;

pub(crate) use envelope::component_name as envelope_component;
use openapiv3::OpenAPI;
use serde_json::Value;

use crate::settings::Settings;

/// A pass that found nothing to do, which means that it or the document is out of date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pass `{pass}` matched nothing: {expected}; correct the setting or remove the pass")]
pub struct PassError {
    /// Name of the pass.
    pub pass: &'static str,
    /// What it looked for.
    pub expected: String,
}

/// Gives every constrained schema a name; what the document says does not change.
pub(crate) fn name_schemas(document: &mut Value) {
    hoist::apply(document);
}

/// Removes what the generator would misunderstand and other code takes care of.
pub(crate) fn simplify(document: &mut Value) {
    plain_types::apply(document);
}

/// Runs the passes over the typed document, in order.
pub(crate) fn apply(openapi: &mut OpenAPI, settings: &Settings) -> Result<(), PassError> {
    optional_collections::apply(openapi);
    for envelope in &settings.envelopes {
        envelope::apply(openapi, envelope)?;
    }
    Ok(())
}
