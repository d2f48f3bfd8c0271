//! What an operation sends and receives: parameters, bodies, statuses, headers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Direction, Level};
use super::flat::At;
use super::operations::Operation;
use super::schema::{Comparer, Finding};

/// Compares both directions of an operation.
pub(super) fn compare<'d>(comparer: &mut Comparer<'d>, name: &str, old: &Operation<'d>, new: &Operation<'d>) {
    comparer.direction = Direction::Request;
    parameters(comparer, name, old, new);
    body(comparer, name, old, new);
    comparer.direction = Direction::Response;
    responses(comparer, name, old, new);
}

fn report(comparer: &mut Comparer<'_>, level: Level, rule: &str, place: &str, pointer: &str, message: String) {
    comparer.push(level, place, Finding { rule, subject: None, pointer: pointer.to_owned(), message });
}

fn text<'d>(at: &At<'d>, keyword: &str) -> &'d str {
    at.value.get(keyword).and_then(Value::as_str).unwrap_or_default()
}

fn flag(at: &At<'_>, keyword: &str) -> bool {
    at.value.get(keyword) == Some(&Value::Bool(true))
}

/// Parameters by location and name; one in the path by its position, since its name is not sent.
fn collect<'d>(operation: &Operation<'d>) -> BTreeMap<(&'d str, String), At<'d>> {
    let names = operation.path_names();
    let mut found = BTreeMap::new();
    for holder in [&operation.item, &operation.at] {
        for (_, parameter) in holder.child("parameters").map(|at| at.children()).unwrap_or_default() {
            let parameter = parameter.resolved(operation.document);
            let (location, name) = (text(&parameter, "in"), text(&parameter, "name"));
            let position = names.iter().position(|known| location == "path" && *known == name);
            let key = match (position, location) {
                (Some(position), _) => format!("{{{position}}}"),
                // Names of headers know no case.
                (None, "header") => name.to_lowercase(),
                (None, _) => name.to_owned(),
            };
            found.insert((location, key), parameter);
        }
    }
    found
}

fn parameters<'d>(comparer: &mut Comparer<'d>, operation: &str, old: &Operation<'d>, new: &Operation<'d>) {
    let (mut before, mut after) = (collect(old), collect(new));
    let keys: Vec<_> = before.keys().filter(|key| after.contains_key(*key)).cloned().collect();
    for key in keys {
        if let Some((old, new)) = before.remove(&key).zip(after.remove(&key)) {
            parameter(comparer, operation, &old, &new);
        }
    }
    for old in before.values() {
        let (name, location) = (text(old, "name"), text(old, "in"));
        let moved = after.iter().find(|(_, new)| text(new, "name") == name).map(|(key, _)| key.clone());
        if let Some(new) = moved.and_then(|key| after.remove(&key)) {
            let message = format!("the parameter `{name}` moved from {location} to {}", text(&new, "in"));
            let place = format!("{operation}.{location}.{name}");
            report(comparer, Level::Breaking, "parameter-moved", &place, &new.pointer, message);
            parameter(comparer, operation, old, &new);
        } else {
            let message = format!("the {location} parameter `{name}` was removed");
            let place = format!("{operation}.{location}.{name}");
            report(comparer, Level::Breaking, "parameter-removed", &place, &old.pointer, message);
        }
    }
    for new in after.values() {
        let (name, location) = (text(new, "name"), text(new, "in"));
        let (level, kind) =
            if flag(new, "required") { (Level::Breaking, "required") } else { (Level::Info, "optional") };
        let message = format!("the {kind} {location} parameter `{name}` was added");
        report(comparer, level, "parameter-added", &format!("{operation}.{location}.{name}"), &new.pointer, message);
    }
}

fn parameter<'d>(comparer: &mut Comparer<'d>, operation: &str, old: &At<'d>, new: &At<'d>) {
    let (name, location) = (text(new, "name"), text(new, "in"));
    let place = format!("{operation}.{location}.{name}");
    if location == "path" && text(old, "name") != name {
        let message = format!("the path parameter `{}` is called `{name}` now, in Rust only", text(old, "name"));
        report(comparer, Level::Breaking, "parameter-renamed", &place, &new.pointer, message);
    }
    presence(comparer, &place, old, new, &format!("the parameter `{name}`"));
    let form = |at: &At<'d>| {
        let usual = if matches!(text(at, "in"), "query" | "cookie") { "form" } else { "simple" };
        let style = at.value.get("style").and_then(Value::as_str).unwrap_or(usual);
        let explode = at.value.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        format!("{style}{}", if explode { ", exploded" } else { "" })
    };
    if form(old) != form(new) && text(old, "in") == location {
        let message = format!("the parameter `{name}` is written as {}, no longer as {}", form(new), form(old));
        report(comparer, Level::Breaking, "parameter-style-changed", &place, &new.pointer, message);
    }
    contents(comparer, &place, old, new);
}

/// Whether something must be sent.
fn presence(comparer: &mut Comparer<'_>, place: &str, old: &At<'_>, new: &At<'_>, what: &str) {
    let pointer = format!("{}/required", new.pointer);
    let kind = if what.starts_with("the parameter") { "parameter" } else { "body" };
    match (flag(old, "required"), flag(new, "required")) {
        (false, true) => {
            let message = format!("{what} was optional and is required now");
            report(comparer, Level::Breaking, &format!("{kind}-required"), place, &pointer, message);
        }
        (true, false) => {
            let message = format!("{what} was required and is optional now");
            report(comparer, Level::Info, &format!("{kind}-optional"), place, &pointer, message);
        }
        _ => {}
    }
}

