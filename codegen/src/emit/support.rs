//! What the generated types share: how a value that breaks its constraint is refused, or kept and reported.
//!
//! Outside a [`read`] every type is strict: no constructor and no `Deserialize` lets such a value through. Within one,
//! the value is kept as sent and the deviation is reported, so that one odd value hides nothing else.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

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
    // Almost always there is nothing to report. Where to find what there is, a second reading tells.
    let scope = Scope::enter(Mode::Count);
    let value = serde_json::from_str(json);
    let deviations = COUNT.get();
    drop(scope);
    if let Ok(value) = value
        && deviations == 0
    {
        return Ok((value, Vec::new()));
    }
    let scope = Scope::enter(Mode::Locate);
    let value = serde_json::from_str(json);
    let Locator { path, found } = LOCATOR.take();
    drop(scope);
    match value {
        Ok(value) => Ok((value, found)),
        Err(source) => Err(ReadError { pointer: pointer(&path), source }),
    }
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

enum Step {
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
fn step<R, E>(
    step: impl FnOnce() -> Step,
    locating: bool,
    inner: impl FnOnce() -> Result<R, E>,
) -> Result<R, E> {
    if !locating {
        return inner();
    }
    LOCATOR.with_borrow_mut(|locator| locator.path.push(step()));
    let result = inner();
    if result.is_ok() {
        LOCATOR.with_borrow_mut(|locator| locator.path.pop());
    }
    result
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

/// Which property a member of an object is.
pub(super) enum Key {
    Known(usize),
    Unknown(String),
}

/// Reads the name of a member by a function that knows the properties.
pub(super) struct KeySeed(pub(super) fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok((self.0)(name).map_or_else(|| Key::Unknown(name.to_owned()), Key::Known))
    }
}

/// Reads the value of a property that must be there.
#[inline(always)]
pub(super) fn required<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    locating: bool,
) -> Result<T, A::Error> {
    step(|| Step::Name(name.into()), locating, || map.next_value())
}

/// Reads the value of a property that may be absent, but not null: null counts as absent, and deviates.
#[inline(always)]
pub(super) fn optional<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    type_name: &'static str,
    locating: bool,
) -> Result<Option<T>, A::Error> {
    step(
        || Step::Name(name.into()),
        locating,
        || {
            let value: Option<T> = map.next_value()?;
            if value.is_none() {
                deviate(null(type_name)).map_err(A::Error::custom)?;
            }
            Ok(value)
        },
    )
}

/// What a list may have, and how many items the last one had, which mostly is how many the next one will have.
pub(super) struct Items {
    type_name: &'static str,
    minimum: usize,
    maximum: usize,
    requirement: &'static str,
    last: AtomicUsize,
}

impl Items {
    pub(super) const fn new(
        type_name: &'static str,
        minimum: usize,
        maximum: usize,
        requirement: &'static str,
    ) -> Self {
        Self { type_name, minimum, maximum, requirement, last: AtomicUsize::new(0) }
    }

    fn check<E: serde::de::Error>(&self, name: &'static str, length: usize, locating: bool) -> Result<(), E> {
        let keyword = if length < self.minimum {
            "minItems"
        } else if length > self.maximum {
            "maxItems"
        } else {
            return Ok(());
        };
        let violation = Violation::new(self.type_name, keyword, self.requirement, format_args!("{length} items"));
        step(|| Step::Name(name.into()), locating, || deviate(violation)).map_err(E::custom)
    }
}

/// Reads a list that must be there.
#[inline(always)]
pub(super) fn required_list<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    items: &Items,
    locating: bool,
) -> Result<Vec<T>, A::Error> {
    let list = step(|| Step::Name(name.into()), locating, || map.next_value_seed(List::new(items, locating)))?;
    items.check(name, list.len(), locating)?;
    Ok(list)
}

/// Reads a list that may be absent, but not null: null counts as absent, and deviates.
#[inline(always)]
pub(super) fn optional_list<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    name: &'static str,
    items: &Items,
    locating: bool,
) -> Result<Option<Vec<T>>, A::Error> {
    let list = step(
        || Step::Name(name.into()),
        locating,
        || {
            let list = map.next_value_seed(OptionalList(List::new(items, locating)))?;
            if list.is_none() {
                deviate(null(items.type_name)).map_err(A::Error::custom)?;
            }
            Ok(list)
        },
    )?;
    if let Some(list) = &list {
        items.check(name, list.len(), locating)?;
    }
    Ok(list)
}

fn null(type_name: &'static str) -> Violation {
    Violation::new(type_name, "type", "be absent rather than null", "null")
}

