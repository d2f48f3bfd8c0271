//! Reads the plainest JSON, at speed: what nearly every response is made of.
//!
//! The reader is told which fields an object has, and mostly guesses right which one comes next. Whatever is out of
//! the ordinary (an escape, a fraction, an unknown field, a fault) makes it give up, and `serde_json` decides. So it has
//! no error to explain and no dialect of its own: what it accepts, `serde_json` accepts with the same result.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Deepest nesting that is read here, below the 128 of `serde_json`.
const MAX_DEPTH: u8 = 100;

/// Longest integer that is read here, in digits: any such number fits 64 bits.
const MAX_DIGITS: usize = 18;

/// Most members of a map that is read here.
const MAX_NAMES: usize = 64;

/// Reads a text that is one plain JSON value.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, GiveUp> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader)?;
    reader.peek();
    if reader.at == text.len() { Ok(value) } else { Err(GiveUp) }
}

/// There is more to the text than is read here.
#[derive(Debug)]
pub(super) struct GiveUp;

impl fmt::Display for GiveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not plain JSON of this type")
    }
}

impl std::error::Error for GiveUp {}

// Nobody reads these errors: none of them spends time on a message.
impl de::Error for GiveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    /// The byte that comes next; NUL, which no JSON has outside of strings, at the end.
    #[inline(always)]
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no blank.
    #[inline(always)]
    fn peek(&mut self) -> u8 {
        let byte = self.byte();
        if byte > b' ' { byte } else { self.peek_past_blanks() }
    }

    #[cold]
    fn peek_past_blanks(&mut self) -> u8 {
        while let b' ' | b'\n' | b'\t' | b'\r' = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Result<(), GiveUp> {
        if self.peek() != byte {
            return Err(GiveUp);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), GiveUp> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(GiveUp);
        }
        self.at += word.len();
        Ok(())
    }

    /// The rest of a string without escapes, after its quotation mark.
    #[inline(always)]
    fn string(&mut self) -> Result<&'de str, GiveUp> {
        let start = self.at;
        let mut end = start;
        let bytes = self.text.as_bytes();
        while let Some(eight) = bytes.get(end..end + 8) {
            if let Some(special) = first_special(eight.try_into().expect("eight bytes")) {
                end += special;
                break;
            }
            end += 8;
        }
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                None | Some(b'\\' | ..0x20) => return Err(GiveUp),
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        self.text.get(start..end).ok_or(GiveUp)
    }

    /// Digits that end no fraction and no exponent.
    #[inline(always)]
    fn digits(&mut self) -> Result<u64, GiveUp> {
        let start = self.at;
        let mut value = 0_u64;
        while let digit @ b'0'..=b'9' = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let length = self.at - start;
        let leading_zero = length > 1 && self.text.as_bytes()[start] == b'0';
        if length == 0 || length > MAX_DIGITS || leading_zero || matches!(self.byte(), b'.' | b'e' | b'E') {
            return Err(GiveUp);
        }
        Ok(value)
    }

    #[inline(always)]
    fn object<V: Visitor<'de>>(&mut self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, GiveUp> {
        self.enter(b'{')?;
        let mut members = Members { within: Within::new(self), fields, guess: 0, names: Vec::new() };
        let value = visitor.visit_map(&mut members)?;
        members.within.leave()?;
        Ok(value)
    }

    #[inline(always)]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, GiveUp> {
        self.enter(b'[')?;
        let mut within = Within::new(self);
        let value = visitor.visit_seq(&mut within)?;
        within.leave()?;
        Ok(value)
    }

    #[inline(always)]
    fn enter(&mut self, bracket: u8) -> Result<(), GiveUp> {
        self.expect(bracket)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(GiveUp) } else { Ok(()) }
    }
}

