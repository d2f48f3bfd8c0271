//! The generator on other documents than ours: what it accepts compiles and holds; what it refuses, it refuses with a
//! place and a remedy.

use std::fs;
use std::path::Path;

use hyperinstance_codegen::{Document, Settings, generate};
use hyperinstance_tests::documents::{constraints, merged, names, nested, pets};

/// Whether a text reads into a type.
#[track_caller]
fn check<T: serde::de::DeserializeOwned>(accepted: &[&str], refused: &[&str]) {
    for text in accepted {
        if let Err(error) = serde_json::from_str::<T>(text) {
            panic!("{text}: {error}");
        }
    }
    for text in refused {
        assert!(serde_json::from_str::<T>(text).is_err(), "{text} must be refused");
    }
}

#[test]
fn every_constraint_holds() {
    check::<constraints::types::Everything>(
        &[
            r#"{"code":"AB-1"}"#,
            r#"{"code":"AB-1","contains":"a needle here","short":"ab","long":"abc","one_of":"b","even":-4,"open":1}"#,
            r#"{"code":"AB-1","wide":3000000000,"pair":["a","b"],"some":[1,1],"maybe_null":null}"#,
            r#"{"code":"AB-1","null_or_one":null}"#,
            r#"{"code":"AB-1","null_or_one":[true]}"#,
        ],
        &[
            "{}",
            r#"{"code":"AB-123456"}"#,
            r#"{"code":"AB-1","contains":"hay"}"#,
            r#"{"code":"AB-1","short":"abc"}"#,
            r#"{"code":"AB-1","long":"ab"}"#,
            r#"{"code":"AB-1","null_or_one":[true,true]}"#,
            r#"{"code":"AB-1","one_of":"c"}"#,
            r#"{"code":"AB-1","even":3}"#,
            r#"{"code":"AB-1","even":6}"#,
            r#"{"code":"AB-1","open":0}"#,
            r#"{"code":"AB-1","open":10}"#,
            r#"{"code":"AB-1","wide":2999999999}"#,
            r#"{"code":"AB-1","pair":["a"]}"#,
            r#"{"code":"AB-1","pair":["a","bc"]}"#,
            r#"{"code":"AB-1","some":[]}"#,
            r#"{"code":"AB-1","never_null":null}"#,
            r#"{"code":"AB-1","surprise":1}"#,
            r#"{"code":"AB-1","code":"AB-2"}"#,
            r#"["AB-1"]"#,
        ],
    );
}

#[test]
fn nested_values_hold_theirs() {
    check::<nested::types::Tree>(
        &[
            r##"{"children":[{"children":[]}],"parent_name":null,"matrix":[[1.5],[]],"colours":{"a":"#00ff00"}}"##,
            r#"{"place":{"x":0,"label":null},"points":[1,2]}"#,
        ],
        &[
            r#"{"children":[{},{},{},{}]}"#,
            r#"{"children":[{"children":[7]}]}"#,
            r#"{"colours":{"a":"green"}}"#,
            r#"{"place":{}}"#,
            r#"{"place":{"x":-1}}"#,
            r#"{"place":{"x":0,"label":"12345"}}"#,
            r#"{"points":[1]}"#,
        ],
    );
}

#[test]
fn merges_and_alternatives_hold() {
    check::<merged::types::Derived>(
        &[r#"{"id":"a","size":9}"#],
        &[r#"{"size":9}"#, r#"{"id":"A"}"#, r#"{"id":"a","size":10}"#],
    );
    check::<merged::types::Shape>(&[r#"{"radius":1}"#, r#"{"side":1}"#], &["{}", "7"]);
}

#[test]
fn odd_names_are_told_apart() {
    check::<names::types::SnakeCaseThing>(&[r#"{"x":"+1"}"#, r#"{"x":"-1"}"#, r#"{"x":""}"#], &[r#"{"x":"2"}"#]);
    check::<names::types::Visitor>(
        &[r#"{"map":"m"}"#, r#"{"map":"m","seen":1,"key":{"map":"","locating":true},"name":"n"}"#],
        &["{}", r#"{"map":"mm"}"#, r#"{"map":"m","seen":0}"#, r#"{"map":"m","key":{}}"#],
    );
    check::<names::types::Keywords>(
        &[r#"{"type":"a","match":"m","self":1,"fn":true,"odd name/with~marks":"abc","a-b":""}"#],
        &[r#"{"type":"b"}"#, r#"{"self":0}"#, r#"{"odd name/with~marks":"abcd"}"#],
    );
    assert_eq!(names::scalars::KebabCaseEnum::ALL.len(), 11);
}

#[test]
fn bodies_and_parameters_hold() {
    check::<pets::types::Pet>(&[r#"{"name":"Tom","kind":"guinea pig","born":"2020-01-01"}"#], &[r#"{"name":""}"#]);
    assert!(
        "p123".parse::<pets::scalars::DeletePetPetId>().is_ok()
            && "x".parse::<pets::scalars::DeletePetPetId>().is_err()
    );
    assert_eq!(pets::scalars::ListPetsLimit::default().get(), 20);
}

#[test]
fn what_is_refused_has_a_place_and_a_remedy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/refused");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let expected = text.lines().next().unwrap().trim_start_matches("# expect: ");
        let told = match Document::load(&text) {
            Ok(document) => generate(&document, &Settings::default()).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 10, "{count}");
}
