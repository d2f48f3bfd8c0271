//! Strings with a pattern or bounds on their length, and what all types share that are strings on the wire.

use openapiv3::StringType;
use proc_macro2::TokenStream;
use quote::quote;

use super::pattern::{self, Matcher, PatternError};
use super::{Kind, Scalar};

/// What a string must be.
pub(super) struct Constraints {
    pattern: Option<(String, Matcher)>,
    length: Option<(usize, usize)>,
}

/// What kind of scalar a string is; `None` without a constraint.
pub(super) fn kind(string: &StringType) -> Result<Option<Kind>, PatternError> {
    if !string.enumeration.is_empty() {
        let mut values: Vec<String> = string.enumeration.iter().flatten().cloned().collect();
        if let Some(pattern) = &string.pattern {
            let pattern = pattern::compile(pattern)?;
            values.retain(|value| pattern.accepts(value));
        }
        values
            .retain(|value| length(string).is_none_or(|(least, most)| (least..=most).contains(&value.chars().count())));
        return Ok(Some(Kind::Enumeration(values)));
    }
    let matcher = string.pattern.as_deref().map(pattern::compile).transpose()?;
    Ok(match (&string.pattern, matcher, length(string)) {
        (Some(pattern), Some(Matcher::Uuid), None) => Some(Kind::Uuid(pattern.clone())),
        (None, _, None) => None,
        (pattern, matcher, length) => Some(Kind::Text(Constraints { pattern: pattern.clone().zip(matcher), length })),
    })
}

fn length(string: &StringType) -> Option<(usize, usize)> {
    if string.min_length.is_none() && string.max_length.is_none() {
        return None;
    }
    Some((string.min_length.unwrap_or(0), string.max_length.unwrap_or(usize::MAX)))
}

pub(super) fn emit(scalar: &Scalar, constraints: &Constraints) -> TokenStream {
    let (name, type_name) = (scalar.ident(), &scalar.name);
    let mut docs = vec![scalar.description.clone()];
    let mut checks = TokenStream::new();
    let mut schema = TokenStream::new();
    if let Some((least, most)) = constraints.length {
        let (keywords, requirement) = length_requirement(least, most);
        docs.push(format!("A text that must {requirement}."));
        checks.extend(quote! {
            if !matcher::has_length(text, #least, #most) {
                let keyword = if text.chars().count() < #least { "minLength" } else { "maxLength" };
                return Err(Violation::new(#type_name, keyword, #requirement, text));
            }
        });
        schema.extend(keywords);
    }
    if let Some((pattern, matcher)) = &constraints.pattern {
        let requirement = format!("match {pattern}");
        docs.push(format!("A text that matches `{pattern}`."));
        let (kind, table) = matcher.emit();
        checks.extend(quote! {
            static PATTERN: matcher::#kind = #table;
            if !PATTERN.matches(text) {
                return Err(Violation::new(#type_name, "pattern", #requirement, text));
            }
        });
        schema.extend(quote!("pattern": #pattern,));
    }
    let doc = docs.join("\n\n");
    let common = common(scalar, &schema);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(::smol_str::SmolStr);

        impl #name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl support::Text for #name {
            fn strict(text: &str) -> ::std::result::Result<Self, Violation> {
                #checks
                Ok(Self(text.into()))
            }

            fn kept(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::std::ops::Deref for #name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<#name> for ::std::string::String {
            fn from(value: #name) -> Self {
                value.0.into()
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        #common
    }
}

fn length_requirement(least: usize, most: usize) -> (TokenStream, String) {
    if most == usize::MAX {
        (quote!("minLength": #least,), format!("have at least {least} characters"))
    } else {
        (quote!("minLength": #least, "maxLength": #most,), format!("have {least} to {most} characters"))
    }
}

/// What every type has that is a string on the wire, given `support::Text`.
pub(super) fn common(scalar: &Scalar, schema: &TokenStream) -> TokenStream {
    let (name, type_name) = (scalar.ident(), &scalar.name);
    let conversions = [quote!(&str), quote!(&::std::string::String), quote!(::std::string::String)].map(|from| {
        quote! {
            impl ::std::convert::TryFrom<#from> for #name {
                type Error = Violation;

                fn try_from(text: #from) -> ::std::result::Result<Self, Violation> {
                    text.parse()
                }
            }
        }
    });
    let default = scalar.default.as_ref().and_then(serde_json::Value::as_str).map(|default| {
        let doc = format!("The documented default, `{default}`.");
        quote! {
            impl ::std::default::Default for #name {
                #[doc = #doc]
                fn default() -> Self {
                    <Self as support::Text>::kept(#default)
                }
            }
        }
    });
    quote! {
        #default

        #(#conversions)*

        impl ::std::str::FromStr for #name {
            type Err = Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, Violation> {
                <Self as support::Text>::strict(text)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                support::deserialize_text(deserializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #type_name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", #schema })
            }
        }
    }
}
