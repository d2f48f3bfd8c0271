//! Comma-separated values, with all columns.

use std::io::Write;

use super::{Instance, Sink, columns};

pub(super) struct Csv {
    writer: csv::Writer<Box<dyn Write>>,
    titled: bool,
}

impl Csv {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self { writer: csv::Writer::from_writer(out), titled: false }
    }

    fn title(&mut self) -> anyhow::Result<()> {
        if !self.titled {
            self.writer.write_record(columns::WIDE.iter().map(|column| column.title))?;
            self.titled = true;
        }
        Ok(())
    }
}

impl Sink for Csv {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        self.title()?;
        if let Some(fields) = instance.fields {
            self.writer.write_record(columns::WIDE.iter().map(|column| harmless((column.value)(fields).plain())))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.title()?;
        Ok(self.writer.flush()?)
    }
}

/// Spreadsheets run a cell that begins like a formula; a leading apostrophe makes it text.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_be_a_formula() {
        assert_eq!(harmless("=cmd|'/c calc'!A1".to_owned()), "'=cmd|'/c calc'!A1");
        assert_eq!(harmless("-name".to_owned()), "'-name");
        assert_eq!(harmless("name".to_owned()), "name");
    }
}
