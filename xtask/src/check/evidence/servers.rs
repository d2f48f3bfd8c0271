//! Servers and security: the endpoints that the SDK knows, and the ways to authenticate that the guides describe.

use std::collections::BTreeMap;

use hyperinstance_codegen::Document;
use serde_json::{Map, Value};

use super::super::finding::Finding;
use super::is_prose;
use crate::evidence::{SecurityScheme, Witnesses};

pub(super) fn check(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    let mut findings = endpoints(document, witnesses);
    findings.extend(security(document, witnesses));
    findings
}

/// The servers, spelled out, are the endpoints of the SDK.
fn endpoints(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    const RULE: &str = "servers-witnessed";
    let mut findings = Vec::new();
    let mut add = |pointer: &str, message: String, help: &str| {
        findings.push(Finding::error(RULE, document, pointer, message, help));
    };
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    let mut defaults = Vec::new();
    for (index, server) in document.value().get("servers").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let pointer = format!("/servers/{index}");
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let region = server.pointer("/variables/region");
        let regions = region.and_then(|region| region.get("enum")).and_then(Value::as_array);
        let default = region.and_then(|region| region.get("default")).and_then(Value::as_str).unwrap_or_default();
        let variables = server.get("variables").and_then(Value::as_object);
        let keys =
            |value: Option<&Map<String, Value>>| value.map_or(0, |map| map.keys().filter(|key| !is_prose(key)).count());
        if keys(variables) != 1 || keys(region.and_then(Value::as_object)) != 2 || keys(server.as_object()) != 2 {
            add(
                &pointer,
                "a server has a URL with one variable, `region`, with `enum` and `default`".to_owned(),
                "write it so",
            );
        }
        for region in regions.into_iter().flatten().filter_map(Value::as_str) {
            told.insert(url.replace("{region}", region), pointer.clone());
        }
        if !regions.into_iter().flatten().any(|region| region.as_str() == Some(default)) {
            add(&pointer, format!("the default region `{default}` is none of the server's"), "choose one of the list");
        }
        defaults.push(default.to_owned());
    }
    for endpoint in &witnesses.sdk.endpoints {
        if told.remove(&endpoint.url).is_none() {
            add("/servers", format!("the SDK knows {}, and the document does not", endpoint.url), "add the region");
        }
    }
    for (url, pointer) in told {
        add(&pointer, format!("no witness knows {url}"), "remove it, or add it to spec/evidence/sdk.yaml");
    }
    let expected = &witnesses.gateway.default_region;
    if defaults.first().is_none_or(|default| default != expected) {
        let message = format!("the first server's default is not {expected}, which the guides use");
        add("/servers/0", message, "let it be the default");
    }
    findings
}

/// Each way to authenticate is enough by itself, and they are those of the guides.
fn security(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    const RULE: &str = "security-witnessed";
    let mut findings = Vec::new();
    let schemes = document.value().pointer("/components/securitySchemes").and_then(Value::as_object);
    let read = |scheme: &Value| {
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        SecurityScheme { type_: text("type"), in_: text("in"), name: text("name") }
    };
    let mut told: Vec<_> = schemes.into_iter().flatten().map(|(_, scheme)| read(scheme)).collect();
    let mut expected = witnesses.gateway.security.clone();
    told.sort();
    expected.sort();
    if told != expected {
        let names = |schemes: &[SecurityScheme]| {
            schemes.iter().map(|s| format!("{} {} in {}", s.type_, s.name, s.in_)).collect::<Vec<_>>().join(", ")
        };
        let message = format!("the guides say {}, the document {}", names(&expected), names(&told));
        let help = "correct the schemes, or spec/evidence/gateway.yaml";
        findings.push(Finding::error(RULE, document, "/components/securitySchemes", message, help));
    }
    let required = document.value().get("security").and_then(Value::as_array);
    let alternatives: Vec<_> = required.into_iter().flatten().filter_map(Value::as_object).collect();
    let each_alone = alternatives.iter().all(|alternative| {
        alternative.len() == 1 && alternative.values().all(|scopes| scopes.as_array().is_some_and(Vec::is_empty))
    });
    let mut named: Vec<_> = alternatives.iter().flat_map(|alternative| alternative.keys()).collect();
    named.sort();
    if !each_alone || !named.iter().copied().eq(schemes.into_iter().flat_map(Map::keys)) {
        let message = "not every security scheme is an alternative by itself".to_owned();
        findings.push(Finding::error(
            RULE,
            document,
            "/security",
            message,
            "list each scheme once, alone, without scopes",
        ));
    }
    findings
}
