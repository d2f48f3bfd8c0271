//! The full judgement of a payload that is not plainly valid.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::scan::{Fault, FaultKind, Scanned, count_values, scan};
use crate::schemas::Compiled;
use crate::{Finding, Report, Validator, fast, locate, message};

pub(crate) fn judge(validator: &Validator, payload: &[u8]) -> Report {
    // One more than asked for tells that there are more.
    let most = validator.max_findings + 1;
    let scanned = scan(payload, most);
    let mut judge = Judge { validator, most, found: Vec::new(), patches: patches(&scanned) };
    for fault in &scanned.faults {
        judge.fault(fault, payload);
    }
    let whole = !scanned.faults.iter().any(|fault| fault.kind.ends_the_scan());
    if whole && let Ok(text) = std::str::from_utf8(payload) {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        judge.root(&text[start..], start);
    }
    judge.found.sort_by(|a, b| (a.offset, &a.pointer, a.keyword).cmp(&(b.offset, &b.pointer, b.keyword)));
    let more = judge.found.len() > validator.max_findings;
    judge.found.truncate(validator.max_findings);
    place_lines(payload, &mut judge.found);
    Report { valid: judge.found.is_empty(), findings: judge.found, more }
}

/// Bytes that are JSON and that no value can be made of, with what stands for them, as long as they are.
fn patches(scanned: &Scanned) -> Vec<(Range<usize>, u8)> {
    let halves = scanned.faults.iter().filter(|fault| fault.kind == FaultKind::LoneSurrogate);
    let mut patches: Vec<_> = halves.map(|fault| (fault.at.clone(), b'?')).collect();
    // A number beyond all others: nines are beyond every bound of a document as well.
    patches.extend(scanned.beyond.iter().map(|at| (at.clone(), b'9')));
    patches.sort_by_key(|(at, _)| at.start);
    patches
}

struct Judge<'v> {
    validator: &'v Validator,
    most: usize,
    found: Vec<Finding>,
    patches: Vec<(Range<usize>, u8)>,
}

