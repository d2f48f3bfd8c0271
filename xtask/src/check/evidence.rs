//! The document against its witnesses: every row is told as it is witnessed, nothing is told without a witness, and
//! every contradiction between witnesses is decided.

mod servers;
mod told;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::finding::Finding;
use super::walk;
use crate::evidence::{ConflictKind, Difference, Rigor, What, Witnesses, compare};
use told::Told;
pub(super) use told::is_prose;

const CONFLICTS: &str = "spec/evidence/conflicts.yaml";

pub(super) fn check(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    let mut findings = conflicts(witnesses);
    findings.extend(operations(document, witnesses));
    findings.extend(servers::check(document, witnesses));
    findings
}

/// Contradictions are listed, and nothing else is.
fn conflicts(witnesses: &Witnesses) -> Vec<Finding> {
    let contradictions = witnesses.contradictions();
    let mut findings = Vec::new();
    for (kind, difference) in &contradictions {
        let listed = witnesses.conflicts.iter().any(|row| row.field == difference.field && row.kind == *kind);
        if !listed {
            let Difference { field, first, second, .. } = difference;
            let message = match kind {
                ConflictKind::OnlyPage => format!("`{field}` is known to the page and not to the SDK"),
                ConflictKind::OnlySdk => format!("`{field}` is known to the SDK and not to the page"),
                kind => format!("the {} of `{field}` is {first} to the page, and {second} to the SDK", kind.name()),
            };
            let help = format!("decide it and list it in {CONFLICTS}, with the reason");
            findings.push(in_conflicts("conflict-decided", String::new(), message, &help));
        }
    }
    for (index, row) in witnesses.conflicts.iter().enumerate() {
        let pointer = format!("/{index}");
        let exists = match row.kind {
            ConflictKind::Document => witnesses.adds(row),
            kind => contradictions.iter().any(|(other, known)| known.field == row.field && *other == kind),
        };
        if !exists {
            let message = format!("the conflict `{}` of `{}` does not exist (any more)", row.kind.name(), row.field);
            findings.push(in_conflicts("conflict-exists", pointer.clone(), message, "remove the row"));
        }
        if row.reason.trim().is_empty() || row.decision.trim().is_empty() {
            let message = format!("the conflict `{}` of `{}` has no decision or no reason", row.kind.name(), row.field);
            findings.push(in_conflicts("conflict-decided", pointer, message, "write both"));
        }
    }
    findings
}

fn operations(document: &Document, witnesses: &Witnesses) -> Vec<Finding> {
    let known = &witnesses.page.operation;
    let mut findings = Vec::new();
    let mut found = false;
    for (pointer, path, method, operation) in walk::operations(document) {
        if method.eq_ignore_ascii_case(&known.method) && path == known.path {
            found = true;
            findings.extend(names(document, &pointer, operation, witnesses));
            findings.extend(tables(document, &pointer, operation, witnesses));
        } else {
            let message = format!("{} {path} has no witness", method.to_uppercase());
            let help = "import the page that describes it, or remove it";
            findings.push(Finding::error("witnessed", document, &pointer, message, help));
        }
    }
    if !found {
        let message = format!("the document has no {} {}, which the page describes", known.method, known.path);
        findings.push(Finding::error("evidence-told", document, "/paths", message, "add the operation"));
    }
    findings
}

/// Every name that a witness has for the operation is its name or one of its aliases.
fn names(document: &Document, pointer: &str, operation: &Value, witnesses: &Witnesses) -> Vec<Finding> {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let aliases = operation.get("x-aliases").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<_> = aliases.filter_map(Value::as_str).chain([id]).collect();
    let mut findings = Vec::new();
    if witnesses.sdk.operation.name.as_deref().is_some_and(|name| name != id) {
        let message = format!(
            "the operation is called `{id}`, and `{}` by the SDK",
            witnesses.sdk.operation.name.as_deref().unwrap_or_default()
        );
        findings.push(Finding::error(
            "operation-named",
            document,
            pointer,
            message,
            "let `operationId` be the SDK's name",
        ));
    }
    for name in [&witnesses.page, &witnesses.sdk].into_iter().filter_map(|witness| witness.operation.name.as_deref()) {
        if !names.contains(&name) {
            let message = format!("a witness calls the operation `{name}`, and the document does not");
            findings.push(Finding::error(
                "operation-named",
                document,
                pointer,
                message,
                "list the name under `x-aliases`",
            ));
        }
    }
    findings
}

