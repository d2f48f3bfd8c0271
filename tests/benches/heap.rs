//! Heap held after decoding the page, in a process of its own: counting slows each allocation down.

#![allow(clippy::cast_precision_loss, reason = "printed with two digits")]

mod opponents;
mod page;

use hyperinstance_client::types;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let page = page::page();
    let ours = held(|| serde_json::from_str::<types::ListHyperinstancesResponse>(&page).expect("valid"));
    let plain = held(|| serde_json::from_str::<opponents::plain::Page>(&page).expect("valid"));
    let stock = held(|| serde_json::from_str::<opponents::stock::ListHyperinstancesResponse>(&page).expect("valid"));
    for (name, value) in [("heap.plain_strings", plain), ("heap.stock", stock), ("heap.validated", ours)] {
        println!("{name} {:.1} MB {:.2}", value as f64 / 1e6, value as f64 / plain as f64);
    }
}

/// Bytes that a value holds.
fn held<T>(make: impl FnOnce() -> T) -> usize {
    let before = HEAP.current_usage();
    let value = make();
    let held = HEAP.current_usage() - before;
    drop(value);
    held
}
