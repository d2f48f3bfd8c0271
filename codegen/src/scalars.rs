//! Emits a type for each integer component that has bounds.
//!
//! Why: the generator knows bounds only as a choice of width. `minimum: 1` becomes a non-zero integer that takes 5000
//! where the document says at most 1024, and `minimum: 0` on an `int32` becomes an `i32` that takes -1.

use openapiv3::{IntegerFormat, IntegerType, OpenAPI, ReferenceOr, SchemaKind, Type, VariantOrUnknownOrEmpty};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// A component schema that is a bounded integer.
pub(crate) struct BoundedInteger {
    /// Name of the component, which is the name of the Rust type.
    pub(crate) name: String,
    description: String,
    wide: bool,
    minimum: i64,
    maximum: i64,
    default: Option<i64>,
}

/// The integer components with at least one bound, in the order of the document.
pub(crate) fn bounded_integers(openapi: &OpenAPI) -> Vec<BoundedInteger> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    schemas
        .filter_map(|(name, schema)| {
            let ReferenceOr::Item(schema) = schema else { return None };
            let SchemaKind::Type(Type::Integer(integer)) = &schema.schema_kind else { return None };
            let (minimum, maximum) = bounds(integer)?;
            Some(BoundedInteger {
                name: name.clone(),
                description: schema.schema_data.description.clone().unwrap_or_default().trim().to_owned(),
                wide: i32::try_from(minimum).is_err() || i32::try_from(maximum).is_err(),
                minimum,
                maximum,
                default: schema.schema_data.default.as_ref().and_then(serde_json::Value::as_i64),
            })
        })
        .collect()
}

/// Both bounds, the format's own where the schema has none; `None` when the schema has neither.
fn bounds(integer: &IntegerType) -> Option<(i64, i64)> {
    if integer.minimum.is_none() && integer.maximum.is_none() {
        return None;
    }
    let (lowest, highest) = match integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let minimum = integer.minimum.map_or(lowest, |bound| bound.saturating_add(i64::from(integer.exclusive_minimum)));
    let maximum = integer.maximum.map_or(highest, |bound| bound.saturating_sub(i64::from(integer.exclusive_maximum)));
    Some((minimum, maximum))
}

/// The file `scalars.rs`.
pub(crate) fn emit(integers: &[BoundedInteger]) -> TokenStream {
    let types = integers.iter().map(BoundedInteger::emit);
    // A document without bounded integers needs no error type for them.
    let error = (!integers.is_empty()).then(out_of_range);
    quote! { #error #(#types)* }
}

fn out_of_range() -> TokenStream {
    quote! {
        /// An integer that its type does not hold.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct OutOfRange {
            type_name: &'static str,
            minimum: i64,
            maximum: i64,
            value: ::std::string::String,
        }

        impl OutOfRange {
            fn new(type_name: &'static str, minimum: i64, maximum: i64, value: impl ::std::fmt::Display) -> Self {
                Self { type_name, minimum, maximum, value: value.to_string() }
            }

            /// Name of the type that refused the value.
            pub fn type_name(&self) -> &'static str {
                self.type_name
            }

            /// The value as it was given.
            pub fn value(&self) -> &str {
                &self.value
            }
        }

        impl ::std::fmt::Display for OutOfRange {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(
                    f,
                    "{} must be an integer from {} to {}, not `{}`",
                    self.type_name, self.minimum, self.maximum, self.value,
                )
            }
        }

        impl ::std::error::Error for OutOfRange {}

        impl ::std::convert::From<::std::convert::Infallible> for OutOfRange {
            fn from(never: ::std::convert::Infallible) -> Self {
                match never {}
            }
        }
    }
}

impl BoundedInteger {
    fn emit(&self) -> TokenStream {
        let name = format_ident!("{}", self.name);
        let type_name = &self.name;
        let repr = if self.wide { quote!(i64) } else { quote!(i32) };
        let literal = |value: i64| {
            if self.wide {
                Literal::i64_suffixed(value)
            } else {
                Literal::i32_suffixed(i32::try_from(value).expect("checked by `wide`"))
            }
        };
        let (minimum, maximum) = (literal(self.minimum), literal(self.maximum));
        let doc = format!("{}\n\nAn integer from {} to {}.", self.description, self.minimum, self.maximum);
        let default = self.default.map(|default| {
            let value = literal(default);
            let doc = format!("The documented default, {default}.");
            quote! {
                impl ::std::default::Default for #name {
                    #[doc = #doc]
                    fn default() -> Self {
                        Self(#value)
                    }
                }
            }
        });
        let conversions = ["i32", "i64", "u32", "u64", "usize"].map(|from| {
            let from = format_ident!("{from}");
            quote! {
                impl ::std::convert::TryFrom<#from> for #name {
                    type Error = OutOfRange;

                    fn try_from(value: #from) -> ::std::result::Result<Self, OutOfRange> {
                        #repr::try_from(value)
                            .ok()
                            .filter(|value| (Self::MIN.0..=Self::MAX.0).contains(value))
                            .map(Self)
                            .ok_or_else(|| Self::refuse(value))
                    }
                }
            }
        });
        quote! {
            #[doc = #doc]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize)]
            #[serde(transparent)]
            pub struct #name(#repr);

            impl #name {
                /// The smallest value.
                pub const MIN: Self = Self(#minimum);
                /// The largest value.
                pub const MAX: Self = Self(#maximum);

                /// The value as a plain integer.
                pub const fn get(self) -> #repr {
                    self.0
                }

                fn refuse(value: impl ::std::fmt::Display) -> OutOfRange {
                    OutOfRange::new(#type_name, Self::MIN.0.into(), Self::MAX.0.into(), value)
                }
            }

            #default

            #(#conversions)*

            impl ::std::convert::From<#name> for #repr {
                fn from(value: #name) -> Self {
                    value.0
                }
            }

            impl ::std::str::FromStr for #name {
                type Err = OutOfRange;

                fn from_str(text: &str) -> ::std::result::Result<Self, OutOfRange> {
                    text.parse::<i64>().map_err(|_| Self::refuse(text))?.try_into()
                }
            }

            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Display::fmt(&self.0, f)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    let value: i64 = ::serde::Deserialize::deserialize(deserializer)?;
                    value.try_into().map_err(::serde::de::Error::custom)
                }
            }
        }
    }
}