/// Rows of the document and of the witnesses are the same.
fn tables(document: &Document, pointer: &str, operation: &Value, witnesses: &Witnesses) -> Vec<Finding> {
    let told = Told::read(document, pointer, operation);
    let place = |field: &str| {
        let table = field.split('.').next().unwrap_or_default();
        told.places.get(field).or_else(|| told.places.get(table)).map_or(pointer, String::as_str)
    };
    let mut findings = Vec::new();
    for difference in compare(&witnesses.expected(), &told.tables, Rigor::Exact) {
        let Difference { field, what, first, second } = &difference;
        let (rule, message, help) = match what {
            What::OnlyFirst => (
                "evidence-told",
                format!("a witness knows `{field}`, and the document does not"),
                "add it to the document",
            ),
            What::OnlySecond => (
                "witnessed",
                format!("the document has `{field}`, and no witness knows it"),
                "remove it, or add the row of a witness to spec/evidence/",
            ),
            what => (
                "evidence-told",
                format!("the {what} of `{field}` is {second} here, and {first} to the witnesses"),
                "correct the document, or decide otherwise in spec/evidence/conflicts.yaml",
            ),
        };
        findings.push(Finding::error(rule, document, place(field), message, help));
    }
    for pointer in &told.beyond {
        let message = "no witness says this".to_owned();
        let help = "remove it; what a witness does say belongs into its row under spec/evidence/";
        findings.push(Finding::error("witnessed", document, pointer, message, help));
    }
    findings.dedup();
    findings
}

fn in_conflicts(rule: &'static str, pointer: String, message: String, help: &str) -> Finding {
    Finding::in_file(rule, (CONFLICTS, hyperinstance_spec::evidence::CONFLICTS), pointer, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found after one change to the document and to the witnesses.
    #[track_caller]
    fn found(from: &str, to: &str, change: impl FnOnce(&mut Witnesses)) -> Vec<String> {
        let text = hyperinstance_spec::OPENAPI;
        assert!(text.contains(from), "the document has no `{from}`");
        let document = Document::load(&text.replacen(from, to, 1)).unwrap();
        let mut witnesses = Witnesses::read().unwrap();
        change(&mut witnesses);
        check(&document, &witnesses).into_iter().map(|f| format!("{}: {}", f.rule, f.message)).collect()
    }

    #[test]
    fn a_document_that_says_something_else_is_found_out() {
        let table = [
            (
                "maximum: 1024\n      default: 10",
                "maximum: 1000\n      default: 10",
                "evidence-told: the max of `query parameters.limit` is 1000 here, and 1024 to the witnesses",
            ),
            (
                "        - POST_PAID\n",
                "",
                "evidence-told: the enum of `ServerResponse.charging_mode` is COMMON, PRE_PAID here, and COMMON, POST_PAID, PRE_PAID to the witnesses",
            ),
            (
                "        volumes:\n",
                "        disks:\n",
                "evidence-told: a witness knows `ServerResponse.volumes`, and the document does not; witnessed: the document has `ServerResponse.disks`, and no witness knows it",
            ),
            (
                "x-aliases:\n        - ListHyperinstanceDevServers\n",
                "x-aliases: []\n",
                "operation-named: a witness calls the operation `ListHyperinstanceDevServers`, and the document does not",
            ),
            (
                "          - la-north-2\n",
                "",
                "servers-witnessed: the SDK knows https://modelarts.la-north-2.myhuaweicloud.com, and the document does not",
            ),
            (
                "      name: X-Auth-Token\n",
                "      name: X-Token\n",
                "security-witnessed: the guides say apiKey Authorization in header, apiKey X-Auth-Token in header, the document apiKey Authorization in header, apiKey X-Token in header",
            ),
        ];
        for (from, to, expected) in table {
            assert_eq!(found(from, to, |_| {}).join("; "), expected, "after changing `{from}` to `{to}`");
        }
    }

    #[test]
    fn conflicts_are_listed_and_exist() {
        assert_eq!(
            found("", "", |witnesses| {
                witnesses.conflicts.remove(1);
            }),
            ["conflict-decided: `ServerResponse.server_image_response` is known to the page and not to the SDK",]
        );
        assert_eq!(
            found("", "", |witnesses| {
                let row = witnesses.page.tables.iter().find(|table| table.name == "Endpoints").unwrap().rows[0].clone();
                let table = witnesses.sdk.tables.iter_mut().find(|table| table.name == "Endpoints").unwrap();
                table.rows.push(row);
            }),
            ["conflict-exists: the conflict `only-page` of `Endpoints.allowed_access_ips` does not exist (any more)",]
        );
        assert_eq!(
            found("", "", |witnesses| witnesses.conflicts[2].reason.clear()),
            ["conflict-decided: the conflict `only-sdk` of `ServerResponse.volumes` has no decision or no reason",]
        );
    }
}
