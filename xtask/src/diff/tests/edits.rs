//! Edits, each with the changes that it must give, there and back.

use super::{BASE, check, found, load, told};
use crate::diff::changes;

/// Operations, servers and security.
#[test]
fn edits_of_operations() {
    const LIST: &str = "/owners/{owner}/pets";
    check(
        "operationId: ListPets",
        "operationId: GetPets",
        &["breaking operation-id-changed:ListPets:GetPets"],
        &["breaking operation-id-changed:GetPets:ListPets"],
    );
    let moved = ["breaking operation-moved:ListPets", "breaking operation-moved:AddPet"];
    check(LIST, "/v2/{owner}/pets", &moved, &moved);
    let renamed = ["breaking parameter-renamed:ListPets.path.person", "breaking parameter-renamed:AddPet.path.person"];
    let back = renamed.map(|id| id.replace("person", "owner"));
    let person = BASE.replace("{owner}", "{person}").replace("name: owner", "name: person");
    assert_eq!(told(&changes(&load(BASE), &load(&person))), renamed);
    assert_eq!(told(&changes(&load(&person), &load(BASE))), back);
    check(
        "    post:\n      operationId: AddPet",
        "    put:\n      operationId: PutPet",
        &["breaking operation-removed:AddPet", "info operation-added:PutPet"],
        &["breaking operation-removed:PutPet", "info operation-added:AddPet"],
    );
    check("    post:", "    put:", &["breaking operation-moved:AddPet"], &["breaking operation-moved:AddPet"]);
    check(
        "  - url: https://example.org\n",
        "",
        &["breaking server-removed:https://example.org"],
        &["info server-added:https://example.org"],
    );
    check(
        "enum: [north, south]",
        "enum: [north]",
        &["breaking server-value-removed:https://{region}.example.com:south"],
        &["info server-value-added:https://{region}.example.com:south"],
    );
    check(
        "        enum: [north, south]\n",
        "",
        &["info server-values-open:https://{region}.example.com:region"],
        &["breaking server-values-listed:https://{region}.example.com:region"],
    );
    check(
        "      operationId: AddPet\n",
        "      operationId: AddPet\n      security: [{}]\n",
        &[
            "info security-removed:AddPet:header X-Key",
            "info security-removed:AddPet:http bearer",
            "info security-added:AddPet:nothing",
        ],
        &[
            "info security-added:AddPet:header X-Key",
            "info security-added:AddPet:http bearer",
            "breaking security-removed:AddPet:nothing",
        ],
    );
    check(
        "      operationId: AddPet\n",
        "      operationId: AddPet\n      servers: [{ url: https://example.org }]\n",
        &["breaking server-removed:AddPet:https://{region}.example.com"],
        &["info server-added:AddPet:https://{region}.example.com"],
    );
    let default = ["warning server-default-changed:https://{region}.example.com:region"];
    check("default: north", "default: south", &default, &default);
    let list = |rule: &str, level: &str, way: &str| {
        ["ListPets", "AddPet"].map(|operation| format!("{level} {rule}:{operation}:{way}"))
    };
    assert_eq!(told(&found(&[("  - Bearer: []\n", "")])), list("security-removed", "breaking", "http bearer"));
    let expected: Vec<String> = [0, 1]
        .into_iter()
        .flat_map(|index| {
            let [removed, added] =
                [("security-removed", "breaking", "header X-Key"), ("security-added", "info", "query X-Key")]
                    .map(|(rule, level, way)| list(rule, level, way)[index].clone());
            [removed, added]
        })
        .collect();
    assert_eq!(told(&found(&[("in: header, name: X-Key", "in: query, name: X-Key")])), expected);
}

#[test]
fn edits_of_parameters_and_bodies() {
    let parameter = "        - { name: kind, in: query";
    check(
        "        - { name: tags, in: query, schema: { type: array, items: { type: string }, maxItems: 4 } }\n",
        "",
        &["breaking parameter-removed:ListPets.query.tags"],
        &["info parameter-added:ListPets.query.tags"],
    );
    check(
        parameter,
        "        - { name: extra, in: query, required: true, schema: { type: string } }\n        - { name: kind, in: query",
        &["breaking parameter-added:ListPets.query.extra"],
        &["breaking parameter-removed:ListPets.query.extra"],
    );
    check(
        parameter,
        "        - { name: kind, required: true, in: query",
        &["breaking parameter-required:ListPets.query.kind"],
        &["info parameter-optional:ListPets.query.kind"],
    );
    check(
        parameter,
        "        - { name: kind, in: header",
        &["breaking parameter-moved:ListPets.query.kind"],
        &["breaking parameter-moved:ListPets.header.kind"],
    );
    let style = ["breaking parameter-style-changed:ListPets.query.tags"];
    check("- { name: tags, ", "- { name: tags, explode: false, ", &style, &style);
    check(
        "      requestBody:\n",
        "      requestBody:\n        required: true\n",
        &["breaking body-required:AddPet.body"],
        &["info body-optional:AddPet.body"],
    );
    check(
        "          application/json:\n            schema: { $ref: \"#/components/schemas/NewPet\" }",
        "          application/xml:\n            schema: { $ref: \"#/components/schemas/NewPet\" }",
        &[
            "breaking content-type-removed:AddPet.body:application/json",
            "info content-type-added:AddPet.body:application/xml",
        ],
        &[
            "info content-type-added:AddPet.body:application/json",
            "breaking content-type-removed:AddPet.body:application/xml",
        ],
    );
}

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
