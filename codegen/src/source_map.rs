//! Where each value of a YAML text stands: JSON pointer to line and column.
//!
//! The value itself is read by `serde_yaml`, which keeps no positions. This module walks the parser's events instead,
//! and refuses on the way what would make a document say something else than it seems to: repeated keys, aliases
//! (which can also grow without bound), tags, several documents in one file, nesting without end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::load::LoadError;

/// Deepest nesting accepted; a hand-written document stays below 20.
const MAX_DEPTH: usize = 64;

/// A place in a text, both numbers counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The beginning of a text.
    pub const START: Self = Self { line: 1, column: 1 };
}

impl From<Marker> for Position {
    fn from(marker: Marker) -> Self {
        Self { line: marker.line(), column: marker.col() + 1 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where the values of a YAML or JSON text stand: JSON pointer to the position of the key it names, or of the item in a
/// sequence.
#[derive(Debug, Clone)]
pub struct SourceMap(BTreeMap<String, Position>);

impl SourceMap {
    /// Reads the positions of a text.
    pub fn read(text: &str) -> Result<Self, LoadError> {
        Walker { parser: Parser::new_from_str(text), positions: BTreeMap::new() }.document()
    }

    /// Position of a pointer, or of its nearest ancestor that the text has.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Position {
        let mut pointer = pointer;
        loop {
            if let Some(position) = self.0.get(pointer) {
                return *position;
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return Position::START,
            }
        }
    }
}

/// Appends a token to a JSON pointer (RFC 6901).
pub(crate) fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

struct Walker<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    positions: BTreeMap<String, Position>,
}

impl<'t> Walker<'t> {
    fn document(mut self) -> Result<SourceMap, LoadError> {
        let mut documents = 0;
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentEnd | Event::Nothing, _) => {}
                (Event::DocumentStart(_), span) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(refuse("the file holds more than one YAML document", span));
                    }
                    let (event, span) = self.next()?;
                    self.positions.insert(String::new(), span.start.into());
                    self.node(&event, span, "", 0)?;
                }
                (Event::StreamEnd, span) if documents == 0 => return Err(refuse("the file is empty", span)),
                (Event::StreamEnd, _) => return Ok(SourceMap(self.positions)),
                (event, span) => return Err(refuse(&format!("unexpected {event:?} between documents"), span)),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), LoadError> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                Err(LoadError::Syntax { message: error.info().to_owned(), position: (*error.marker()).into() })
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: &Event<'t>, span: Span, pointer: &str, depth: usize) -> Result<(), LoadError> {
        if depth > MAX_DEPTH {
            return Err(refuse(&format!("the document nests deeper than {MAX_DEPTH} levels"), span));
        }
        match event {
            Event::Alias(_) => Err(refuse("aliases (`*name`) are not accepted; use `$ref`", span)),
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                Err(refuse("tags (`!name`) are not accepted", span))
            }
            Event::SequenceStart(..) => self.sequence(pointer, depth),
            Event::MappingStart(..) => self.mapping(pointer, depth),
            _ => Ok(()),
        }
    }

    fn sequence(&mut self, pointer: &str, depth: usize) -> Result<(), LoadError> {
        for index in 0.. {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            let item = join(pointer, &index.to_string());
            self.positions.insert(item.clone(), span.start.into());
            self.node(&event, span, &item, depth + 1)?;
        }
        Ok(())
    }

    fn mapping(&mut self, pointer: &str, depth: usize) -> Result<(), LoadError> {
        let mut seen = BTreeSet::new();
        loop {
            let (key, span) = match self.next()? {
                (Event::MappingEnd, _) => return Ok(()),
                (Event::Scalar(key, style, _, None), span) => {
                    if style == ScalarStyle::Plain && !is_plain_key(&key) {
                        return Err(refuse(&format!("the key `{key}` is not a string; write it in quotes"), span));
                    }
                    (key, span)
                }
                (_, span) => return Err(refuse("a key is not a plain string", span)),
            };
            if !seen.insert(key.clone()) {
                return Err(refuse(&format!("the key `{key}` occurs twice"), span));
            }
            let member = join(pointer, &key);
            self.positions.insert(member.clone(), span.start.into());
            let (event, span) = self.next()?;
            self.node(&event, span, &member, depth + 1)?;
        }
    }
}

/// Whether YAML reads a key without quotes as a string; numbers, booleans and null are the ones it does not.
fn is_plain_key(key: &str) -> bool {
    !matches!(key, "" | "~" | "null" | "true" | "false" | "yes" | "no" | "on" | "off") && key.parse::<f64>().is_err()
}

fn refuse(message: &str, span: Span) -> LoadError {
    LoadError::Refused { message: message.to_owned(), position: span.start.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        SourceMap::read(text).unwrap_err().to_string()
    }

    #[test]
    fn pointers_lead_to_their_keys_and_items() {
        let map = SourceMap::read("a:\n  b/c:\n    - 1\n    - x: 2\n").unwrap();
        assert_eq!(map.locate("/a").to_string(), "1:1");
        assert_eq!(map.locate("/a/b~1c").to_string(), "2:3");
        assert_eq!(map.locate("/a/b~1c/1/x").to_string(), "4:7");
        assert_eq!(map.locate("/a/b~1c/7/gone").to_string(), "2:3", "the nearest ancestor stands in");
    }

    #[test]
    fn texts_that_mislead_are_refused_with_a_position() {
        assert_eq!(error("a: 1\nb: 2\na: 3\n"), "the key `a` occurs twice at 3:1");
        assert_eq!(error("a: &x 1\nb: *x\n"), "aliases (`*name`) are not accepted; use `$ref` at 2:4");
        assert_eq!(error("a: 1\n---\nb: 2\n"), "the file holds more than one YAML document at 2:1");
        assert_eq!(error("a: !x 1\n"), "tags (`!name`) are not accepted at 1:4");
        assert_eq!(error("200: x\n"), "the key `200` is not a string; write it in quotes at 1:1");
        assert_eq!(error(""), "the file is empty at 1:1");
    }

    #[test]
    fn endless_nesting_is_refused_early() {
        let indented: String = (0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(error(&indented), "the document nests deeper than 64 levels at 66:66");
        assert!(error(&"[".repeat(100_000)).starts_with("not YAML: recursion limit exceeded at 1:"));
    }
}
