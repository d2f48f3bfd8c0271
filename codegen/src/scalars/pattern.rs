//! A pattern of the document as code that matches it in linear time on any input.
//!
//! Patterns mean what ECMA-262 means: `$` is the end and nothing before it, `.` is no line terminator, `\d` is ASCII.
//! What has no linear form, and what would need a table out of proportion, is refused.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// The pattern of the vendor's page for identifiers.
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";

/// Most states of an automaton; its table is part of the generated code.
const MAX_STATES: usize = 2048;

/// Why a pattern cannot be matched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It is not in the syntax, or needs look-around or back-references.
    #[error(
        "the pattern `{0}` has no form that is matched in linear time; write it without look-around and back-references"
    )]
    NotLinear(String),
    /// Its automaton is too large.
    #[error("the pattern `{0}` needs a table of more than {MAX_STATES} states; bound the length by maxLength instead")]
    TooLarge(String),
}

/// How a pattern is matched.
#[derive(Debug)]
pub(super) enum Matcher {
    Uuid,
    Repeat(Repeat),
    Automaton(Table),
}

/// One class of characters, repeated.
#[derive(Debug)]
pub(super) struct Repeat {
    ranges: Vec<(char, char)>,
    minimum: usize,
    maximum: usize,
}

/// A deterministic automaton: state 0 is dead, state 1 the first.
#[derive(Debug)]
pub(super) struct Table {
    classes: Vec<u8>,
    transitions: Vec<u16>,
    accepting: Vec<bool>,
}

pub(super) fn compile(pattern: &str) -> Result<Matcher, PatternError> {
    if pattern == UUID {
        return Ok(Matcher::Uuid);
    }
    let refuse = || PatternError::NotLinear(pattern.to_owned());
    if !jsonschema_regex::is_valid_ecma_regex(pattern) {
        return Err(refuse());
    }
    let translated = jsonschema_regex::to_rust_regex(pattern).map_err(|()| refuse())?;
    let hir = regex_syntax::parse(&translated).map_err(|_| refuse())?;
    if let Some(repeat) = repeat(&hir) {
        return Ok(Matcher::Repeat(repeat));
    }
    // The class of `.` is translated with the line terminators of ECMA-262 left out.
    table(&translated, pattern).map(Matcher::Automaton)
}

/// `^[class]{m,n}$`, the form that most patterns have.
fn repeat(hir: &Hir) -> Option<Repeat> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let [begin, middle, end] = &parts[..] else { return None };
    let (HirKind::Look(Look::Start), HirKind::Look(Look::End)) = (begin.kind(), end.kind()) else { return None };
    let (repeated, minimum, maximum) = match middle.kind() {
        HirKind::Repetition(repetition) => {
            let maximum = repetition.max.map_or(usize::MAX, |maximum| maximum as usize);
            (&*repetition.sub, repetition.min as usize, maximum)
        }
        _ => (middle, 1, 1),
    };
    let HirKind::Class(class) = repeated.kind() else { return None };
    let ranges = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) if class.is_ascii() => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
        Class::Bytes(_) => return None,
    };
    Some(Repeat { ranges, minimum, maximum })
}

/// The smallest automaton of the texts that contain a match.
fn table(translated: &str, pattern: &str) -> Result<Table, PatternError> {
    let too_large = || PatternError::TooLarge(pattern.to_owned());
    let containing = format!(r"(?s-u:(?u:.)*)(?:{translated})(?s-u:(?u:.)*)");
    let dfa = dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .minimize(true)
                .dfa_size_limit(Some(4 << 20))
                .determinize_size_limit(Some(4 << 20)),
        )
        // The sizes bound the time that a pattern can take here.
        .thompson(thompson::Config::new().nfa_size_limit(Some(1 << 20)))
        .build(&containing)
        .map_err(|_| too_large())?;
    let first = dfa
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .map_err(|_| PatternError::NotLinear(pattern.to_owned()))?;

    let byte_classes = dfa.byte_classes();
    let classes: Vec<u8> = (0..=255).map(|byte| byte_classes.get(byte)).collect();
    let representatives: Vec<u8> = (0..=classes.iter().copied().max().unwrap_or(0))
        .filter_map(|class| classes.iter().position(|c| *c == class))
        .map(|byte| u8::try_from(byte).expect("a byte"))
        .collect();

    let mut states = vec![None, Some(first)];
    let (mut transitions, mut accepting) = (vec![0; representatives.len()], vec![false]);
    let mut next = 1;
    while next < states.len() {
        let state = states[next].expect("only the dead state has none");
        accepting.push(dfa.is_match_state(dfa.next_eoi_state(state)));
        for byte in &representatives {
            let target = dfa.next_state(state, *byte);
            let number = if dfa.is_dead_state(target) {
                0
            } else {
                states.iter().position(|known| *known == Some(target)).unwrap_or_else(|| {
                    states.push(Some(target));
                    states.len() - 1
                })
            };
            transitions.push(u16::try_from(number).map_err(|_| too_large())?);
        }
        if states.len() > MAX_STATES {
            return Err(too_large());
        }
        next += 1;
    }
    Ok(Table { classes, transitions, accepting })
}

