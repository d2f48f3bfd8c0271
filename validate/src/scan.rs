//! JSON itself: one pass over the bytes that finds what is no JSON, and what is JSON but says two things at once.
//!
//! The pass goes on after what it can go on after, so that one file tells all of it; it ends at the first error of
//! syntax. It takes time linear in the text and keeps nothing but the names of the objects that are open.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// Deepest nesting that is accepted.
pub(crate) const MAX_DEPTH: usize = 128;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// Of the offending bytes.
    pub(crate) at: Range<usize>,
    pub(crate) pointer: String,
}

/// What a scan found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) faults: Vec<Fault>,
    /// Numbers that are beyond any floating point number. They are JSON, and no fault.
    pub(crate) beyond: Vec<Range<usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// No JSON; nothing after it is looked at.
    Syntax(&'static str),
    DuplicateKey,
    ByteOrderMark,
    Utf8,
    LoneSurrogate,
    Depth,
}

impl FaultKind {
    pub(crate) fn ends_the_scan(&self) -> bool {
        matches!(self, Self::Syntax(_) | Self::Utf8 | Self::Depth)
    }
}

/// Finds every fault of a text, no more than so many.
pub(crate) fn scan(bytes: &[u8], most: usize) -> Scanned {
    let mut scan = Scan { bytes, at: 0, open: Vec::new(), found: Scanned::default(), most };
    if bytes.starts_with(b"\xef\xbb\xbf") {
        scan.fault(FaultKind::ByteOrderMark, 0..3);
        scan.at = 3;
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        // What comes before is looked at all the same.
        let at = error.valid_up_to();
        scan.bytes = &bytes[..at];
        let length = error.error_len().unwrap_or(bytes.len() - at);
        if scan.document().is_ok() || scan.at >= at {
            scan.fault(FaultKind::Utf8, at..at + length);
        }
        scan.found.faults.retain(|fault| !matches!(fault.kind, FaultKind::Syntax(_)) || fault.at.start < at);
        return scan.found;
    }
    // The fault that ended it is noted.
    let _ = scan.document();
    scan.found
}

/// The scan cannot go on.
struct Ended;

struct Scan<'b> {
    bytes: &'b [u8],
    at: usize,
    open: Vec<Open<'b>>,
    found: Scanned,
    most: usize,
}

/// A container that is open.
enum Open<'b> {
    Object { names: Names<'b>, name: &'b [u8] },
    Array { index: usize },
}

