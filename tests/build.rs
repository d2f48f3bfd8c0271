//! Generates what the tests and benchmarks compile beside the client: the code of each accepted document, and the types
//! as the generator makes them by itself.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hyperinstance_codegen::{Document, Settings, generate, stock_types};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=documents/accepted");
    // Generated code knows a feature that this crate does not have.
    println!("cargo::rustc-check-cfg=cfg(feature, values(\"schemars\"))");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));

    let document = Document::load(hyperinstance_spec::OPENAPI).expect("the document loads");
    let types = stock_types(&document).expect("the generator takes the document");
    write(&out.join("stock.rs"), &types);

    let mut index = String::new();
    let mut paths: Vec<PathBuf> = fs::read_dir("documents/accepted")
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder is readable").path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name");
        let text = fs::read_to_string(&path).expect("the document is readable");
        let document = Document::load(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut settings = Settings::default();
        settings.module = format!("crate::documents::{name}");
        let generated = generate(&document, &settings).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        writeln!(index, "/// From `{name}.yaml`.\npub mod {name} {{").expect("a String takes every write");
        for (file, text) in generated.files() {
            let target = out.join(format!("{name}_{file}"));
            write(&target, text);
            let module = file.trim_end_matches(".rs");
            let types = if module == "operations" { "use super::types;" } else { "" };
            let target = target.to_str().expect("a plain path");
            writeln!(index, "    /// Generated.\n    pub mod {module} {{ {types} include!({target:?}); }}")
                .expect("a String takes every write");
        }
        index.push_str("}\n");
    }
    write(&out.join("documents.rs"), &index);
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}
