//! What all constrained scalars have in common, given the little that tells one from another.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use super::support::{Violation, deviate};

/// An open enumeration, whose last variant is `Unknown`.
macro_rules! impl_enumeration {
    ($name:ident, $requirement:literal, $($variant:ident $value:literal),* $(,)?) => {
        impl $name {
            /// The documented values, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            fn known(text: &str) -> ::std::option::Option<Self> {
                match text {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl super::scalar::Text for $name {
            fn strict(text: &str) -> ::std::result::Result<Self, super::support::Violation> {
                Self::known(text)
                    .ok_or_else(|| super::support::Violation::new(stringify!($name), "enum", $requirement, text))
            }

            fn kept(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Unknown(super::scalar::Unknown::new(text)))
            }
        }

        super::scalar::impl_text_like!($name, { "type": "string", "enum": [$($value),*] });
    };
}
pub(super) use impl_enumeration;

/// A text with a pattern or bounds on its length, in characters. The struct holds a `SmolStr`.
macro_rules! impl_text {
    (
        $name:ident
        $(, length $least:literal $(..= $most:literal)?)?
        $(, pattern $pattern:literal $kind:ident $table:expr)?
    ) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl super::scalar::Text for $name {
            fn strict(text: &str) -> ::std::result::Result<Self, super::support::Violation> {
                $(super::scalar::impl_text!(@length $name text $least $($most)?);)?
                $({
                    static PATTERN: super::matcher::$kind = $table;
                    if !PATTERN.matches(text) {
                        let requirement = concat!("match ", $pattern);
                        return Err(super::support::Violation::new(stringify!($name), "pattern", requirement, text));
                    }
                })?
                Ok(Self(text.into()))
            }

            fn kept(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        super::scalar::impl_text_like!($name, {
            "type": "string",
            $("minLength": $least, $("maxLength": $most,)?)?
            $("pattern": $pattern,)?
        });
    };
    (@length $name:ident $text:ident $least:literal) => {
        if !super::matcher::has_length($text, $least, usize::MAX) {
            let requirement = concat!("have at least ", $least, " characters");
            return Err(super::support::Violation::new(stringify!($name), "minLength", requirement, $text));
        }
    };
    (@length $name:ident $text:ident $least:literal $most:literal) => {
        if !super::matcher::has_length($text, $least, $most) {
            let keyword = if $text.chars().count() < $least { "minLength" } else { "maxLength" };
            let requirement = concat!("have ", $least, " to ", $most, " characters");
            return Err(super::support::Violation::new(stringify!($name), keyword, requirement, $text));
        }
    };
}
pub(super) use impl_text;

/// What every type has that is a string on the wire, given `Text` and `as_str`.
macro_rules! impl_text_like {
    ($name:ident, $schema:tt) => {
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        super::scalar::impl_from_text!($name, $schema);
    };
}
pub(super) use impl_text_like;

/// What every type has that is read from a string, given `Text`.
macro_rules! impl_from_text {
    ($name:ident, $schema:tt) => {
        super::scalar::impl_from_text!(@try_from $name, &str);
        super::scalar::impl_from_text!(@try_from $name, &::std::string::String);
        super::scalar::impl_from_text!(@try_from $name, ::std::string::String);

        impl ::std::str::FromStr for $name {
            type Err = super::support::Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, super::support::Violation> {
                <Self as super::scalar::Text>::strict(text)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                super::scalar::deserialize_text(deserializer)
            }
        }

        super::scalar::impl_json_schema!($name, $schema);
    };
    (@try_from $name:ident, $from:ty) => {
        impl ::std::convert::TryFrom<$from> for $name {
            type Error = super::support::Violation;

            fn try_from(text: $from) -> ::std::result::Result<Self, super::support::Violation> {
                text.parse()
            }
        }
    };
}
pub(super) use impl_from_text;

/// An integer within bounds, both included. The struct holds an `i64`.
macro_rules! impl_integer {
    ($name:ident, $minimum:literal..=$maximum:literal $(, multiple of $factor:literal)?) => {
        impl $name {
            /// The smallest value.
            pub const MIN: Self = Self($minimum);
            /// The largest value.
            pub const MAX: Self = Self($maximum);

            /// The value as a plain integer.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl super::scalar::Integer for $name {
            const NAME: &'static str = stringify!($name);
            const REQUIREMENT: &'static str =
                concat!("be an integer from ", $minimum, " to ", $maximum $(, ", a multiple of ", $factor)?);

            fn kept(value: i64) -> Self {
                Self(value)
            }

            fn broken(value: i64) -> ::std::option::Option<&'static str> {
                if value < $minimum {
                    return Some("minimum");
                }
                if value > $maximum {
                    return Some("maximum");
                }
                $(if value % $factor != 0 {
                    return Some("multipleOf");
                })?
                None
            }
        }

        super::scalar::impl_integer!(@try_from $name, i32 i64 u32 u64 usize);

        impl ::std::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = super::support::Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, super::support::Violation> {
                super::scalar::integer_from_text(text)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                super::scalar::deserialize_integer(deserializer)
            }
        }

        super::scalar::impl_json_schema!($name, {
            "type": "integer",
            $("multipleOf": $factor,)?
            "minimum": $minimum,
            "maximum": $maximum,
        });
    };
    (@try_from $name:ident, $($from:ident)*) => {$(
        impl ::std::convert::TryFrom<$from> for $name {
            type Error = super::support::Violation;

            fn try_from(value: $from) -> ::std::result::Result<Self, super::support::Violation> {
                super::scalar::integer(value)
            }
        }
    )*};
}
pub(super) use impl_integer;

