//! Two tellings of the same tables, compared row by row.

use std::fmt;

use super::{Row, Shape, Table, Values, Width};

/// One thing that two witnesses do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The row, such as `ServerResponse.volumes`.
    pub(crate) field: String,
    pub(crate) what: What,
    /// What either says; nothing where it does not know the row.
    pub(crate) first: String,
    pub(crate) second: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// Only the first knows the row, or the table.
    OnlyFirst,
    OnlySecond,
    Type,
    Required,
    Pattern,
    Min,
    Max,
    Enum,
    Default,
}

impl What {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OnlyFirst => "only-first",
            Self::OnlySecond => "only-second",
            Self::Type => "type",
            Self::Required => "required",
            Self::Pattern => "pattern",
            Self::Min => "min",
            Self::Max => "max",
            Self::Enum => "enum",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How exactly types and lost lists are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rigor {
    /// Two witnesses: what one leaves open, the other may say.
    Compatible,
    /// A witness and the document: the document says all that the witness says, and nothing more.
    Exact,
    /// The same witness twice: every cell is the same.
    Identical,
}

pub(crate) fn tables(first: &[Table], second: &[Table], rigor: Rigor) -> Vec<Difference> {
    let mut differences = Vec::new();
    for table in first {
        match second.iter().find(|other| other.key() == table.key()) {
            Some(other) => rows(table, other, rigor, &mut differences),
            None => differences.push(only(table.name.clone(), What::OnlyFirst)),
        }
    }
    for table in second {
        if !first.iter().any(|other| other.key() == table.key()) {
            differences.push(only(table.name.clone(), What::OnlySecond));
        }
    }
    differences
}

fn rows(first: &Table, second: &Table, rigor: Rigor, differences: &mut Vec<Difference>) {
    for row in &first.rows {
        match second.rows.iter().find(|other| other.name == row.name) {
            Some(other) => cells(&first.field(row), row, other, rigor, differences),
            None => differences.push(only(first.field(row), What::OnlyFirst)),
        }
    }
    for row in &second.rows {
        if !first.rows.iter().any(|other| other.name == row.name) {
            differences.push(only(second.field(row), What::OnlySecond));
        }
    }
}

fn only(field: String, what: What) -> Difference {
    Difference { field, what, first: String::new(), second: String::new() }
}

/// The cells of two rows of the same name.
pub(crate) fn cells(field: &str, first: &Row, second: &Row, rigor: Rigor, differences: &mut Vec<Difference>) {
    let mut add = |what, first: String, second: String| {
        differences.push(Difference { field: field.to_owned(), what, first, second });
    };
    if !types_agree(&first.type_, &second.type_, rigor) {
        add(What::Type, first.type_.clone(), second.type_.clone());
    }
    let mut cell = |what, first: Option<String>, second: Option<String>, silence_agrees: bool| {
        let silent = first.is_none() || second.is_none();
        if first != second && !(silent && silence_agrees) {
            let said = |cell: Option<String>| cell.unwrap_or_else(|| "nothing".to_owned());
            add(what, said(first), said(second));
        }
    };
    let compatible = rigor == Rigor::Compatible;
    // What nobody calls mandatory is not.
    let required = |row: &Row| match rigor {
        Rigor::Exact => Some(row.required.unwrap_or(false).to_string()),
        _ => row.required.map(|required| required.to_string()),
    };
    cell(What::Required, required(first), required(second), compatible);
    cell(What::Pattern, first.pattern.clone(), second.pattern.clone(), false);
    cell(What::Min, first.min.map(|min| min.to_string()), second.min.map(|min| min.to_string()), false);
    cell(What::Max, first.max.map(|max| max.to_string()), second.max.map(|max| max.to_string()), false);
    cell(What::Default, first.default.clone(), second.default.clone(), false);
    let lost = [first, second].iter().any(|row| matches!(row.values, Some(Values::Lost(_))));
    let both = first.values.is_some() && second.values.is_some();
    if !(compatible && lost && both) {
        cell(What::Enum, listed(first, rigor), listed(second, rigor), false);
    }
}

fn types_agree(first: &str, second: &str, rigor: Rigor) -> bool {
    if rigor == Rigor::Identical {
        return first == second;
    }
    match (Shape::read(first), Shape::read(second)) {
        (Some(first), Some(second)) if rigor == Rigor::Compatible => first.agrees(&second),
        (Some(first), Some(second)) => first.is_kept_by(&second),
        _ => first == second,
    }
}

fn listed(row: &Row, rigor: Rigor) -> Option<String> {
    match row.values.as_ref()? {
        Values::Listed(values) => {
            let mut values = values.clone();
            // The order of a set says nothing, unless it is a cell that is compared.
            if rigor != Rigor::Identical {
                values.sort();
            }
            Some(values.join(", "))
        }
        Values::Lost(_) => Some("a list that was lost".to_owned()),
    }
}

impl Shape {
    /// Whether a document that says the second says what a witness that says the first does.
    fn is_kept_by(&self, document: &Self) -> bool {
        match (self, document) {
            (Self::Integer(Width::Unstated), Self::Integer(width)) => *width != Width::Unstated,
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.is_kept_by(b),
            _ => self == document,
        }
    }
}
