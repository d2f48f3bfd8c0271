//! Generates what the benchmarks compare with: the types as the generator makes them by itself.

use std::path::PathBuf;

use hyperinstance_codegen::{Document, stock_types};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let document = Document::load(hyperinstance_spec::OPENAPI).expect("the document loads");
    let types = stock_types(&document).expect("the generator takes the document");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("stock.rs"), types).expect("the output directory is writable");
}
