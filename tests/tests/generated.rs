//! What is generated, pinned: the public surface as an outline, and each type by its definition.
//!
//! A change of the document shows here as a small diff for review. Accept it with `cargo insta review`, or with
//! `INSTA_UPDATE=always cargo test --package hyperinstance-tests --test generated`.

use hyperinstance_codegen::outline;
use hyperinstance_tests::{document, generated};
use syn::{Item, ItemImpl, Type};

#[test]
fn the_public_surface() {
    insta::assert_snapshot!("outline", outline(&generated()));
}

#[test]
fn each_type() {
    let generated = generated();
    let items: Vec<Item> = ["types.rs", "scalars.rs"]
        .into_iter()
        .flat_map(|file| syn::parse_file(generated.file(file).expect("the file is generated")).expect("Rust").items)
        .collect();
    for (name, schema) in document().schemas() {
        let own: Vec<Item> = items.iter().filter(|item| defines(item, name)).cloned().collect();
        assert!(!own.is_empty(), "no type for the schema `{name}`");
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: own };
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/types");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let mut schema = schema.clone();
        schema.sort_all_objects();
        settings.set_description(schema.to_string());
        settings.bind(|| insta::assert_snapshot!(name, prettyplease::unparse(&file)));
    }
}

#[test]
fn the_operation() {
    let generated = generated();
    let file = syn::parse_file(generated.file("operations.rs").expect("the file is generated")).expect("Rust");
    let builder = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content,
        _ => None,
    });
    let send = builder.expect("a module of builders").1.into_iter().find_map(|item| match item {
        Item::Impl(item) => {
            item.items.into_iter().find(|item| matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "send"))
        }
        _ => None,
    });
    let send: Item = syn::parse_quote!(impl ListHyperinstances { #send });
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![send] };
    let text = prettyplease::unparse(&file);
    assert!(!text.contains("api-version"), "the header must be gone");
    insta::assert_snapshot!("send", text);
}

#[test]
fn the_committed_copy_is_what_is_generated() {
    for (name, text) in generated().files() {
        let path = format!("{}/../client/src/pregenerated/{name}", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(&path).expect("the file is committed");
        assert!(committed == text, "{name} is out of date; run `cargo xtask regen` and commit the result");
    }
}

#[test]
fn generation_is_deterministic() {
    let first = generated();
    for _ in 0..5 {
        assert_eq!(generated(), first);
    }
}

/// The definition of a type, and the implementations that say which values it takes.
fn defines(item: &Item, name: &str) -> bool {
    match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        Item::Impl(ItemImpl { self_ty, trait_, .. }) => {
            let own = matches!(&**self_ty, Type::Path(path) if path.path.is_ident(name));
            let checks = trait_.as_ref().is_some_and(|(path, _)| {
                path.segments
                    .last()
                    .is_some_and(|segment| ["Text", "Integer"].contains(&segment.ident.to_string().as_str()))
            });
            own && checks
        }
        _ => false,
    }
}
