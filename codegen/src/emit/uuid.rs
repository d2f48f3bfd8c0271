//! UUIDs in sixteen bytes.

/// A UUID, or, received where data is read tolerantly, a text that is none.
///
/// Sixteen bytes, also as an `Option`: the byte with the variant has only 64 values, and the others tell what else
/// there is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Repr {
    Valid(Uuid),
    Odd(Box<Box<str>>),
}

/// A UUID of version 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Uuid {
    head: [u8; 8],
    variant: Variant,
    tail: [u8; 7],
}

/// The byte that begins with the bits of the variant, 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[rustfmt::skip]
enum Variant { V80 = 0x80, V81 = 0x81, V82 = 0x82, V83 = 0x83, V84 = 0x84, V85 = 0x85, V86 = 0x86, V87 = 0x87, V88 = 0x88, V89 = 0x89, V8A = 0x8a, V8B = 0x8b, V8C = 0x8c, V8D = 0x8d, V8E = 0x8e, V8F = 0x8f, V90 = 0x90, V91 = 0x91, V92 = 0x92, V93 = 0x93, V94 = 0x94, V95 = 0x95, V96 = 0x96, V97 = 0x97, V98 = 0x98, V99 = 0x99, V9A = 0x9a, V9B = 0x9b, V9C = 0x9c, V9D = 0x9d, V9E = 0x9e, V9F = 0x9f, VA0 = 0xa0, VA1 = 0xa1, VA2 = 0xa2, VA3 = 0xa3, VA4 = 0xa4, VA5 = 0xa5, VA6 = 0xa6, VA7 = 0xa7, VA8 = 0xa8, VA9 = 0xa9, VAA = 0xaa, VAB = 0xab, VAC = 0xac, VAD = 0xad, VAE = 0xae, VAF = 0xaf, VB0 = 0xb0, VB1 = 0xb1, VB2 = 0xb2, VB3 = 0xb3, VB4 = 0xb4, VB5 = 0xb5, VB6 = 0xb6, VB7 = 0xb7, VB8 = 0xb8, VB9 = 0xb9, VBA = 0xba, VBB = 0xbb, VBC = 0xbc, VBD = 0xbd, VBE = 0xbe, VBF = 0xbf }

impl Variant {
    #[rustfmt::skip]
    const ALL: [Self; 64] = {
        use Variant::{V80, V81, V82, V83, V84, V85, V86, V87, V88, V89, V8A, V8B, V8C, V8D, V8E, V8F, V90, V91, V92, V93, V94, V95, V96, V97, V98, V99, V9A, V9B, V9C, V9D, V9E, V9F, VA0, VA1, VA2, VA3, VA4, VA5, VA6, VA7, VA8, VA9, VAA, VAB, VAC, VAD, VAE, VAF, VB0, VB1, VB2, VB3, VB4, VB5, VB6, VB7, VB8, VB9, VBA, VBB, VBC, VBD, VBE, VBF};
        [V80, V81, V82, V83, V84, V85, V86, V87, V88, V89, V8A, V8B, V8C, V8D, V8E, V8F, V90, V91, V92, V93, V94, V95, V96, V97, V98, V99, V9A, V9B, V9C, V9D, V9E, V9F, VA0, VA1, VA2, VA3, VA4, VA5, VA6, VA7, VA8, VA9, VAA, VAB, VAC, VAD, VAE, VAF, VB0, VB1, VB2, VB3, VB4, VB5, VB6, VB7, VB8, VB9, VBA, VBB, VBC, VBD, VBE, VBF]
    };

    fn new(byte: u8) -> Option<Self> {
        (byte >> 6 == 0b10).then(|| Self::ALL[usize::from(byte & 0x3f)])
    }
}

