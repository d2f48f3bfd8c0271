//! Pairing the operations of two documents, and what belongs to an operation as a whole.

use std::collections::{BTreeMap, BTreeSet};

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::change::{Direction, Level};
use super::flat::At;
use super::schema::{Comparer, Finding};
use super::{exchange, servers};
use crate::walk;

/// An operation and what it inherits.
pub(super) struct Operation<'d> {
    pub(super) document: &'d Document,
    pub(super) at: At<'d>,
    /// The path item it stands in.
    pub(super) item: At<'d>,
    pub(super) path: &'d str,
    pub(super) method: &'d str,
}

impl<'d> Operation<'d> {
    fn all(document: &'d Document) -> Vec<Self> {
        let operations = walk::operations(document).into_iter();
        operations
            .map(|(pointer, path, method, value)| {
                let item = pointer.rsplit_once('/').map_or("", |(item, _)| item);
                let item = At::new(item, document.value().pointer(item).unwrap_or(&Value::Null));
                Self { document, at: At::new(pointer, value), item, path, method }
            })
            .collect()
    }

    fn id(&self) -> Option<&'d str> {
        self.at.value.get("operationId").and_then(Value::as_str)
    }

    fn route(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    pub(super) fn name(&self) -> String {
        self.id().map_or_else(|| self.route(), ToOwned::to_owned)
    }

    /// What a server sees of method and path; the names in braces are not sent.
    fn seen(&self) -> (&'d str, String) {
        let mut path = String::new();
        for (index, part) in self.path.split(['{', '}']).enumerate() {
            path.push_str(if index % 2 == 0 { part } else { "{}" });
        }
        (self.method, path)
    }

    /// The names in braces of the path, in order.
    pub(super) fn path_names(&self) -> Vec<&'d str> {
        self.path.split(['{', '}']).skip(1).step_by(2).collect()
    }
}

/// Compares everything that the documents say about the wire.
pub(super) fn compare<'d>(comparer: &mut Comparer<'d>) {
    let (old, new) = (comparer.old, comparer.new);
    servers::compare(comparer, "", &servers::of(&At::new("", old.value())), &servers::of(&At::new("", new.value())));
    let (mut before, mut after) = (Operation::all(old), Operation::all(new));
    let mut pairs = take_pairs(&mut before, &mut after, |a, b| a.seen() == b.seen());
    pairs.extend(take_pairs(&mut before, &mut after, |a, b| a.id().is_some() && a.id() == b.id()));
    for (old, new) in pairs {
        pair(comparer, &old, &new);
    }
    let mut whole = |operation: &Operation<'d>, level, rule, verb| {
        let message = format!("the operation `{}` ({}) was {verb}", operation.name(), operation.route());
        let finding = Finding { rule, subject: None, pointer: operation.at.pointer.clone(), message };
        comparer.direction = Direction::Request;
        comparer.push(level, &operation.name(), finding);
    };
    for operation in &before {
        whole(operation, Level::Breaking, "operation-removed", "removed");
    }
    for operation in &after {
        whole(operation, Level::Info, "operation-added", "added");
    }
}

/// Takes out of both lists what belongs together.
fn take_pairs<'d>(
    before: &mut Vec<Operation<'d>>,
    after: &mut Vec<Operation<'d>>,
    same: impl Fn(&Operation<'d>, &Operation<'d>) -> bool,
) -> Vec<(Operation<'d>, Operation<'d>)> {
    let mut pairs = Vec::new();
    for old in std::mem::take(before) {
        match after.iter().position(|new| same(&old, new)) {
            Some(index) => pairs.push((old, after.remove(index))),
            None => before.push(old),
        }
    }
    pairs
}

