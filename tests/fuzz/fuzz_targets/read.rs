//! The fast reading gives what `serde_json` gives, whatever the text is.

#![no_main]

use hyperinstance_client::types::ListHyperinstancesResponse;
use hyperinstance_client::{read, read_plain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let strict = serde_json::from_str::<ListHyperinstancesResponse>(text);
    if let Some(value) = read_plain::<ListHyperinstancesResponse>(text) {
        assert_eq!(Some(&value), strict.as_ref().ok());
    }
    match (read::<ListHyperinstancesResponse>(text), strict) {
        (Ok((value, _)), Ok(strict)) => assert_eq!(value, strict),
        (Ok((_, drift)), Err(_)) => assert!(!drift.is_empty()),
        (Err(error), Ok(_)) => panic!("{} at {}", error.source, error.pointer),
        (Err(_), Err(_)) => {}
    }
});
