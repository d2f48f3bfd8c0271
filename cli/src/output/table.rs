//! Aligned columns. On a terminal they fit its width: what does not is cut, and `wide` shows it.

use std::io::{IsTerminal, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, presets};

use super::columns::{Column, Value};
use super::{Instance, Sink, finish, printable, time};

/// Blanks between columns.
const GAP: u16 = 2;
/// What a column that may be cut keeps at least.
const CUT_TO: u16 = 8;

pub(super) struct Table {
    out: Box<dyn Write>,
    columns: &'static [Column],
    /// Width of the terminal, if it is one.
    width: Option<u16>,
    colour: bool,
    now: jiff::Timestamp,
    rows: Vec<Row>,
    empty: bool,
}

impl Table {
    pub(super) fn new(out: Box<dyn Write>, columns: &'static [Column]) -> Self {
        let stdout = std::io::stdout();
        let width = if stdout.is_terminal() { comfy_table::Table::new().width() } else { None };
        let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Self { out, columns, width, colour, now: jiff::Timestamp::now(), rows: Vec::new(), empty: true }
    }

    fn cell(&self, value: &Value) -> Cell {
        match value {
            Value::Number(number) => Cell::new(number).set_alignment(CellAlignment::Right),
            Value::Time(time) => {
                Cell::new(time.as_ref().map(|time| time::relative(time, self.now)).unwrap_or_default())
            }
            Value::Status(status) => Cell::new(printable(status)).fg(status_colour(status)),
            Value::Text(text) => Cell::new(printable(text)),
        }
    }

    fn render(&mut self) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_truncation_indicator("…");
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        let mut header =
            Row::from(self.columns.iter().map(|column| Cell::new(column.title).add_attribute(Attribute::Bold)));
        table.set_header(std::mem::take(header.max_height(1)));
        table.add_rows(std::mem::take(&mut self.rows));
        for column in table.column_iter_mut() {
            column.set_padding((0, GAP));
        }
        if let Some(width) = self.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
            self.keep_whole(&mut table, width);
        }
        // What pads the last column is of no use, and copies badly.
        table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
    }
}

impl Table {
    /// Where the terminal has room for it, only the columns are cut that say least when read whole.
    fn keep_whole(&self, table: &mut comfy_table::Table, width: u16) {
        let cut = |title: &str| matches!(title, "FLAVOR" | "ID");
        let widths = table.column_max_content_widths();
        let columns = || self.columns.iter().zip(&widths).map(|(column, width)| (cut(column.title), *width));
        let least: u16 = columns().map(|(cut, width)| GAP + if cut { width.min(CUT_TO) } else { width }).sum();
        if least <= width {
            for (column, (cut, _)) in table.column_iter_mut().zip(columns()) {
                if !cut {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
    }
}

impl Sink for Table {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        self.empty = false;
        if let Some(fields) = instance.fields {
            let mut row = Row::from(self.columns.iter().map(|column| self.cell(&(column.value)(fields))));
            row.max_height(1);
            self.rows.push(row);
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if self.empty {
            // Not on standard output, where a script would take it for an instance.
            anstream::eprintln!("no supernode instances");
            return Ok(());
        }
        let table = self.render();
        Ok(finish(&mut self.out, &table)?)
    }
}

/// Red for what needs attention, green for what works, yellow for what is under way.
fn status_colour(status: &str) -> Color {
    match status {
        "ACTIVE" => Color::Green,
        "ERROR" => Color::Red,
        "TERMINATED" => Color::DarkGrey,
        _ => Color::Yellow,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use hyperinstance_client::types::ServerHyperinstanceResponse;
    use serde_json::value::RawValue;

    use super::super::columns;
    use super::*;

    fn render(width: Option<u16>, colour: bool) -> String {
        let example = hyperinstance_spec::example("ListHyperinstances", 200, None).unwrap().body;
        let page: serde_json::Value = serde_json::from_str(example).unwrap();
        let raw = RawValue::from_string(page["data"][0].to_string()).unwrap();
        let fields: ServerHyperinstanceResponse = serde_json::from_str(raw.get()).unwrap();
        let now = "2026-01-15T08:30:00Z".parse().unwrap();
        let mut table = Table {
            out: Box::new(io::sink()),
            columns: columns::NARROW,
            width,
            colour,
            now,
            rows: vec![],
            empty: true,
        };
        table.item(&Instance { raw: &raw, fields: Some(&fields) }).unwrap();
        table.render()
    }

    #[test]
    fn without_a_terminal_nothing_is_cut() {
        assert_eq!(
            render(None, false),
            "\
NAME           STATUS  NODES  FLAVOR                           CREATED        UPDATED        ID
devserver-hps  ACTIVE      1  kat3ne-8.48xlarge.8.800t.matrix  14 months ago  14 months ago  b4beacb6-4380-448c-a218-daa82cf03f5d
",
        );
    }

    #[test]
    fn a_table_fits_the_terminal() {
        for width in [30, 40, 80, 100, 120] {
            let table = render(Some(width), false);
            assert!(table.lines().all(|line| line.chars().count() <= usize::from(width)), "{width}:\n{table}");
            assert_eq!(table.lines().count(), 2, "one line per row at {width}:\n{table}");
        }
        assert_eq!(
            render(Some(80), false),
            "\
NAME           STATUS  NODES  FLAVOR    CREATED        UPDATED        ID
devserver-hps  ACTIVE      1  kat3ne-…  14 months ago  14 months ago  b4beacb…
",
        );
    }

    #[test]
    fn colour_is_there_when_asked_for() {
        assert!(render(None, true).contains("\u{1b}["));
        assert!(!render(None, false).contains('\u{1b}'));
    }
}
