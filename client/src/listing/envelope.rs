//! The body of a page, taken apart no further than to its items.
//!
//! The generated type would decode the whole body or fail as a whole. This one leaves each item, and each other member,
//! as the JSON it came as: an item that cannot be decoded hides no other, and nothing is lost.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::generated::support::{self, Drift, ReadError};
use crate::types::ListHyperinstancesResponse;

/// A page as received.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// The items; an absent or null `data` has none.
    pub(crate) data: Vec<Box<RawValue>>,
    /// Every other member.
    pub(crate) rest: BTreeMap<String, Box<RawValue>>,
}

impl Envelope {
    /// A member that counts something; absent when it is no such number.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        serde_json::from_str(self.rest.get(name)?.get()).ok()
    }

    /// Where the members beside the items deviate from the document.
    pub(crate) fn drift(&self) -> Vec<Drift> {
        let rest = serde_json::to_string(&self.rest).expect("raw JSON and its names serialize");
        match support::read::<ListHyperinstancesResponse>(&rest) {
            Ok((_, drift)) => drift,
            // A member of another type counts as absent, see above; there is no more to tell than where it is.
            Err(ReadError { pointer, .. }) => {
                let value = self.rest.get(pointer.trim_start_matches('/')).map_or("", |value| value.get());
                vec![Drift { pointer, keyword: "type", requirement: "be an integer", value: value.to_owned() }]
            }
        }
    }
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor)
    }
}

struct EnvelopeVisitor;

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a listing")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let mut envelope = Envelope { data: Vec::new(), rest: BTreeMap::new() };
        while let Some(name) = map.next_key::<String>()? {
            if name == "data" {
                envelope.data = map.next_value::<Option<_>>()?.unwrap_or_default();
            } else {
                envelope.rest.insert(name, map.next_value()?);
            }
        }
        Ok(envelope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Envelope, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn items_and_unknown_members_are_kept_as_sent() {
        let envelope = read(r#"{"total": 2, "data": [{"id": "a", "x":1.0}, 7], "new": {"y": [1e400]}}"#).unwrap();
        assert_eq!(envelope.data.iter().map(|item| item.get()).collect::<Vec<_>>(), [r#"{"id": "a", "x":1.0}"#, "7"]);
        assert_eq!(envelope.rest["new"].get(), r#"{"y": [1e400]}"#);
        assert_eq!(envelope.count("total"), Some(2));
    }

    #[test]
    fn what_is_not_a_count_counts_as_absent() {
        let envelope = read(r#"{"total": "2", "pages": -1, "size": null, "data": null}"#).unwrap();
        assert_eq!(
            [envelope.count("total"), envelope.count("pages"), envelope.count("size"), envelope.count("x")],
            [None; 4]
        );
        assert!(envelope.data.is_empty());
    }

    #[test]
    fn items_that_are_no_list_are_an_error() {
        assert!(read(r#"{"data": {}}"#).is_err());
    }
}
