//! Reading of lists: how many items there may be, and where each stands while it is read.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::object;
use super::support::{Step, Violation, deviate, step};

/// What a list may have, and how many items the last one had, which mostly is how many the next one will have.
pub(super) struct Items {
    type_name: &'static str,
    minimum: usize,
    maximum: usize,
    requirement: &'static str,
    last: AtomicUsize,
}

impl Items {
    /// Any number of items.
    pub(super) const fn new(type_name: &'static str) -> Self {
        Self { type_name, minimum: 0, maximum: usize::MAX, requirement: "", last: AtomicUsize::new(0) }
    }

    pub(super) const fn at_least(self, minimum: usize, requirement: &'static str) -> Self {
        Self { minimum, requirement, ..self }
    }

    pub(super) const fn at_most(self, maximum: usize, requirement: &'static str) -> Self {
        Self { maximum, requirement, ..self }
    }

    fn check<E: serde::de::Error>(&self, name: &'static str, length: usize, locating: bool) -> Result<(), E> {
        let keyword = if length < self.minimum {
            "minItems"
        } else if length > self.maximum {
            "maxItems"
        } else {
            return Ok(());
        };
        let violation = Violation::new(self.type_name, keyword, self.requirement, format_args!("{length} items"));
        step(|| Step::Name(name.into()), locating, || deviate(violation)).map_err(E::custom)
    }
}

/// Reads a list that must be there.
#[inline(always)]
pub(super) fn required<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    items: &Items,
    locating: bool,
) -> Result<Vec<T>, A::Error> {
    let list = step(|| Step::Name(name.into()), locating, || map.next_value_seed(List::new(items, locating)))?;
    items.check(name, list.len(), locating)?;
    Ok(list)
}

/// Reads a list that may be absent. Where it may not be null, null counts as absent and deviates.
#[inline(always)]
pub(super) fn optional<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    items: &Items,
    nullable: bool,
    locating: bool,
) -> Result<Option<Vec<T>>, A::Error> {
    let list = step(
        || Step::Name(name.into()),
        locating,
        || {
            let list = map.next_value_seed(OptionalList(List::new(items, locating)))?;
            if list.is_none() && !nullable {
                deviate(object::null(items.type_name)).map_err(A::Error::custom)?;
            }
            Ok(list)
        },
    )?;
    if let Some(list) = &list {
        items.check(name, list.len(), locating)?;
    }
    Ok(list)
}

/// Reads a list whose items know their position while they are read.
struct List<'i, T> {
    items: &'i Items,
    locating: bool,
    item: PhantomData<T>,
}

impl<'i, T> List<'i, T> {
    fn new(items: &'i Items, locating: bool) -> Self {
        Self { items, locating, item: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        /// Largest list that is made room for before its items are seen, in bytes.
        const MOST: usize = 64 << 10;
        let most = MOST / size_of::<T>().max(1);
        let mut list = Vec::with_capacity(self.items.last.load(Ordering::Relaxed).min(most));
        while let Some(item) = step(|| Step::Index(list.len()), self.locating, || seq.next_element())? {
            list.push(item);
        }
        if list.len() < list.capacity() {
            // What the list grew to beyond its items is given back.
            list.shrink_to_fit();
        }
        self.items.last.store(list.len(), Ordering::Relaxed);
        Ok(list)
    }
}

/// The same where null may stand for the list.
struct OptionalList<'i, T>(List<'i, T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for OptionalList<'_, T> {
    type Value = Option<Vec<T>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalList<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}
