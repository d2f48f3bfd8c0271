//! Comparing what two schemas mean, place by place.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hyperinstance_codegen::Document;
use serde_json::Value;

use super::change::{Change, Direction, Level, Side, clean};
use super::flat::{At, Flat, Shape, shape};
use super::{constraints, forms, witness};

/// Most places that are looked at; a document written by people stays far below.
const MAX_VISITS: usize = 20_000;

/// Deepest nesting of places that is followed.
const MAX_DEPTH: usize = 128;

/// What a new schema accepts, beside the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Less.
    Tightened,
    /// More.
    Loosened,
    /// Each accepts what the other refuses, or it cannot be told.
    Changed,
}

/// The same schema in both documents.
pub(super) struct Pair<'a, 'd> {
    pub(super) old: &'a At<'d>,
    pub(super) new: &'a At<'d>,
    pub(super) place: &'a str,
}

/// A finding before its level is known.
pub(super) struct Finding<'a> {
    pub(super) rule: &'a str,
    pub(super) subject: Option<&'a str>,
    pub(super) pointer: String,
    pub(super) message: String,
}

pub(super) struct Comparer<'d> {
    pub(super) old: &'d Document,
    pub(super) new: &'d Document,
    pub(super) direction: Direction,
    pub(super) changes: Vec<Change>,
    /// The pairs that are being compared, to stop at a schema that contains itself.
    open: Vec<(String, String)>,
    /// The pairs in which nothing has changed.
    clean: HashSet<(String, String)>,
    /// How often a comparison stopped at an open pair.
    stops: usize,
    visits: usize,
    /// Something was not compared, and that was told.
    cut: bool,
}

impl<'d> Comparer<'d> {
    pub(super) fn new(old: &'d Document, new: &'d Document) -> Self {
        Self {
            old,
            new,
            direction: Direction::Request,
            changes: Vec::new(),
            open: Vec::new(),
            clean: HashSet::new(),
            stops: 0,
            visits: 0,
            cut: false,
        }
    }

    pub(super) fn push(&mut self, level: Level, place: &str, finding: Finding<'_>) {
        let Finding { rule, subject, pointer, message } = finding;
        let subject = subject.map(|subject| format!(":{subject}")).unwrap_or_default();
        self.changes.push(Change {
            id: clean(&format!("{rule}:{place}{subject}")),
            level,
            direction: self.direction,
            pointer,
            message: clean(&message),
            witness: None,
            accepted: None,
        });
    }

    /// A change of what a schema accepts, which a tolerant client survives on the side of responses.
    pub(super) fn constraint(&mut self, pair: &Pair<'_, 'd>, effect: Effect, finding: Finding<'_>, hints: &[Value]) {
        let (level, told) = match (self.direction, effect) {
            (Direction::Request, Effect::Tightened) => (Level::Breaking, "the service refuses what it took before"),
            (Direction::Request, Effect::Changed) => (Level::Breaking, "the service may refuse what it took before"),
            (Direction::Request, Effect::Loosened) => (Level::Info, "the service takes more than before"),
            (Direction::Response, Effect::Tightened) => (Level::Info, "the service sends less than before"),
            (Direction::Response, _) => (Level::Warning, "a tolerant client keeps such a value and reports drift"),
        };
        self.effect(pair, effect, (level, told), finding, hints);
    }

    /// A change of what a schema accepts that a client of the old document cannot read.
    pub(super) fn incompatible(&mut self, pair: &Pair<'_, 'd>, effect: Effect, finding: Finding<'_>, hints: &[Value]) {
        if self.direction == Direction::Request || effect == Effect::Tightened {
            self.constraint(pair, effect, finding, hints);
        } else {
            self.effect(pair, effect, (Level::Breaking, "a client cannot decode such a value"), finding, hints);
        }
    }

