//! Finds the codes that a text names.

use crate::code::{Code, Label, codes, glued_codes};
use crate::list::license::CodeRange;

use super::label;

/// Words between codes in a list that names only codes.
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

/// Phrases that introduce a list of codes without narrowing it.
const LEADS: [&str; 6] = [
    "items controlled by ",
    "items controlled in ",
    "items in ",
    "commodities controlled by ",
    "those items in ",
    "software controlled by ",
];

/// Returns a list of codes and ranges if the text names only these. `.b` and `b.1` are paragraphs
/// of the entry that was named last.
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
            // The word must be checked before labels, because "of" could be read as one.
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

/// Returns a code in full, or a paragraph of the entry that was named last. A bare number is a
/// sibling of the paragraph that was named last.
fn one_code(word: &str, last: Option<Code>, entry: Code) -> Option<Code> {
    let word = word.trim_matches(['.', '(', ')']);
    if let Some((0, length, code)) = codes(word).next() {
        return (length == word.len()).then_some(code);
    }
    let dotted = format!("{word}.");
    match label::read(&dotted).filter(|labeled| labeled.rest.is_empty()) {
        Some(labeled) => labeled.code(last.map_or(entry, Code::entry)),
        None => {
            let (label, rest) = Label::parse_prefix(word)?;
            last?.parent()?.child(label).filter(|_| rest.is_empty())
        }
    }
}

/// Returns the number of words of a text that are neither codes nor words between codes. It counts
/// at most two.
pub(super) fn strangers(text: &str) -> usize {
    let glue = |word: &str| {
        let lower = word.to_ascii_lowercase();
        matches!(
            lower.as_str(),
            "to" | "through" | "items" | "controlled" | "by" | "in"
        ) || GLUE.contains(&lower.as_str())
    };
    text.split([' ', ',', ';'])
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| {
            let label = || label::read(&format!("{word}.")).is_some();
            !glue(word) && codes(word).next().is_none() && !label()
        })
        .take(2)
        .count()
}

/// Returns the codes that a text names in full, and those that lack the dot before their only
/// label: "4A090a".
pub(super) fn named(text: &str) -> impl Iterator<Item = Code> {
    codes(text)
        .map(|(_, _, code)| code)
        .chain(glued_codes(text))
}

/// Returns the entries that a text names as a heading does: before a capital letter or a quotation
/// mark.
pub(super) fn headings_within(text: &str) -> impl Iterator<Item = Code> {
    codes(text).filter_map(|(at, length, code)| {
        let after = text[at + length..].strip_prefix(' ')?;
        let heading = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '['));
        (code.is_entry() && heading).then_some(code)
    })
}

/// The meaning of a word in a list of codes.
enum Word {
    Codes(Code),
    Range,
    Link,
    Other,
}

/// Returns the codes that a description mentions, and the ranges and paragraphs that continue them:
/// "2B116.b, .c, and .d", "3B001.c.1.a or c.1.c", "1B001 to 1B003".
pub(super) fn mentioned(text: &str) -> Vec<CodeRange> {
    let mut list: Vec<CodeRange> = Vec::new();
    let (mut linked, mut ranging, mut after_code) = (false, false, false);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let last = list.last().map(|range| range.last.unwrap_or(range.first));
        let ends = word.ends_with([',', ';', '.', ')', ':']);
        let was_code = std::mem::take(&mut after_code);
        match read_word(word, last, linked) {
            Word::Codes(code) => {
                match list.last_mut() {
                    Some(range)
                        if ranging
                            && range.last.is_none()
                            && range.first < code
                            && run(range.first, code) =>
                    {
                        range.last = Some(code);
                    }
                    _ => list.push(CodeRange {
                        first: code,
                        last: None,
                    }),
                }
                (linked, ranging, after_code) = (ends, false, true);
            }
            // "2B116.b and to 2B116.d" is not a range.
            Word::Range => (linked, ranging) = (true, was_code),
            Word::Link => (linked, ranging) = (true, false),
            Word::Other => (linked, ranging) = (false, false),
        }
    }
    list
}

/// Returns whether two codes may be the ends of a range: siblings, or entries of one product group.
fn run(first: Code, last: Code) -> bool {
    first.parent() == last.parent()
        && (!first.is_entry()
            || (first.category(), first.group()) == (last.category(), last.group()))
}

fn read_word(word: &str, last: Option<Code>, linked: bool) -> Word {
    let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if let Some((_, _, code)) = codes(bare).next() {
        return Word::Codes(code);
    }
    match bare {
        "to" | "through" => return Word::Range,
        "and" | "or" | "paragraph" | "paragraphs" => return Word::Link,
        _ => {}
    }
    let Some(entry) = last.map(Code::entry) else {
        return Word::Other;
    };
    // A bare letter is a label only in a list, but even there "a" is a word.
    let dotted = bare.contains('.') || word.trim_start_matches('(').starts_with('.');
    let label = dotted || (linked && bare.len() == 1 && bare != "a" && !word.starts_with('('));
    let code = label
        .then(|| format!("{bare}."))
        .filter(|_| !GLUE.contains(&bare))
        .and_then(|dotted| {
            let labeled = label::read(&dotted).filter(|labeled| labeled.rest.is_empty())?;
            labeled.code(entry)
        });
    code.map_or(Word::Other, Word::Codes)
}

#[cfg(test)]
mod tests {
    use super::{mentioned, named};

    #[test]
    fn a_description_goes_on_with_paragraphs() {
        for (text, expected) in [
            (
                "systems in 2B116.a and all in 2B116.b, .c, and .d",
                "2B116.a 2B116.b 2B116.c 2B116.d",
            ),
            (
                "equipment controlled by 3B001.c.1.a or c.1.c",
                "3B001.c.1.a 3B001.c.1.c",
            ),
            (
                "entire entry, except 1B002.d.4, e and f. Note: 1B101",
                "1B002.d.4 1B002.e 1B002.f 1B101",
            ),
            (
                "5A001.b (except .b.5), .c, .f (except f.3), and .j",
                "5A001.b 5A001.b.5 5A001.c 5A001.f 5A001.f.3 5A001.j",
            ),
            ("items in 7A001 to 7A004, 7A006", "7A001..7A004 7A006"),
            ("items in 3A001.b to 3A001.h, and 3B", "3A001.b..3A001.h"),
            ("items in 9A101 for a missile, or a part", "9A101"),
            (
                "items in 6A003.b.4.b that have 60 Hz, e.g., or 1.5 m",
                "6A003.b.4.b",
            ),
            ("0B505.a .and .x", "0B505.a 0B505.x"),
            ("9B604.a and .b and to 9B604.d", "9B604.a 9B604.b 9B604.d"),
            ("6A003.b.3 (see (iii) and (v) for some)", "6A003.b.3"),
            ("nothing", ""),
        ] {
            let found: Vec<String> = mentioned(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_code_without_its_dot() {
        let found: Vec<String> = named("3A001s of 4A090a or 4A003.g")
            .map(|code| code.to_string())
            .collect();
        assert_eq!(found, ["4A003.g", "4A090.a"]);
    }
}
