//! UUIDs in sixteen bytes.

/// A UUID of version 1 to 5 in its lower-case form, as sixteen bytes; or, received where data is read tolerantly, a
/// text that is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Repr {
    Bytes([u8; 16]),
    Odd(Box<str>),
}

/// Where the hyphens are.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
/// Where the pairs of digits begin.
const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/// Value of each lower-case digit; all else has the high bits set.
const DIGITS: [u8; 256] = {
    let mut digits = [0xff; 256];
    let mut digit = 0;
    while digit < 16 {
        digits[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

/// Reads `xxxxxxxx-xxxx-Mxxx-Nxxx-xxxxxxxxxxxx` with lower-case digits, M 1 to 5, and N 8, 9, a or b.
pub(super) fn parse(text: &str) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 16];
    let mut wrong = 0;
    for (byte, at) in bytes.iter_mut().zip(PAIRS) {
        let (high, low) = (DIGITS[usize::from(text[at])], DIGITS[usize::from(text[at + 1])]);
        wrong |= high | low;
        *byte = high << 4 | low & 15;
    }
    let hyphens = HYPHENS.iter().all(|at| text[*at] == b'-');
    let version = matches!(bytes[6] >> 4, 1..=5);
    let variant = bytes[8] >> 6 == 0b10;
    (wrong < 16 && hyphens && version && variant).then_some(bytes)
}

/// Writes the lower-case form into a buffer.
pub(super) fn write<'b>(bytes: &[u8; 16], buffer: &'b mut [u8; 36]) -> &'b str {
    *buffer = [b'-'; 36];
    for (byte, at) in bytes.iter().zip(PAIRS) {
        buffer[at] = b"0123456789abcdef"[usize::from(byte >> 4)];
        buffer[at + 1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    std::str::from_utf8(buffer).expect("hexadecimal digits and hyphens")
}

impl Repr {
    /// The text, in the buffer or as it was sent.
    pub(super) fn text<'t>(&'t self, buffer: &'t mut [u8; 36]) -> &'t str {
        match self {
            Self::Bytes(bytes) => write(bytes, buffer),
            Self::Odd(text) => text,
        }
    }
}
