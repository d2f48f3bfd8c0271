//! Three judges on the same values: the strict decoder, the JSON Schema of the document, and the schema derived from
//! the Rust types. They agree, but for the differences that are named here and in ARCHITECTURE.md.
//!
//! `HYPERINSTANCE_CASES=100000 cargo test --package hyperinstance-tests --test equivalence` is the full run.

use std::collections::{BTreeMap, BTreeSet};

use hyperinstance_client::types;
use jsonschema::Validator;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

/// The judges of one component.
struct Judges {
    decoder: fn(&str) -> bool,
    document: Validator,
    types: Validator,
}

/// A deliberate difference: its name, and whether a value shows it.
type Difference = (&'static str, fn(&Value) -> bool);

const DIFFERENCES: [Difference; 2] = [("integer-with-fraction", has_whole_float), ("integer-width", has_wide_integer)];

macro_rules! judges {
    ($($name:ident),* $(,)?) => {
        BTreeMap::from([$((stringify!($name), Judges {
            decoder: |text| serde_json::from_str::<types::$name>(text).is_ok(),
            document: validator(&serde_json::from_str(
                hyperinstance_spec::schema(stringify!($name)).expect("every component has a schema").text,
            ).expect("JSON")),
            types: validator(&schemars::schema_for!(types::$name).to_value()),
        })),*])
    };
}

fn judges() -> BTreeMap<&'static str, Judges> {
    hyperinstance_tests::every_component!(judges)
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).expect("a schema")
}

#[test]
fn the_judges_agree() {
    let cases: usize = std::env::var("HYPERINSTANCE_CASES").map_or(6_000, |cases| cases.parse().expect("a number"));
    let judges = judges();
    let names: BTreeSet<&str> = hyperinstance_spec::schemas().iter().map(|schema| schema.name).collect();
    assert_eq!(judges.keys().copied().collect::<BTreeSet<_>>(), names, "every component is judged");

    let document = hyperinstance_tests::document();
    let schemas: BTreeMap<&str, &Value> = document.schemas().collect();
    let mut maker = Maker::new(&schemas);
    let mut shown = BTreeMap::new();
    let (mut valid, mut invalid) = (0, 0);
    for case in 0..cases {
        let (name, judge) = judges.iter().nth(case % judges.len()).expect("within the number");
        let mut value = maker.value(schemas[name]);
        // Every second value has one fault, or none that matters.
        let mutated = case / judges.len() % 2 == 1;
        if mutated {
            maker.mutate(&mut value);
        }
        let text = value.to_string();
        let verdicts = [(judge.decoder)(&text), judge.document.is_valid(&value), judge.types.is_valid(&value)];
        *(if verdicts[1] { &mut valid } else { &mut invalid }) += 1;
        assert!(mutated || verdicts[1], "what is made for {name} must be valid: {text}");
        if verdicts != [verdicts[1]; 3] {
            let difference = DIFFERENCES.iter().find(|(_, shows)| shows(&value));
            let (difference, _) = difference.unwrap_or_else(|| {
                panic!("{name}: decoder {}, document {}, types {} on {text}", verdicts[0], verdicts[1], verdicts[2])
            });
            *shown.entry(*difference).or_insert(0) += 1;
        }
    }
    println!("{cases} cases, {valid} valid, {invalid} invalid, differences shown: {shown:?}");
    assert!(invalid * 5 > cases, "mutants must be refused often enough to mean something: {invalid} of {cases}");
}

#[test]
fn every_difference_is_documented() {
    let documented = include_str!("../../ARCHITECTURE.md");
    for (name, _) in DIFFERENCES {
        assert!(documented.contains(&format!("| `{name}` |")), "{name} is not in ARCHITECTURE.md");
    }
}

#[test]
fn each_difference_shows_as_it_is_documented() {
    let judges = judges();
    let verdicts = |name: &str, text: &str| {
        let (judge, value) = (&judges[name], serde_json::from_str(text).expect("JSON"));
        [(judge.decoder)(text), judge.document.is_valid(&value), judge.types.is_valid(&value)]
    };
    assert_eq!(verdicts("Limit", "10.0"), [false, true, true]);
    assert_eq!(verdicts("ListHyperinstancesResponse", r#"{"size":4294967296}"#), [false, true, true]);
}

/// An integer written as `1.0`: JSON Schema takes it for an integer.
fn has_whole_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64() && number.as_f64().is_some_and(|number| number.fract() == 0.0),
        Value::Array(items) => items.iter().any(has_whole_float),
        Value::Object(members) => members.values().any(has_whole_float),
        _ => false,
    }
}

