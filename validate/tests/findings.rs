//! What is found, where, and in which words.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use hyperinstance_validate::Validator;

/// The findings of a payload, a line each.
fn found(schema: &str, payload: impl AsRef<[u8]>) -> Vec<String> {
    let report = Validator::new(schema).unwrap().validate(payload.as_ref());
    assert_eq!(report.valid, report.findings.is_empty());
    report.findings.iter().map(|f| format!("{} {} [{}] {}", f.pointer, f.keyword, f.place, f)).collect()
}

#[test]
fn each_keyword_has_its_message() {
    for (schema, payload, expected) in [
        (
            "ServerResponse",
            r#"{"status":"RUNING"}"#,
            "/status enum [/components/schemas/ServerStatus/enum] 1:11: status: \"RUNING\" is none of CREATE_FAILED, CREATING, DELETED, DELETE_FAILED, DELETING, ERROR, RUNNING, STARTING, START_FAILED, STOPPED, STOPPING, STOP_FAILED, REBOOTING, REBOOT_FAILED, CHANGINGOS, CHANGINGOS_FAILED, REINSTALLINGOS, REINSTALLINGOS_FAILED; did you mean \"RUNNING\"?",
        ),
        (
            "ServerResponse",
            r#"{"name":"a b"}"#,
            "/name pattern [/components/schemas/Name/pattern] 1:9: name: \"a b\" does not match ^[-_.a-zA-Z0-9]{1,64}$",
        ),
        (
            "ServerResponse",
            "{\"name\":\"a\\n\"}",
            "/name pattern [/components/schemas/Name/pattern] 1:9: name: \"a\\n\" does not match ^[-_.a-zA-Z0-9]{1,64}$",
        ),
        (
            "ServerResponse",
            r#"{"id":null}"#,
            "/id type [/components/schemas/Uuid/type] 1:7: id: null, which the document does not allow here; leave the field out",
        ),
        (
            "ServerVolume",
            r#"{"size":99}"#,
            "/size minimum [/components/schemas/VolumeSize/minimum] 1:9: size: 99 is less than the minimum, 100",
        ),
        (
            "ServerVolume",
            r#"{"size":1e400}"#,
            "/size maximum [/components/schemas/VolumeSize/maximum] 1:9: size: 1e400 is more than the maximum, 1024",
        ),
        (
            "ServerImageResponse",
            r#"{"name":""}"#,
            "/name minLength [/components/schemas/ImageName/minLength] 1:9: name: \"\" has 0 characters, fewer than 1",
        ),
        (
            "ServerVolume",
            r#"{"size":"100"}"#,
            "/size type [/components/schemas/VolumeSize/type] 1:9: size: \"100\" is a string, not an integer",
        ),
        (
            "ListHyperinstancesResponse",
            "[]",
            " type [/components/schemas/ListHyperinstancesResponse/type] 1:1: the value: a list of 0 items is an array, not an object",
        ),
    ] {
        assert_eq!(found(schema, payload), [expected], "{payload}");
    }
}

#[test]
fn what_json_schema_calls_valid_is_valid() {
    for payload in [
        r#"{"create_at":1.0,"update_at":1e2,"new":1e400,"newer":123456789012345678901234567890}"#,
        r#"{"create_at":-0.0}"#,
        r#" { "name" : "n" } "#,
        r#"{"na\u006de":"n"}"#,
    ] {
        assert_eq!(found("ServerResponse", payload), [""; 0], "{payload}");
    }
}

#[test]
fn json_itself_is_judged() {
    let deep = "[".repeat(129);
    for (payload, expected) in [
        (&b"{\"id\":"[..], "/id json [] 1:7: no JSON: expected a value, and the text ends here"),
        (b"", " json [] 1:1: no JSON: expected a value, and the text ends here"),
        (b"{\"a\":1,}", "/a json [] 1:8: no JSON: expected the name of a member in quotation marks, not `}`"),
        (b"{\"a\":01}", "/a json [] 1:7: no JSON: a number does not begin with a zero, not `1`"),
        (
            b"{\"x\":1,\n \"\\u0078\":2}",
            "/x json [] 2:2: the name \"\\u0078\" is there already; which of the two counts is not defined",
        ),
        (b"\xef\xbb\xbf{}", " json [] 1:1: a byte order mark, which JSON does not begin with"),
        (b"{\"x\":\"\xff\"}", "/x json [] 1:7: a byte that is no UTF-8"),
        (b"{\"x\":\"\\ud800\"}", "/x json [] 1:7: \\ud800 is half of a character; its other half is missing"),
        (b"{} {}", " json [] 1:4: no JSON: expected the end of the text, not `{`"),
        (deep.as_bytes(), "x"),
    ] {
        let found = found("ServerResponse", payload);
        if expected == "x" {
            assert!(found[0].ends_with("1:129: more than 128 levels of nesting"), "{found:?}");
        } else {
            assert_eq!(found, [expected], "{}", String::from_utf8_lossy(payload));
        }
    }
}

