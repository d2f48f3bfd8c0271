//! One item of the listing, decoded and as sent.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorClass, ItemError};
use crate::types::ServerHyperinstanceResponse;

/// A supernode instance: its fields, by `Deref`, and the JSON that it came as.
///
/// It serializes as that JSON, so that fields which the document does not know survive.
#[derive(Clone)]
pub struct Hyperinstance {
    fields: ServerHyperinstanceResponse,
    raw: Box<RawValue>,
}

impl Hyperinstance {
    /// Decodes the item at a position of its page.
    pub(crate) fn decode(raw: Box<RawValue>, index: usize) -> Result<Self, Error> {
        match serde_json::from_str(raw.get()) {
            Ok(fields) => Ok(Self { fields, raw }),
            Err(error) => {
                let message = format!("item {index} of the page cannot be decoded: {error}");
                let item = ItemError { index, pointer: format!("/data/{index}"), raw };
                Err(Error::new(ErrorClass::Decode, message).with_item(item).with_source(error))
            }
        }
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