impl Matcher {
    /// Whether a text matches, for the values of the document itself.
    pub(super) fn accepts(&self, text: &str) -> bool {
        match self {
            Self::Uuid => table(UUID, UUID).is_ok_and(|table| table.accepts(text)),
            Self::Repeat(repeat) => {
                (repeat.minimum..=repeat.maximum).contains(&text.chars().count())
                    && text.chars().all(|c| repeat.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)))
            }
            Self::Automaton(table) => table.accepts(text),
        }
    }

    /// A type of the module `matcher`, and an expression of that type.
    pub(super) fn emit(&self) -> (&'static str, String) {
        match self {
            Self::Uuid => {
                let table = table(UUID, UUID).expect("this pattern is small");
                Self::Automaton(table).emit()
            }
            Self::Repeat(Repeat { ranges, minimum, maximum }) => {
                let ascii = ranges
                    .iter()
                    .filter(|(first, _)| first.is_ascii())
                    .map(|(first, last)| format!("({}, {})", byte(*first), byte((*last).min('\x7f'))));
                let beyond = ranges
                    .iter()
                    .filter(|(_, last)| !last.is_ascii())
                    .map(|(first, last)| format!("({}, {})", escaped((*first).max('\u{80}')), escaped(*last)));
                let (ascii, beyond) = (list(ascii), list(beyond));
                let maximum = if *maximum == usize::MAX { "usize::MAX".to_owned() } else { maximum.to_string() };
                ("Repeat", format!("super::matcher::Repeat::new(&{ascii}, &{beyond}, {minimum}, {maximum})"))
            }
            Self::Automaton(Table { classes, transitions, accepting }) => (
                "Automaton",
                format!(
                    "super::matcher::Automaton {{
    classes: &{classes:?},
    transitions: &{transitions:?},
    accepting: &{accepting:?},
}}"
                ),
            ),
        }
    }
}

fn byte(character: char) -> String {
    let byte = u8::try_from(character).expect("an ASCII character");
    format!("b'{}'", std::ascii::escape_default(byte))
}

fn escaped(character: char) -> String {
    format!("'{}'", character.escape_unicode())
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

impl Table {
    fn accepts(&self, text: &str) -> bool {
        let width = self.transitions.len() / self.accepting.len();
        let last = text.bytes().fold(1, |state, byte| {
            usize::from(self.transitions[state * width + usize::from(self.classes[usize::from(byte)])])
        });
        self.accepting[last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, accepted: &[&str], refused: &[&str]) {
        let matcher = compile(pattern).unwrap();
        for text in accepted {
            assert!(matcher.accepts(text), "`{pattern}` must accept {text:?}");
        }
        for text in refused {
            assert!(!matcher.accepts(text), "`{pattern}` must refuse {text:?}");
        }
    }

    #[test]
    fn patterns_mean_what_ecma_262_means() {
        check("^[-_.a-zA-Z0-9]{1,64}$", &["a", "a-._9"], &["", "a\n", "a b", "é", &"a".repeat(65)]);
        check("^.{1,3}$", &["a", "超超超", "a\tb"], &["", "abcd", "a\n", "\r", "\u{2028}", "\u{2029}"]);
        check(r"^\d+$", &["0", "12"], &["٣", "", "1\n"]);
        check("b+", &["b", "abc"], &["", "ac"]);
        check("^(a|bc)*$", &["", "abca"], &["ab", "abca\n"]);
        check("^[a&&b]+$", &["a&b"], &["c"]);
        check("^[[]$", &["["], &["a"]);
        check(r"^\w\s\/$", &["a\u{feff}/", "a /"], &["é /", "a_/"]);
        check(UUID, &["b4beacb6-4380-448c-a218-daa82cf03f5d"], &["B4BEACB6-4380-448C-A218-DAA82CF03F5D", "", "x"]);
    }

    #[test]
    fn what_is_not_linear_or_too_large_is_refused() {
        for pattern in ["^(?=a)b$", r"^(a)\1$", "^(?!x).*$", "(", r"\Z", "(?i)a"] {
            assert_eq!(compile(pattern).unwrap_err(), PatternError::NotLinear(pattern.to_owned()), "{pattern}");
        }
        let large = "^(.{1,500}x){1,50}$";
        assert_eq!(compile(large).unwrap_err(), PatternError::TooLarge(large.to_owned()));
    }
}
