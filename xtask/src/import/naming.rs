//! Names for the tables of schemas, which a page saved as text shows without captions.
//!
//! The tables follow each other in the order in which their schemas are referred to, but not every generation of the
//! pages has the same order in mind. Of the orders that are known, the one is taken in which the tables fit best to
//! what refers to them.

use std::collections::{BTreeMap, BTreeSet};

use super::Unread;
use super::sections::Read;
use crate::evidence::{Kind, Shape};

/// An order: breadth first or depth first, a schema standing where it is first or last referred to.
#[derive(Debug, Clone, Copy)]
struct Order {
    depth_first: bool,
    last: bool,
}

const ORDERS: [Order; 4] = [
    Order { depth_first: false, last: false },
    Order { depth_first: false, last: true },
    Order { depth_first: true, last: false },
    Order { depth_first: true, last: true },
];

/// Gives every schema table a name, and tells what has none.
pub(super) fn name(tables: &mut [Read], unread: &mut Vec<Unread>) {
    let mut start = 0;
    let mut earlier = Vec::new();
    while start < tables.len() {
        // The schemas of a body follow it.
        let end = (start + 1..tables.len()).find(|at| tables[*at].kind != Kind::Schema).unwrap_or(tables.len());
        if tables[start].kind == Kind::Body && end > start + 1 {
            name_group(&mut tables[start..end], &earlier, unread);
            earlier.extend(tables[start + 1..end].iter().filter_map(|table| table.name.clone()));
        }
        start = end;
    }
    let named: BTreeSet<String> =
        tables.iter().filter(|table| table.kind == Kind::Schema).filter_map(|table| table.name.clone()).collect();
    for table in &*tables {
        for row in &table.rows {
            let shape = Shape::read(&row.type_);
            if let Some(name) = shape.as_ref().and_then(Shape::refers_to).filter(|name| !named.contains(*name)) {
                let message = format!("`{}` is of the type {name}, which no table tells of", row.name);
                unread.push(Unread { line: table.line, message });
            }
        }
    }
}

/// The first is the body.
fn name_group(tables: &mut [Read], earlier: &[String], unread: &mut Vec<Unread>) {
    if tables[1..].iter().all(|table| table.name.is_some()) {
        return;
    }
    let count = tables.len() - 1;
    // A response may show the schemas of the request again, or leave them out.
    let candidates =
        [earlier, &[]].into_iter().flat_map(|known| ORDERS.iter().filter_map(|order| assign(tables, *order, known)));
    let candidates = candidates.filter(|names| names.len() == count);
    // The first of equals: `max_by_key` would take the last.
    let best = candidates.fold(None, |best: Option<(usize, Vec<String>)>, names| {
        let score = score(tables, &names);
        if best.as_ref().is_some_and(|(known, _)| *known >= score) { best } else { Some((score, names)) }
    });
    if let Some((_, names)) = best {
        for (table, name) in tables[1..].iter_mut().zip(names) {
            table.name.get_or_insert(name);
        }
        return;
    }
    for (number, table) in tables[1..].iter_mut().enumerate() {
        if table.name.is_none() {
            let message = "which schema this table is of cannot be told: there are more or fewer tables than schemas";
            unread.push(Unread { line: table.line, message: message.to_owned() });
            table.name = Some(format!("unnamed {}", number + 1));
        }
    }
}

/// Names in the order of the tables, each of which tells what comes next. `None` when an order runs out of names.
fn assign(tables: &[Read], order: Order, known: &[String]) -> Option<Vec<String>> {
    let mut pending: Vec<String> = Vec::new();
    let mut names: Vec<String> = known.to_vec();
    refer(&tables[0], order, &names, &mut pending);
    for table in &tables[1..] {
        if pending.is_empty() {
            return None;
        }
        let name = match &table.name {
            Some(known) => {
                pending.retain(|name| name != known);
                known.clone()
            }
            None => pending.remove(0),
        };
        names.push(name);
        refer(table, order, &names, &mut pending);
    }
    pending.is_empty().then(|| names.split_off(known.len()))
}

/// Adds the schemas that a table refers to.
fn refer(table: &Read, order: Order, named: &[String], pending: &mut Vec<String>) {
    let mut own: Vec<String> = Vec::new();
    for row in &table.rows {
        let shape = Shape::read(&row.type_);
        let Some(name) = shape.as_ref().and_then(Shape::refers_to) else { continue };
        if named.iter().any(|known| known == name) {
            continue;
        }
        if order.last {
            own.retain(|known| known != name);
            pending.retain(|known| known != name);
        } else if own.iter().chain(&*pending).any(|known| known == name) {
            continue;
        }
        own.push(name.to_owned());
    }
    if order.depth_first {
        own.append(pending);
        *pending = own;
    } else {
        pending.append(&mut own);
    }
}

/// How well names fit their tables: words that a schema's name and the rows that refer to it share with its own rows.
fn score(tables: &[Read], names: &[String]) -> usize {
    let mut referring: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for table in tables {
        for (row, words) in table.rows.iter().zip(&table.words) {
            let shape = Shape::read(&row.type_);
            let Some(name) = shape.as_ref().and_then(Shape::refers_to) else { continue };
            let Some(name) = names.iter().find(|known| *known == name) else { continue };
            let known = referring.entry(name).or_default();
            known.extend(tokens(name));
            known.extend(tokens(&row.name));
            known.extend(pairs(words));
        }
    }
    let fits = names.iter().zip(&tables[1..]).map(|(name, table)| {
        let own: BTreeSet<String> = table
            .rows
            .iter()
            .zip(&table.words)
            .flat_map(|(row, words)| tokens(&row.name).into_iter().chain(pairs(words)))
            .collect();
        referring.get(name.as_str()).map_or(0, |words| words.intersection(&own).count())
    });
    fits.sum()
}

/// The words of an identifier in either case.
fn tokens(identifier: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut fresh = true;
    for character in identifier.chars() {
        if !character.is_alphanumeric() {
            fresh = true;
            continue;
        }
        if fresh || character.is_uppercase() {
            tokens.push(String::new());
            fresh = false;
        }
        if let Some(token) = tokens.last_mut() {
            token.extend(character.to_lowercase());
        }
    }
    tokens
}

/// Neighbouring characters of a script without blanks, which stand for words.
fn pairs(words: &str) -> Vec<String> {
    // What a label announces says nothing of the schema.
    let prose = words.split("取值范围").next().unwrap_or_default().replace("参数解释", "").replace("约束限制", "");
    let characters: Vec<char> = prose.chars().collect();
    characters
        .windows(2)
        .filter(|pair| pair.iter().all(|character| ('\u{4e00}'..='\u{9fff}').contains(character)))
        .map(|pair| pair.iter().collect())
        .collect()
}
