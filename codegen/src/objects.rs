//! Gives each generated struct a `Deserialize` of its own in place of the derived one.
//!
//! Why: the derived one accepts null for whatever is optional, takes an array for an object, drops fields that it does
//! not know without a word, and knows no bounds on lists. It cannot tell where in the data it is, either.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Attribute, Field, Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};

/// Replaces the derived implementations in the items of `types.rs`.
///
/// A struct with a shape that these do not know (flattened maps, tuples) keeps the derived one.
pub(crate) fn replace_deserialize(items: &mut Vec<Item>, facts: &Facts) {
    let mut added = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && let Some(object) = Object::read(item, facts)
        {
            strip_derive(item);
            added.push(object.deserialize());
            added.push(object.json_schema());
        } else if let Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. }) = item
            && attrs.iter().any(derives_deserialize)
        {
            attrs.push(syn::parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
        }
    }
    items.extend(added.into_iter().map(|tokens| syn::parse2(tokens).expect("written above as Rust")));
}

/// What the document says of properties and is no longer seen in the generated types.
pub(crate) struct Facts {
    /// By Rust type and wire name.
    properties: BTreeMap<(String, String), Property>,
}

#[derive(Clone, Copy, Default)]
struct Property {
    nullable: bool,
    items: Option<(usize, usize)>,
}

impl Facts {
    /// Reads the facts of a document in which every object is a component.
    pub(crate) fn read(document: &Value) -> Self {
        let mut properties = BTreeMap::new();
        if let Some(schemas) = document.pointer("/components/schemas").and_then(Value::as_object) {
            for (name, schema) in schemas {
                collect(&name.to_upper_camel_case(), schema, schemas, &mut properties, 0);
            }
        }
        Self { properties }
    }
}

/// The properties of a schema and of those it is merged from.
fn collect(
    type_name: &str,
    schema: &Value,
    schemas: &serde_json::Map<String, Value>,
    properties: &mut BTreeMap<(String, String), Property>,
    depth: usize,
) {
    if depth > 8 {
        return;
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let property = resolve(property, schemas);
        let count = |keyword: &str| property.get(keyword).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let items = (count("minItems").is_some() || count("maxItems").is_some())
            .then(|| (count("minItems").unwrap_or(0), count("maxItems").unwrap_or(usize::MAX)));
        let nullable = property.get("nullable") == Some(&Value::Bool(true));
        properties.insert((type_name.to_owned(), name.clone()), Property { nullable, items });
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(type_name, resolve(part, schemas), schemas, properties, depth + 1);
    }
}

fn resolve<'s>(schema: &'s Value, schemas: &'s serde_json::Map<String, Value>) -> &'s Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next());
    target.and_then(|target| schemas.get(target)).unwrap_or(schema)
}

/// A struct as it is read.
struct Object {
    name: syn::Ident,
    closed: bool,
    fields: Vec<ObjectField>,
}

struct ObjectField {
    ident: syn::Ident,
    wire: String,
    type_: Type,
    presence: Presence,
    facts: Property,
}

enum Presence {
    Required,
    /// `Option<T>`, with `T`.
    Optional(Box<Type>),
    /// Has a default, the path of a function or `Default`.
    Defaulted(TokenStream),
}

impl Object {
    fn read(item: &ItemStruct, facts: &Facts) -> Option<Self> {
        let Fields::Named(fields) = &item.fields else { return None };
        if !item.attrs.iter().any(derives_deserialize) {
            return None;
        }
        let name = item.ident.clone();
        let fields = fields
            .named
            .iter()
            .map(|field| ObjectField::read(&name.to_string(), field, facts))
            .collect::<Option<Vec<_>>>()?;
        let closed = item
            .attrs
            .iter()
            .any(|attribute| serde_words(attribute).iter().any(|(word, _)| word == "deny_unknown_fields"));
        Some(Self { name, closed, fields })
    }

