//! `check --mutants`: alters one fact of the document at a time, in memory, and tells which alterations the check does
//! not notice. A check that notices none of them would be as good as no check.
//!
//! Beside them stand harmless edits, of prose, order and notes, which must raise no alarm.

mod alterations;
mod harmless;

use std::thread;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::findings;
use crate::Outcome;
use crate::evidence::Witnesses;

/// One alteration of a document.
pub(super) struct Mutant {
    /// What was altered, as a JSON pointer.
    pub(super) pointer: String,
    /// How, in words.
    pub(super) change: String,
    pub(super) document: Value,
}

pub(super) fn run(document: &Document, witnesses: &Witnesses, json: bool) -> Outcome {
    let mutants = alterations::all(document.value());
    let harmless = harmless::all(document.value());
    let unnoticed: Vec<_> = pick(&mutants, witnesses, false);
    let alarms: Vec<_> = pick(&harmless, witnesses, true);
    let outcome = if unnoticed.is_empty() && alarms.is_empty() { Outcome::Clean } else { Outcome::Findings };
    if json {
        let told = |mutants: &[&Mutant]| {
            let told =
                mutants.iter().map(|mutant| serde_json::json!({ "pointer": mutant.pointer, "change": mutant.change }));
            told.collect::<Vec<_>>()
        };
        let report = serde_json::json!({
            "mutants": mutants.len(), "noticed": mutants.len() - unnoticed.len(), "unnoticed": told(&unnoticed),
            "harmless": harmless.len(), "alarms": told(&alarms),
        });
        anstream::println!("{report:#}");
        return outcome;
    }
    for mutant in &unnoticed {
        anstream::println!("not noticed: {} at {}", mutant.change, mutant.pointer);
    }
    for edit in &alarms {
        anstream::println!("false alarm: {} at {}", edit.change, edit.pointer);
    }
    let noticed = mutants.len() - unnoticed.len();
    anstream::println!(
        "{noticed} of {} alterations noticed, {:.1} %; {} of {} harmless edits raise an alarm",
        mutants.len(),
        100.0 * share(noticed, mutants.len()),
        alarms.len(),
        harmless.len(),
    );
    outcome
}

#[allow(clippy::cast_precision_loss, reason = "a percentage of hundreds")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Those of the mutants that the check finds something in, or nothing, on all cores.
fn pick<'m>(mutants: &'m [Mutant], witnesses: &Witnesses, noticed: bool) -> Vec<&'m Mutant> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let size = mutants.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = mutants
            .chunks(size)
            .map(|chunk| {
                scope.spawn(move || {
                    chunk.iter().filter(|mutant| is_noticed(mutant, witnesses) == noticed).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a check does not panic")).collect()
    })
}

fn is_noticed(mutant: &Mutant, witnesses: &Witnesses) -> bool {
    // JSON is YAML.
    match Document::load(&mutant.document.to_string()) {
        Ok(document) => !findings(&document, witnesses).is_empty(),
        Err(_) => true,
    }
}

/// Every place of a document with its pointer, parents first.
fn places(document: &Value) -> Vec<(String, &Value)> {
    fn visit<'d>(pointer: &str, value: &'d Value, found: &mut Vec<(String, &'d Value)>) {
        found.push((pointer.to_owned(), value));
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    visit(&format!("{pointer}/{}", super::walk::escape(key)), member, found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    visit(&format!("{pointer}/{index}"), item, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    visit("", document, &mut found);
    found
}

/// A copy of the document with one place changed.
fn changed(document: &Value, pointer: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = document.clone();
    change(copy.pointer_mut(pointer).expect("the place was found in this document"));
    copy
}