#[test]
fn several_faults_are_all_told_in_order() {
    let payload = "{\n  \"data\": [\n    {\"id\": \"x\"},\n    {\"名\": 1, \"name\": \"é é\", \"name\": 5}\n  ],\n  \"total\": \"1\"\n}";
    assert_eq!(
        found("ListHyperinstancesResponse", payload),
        [
            "/data/0/id pattern [/components/schemas/Uuid/pattern] 3:12: id: \"x\" does not match ^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            "/data/1/name json [] 4:29: the name \"name\" is there already; which of the two counts is not defined",
            "/data/1/name type [/components/schemas/Name/type] 4:37: name: 5 is an integer, not a string",
            "/total type [/components/schemas/ListHyperinstancesResponse/properties/total/type] 6:12: total: \"1\" is a string, not an integer",
        ],
    );
}

#[test]
fn a_large_page_is_judged_item_by_item_with_the_same_findings() {
    let item = r#"{"name":"n","servers":[{"status":"RUNNING"}]}"#;
    let bad = r#"{"name":"a b","servers":[{"status":"RUNING"}]}"#;
    let items: Vec<&str> = (0..4000).map(|index| if index == 2000 { bad } else { item }).collect();
    let page = format!("{{\"total\":\"4000\",\"data\":[\n{}\n],\"pages\":null}}", items.join(",\n"));
    let places: Vec<_> = found("ListHyperinstancesResponse", &page)
        .iter()
        .map(|line| {
            line.split(' ')
                .filter(|word| word.starts_with('/') || word.ends_with(':'))
                .take(3)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        places,
        [
            "/total 1:10: total:",
            "/data/2000/name 2002:9: name:",
            "/data/2000/servers/0/status 2002:36: status:",
            "/pages 4002:11: pages:"
        ]
    );
}

#[test]
fn unknown_fields_are_denied_on_request() {
    let payload = r#"{"data":[{"nmae":"n","servers":[{"x":{"y":1}}]}],"totl":1}"#;
    assert_eq!(found("ListHyperinstancesResponse", payload), [""; 0]);
    let report = Validator::new("ListHyperinstancesResponse").unwrap().deny_unknown(true).validate(payload.as_bytes());
    let lines: Vec<_> = report.findings.iter().map(|f| format!("{} {f}", f.pointer)).collect();
    assert_eq!(
        lines,
        [
            "/data/0/nmae 1:18: nmae: the document knows no such field; did you mean \"name\"?",
            "/data/0/servers/0/x 1:38: x: the document knows no such field",
            "/totl 1:57: totl: the document knows no such field; did you mean \"total\"?",
        ]
    );
}

#[test]
fn no_more_findings_than_asked_for() {
    let payload = format!("[{}]", ["1,1"; 10].join(","));
    let report = Validator::new("Endpoints")
        .unwrap()
        .max_findings(3)
        .validate(format!(r#"{{"ssh_keys":{payload}}}"#).as_bytes());
    assert_eq!((report.findings.len(), report.more, report.valid), (3, true, false));
}

#[test]
fn nothing_in_a_value_steers_a_terminal() {
    let payload = "{\"name\":\"\\u001b[2J\u{202e}\u{9b}\\n::error::x\"}";
    let report = Validator::new("ServerResponse").unwrap().validate(payload.as_bytes());
    let text = format!("{:?} {}", report, report.findings[0]);
    assert!(text.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{text}");
}

#[test]
fn a_schema_that_is_not_there_is_told() {
    assert_eq!(
        Validator::new("ServerRespnse").unwrap_err().to_string(),
        "the document has no schema `ServerRespnse`; did you mean `ServerResponse`?"
    );
}

#[test]
fn a_payload_of_too_many_values_is_refused_before_they_are_made() {
    let payload = format!("{{\"x\":[{}1]}}", "1,".repeat(1_000_000));
    assert_eq!(
        found("ServerResponse", &payload),
        [" json [] 1:1: more than 1000000 values in one, which are not judged further"]
    );
    let text = format!("{{\"x\":\"{}\"}}", ",".repeat(1_500_000));
    assert_eq!(found("ServerResponse", &text), [""; 0]);
}