    fn deserialize(&self) -> TokenStream {
        let Self { name, closed, fields } = self;
        let type_name = name.to_string();
        let slots: Vec<_> = (0..fields.len()).map(|index| format_ident!("field{index}")).collect();
        let indexes: Vec<_> = (0..fields.len()).collect();
        let wires: Vec<_> = fields.iter().map(|field| &field.wire).collect();
        let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
        let reads = fields.iter().map(|field| field.read_value(&type_name));
        let values = fields.iter().zip(&slots).map(|(field, slot)| field.take(slot));
        let count = fields.len();
        let expecting = format!("an object, {type_name}");
        quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    const NAME: &str = #type_name;

                    fn property(name: &str) -> ::std::option::Option<usize> {
                        match name {
                            #(#wires => Some(#indexes),)*
                            _ => None,
                        }
                    }

                    struct Visitor;

                    impl<'de> ::serde::de::Visitor<'de> for Visitor {
                        type Value = #name;

                        fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                            f.write_str(#expecting)
                        }

                        fn visit_map<A: ::serde::de::MapAccess<'de>>(
                            self,
                            mut map: A,
                        ) -> ::std::result::Result<#name, A::Error> {
                            let locating = super::support::locating();
                            let mut seen = [false; #count];
                            #(let mut #slots = ::std::option::Option::None;)*
                            while let Some(key) = map.next_key_seed(super::support::KeySeed(property))? {
                                match key {
                                    #(super::support::Key::Known(#indexes) => {
                                        if ::std::mem::replace(&mut seen[#indexes], true) {
                                            super::support::repeated(#wires, NAME)?;
                                        }
                                        #slots = #reads;
                                    })*
                                    super::support::Key::Known(_) => {}
                                    super::support::Key::Unknown(name) => {
                                        super::support::unknown(&mut map, name, NAME, #closed, locating)?;
                                    }
                                }
                            }
                            Ok(#name { #(#idents: #values,)* })
                        }
                    }

                    deserializer.deserialize_map(Visitor)
                }
            }
        }
    }

    fn json_schema(&self) -> TokenStream {
        let Self { name, closed, fields } = self;
        let type_name = name.to_string();
        let properties = fields.iter().map(ObjectField::json_schema);
        let required: Vec<_> = fields
            .iter()
            .filter(|field| matches!(field.presence, Presence::Required))
            .map(|field| &field.wire)
            .collect();
        let required = (!required.is_empty()).then(|| quote!("required": [#(#required),*],));
        let closed = closed.then(|| quote!("additionalProperties": false,));
        quote! {
            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for #name {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    #type_name.into()
                }

                fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    ::schemars::json_schema!({
                        "type": "object",
                        #required
                        #closed
                        "properties": { #(#properties,)* },
                    })
                }
            }
        }
    }
}