/// Reads `xxxxxxxx-xxxx-Mxxx-Nxxx-xxxxxxxxxxxx` with lower-case digits, M 1 to 5, and N 8, 9, a or b.
pub(super) fn parse(text: &str) -> Option<Uuid> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let half = |first: usize, second: usize| {
        let mut digits = [0; 8];
        digits[..4].copy_from_slice(&text[first..first + 4]);
        digits[4..].copy_from_slice(&text[second..second + 4]);
        digits_to_bytes(digits)
    };
    let parts = [half(0, 4)?, half(9, 14)?, half(19, 24)?, half(28, 32)?];
    let [head0, head1, tail0, tail1] = parts;
    if !matches!(head1[2] >> 4, 1..=5) {
        return None;
    }
    let head = [head0[0], head0[1], head0[2], head0[3], head1[0], head1[1], head1[2], head1[3]];
    let tail = [tail0[1], tail0[2], tail0[3], tail1[0], tail1[1], tail1[2], tail1[3]];
    Some(Uuid { head, variant: Variant::new(tail0[0])?, tail })
}

/// Eight lower-case hexadecimal digits as four bytes, all at once: a byte of the word for each digit.
fn digits_to_bytes(digits: [u8; 8]) -> Option<[u8; 4]> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_be_bytes(digits);
    // Letters have a bit that decimal digits have not.
    let letters = word >> 6 & EACH;
    let nibbles = (word & (0x0f * EACH)).wrapping_add(9 * letters) & (0x0f * EACH);
    // Written back, the nibbles must give the digits again: nothing but a digit does.
    let above9 = nibbles.wrapping_add(0x76 * EACH) >> 7 & EACH;
    if nibbles + u64::from(b'0') * EACH + 39 * above9 != word {
        return None;
    }
    let pairs = (nibbles >> 4 | nibbles) & 0x00ff_00ff_00ff_00ff;
    let [_, a, _, b, _, c, _, d] = pairs.to_be_bytes();
    Some([a, b, c, d])
}

impl Uuid {
    /// The sixteen bytes.
    pub(super) fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.head);
        bytes[8] = self.variant as u8;
        bytes[9..].copy_from_slice(&self.tail);
        bytes
    }
}

impl Repr {
    /// Any text, kept as it is.
    pub(super) fn new(text: &str) -> Self {
        parse(text).map_or_else(|| Self::Odd(Box::new(text.into())), Self::Valid)
    }

    /// The text, in the buffer or as it was sent.
    pub(super) fn text<'t>(&'t self, buffer: &'t mut [u8; 36]) -> &'t str {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        /// Where the pairs of digits begin; the rest are hyphens.
        const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
        match self {
            Self::Valid(uuid) => {
                *buffer = [b'-'; 36];
                for (byte, at) in uuid.bytes().iter().zip(PAIRS) {
                    buffer[at] = DIGITS[usize::from(byte >> 4)];
                    buffer[at + 1] = DIGITS[usize::from(byte & 15)];
                }
                std::str::from_utf8(buffer).expect("hexadecimal digits and hyphens")
            }
            Self::Odd(text) => text,
        }
    }
}

/// A UUID with the pattern that describes it. The struct holds a `Repr`.
macro_rules! impl_uuid {
    ($name:ident, $pattern:literal) => {
        impl $name {
            /// The sixteen bytes; `None` for what was received where data is read tolerantly, and is no such UUID.
            pub fn as_bytes(&self) -> ::std::option::Option<[u8; 16]> {
                match &self.0 {
                    super::uuid::Repr::Valid(uuid) => Some(uuid.bytes()),
                    super::uuid::Repr::Odd(_) => None,
                }
            }
        }

        impl super::scalar::Text for $name {
            fn strict(text: &str) -> ::std::result::Result<Self, super::support::Violation> {
                match super::uuid::parse(text) {
                    Some(uuid) => Ok(Self(super::uuid::Repr::Valid(uuid))),
                    None => {
                        let requirement = concat!("match ", $pattern);
                        Err(super::support::Violation::new(stringify!($name), "pattern", requirement, text))
                    }
                }
            }

            fn kept(text: &str) -> Self {
                Self(super::uuid::Repr::new(text))
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self.0.text(&mut [0; 36]), f)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.0.text(&mut [0; 36]))
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.text(&mut [0; 36]))
            }
        }

        super::scalar::impl_from_text!($name, { "type": "string", "pattern": $pattern });
    };
}
pub(super) use impl_uuid;
