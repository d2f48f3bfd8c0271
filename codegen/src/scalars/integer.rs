//! Integers with bounds.

use openapiv3::{IntegerFormat, IntegerType, VariantOrUnknownOrEmpty};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Scalar;

/// The values that an integer may have, both ends included.
pub(super) struct Bounds {
    minimum: i64,
    maximum: i64,
    multiple_of: Option<i64>,
}

/// Both bounds, the format's own where the schema has none; `None` when the schema has no constraint.
pub(super) fn bounds(integer: &IntegerType) -> Option<Bounds> {
    if integer.minimum.is_none() && integer.maximum.is_none() && integer.multiple_of.is_none() {
        return None;
    }
    let (lowest, highest) = match integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    Some(Bounds {
        minimum: integer.minimum.map_or(lowest, |bound| bound.saturating_add(i64::from(integer.exclusive_minimum))),
        maximum: integer.maximum.map_or(highest, |bound| bound.saturating_sub(i64::from(integer.exclusive_maximum))),
        multiple_of: integer.multiple_of.filter(|factor| *factor > 1),
    })
}

pub(super) fn emit(scalar: &Scalar, bounds: &Bounds) -> TokenStream {
    let (name, type_name) = (scalar.ident(), &scalar.name);
    let Bounds { minimum, maximum, multiple_of } = bounds;
    let factor = multiple_of.map(|factor| format!(", a multiple of {factor}")).unwrap_or_default();
    let requirement = format!("be an integer from {minimum} to {maximum}{factor}");
    let doc = format!("{}\n\nAn integer from {minimum} to {maximum}{factor}.", scalar.description);
    let factor = multiple_of.unwrap_or(1);
    let default = scalar.default.as_ref().and_then(serde_json::Value::as_i64).map(|default| {
        let doc = format!("The documented default, {default}.");
        quote! {
            impl ::std::default::Default for #name {
                #[doc = #doc]
                fn default() -> Self {
                    Self(#default)
                }
            }
        }
    });
    let conversions = ["i32", "i64", "u32", "u64", "usize"].map(|from| {
        let from = format_ident!("{from}");
        quote! {
            impl ::std::convert::TryFrom<#from> for #name {
                type Error = Violation;

                fn try_from(value: #from) -> ::std::result::Result<Self, Violation> {
                    support::integer(value)
                }
            }
        }
    });
    let schema_factor = (factor > 1).then(|| quote!("multipleOf": #factor,));
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize)]
        #[serde(transparent)]
        pub struct #name(i64);

        impl #name {
            /// The smallest value.
            pub const MIN: Self = Self(#minimum);
            /// The largest value.
            pub const MAX: Self = Self(#maximum);

            /// The value as a plain integer.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl support::Integer for #name {
            const NAME: &'static str = #type_name;
            const REQUIREMENT: &'static str = #requirement;

            fn kept(value: i64) -> Self {
                Self(value)
            }

            fn broken(value: i64) -> ::std::option::Option<&'static str> {
                if value < #minimum {
                    Some("minimum")
                } else if value > #maximum {
                    Some("maximum")
                } else if value % #factor != 0 {
                    Some("multipleOf")
                } else {
                    None
                }
            }
        }

        #default

        #(#conversions)*

        impl ::std::convert::From<#name> for i64 {
            fn from(value: #name) -> Self {
                value.0
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, Violation> {
                support::integer_from_text(text)
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                support::deserialize_integer(deserializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #type_name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "integer", #schema_factor "minimum": #minimum, "maximum": #maximum })
            }
        }
    }
}
