//! What a report says beside ids and levels.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{BASE, edited, found, load, told};
use crate::Outcome;
use crate::diff::change::{Direction, Side};
use crate::diff::{Arguments, Format, Report, Semver, changelog, compare, ignore, print, run};

#[test]
fn each_witness_is_a_payload_that_one_document_refuses() {
    let witness = |from: &str, to: &str| {
        let changes = found(&[(from, to)]);
        changes.first().and_then(|change| change.witness.clone()).map(|witness| (witness.value, witness.accepted_by))
    };
    let old = |value: Value| Some((value, Side::Old));
    let new = |value: Value| Some((value, Side::New));
    assert_eq!(witness("minimum: 1, maximum: 100", "minimum: 2, maximum: 100"), old(json!(1)));
    assert_eq!(witness("minimum: 1, maximum: 100", "minimum: 1, maximum: 90"), old(json!(91)));
    assert_eq!(witness("enum: [CAT, DOG] }\n    Pets", "enum: [CAT, COW, DOG] }\n    Pets"), new(json!("COW")));
    assert_eq!(witness("pattern: \"^[a-z]{1,8}$\"", "pattern: \"^[a-z]{1,9}$\""), new(json!("aaaaaaaaa")));
    assert_eq!(witness("maxLength: 30", "maxLength: 2"), old(json!("aaa")));
    assert_eq!(witness("maxItems: 4", "maxItems: 3"), old(json!(["", "", "", ""])));
    assert_eq!(witness("required: [name]", "required: [name, kind]"), old(json!({ "name": "a" })));
    assert_eq!(witness("note: { type: string, nullable: true }", "note: { type: string }"), old(Value::Null));
    let labels = "labels: { type: object,";
    let few = witness(labels, "labels: { type: object, maxProperties: 1,");
    assert_eq!(few, old(json!({ "a0": "", "a1": "" })));
    assert_eq!(witness("multipleOf: 5", "multipleOf: 10"), old(json!(5)));
    assert_eq!(witness("required: [round], properties", "properties"), new(json!({})));
    assert_eq!(witness("        total: { type: integer, format: int64 }\n", ""), None, "it is no constraint");
    // The same length, said twice: the pattern is no payload's only obstacle.
    let none = witness("pattern: \"^[a-z]{1,8}$\"", "pattern: \"^[a-z]{1,9}$\", maxLength: 8");
    assert_eq!(none, None);
}

#[test]
fn a_pointer_leads_to_the_new_document_or_to_what_was_removed() {
    let changes = found(&[("enum: [CAT, DOG] }\n    Pets", "enum: [CAT, COW] }\n    Pets")]);
    let pointers: Vec<_> = changes.iter().take(2).map(|change| (change.rule(), change.pointer.as_str())).collect();
    assert_eq!(
        pointers,
        [
            ("enum-value-removed", "/components/schemas/Kind/enum/1"),
            ("enum-value-added", "/components/schemas/Kind/enum/1"),
        ],
    );
    assert_eq!(changes[0].direction, Direction::Request);
    assert_eq!(changes[2].direction, Direction::Response);
}

/// The report of an edit.
#[track_caller]
fn report(from: &str, to: &str) -> Report {
    compare(&load(BASE), &load(&edited(&[(from, to)])))
}

#[test]
fn the_rust_surface_has_a_version_of_its_own() {
    let kinds = "enum: [CAT, DOG] }\n    Pets";
    let added = report(kinds, "enum: [CAT, DOG, COW] }\n    Pets");
    assert_eq!(added.rust.added, ["variant scalars::Kind::Cow"]);
    assert_eq!((added.wire(), added.rust.semver, added.semver()), (Semver::Minor, Semver::Minor, Semver::Minor));

    let removed = report(kinds, "enum: [CAT] }\n    Pets");
    assert_eq!(removed.rust.removed, ["variant scalars::Kind::Dog"]);
    assert_eq!((removed.rust.semver, removed.semver()), (Semver::Major, Semver::Major));

    let changed = report("total: { type: integer, format: int64 }", "total: { type: integer, format: int32 }");
    let edits: Vec<_> = changed.rust.changed.iter().map(|edit| (edit.from.as_str(), edit.to.as_str())).collect();
    assert_eq!(edits, [("field types::Pets.total: Option<i64>", "field types::Pets.total: Option<i32>")]);
    assert_eq!((changed.rust.added.len(), changed.rust.removed.len()), (0, 0));
    assert_eq!((changed.wire(), changed.rust.semver, changed.semver()), (Semver::Minor, Semver::Major, Semver::Major));

    // A name of a component is not on the wire, but it is in Rust.
    let renamed = compare(&load(BASE), &load(&BASE.replace("Failure", "Problem")));
    assert_eq!((renamed.wire(), renamed.semver()), (Semver::None, Semver::Major));
}

