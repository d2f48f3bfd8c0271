//! Inputs that fuzzing found to take different ways through the reader and the validator.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::fs;
use std::path::Path;

#[test]
fn what_holds_for_any_input_holds_for_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut inputs = 0;
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let payload = fs::read(entry.expect("the folder is readable").path()).expect("the file is readable");
        if let Ok(text) = std::str::from_utf8(&payload) {
            properties::read(text);
        }
        properties::validate(&payload);
        inputs += 1;
    }
    assert!(inputs >= 200, "{inputs} inputs");
}
