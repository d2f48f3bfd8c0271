//! What means the same, however it is written.

use serde_json::{Value, json};

use super::{BASE, check, edited, load, told};
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
    // A component under another name, also of security schemes, and in another order.
    let renamed = BASE.replace("schemas/Kind", "schemas/Sort").replace("    Kind:", "    Sort:");
    assert_eq!(changes(&load(BASE), &load(&renamed)), []);
    let both = BASE.replace("  - Key: []\n  - Bearer: []", "  - { Key: [], Bearer: [] }");
    for text in [BASE, &both] {
        let renamed = text.replace("Key: [", "Another: [").replace("    Key: {", "    Another: {");
        assert_eq!(changes(&load(text), &load(&renamed)), []);
    }
    // The name of a header has no case, and what all operations of a path share may stand there.
    let header = |name: &str| load(&BASE.replace("name: limit, in: query", &format!("name: {name}, in: header")));
    assert_eq!(changes(&header("X-Limit"), &header("x-limit")), []);
    let owner = "        - { name: owner, in: path, required: true, schema: { $ref: \"#/components/schemas/Id\" } }\n";
    let shared = BASE.replace(owner, "").replace("      parameters:\n      requestBody", "      requestBody").replacen(
        "    get:\n",
        &format!("    parameters:\n{owner}    get:\n"),
        1,
    );
    assert_eq!(changes(&load(BASE), &load(&shared)), []);
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
    // Through alternatives.
    let forms = |prose: &str| {
        let to = format!(
            "code: {{ {prose} oneOf: [{{ type: string }}, {{ type: array, items: {{ $ref: \"#/components/schemas/Failure\" }} }}] }}"
        );
        load(&edited(&[("code: { type: string }", &to)]))
    };
    assert_eq!(changes(&forms(""), &forms("description: d,")), []);
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

/// The changes between two schemas of a property that is received.
#[track_caller]
fn between(old: &str, new: &str) -> Vec<String> {
    let document = |schema: &str| load(&edited(&[("code: { type: string }", &format!("code: {schema}"))]));
    told(&changes(&document(old), &document(new)))
}

#[test]
fn parts_that_must_all_hold_are_one_schema() {
    for (parts, whole) in [
        ("{ allOf: [{ type: string, maxLength: 5 }, { maxLength: 3 }] }", "{ type: string, maxLength: 3 }"),
        ("{ allOf: [{ type: string, minLength: 3 }, { minLength: 5 }] }", "{ type: string, minLength: 5 }"),
        ("{ allOf: [{ type: string, nullable: true }] }", "{ type: string, nullable: true }"),
        ("{ nullable: true, allOf: [{ type: string }] }", "{ type: string, nullable: true }"),
        (
            "{ allOf: [{ type: object, required: [a], properties: { a: {} } }, { properties: { b: {} } }] }",
            "{ type: object, required: [a], properties: { a: {}, b: {} } }",
        ),
        ("{ default: 2, allOf: [{ type: integer, default: 1 }] }", "{ type: integer, default: 2 }"),
        ("{ oneOf: [{ type: string, maxLength: 3 }] }", "{ type: string, maxLength: 3 }"),
        ("{ nullable: true, anyOf: [{ type: string }] }", "{ type: string, nullable: true }"),
        ("{ enum: [a, b] }", "{ type: string, enum: [a, b] }"),
        ("{ enum: [1, 2] }", "{ type: integer, enum: [1, 2] }"),
        // Whether null is listed among the values does not matter where null is accepted anyway.
        ("{ type: string, nullable: true, enum: [a, null] }", "{ type: string, nullable: true, enum: [a] }"),
        // What the parts say about the same property does not merge, but it can be compared.
        (
            "{ allOf: [{ type: object, properties: { a: { type: string } } }, { properties: { a: { maxLength: 1 } } }] }",
            "{ type: object, properties: { a: { type: string, maxLength: 1 } } }",
        ),
    ] {
        assert_eq!(between(parts, whole), [""; 0], "{parts} to {whole}");
        assert_eq!(between(whole, parts), [""; 0], "{whole} to {parts}");
    }
    // A closed part is closed to the properties of the others.
    assert_eq!(
        between(
            "{ allOf: [{ type: object, properties: { a: {} }, additionalProperties: false }, { properties: { b: {} } }] }",
            "{ type: object, properties: { a: {}, b: {} }, additionalProperties: false }",
        ),
        ["breaking forms-loosened:ListPets.400.code"],
    );
}

#[test]
fn alternatives_are_compared_form_by_form_and_by_what_they_accept() {
    // Nothing decides what this pattern contains, which is none; the same forms are the same all the same.
    let forms = |first: &str, second: &str| format!("{{ oneOf: [{first}, {second}] }}");
    let undecided = "{ type: string, pattern: '(' }";
    assert_eq!(
        between(
            &forms(undecided, "{ type: integer }"),
            &forms("{ type: string, description: d, pattern: '(' }", "{ type: integer }")
        ),
        [""; 0]
    );
    assert_eq!(
        between(&forms("{ type: string }", "{ type: integer }"), &forms("{ type: integer }", "{ type: string }")),
        [""; 0]
    );
    assert_eq!(
        between(&forms("{ type: string }", "{ type: integer }"), &forms("{ type: string }", "{ type: number }")),
        ["breaking forms-loosened:ListPets.400.code"],
    );
    assert_eq!(
        between(&forms("{ type: string }", "{ type: integer }"), "{ type: string }"),
        ["info forms-tightened:ListPets.400.code"],
    );
}

#[test]
fn an_exclusive_bound_is_tighter_than_the_same_bound() {
    let (open, closed) = ("{ type: number, minimum: 0.5, exclusiveMinimum: true }", "{ type: number, minimum: 0.5 }");
    assert_eq!(between(closed, open), ["info minimum-raised:ListPets.400.code"]);
    assert_eq!(between(open, closed), ["warning minimum-lowered:ListPets.400.code"]);
}

#[test]
fn what_is_too_deep_is_told_and_not_followed() {
    let chain = |last: &str| {
        let links: String = (0..3000)
            .map(|link| {
                format!("    L{link}: {{ properties: {{ l: {{ $ref: \"#/components/schemas/L{}\" }} }} }}\n", link + 1)
            })
            .collect();
        let text = edited(&[("code: { type: string }", "code: { $ref: \"#/components/schemas/L0\" }")]);
        load(&format!("{text}{links}    L3000: {last}\n"))
    };
    let found = changes(&chain("{ type: string }"), &chain("{ type: integer }"));
    let rules: Vec<&str> = found.iter().map(crate::diff::Change::rule).collect();
    assert_eq!(rules, ["not-compared"]);
    assert_eq!(changes(&chain("{}"), &chain("{}")), []);
}