impl ObjectField {
    fn read(type_name: &str, field: &Field, facts: &Facts) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut wire = ident.to_string().trim_start_matches("r#").to_owned();
        let mut default = None;
        for (word, value) in field.attrs.iter().flat_map(serde_words) {
            match (word.as_str(), value) {
                ("rename", Some(name)) => wire = name,
                ("default", Some(path)) => {
                    let path: syn::Path = syn::parse_str(&path).ok()?;
                    default = Some(quote!(#path()));
                }
                ("default", None) => default = Some(quote!(::std::default::Default::default())),
                ("skip_serializing_if", _) => {}
                _ => return None,
            }
        }
        let type_ = field.ty.clone();
        let presence = match (inner(&type_, "Option"), default) {
            (Some(inner), _) => Presence::Optional(Box::new(inner)),
            (None, Some(default)) => Presence::Defaulted(default),
            (None, None) => Presence::Required,
        };
        let facts = facts.properties.get(&(type_name.to_owned(), wire.clone())).copied().unwrap_or_default();
        Some(Self { ident, wire, type_, presence, facts })
    }

    /// Reads the value of the property from the map, as an `Option`.
    fn read_value(&self, type_name: &str) -> TokenStream {
        let (wire, type_) = (&self.wire, &self.type_);
        let qualified = format!("{type_name}.{wire}");
        let list = match &self.presence {
            Presence::Optional(inner_type) => inner(inner_type, "Vec"),
            _ => inner(type_, "Vec"),
        };
        let bounds = {
            let (minimum, maximum) = self.facts.items.unwrap_or((0, usize::MAX));
            let requirement = if maximum == usize::MAX {
                format!("have at least {minimum} items")
            } else {
                format!("have {minimum} to {maximum} items")
            };
            let maximum = if maximum == usize::MAX { quote!(usize::MAX) } else { quote!(#maximum) };
            quote! {{
                static ITEMS: super::support::Items =
                    super::support::Items::new(#qualified, #minimum, #maximum, #requirement);
                &ITEMS
            }}
        };
        match (&self.presence, list) {
            (Presence::Optional(_), Some(_)) if !self.facts.nullable => {
                quote!(super::support::optional_list(&mut map, #wire, #bounds, locating)?)
            }
            (Presence::Optional(_), None) if !self.facts.nullable => {
                quote!(super::support::optional(&mut map, #wire, #qualified, locating)?)
            }
            (Presence::Required | Presence::Defaulted(_), Some(_)) => {
                quote!(Some(super::support::required_list(&mut map, #wire, #bounds, locating)?))
            }
            // What may be null is an `Option` by itself.
            (Presence::Optional(_), _) => quote!(super::support::required::<_, #type_>(&mut map, #wire, locating)?),
            _ => quote!(Some(super::support::required::<_, #type_>(&mut map, #wire, locating)?)),
        }
    }

    /// The value of the field from its slot.
    fn take(&self, slot: &syn::Ident) -> TokenStream {
        let wire = &self.wire;
        match &self.presence {
            Presence::Required => {
                quote!(#slot.ok_or_else(|| ::serde::de::Error::missing_field(#wire))?)
            }
            Presence::Optional(_) => quote!(#slot),
            Presence::Defaulted(default) => quote!(#slot.unwrap_or_else(|| #default)),
        }
    }

    fn json_schema(&self) -> TokenStream {
        let wire = &self.wire;
        let type_ = match &self.presence {
            Presence::Optional(inner) if !self.facts.nullable => &**inner,
            _ => &self.type_,
        };
        let Some((item, (minimum, maximum))) = inner(type_, "Vec").zip(self.facts.items) else {
            return quote!(#wire: generator.subschema_for::<#type_>());
        };
        let maximum = (maximum != usize::MAX).then(|| quote!("maxItems": #maximum,));
        quote! {
            #wire: {
                "type": "array",
                "items": generator.subschema_for::<#item>(),
                "minItems": #minimum,
                #maximum
            }
        }
    }
}

/// The argument of a generic type of one argument.
fn inner(type_: &Type, name: &str) -> Option<Type> {
    let Type::Path(path) = type_ else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}

fn derives_deserialize(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == "Deserialize");
            Ok(())
        });
    }
    found
}

/// Takes `Deserialize` out of the derives.
fn strip_derive(item: &mut ItemStruct) {
    for attribute in &mut item.attrs {
        if !derives_deserialize(attribute) {
            continue;
        }
        let mut kept: Vec<syn::Path> = Vec::new();
        let parsed = attribute.parse_nested_meta(|meta| {
            if meta.path.segments.last().is_none_or(|last| last.ident != "Deserialize") {
                kept.push(meta.path.clone());
            }
            Ok(())
        });
        parsed.expect("a derive of generated code parses");
        *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
    }
}

/// The words of a `serde` attribute with their values.
fn serde_words(attribute: &Attribute) -> Vec<(String, Option<String>)> {
    let mut words = Vec::new();
    if attribute.path().is_ident("serde") {
        let parsed = attribute.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let value = match meta.value() {
                Ok(value) => Some(value.parse::<syn::LitStr>()?.value()),
                Err(_) => None,
            };
            words.push((word, value));
            Ok(())
        });
        if parsed.is_err() {
            words.push(("unreadable".to_owned(), None));
        }
    }
    words
}
