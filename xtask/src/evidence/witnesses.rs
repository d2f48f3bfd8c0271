//! All witnesses together: where they contradict each other, what was decided, and what the document has to say.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Difference, Evidence, Kind, Rigor, Row, Table, Values, What, compare};

/// What is known of the operation.
#[derive(Debug, Clone)]
pub(crate) struct Witnesses {
    pub(crate) page: Evidence,
    pub(crate) sdk: Evidence,
    pub(crate) gateway: Gateway,
    pub(crate) conflicts: Vec<Conflict>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gateway {
    pub(crate) security: Vec<SecurityScheme>,
    pub(crate) default_region: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecurityScheme {
    #[serde(rename = "type")]
    pub(crate) type_: String,
    #[serde(rename = "in")]
    pub(crate) in_: String,
    pub(crate) name: String,
}

/// A contradiction between witnesses, or something that the document says beyond all of them, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conflict {
    /// The row, or the table.
    pub(crate) field: String,
    #[serde(rename = "conflict")]
    pub(crate) kind: ConflictKind,
    /// In words.
    pub(crate) decision: String,
    /// Cells that the decision settles.
    #[serde(default)]
    pub(crate) facts: Facts,
    pub(crate) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ConflictKind {
    OnlyPage,
    OnlySdk,
    Type,
    Required,
    Pattern,
    Min,
    Max,
    Enum,
    Default,
    /// No witness says it; the document does, for a reason.
    Document,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    #[serde(rename = "type")]
    type_: Option<String>,
    required: Option<bool>,
    pattern: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
    #[serde(rename = "enum")]
    values: Option<Vec<String>>,
    default: Option<String>,
}

impl Conflict {
    /// Writes what was decided into the row that it is about.
    fn settle(&self, tables: &mut [Table]) {
        for table in tables {
            let name = self.field.strip_prefix(&table.name).and_then(|rest| rest.strip_prefix('.'));
            if let Some(row) = name.and_then(|name| table.rows.iter_mut().find(|row| row.name == name)) {
                self.facts.settle(row);
            }
        }
    }
}

impl Facts {
    fn settle(&self, row: &mut Row) {
        if let Some(type_) = &self.type_ {
            row.type_.clone_from(type_);
        }
        row.required = self.required.or(row.required);
        row.pattern = self.pattern.clone().or_else(|| row.pattern.take());
        row.min = self.min.or(row.min);
        row.max = self.max.or(row.max);
        row.default = self.default.clone().or_else(|| row.default.take());
        row.values = self.values.clone().map(Values::Listed).or_else(|| row.values.take());
    }
}

impl ConflictKind {
    fn of(what: What) -> Self {
        match what {
            What::OnlyFirst => Self::OnlyPage,
            What::OnlySecond => Self::OnlySdk,
            What::Type => Self::Type,
            What::Required => Self::Required,
            What::Pattern => Self::Pattern,
            What::Min => Self::Min,
            What::Max => Self::Max,
            What::Enum => Self::Enum,
            What::Default => Self::Default,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OnlyPage => "only-page",
            Self::OnlySdk => "only-sdk",
            Self::Document => "document",
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

impl Witnesses {
    /// What the spec crate holds.
    pub(crate) fn read() -> Result<Self> {
        use hyperinstance_spec::evidence;
        Ok(Self {
            page: Evidence::read(evidence::PAGE).context("spec/evidence/page.yaml is no evidence")?,
            sdk: Evidence::read(evidence::SDK).context("spec/evidence/sdk.yaml is no evidence")?,
            gateway: serde_yaml::from_str(evidence::GATEWAY).context("spec/evidence/gateway.yaml is no evidence")?,
            conflicts: serde_yaml::from_str(evidence::CONFLICTS)
                .context("spec/evidence/conflicts.yaml is no list of conflicts")?,
        })
    }

    /// Where page and SDK contradict each other.
    pub(crate) fn contradictions(&self) -> Vec<(ConflictKind, Difference)> {
        compare(&self.page.tables, &self.sdk.tables, Rigor::Compatible)
            .into_iter()
            // The SDK has no models of what is not its user's: the project, and errors.
            .filter(|difference| difference.what != What::OnlyFirst || self.sdk_could_know(&difference.field))
            .map(|difference| (ConflictKind::of(difference.what), difference))
            .collect()
    }

    fn sdk_could_know(&self, field: &str) -> bool {
        self.page.tables.iter().find(|table| table.name == field).is_none_or(|table| table.kind == Kind::Schema)
    }

    /// The tables that the document has to tell: those of the page, what only the SDK knows, and the decisions.
    pub(crate) fn expected(&self) -> Vec<Table> {
        let mut tables = self.witnessed();
        for conflict in &self.conflicts {
            conflict.settle(&mut tables);
        }
        tables
    }

    /// Whether a decision says something that no witness does.
    pub(crate) fn adds(&self, conflict: &Conflict) -> bool {
        let witnessed = self.witnessed();
        let mut settled = witnessed.clone();
        conflict.settle(&mut settled);
        settled != witnessed
    }

    /// All that the witnesses say together.
    fn witnessed(&self) -> Vec<Table> {
        let mut tables = self.page.tables.clone();
        for known in &self.sdk.tables {
            let Some(table) = tables.iter_mut().find(|table| table.key() == known.key()) else {
                tables.push(known.clone());
                continue;
            };
            for row in &known.rows {
                match table.rows.iter_mut().find(|other| other.name == row.name) {
                    Some(own) if matches!(own.values, Some(Values::Lost(_))) => own.values.clone_from(&row.values),
                    Some(_) => {}
                    None => table.rows.push(row.clone()),
                }
            }
        }
        tables
    }
}