    fn effect(
        &mut self,
        pair: &Pair<'_, 'd>,
        effect: Effect,
        (level, told): (Level, &str),
        mut finding: Finding<'_>,
        hints: &[Value],
    ) {
        finding.message = format!("{}; {told}", finding.message);
        self.push(level, pair.place, finding);
        let sides: &[Side] = match (effect, self.direction) {
            (Effect::Tightened, _) => &[Side::Old],
            (Effect::Loosened, _) => &[Side::New],
            (Effect::Changed, Direction::Request) => &[Side::Old, Side::New],
            (Effect::Changed, Direction::Response) => &[Side::New, Side::Old],
        };
        let witness = witness::find((self.old, pair.old), (self.new, pair.new), hints, sides);
        if let Some(change) = self.changes.last_mut() {
            change.witness = witness;
        }
    }

    /// Whether a comparison finds nothing; what it finds is forgotten.
    pub(super) fn finds_nothing(&mut self, comparison: impl FnOnce(&mut Self)) -> bool {
        let (before, cut) = (self.changes.len(), self.cut);
        comparison(self);
        let nothing = self.changes.len() == before && self.cut == cut;
        self.changes.truncate(before);
        self.cut = cut;
        nothing
    }

    /// Compares two schemas. Where null means as much as a missing value, it is `nullable`.
    pub(super) fn schemas(&mut self, old: At<'d>, new: At<'d>, place: &str, nullable: bool) {
        let (old, new) = (old.resolved(self.old), new.resolved(self.new));
        let key = (old.pointer.clone(), new.pointer.clone());
        if self.clean.contains(&key) {
            return;
        }
        if self.open.contains(&key) {
            self.stops += 1;
            return;
        }
        self.visits += 1;
        if self.visits > MAX_VISITS || self.open.len() >= MAX_DEPTH {
            if !std::mem::replace(&mut self.cut, true) {
                let message = "the schemas are too many or too deep; what follows was not compared".to_owned();
                let finding = Finding { rule: "not-compared", subject: None, pointer: new.pointer, message };
                self.push(Level::Breaking, place, finding);
            }
            self.stops += 1;
            return;
        }
        let before = (self.changes.len(), self.stops);
        self.open.push(key.clone());
        match (shape(self.old, old.clone()), shape(self.new, new.clone())) {
            (Shape::Flat(old_flat), Shape::Flat(new_flat)) => {
                let pair = Pair { old: &old, new: &new, place };
                if constraints::compare(self, &pair, &old_flat, &new_flat, nullable) {
                    self.members(&pair, &old_flat, &new_flat);
                }
            }
            _ => forms::compare(self, &Pair { old: &old, new: &new, place }),
        }
        self.open.pop();
        if before == (self.changes.len(), self.stops) {
            self.clean.insert(key);
        }
    }

    /// What is nested: properties, other members, and items.
    fn members(&mut self, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
        let (before, after) = (self.sent(self.old, old), self.sent(self.new, new));
        let unnamed = |flat: &Flat<'d>| -> Vec<&'d str> {
            flat.required.keys().copied().filter(|name| !flat.properties.contains_key(name)).collect()
        };
        let mut names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        names.extend(unnamed(old).into_iter().chain(unnamed(new)));
        for name in names {
            let place = format!("{}.{}", pair.place, name);
            match (before.get(name), after.get(name)) {
                (Some(before), Some(after)) => {
                    let optional = !old.required.contains_key(name);
                    self.required(pair, old, new, name);
                    self.schemas(At::clone(before), At::clone(after), &place, optional);
                }
                (None, Some(after)) => self.property_added(pair, new, name, after),
                (Some(before), None) => {
                    let told = match self.direction {
                        Direction::Request => "the service no longer heeds it",
                        Direction::Response => "the service no longer sends it",
                    };
                    let message = format!("the property `{name}` was removed; {told}");
                    let pointer = before.pointer.clone();
                    let finding = Finding { rule: "property-removed", subject: None, pointer, message };
                    self.push(Level::Breaking, &place, finding);
                }
                // It is required all the same, with any value.
                (None, None) => self.required(pair, old, new, name),
            }
        }
        self.additional(pair, old, new);
        let is_list = |flat: &Flat<'_>| flat.text("type") == Some("array") || flat.get("items").is_some();
        if is_list(old) && is_list(new) {
            let items =
                |flat: &Flat<'d>| flat.keywords.get("items").cloned().unwrap_or_else(|| At::anything(&flat.pointer));
            self.schemas(items(old), items(new), &format!("{}[]", pair.place), false);
        }
    }