/// Reads a list whose items know their position while they are read.
struct List<'i, T> {
    items: &'i Items,
    locating: bool,
    item: PhantomData<T>,
}

impl<'i, T> List<'i, T> {
    fn new(items: &'i Items, locating: bool) -> Self {
        Self { items, locating, item: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        /// Largest list that is made room for before its items are seen, in bytes.
        const MOST: usize = 64 << 10;
        let most = MOST / size_of::<T>().max(1);
        let mut list = Vec::with_capacity(self.items.last.load(Ordering::Relaxed).min(most));
        while let Some(item) = step(|| Step::Index(list.len()), self.locating, || seq.next_element())? {
            list.push(item);
        }
        if list.len() < list.capacity() {
            // What the list grew to beyond its items is given back.
            list.shrink_to_fit();
        }
        self.items.last.store(list.len(), Ordering::Relaxed);
        Ok(list)
    }
}

/// The same where null may stand for the list.
struct OptionalList<'i, T>(List<'i, T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for OptionalList<'_, T> {
    type Value = Option<Vec<T>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalList<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

/// Skips a member that the document does not know. Strict reading accepts it unless the document is closed;
/// tolerant reading reports it.
pub(super) fn unknown<'de, A: MapAccess<'de>>(
    map: &mut A,
    name: String,
    type_name: &'static str,
    closed: bool,
    locating: bool,
) -> Result<(), A::Error> {
    const KEYWORD: &str = "additionalProperties";
    const REQUIREMENT: &str = "be a field that the document knows";
    let deviates = |value: &str| {
        deviate(Violation::new(type_name, KEYWORD, REQUIREMENT, value)).map_err(A::Error::custom)
    };
    if locating {
        let value: Box<RawValue> = map.next_value()?;
        return step(|| Step::Name(name.into()), locating, || deviates(value.get()));
    }
    map.next_value::<IgnoredAny>()?;
    if closed || MODE.get() != Mode::Strict { deviates(&name) } else { Ok(()) }
}

/// A member that occurs twice: the later one counts, and that deviates.
pub(super) fn repeated<E: serde::de::Error>(name: &'static str, type_name: &'static str) -> Result<(), E> {
    deviate(Violation::new(type_name, "properties", "have each field once", name)).map_err(E::custom)
}

/// A type that is a string on the wire.
pub(super) trait Text: Sized {
    /// The value of a text that the document allows.
    fn strict(text: &str) -> Result<Self, Violation>;

    /// The value of any text, kept as it is.
    fn kept(text: &str) -> Self;
}

/// Reads a string, strictly or tolerantly as the scope has it.
pub(super) fn deserialize_text<'de, T: Text, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::strict(text).or_else(|violation| {
            deviate(violation).map_err(E::custom)?;
            Ok(T::kept(text))
        })
    }
}

/// A value of an enumeration that the document does not list, as it was sent. Nothing outside this module makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(Box<Box<str>>);

impl Unknown {
    pub(super) fn new(text: &str) -> Self {
        // Boxed twice, so that the enumerations around it are one pointer wide.
        Self(Box::new(text.into()))
    }

    /// The value as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A type that is a bounded integer.
pub(super) trait Integer: Sized {
    const NAME: &'static str;
    const REQUIREMENT: &'static str;

    /// The value of any integer, kept as it is.
    fn kept(value: i64) -> Self;

    /// The keyword that an integer breaks.
    fn broken(value: i64) -> Option<&'static str>;
}

/// An integer of any width as a bounded one.
pub(super) fn integer<T: Integer, N: TryInto<i64> + fmt::Display + Copy>(number: N) -> Result<T, Violation> {
    let violation = |keyword| Violation::new(T::NAME, keyword, T::REQUIREMENT, number);
    // Only what is too large for 64 bits with a sign does not convert.
    let value: i64 = number.try_into().map_err(|_| violation("maximum"))?;
    match T::broken(value) {
        None => Ok(T::kept(value)),
        Some(keyword) => Err(violation(keyword)),
    }
}

/// A bounded integer from its decimal form.
pub(super) fn integer_from_text<T: Integer>(text: &str) -> Result<T, Violation> {
    let value: i64 = text.parse().map_err(|_| Violation::new(T::NAME, "type", T::REQUIREMENT, text))?;
    integer(value)
}

/// Reads an integer, strictly or tolerantly as the scope has it.
pub(super) fn deserialize_integer<'de, T: Integer, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = i64::deserialize(deserializer)?;
    integer(value).or_else(|violation| {
        deviate(violation).map_err(D::Error::custom)?;
        Ok(T::kept(value))
    })
}