/// Which of eight bytes is the first that ends a string or has no place in one. A byte may be taken for such without
/// being one, but none is overlooked.
#[inline(always)]
fn first_special(eight: [u8; 8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(eight);
    // A byte that is smaller than another borrows from its highest bit.
    let below = |word: u64, limit: u8| word.wrapping_sub(EACH * u64::from(limit)) & !word;
    let found = below(word, 0x20) | below(word ^ (EACH * u64::from(b'"')), 1) | below(word ^ (EACH * u64::from(b'\\')), 1);
    let found = found & (EACH << 7);
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = GiveUp;

    #[inline(always)]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        match self.peek() {
            b'"' => self.deserialize_str(visitor),
            b'{' => self.object(&[], visitor),
            b'[' => self.list(visitor),
            b'0'..=b'9' | b'-' => self.deserialize_i64(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => Err(GiveUp),
        }
    }

    #[inline(always)]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        if self.peek() != b'-' {
            return visitor.visit_u64(self.digits()?);
        }
        self.at += 1;
        match i64::try_from(self.digits()?) {
            // Minus zero is a fraction to `serde_json`.
            Ok(0) | Err(_) => Err(GiveUp),
            Ok(value) => visitor.visit_i64(-value),
        }
    }

    #[inline(always)]
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        if self.peek() == b't' {
            self.word("true")?;
            visitor.visit_bool(true)
        } else {
            self.word("false")?;
            visitor.visit_bool(false)
        }
    }

    #[inline(always)]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.list(visitor)
    }

    #[inline(always)]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.object(&[], visitor)
    }

    #[inline(always)]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.expect(b'"')?;
        visitor.visit_borrowed_str(self.string()?)
    }

    #[inline(always)]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        self.deserialize_str(visitor)
    }

    #[inline(always)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        if self.peek() != b'n' {
            return visitor.visit_some(self);
        }
        self.word("null")?;
        visitor.visit_none()
    }

    #[inline(always)]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, GiveUp> {
        visitor.visit_newtype_struct(self)
    }

    #[inline(always)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GiveUp> {
        self.object(fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, GiveUp> {
        Err(GiveUp)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// The inside of a list or an object.
struct Within<'r, 'de> {
    reader: &'r mut Reader<'de>,
    begun: bool,
    ended: bool,
}

impl<'r, 'de> Within<'r, 'de> {
    fn new(reader: &'r mut Reader<'de>) -> Self {
        Self { reader, begun: false, ended: false }
    }

    /// Goes on to what comes next; false at the end.
    #[inline(always)]
    fn advance(&mut self, bracket: u8) -> Result<bool, GiveUp> {
        match self.reader.peek() {
            byte if byte == bracket => {
                self.reader.at += 1;
                self.ended = true;
                return Ok(false);
            }
            b',' if self.begun => self.reader.at += 1,
            _ if self.begun => return Err(GiveUp),
            _ => self.begun = true,
        }
        Ok(true)
    }

    /// What the visitor left unread is not read here either.
    #[inline(always)]
    fn leave(self) -> Result<(), GiveUp> {
        self.reader.depth -= 1;
        if self.ended { Ok(()) } else { Err(GiveUp) }
    }
}

impl<'de> SeqAccess<'de> for Within<'_, 'de> {
    type Error = GiveUp;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, GiveUp> {
        if self.advance(b']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

/// The members of an object, of which these fields are known; of a map, when none are.
struct Members<'r, 'de> {
    within: Within<'r, 'de>,
    fields: &'static [&'static str],
    /// The field that probably comes next.
    guess: usize,
    /// The names that were met in a map; repeated ones are for `serde_json`.
    names: Vec<&'de str>,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = GiveUp;

    #[inline(always)]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, GiveUp> {
        if !self.within.advance(b'}')? {
            return Ok(None);
        }
        let reader = &mut *self.within.reader;
        reader.expect(b'"')?;
        if self.fields.is_empty() {
            let name = reader.string()?;
            if self.names.len() == MAX_NAMES || self.names.contains(&name) {
                return Err(GiveUp);
            }
            self.names.push(name);
            reader.expect(b':')?;
            return seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some);
        }
        let rest = &reader.text.as_bytes()[reader.at..];
        for _ in 0..self.fields.len() {
            let (index, name) = (self.guess, self.fields[self.guess].as_bytes());
            self.guess = if index + 1 == self.fields.len() { 0 } else { index + 1 };
            if rest.get(name.len()) == Some(&b'"') && rest.starts_with(name) {
                reader.at += name.len() + 1;
                reader.expect(b':')?;
                return seed.deserialize((index as u64).into_deserializer()).map(Some);
            }
        }
        Err(GiveUp)
    }

    #[inline(always)]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, GiveUp> {
        seed.deserialize(&mut *self.within.reader)
    }
}