/// The names of one object; few are compared one by one.
enum Names<'b> {
    Few(Vec<Cow<'b, [u8]>>),
    Many(HashSet<Cow<'b, [u8]>>),
}

impl<'b> Names<'b> {
    /// Adds a name; false when it was there.
    fn add(&mut self, name: Cow<'b, [u8]>) -> bool {
        const FEW: usize = 32;
        match self {
            Self::Few(names) => {
                if names.contains(&name) {
                    return false;
                }
                names.push(name);
                if names.len() > FEW {
                    *self = Self::Many(names.drain(..).collect());
                }
                true
            }
            Self::Many(names) => names.insert(name),
        }
    }
}

impl<'b> Scan<'b> {
    fn document(&mut self) -> Result<(), Ended> {
        loop {
            self.value()?;
            // After a value: a comma, or the end of what is open.
            loop {
                self.blanks();
                let Some(open) = self.open.last_mut() else {
                    if self.at < self.bytes.len() {
                        return self.syntax("expected the end of the text");
                    }
                    return Ok(());
                };
                match (self.bytes.get(self.at), open) {
                    (Some(b','), Open::Array { index }) => {
                        *index += 1;
                        self.at += 1;
                        break;
                    }
                    (Some(b','), Open::Object { .. }) => {
                        self.at += 1;
                        self.name()?;
                        break;
                    }
                    (Some(b']'), Open::Array { .. }) | (Some(b'}'), Open::Object { .. }) => {
                        self.at += 1;
                        self.open.pop();
                    }
                    (_, Open::Array { .. }) => return self.syntax("expected `,` or `]`"),
                    (_, Open::Object { .. }) => return self.syntax("expected `,` or `}`"),
                }
            }
        }
    }

    /// A value, or the beginning of a container up to its first value.
    fn value(&mut self) -> Result<(), Ended> {
        loop {
            self.blanks();
            match self.bytes.get(self.at) {
                Some(b'{') => {
                    self.enter(Open::Object { names: Names::Few(Vec::new()), name: &[] })?;
                    self.blanks();
                    if self.bytes.get(self.at) == Some(&b'}') {
                        self.at += 1;
                        self.open.pop();
                        return Ok(());
                    }
                    self.name()?;
                }
                Some(b'[') => {
                    self.enter(Open::Array { index: 0 })?;
                    self.blanks();
                    if self.bytes.get(self.at) == Some(&b']') {
                        self.at += 1;
                        self.open.pop();
                        return Ok(());
                    }
                }
                Some(b'"') => return self.string().map(|_| ()),
                Some(b'-' | b'0'..=b'9') => return self.number(),
                Some(b't') => return self.word(b"true"),
                Some(b'f') => return self.word(b"false"),
                Some(b'n') => return self.word(b"null"),
                _ => return self.syntax("expected a value"),
            }
        }
    }

    fn enter(&mut self, open: Open<'b>) -> Result<(), Ended> {
        if self.open.len() == MAX_DEPTH {
            self.fault(FaultKind::Depth, self.at..self.at + 1);
            return Err(Ended);
        }
        self.at += 1;
        self.open.push(open);
        Ok(())
    }

    /// The name of a member with its colon.
    fn name(&mut self) -> Result<(), Ended> {
        self.blanks();
        let start = self.at;
        if self.bytes.get(start) != Some(&b'"') {
            return self.syntax("expected the name of a member in quotation marks");
        }
        let escaped = self.string()?;
        let end = self.at;
        let written: &'b [u8] = &self.bytes[start + 1..end - 1];
        // One name may be written in several ways.
        let name = if escaped { Cow::Owned(unescaped(written).into_bytes()) } else { Cow::Borrowed(written) };
        if let Some(Open::Object { names, name: current }) = self.open.last_mut() {
            *current = written;
            if !names.add(name) {
                self.fault(FaultKind::DuplicateKey, start..end);
            }
        }
        self.blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            return self.syntax("expected `:`");
        }
        self.at += 1;
        Ok(())
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Ended> {
        if !self.bytes[self.at..].starts_with(word) {
            return self.syntax("expected a value");
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Result<(), Ended> {
        /// Length of the longest number that is not looked at again: no such number is beyond.
        const SHORT: usize = 4;
        let start = self.at;
        if self.bytes[self.at] == b'-' {
            self.at += 1;
        }
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return self.syntax("expected a digit"),
        }
        if let Some(b'0'..=b'9') = self.bytes.get(self.at) {
            return self.syntax("a number does not begin with a zero");
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if !matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
                return self.syntax("expected a digit");
            }
            self.digits();
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            if !matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
                return self.syntax("expected a digit");
            }
            self.digits();
        }
        if self.at - start > SHORT
            && let Ok(text) = std::str::from_utf8(&self.bytes[start..self.at])
            && text.parse().is_ok_and(f64::is_infinite)
        {
            self.found.beyond.push(start..self.at);
        }
        Ok(())
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// A string; whether it has an escape.
    fn string(&mut self) -> Result<bool, Ended> {
        self.at += 1;
        let mut escaped = false;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(..0x20) => return self.syntax("a control character in a string is written as an escape"),
                Some(_) => self.at += 1,
                None => return self.syntax("the text ends within a string"),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Ended> {
        let start = self.at;
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let unit = self.unit(start)?;
                self.at = start + 6;
                match unit {
                    0xd800..=0xdbff => {
                        let low = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
                        let low = if low { Some(self.unit(self.at)?) } else { None };
                        if let Some(0xdc00..=0xdfff) = low {
                            self.at += 6;
                        } else {
                            self.fault(FaultKind::LoneSurrogate, start..start + 6);
                        }
                    }
                    0xdc00..=0xdfff => self.fault(FaultKind::LoneSurrogate, start..start + 6),
                    _ => {}
                }
            }
            _ => return self.syntax("there is no such escape"),
        }
        Ok(())
    }

    /// The code unit of `\uXXXX`.
    fn unit(&mut self, start: usize) -> Result<u32, Ended> {
        let digits = self.bytes.get(start + 2..start + 6).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let unit =
            digits.and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|d| u32::from_str_radix(d, 16).ok());
        if let Some(unit) = unit {
            return Ok(unit);
        }
        self.at = start;
        self.syntax("`\\u` is followed by four hexadecimal digits")
    }

    fn syntax<T>(&mut self, expected: &'static str) -> Result<T, Ended> {
        let end = (self.at + 1).min(self.bytes.len()).max(self.at);
        self.fault(FaultKind::Syntax(expected), self.at..end);
        Err(Ended)
    }

    fn fault(&mut self, kind: FaultKind, at: Range<usize>) {
        // What ends the scan is told whatever came before it.
        if self.found.faults.len() < self.most || kind.ends_the_scan() {
            let pointer = self.pointer();
            self.found.faults.push(Fault { kind, at, pointer });
        }
    }

    fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |pointer, open| match open {
            Open::Array { index } => format!("{pointer}/{index}"),
            Open::Object { name: [], .. } => pointer,
            Open::Object { name, .. } => {
                let name = unescaped(name);
                pointer + "/" + &name.replace('~', "~0").replace('/', "~1")
            }
        })
    }
}

/// How many values a text has that is JSON, each between commas and brackets.
pub(crate) fn count_values(text: &str) -> usize {
    let mut in_string = false;
    let mut escaped = false;
    let mut count = 1;
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => count += 1,
            _ => {}
        }
    }
    count
}

/// A string as it is meant, from what stands between its quotation marks.
pub(crate) fn unescaped(written: &[u8]) -> String {
    let text = String::from_utf8_lossy(written);
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.into_owned())
}
