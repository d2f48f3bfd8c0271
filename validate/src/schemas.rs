//! The compiled schemas of the document's components.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::UnknownSchema;

/// The schema of a component, ready to judge.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) name: &'static str,
    /// With what is closed when unknown fields are denied.
    pub(crate) schema: Value,
    pub(crate) validator: jsonschema::Validator,
}

/// Compiled schemas by name, each compiled when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    deny_unknown: bool,
    compiled: Mutex<BTreeMap<&'static str, Arc<Compiled>>>,
}

impl Schemas {
    pub(crate) fn new(deny_unknown: bool) -> Self {
        Self { deny_unknown, compiled: Mutex::default() }
    }

    pub(crate) fn get(&self, name: &str) -> Result<Arc<Compiled>, UnknownSchema> {
        let known = hyperinstance_spec::schema(name).ok_or_else(|| UnknownSchema::new(name))?;
        // A schema is whole or not there, whoever panicked.
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = compiled.entry(known.name).or_insert_with(|| {
            let mut schema: Value = serde_json::from_str(known.text).expect("a schema of the document is JSON");
            if self.deny_unknown {
                close(&mut schema);
            }
            let validator = jsonschema::validator_for(&schema).expect("a schema of the document is a schema");
            Arc::new(Compiled { name: known.name, schema, validator })
        });
        Ok(Arc::clone(entry))
    }
}

/// Lets no object have a field that it does not name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("properties").is_some_and(Value::is_object) && !members.contains_key("additionalProperties")
            {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

impl Compiled {
    /// The component that the items of a property are of, where nothing else is said of the list.
    pub(crate) fn items_of(&self, property: &str) -> Option<&str> {
        let list = self.schema.get("properties")?.get(property)?;
        let bounded =
            ["minItems", "maxItems", "uniqueItems", "contains"].iter().any(|keyword| list.get(keyword).is_some());
        let target = list.get("items")?.get("$ref")?.as_str()?;
        if bounded { None } else { target.strip_prefix("#/$defs/") }
    }

    /// Where a place of the schema stands in the document.
    pub(crate) fn place(&self, path: &str) -> String {
        match path.strip_prefix("/$defs/") {
            Some(component) => format!("/components/schemas/{component}"),
            None => format!("/components/schemas/{}{path}", self.name),
        }
    }
}