#[test]
fn a_variant_of_an_enumeration_that_is_matched_in_full_is_major() {
    let forms = "            - { type: object, required: [round], properties: { round: { type: boolean } } }\n";
    let third = "            - { type: object, required: [flat], properties: { flat: { type: number } } }\n";
    let report = compare(&load(BASE), &load(&edited(&[(forms, &format!("{forms}{third}"))])));
    assert!(report.rust.removed.is_empty(), "{:?}", report.rust);
    assert_eq!((report.rust.unknown, report.rust.semver), (None, Semver::Major));
}

#[test]
fn prose_is_a_patch_and_what_is_generated_nowhere_is_nothing() {
    let prose = report("description: Adds a pet.", "description: Adds one more.");
    assert_eq!((prose.changes.len(), prose.wire(), prose.semver()), (0, Semver::None, Semver::Patch));
    assert_eq!(changelog(&prose), None);
    let source = report("      operationId: AddPet\n", "      operationId: AddPet\n      x-source: page\n");
    assert_eq!(source.semver(), Semver::None);
}

#[test]
fn code_that_cannot_be_generated_is_told_and_the_rest_goes_on() {
    let text = edited(&[("maxLength: 20", "maxLength: 20, pattern: \"^(?=a)\"")]);
    let report = compare(&load(BASE), &load(&text));
    let unknown = report.rust.unknown.as_deref().unwrap_or_default();
    assert!(unknown.starts_with("no Rust code comes out of the new document: `pattern` cannot be generated at"));
    assert_eq!(told(&report.changes), ["info pattern-tightened:ListPets.200.items[].name"]);
    assert_eq!((report.rust.semver, report.semver()), (Semver::None, Semver::Minor));
    // What makes the generator panic is told as well.
    let owner = "        - { name: owner, in: path, required: true, schema: { $ref: \"#/components/schemas/Id\" } }\n";
    let report = compare(&load(BASE), &load(&edited(&[(owner, "")])));
    let unknown = report.rust.unknown.as_deref().unwrap_or_default();
    assert!(unknown.starts_with("no Rust code comes out of the new document: "), "{unknown}");
    assert!(!unknown.contains('\n'), "{unknown}");
    for format in [Format::Markdown, Format::Github] {
        let text = print::render(&report, format, &load(BASE), "a.yaml");
        assert!(text.contains("he Rust code is not compared: no Rust code comes out of the new"), "{text}");
    }
}

#[test]
fn what_is_accepted_counts_no_more_and_says_why() {
    let mut report = report("maximum: 100, default", "maximum: 50, default");
    assert!(report.breaks());
    let list = "- id: maximum-lowered:ListPets.query.limit\n  reason: Never worked.\n- { id: a:b, reason: c }\n";
    assert_eq!(ignore::apply(list, &mut report.changes).unwrap(), ["a:b"]);
    assert!(!report.breaks());
    assert_eq!(report.wire(), Semver::None);
    let document = load(BASE);
    for format in [Format::Text, Format::Json, Format::Markdown, Format::Github] {
        let text = print::render(&report, format, &document, "a.yaml");
        assert!(text.contains("Never worked."), "{text}");
        assert!(!text.contains("::error"), "{text}");
    }
    for (list, message) in [
        ("- id: a\n", "the entry `a` has no reason; say why it is accepted"),
        ("- { id: a, reason: ' ' }\n", "the entry `a` has no reason; say why it is accepted"),
        ("id: a\n", "it must be a YAML list of entries with `id` and `reason`"),
        ("- { id: a, reason: b, until: c }\n", "it must be a YAML list of entries with `id` and `reason`"),
    ] {
        assert_eq!(ignore::apply(list, &mut report.changes).unwrap_err().to_string(), message);
    }
    assert_eq!(ignore::apply("", &mut report.changes).unwrap(), [""; 0]);
}

#[test]
fn the_form_for_programs_is_as_promised() {
    let total = "        total: { type: integer, format: int64 }\n";
    let text = edited(&[("maximum: 100, default", "maximum: 50, default"), (total, "")]);
    let report = compare(&load(BASE), &load(&text));
    let text = print::render(&report, Format::Json, &load(&text), "a.yaml");
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({
            "semver": "major",
            "changes": [
                {
                    "id": "maximum-lowered:ListPets.query.limit",
                    "level": "breaking",
                    "direction": "request",
                    "pointer": "/components/schemas/Limit/maximum",
                    "message": "the largest value was lowered from 100 to 50; the service refuses what it took before",
                    "witness": { "value": 51, "accepted_by": "old" },
                },
                {
                    "id": "property-removed:ListPets.200.total",
                    "level": "breaking",
                    "direction": "response",
                    "pointer": "/components/schemas/Pets/properties/total",
                    "message": "the property `total` was removed; the service no longer sends it",
                },
            ],
            "rust": {
                "added": [],
                "removed": ["field types::Pets.total: Option<i64>"],
                "changed": [],
                "semver": "major",
            },
        }),
    );
}

