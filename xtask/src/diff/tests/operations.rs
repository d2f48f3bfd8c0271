//! Edits of operations, servers, security, parameters and bodies, there and back.

use super::{BASE, check, found, load, told};
use crate::diff::changes;

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
    let mut scopes = list("security-removed", "breaking", "http bearer").to_vec();
    scopes.extend(list("security-added", "info", "http bearer with read"));
    scopes.swap(1, 2);
    assert_eq!(told(&found(&[("Bearer: []", "Bearer: [read]")])), scopes);
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
