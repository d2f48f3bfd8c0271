//! Generates the types and the client from the document, unless the committed copy is asked for.

#[cfg(feature = "generate")]
fn main() {
    use std::path::PathBuf;
    use std::{env, fs};

    use hyperinstance_codegen::{Document, Settings, generate};

    // The document is compiled into a build-dependency, so cargo reruns this whenever it changes.
    println!("cargo::rerun-if-changed=build.rs");

    let remedy = "the document does not generate; run `cargo xtask check` in the workspace for all findings";
    let document = Document::load(hyperinstance_spec::OPENAPI).unwrap_or_else(|error| {
        panic!("spec/openapi.yaml:{}: {error}\n{remedy}", error.position());
    });
    let generated = generate(&document, &Settings::client()).unwrap_or_else(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        panic!("{error}{cause}\n{remedy}");
    });

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for (name, text) in generated.files() {
        let path = out.join(name);
        // An untouched file keeps its time, and what includes it need not be compiled again.
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        let staged = path.with_extension("rs.new");
        let write = fs::write(&staged, text).and_then(|()| fs::rename(&staged, &path));
        write.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }
}

#[cfg(not(feature = "generate"))]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
