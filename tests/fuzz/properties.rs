//! What holds for any input. Fuzzed by the targets beside this file, and held in the tests for the inputs that fuzzing
//! found to be different.

use std::sync::LazyLock;

use hyperinstance_client::types::ListHyperinstancesResponse;
use hyperinstance_client::{read as read_tolerantly, read_plain};
use hyperinstance_validate::Validator;
use serde_json::value::RawValue;

/// The fast reading gives what `serde_json` gives, whatever the text is.
pub(crate) fn read(text: &str) {
    let strict = serde_json::from_str::<ListHyperinstancesResponse>(text);
    if let Some(value) = read_plain::<ListHyperinstancesResponse>(text) {
        assert_eq!(Some(&value), strict.as_ref().ok());
    }
    match (read_tolerantly::<ListHyperinstancesResponse>(text), strict) {
        (Ok((value, _)), Ok(strict)) => assert_eq!(value, strict),
        (Ok((_, drift)), Err(_)) => assert!(!drift.is_empty()),
        (Err(error), Ok(_)) => panic!("{} at {}", error.source, error.pointer),
        (Err(_), Err(_)) => {}
    }
}

static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| {
    let new = || Validator::new("ListHyperinstancesResponse").expect("there is such a schema").max_findings(20);
    [new(), new().deny_unknown(true)]
});

/// A payload is JSON to the validator when it is JSON to `serde_json`, findings lie within it, and nothing in them steers
/// a terminal.
pub(crate) fn validate(payload: &[u8]) {
    for validator in &*VALIDATORS {
        let report = validator.validate(payload);
        assert_eq!(report.valid, report.findings.is_empty());
        for finding in &report.findings {
            assert!(finding.offset <= payload.len() && finding.line >= 1 && finding.column >= 1, "{finding:?}");
            assert!(!finding.message.chars().any(char::is_control), "{finding:?}");
        }
        let is_json = serde_json::from_slice::<&RawValue>(payload).is_ok();
        let told = report.findings.iter().any(|f| f.keyword == "json" && f.message.starts_with("no JSON"));
        assert!(!(told && is_json), "{report:?}");
        assert!(is_json || !report.valid, "{report:?}");
    }
}
