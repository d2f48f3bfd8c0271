//! NDJSON: each line is a payload of its own, judged on all cores, told in order, in constant memory.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
use hyperinstance_validate::{Report, Validator};

use super::{Run, inputs};

/// Lines are judged in batches of about so many bytes.
const BATCH: usize = 8 << 20;
/// Longest line, in bytes.
const MAX_LINE: usize = 16 << 20;

/// A line with its number.
struct Line {
    number: usize,
    payload: Vec<u8>,
    /// Only its beginning is there.
    too_long: bool,
}

pub(super) fn judge(path: &Path, run: &mut Run<'_>) -> Result<()> {
    let mut input = BufReader::with_capacity(1 << 20, inputs::open(path)?);
    let mut number = 0;
    loop {
        let mut batch = Vec::new();
        let mut size = 0;
        while size < BATCH {
            let mut payload = Vec::new();
            let limit = u64::try_from(MAX_LINE).unwrap_or(u64::MAX) + 1;
            let read = input.by_ref().take(limit).read_until(b'\n', &mut payload);
            if read.with_context(|| format!("cannot read {}", path.display()))? == 0 {
                break;
            }
            number += 1;
            size += payload.len();
            let too_long = payload.len() > MAX_LINE;
            if too_long {
                skip_line(&mut input).with_context(|| format!("cannot read {}", path.display()))?;
            }
            while let Some(b'\n' | b'\r') = payload.last() {
                payload.pop();
            }
            // A blank line separates, and says nothing.
            if !payload.iter().all(u8::is_ascii_whitespace) {
                batch.push(Line { number, payload, too_long });
            }
        }
        if batch.is_empty() && size == 0 {
            return Ok(());
        }
        for (line, report) in batch.iter().zip(reports(&batch, run)) {
            run.judged(path, Some(line.number), &line.payload, &report)?;
        }
    }
}

/// Goes to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |end| end + 1);
        input.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

fn judge_line(validator: &Validator, line: &Line) -> Report {
    if line.too_long {
        return Report::refused(format!("the line has more than {MAX_LINE} bytes, and is not judged"));
    }
    validator.validate(&line.payload)
}

/// The reports on a batch, in its order.
fn reports(batch: &[Line], run: &Run<'_>) -> Vec<Report> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = batch.len().div_ceil(threads).max(1);
    let validator = &run.validator;
    thread::scope(|scope| {
        let workers: Vec<_> = batch
            .chunks(share)
            .map(|lines| scope.spawn(move || lines.iter().map(|line| judge_line(validator, line)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("judging does not panic")).collect()
    })
}
