//! `check --page PAGE`: a freshly saved page against the evidence, so that a rewritten page is noticed.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::Outcome;
use crate::evidence::{Difference, Evidence, Kind, Rigor, Table, What, compare};
use crate::import;

const EVIDENCE: &str = "spec/evidence/page.yaml";

pub(super) fn run(path: &Path, evidence: &Evidence, json: bool) -> Result<Outcome> {
    let (page, unread) = match import::read_file(path)? {
        Ok(read) => read,
        Err(error) => {
            import::tell(path, error.line, "error", &error.message);
            return Ok(Outcome::Unreadable);
        }
    };
    for import::Unread { line, message } in &unread {
        import::tell(path, *line, "unread", message);
    }
    let changes = changes(evidence, &page);
    if json {
        let rows: Vec<_> = changes
            .iter()
            .map(|Change { kind, field, what, evidence, page }| {
                serde_json::json!({ "change": kind, "field": field, "what": what, "evidence": evidence, "page": page })
            })
            .collect();
        anstream::println!("{:#}", serde_json::json!({ "changes": rows, "unread": unread.len() }));
    } else {
        for change in &changes {
            anstream::println!("{}", change.told());
        }
        let rows: usize = page.tables.iter().map(|table| table.rows.len()).sum();
        match changes.len() {
            0 => anstream::println!("{}: {rows} rows, no difference to {EVIDENCE}", path.display()),
            count => anstream::println!("{}: {rows} rows, {count} differences to {EVIDENCE}", path.display()),
        }
    }
    Ok(if changes.is_empty() && unread.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// A row that is not as it was.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    kind: &'static str,
    field: String,
    /// The cell, where one changed.
    what: &'static str,
    evidence: String,
    page: String,
}

impl Change {
    fn told(&self) -> String {
        let Self { kind, field, what, evidence, page } = self;
        if what.is_empty() {
            format!("{kind}: {field}")
        } else {
            format!("{kind}: the {what} of {field}, {evidence} to {page}")
        }
    }
}

fn changes(evidence: &Evidence, page: &Evidence) -> Vec<Change> {
    let mut changes = Vec::new();
    for (what, known, found) in [
        ("method", &evidence.operation.method, &page.operation.method),
        ("path", &evidence.operation.path, &page.operation.path),
    ] {
        if known != found {
            let field = "the operation".to_owned();
            changes.push(Change { kind: "changed", field, what, evidence: known.clone(), page: found.clone() });
        }
    }
    let page = aligned(&evidence.tables, &page.tables);
    let rows = compare(&evidence.tables, &page, Rigor::Identical).into_iter();
    changes.extend(rows.map(|Difference { field, what, first, second }| {
        let (kind, what) = match what {
            What::OnlyFirst => ("removed", ""),
            What::OnlySecond => ("added", ""),
            what => ("changed", what.name()),
        };
        Change { kind, field, what, evidence: first, page: second }
    }));
    changes
}

/// The tables of a page, schemas under the name that the evidence has for a table of about the same rows. A renamed
/// reference then changes the row that refers, and not every row of what it refers to.
fn aligned(evidence: &[Table], page: &[Table]) -> Vec<Table> {
    let schemas =
        |tables: &[Table]| (0..tables.len()).filter(|index| tables[*index].kind == Kind::Schema).collect::<Vec<_>>();
    let mut pairs = Vec::new();
    for known in schemas(evidence) {
        for found in schemas(page) {
            pairs.push((likeness(&evidence[known], &page[found]), known, found));
        }
    }
    pairs.sort_by_key(|(likeness, known, found)| (std::cmp::Reverse(*likeness), *known, *found));
    let mut aligned = page.to_vec();
    let (mut taken, mut placed) = (BTreeSet::new(), BTreeSet::new());
    for (likeness, known, found) in pairs {
        if likeness > 50 && !taken.contains(&known) && !placed.contains(&found) {
            aligned[found].name.clone_from(&evidence[known].name);
            taken.insert(known);
            placed.insert(found);
        }
    }
    aligned
}

/// How many of the rows of two tables have the same name, in percent. Tables of the same name are likelier the same.
fn likeness(a: &Table, b: &Table) -> usize {
    let names = |table: &Table| table.rows.iter().map(|row| row.name.clone()).collect::<BTreeSet<_>>();
    let (first, second) = (names(a), names(b));
    100 * first.intersection(&second).count() / first.union(&second).count().max(1) + usize::from(a.name == b.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page of another operation, in the layout of the vendor's pages.
    const PAGE: &str = include_str!("../import/pages/english.txt");

    #[track_caller]
    fn told(from: &str, to: &str) -> Vec<String> {
        let (evidence, _) = import::read(PAGE).unwrap();
        assert!(PAGE.contains(from));
        let (page, _) = import::read(&PAGE.replacen(from, to, 1)).unwrap();
        changes(&evidence, &page).iter().map(Change::told).collect()
    }

    #[test]
    fn exactly_the_row_that_changed_is_told() {
        assert_eq!(told("", ""), [""; 0]);
        assert_eq!(
            told("Pool object", "Puddle object"),
            ["changed: the type of 201 body.pool, Pool object to Puddle object"],
        );
        assert_eq!(told("1 to 64", "1 to 128"), ["changed: the max of request body.name, 64 to 128"]);
        assert_eq!(told("node_id |", "node |"), ["removed: Node.node_id", "added: Node.node"]);
        assert_eq!(
            told("- ASC: ascending\n", ""),
            ["changed: the enum of query parameters.sort_dir, ASC, DESC to DESC"]
        );
        assert_eq!(
            told("POST /v1/{project_id}/pools", "POST /v2/{project_id}/pools"),
            ["changed: the path of the operation, /v1/{project_id}/pools to /v2/{project_id}/pools"]
        );
    }
}
