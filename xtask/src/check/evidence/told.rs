//! What the document tells, as rows of evidence, so that it can be compared with what witnesses say.

use std::collections::BTreeMap;

use hyperinstance_codegen::Document;
use serde_json::{Map, Value};

use super::super::walk;
use crate::evidence::{Kind, Row, Table, Values};

/// The tables of the document, where each row stands, and what has no place in a row.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) tables: Vec<Table>,
    /// Pointer by field or table.
    pub(super) places: BTreeMap<String, String>,
    /// Pointers to what no witness could have said.
    pub(super) beyond: Vec<String>,
}

/// Keys that are prose, wherever they stand.
pub(in crate::check) fn is_prose(key: &str) -> bool {
    matches!(key, "description" | "summary" | "title" | "example" | "examples" | "externalDocs")
        || key.starts_with("x-")
}

impl Told {
    /// What the document tells of one operation, and its schemas.
    pub(super) fn read(document: &Document, pointer: &str, operation: &Value) -> Self {
        let mut told = Self::default();
        told.known(pointer, operation, &["operationId", "tags", "parameters", "responses"]);
        told.parameters(document, pointer, operation);
        let mut bodies = Vec::new();
        for (pointer, status, response) in walk::responses(document, pointer, operation) {
            let Ok(status) = status.parse() else {
                told.beyond.push(pointer);
                continue;
            };
            told.headers(document, &pointer, status, response);
            bodies.extend(told.body(document, &pointer, status, response));
        }
        for (name, schema) in document.schemas() {
            if is_object(schema) && !bodies.iter().any(|body| body == name) {
                let pointer = format!("/components/schemas/{}", walk::escape(name));
                let rows = told.object(document, &pointer, name, schema);
                told.table(name.to_owned(), Kind::Schema, None, rows, pointer);
            }
        }
        told
    }

    fn table(&mut self, name: String, kind: Kind, status: Option<u16>, rows: Vec<Row>, pointer: String) {
        self.places.insert(name.clone(), pointer);
        self.tables.push(Table { name, kind, status, rows });
    }

    /// Notes the keys of an object that are neither known nor prose.
    fn known(&mut self, pointer: &str, value: &Value, keys: &[&str]) {
        for key in value.as_object().into_iter().flat_map(Map::keys) {
            if !keys.contains(&key.as_str()) && !is_prose(key) {
                self.beyond.push(format!("{pointer}/{}", walk::escape(key)));
            }
        }
    }

    fn parameters(&mut self, document: &Document, pointer: &str, operation: &Value) {
        let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for (index, value) in operation.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let pointer = place(&format!("{pointer}/parameters/{index}"), value);
            let parameter = walk::resolve(document, value);
            self.known(&pointer, parameter, &["name", "in", "required", "schema"]);
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
            let place = match text("in") {
                "path" => "path parameters",
                "query" => "query parameters",
                _ => "request headers",
            };
            let mut row = self.row(document, &format!("{pointer}/schema"), text("name"), parameter.get("schema"));
            row.required = Some(parameter.get("required") == Some(&Value::Bool(true)));
            self.places.insert(format!("{place}.{}", row.name), pointer);
            rows.entry(place).or_default().push(row);
        }
        for (place, rows) in rows {
            let kind = match place {
                "path parameters" => Kind::Path,
                "query parameters" => Kind::Query,
                _ => Kind::Header,
            };
            self.table(place.to_owned(), kind, None, rows, format!("{pointer}/parameters"));
        }
    }

    fn headers(&mut self, document: &Document, pointer: &str, status: u16, response: &Value) {
        self.known(pointer, response, &["headers", "content"]);
        let headers = response.get("headers").and_then(Value::as_object);
        let table = format!("{status} headers");
        let mut rows = Vec::new();
        for (name, value) in headers.into_iter().flatten() {
            let place = place(&format!("{pointer}/headers/{}", walk::escape(name)), value);
            let header = walk::resolve(document, value);
            self.known(&place, header, &["schema"]);
            rows.push(self.row(document, &format!("{place}/schema"), name, header.get("schema")));
            self.places.insert(format!("{table}.{name}"), place);
        }
        if !rows.is_empty() {
            self.table(table, Kind::Header, Some(status), rows, pointer.to_owned());
        }
    }

    /// The body of a response; the name of its component.
    fn body(&mut self, document: &Document, pointer: &str, status: u16, response: &Value) -> Option<String> {
        const JSON: &str = "application/json";
        let table = format!("{status} body");
        let content = response.get("content").and_then(Value::as_object)?;
        for (media, value) in content {
            let place = format!("{pointer}/content/{}", walk::escape(media));
            if media == JSON {
                self.known(&place, value, &["schema"]);
            } else {
                self.beyond.push(place);
            }
        }
        let schema = content.get(JSON)?.get("schema")?;
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next())?;
        let place = place("", schema);
        let rows = self.object(document, &place, &table, walk::resolve(document, schema));
        self.table(table, Kind::Body, Some(status), rows, place);
        Some(name.to_owned())
    }

    /// The properties of an object.
    fn object(&mut self, document: &Document, pointer: &str, table: &str, schema: &Value) -> Vec<Row> {
        self.known(pointer, schema, &["type", "properties", "required"]);
        if schema.get("type") != Some(&Value::String("object".to_owned())) {
            self.beyond.push(format!("{pointer}/type"));
        }
        let required: Vec<_> = schema.get("required").and_then(Value::as_array).into_iter().flatten().collect();
        let mut rows = Vec::new();
        for (place, name, property) in walk::properties(pointer, schema) {
            let mut row = self.row(document, &place, name, Some(property));
            row.required = Some(required.iter().any(|required| required.as_str() == Some(name)));
            self.places.insert(format!("{table}.{name}"), place);
            rows.push(row);
        }
        rows
    }

    fn row(&mut self, document: &Document, pointer: &str, name: &str, schema: Option<&Value>) -> Row {
        let mut facts = Facts::default();
        if let Some(schema) = schema {
            facts.collect(document, pointer, schema, 0);
        }
        self.beyond.append(&mut facts.beyond);
        let mut row = facts.row;
        name.clone_into(&mut row.name);
        row.type_ = facts.type_.words();
        row
    }
}

