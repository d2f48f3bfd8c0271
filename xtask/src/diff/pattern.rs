//! Which of two patterns accepts more, decided by walking both automata side by side.
//!
//! Exact wherever both patterns are regular languages of a moderate size; undecided otherwise.

use std::collections::{HashSet, VecDeque};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

type Dfa = dense::DFA<Vec<u32>>;

/// Most pairs of states that are looked at.
const MAX_PAIRS: usize = 1 << 16;

/// What the languages of two patterns have over each other: a shortest text each, where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) only_old: Option<String>,
    pub(super) only_new: Option<String>,
}

/// Compares two patterns; `None` accepts every text. Nothing comes back where it cannot be decided.
pub(super) fn compare(old: Option<&str>, new: Option<&str>) -> Option<Difference> {
    let (old, new) = (automaton(old.unwrap_or(""))?, automaton(new.unwrap_or(""))?);
    let (old_start, new_start) = (start(&old)?, start(&new)?);
    let bytes = representatives(&old, &new);
    let mut difference = Difference { only_old: None, only_new: None };
    // A breadth-first walk, so that the first text found is a shortest one.
    let mut seen = HashSet::from([(old_start, new_start)]);
    let mut steps: Vec<(StateID, StateID, usize, u8)> = vec![(old_start, new_start, 0, 0)];
    let mut open = VecDeque::from([0]);
    while let Some(index) = open.pop_front() {
        let (left, right, ..) = steps[index];
        let accepts = (accepting(&old, left), accepting(&new, right));
        let found = match accepts {
            (true, false) => &mut difference.only_old,
            (false, true) => &mut difference.only_new,
            _ => &mut None,
        };
        if accepts.0 != accepts.1 && found.is_none() {
            *found = text(&steps, index);
        }
        if difference.only_old.is_some() && difference.only_new.is_some() {
            break;
        }
        for byte in &bytes {
            let pair = (old.next_state(left, *byte), new.next_state(right, *byte));
            if old.is_dead_state(pair.0) && new.is_dead_state(pair.1) {
                continue;
            }
            if seen.insert(pair) {
                if seen.len() > MAX_PAIRS {
                    return None;
                }
                open.push_back(steps.len());
                steps.push((pair.0, pair.1, index, *byte));
            }
        }
    }
    Some(difference)
}

/// A byte for each class of bytes that neither automaton tells apart, one that people like to read where there is one.
fn representatives(old: &Dfa, new: &Dfa) -> Vec<u8> {
    let readable = (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9').chain(b'!'..=b'/');
    let (old, new) = (old.byte_classes(), new.byte_classes());
    let mut classes = HashSet::new();
    readable.chain(0..=255).filter(|byte| classes.insert((old.get(*byte), new.get(*byte)))).collect()
}

/// The bytes that lead to a step.
fn text(steps: &[(StateID, StateID, usize, u8)], mut index: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while index != 0 {
        let (_, _, before, byte) = steps[index];
        bytes.push(byte);
        index = before;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

/// The automaton of the texts that contain a match, by the meaning of ECMA-262.
fn automaton(pattern: &str) -> Option<Dfa> {
    if !jsonschema_regex::is_valid_ecma_regex(pattern) {
        return None;
    }
    let translated = jsonschema_regex::to_rust_regex(pattern).ok()?;
    let containing = format!(r"(?s-u:(?u:.)*)(?:{translated})(?s-u:(?u:.)*)");
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .dfa_size_limit(Some(4 << 20))
                .determinize_size_limit(Some(4 << 20)),
        )
        .thompson(thompson::Config::new().nfa_size_limit(Some(1 << 20)))
        .build(&containing)
        .ok()
}

fn start(dfa: &Dfa) -> Option<StateID> {
    dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).ok()
}

fn accepting(dfa: &Dfa, state: StateID) -> bool {
    dfa.is_match_state(dfa.next_eoi_state(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, only_old: Option<&str>, only_new: Option<&str>) {
        let expected =
            Difference { only_old: only_old.map(ToOwned::to_owned), only_new: only_new.map(ToOwned::to_owned) };
        assert_eq!(compare(Some(old), Some(new)), Some(expected), "{old} to {new}");
    }

    #[test]
    fn inclusion_is_decided_with_a_shortest_text() {
        check("^[a-z]{1,3}$", "^[a-z]{1,2}$", Some("aaa"), None);
        check("^[a-z]+$", "^[a-zA-Z]+$", None, Some("A"));
        check("^[a-b]+$", "^[b-c]+$", Some("a"), Some("c"));
        check("^[0-9]$", r"^\d$", None, None);
        check("^a", "a", None, Some("ba"));
        check("^.{1,2}$", "^.{0,2}$", None, Some(""));
        check("^a$", "^é$", Some("a"), Some("é"));
    }

    #[test]
    fn what_is_no_regular_language_is_undecided() {
        assert_eq!(compare(Some("^(?=a)a$"), Some("^a$")), None);
        assert_eq!(compare(Some("^(.{1,500}x){1,50}$"), Some("^a$")), None);
    }

    #[test]
    fn no_pattern_accepts_every_text() {
        assert_eq!(compare(None, Some("")), Some(Difference { only_old: None, only_new: None }));
        assert_eq!(compare(Some("^a$"), None).unwrap().only_new.as_deref(), Some(""));
    }
}
