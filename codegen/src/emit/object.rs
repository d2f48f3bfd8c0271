//! Reading of objects: one pass over their members, whose names and positions are told where somebody asks for them.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::support::{self, Step, Violation, deviate, step};

/// Implements `Deserialize` and, behind feature `schemars`, `JsonSchema` for a struct. Each line is a field: its number,
/// its name on the wire and in Rust, whether it must be there, and its type, or that of its items with their number.
macro_rules! impl_object {
    (
        $name:ident, closed: $closed:literal;
        $($index:literal $wire:literal $field:ident: $presence:tt $shape:ident $type:ty $(, $least:literal $(..= $most:literal)?)?;)*
    ) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<__D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::std::result::Result<Self, __D::Error> {
                const NAME: &str = stringify!($name);
                const FIELDS: &[&str] = &[$($wire),*];

                fn property(name: &str) -> ::std::option::Option<usize> {
                    match name {
                        $($wire => Some($index),)*
                        _ => None,
                    }
                }

                struct __Visitor;

                impl<'de> ::serde::de::Visitor<'de> for __Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("an object, ", stringify!($name)))
                    }

                    fn visit_map<__A: ::serde::de::MapAccess<'de>>(
                        self,
                        mut map: __A,
                    ) -> ::std::result::Result<$name, __A::Error> {
                        let locating = super::support::locating();
                        let mut seen = [false; FIELDS.len()];
                        $(let mut $field = ::std::option::Option::None;)*
                        while let Some(key) = map.next_key_seed(super::object::KeySeed(property))? {
                            match key {
                                $(super::object::Key::Known($index) => {
                                    if ::std::mem::replace(&mut seen[$index], true) {
                                        super::object::repeated($wire, NAME)?;
                                    }
                                    $field = super::object::impl_object!(
                                        @read map locating $name $wire $presence $shape $type $(, $least $(..= $most)?)?
                                    );
                                })*
                                super::object::Key::Known(_) => {}
                                super::object::Key::Unknown(name) => {
                                    super::object::unknown(&mut map, name, NAME, $closed, locating)?;
                                }
                            }
                        }
                        Ok($name { $($field: super::object::impl_object!(@take $field $wire $presence),)* })
                    }
                }

                deserializer.deserialize_struct(NAME, FIELDS, __Visitor)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let mut schema = super::object::Schema::new($closed);
                $(schema.property(
                    $wire,
                    super::object::impl_object!(@required $presence),
                    super::object::impl_object!(@schema generator $presence $shape $type $(, $least $(..= $most)?)?),
                );)*
                schema.into()
            }
        }
    };

    // The value of a field, as an `Option`. What may be null is one by itself.
    (@read $map:ident $locating:ident $name:ident $wire:literal optional value $type:ty) => {
        super::object::optional::<_, $type>(&mut $map, $wire, concat!(stringify!($name), ".", $wire), $locating)?
    };
    (@read $map:ident $locating:ident $name:ident $wire:literal nullable value $type:ty) => {
        super::object::required::<_, ::std::option::Option<$type>>(&mut $map, $wire, $locating)?
    };
    (@read $map:ident $locating:ident $name:ident $wire:literal $presence:tt value $type:ty) => {
        Some(super::object::required::<_, $type>(&mut $map, $wire, $locating)?)
    };
    (@read $map:ident $locating:ident $name:ident $wire:literal $presence:tt list $type:ty $(, $least:literal $(..= $most:literal)?)?) => {{
        static ITEMS: super::list::Items = super::list::Items::new(concat!(stringify!($name), ".", $wire))
            $(.at_least($least, concat!("have at least ", $least, " items"))$(.at_most($most, concat!("have ", $least, " to ", $most, " items")))?)?;
        super::object::impl_object!(@list $map $locating $wire $presence $type)
    }};
    (@list $map:ident $locating:ident $wire:literal optional $type:ty) => {
        super::list::optional::<_, $type>(&mut $map, $wire, &ITEMS, false, $locating)?
    };
    (@list $map:ident $locating:ident $wire:literal nullable $type:ty) => {
        super::list::optional::<_, $type>(&mut $map, $wire, &ITEMS, true, $locating)?
    };
    (@list $map:ident $locating:ident $wire:literal $presence:tt $type:ty) => {
        Some(super::list::required::<_, $type>(&mut $map, $wire, &ITEMS, $locating)?)
    };

    (@take $field:ident $wire:literal required) => {
        $field.ok_or_else(|| ::serde::de::Error::missing_field($wire))?
    };
    (@take $field:ident $wire:literal (default $default:path)) => {
        $field.unwrap_or_else($default)
    };
    (@take $field:ident $wire:literal $presence:ident) => {
        $field
    };

    (@required required) => { true };
    (@required $presence:tt) => { false };

    (@schema $generator:ident nullable value $type:ty) => {
        $generator.subschema_for::<::std::option::Option<$type>>()
    };
    (@schema $generator:ident $presence:tt value $type:ty) => {
        $generator.subschema_for::<$type>()
    };
    (@schema $generator:ident $presence:tt list $type:ty $(, $least:literal $(..= $most:literal)?)?) => {
        ::schemars::json_schema!({
            "type": super::object::impl_object!(@list_type $presence),
            "items": $generator.subschema_for::<$type>(),
            $("minItems": $least, $("maxItems": $most,)?)?
        })
    };
    (@list_type nullable) => { ["array", "null"] };
    (@list_type $presence:tt) => { "array" };
}
pub(super) use impl_object;

