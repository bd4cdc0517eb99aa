//! Finds the codes that a running text names.

use super::{Category, Code, Label, ProductGroup};
use crate::text::chars::{BLOCK, block_with_pair, is_chinese};

/// A code in a running text.
pub(crate) struct Running {
    /// The code, or `None` if it has more levels than a code can hold.
    pub(crate) code: Option<Code>,
    /// The offset after the code.
    pub(crate) end: usize,
}

/// Reads the code that begins at a place in a running text: an entry with a capital letter, and
/// labels after dots. `sign` returns the character at a place.
pub(crate) fn running(at: usize, sign: impl Fn(usize) -> Option<char>) -> Option<Running> {
    let is_latin = |at| sign(at).is_some_and(|c| c.is_alphanumeric() && !is_chinese(c));
    let digit = |at| sign(at)?.to_digit(10);
    let group = sign(at + 1)
        .filter(char::is_ascii_uppercase)
        .and_then(ProductGroup::new)?;
    let number = (2..5).try_fold(0, |number, next| Some(number * 10 + digit(at + next)?))?;
    let category = Category::new(digit(at)? as u8)?;
    // "3A0011", "3A001x" and "X3A001" are not codes.
    if at > 0 && is_latin(at - 1) || is_latin(at + 5) {
        return None;
    }
    let mut code = Code::from_parts(category, group, number as u16);
    let mut end = at + 5;
    while sign(end) == Some('.') {
        let mut run = [0; 4];
        let mut length = 0;
        while let Some(c) = sign(end + 1 + length).filter(char::is_ascii_alphanumeric) {
            if let Some(place) = run.get_mut(length) {
                *place = c as u8;
            }
            length += 1;
        }
        let Some(label) = run.get(..length).and_then(running_label) else {
            break;
        };
        if is_latin(end + 1 + length) {
            break;
        }
        code = code.and_then(|code| code.child(label));
        end += 1 + length;
    }
    Some(Running { code, end })
}

/// Reads a label in a running text: a letter, a doubled letter or a number.
fn running_label(run: &[u8]) -> Option<Label> {
    match run {
        [a] => Label::strict(&[a.to_ascii_lowercase()]),
        [a, b] if a.is_ascii_alphabetic() && a != b => None,
        _ => Label::strict(run),
    }
}

/// Returns the codes that a text names in full, `3A001.b.2`, with the offset and length of each.
pub(crate) fn codes(text: &str) -> impl Iterator<Item = (usize, usize, Code)> {
    let bytes = text.as_bytes();
    // A byte inside a longer character is neither a letter nor a digit of a code.
    let sign = |at: usize| {
        bytes.get(at).map(|byte| match byte {
            0..0x80 => char::from(*byte),
            _ => char::REPLACEMENT_CHARACTER,
        })
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at = next_entry(bytes, at)?;
            let start = at;
            at += 5;
            if let Some(Running { code, end }) = running(start, sign) {
                at = end;
                if let Some(code) = code {
                    return Some((start, end - start, code));
                }
            }
        }
    })
}

/// Returns the codes of which a running text names nothing but the entry and one letter, without
/// the dot between them: "4A090a". A plural ending is not a label: "3A001s".
#[cfg(feature = "ecfr")]
pub(crate) fn glued_codes(text: &str) -> impl Iterator<Item = Code> {
    let bytes = text.as_bytes();
    let in_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = next_entry(bytes, at)?;
            at = start + 5;
            let Some(letter @ b'a'..=b'z') = bytes.get(at).filter(|letter| **letter != b's') else {
                continue;
            };
            if start > 0 && in_word(start - 1) || in_word(at + 1) {
                continue;
            }
            let entry = text
                .get(start..at)
                .and_then(|entry| entry.parse::<Code>().ok());
            let code = entry.and_then(|entry| entry.child(Label::strict(&[*letter])?));
            if code.is_some() {
                return code;
            }
        }
    })
}

/// Returns the first place from an offset on at which the name of an entry may begin.
fn next_entry(bytes: &[u8], from: usize) -> Option<usize> {
    // The letter is the rarest character of a code, and it comes right after the first digit. Most
    // texts have none.
    let may_begin = |digit: u8, letter| digit.is_ascii_digit() & matches!(letter, b'A'..=b'E');
    let mut at = from;
    loop {
        at = block_with_pair(bytes, at, may_begin)?;
        // An entry that begins in the block ends at most four bytes after it.
        let end = bytes.len().min(at + BLOCK + 4);
        if let Some(found) = bytes[at..end].windows(5).position(is_entry) {
            return Some(at + found);
        }
        at += BLOCK;
    }
}

fn is_entry(window: &[u8]) -> bool {
    matches!(window, [digit, b'A'..=b'E', rest @ ..]
        if digit.is_ascii_digit() && rest.iter().all(u8::is_ascii_digit))
}
