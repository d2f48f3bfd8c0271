//! The schemas that are derived from the generated Rust types say what the document's own say.
//!
//! `equivalence` compares the two by values; this compares them by what they say, so that a constraint which no value
//! happens to meet is not missed.

use std::collections::{BTreeMap, BTreeSet};

use hyperinstance_client::types;
use serde_json::{Map, Value};

macro_rules! derived {
    ($($name:ident),* $(,)?) => {
        BTreeMap::from([$((stringify!($name), schemars::schema_for!(types::$name).to_value())),*])
    };
}

#[test]
fn the_types_say_what_the_document_says() {
    let derived: BTreeMap<&str, Value> = hyperinstance_tests::every_component!(derived);
    let names: BTreeSet<&str> = hyperinstance_spec::schemas().iter().map(|schema| schema.name).collect();
    assert_eq!(derived.keys().copied().collect::<BTreeSet<_>>(), names, "every component is compared");
    let mut differences = Vec::new();
    for schema in hyperinstance_spec::schemas() {
        let documented: Value = serde_json::from_str(schema.text).expect("JSON");
        compare(schema.name, &plain(&documented), &plain(&derived[schema.name]), &mut differences);
    }
    assert_eq!(differences, [""; 0]);
}

#[test]
fn a_difference_is_found_where_it_is() {
    let mut differences = Vec::new();
    let documented: Value =
        serde_json::from_str(hyperinstance_spec::schema("Endpoints").expect("there").text).expect("JSON");
    let mut derived = plain(&documented);
    derived["properties"]["ssh_keys"]["maxItems"] = 1023.into();
    derived["properties"]["dev_service"]["enum"] = ["SSH"].into();
    compare("Endpoints", &plain(&documented), &derived, &mut differences);
    assert_eq!(
        differences,
        [
            r#"Endpoints/properties/dev_service/enum: the document has ["NOTEBOOK","SSH"], the types ["SSH"]"#,
            "Endpoints/properties/ssh_keys/maxItems: the document has 1024, the types 1023",
        ],
    );
}

/// A schema with its references followed, without what judges no value, and with its sets in order.
fn plain(schema: &Value) -> Value {
    const JUDGES_NOTHING: [&str; 8] =
        ["$schema", "$defs", "title", "description", "examples", "default", "format", "deprecated"];
    fn visit(value: &Value, root: &Value) -> Value {
        let Some(members) = value.as_object() else { return value.clone() };
        let mut plain = Map::new();
        for (keyword, value) in members.iter().filter(|(keyword, _)| !JUDGES_NOTHING.contains(&keyword.as_str())) {
            match (keyword.as_str(), value) {
                ("$ref", Value::String(target)) => {
                    let target = root.pointer(target.trim_start_matches('#')).expect("a reference leads somewhere");
                    plain.extend(visit(target, root).as_object().expect("an object").clone());
                }
                ("properties", Value::Object(properties)) => {
                    let properties = properties.iter().map(|(name, schema)| (name.clone(), visit(schema, root)));
                    plain.insert(keyword.clone(), Value::Object(properties.collect()));
                }
                ("enum" | "required", Value::Array(values)) => {
                    let mut values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
                    values.sort_unstable();
                    plain.insert(keyword.clone(), values.into());
                }
                // Every list has no item or more.
                ("minItems" | "minLength", Value::Number(bound)) if bound.as_u64() == Some(0) => {}
                _ => {
                    plain.insert(keyword.clone(), visit(value, root));
                }
            }
        }
        Value::Object(plain)
    }
    visit(schema, schema)
}

fn compare(place: &str, documented: &Value, derived: &Value, differences: &mut Vec<String>) {
    match (documented, derived) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let at = |members: &Map<String, Value>| members.get(key).cloned().unwrap_or_default();
                compare(&format!("{place}/{key}"), &at(a), &at(b), differences);
            }
        }
        (a, b) if a == b => {}
        (a, b) => differences.push(format!("{place}: the document has {a}, the types {b}")),
    }
}
