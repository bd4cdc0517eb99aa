//! Codes that a text names.

use crate::code::Code;
use crate::code::codes;
use crate::list::license::CodeRange;

/// What stands between codes in a list that names nothing but codes.
const GLUE: [&str; 13] = [
    "",
    "and",
    "or",
    "eccn",
    "eccns",
    "paragraph",
    "paragraphs",
    "of",
    "this",
    "entry",
    "items",
    "only",
    "&",
];

/// Phrases that lead in a list of codes without narrowing it.
const LEADS: [&str; 6] = [
    "items controlled by ",
    "items controlled in ",
    "items in ",
    "commodities controlled by ",
    "those items in ",
    "software controlled by ",
];

/// A list of codes and ranges, where the text names nothing else; `.b` and `b.1` stand for
/// paragraphs of the entry named last.
pub(super) fn code_list(text: &str, entry: Code) -> Option<Vec<CodeRange>> {
    let text = text.trim().trim_end_matches('.').replace(['“', '”'], "");
    let text = LEADS
        .into_iter()
        .find_map(|lead| text.strip_prefix(lead))
        .unwrap_or(&text);
    let mut list: Vec<CodeRange> = Vec::new();
    let mut ranging = false;
    for word in text.split([' ', ',', ';']) {
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "to" | "through") {
            ranging = true;
        } else if GLUE.contains(&lower.as_str()) {
            // Before labels: "of" would be one.
        } else if let Some(code) = one_code(
            word,
            list.last().map(|range| range.last.unwrap_or(range.first)),
            entry,
        ) {
            match list.last_mut() {
                Some(range)
                    if ranging
                        && range.last.is_none()
                        && range.first.parent() == code.parent()
                        && range.first < code =>
                {
                    range.last = Some(code);
                }
                _ if ranging => return None,
                _ => list.push(CodeRange {
                    first: code,
                    last: None,
                }),
            }
            ranging = false;
        } else {
            return None;
        }
    }
    (!list.is_empty() && !ranging).then_some(list)
}

/// A code in full, or a paragraph of the entry named last; a bare number stands beside the
/// paragraph named last.
fn one_code(word: &str, last: Option<Code>, entry: Code) -> Option<Code> {
    let word = word.trim_matches(['.', '(', ')']);
    if let Some((0, length, code)) = codes(word).next() {
        return (length == word.len()).then_some(code);
    }
    let dotted = format!("{word}.");
    match super::label::read(&dotted).filter(|labelled| labelled.rest.is_empty()) {
        Some(labelled) => labelled.code(last.map_or(entry, Code::entry)),
        None => last?
            .parent()?
            .child(crate::code::Label::number(word.parse().ok()?)?),
    }
}
