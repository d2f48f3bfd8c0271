//! One item of the listing, decoded and as sent.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Conformance;
use crate::error::{Error, ErrorClass, ItemError};
use crate::generated::support::{self, Drift, ReadError};
use crate::types::ServerHyperinstanceResponse;

/// A supernode instance: its fields, by `Deref`, and the JSON that it came as.
///
/// It serializes as that JSON, so that fields which the document does not know survive.
#[derive(Clone)]
pub struct Hyperinstance {
    fields: ServerHyperinstanceResponse,
    raw: Box<RawValue>,
    drift: Vec<Drift>,
}

impl Hyperinstance {
    /// Decodes the item at a position of its page.
    pub(crate) fn decode(raw: Box<RawValue>, index: usize, conformance: Conformance) -> Result<Self, Error> {
        let at = |pointer: &str| format!("/data/{index}{pointer}");
        match support::read(raw.get()) {
            Ok((fields, mut drift)) => {
                for deviation in &mut drift {
                    deviation.pointer = at(&deviation.pointer);
                }
                if conformance == Conformance::Strict && !drift.is_empty() {
                    let message = format!("item {index} of the page deviates from the document: {}", told(&drift));
                    let item = ItemError { index, pointer: at(""), raw, drift };
                    return Err(Error::new(ErrorClass::Decode, message).with_item(item));
                }
                Ok(Self { fields, raw, drift })
            }
            Err(ReadError { pointer, source }) => {
                let pointer = at(&pointer);
                let message = format!("item {index} of the page cannot be decoded at {pointer}: {source}");
                let item = ItemError { index, pointer, raw, drift: Vec::new() };
                Err(Error::new(ErrorClass::Decode, message).with_item(item).with_source(source))
            }
        }
    }

    /// Where the instance deviates from the document: values outside their pattern, range or enumeration, and fields
    /// that the document does not know. Mostly empty.
    #[must_use]
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// The instance as the server sent it, unknown fields included.
    #[must_use]
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }

    /// The decoded fields alone.
    #[must_use]
    pub fn into_fields(self) -> ServerHyperinstanceResponse {
        self.fields
    }
}

impl Deref for Hyperinstance {
    type Target = ServerHyperinstanceResponse;

    fn deref(&self) -> &ServerHyperinstanceResponse {
        &self.fields
    }
}

impl Serialize for Hyperinstance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

impl fmt::Debug for Hyperinstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields.fmt(f)
    }
}

/// The first deviations, for a message.
fn told(drift: &[Drift]) -> String {
    const TOLD: usize = 3;
    let mut text: Vec<String> = drift.iter().take(TOLD).map(ToString::to_string).collect();
    if drift.len() > TOLD {
        text.push(format!("and {} more", drift.len() - TOLD));
    }
    text.join("; ")
}
