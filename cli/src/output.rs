//! Forms of a listing.

mod columns;
mod csv;
mod json;
mod table;
mod time;

use std::io::{self, Write};

use hyperinstance_client::types::ServerHyperinstanceResponse;
use serde_json::value::RawValue;

use crate::arguments::OutputForm;

pub(crate) use json::query;

/// An instance to print.
pub(crate) struct Instance<'i> {
    /// As the server sent it.
    pub(crate) raw: &'i RawValue,
    /// Its fields, unless it could not be decoded.
    pub(crate) fields: Option<&'i ServerHyperinstanceResponse>,
}

/// Takes the instances of a listing one by one and prints them, at once or at the end.
pub(crate) trait Sink {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()>;

    /// Prints what is left. Called once, when the listing is complete, or broke off after some instances.
    fn finish(&mut self) -> anyhow::Result<()>;
}

pub(crate) fn sink(form: OutputForm, out: Box<dyn Write>) -> Box<dyn Sink> {
    match form {
        OutputForm::Table => Box::new(table::Table::new(out, columns::NARROW)),
        OutputForm::Wide => Box::new(table::Table::new(out, columns::WIDE)),
        OutputForm::Json => Box::new(json::Array::new(out)),
        OutputForm::Ndjson => Box::new(json::Lines::new(out)),
        OutputForm::Yaml => Box::new(json::Yaml::new(out)),
        OutputForm::Csv => Box::new(csv::Csv::new(out)),
    }
}

/// Text from elsewhere as a terminal may show it: control characters and marks that reorder text are written out.
pub(crate) fn printable(text: &str) -> String {
    let harmless = |character: char| {
        !character.is_control()
            && !matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .flat_map(|character| {
            let escaped = (!harmless(character)).then(|| character.escape_default());
            let plain = harmless(character).then_some(character);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// Writes and flushes the end of an output.
fn finish(out: &mut dyn Write, end: &str) -> io::Result<()> {
    out.write_all(end.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_elsewhere_cannot_write_to_the_terminal() {
        assert_eq!(printable("a\u{1b}]0;x\u{7}\nb\u{202e}c 超"), "a\\u{1b}]0;x\\u{7}\\nb\\u{202e}c 超");
    }
}