impl Judge<'_> {
    fn fault(&mut self, fault: &Fault, payload: &[u8]) {
        let Fault { kind, at, pointer } = fault;
        let written = String::from_utf8_lossy(payload.get(at.clone()).unwrap_or_default());
        let found = message::clean(&written);
        let message = match kind {
            FaultKind::Syntax(expected) if found.is_empty() => format!("no JSON: {expected}, and the text ends here"),
            FaultKind::Syntax(expected) => format!("no JSON: {expected}, not `{found}`"),
            FaultKind::DuplicateKey => {
                format!("the name {found} is there already; which of the two counts is not defined")
            }
            FaultKind::ByteOrderMark => "a byte order mark, which JSON does not begin with".to_owned(),
            FaultKind::Utf8 => "a byte that is no UTF-8".to_owned(),
            FaultKind::LoneSurrogate => format!("{found} is half of a character; its other half is missing"),
            FaultKind::Depth => format!("more than {} levels of nesting", crate::scan::MAX_DEPTH),
        };
        self.found.push(Finding {
            pointer: pointer.clone(),
            line: 0,
            column: 0,
            offset: at.start,
            keyword: "json",
            message,
            value: String::new(),
            place: String::new(),
        });
    }

    /// The whole payload. The items of a list of components are judged one by one, the rest as one value.
    fn root(&mut self, text: &str, start: usize) {
        let root = &self.validator.root;
        let members = if text.len() > SMALL { locate::members(text) } else { None };
        let Some(members) = members else { return self.value(root, text, start, "") };
        let mut rest = Vec::new();
        for (name, value) in members {
            let component = root.items_of(&name).and_then(|component| self.validator.schemas.get(component).ok());
            let list = component.filter(|_| value.starts_with('['));
            let Some(component) = list else {
                rest.push((name, value));
                continue;
            };
            locate::each_item(value, |index, item| {
                if self.found.len() < self.most && !fast::is_valid(component.name, item) {
                    let at = start + (item.as_ptr().addr() - text.as_ptr().addr());
                    self.value(&component, item, at, &format!("/{}/{index}", escape(&name)));
                }
            });
        }
        // A list of its own kind is judged above; what is left is judged without it.
        let left: Vec<String> =
            rest.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect();
        let before = self.found.len();
        self.value(root, &format!("{{{}}}", left.join(",")), start, "");
        for finding in &mut self.found[before..] {
            finding.offset = start + locate::offset(text, &finding.pointer);
        }
    }

    /// One value, which begins at an offset of the payload.
    fn value(&mut self, schema: &Compiled, text: &str, at: usize, pointer: &str) {
        // A value in memory is many times its text.
        if text.len() > MAX_VALUES && count_values(text) > MAX_VALUES {
            let reason = format!("more than {MAX_VALUES} values in one, which are not judged further");
            self.found.push(Finding { pointer: pointer.to_owned(), offset: at, ..Finding::refusal(reason) });
            return;
        }
        let patched = self.patched(text, at);
        let Ok(value) = serde_json::from_str::<Value>(&patched) else { return };
        let before = self.found.len();
        for error in schema.validator.iter_errors(&value) {
            if self.found.len() >= self.most {
                break;
            }
            let path = error.schema_path().to_string();
            let inner = error.instance_path().to_string();
            let instance = error.instance();
            let keyword = path.rsplit('/').next().unwrap_or_default();
            if keyword == "additionalProperties" {
                self.unknown_fields(schema, &path, instance, text, at, pointer, &inner);
                continue;
            }
            let full = format!("{pointer}{inner}");
            // What a patch stands for is shown as it was written.
            let written = locate::slice(text, &inner);
            let shown = match (&patched, instance.as_ref()) {
                (Cow::Owned(_), Value::Number(_)) => {
                    message::clean(written.split([',', ']', '}', ' ', '\n', '\r', '\t']).next().unwrap_or_default())
                }
                _ => message::shown(instance),
            };
            let message = message::message(&full, keyword, schema.schema.pointer(&path), instance, &shown)
                .unwrap_or_else(|| format!("{}: {}", message::field(&full), message::clean(&error.to_string())));
            self.found.push(Finding {
                offset: at + (written.as_ptr().addr() - text.as_ptr().addr()),
                pointer: full,
                line: 0,
                column: 0,
                keyword: known_keyword(keyword),
                message,
                value: shown,
                place: schema.place(&path),
            });
        }
        // What is of the wrong type breaks the other keywords as well; one fault is told once.
        let found = self.found.split_off(before);
        let mistyped: Vec<_> = found.iter().filter(|f| f.keyword == "type").map(|f| f.pointer.clone()).collect();
        self.found.extend(found.into_iter().filter(|f| f.keyword == "type" || !mistyped.contains(&f.pointer)));
    }

    /// A finding for each field that the schema does not name.
    #[allow(clippy::too_many_arguments, reason = "the place of an error in text, schema and value")]
    fn unknown_fields(
        &mut self,
        schema: &Compiled,
        path: &str,
        object: &Value,
        text: &str,
        at: usize,
        pointer: &str,
        inner: &str,
    ) {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let properties = schema.schema.pointer(&format!("{parent}/properties")).and_then(Value::as_object);
        let known: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        for (name, value) in
            object.as_object().into_iter().flatten().filter(|(name, _)| !known.contains(&name.as_str()))
        {
            let inner = format!("{inner}/{}", escape(name));
            self.found.push(Finding {
                offset: at + locate::offset(text, &inner),
                pointer: format!("{pointer}{inner}"),
                line: 0,
                column: 0,
                keyword: "additionalProperties",
                message: message::unknown_field(name, &known),
                value: message::shown(value),
                place: schema.place(parent),
            });
        }
    }

    /// The text with its patches, which begins at an offset of the payload.
    fn patched<'t>(&self, text: &'t str, at: usize) -> Cow<'t, str> {
        let inside = self.patches.iter().filter(|(range, _)| range.start >= at && range.end <= at + text.len());
        let mut patched: Option<Vec<u8>> = None;
        for (range, byte) in inside {
            let bytes = patched.get_or_insert_with(|| text.as_bytes().to_vec());
            let negative = text.as_bytes()[range.start - at] == b'-';
            bytes[range.start - at + usize::from(negative)..range.end - at].fill(*byte);
        }
        match patched {
            Some(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
            None => Cow::Borrowed(text),
        }
    }
}

/// Most values that are made of one text; a list of the document's items is judged item by item.
const MAX_VALUES: usize = 1_000_000;

/// A payload up to this size is judged as one value.
const SMALL: usize = 64 << 10;

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The keyword as a name that lives as long as the program.
fn known_keyword(keyword: &str) -> &'static str {
    const KNOWN: [&str; 16] = [
        "type",
        "enum",
        "pattern",
        "minimum",
        "maximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "required",
        "minProperties",
        "maxProperties",
        "additionalProperties",
        "not",
    ];
    KNOWN.into_iter().find(|known| *known == keyword).unwrap_or("schema")
}

/// Turns offsets, which are in order, into lines and columns.
fn place_lines(payload: &[u8], findings: &mut [Finding]) {
    let (mut line, mut begin, mut from) = (1, 0, 0);
    for finding in findings {
        let upto = finding.offset.min(payload.len());
        for (index, byte) in payload[from..upto].iter().enumerate() {
            if *byte == b'\n' {
                line += 1;
                begin = from + index + 1;
            }
        }
        from = upto;
        finding.line = line;
        // Characters, not bytes: those that continue one are not counted.
        finding.column = payload[begin..upto].iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
    }
}
