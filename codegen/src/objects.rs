//! Gives each generated struct a `Deserialize` of its own in place of the derived one.
//!
//! Why: the derived one accepts null for whatever is optional, takes an array for an object, drops fields that it does
//! not know without a word, and knows no bounds on lists. It cannot tell where in the data it is, either.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use serde_json::Value;
use syn::{Attribute, Field, Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};

use crate::spelling::spelled;

/// Takes the derived implementations off the items of `types.rs`, and gives those that replace them, as text.
///
/// A struct with a shape that these do not know (flattened maps, tuples) keeps the derived one.
pub(crate) fn replace_deserialize(items: &mut [Item], facts: &Facts) -> String {
    let mut replacements = String::new();
    for item in items {
        if let Item::Struct(item) = item
            && let Some(object) = Object::read(item, facts)
        {
            strip_derive(item);
            replacements += "\n";
            replacements += &object.emit();
        } else if let Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. }) = item
            && attrs.iter().any(derives_deserialize)
        {
            attrs.push(syn::parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
        }
    }
    replacements
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
    /// Without the `Option` of what need not be there.
    type_: Type,
    presence: Presence,
    facts: Property,
}

enum Presence {
    Required,
    Optional,
    /// Has a default, which a function of this path gives.
    Defaulted(String),
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

    fn emit(&self) -> String {
        let Self { name, closed, fields } = self;
        let fields: String = fields.iter().enumerate().map(|(index, field)| field.emit(index)).collect();
        format!("super::object::impl_object! {{\n    {name}, closed: {closed};\n{fields}}}\n")
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
                ("default", Some(path)) => default = Some(path),
                ("default", None) => default = Some("::std::default::Default::default".to_owned()),
                ("skip_serializing_if", _) => {}
                _ => return None,
            }
        }
        let (type_, presence) = match (inner(&field.ty, "Option"), default) {
            (Some(inner), _) => (inner, Presence::Optional),
            (None, Some(default)) => (field.ty.clone(), Presence::Defaulted(default)),
            (None, None) => (field.ty.clone(), Presence::Required),
        };
        let facts = facts.properties.get(&(type_name.to_owned(), wire.clone())).copied().unwrap_or_default();
        Some(Self { ident, wire, type_, presence, facts })
    }

    /// A line of `impl_object!`.
    fn emit(&self, index: usize) -> String {
        let Self { ident, wire, type_, presence, facts } = self;
        let presence = match presence {
            Presence::Required => "required".to_owned(),
            Presence::Optional if facts.nullable => "nullable".to_owned(),
            Presence::Optional => "optional".to_owned(),
            Presence::Defaulted(path) => format!("(default {path})"),
        };
        let shape = match inner(type_, "Vec") {
            Some(item) => {
                let items = match facts.items {
                    None => String::new(),
                    Some((least, usize::MAX)) => format!(", {least}"),
                    Some((least, most)) => format!(", {least}..={most}"),
                };
                format!("list {}{items}", spelled(&item))
            }
            None => format!("value {}", spelled(type_)),
        };
        format!("    {index} {wire:?} {ident}: {presence} {shape};\n")
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