/// Which property a member of an object is.
pub(super) enum Key {
    Known(usize),
    Unknown(String),
}

/// Reads the name of a member by a function that knows the properties.
pub(super) struct KeySeed(pub(super) fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    /// From a reader that knows the properties itself.
    #[inline(always)]
    fn visit_u64<E>(self, index: u64) -> Result<Key, E> {
        Ok(Key::Known(index as usize))
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok((self.0)(name).map_or_else(|| Key::Unknown(name.to_owned()), Key::Known))
    }
}

/// Reads the value of a property that must be there.
#[inline(always)]
pub(super) fn required<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    locating: bool,
) -> Result<T, A::Error> {
    step(|| Step::Name(name.into()), locating, || map.next_value())
}

/// Reads the value of a property that may be absent, but not null: null counts as absent, and deviates.
#[inline(always)]
pub(super) fn optional<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    type_name: &'static str,
    locating: bool,
) -> Result<Option<T>, A::Error> {
    step(
        || Step::Name(name.into()),
        locating,
        || {
            let value: Option<T> = map.next_value()?;
            if value.is_none() {
                deviate(null(type_name)).map_err(A::Error::custom)?;
            }
            Ok(value)
        },
    )
}

pub(super) fn null(type_name: &'static str) -> Violation {
    Violation::new(type_name, "type", "be absent rather than null", "null")
}

/// Skips a member that the document does not know. Strict reading accepts it unless the document is closed;
/// tolerant reading reports it.
pub(super) fn unknown<'de, A: MapAccess<'de>>(
    map: &mut A,
    name: String,
    type_name: &'static str,
    closed: bool,
    locating: bool,
) -> Result<(), A::Error> {
    const KEYWORD: &str = "additionalProperties";
    const REQUIREMENT: &str = "be a field that the document knows";
    let deviates = |value: &str| {
        deviate(Violation::new(type_name, KEYWORD, REQUIREMENT, value)).map_err(A::Error::custom)
    };
    if locating {
        let value: Box<RawValue> = map.next_value()?;
        return step(|| Step::Name(name.into()), locating, || deviates(value.get()));
    }
    map.next_value::<IgnoredAny>()?;
    if closed || !support::strict() { deviates(&name) } else { Ok(()) }
}

/// A member that occurs twice: the later one counts, and that deviates.
pub(super) fn repeated<E: serde::de::Error>(name: &'static str, type_name: &'static str) -> Result<(), E> {
    deviate(Violation::new(type_name, "properties", "have each field once", name)).map_err(E::custom)
}

/// A JSON Schema in the making.
#[cfg(feature = "schemars")]
pub(super) struct Schema {
    properties: ::serde_json::Map<String, ::serde_json::Value>,
    required: Vec<&'static str>,
    closed: bool,
}

#[cfg(feature = "schemars")]
impl Schema {
    pub(super) fn new(closed: bool) -> Self {
        Self { properties: ::serde_json::Map::new(), required: Vec::new(), closed }
    }

    pub(super) fn property(&mut self, name: &'static str, required: bool, schema: ::schemars::Schema) {
        self.properties.insert(name.to_owned(), schema.to_value());
        if required {
            self.required.push(name);
        }
    }
}

#[cfg(feature = "schemars")]
impl From<Schema> for ::schemars::Schema {
    fn from(Schema { properties, required, closed }: Schema) -> Self {
        let mut schema = ::schemars::json_schema!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        if closed {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
        schema
    }
}
