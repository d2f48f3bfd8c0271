//! Enumerations, open at the reading end: a value newer than the document is kept, and written back as it came.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::{Scalar, text};

pub(super) fn emit(scalar: &Scalar, values: &[String]) -> TokenStream {
    let (name, type_name) = (scalar.ident(), &scalar.name);
    let variants = variants(values);
    let docs = values.iter().map(|value| format!("`{value}`"));
    let requirement = format!("be one of {}", values.join(", "));
    let common = text::common(scalar, &quote!("enum": [#(#values),*],));
    let description = &scalar.description;
    quote! {
        #[doc = #description]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
            /// A value that the document does not list. It only comes from data that is read tolerantly.
            Unknown(support::Unknown),
        }

        impl #name {
            /// The documented values, in the order of the document.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            fn known(text: &str) -> ::std::option::Option<Self> {
                match text {
                    #(#values => Some(Self::#variants),)*
                    _ => None,
                }
            }
        }

        impl support::Text for #name {
            fn strict(text: &str) -> ::std::result::Result<Self, Violation> {
                Self::known(text).ok_or_else(|| Violation::new(#type_name, "enum", #requirement, text))
            }

            fn kept(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Unknown(support::Unknown::new(text)))
            }
        }

        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #common
    }
}

/// A name for each value, all different, none of them `Unknown`.
fn variants(values: &[String]) -> Vec<Ident> {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    values
        .iter()
        .map(|value| {
            let mut name: String = value.to_upper_camel_case().chars().filter(|c| c.is_alphanumeric()).collect();
            if !name.starts_with(|first: char| first.is_alphabetic()) {
                name.insert(0, 'V');
            }
            if name == "Self" {
                name.push('_');
            }
            let mut unique = name.clone();
            for number in 2.. {
                if taken.insert(unique.clone()) {
                    break;
                }
                unique = format!("{name}{number}");
            }
            syn::parse_str(&unique).unwrap_or_else(|_| format_ident!("V{}", taken.len(), span = Span::call_site()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_gets_a_name_of_its_own() {
        let values = ["a", "A", "a b", "1", "", "self", "unknown", "r#x", "CREATE_FAILED", "createTime", "é", "+", "-"];
        let names: Vec<_> = variants(&values.map(str::to_owned)).iter().map(ToString::to_string).collect();
        assert_eq!(
            names,
            ["A", "A2", "AB", "V1", "V", "Self_", "Unknown2", "RX", "CreateFailed", "CreateTime", "É", "V2", "V3"],
        );
    }
}
