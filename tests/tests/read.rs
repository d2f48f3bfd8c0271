//! The tolerant reading has a fast path. It has to give what `serde_json` gives, whatever the text is.

use std::fmt::Debug;

use hyperinstance_client::types::ListHyperinstancesResponse;
use hyperinstance_client::{read, read_plain};
use hyperinstance_tests::documents::{constraints, merged, nested, pets};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Texts with everything that JSON has, and much that it has not.
const TEXTS: &[&str] = &[
    "null",
    "true",
    "falsey",
    "tru",
    "0",
    "-0",
    "-1",
    "01",
    "1.0",
    "1e3",
    "1E",
    "-",
    "18446744073709551615",
    "18446744073709551616",
    "999999999999999999",
    "1000000000000000000",
    "-9223372036854775808",
    "1 2",
    "\"",
    "\"a",
    "\"\\\"\"",
    "\"\\u00e9\"",
    "\"é\"",
    "\"a\tb\"",
    "\"a\u{0}\"",
    "\"a\u{1f}\"",
    "\"\u{1f}2345678\"",
    "\"\u{20}2345678\"",
    "\"\u{7f}\u{80}\"",
    "\"\\ud800\"",
    "\"12345678\"",
    "\"1234567\\n\"",
    "[]",
    "[ ]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,2",
    "[1]]",
    "[[],[[]],{}]",
    "{}",
    "{ }",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,\"a\":2}",
    "{a:1}",
    "{1:1}",
    "{\"a\" : [1 , {\"b\":null}] }",
    "\u{feff}1",
    "",
    " ",
    "\n\t\r 1 \n",
    "\u{a0}1",
    "\0",
];

#[test]
fn any_text_reads_as_it_does_by_serde_json() {
    for text in TEXTS {
        same::<Value>(text);
    }
    for depth in [99, 100, 101, 126, 127, 128, 129, 100_000] {
        same::<Value>(&("[".repeat(depth) + &"]".repeat(depth)));
        same::<Value>(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

#[test]
fn any_damaged_page_reads_as_it_does_by_serde_json() {
    let examples: Vec<&str> = hyperinstance_spec::examples().iter().map(|example| example.body).collect();
    let mut random = fastrand::Rng::with_seed(7);
    let mut both = [0, 0];
    for round in 0..20_000 {
        let mut text = examples[round % examples.len()].to_owned();
        if round % 2 == 0 {
            text = serde_json::from_str::<Value>(&text).expect("an example is JSON").to_string();
        }
        for _ in 0..random.usize(0..3) {
            damage(&mut text, &mut random);
        }
        both[usize::from(same::<ListHyperinstancesResponse>(&text))] += 1;
        same::<Value>(&text);
    }
    assert!(both.iter().all(|count| *count > 2_000), "both verdicts are met: {both:?}");
}

#[test]
fn types_of_other_documents_read_as_they_do_by_serde_json() {
    let mut random = fastrand::Rng::with_seed(11);
    let text = r#"{"code":"AB-1","one_of":"b","even":-4,"pair":["a","b"],"some":[1,1],"maybe_null":null,"id":1,"name":"n",
        "tag":"t","kind":"cat","matrix":[[1]],"labels":{"a":"b"},"null_or_one":[true]}"#;
    for _ in 0..5_000 {
        let mut text = text.to_owned();
        for _ in 0..random.usize(1..4) {
            damage(&mut text, &mut random);
        }
        same::<constraints::types::Everything>(&text);
        same::<merged::types::Derived>(&text);
        same::<nested::types::Tree>(&text);
        same::<pets::types::Pet>(&text);
    }
}

/// Changes one thing about a text, mostly so that it stays JSON of some kind.
fn damage(text: &mut String, random: &mut fastrand::Rng) {
    const SNIPPETS: &[&str] = &[
        "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "-", ".5", "e9", " ", "\n", "null", "true", "x", "é", "\u{1}",
        "\\u0041", "1", "\"a\":1,", "/",
    ];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(&at) = random.choice(&places) else { return };
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let snippet = random.choice(SNIPPETS).expect("there are some");
    match random.u8(0..3) {
        0 => text.replace_range(at..at + length, ""),
        1 => text.insert_str(at, snippet),
        _ => text.replace_range(at..at + length, snippet),
    }
}

/// Checks that the verdicts are the same, and the values; whether the text was read.
#[track_caller]
fn same<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> bool {
    let strict = serde_json::from_str::<T>(text);
    if let Some(value) = read_plain::<T>(text) {
        assert_eq!(Some(&value), strict.as_ref().ok(), "{text}");
    }
    match (read::<T>(text), strict) {
        (Ok((value, drift)), Ok(strict)) => {
            assert_eq!(value, strict, "{text}");
            let unknown = drift.iter().all(|deviation| deviation.keyword == "additionalProperties");
            assert!(unknown, "strict reading accepts what is reported: {drift:?} in {text}");
            return true;
        }
        (Ok((_, drift)), Err(error)) => assert!(!drift.is_empty(), "strict reading has {error} in {text}"),
        (Err(error), Ok(_)) => panic!("{} at {} in {text}", error.source, error.pointer),
        (Err(_), Err(_)) => {}
    }
    false
}
