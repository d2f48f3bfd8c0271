//! What means the same, however it is written.

use serde_json::{Value, json};

use super::{BASE, check, edited, load};
use crate::diff::{Semver, changelog, changes, compare};

#[test]
fn a_document_and_itself_are_the_same() {
    for text in [BASE, hyperinstance_spec::OPENAPI] {
        let report = compare(&load(text), &load(text));
        assert_eq!((report.changes.len(), report.semver()), (0, Semver::None));
        assert_eq!(report.rust.unknown, None);
        assert_eq!(changelog(&report), None);
    }
}

#[test]
fn what_means_the_same_is_no_change() {
    for (from, to) in [
        ("    Kind: { type: string, enum: [CAT, DOG] }", "    Kind: { enum: [DOG, CAT], type: string }"),
        (
            "{ $ref: \"#/components/schemas/Kind\" } }\n        - { name: tags",
            "{ type: string, enum: [CAT, DOG] } }\n        - { name: tags",
        ),
        (
            "kind: { description: What it is., allOf: [{ $ref: \"#/components/schemas/Kind\" }] }",
            "kind: { $ref: \"#/components/schemas/Kind\" }",
        ),
        ("allOf: [{ $ref: \"#/components/schemas/Kind\" }]", "allOf: [{ type: string }, { enum: [CAT, DOG] }]"),
        (
            "description: Lists pets.",
            "summary: Lists\n      tags: [a]\n      x-source: page\n      description: Lists all pets.",
        ),
        ("example: tom", "example: jerry"),
        ("pattern: \"^[a-z]{1,8}$\"", "pattern: \"^[a-z][a-z]{0,7}$\""),
        (
            "labels: { type: object, additionalProperties",
            "labels: { type: object, minProperties: 0, additionalProperties",
        ),
        ("minimum: 1, maximum: 100, default", "minimum: 0, exclusiveMinimum: true, maximum: 100, default"),
        (
            "required: [sides], properties: { sides: { type: integer, format: int32 } } }",
            "required: [sides], description: d, properties: { sides: { type: integer, format: int32, description: d } } }",
        ),
    ] {
        check(from, to, &[], &[]);
    }
    // A component under another name, also of a security scheme; and a path name, which is not sent.
    let renamed = BASE.replace("schemas/Kind", "schemas/Sort").replace("    Kind:", "    Sort:");
    assert_eq!(changes(&load(BASE), &load(&renamed)), []);
    let renamed = BASE.replace("- Key: []", "- Token: []").replace("    Key: {", "    Token: {");
    assert_eq!(changes(&load(BASE), &load(&renamed)), []);
}

#[test]
fn the_order_of_keys_and_of_operations_is_no_change() {
    let mut value: Value = load(BASE).value().clone();
    let paths = value["paths"]["/owners/{owner}/pets"].take();
    let (get, post) = (&paths["get"], &paths["post"]);
    value["paths"]["/owners/{owner}/pets"] = json!({ "post": post, "get": get });
    let mut report = compare(&load(BASE), &load(&value.to_string()));
    assert_eq!((report.changes.len(), report.semver()), (0, Semver::None));
    let parameters = value["paths"]["/owners/{owner}/pets"]["get"]["parameters"].as_array_mut().unwrap();
    parameters.reverse();
    report = compare(&load(BASE), &load(&value.to_string()));
    assert_eq!(report.changes, []);
}

#[test]
fn a_schema_that_contains_itself_ends() {
    let to = "parents: { type: array, minItems: 1, items: { $ref: \"#/components/schemas/Pet\" } }";
    let from = "parents: { type: array, items: { $ref: \"#/components/schemas/Pet\" } }";
    check(
        from,
        to,
        &["info min-items-raised:ListPets.200.items[].parents"],
        &["warning min-items-lowered:ListPets.200.items[].parents"],
    );
    // One that is written out once more before it comes back to itself.
    let unrolled = edited(&[
        (from, "parents: { type: array, items: { $ref: \"#/components/schemas/Other\" } }"),
        ("    NewPet:", "    Other:\n      allOf: [{ $ref: \"#/components/schemas/Pet\" }]\n    NewPet:"),
    ]);
    assert_eq!(changes(&load(BASE), &load(&unrolled)), []);
    // Only references, in a circle; and one that says nothing beside a type that is its own member.
    for schema in [
        "{ $ref: \"#/components/schemas/Failure\" }",
        "{ additionalProperties: { $ref: \"#/components/schemas/Failure\" } }",
    ] {
        let text = edited(&[(
            "    Failure:\n      type: object\n      properties:\n        code: { type: string }\n",
            &format!("    Failure: {schema}\n"),
        )]);
        assert_eq!(changes(&load(&text), &load(&text)), []);
        let _ends = (changes(&load(BASE), &load(&text)), changes(&load(&text), &load(BASE)));
        let any = text.replace(schema, "{}");
        let _ends = (changes(&load(&any), &load(&text)), changes(&load(&text), &load(&any)));
    }
}