    /// The properties that travel in the direction of this comparison.
    fn sent<'f>(&self, document: &'d Document, flat: &'f Flat<'d>) -> BTreeMap<&'d str, &'f At<'d>> {
        let other = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let marked = |at: &At<'d>| at.value.get(other) == Some(&Value::Bool(true));
        let stays = |at: &At<'d>| !marked(at) && !marked(&At::clone(at).resolved(document));
        flat.properties.iter().filter(|(_, at)| stays(at)).map(|(name, at)| (*name, at)).collect()
    }

    fn property_added(&mut self, pair: &Pair<'_, 'd>, new: &Flat<'d>, name: &str, at: &At<'d>) {
        let place = format!("{}.{name}", pair.place);
        let place = &Pair { place: &place, ..*pair };
        if self.direction == Direction::Request && new.required.contains_key(name) {
            let message = format!("the required property `{name}` was added");
            let pointer = at.pointer.clone();
            let finding = Finding { rule: "property-added", subject: None, pointer, message };
            self.constraint(place, Effect::Tightened, finding, &[]);
            return;
        }
        let message = match self.direction {
            Direction::Request => format!("the optional property `{name}` was added"),
            Direction::Response => {
                format!("the property `{name}` was added; a tolerant client keeps it and reports drift")
            }
        };
        let finding = Finding { rule: "property-added", subject: None, pointer: at.pointer.clone(), message };
        self.push(Level::Info, place.place, finding);
    }

    fn required(&mut self, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>, name: &str) {
        let place = format!("{}.{name}", pair.place);
        let place = &Pair { place: &place, ..*pair };
        match (old.required.get(name), new.required.get(name)) {
            (None, Some(pointer)) => {
                let message = format!("the property `{name}` was optional and is required now");
                let finding = Finding { rule: "property-required", subject: None, pointer: pointer.clone(), message };
                self.constraint(place, Effect::Tightened, finding, &[]);
            }
            (Some(pointer), None) => {
                let message = format!("the property `{name}` was required and is optional now");
                let finding = Finding { rule: "property-optional", subject: None, pointer: pointer.clone(), message };
                self.incompatible(place, Effect::Loosened, finding, &[]);
            }
            _ => {}
        }
    }

    /// The members that have no name in the document.
    fn additional(&mut self, pair: &Pair<'_, 'd>, old: &Flat<'d>, new: &Flat<'d>) {
        const KEYWORD: &str = "additionalProperties";
        let closed = |flat: &Flat<'_>| flat.get(KEYWORD) == Some(&Value::Bool(false));
        let place = format!("{}{{}}", pair.place);
        match (closed(old), closed(new)) {
            (true, true) => {}
            (false, false) => {
                let schema = |flat: &Flat<'d>| {
                    let at = flat.keywords.get(KEYWORD).filter(|at| at.value.is_object()).cloned();
                    at.unwrap_or_else(|| At::anything(&flat.pointer))
                };
                self.schemas(schema(old), schema(new), &place, false);
            }
            (was_closed, _) => {
                let (effect, rule, told, flat) = if was_closed {
                    (Effect::Loosened, "members-allowed", "are allowed now", old)
                } else {
                    (Effect::Tightened, "members-forbidden", "are forbidden now", new)
                };
                let message = format!("members beside the documented properties {told}");
                let pointer = flat.keywords.get(KEYWORD).map_or_else(String::new, |at| at.pointer.clone());
                self.constraint(pair, effect, Finding { rule, subject: None, pointer, message }, &[]);
            }
        }
    }
}
