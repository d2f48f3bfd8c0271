//! The servers of two documents, and the values of what varies in their addresses, such as the regions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Direction, Level, shown};
use super::flat::At;
use super::schema::{Comparer, Finding};

/// Servers by their address.
pub(super) type Servers<'d> = BTreeMap<&'d str, At<'d>>;

/// What stands under `servers` of a document, a path or an operation.
pub(super) fn of<'d>(holder: &At<'d>) -> Servers<'d> {
    let servers = holder.child("servers").map(|servers| servers.children()).unwrap_or_default();
    servers.into_iter().filter_map(|(_, server)| Some((server.value.get("url")?.as_str()?, server))).collect()
}

/// Compares servers; the prefix tells whose they are.
pub(super) fn compare<'d>(comparer: &mut Comparer<'d>, prefix: &str, old: &Servers<'d>, new: &Servers<'d>) {
    comparer.direction = Direction::Request;
    let urls: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for url in urls {
        let place = format!("{prefix}{url}");
        match (old.get(url), new.get(url)) {
            (Some(before), Some(after)) => variables(comparer, &place, url, before, after),
            (Some(before), None) => {
                let message = format!("the server `{url}` was removed");
                let pointer = before.pointer.clone();
                let finding = Finding { rule: "server-removed", subject: None, pointer, message };
                comparer.push(Level::Breaking, &place, finding);
            }
            (None, Some(after)) => {
                let message = format!("the server `{url}` was added");
                let finding = Finding { rule: "server-added", subject: None, pointer: after.pointer.clone(), message };
                comparer.push(Level::Info, &place, finding);
            }
            (None, None) => {}
        }
    }
}

fn variables<'d>(comparer: &mut Comparer<'d>, place: &str, url: &str, old: &At<'d>, new: &At<'d>) {
    let variables = |server: &At<'d>| -> BTreeMap<&'d str, At<'d>> {
        server.child("variables").map(|at| at.children()).unwrap_or_default().into_iter().collect()
    };
    let (before, after) = (variables(old), variables(new));
    for (name, after) in after {
        let Some(before) = before.get(name) else { continue };
        let values = |at: &At<'d>| -> Option<BTreeMap<&'d str, String>> {
            let values = at.child("enum")?.children().into_iter();
            Some(values.filter_map(|(_, value)| Some((value.value.as_str()?, value.pointer))).collect())
        };
        // Without a list of them, every value is a server.
        let (old_values, new_values) = (values(before), values(&after));
        let all: BTreeSet<&str> =
            [&old_values, &new_values].into_iter().flatten().flat_map(BTreeMap::keys).copied().collect();
        for value in all {
            let find = |values: &Option<BTreeMap<&str, String>>| match values {
                Some(values) => values.get(value).cloned(),
                None => Some(after.pointer.clone()),
            };
            let (level, rule, verb, pointer) = match (find(&old_values), find(&new_values)) {
                (Some(pointer), None) => (Level::Breaking, "server-value-removed", "removed from", pointer),
                (None, Some(pointer)) => (Level::Info, "server-value-added", "added to", pointer),
                _ => continue,
            };
            let message = format!("`{value}` was {verb} the values of `{name}` in the server `{url}`");
            comparer.push(level, place, Finding { rule, subject: Some(value), pointer, message });
        }
        let listed = match (old_values.is_some(), new_values.is_some()) {
            (false, true) => {
                Some((Level::Breaking, "server-values-listed", "took any value and takes listed ones now"))
            }
            (true, false) => Some((Level::Info, "server-values-open", "takes any value now")),
            _ => None,
        };
        if let Some((level, rule, told)) = listed {
            let message = format!("`{name}` in the server `{url}` {told}");
            let pointer = after.pointer.clone();
            comparer.push(level, place, Finding { rule, subject: Some(name), pointer, message });
        }
        let default = |at: &At<'_>| at.value.get("default").cloned().unwrap_or(Value::Null);
        if default(before) != default(&after) {
            let message = format!(
                "the default of `{name}` in the server `{url}` changed from {} to {}",
                shown(&default(before)),
                shown(&default(&after))
            );
            let pointer = format!("{}/default", after.pointer);
            comparer.push(
                Level::Warning,
                place,
                Finding { rule: "server-default-changed", subject: Some(name), pointer, message },
            );
        }
    }
}