/// An integer that 32 bits, or 64, do not hold; in JSON Schema the format is an annotation.
fn has_wide_integer(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_none_or(|number| i32::try_from(number).is_err()),
        Value::Array(items) => items.iter().any(has_wide_integer),
        Value::Object(members) => members.values().any(has_wide_integer),
        _ => false,
    }
}

/// Makes values that a schema accepts, and faults.
struct Maker<'s> {
    schemas: &'s BTreeMap<&'s str, &'s Value>,
    random: fastrand::Rng,
    runner: TestRunner,
}

impl<'s> Maker<'s> {
    fn new(schemas: &'s BTreeMap<&'s str, &'s Value>) -> Self {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        Self { schemas, random: fastrand::Rng::with_seed(7), runner: TestRunner::new_with_rng(Config::default(), rng) }
    }

    fn value(&mut self, schema: &Value) -> Value {
        let part = schema.get("allOf").map_or(schema, |parts| &parts[0]);
        if let Some(target) = part.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next().expect("a name");
            return self.value(self.schemas[name]);
        }
        match schema["type"].as_str().expect("every schema of the document has a type") {
            "object" => self.object(schema),
            "array" => {
                let count = self.random.usize(..4);
                (0..count).map(|_| self.value(&schema["items"])).collect()
            }
            "integer" => {
                let least = schema["minimum"].as_i64().unwrap_or(-5);
                let most = schema["maximum"].as_i64().unwrap_or(i64::from(i32::MAX));
                let edges = [least, most, self.random.i64(least..=most)];
                json!(edges[self.random.usize(..3)])
            }
            _ => self.text(schema),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let mut members = serde_json::Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if self.random.bool() {
                members.insert(name.clone(), self.value(property));
            }
        }
        if let Some(inner) = schema.get("additionalProperties") {
            members.insert("key".to_owned(), self.value(inner));
        }
        Value::Object(members)
    }

    fn text(&mut self, schema: &Value) -> Value {
        if let Some(values) = schema["enum"].as_array() {
            return values[self.random.usize(..values.len())].clone();
        }
        let pattern = match (schema["pattern"].as_str(), schema["maxLength"].as_u64()) {
            (Some(pattern), _) => pattern.trim_start_matches('^').trim_end_matches('$').to_owned(),
            (None, Some(most)) => format!("(?s:.){{1,{most}}}"),
            (None, None) => "(?s:.){0,8}".to_owned(),
        };
        // `.` means no line terminator in ECMA-262; in the syntax of the maker it only excludes `\n`.
        let pattern =
            if pattern.starts_with('.') { pattern.replacen('.', r"[^\n\r\u{2028}\u{2029}]", 1) } else { pattern };
        let strategy = proptest::string::string_regex(&pattern).expect("a pattern of the document");
        json!(strategy.new_tree(&mut self.runner).expect("a text").current())
    }

    /// Changes one thing somewhere in a value.
    fn mutate(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() && self.random.u8(..8) > 0 => {
                let index = self.random.usize(..members.len());
                let member = members.values_mut().nth(index).expect("within the number");
                self.mutate(member);
            }
            Value::Array(items) if !items.is_empty() && self.random.u8(..8) > 0 => {
                let index = self.random.usize(..items.len());
                self.mutate(&mut items[index]);
            }
            Value::Object(members) if self.random.bool() => {
                members.insert("unknown".to_owned(), json!({ "x": [1, null] }));
            }
            Value::Array(items) if self.random.bool() => {
                *items = vec![json!("x"); [1024, 1025][self.random.usize(..2)]];
            }
            Value::String(text) if self.random.u8(..4) > 0 => *text = self.other_text(text),
            Value::Number(_) if self.random.u8(..4) > 0 => *value = self.other_number(),
            _ => *value = self.other_type(),
        }
    }

    fn other_text(&mut self, text: &str) -> String {
        match self.random.u8(..10) {
            0 => format!("{text}\n"),
            1 => text.to_uppercase(),
            2 => text.to_lowercase(),
            3 => String::new(),
            4 => format!(" {text}"),
            5 => "n".repeat(65),
            6 => "超".repeat(129),
            7 => format!("{text}\u{2028}"),
            8 => text.replace('4', "7"),
            _ => text.chars().skip(1).collect(),
        }
    }

    fn other_number(&mut self) -> Value {
        let numbers = [
            json!(-1),
            json!(0),
            json!(1.0),
            json!(1e3),
            json!(1.5),
            json!(1025),
            json!(99),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(1_u64 << 40),
            json!(-0.0),
            json!(1e300),
        ];
        numbers[self.random.usize(..numbers.len())].clone()
    }

    fn other_type(&mut self) -> Value {
        let values = [json!(null), json!(true), json!(7), json!("x"), json!([]), json!({}), json!([null]), json!(1.5)];
        values[self.random.usize(..values.len())].clone()
    }
}
