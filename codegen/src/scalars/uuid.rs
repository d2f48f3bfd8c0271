//! UUIDs of the page's pattern: sixteen bytes instead of a text on the heap.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scalar, text};

pub(super) fn emit(scalar: &Scalar, pattern: &str) -> TokenStream {
    let (name, type_name) = (scalar.ident(), &scalar.name);
    let doc = format!("{}\n\nA text that matches `{pattern}`, held as 16 bytes.", scalar.description);
    let requirement = format!("match {pattern}");
    let common = text::common(scalar, &quote!("pattern": #pattern,));
    quote! {
        #[doc = #doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(uuid::Repr);

        impl #name {
            /// The sixteen bytes; `None` for what was received where data is read tolerantly, and is no such UUID.
            pub fn as_bytes(&self) -> ::std::option::Option<[u8; 16]> {
                match &self.0 {
                    uuid::Repr::Valid(uuid) => Some(uuid.bytes()),
                    uuid::Repr::Odd(_) => None,
                }
            }
        }

        impl support::Text for #name {
            fn strict(text: &str) -> ::std::result::Result<Self, Violation> {
                uuid::parse(text)
                    .map(|uuid| Self(uuid::Repr::Valid(uuid)))
                    .ok_or_else(|| Violation::new(#type_name, "pattern", #requirement, text))
            }

            fn kept(text: &str) -> Self {
                Self(uuid::parse(text).map_or_else(|| uuid::Repr::Odd(::std::boxed::Box::new(text.into())), uuid::Repr::Valid))
            }
        }

        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self.0.text(&mut [0; 36]), f)
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.0.text(&mut [0; 36]))
            }
        }

        impl ::std::convert::From<#name> for ::std::string::String {
            fn from(value: #name) -> Self {
                value.to_string()
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.text(&mut [0; 36]))
            }
        }

        #common
    }
}
