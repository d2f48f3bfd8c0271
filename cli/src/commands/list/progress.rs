//! How far a listing is, on a terminal and only when it takes long.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A listing that is done by then says nothing.
const QUIET: Duration = Duration::from_millis(500);

pub(crate) struct Progress {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    pub(crate) fn update(&mut self, count: usize, total: Option<u64>) {
        if self.started.elapsed() < QUIET || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{spinner} {msg}").expect("the template is correct");
            ProgressBar::new_spinner().with_style(style)
        });
        bar.set_message(match total {
            Some(total) => format!("{count} of {total} instances"),
            None => format!("{count} instances"),
        });
        bar.tick();
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
