//! `cargo xtask bench`: prints `name value unit ratio` lines. It measures, and never fails a build.
//!
//! Opponents run in turns with ours, in one process, and medians are compared: what disturbs the machine disturbs both.

#![allow(clippy::cast_precision_loss, reason = "printed with two digits")]

mod opponents;
mod page;

use std::hint::black_box;
use std::time::{Duration, Instant};

use hyperinstance_client::types;
use hyperinstance_codegen::{Document, Settings, generate, stock_types};
use hyperinstance_validate::Validator;
use opponents::{plain, stock};

const ROUNDS: usize = 15;

fn main() {
    let page = page::page();
    println!("page {:.1} MB", page.len() as f64 / 1e6);

    // Each side by its fastest entry point; ours is the one that the client uses.
    let [floor, ours, ours_by_serde, plain, stock] = medians([
        &mut || assert!(black_box(serde_json::from_str::<serde::de::IgnoredAny>(&page)).is_ok()),
        &mut || drop(black_box(hyperinstance_client::read::<types::ListHyperinstancesResponse>(&page).expect("valid"))),
        &mut || drop(black_box(serde_json::from_str::<types::ListHyperinstancesResponse>(&page).expect("valid"))),
        &mut || drop(black_box(serde_json::from_str::<plain::Page>(&page).expect("valid"))),
        &mut || drop(black_box(serde_json::from_str::<stock::ListHyperinstancesResponse>(&page).expect("valid"))),
    ]);
    line("decode.nothing", floor, plain);
    line("decode.plain_strings", plain, plain);
    line("decode.validated", ours, plain);
    line("decode.validated_by_serde_json", ours_by_serde, plain);
    line("decode.stock", stock, stock);
    line("decode.validated_vs_stock", ours, stock);

    let validator = Validator::new("ListHyperinstancesResponse").expect("there is such a schema");
    let schema = hyperinstance_spec::schema("ListHyperinstancesResponse").expect("there is such a schema");
    let schema = serde_json::from_str(schema.text).expect("a schema is JSON");
    let opponent = jsonschema::validator_for(&schema).expect("a schema");
    let bad = page.replacen("\"RUNNING\"", "\"RUNING\"", 1);
    let [ours, ours_bad, opponent] = medians([
        &mut || assert!(black_box(validator.validate(page.as_bytes())).valid),
        &mut || assert!(!black_box(validator.validate(bad.as_bytes())).valid),
        &mut || {
            let value: serde_json::Value = serde_json::from_str(&page).expect("valid");
            assert!(black_box(opponent.is_valid(&value)));
        },
    ]);
    line("validate.jsonschema_crate", opponent, opponent);
    line("validate.valid", ours, opponent);
    line("validate.one_fault", ours_bad, opponent);

    let document = Document::load(hyperinstance_spec::OPENAPI).expect("the document loads");
    let [ours, stock] = medians([
        &mut || drop(black_box(generate(&document, &Settings::client()).expect("the document generates"))),
        &mut || drop(black_box(stock_types(&document).expect("the document generates"))),
    ]);
    line("generate.stock", stock, stock);
    line("generate.ours", ours, stock);
}

/// Runs all in turns, so many rounds, and gives the median of each.
fn medians<const N: usize>(mut runs: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for round in 0..=ROUNDS {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let started = Instant::now();
            run();
            // The first round warms up.
            if round > 0 {
                times.push(started.elapsed());
            }
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn line(name: &str, value: Duration, opponent: Duration) {
    println!("{name} {:.2} ms {:.2}", value.as_secs_f64() * 1e3, value.as_secs_f64() / opponent.as_secs_f64());
}
