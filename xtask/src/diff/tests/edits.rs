//! Edits of schemas, each with the changes that it must give, there and back.

use super::{check, found, told};

#[test]
fn edits_of_what_is_sent() {
    check(
        "minimum: 1, maximum: 100",
        "minimum: 2, maximum: 100",
        &["breaking minimum-raised:ListPets.query.limit"],
        &["info minimum-lowered:ListPets.query.limit"],
    );
    check(
        "minimum: 1, maximum: 100",
        "minimum: 1",
        &["info maximum-raised:ListPets.query.limit"],
        &["breaking maximum-lowered:ListPets.query.limit"],
    );
    check(
        "minimum: 1, maximum: 100",
        "minimum: 1, maximum: 100, exclusiveMaximum: true",
        &["breaking maximum-lowered:ListPets.query.limit"],
        &["info maximum-raised:ListPets.query.limit"],
    );
    let default = ["warning default-changed:ListPets.query.limit"];
    check("default: 10 }", "default: 20 }", &default, &default);
    check(
        "maxItems: 4",
        "maxItems: 3",
        &["breaking max-items-lowered:ListPets.query.tags"],
        &["info max-items-raised:ListPets.query.tags"],
    );
    check(
        "maxLength: 30",
        "maxLength: 29",
        &["breaking max-length-lowered:AddPet.body.name"],
        &["info max-length-raised:AddPet.body.name"],
    );
    check(
        "note: { type: string, nullable: true }",
        "note: { type: string }",
        &["breaking nullable-removed:AddPet.body.note"],
        &["info nullable-added:AddPet.body.note"],
    );
    check(
        "required: [name]",
        "required: [name, kind]",
        &["breaking property-required:AddPet.body.kind"],
        &["info property-optional:AddPet.body.kind"],
    );
    check(
        "        note: { type: string, nullable: true }\n",
        "",
        &["breaking property-removed:AddPet.body.note"],
        &["info property-added:AddPet.body.note"],
    );
    check(
        "required: [name]",
        "required: [name, other]",
        &["breaking property-required:AddPet.body.other"],
        &["info property-optional:AddPet.body.other"],
    );
    check(
        "multipleOf: 5",
        "multipleOf: 10",
        &["breaking multiple-changed:AddPet.body.weight"],
        &["info multiple-changed:AddPet.body.weight"],
    );
    check(
        "weight: { type: integer, format: int32, multipleOf: 5 }",
        "weight: { type: number, multipleOf: 5 }",
        &["info type-widened:AddPet.body.weight"],
        &["breaking type-narrowed:AddPet.body.weight"],
    );
    check(
        "weight: { type: integer, format: int32, multipleOf: 5 }",
        "weight: { type: number, multipleOf: 10 }",
        &["info type-widened:AddPet.body.weight", "breaking multiple-changed:AddPet.body.weight"],
        &["breaking type-narrowed:AddPet.body.weight", "info multiple-changed:AddPet.body.weight"],
    );
    check(
        "    NewPet:\n      type: object\n",
        "    NewPet:\n      type: object\n      additionalProperties: false\n",
        &["breaking members-forbidden:AddPet.body"],
        &["info members-allowed:AddPet.body"],
    );
}

#[test]
fn what_travels_in_the_other_direction_only_is_no_change() {
    let name = "        name: { type: string, minLength: 1, maxLength: 30 }\n";
    let id = "        id: { type: string, readOnly: true }\n";
    check(name, &format!("{id}{name}"), &[], &[]);
    let note = "note: { type: string, nullable: true }";
    check(
        note,
        "note: { type: string, nullable: true, readOnly: true }",
        &["breaking property-removed:AddPet.body.note"],
        &["info property-added:AddPet.body.note"],
    );
    check("        age: {", "        secret: { type: string, writeOnly: true }\n        age: {", &[], &[]);
}

