//! The public surface of generated code, one line per item: what a user of the crate can name, and nothing else.
//!
//! Lines are sorted and independent of each other, so that comparing two outlines as sets of lines tells what was
//! added, removed and changed.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

use crate::generate::Generated;
use crate::spelling::spelled;

/// The outline of all generated files.
///
/// Builders are left out of it: for each field of a type they repeat one setter.
#[must_use]
pub fn outline(generated: &Generated) -> String {
    let mut outline = Outline::default();
    for (name, text) in generated.files() {
        let module = name.trim_end_matches(".rs");
        let file = syn::parse_file(text).expect("generated code was formatted from a syntax tree");
        outline.items(module, &file.items);
    }
    outline.lines.into_iter().fold(String::new(), |text, line| text + &line + "\n")
}

#[derive(Default)]
struct Outline {
    lines: BTreeSet<String>,
}

impl Outline {
    fn items(&mut self, module: &str, items: &[Item]) {
        for item in items {
            self.item(module, item);
        }
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let path = format!("{module}::{}", item.ident);
                self.add(format!("struct {path}{}", derives(&item.attrs)));
                if let Fields::Named(fields) = &item.fields {
                    for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                        let name = field.ident.as_ref().expect("a named field");
                        self.add(format!("field {path}.{name}: {}", text(&field.ty)));
                    }
                }
                if let Fields::Unnamed(fields) = &item.fields {
                    for (index, field) in fields.unnamed.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                        self.add(format!("field {path}.{index}: {}", text(&field.ty)));
                    }
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = format!("{module}::{}", item.ident);
                self.add(format!("enum {path}{}", derives(&item.attrs)));
                for variant in &item.variants {
                    let name = &variant.ident;
                    self.add(format!("variant {path}::{name}{}", text(&variant.fields)));
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.add(format!("type {module}::{} = {}", item.ident, text(&item.ty)));
            }
            Item::Const(item) if is_public(&item.vis) => {
                self.add(format!("const {module}::{}: {}", item.ident, text(&item.ty)));
            }
            Item::Mod(item) if is_public(&item.vis) && !(module == "types" && item.ident == "builder") => {
                if let Some((_, items)) = &item.content {
                    self.items(&format!("{module}::{}", item.ident), items);
                }
            }
            Item::Impl(item) => self.implementation(module, item),
            // What these implement is the same for each type.
            Item::Macro(item) => {
                let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                if let Some((kind, of)) = name.strip_prefix("impl_").zip(item.mac.tokens.clone().into_iter().next()) {
                    self.add(format!("{kind} {module}::{of}"));
                }
            }
            _ => {}
        }
    }

    fn implementation(&mut self, module: &str, item: &syn::ItemImpl) {
        let path = text(&item.self_ty);
        if let Some((of, _)) = &item.trait_ {
            // A conversion into a foreign type, such as `String`, is implemented here but not for a type of here.
            let foreign = path.starts_with("::") || ["String", "i32", "i64"].contains(&path.as_str());
            let path = if foreign { path } else { format!("{module}::{path}") };
            self.add(format!("impl {} for {path}", text(of)));
            return;
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    self.add(format!("fn {module}::{path}: {}", text(&function.sig)));
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.add(format!("const {module}::{path}::{}: {}", constant.ident, text(&constant.ty)));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, line: String) {
        self.lines.insert(line);
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn derives(attributes: &[Attribute]) -> String {
    let mut names = BTreeSet::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // Whatever stands in a derive of generated code parses; what does not is not a derive.
        let _ = attribute.parse_nested_meta(|meta| {
            names.extend(meta.path.segments.last().map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    if names.is_empty() { String::new() } else { format!(": {}", Vec::from_iter(names).join(", ")) }
}

/// Tokens as people write them, without the paths that everybody knows.
fn text(tokens: &impl ToTokens) -> String {
    [
        ("::std::string::String", "String"),
        ("::std::option::Option", "Option"),
        ("::std::vec::Vec", "Vec"),
        ("::std::result::Result", "Result"),
    ]
    .into_iter()
    .fold(spelled(tokens), |text, (from, to)| text.replace(from, to))
}
