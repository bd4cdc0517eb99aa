//! The labels of paragraphs.

use std::fmt;

/// Numbers `1..=999` are stored as themselves and letters `a..=zz` above them. 0 means "no label".
const FIRST_LETTER: u16 = 1000;
const LAST_LETTER: u16 = FIRST_LETTER + 26 + 26 * 26 - 1;

/// One label of a paragraph's path: the `b`, the `2` or the `a` of `3A001.b.2.a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub(super) u16);

impl Label {
    /// Returns a numeric label, or `None` outside `1..=999`.
    pub const fn number(number: u16) -> Option<Label> {
        if number >= 1 && number < FIRST_LETTER {
            Some(Label(number))
        } else {
            None
        }
    }

    /// Returns a letter label, `a..=z` and then `aa..=zz`, or `None` for anything else.
    ///
    /// ```
    /// use export_control::code::Label;
    /// assert!(Label::letters("z") < Label::letters("aa"));
    /// assert_eq!(Label::letters("aaa"), None);
    /// ```
    pub fn letters(letters: &str) -> Option<Label> {
        let rank = |byte: u8| {
            byte.is_ascii_alphabetic()
                .then(|| u16::from(byte.to_ascii_lowercase() - b'a'))
        };
        match *letters.as_bytes() {
            [one] => Some(Label(FIRST_LETTER + rank(one)?)),
            [first, second] => Some(Label(FIRST_LETTER + 26 + rank(first)? * 26 + rank(second)?)),
            _ => None,
        }
    }

    /// Returns the label with which a text begins, and the text after it. The label is one or two
    /// lower-case letters or a number up to 999. The run of letters or digits is read whole or not
    /// at all, and a number does not begin with a zero.
    ///
    /// ```
    /// use export_control::code::Label;
    /// assert_eq!(Label::parse_prefix("b.2.a"), Label::letters("b").map(|label| (label, ".2.a")));
    /// assert_eq!(Label::parse_prefix("12 Pumps"), Label::number(12).map(|label| (label, " Pumps")));
    /// assert_eq!(Label::parse_prefix("pumps"), None);
    /// assert_eq!(Label::parse_prefix("05 mm"), None);
    /// ```
    pub fn parse_prefix(text: &str) -> Option<(Label, &str)> {
        let length = |of: fn(&u8) -> bool| text.bytes().take_while(of).count();
        let digits = length(u8::is_ascii_digit);
        let length = if digits > 0 {
            digits
        } else {
            length(u8::is_ascii_lowercase)
        };
        let (label, rest) = text.split_at_checked(length)?;
        Some((Label::strict(label.as_bytes())?, rest))
    }

    /// Reads exactly the form that a label prints.
    pub(super) fn strict(text: &[u8]) -> Option<Label> {
        let rank = |byte: u8| u16::from(byte - b'a');
        Some(Label(match *text {
            [a] if a.is_ascii_lowercase() => FIRST_LETTER + rank(a),
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => {
                FIRST_LETTER + 26 + rank(a) * 26 + rank(b)
            }
            [b'1'..=b'9', ref rest @ ..] if rest.len() < 3 => {
                text.iter().try_fold(0, |number, byte| {
                    byte.is_ascii_digit()
                        .then(|| number * 10 + u16::from(byte - b'0'))
                })?
            }
            _ => return None,
        }))
    }

    /// Returns whether the label is a number.
    pub const fn is_number(self) -> bool {
        self.0 < FIRST_LETTER
    }

    /// Returns the label before this one in the same alphabet or numbering, or `None` for the
    /// first.
    pub const fn previous(self) -> Option<Label> {
        match self.0 - 1 {
            0 => None,
            before if before == FIRST_LETTER - 1 => None,
            before => Some(Label(before)),
        }
    }

    /// Returns the label after this one in the same alphabet or numbering, or `None` for the last.
    pub const fn next(self) -> Option<Label> {
        match self.0 + 1 {
            FIRST_LETTER => None,
            next if next > LAST_LETTER => None,
            next => Some(Label(next)),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number() {
            return write!(f, "{}", self.0);
        }
        let letter = |rank: u16| char::from(b'a' + rank as u8);
        match self.0 - FIRST_LETTER {
            rank if rank < 26 => write!(f, "{}", letter(rank)),
            rank => write!(
                f,
                "{}{}",
                letter((rank - 26) / 26),
                letter((rank - 26) % 26)
            ),
        }
    }
}

crate::packed::packed_newtype!(Label);