fn body<'d>(comparer: &mut Comparer<'d>, operation: &str, old: &Operation<'d>, new: &Operation<'d>) {
    let body =
        |operation: &Operation<'d>| operation.at.child("requestBody").map(|body| body.resolved(operation.document));
    let place = format!("{operation}.body");
    match (body(old), body(new)) {
        (None, None) => {}
        (Some(old), None) => {
            let message = "the request has no body any more".to_owned();
            report(comparer, Level::Breaking, "body-removed", &place, &old.pointer, message);
        }
        (None, Some(new)) => {
            let (level, kind) =
                if flag(&new, "required") { (Level::Breaking, "a required") } else { (Level::Info, "an optional") };
            report(comparer, level, "body-added", &place, &new.pointer, format!("the request has {kind} body now"));
        }
        (Some(old), Some(new)) => {
            presence(comparer, &place, &old, &new, "the body");
            contents(comparer, &place, &old, &new);
        }
    }
}

/// The content types of a parameter, body or response with their schemas; a bare schema has none.
fn media<'d>(holder: &At<'d>) -> BTreeMap<&'d str, At<'d>> {
    let mut media: BTreeMap<&str, At<'d>> =
        holder.child("content").map(|content| content.children()).unwrap_or_default().into_iter().collect();
    if holder.value.get("schema").is_some() {
        media.insert("", holder.clone());
    }
    media
}

fn contents<'d>(comparer: &mut Comparer<'d>, place: &str, old: &At<'d>, new: &At<'d>) {
    let (before, after) = (media(old), media(new));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        let told = if name.is_empty() { "plain text" } else { name };
        let finding =
            |rule, pointer: &str, message| Finding { rule, subject: Some(told), pointer: pointer.to_owned(), message };
        match (before.get(name), after.get(name)) {
            (Some(old), Some(new)) => {
                // One content type is the usual case, and its name would be noise.
                let place = match name {
                    "" | "application/json" => place.to_owned(),
                    other => format!("{place}({other})"),
                };
                let schema = |at: &At<'d>| at.child("schema").unwrap_or_else(|| At::anything(&at.pointer));
                comparer.schemas(schema(old), schema(new), &place, false);
            }
            (Some(old), None) => {
                let message = format!("the content type {told} was removed");
                comparer.push(Level::Breaking, place, finding("content-type-removed", &old.pointer, message));
            }
            (None, Some(new)) => {
                let message = format!("the content type {told} was added");
                let level = match comparer.direction {
                    Direction::Request => Level::Info,
                    Direction::Response => Level::Warning,
                };
                comparer.push(level, place, finding("content-type-added", &new.pointer, message));
            }
            (None, None) => {}
        }
    }
}

fn responses<'d>(comparer: &mut Comparer<'d>, operation: &str, old: &Operation<'d>, new: &Operation<'d>) {
    let responses = |operation: &Operation<'d>| -> BTreeMap<&'d str, At<'d>> {
        let responses = operation.at.child("responses").map(|at| at.children()).unwrap_or_default();
        let responses = responses.into_iter().filter(|(status, _)| !status.starts_with("x-"));
        responses.map(|(status, response)| (status, response.resolved(operation.document))).collect()
    };
    let (before, after) = (responses(old), responses(new));
    let statuses: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for status in statuses {
        let place = format!("{operation}.{status}");
        let success = status.starts_with('2');
        match (before.get(status), after.get(status)) {
            (Some(old), Some(new)) => {
                headers(comparer, &place, old, new);
                contents(comparer, &place, old, new);
            }
            (Some(old), None) => {
                let level = if success { Level::Breaking } else { Level::Info };
                let message = format!("the status {status} was removed");
                report(comparer, level, "status-removed", &place, &old.pointer, message);
            }
            (None, Some(new)) => {
                let level = if success { Level::Warning } else { Level::Info };
                let message = format!("the status {status} was added");
                report(comparer, level, "status-added", &place, &new.pointer, message);
            }
            (None, None) => {}
        }
    }
}

fn headers<'d>(comparer: &mut Comparer<'d>, place: &str, old: &At<'d>, new: &At<'d>) {
    let (old_document, new_document) = (comparer.old, comparer.new);
    let headers = |response: &At<'d>, document| -> BTreeMap<String, (&'d str, At<'d>)> {
        let headers = response.child("headers").map(|at| at.children()).unwrap_or_default().into_iter();
        headers.map(|(name, header)| (name.to_lowercase(), (name, header.resolved(document)))).collect()
    };
    let (before, after) = (headers(old, old_document), headers(new, new_document));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for key in names {
        match (before.get(key), after.get(key)) {
            (Some((_, old)), Some((name, new))) => {
                let place = format!("{place}.header.{name}");
                match (flag(old, "required"), flag(new, "required")) {
                    (true, false) => {
                        let message = format!("the header `{name}` was always sent and may be missing now");
                        report(comparer, Level::Warning, "header-optional", &place, &new.pointer, message);
                    }
                    (false, true) => {
                        let message = format!("the header `{name}` is always sent now");
                        report(comparer, Level::Info, "header-required", &place, &new.pointer, message);
                    }
                    _ => {}
                }
                contents(comparer, &place, old, new);
            }
            (Some((name, old)), None) => {
                let message = format!("the header `{name}` was removed");
                let place = format!("{place}.header.{name}");
                report(comparer, Level::Breaking, "header-removed", &place, &old.pointer, message);
            }
            (None, Some((name, new))) => {
                let message = format!("the header `{name}` was added");
                report(comparer, Level::Info, "header-added", &format!("{place}.header.{name}"), &new.pointer, message);
            }
            (None, None) => {}
        }
    }
}