fn pair<'d>(comparer: &mut Comparer<'d>, old: &Operation<'d>, new: &Operation<'d>) {
    comparer.direction = Direction::Request;
    let name = new.name();
    if old.seen() != new.seen() {
        let message = format!("the operation moved from {} to {}", old.route(), new.route());
        let finding = Finding { rule: "operation-moved", subject: None, pointer: new.at.pointer.clone(), message };
        comparer.push(Level::Breaking, &name, finding);
    }
    if old.id() != new.id() {
        let message = format!("the operation `{}` is called `{name}` now, and so is its Rust method", old.name());
        let pointer = format!("{}/operationId", new.at.pointer);
        let finding = Finding { rule: "operation-id-changed", subject: Some(&name), pointer, message };
        comparer.push(Level::Breaking, &old.name(), finding);
    }
    let deprecated = |operation: &Operation<'_>| operation.at.value.get("deprecated") == Some(&Value::Bool(true));
    if deprecated(new) && !deprecated(old) {
        let message = "the operation is deprecated now".to_owned();
        let pointer = format!("{}/deprecated", new.at.pointer);
        comparer.push(Level::Info, &name, Finding { rule: "operation-deprecated", subject: None, pointer, message });
    }
    let own = |operation: &Operation<'d>| {
        let at = [&operation.at, &operation.item].into_iter().find(|at| at.value.get("servers").is_some());
        at.map(servers::of)
    };
    match (own(old), own(new)) {
        (None, None) => {}
        (before, after) => {
            let inherited = |document: &'d Document| servers::of(&At::new("", document.value()));
            let before = before.unwrap_or_else(|| inherited(comparer.old));
            let after = after.unwrap_or_else(|| inherited(comparer.new));
            servers::compare(comparer, &format!("{name}:"), &before, &after);
        }
    }
    security(comparer, &name, old, new);
    exchange::compare(comparer, &name, old, new);
}

/// The way of proving nothing.
const NOTHING: &str = "nothing";

/// The ways of proving who one is: each is a way of its own, whatever the schemes are called.
fn security(comparer: &mut Comparer<'_>, name: &str, old: &Operation<'_>, new: &Operation<'_>) {
    let (before, after) = (ways(old), ways(new));
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for way in all {
        let (level, rule, told, pointer) = match (before.get(way), after.get(way)) {
            // Who need not prove anything is not refused for proving it.
            (Some(pointer), None) if after.contains_key(NOTHING) => {
                (Level::Info, "security-removed", "is no longer needed", pointer)
            }
            (Some(pointer), None) => (Level::Breaking, "security-removed", "is no longer accepted", pointer),
            (None, Some(pointer)) => (Level::Info, "security-added", "is accepted now", pointer),
            _ => continue,
        };
        let message = format!("authentication by {way} {told}");
        let finding = Finding { rule, subject: Some(way), pointer: pointer.clone(), message };
        comparer.push(level, name, finding);
    }
}

fn ways(operation: &Operation<'_>) -> BTreeMap<String, String> {
    let root = At::new("", operation.document.value());
    let requirements = operation.at.child("security").or_else(|| root.child("security"));
    let pointer = requirements.as_ref().map_or_else(|| operation.at.pointer.clone(), |at| at.pointer.clone());
    let requirements = requirements.map(|at| at.children()).unwrap_or_default();
    let mut ways: BTreeMap<String, String> = requirements
        .into_iter()
        .map(|(_, requirement)| {
            let schemes = requirement.value.as_object().into_iter().flatten();
            let mut schemes: Vec<String> =
                schemes.map(|(name, scopes)| scheme(operation.document, name, scopes)).collect();
            schemes.sort();
            let way = if schemes.is_empty() { NOTHING.to_owned() } else { schemes.join(" and ") };
            (way, requirement.pointer)
        })
        .collect();
    if ways.is_empty() {
        ways.insert(NOTHING.to_owned(), pointer);
    }
    ways
}

/// What a security scheme is on the wire.
fn scheme(document: &Document, name: &str, scopes: &Value) -> String {
    let pointer = format!("/components/securitySchemes/{}", walk::escape(name));
    let Some(value) = document.value().pointer(&pointer) else { return name.to_owned() };
    let scheme = At::new(pointer, value).resolved(document).value;
    let text = |keyword: &str| scheme.get(keyword).and_then(Value::as_str).unwrap_or_default();
    let told = match text("type") {
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => format!("http {}", text("scheme").to_lowercase()),
        "openIdConnect" => format!("openIdConnect {}", text("openIdConnectUrl")),
        other => {
            let flows = scheme.get("flows").and_then(Value::as_object).into_iter().flatten();
            let flows: Vec<String> = flows
                .map(|(flow, value)| {
                    let urls = ["authorizationUrl", "tokenUrl"].into_iter().filter_map(|url| value.get(url)?.as_str());
                    urls.fold(flow.clone(), |told, url| told + " " + url)
                })
                .collect();
            format!("{other} {}", flows.join(", "))
        }
    };
    let mut scopes: Vec<&str> = scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    scopes.sort_unstable();
    if scopes.is_empty() { told } else { format!("{told} with {}", scopes.join(", ")) }
}
