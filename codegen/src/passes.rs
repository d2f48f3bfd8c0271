//! Changes to a document before code is generated from it. The checks of a document and its JSON Schemas see what the
//! author wrote; only generation sees the result of these.
//!
//! A pass says why it exists, and one that is asked for and matches nothing is an error: it is either dead or misspelt.

mod envelope;
mod optional_collections;

pub(crate) use envelope::component_name as envelope_component;
use openapiv3::OpenAPI;

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

/// Runs every pass in order.
pub(crate) fn apply(openapi: &mut OpenAPI, settings: &Settings) -> Result<(), PassError> {
    optional_collections::apply(openapi);
    for envelope in &settings.envelopes {
        envelope::apply(openapi, envelope)?;
    }
    Ok(())
}
