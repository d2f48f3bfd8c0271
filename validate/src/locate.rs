//! Where a JSON pointer leads in a text, and which line that is.

use serde::Deserializer as _;
use serde_json::value::RawValue;

use crate::scan::unescaped;

/// Offset of the value that a pointer leads to, within a text that is JSON.
pub(crate) fn offset(text: &str, pointer: &str) -> usize {
    slice(text, pointer).as_ptr().addr() - text.as_ptr().addr()
}

/// The text from the value that a pointer leads to; from its nearest ancestor when it leads nowhere.
pub(crate) fn slice<'t>(text: &'t str, pointer: &str) -> &'t str {
    let mut slice = text.trim_start_matches(BLANKS);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        match child(slice, &token) {
            Some(inner) => slice = inner,
            None => break,
        }
    }
    slice
}

const BLANKS: [char; 4] = [' ', '\n', '\t', '\r'];

/// The text of a member, or of an item.
fn child<'t>(text: &'t str, token: &str) -> Option<&'t str> {
    if text.starts_with('[') {
        let index: usize = token.parse().ok()?;
        let mut found = None;
        each_item(text, |at, item| {
            if at == index {
                found = Some(item);
            }
        });
        return found;
    }
    // The last member of a name is the one that counts.
    members(text)?.into_iter().rev().find(|(name, _)| name == token).map(|(_, value)| value)
}

/// Calls back with each item of a list, and keeps none; false when it is no list.
pub(crate) fn each_item<'t>(text: &'t str, each: impl FnMut(usize, &'t str)) -> bool {
    struct Visitor<F>(F);

    impl<'de, F: FnMut(usize, &'de str)> serde::de::Visitor<'de> for Visitor<F> {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
            let mut index = 0;
            while let Some(item) = seq.next_element::<&RawValue>()? {
                (self.0)(index, item.get());
                index += 1;
            }
            Ok(())
        }
    }

    serde_json::Deserializer::from_str(text).deserialize_seq(Visitor(each)).is_ok()
}

/// The members of an object in their order.
pub(crate) fn members(text: &str) -> Option<Vec<(String, &str)>> {
    let Members(members) = serde_json::from_str(text).ok()?;
    Some(members.into_iter().map(|(name, value)| (name_of(name), value.get())).collect())
}

fn name_of(raw: &RawValue) -> String {
    let written = raw.get();
    unescaped(&written.as_bytes()[1..written.len() - 1])
}

struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}
