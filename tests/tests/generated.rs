//! What is generated, pinned: the public surface as an outline, and each type by its definition.
//!
//! A change of the document shows here as a small diff for review. Accept it with `cargo insta review`, or with
//! `INSTA_UPDATE=always cargo test --package hyperinstance-tests --test generated`.

use hyperinstance_codegen::outline;
use hyperinstance_tests::{document, generated};
use syn::Item;

#[test]
fn the_public_surface() {
    insta::assert_snapshot!("outline", outline(&generated()));
}

#[test]
fn each_type() {
    let generated = generated();
    let files = ["types.rs", "scalars.rs"].map(|file| generated.file(file).expect("the file is generated"));
    for (name, schema) in document().schemas() {
        let own: Vec<String> = files.iter().flat_map(|file| definitions(file, name)).collect();
        assert!(!own.is_empty(), "no type for the schema `{name}`");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/types");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let mut schema = schema.clone();
        schema.sort_all_objects();
        settings.set_description(schema.to_string());
        settings.bind(|| insta::assert_snapshot!(name, own.join("\n")));
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

/// The definition of a type, and what says which values it takes.
fn definitions(file: &str, name: &str) -> Vec<String> {
    let items = syn::parse_file(file).expect("Rust").items;
    let items = items.into_iter().filter(|item| match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        _ => false,
    });
    let definitions = items.map(|item| {
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        prettyplease::unparse(&file)
    });
    // What is written as text is shown as it was written.
    let invocations = file.split("\n\n").filter(|part| {
        let words = part.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let words: Vec<_> = words.skip_while(|word| !word.starts_with("impl_")).take(2).collect();
        part.starts_with("super::") && words.get(1) == Some(&name)
    });
    definitions.chain(invocations.map(|part| part.trim_end().to_owned() + "\n")).collect()
}
