//! Matching of patterns in linear time, by tables made when the code was generated.

/// One class of characters, repeated.
pub(super) struct Repeat {
    /// By byte; what begins a longer character is not in it.
    ascii: [bool; 256],
    /// What the class holds beyond ASCII, as ranges with both ends.
    beyond: &'static [(char, char)],
    minimum: usize,
    maximum: usize,
}

impl Repeat {
    /// From the ranges of the class and the number of characters.
    pub(super) const fn new(
        ranges: &'static [(u8, u8)],
        beyond: &'static [(char, char)],
        minimum: usize,
        maximum: usize,
    ) -> Self {
        let mut ascii = [false; 256];
        let mut range = 0;
        while range < ranges.len() {
            let mut byte = ranges[range].0;
            while byte <= ranges[range].1 {
                ascii[byte as usize] = true;
                byte += 1;
            }
            range += 1;
        }
        Self { ascii, beyond, minimum, maximum }
    }

    /// Whether a text is characters of the class and nothing else.
    pub(super) fn matches(&self, text: &str) -> bool {
        if text.bytes().all(|byte| self.ascii[usize::from(byte)]) {
            return (self.minimum..=self.maximum).contains(&text.len());
        }
        // No character is longer than four bytes.
        !self.beyond.is_empty()
            && text.len() <= self.maximum.saturating_mul(4)
            && (self.minimum..=self.maximum).contains(&text.chars().count())
            && text.chars().all(|character| self.holds(character))
    }

    fn holds(&self, character: char) -> bool {
        if character.is_ascii() {
            return self.ascii[character as usize];
        }
        self.beyond.iter().any(|(first, last)| (*first..=*last).contains(&character))
    }
}

/// A deterministic automaton over bytes. State 0 accepts nothing any more; state 1 is the first.
pub(super) struct Automaton {
    /// Class of each byte.
    pub(super) classes: &'static [u8; 256],
    /// Next state by state and class, a row per state.
    pub(super) transitions: &'static [u16],
    /// Whether a text may end in a state.
    pub(super) accepting: &'static [bool],
}

impl Automaton {
    /// Whether a text is accepted.
    pub(super) fn matches(&self, text: &str) -> bool {
        let width = self.transitions.len() / self.accepting.len();
        let mut state = 1;
        for byte in text.bytes() {
            state = usize::from(self.transitions[state * width + usize::from(self.classes[usize::from(byte)])]);
            if state == 0 {
                return false;
            }
        }
        self.accepting[state]
    }
}

/// Whether a text has so many characters.
pub(super) fn has_length(text: &str, minimum: usize, maximum: usize) -> bool {
    // The number of bytes decides most cases without counting.
    if text.len() < minimum || text.len() > maximum.saturating_mul(4) {
        return false;
    }
    (minimum..=maximum).contains(&text.chars().count())
}
