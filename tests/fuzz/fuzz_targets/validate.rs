//! A payload is JSON to the validator when it is JSON to `serde_json`, findings are within it, and nothing panics.

#![no_main]

use hyperinstance_validate::Validator;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| {
    let new = || Validator::new("ListHyperinstancesResponse").expect("there").max_findings(20);
    [new(), new().deny_unknown(true)]
});

fuzz_target!(|payload: &[u8]| {
    for validator in &*VALIDATORS {
        let report = validator.validate(payload);
        assert_eq!(report.valid, report.findings.is_empty());
        for finding in &report.findings {
            assert!(finding.offset <= payload.len() && finding.line >= 1 && finding.column >= 1);
            let text = format!("{finding} {} {} {}", finding.value, finding.pointer, finding.keyword);
            assert!(!finding.message.chars().any(char::is_control), "{text}");
        }
        // What is no JSON at all is told so; what is told so beyond that is what JSON leaves open.
        let is_json = serde_json::from_slice::<&serde_json::value::RawValue>(payload).is_ok();
        let told = report.findings.iter().any(|f| f.keyword == "json" && f.message.starts_with("no JSON"));
        assert!(!(told && is_json), "{report:?}");
        assert!(is_json || !report.valid, "{report:?}");
    }
});
