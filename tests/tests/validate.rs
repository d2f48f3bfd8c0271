//! The validator against faults that are made one at a time, and against another implementation of JSON Schema.

use std::collections::BTreeMap;

use boon::{Compiler, SchemaIndex, Schemas};
use hyperinstance_validate::Validator;
use serde_json::{Value, json};

/// One fault: the payload, where the fault is, and the keyword that it breaks.
struct Mutant {
    payload: Value,
    pointer: String,
    keyword: &'static str,
}

/// Follows a reference within a schema.
fn resolve<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let target = schema.get("$ref").and_then(Value::as_str).map(|target| target.trim_start_matches('#'));
    target.and_then(|target| root.pointer(target)).unwrap_or(schema)
}

/// Breaks each constraint of each value of a payload, one at a time.
fn mutants(root: &Value, schema: &Value, whole: &Value, pointer: &str, found: &mut Vec<Mutant>) {
    let schema = resolve(root, schema);
    let value = whole.pointer(pointer).expect("the place is in the payload");
    let mut add = |keyword, replacement: Value| {
        let mut payload = whole.clone();
        *payload.pointer_mut(pointer).expect("the place is in the payload") = replacement;
        found.push(Mutant { payload, pointer: pointer.to_owned(), keyword });
    };
    add("type", Value::Null);
    let wrong = if schema["type"] == "boolean" { json!("true") } else { json!(true) };
    add("type", wrong);
    if schema.get("enum").is_some() {
        add("enum", json!("NO_SUCH_VALUE"));
        add("enum", json!(""));
    }
    if schema.get("pattern").is_some() {
        add("pattern", json!("a b\n"));
        add("pattern", json!(""));
    }
    if let Some(least) = schema.get("minimum").and_then(Value::as_i64) {
        add("minimum", json!(least - 1));
    }
    if let Some(most) = schema.get("maximum").and_then(Value::as_i64) {
        add("maximum", json!(most + 1));
    }
    if schema["type"] == "integer" {
        add("type", json!(1.5));
    }
    if schema.get("minLength").and_then(Value::as_u64) > Some(0) {
        add("minLength", json!(""));
    }
    if let Some(most) = schema.get("maxLength").and_then(Value::as_u64) {
        add("maxLength", json!("\u{8d85}".repeat(usize::try_from(most).expect("short") + 1)));
    }
    if let Some(most) = schema.get("maxItems").and_then(Value::as_u64) {
        add("maxItems", vec![json!("k"); usize::try_from(most).expect("few") + 1].into());
    }
    match value {
        Value::Object(members) => {
            for name in members.keys() {
                if let Some(property) = schema.get("properties").and_then(|properties| properties.get(name)) {
                    mutants(root, property, whole, &format!("{pointer}/{name}"), found);
                } else if let Some(inner @ Value::Object(_)) = schema.get("additionalProperties") {
                    mutants(root, inner, whole, &format!("{pointer}/{name}"), found);
                }
            }
        }
        Value::Array(items) => {
            for index in 0..items.len() {
                mutants(root, &schema["items"], whole, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Every response of the listing with its mutants.
fn corpus() -> (Vec<Value>, Vec<Mutant>) {
    let schema: Value =
        serde_json::from_str(hyperinstance_spec::schema("ListHyperinstancesResponse").expect("there").text)
            .expect("JSON");
    let examples = hyperinstance_spec::examples().iter().filter(|example| example.status == 200);
    let examples: Vec<Value> = examples.map(|example| serde_json::from_str(example.body).expect("JSON")).collect();
    let mut found = Vec::new();
    for example in &examples {
        mutants(&schema, &schema, example, "", &mut found);
    }
    (examples, found)
}

#[test]
fn each_fault_is_found_where_it_is_and_nothing_else() {
    let validator = Validator::new("ListHyperinstancesResponse").expect("there");
    let (examples, mutants) = corpus();
    for example in examples {
        assert!(validator.validate(example.to_string().as_bytes()).valid);
    }
    let mut keywords: BTreeMap<&str, usize> = BTreeMap::new();
    for Mutant { payload, pointer, keyword } in &mutants {
        *keywords.entry(keyword).or_default() += 1;
        // On one line, and as people write it.
        for text in [payload.to_string(), format!("{payload:#}")] {
            let report = validator.validate(text.as_bytes());
            let places: Vec<_> = report.findings.iter().map(|f| (f.pointer.as_str(), f.keyword)).collect();
            assert_eq!(places, [(pointer.as_str(), *keyword)], "{text}");
            let finding = &report.findings[0];
            let value = payload.pointer(pointer).expect("the fault is there").to_string();
            let opening = &value[..value.find([',', '[', '{']).map_or(value.len(), |at| at.max(1))];
            assert!(text[finding.offset..].starts_with(opening), "{pointer} at {} in {text}", finding.offset);
            let line = text[..finding.offset].matches('\n').count() + 1;
            assert_eq!(finding.line, line);
        }
    }
    assert!(mutants.len() >= 500, "{} mutants: {keywords:?}", mutants.len());
    assert!(keywords.len() >= 8, "{keywords:?}");
}

#[test]
fn verdicts_equal_those_of_another_implementation() {
    let mut schemas = Schemas::new();
    let index = compile(&mut schemas, "ListHyperinstancesResponse");
    let validator = Validator::new("ListHyperinstancesResponse").expect("there");
    let (examples, mutants) = corpus();
    let payloads = examples.into_iter().chain(mutants.into_iter().map(|mutant| mutant.payload));
    let mut verdicts = [0, 0];
    for payload in payloads {
        let other = schemas.validate(&payload, index).is_ok();
        let ours = validator.validate(payload.to_string().as_bytes()).valid;
        assert_eq!(ours, other, "{payload}");
        verdicts[usize::from(ours)] += 1;
    }
    assert!(verdicts[0] >= 500 && verdicts[1] >= 3, "{verdicts:?}");
}

fn compile(schemas: &mut Schemas, name: &str) -> SchemaIndex {
    let schema = serde_json::from_str(hyperinstance_spec::schema(name).expect("there").text).expect("JSON");
    let mut compiler = Compiler::new();
    compiler.add_resource("memory:///schema.json", schema).expect("a schema");
    compiler.compile("memory:///schema.json", schemas).expect("a schema")
}