/// Implements `JsonSchema`, behind feature `schemars`.
macro_rules! impl_json_schema {
    ($name:ident, $schema:tt) => {
        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!($schema)
            }
        }
    };
}
pub(super) use impl_json_schema;

/// A type that is a string on the wire.
pub(super) trait Text: Sized {
    /// The value of a text that the document allows.
    fn strict(text: &str) -> Result<Self, Violation>;

    /// The value of any text, kept as it is.
    fn kept(text: &str) -> Self;
}

/// Reads a string, strictly or tolerantly as the scope has it.
pub(super) fn deserialize_text<'de, T: Text, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::strict(text).or_else(|violation| {
            deviate(violation).map_err(E::custom)?;
            Ok(T::kept(text))
        })
    }
}

/// A value of an enumeration that the document does not list, as it was sent. Nothing outside this module makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(Box<Box<str>>);

impl Unknown {
    pub(super) fn new(text: &str) -> Self {
        // Boxed twice, so that the enumerations around it are one pointer wide.
        Self(Box::new(text.into()))
    }

    /// The value as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A type that is a bounded integer.
pub(super) trait Integer: Sized {
    const NAME: &'static str;
    const REQUIREMENT: &'static str;

    /// The value of any integer, kept as it is.
    fn kept(value: i64) -> Self;

    /// The keyword that an integer breaks.
    fn broken(value: i64) -> Option<&'static str>;
}

/// An integer of any width as a bounded one.
pub(super) fn integer<T: Integer, N: TryInto<i64> + fmt::Display + Copy>(number: N) -> Result<T, Violation> {
    let violation = |keyword| Violation::new(T::NAME, keyword, T::REQUIREMENT, number);
    // Only what is too large for 64 bits with a sign does not convert.
    let value: i64 = number.try_into().map_err(|_| violation("maximum"))?;
    match T::broken(value) {
        None => Ok(T::kept(value)),
        Some(keyword) => Err(violation(keyword)),
    }
}

/// A bounded integer from its decimal form.
pub(super) fn integer_from_text<T: Integer>(text: &str) -> Result<T, Violation> {
    let value: i64 = text.parse().map_err(|_| Violation::new(T::NAME, "type", T::REQUIREMENT, text))?;
    integer(value)
}

/// Reads an integer, strictly or tolerantly as the scope has it.
pub(super) fn deserialize_integer<'de, T: Integer, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = i64::deserialize(deserializer)?;
    integer(value).or_else(|violation| {
        deviate(violation).map_err(D::Error::custom)?;
        Ok(T::kept(value))
    })
}