#[test]
fn edits_of_what_is_received() {
    check(
        "name: { type: string, minLength: 1, maxLength: 20 }",
        "name: { type: string, minLength: 1, maxLength: 21 }",
        &["warning max-length-raised:ListPets.200.items[].name"],
        &["info max-length-lowered:ListPets.200.items[].name"],
    );
    check(
        "age: { type: integer, format: int32, minimum: 0 }",
        "age: { type: string }",
        &["breaking type-changed:ListPets.200.items[].age"],
        &["breaking type-changed:ListPets.200.items[].age"],
    );
    check(
        "age: { type: integer, format: int32",
        "age: { type: integer, format: int64",
        &["breaking format-changed:ListPets.200.items[].age"],
        &["warning format-changed:ListPets.200.items[].age"],
    );
    check(
        "        total: { type: integer, format: int64 }\n",
        "",
        &["breaking property-removed:ListPets.200.total"],
        &["info property-added:ListPets.200.total"],
    );
    check(
        "      required: [items]\n",
        "",
        &["breaking property-optional:ListPets.200.items"],
        &["info property-required:ListPets.200.items"],
    );
    check(
        "total: { type: integer,",
        "total: { type: integer, nullable: true,",
        &["warning nullable-added:ListPets.200.total"],
        &["info nullable-removed:ListPets.200.total"],
    );
    // Null is as good as no value only where no value is an option.
    check(
        "items: { type: array, maxItems: 100,",
        "items: { type: array, nullable: true, maxItems: 100,",
        &["breaking nullable-added:ListPets.200.items"],
        &["info nullable-removed:ListPets.200.items"],
    );
    check(
        "maxItems: 100",
        "maxItems: 101",
        &["warning max-items-raised:ListPets.200.items"],
        &["info max-items-lowered:ListPets.200.items"],
    );
    check(
        "additionalProperties: { type: string }",
        "additionalProperties: { type: string, maxLength: 5 }",
        &["info max-length-lowered:ListPets.200.items[].labels{}"],
        &["warning max-length-raised:ListPets.200.items[].labels{}"],
    );
    check(
        "required: [round], properties",
        "properties",
        &["breaking forms-changed:ListPets.200.items[].shape"],
        &["breaking forms-changed:ListPets.200.items[].shape"],
    );
    check(
        "            X-Trace: { schema: { type: string } }\n",
        "            X-Other: { schema: { type: string } }\n",
        &["info header-added:ListPets.200.header.X-Other", "breaking header-removed:ListPets.200.header.X-Trace"],
        &["breaking header-removed:ListPets.200.header.X-Other", "info header-added:ListPets.200.header.X-Trace"],
    );
    check(
        "              schema: { $ref: \"#/components/schemas/Failure\" }",
        "              example: {}",
        &["breaking type-widened:ListPets.400"],
        &["info type-narrowed:ListPets.400"],
    );
    check(
        "          description: Wrong.\n          content:\n            application/json:",
        "          description: Wrong.\n          content:\n            application/xml:",
        &[
            "breaking content-type-removed:ListPets.400:application/json",
            "warning content-type-added:ListPets.400:application/xml",
        ],
        &[
            "warning content-type-added:ListPets.400:application/json",
            "breaking content-type-removed:ListPets.400:application/xml",
        ],
    );
    check(
        "        \"400\":",
        "        \"404\":",
        &["info status-removed:ListPets.400", "info status-added:ListPets.404"],
        &["info status-added:ListPets.400", "info status-removed:ListPets.404"],
    );
    check(
        "        \"204\":",
        "        \"202\":",
        &["warning status-added:AddPet.202", "breaking status-removed:AddPet.204"],
        &["breaking status-removed:AddPet.202", "warning status-added:AddPet.204"],
    );
}

#[test]
fn the_same_edit_weighs_by_who_sends_the_value() {
    check(
        "enum: [CAT, DOG] }\n    Pets",
        "enum: [CAT, DOG, COW] }\n    Pets",
        &[
            "info enum-value-added:ListPets.query.kind:COW",
            "warning enum-value-added:ListPets.200.items[].kind:COW",
            "info enum-value-added:AddPet.body.kind:COW",
        ],
        &[
            "breaking enum-value-removed:ListPets.query.kind:COW",
            "info enum-value-removed:ListPets.200.items[].kind:COW",
            "breaking enum-value-removed:AddPet.body.kind:COW",
        ],
    );
    let pattern = |to: &str| told(&found(&[("pattern: \"^[a-z]{1,8}$\"", to)]));
    let at = |request: &str, response: &str, rule: &str| {
        [
            format!("{request} {rule}:ListPets.path.owner"),
            format!("{response} {rule}:ListPets.200.items[].id"),
            format!("{request} {rule}:AddPet.path.owner"),
        ]
    };
    assert_eq!(pattern("pattern: \"^[a-z]{1,9}$\""), at("info", "warning", "pattern-loosened"));
    assert_eq!(pattern("pattern: \"^[a-z]{1,7}$\""), at("breaking", "info", "pattern-tightened"));
    assert_eq!(pattern("pattern: \"^[b-z0]{1,8}$\""), at("breaking", "warning", "pattern-changed"));
    assert_eq!(pattern("pattern: \"^(?=a)[a-z]{1,8}$\""), at("breaking", "warning", "pattern-changed"));
}