fn is_object(schema: &Value) -> bool {
    schema.get("properties").is_some() || schema.get("type") == Some(&Value::String("object".to_owned()))
}

/// Where a value stands that may be a reference.
fn place(pointer: &str, value: &Value) -> String {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.unwrap_or(pointer).to_owned()
}

/// What a schema says of a value, references followed.
#[derive(Default)]
struct Facts {
    row: Row,
    type_: Words,
    beyond: Vec<String>,
}

/// The type of a schema, on the way to the words of a page.
#[derive(Default)]
struct Words {
    named: Option<String>,
    type_: String,
    format: Option<String>,
    inner: Option<String>,
}

impl Words {
    fn words(&self) -> String {
        if let Some(named) = &self.named {
            return format!("{named} object");
        }
        let inner = || self.inner.clone().unwrap_or_else(|| "nothing".to_owned());
        match (self.type_.as_str(), self.format.as_deref()) {
            ("string", None) => "String".to_owned(),
            ("boolean", None) => "Boolean".to_owned(),
            ("number", _) => "Float".to_owned(),
            ("integer", Some("int32")) => "Integer".to_owned(),
            ("integer", Some("int64")) => "Long".to_owned(),
            ("integer", None) => "int".to_owned(),
            ("array", None) => format!("Array of {}", inner()),
            ("object", None) => format!("Map<String,{}>", inner()),
            (other, format) => format!("{other} of format {}", format.unwrap_or("none")),
        }
    }
}

impl Facts {
    fn collect(&mut self, document: &Document, pointer: &str, schema: &Value, depth: usize) {
        const MAX_DEPTH: usize = 16;
        let Some(members) = schema.as_object().filter(|_| depth < MAX_DEPTH) else {
            self.beyond.push(pointer.to_owned());
            return;
        };
        for (key, value) in members {
            let at = format!("{pointer}/{}", walk::escape(key));
            match (key.as_str(), value) {
                ("$ref", Value::String(target)) => {
                    let name = target.rsplit('/').next().unwrap_or_default();
                    let target_schema = walk::resolve(document, schema);
                    if is_object(target_schema) {
                        self.type_.named = Some(name.to_owned());
                    } else {
                        self.collect(document, &place(pointer, schema), target_schema, depth + 1);
                    }
                }
                ("allOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter().enumerate() {
                        self.collect(document, &format!("{at}/{index}"), part, depth + 1);
                    }
                }
                ("type", Value::String(type_)) => self.type_.type_.clone_from(type_),
                ("format", Value::String(format)) => self.type_.format = Some(format.clone()),
                ("pattern", Value::String(pattern)) => self.row.pattern = Some(pattern.clone()),
                ("minimum" | "minLength" | "minItems", Value::Number(bound)) if is_bound_of(key, members) => {
                    self.row.min = bound.as_i64();
                }
                ("maximum" | "maxLength" | "maxItems", Value::Number(bound)) if is_bound_of(key, members) => {
                    self.row.max = bound.as_i64();
                }
                ("enum", Value::Array(values)) => {
                    self.row.values = Some(Values::Listed(values.iter().map(said).collect()));
                }
                ("default", value) => self.row.default = Some(said(value)),
                ("items", value) => self.type_.inner = Some(self.inner(document, &at, value, depth, true)),
                ("additionalProperties", Value::Object(_)) => {
                    self.type_.inner = Some(self.inner(document, &at, value, depth, false));
                }
                (key, _) if is_prose(key) => {}
                _ => self.beyond.push(at),
            }
        }
    }

    /// The type of what a list or a map holds. A constraint on it is beyond what a row can say.
    fn inner(&mut self, document: &Document, pointer: &str, schema: &Value, depth: usize, list: bool) -> String {
        let mut inner = Self::default();
        inner.collect(document, pointer, schema, depth + 1);
        self.beyond.append(&mut inner.beyond);
        if inner.row != Row::default() {
            self.beyond.push(pointer.to_owned());
        }
        let words = inner.type_.words();
        match words.as_str() {
            "String" if list => "strings".to_owned(),
            _ if list && inner.type_.named.is_some() => format!("{words}s"),
            _ => words,
        }
    }
}

/// Whether a bound is of the type of its schema.
fn is_bound_of(keyword: &str, members: &Map<String, Value>) -> bool {
    let type_ = members.get("type").and_then(Value::as_str).unwrap_or_default();
    matches!(
        (type_, keyword),
        ("integer", "minimum" | "maximum") | ("string", "minLength" | "maxLength") | ("array", "minItems" | "maxItems")
    )
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
