//! The codes that a running text names.

use indexmap::IndexSet;

use crate::code::Code;

/// The codes that a text names in full, in its order and without repetition: "designed for 3B001 or
/// 1C111.b". What it names by a paragraph alone, ".b of this entry", is not among them.
///
/// ```
/// use export_control::code::codes_in;
/// let named: Vec<String> = codes_in("生产1C004、1C117.c项的技术").iter().map(ToString::to_string).collect();
/// assert_eq!(named, ["1C004", "1C117.c"]);
/// ```
pub fn codes_in(text: &str) -> Vec<Code> {
    codes(text)
        .map(|(_, _, code)| code)
        .collect::<IndexSet<Code>>()
        .into_iter()
        .collect()
}

/// The codes that stand in a text in full, `3A001.b.2`, with the offset and length of each.
pub(crate) fn codes(text: &str) -> impl Iterator<Item = (usize, usize, Code)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // The letter is the rarest sign of a code and stands one after its digit.
            let step = bytes.get(at..)?.windows(5).position(is_entry)?;
            let start = at + step;
            at = start + 5;
            if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
                continue;
            }
            let mut end = at;
            while let Some(length) = label(&bytes[end..]) {
                end += length;
            }
            // "3A0011" and "3A001x" are no codes.
            if end == at && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            at = end;
            if let Ok(code) = text[start..end].parse() {
                return Some((start, end - start, code));
            }
        }
    })
}

fn is_entry(window: &[u8]) -> bool {
    matches!(window, [digit, b'A'..=b'E', rest @ ..] if digit.is_ascii_digit() && rest.iter().all(u8::is_ascii_digit))
}

/// The length of `.b` or `.12` at the beginning, where a label ends there.
fn label(bytes: &[u8]) -> Option<usize> {
    let [b'.', rest @ ..] = bytes else {
        return None;
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letters = rest
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    let length = digits.max(letters);
    let whole = (1..=3).contains(&digits) || (1..=2).contains(&letters);
    (whole && !rest.get(length).is_some_and(u8::is_ascii_alphanumeric)).then_some(length + 1)
}
