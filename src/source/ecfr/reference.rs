//! Codes that a text names.

use crate::code::Code;
use crate::licence::CodeRange;

/// The codes that stand in a text in full, `3A001.b.2`, with the offset and length of each.
pub(super) fn codes(text: &str) -> impl Iterator<Item = (usize, usize, Code)> {
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
    let letters = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let length = digits.max(letters);
    let whole = (1..=3).contains(&digits) || (1..=2).contains(&letters);
    (whole && !rest.get(length).is_some_and(u8::is_ascii_alphanumeric)).then_some(length + 1)
}

/// What stands between codes in a list that names nothing but codes.
const GLUE: [&str; 13] = ["", "and", "or", "eccn", "eccns", "paragraph", "paragraphs", "of", "this", "entry", "items", "only", "&"];

/// Phrases that lead in a list of codes without narrowing it.
const LEADS: [&str; 6] = [
    "items controlled by ",
    "items controlled in ",
    "items in ",
    "commodities controlled by ",
    "those items in ",
    "software controlled by ",
];

/// A list of codes and ranges, where the text names nothing else; `.b` and `b.1` stand for paragraphs of the entry named last.
pub(super) fn code_list(text: &str, entry: Code) -> Option<Vec<CodeRange>> {
    let text = text.trim().trim_end_matches('.').replace(['“', '”'], "");
    let text = LEADS.into_iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(&text);
    let mut list: Vec<CodeRange> = Vec::new();
    let mut ranging = false;
    for word in text.split([' ', ',', ';']) {
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "to" | "through") {
            ranging = true;
        } else if let Some(code) = one_code(word, list.last().map(|range| range.last.unwrap_or(range.first)), entry) {
            match list.last_mut() {
                Some(range) if ranging && range.last.is_none() && range.first.parent() == code.parent() && range.first < code => {
                    range.last = Some(code);
                }
                _ if ranging => return None,
                _ => list.push(CodeRange { first: code, last: None }),
            }
            ranging = false;
        } else if !GLUE.contains(&lower.as_str()) {
            return None;
        }
    }
    (!list.is_empty() && !ranging).then_some(list)
}

/// A code in full, or a paragraph of the entry named last; a bare number stands beside the paragraph named last.
fn one_code(word: &str, last: Option<Code>, entry: Code) -> Option<Code> {
    let word = word.trim_matches(['.', '(', ')']);
    if let Some((0, length, code)) = codes(word).next() {
        return (length == word.len()).then_some(code);
    }
    let dotted = format!("{word}.");
    match super::label::read(&dotted).filter(|labelled| labelled.rest.is_empty()) {
        Some(labelled) => labelled.code(last.map_or(entry, Code::entry)),
        None => last?.parent()?.child(crate::code::Label::number(word.parse().ok()?)?),
    }
}
