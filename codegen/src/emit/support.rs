//! What the generated types share: how a value that breaks its constraint is refused, or kept and reported.
//!
//! Outside a [`read`] every type is strict: no constructor and no `Deserialize` lets such a value through. Within one,
//! the value is kept as sent and the deviation is reported, so that one odd value hides nothing else.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::DeserializeOwned;

use super::reader;

/// Longest part of a value that is repeated in a message, in characters.
const MAX_SHOWN: usize = 80;

/// A value that breaks a constraint of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    type_name: &'static str,
    keyword: &'static str,
    requirement: &'static str,
    value: String,
}

impl Violation {
    /// A value that is not what its type requires; the requirement completes the sentence "Name must …".
    pub(super) fn new(
        type_name: &'static str,
        keyword: &'static str,
        requirement: &'static str,
        value: impl fmt::Display,
    ) -> Self {
        Self { type_name, keyword, requirement, value: value.to_string() }
    }

    /// Name of the type that refused the value.
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The schema keyword that the value breaks, such as `pattern`.
    pub fn keyword(&self) -> &'static str {
        self.keyword
    }

    /// What the type requires.
    pub fn requirement(&self) -> &'static str {
        self.requirement
    }

    /// The value as it was given.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must {}, not `", self.type_name, self.requirement)?;
        for character in self.value.chars().take(MAX_SHOWN) {
            match character {
                '`' | '\\' => write!(f, "{character}")?,
                other if other.is_control() => write!(f, "{}", other.escape_default())?,
                other => write!(f, "{other}")?,
            }
        }
        if self.value.chars().nth(MAX_SHOWN).is_some() {
            f.write_str("…")?;
        }
        f.write_str("`")
    }
}

impl std::error::Error for Violation {}

impl From<std::convert::Infallible> for Violation {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// A deviation of received data from the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// JSON pointer to the value, from where reading began.
    pub pointer: String,
    /// The schema keyword that the value breaks; `additionalProperties` for a field that the document does not know.
    pub keyword: &'static str,
    /// What the document requires.
    pub requirement: &'static str,
    /// The value as it was sent.
    pub value: String,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let violation = Violation::new("the value", self.keyword, self.requirement, &self.value);
        write!(f, "{}: {violation}", self.pointer)
    }
}

/// Data that has no place in its type, however tolerantly it is read.
#[derive(Debug)]
pub struct ReadError {
    /// JSON pointer to the value that does not fit, from where reading began.
    pub pointer: String,
    /// What is wrong with it.
    pub source: serde_json::Error,
}

/// Reads tolerantly: what breaks a constraint is kept and reported. Fails only for what has no place in the type.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<(T, Vec<Drift>), ReadError> {
    // Almost always the text is plain and there is nothing to report.
    if let Some(value) = read_plain(json) {
        return Ok((value, Vec::new()));
    }
    let scope = Scope::enter(Mode::Count);
    let value = serde_json::from_str(json);
    let deviations = COUNT.get();
    drop(scope);
    if let Ok(value) = value
        && deviations == 0
    {
        return Ok((value, Vec::new()));
    }
    // Where to find what there is to report, another reading tells.
    let scope = Scope::enter(Mode::Locate);
    let value = serde_json::from_str(json);
    let Locator { path, found } = LOCATOR.take();
    drop(scope);
    match value {
        Ok(value) => Ok((value, found)),
        Err(source) => Err(ReadError { pointer: pointer(&path), source }),
    }
}

/// Reads a text in which nothing is out of the ordinary: plain JSON of the documented fields, each of them once, that
/// holds every constraint. `None` says nothing: such a text may still be valid, and [`read`] tells.
pub fn read_plain<T: DeserializeOwned>(json: &str) -> Option<T> {
    let _scope = Scope::enter(Mode::Strict);
    reader::read(json).ok()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nothing is kept that breaks a constraint.
    Strict,
    /// It is kept and counted.
    Count,
    /// It is kept and reported with its pointer.
    Locate,
}

#[derive(Default)]
struct Locator {
    path: Vec<Step>,
    found: Vec<Drift>,
}

pub(super) enum Step {
    Name(Cow<'static, str>),
    Index(usize),
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Strict) };
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static LOCATOR: RefCell<Locator> = RefCell::default();
}

/// Sets the mode of this thread, and sets it back when dropped, also by a panic.
struct Scope(Mode);

impl Scope {
    fn enter(mode: Mode) -> Self {
        COUNT.set(0);
        LOCATOR.with_borrow_mut(|locator| *locator = Locator::default());
        Self(MODE.replace(mode))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        MODE.set(self.0);
    }
}

/// Whether steps are to be told. Asked once per object, so that objects without deviations pay next to nothing.
pub(super) fn locating() -> bool {
    MODE.get() == Mode::Locate
}

/// Does something one step further down. When that fails, the path stays where it failed.
#[inline(always)]
pub(super) fn step<R, E>(
    step: impl FnOnce() -> Step,
    locating: bool,
    inner: impl FnOnce() -> Result<R, E>,
) -> Result<R, E> {
    if !locating {
        return inner();
    }
    enter(step());
    let result = inner();
    if result.is_ok() {
        leave();
    }
    result
}

fn enter(step: Step) {
    LOCATOR.with_borrow_mut(|locator| locator.path.push(step));
}

fn leave() {
    LOCATOR.with_borrow_mut(|locator| locator.path.pop());
}

/// Whether what breaks a constraint is an error.
pub(super) fn strict() -> bool {
    MODE.get() == Mode::Strict
}

/// What to do with a value that breaks a constraint: an error in strict mode, else keep it.
pub(super) fn deviate(violation: Violation) -> Result<(), Violation> {
    match MODE.get() {
        Mode::Strict => return Err(violation),
        Mode::Count => COUNT.set(COUNT.get() + 1),
        Mode::Locate => LOCATOR.with_borrow_mut(|locator| {
            let pointer = pointer(&locator.path);
            let Violation { keyword, requirement, value, .. } = violation;
            locator.found.push(Drift { pointer, keyword, requirement, value });
        }),
    }
    Ok(())
}

fn pointer(path: &[Step]) -> String {
    path.iter().fold(String::new(), |pointer, step| match step {
        Step::Name(name) => pointer + "/" + &name.replace('~', "~0").replace('/', "~1"),
        Step::Index(index) => format!("{pointer}/{index}"),
    })
}