#[test]
fn what_a_document_says_is_no_markup_and_no_command() {
    let value = r#""x\n::error::y|z`\u001b[31m%""#;
    let edit = ("enum: [CAT, DOG] }\n    Pets", format!("enum: [CAT, DOG, {value}] }}\n    Pets"));
    let (old, new) = (load(BASE), load(&edited(&[(edit.0, &edit.1)])));
    let report = compare(&old, &new);
    assert_eq!(report.changes.len(), 3);
    let github = print::render(&report, Format::Github, &new, "a:b,c\n.yaml");
    let lines: Vec<&str> = github.lines().collect();
    assert_eq!(lines.len(), 4, "{github}");
    for line in lines {
        let (command, rest) = line[2..].split_once(' ').unwrap();
        assert!(["warning", "notice"].contains(&command), "{line}");
        assert!(rest.starts_with("file=a%3Ab%2Cc%0A.yaml"), "{line}");
    }
    assert!(github.contains("::error::y|z` [31m%25"), "{github}");
    let markdown = print::render(&report, Format::Markdown, &new, "a.yaml");
    for line in markdown.lines().filter(|line| line.starts_with("| ")) {
        let cells = line.replace("\\|", "").matches('|').count();
        assert_eq!(cells, 4, "{line}");
    }
    let text = print::render(&report, Format::Text, &new, "a.yaml");
    assert!(!text.contains("\u{1b}[31m%"), "{text}");
}

#[test]
fn the_same_change_at_many_places_is_told_once() {
    let report = report("pattern: \"^[a-z]{1,8}$\"", "pattern: \"^[a-z]{1,9}$\"");
    assert_eq!(report.changes.len(), 3);
    let text = print::render(&report, Format::Text, &load(BASE), "a.yaml");
    assert_eq!(text.matches("pattern-loosened").count(), 2, "once for each direction: {text}");
    let changed = "the pattern changed from `^[a-z]{1,8}$` to `^[a-z]{1,9}$`: it accepts more";
    assert_eq!(
        changelog(&report).unwrap(),
        format!(
            "### Changed\n\n\
             - `ListPets.path.owner` and 1 other place: {changed}; the service takes more than before\n\
             - `ListPets.200.items[].id`: {changed}; a tolerant client keeps such a value and reports drift\n",
        ),
    );
}

#[test]
fn a_changelog_has_a_section_for_each_kind_of_change() {
    let total = "        total: { type: integer, format: int64 }\n";
    let changes = found(&[(total, "        size: { type: boolean }\n"), ("minimum: 1, maximum: 100", "minimum: 2")]);
    let report = Report { changes, ..compare(&load(BASE), &load(BASE)) };
    let changelog = changelog(&report).unwrap();
    let sections: Vec<&str> = changelog.lines().filter(|line| line.starts_with("###")).collect();
    assert_eq!(sections, ["### Added", "### Changed", "### Removed"]);
    assert!(
        changelog.contains("- **Breaking**: `ListPets.200.total`: the property `total` was removed"),
        "{changelog}"
    );
}

#[test]
fn only_a_break_that_nobody_accepts_is_a_finding() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let old = write("old.yaml", BASE);
    let tighter = write("tighter.yaml", &edited(&[("maxLength: 30", "maxLength: 3")]));
    let id = "max-length-lowered:AddPet.body.name";
    let accepted = write("accepted.yaml", &format!("- {{ id: '{id}', reason: Longer ones never worked. }}\n"));
    let diff = |old: &Path, new: &Path, ignore: Option<&PathBuf>| {
        let [old, new] = [old, new].map(|path| path.display().to_string());
        run(&Arguments { old, new, format: Format::Json, ignore: ignore.cloned() })
    };
    assert_eq!(diff(&old, &tighter, None).unwrap(), Outcome::Findings);
    assert_eq!(diff(&tighter, &old, None).unwrap(), Outcome::Clean);
    assert_eq!(diff(&old, &tighter, Some(&accepted)).unwrap(), Outcome::Clean);
    assert!(diff(&old, &tighter, Some(&directory.path().join("nowhere"))).is_err());
    assert!(diff(&old, &accepted, None).is_err(), "it is no document");
}
