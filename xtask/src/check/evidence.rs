//! The document against its witnesses: every row is told as it is witnessed, nothing is told without a witness, and
//! every contradiction between witnesses is decided.

mod servers;
mod told;

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::finding::{Finding, Severity};
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
            findings.push(in_file("conflict-decided", CONFLICTS, message, &help));
        }
    }
    for row in &witnesses.conflicts {
        let exists = match row.kind {
            ConflictKind::Document => witnesses.adds(row),
            kind => contradictions.iter().any(|(other, known)| known.field == row.field && *other == kind),
        };
        if !exists {
            let message = format!("the conflict `{}` of `{}` does not exist (any more)", row.kind.name(), row.field);
            findings.push(in_file("conflict-exists", CONFLICTS, message, "remove the row"));
        }
        if row.reason.trim().is_empty() || row.decision.trim().is_empty() {
            let message = format!("the conflict `{}` of `{}` has no decision or no reason", row.kind.name(), row.field);
            findings.push(in_file("conflict-decided", CONFLICTS, message, "write both"));
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

fn in_file(rule: &'static str, file: &str, message: String, help: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        file: Some(file.to_owned()),
        pointer: String::new(),
        position: None,
        message,
        help: help.to_owned(),
    }
}
