//! The destinations for which a license is required: the columns of the country chart, the sections
//! and the destinations that a license row names.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use indexmap::IndexSet;

use crate::list::Reason;
use crate::list::license::ChartColumn;

use super::license::reason;

/// Words that name destinations, or that exclude those named after them.
const WORDS: [&str; 29] = [
    "excluding",
    "except",
    "worldwide",
    "all destinations",
    ":",
    "Afghanistan",
    "Belarus",
    "Burma",
    "Cambodia",
    "Canada",
    "China",
    "Cuba",
    "Cyprus",
    "Hong Kong",
    "Iran",
    "Iraq",
    "Israel",
    "Lebanon",
    "Libya",
    "Macau",
    "Nicaragua",
    "North Korea",
    "Pakistan",
    "Russia",
    "Somalia",
    "Sudan",
    "Syria",
    "Taiwan",
    "Venezuela",
];

static DESTINATIONS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(WORDS)
        .expect("a few short words make an automaton")
});

/// Reads a text that is only "NS Column 1." or the like. Returns whether it is.
pub(super) fn columns_only(text: &str, own: Option<Reason>, into: &mut Vec<ChartColumn>) -> bool {
    let plain =
        text.len() <= "NS Column 1.".len() && text.get(3..9).is_some_and(|word| word == "Column");
    if plain {
        columns(text, own, into);
    }
    plain
}

/// Reads "NS Column 1", or "Column 1" under the row's own reason.
pub(super) fn columns(text: &str, own: Option<Reason>, into: &mut Vec<ChartColumn>) {
    for (at, word) in text.match_indices("Column ") {
        let number = text[at + word.len()..]
            .chars()
            .next()
            .and_then(|c| c.to_digit(10));
        let tag = text[..at].trim_end();
        let tag = tag.get(tag.len().saturating_sub(2)..).unwrap_or_default();
        if let (Some(number), Some(reason)) = (number, reason(tag).or(own)) {
            let column = ChartColumn {
                reason,
                number: number as u8,
            };
            if !into.contains(&column) {
                into.push(column);
            }
        }
    }
}

/// Reads "§ 742.4(a)(5) and (b)(10)" as two sections.
pub(super) fn sections(text: &str, into: &mut IndexSet<String>) {
    let mut add = |section: &str| {
        let section = section.trim_end_matches(['.', '(']);
        if !section.is_empty() && !into.contains(section) {
            into.insert(section.to_owned());
        }
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')');
    for (at, sign) in text.match_indices('§') {
        // "§§" counts as one sign.
        if text[at + sign.len()..].starts_with('§') {
            continue;
        }
        let rest = text[at + sign.len()..].trim_start_matches([' ', '\u{a0}']);
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let section = balanced(&rest[..length]);
        if !section.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        add(section);
        if let Some(tail) = rest[section.len()..].strip_prefix(" and (") {
            let length = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
            let head = section.split('(').next().unwrap_or_default();
            add(balanced(&format!("{head}({}", &tail[..length])));
        }
    }
}

/// Returns a section up to a bracket that it does not open itself: "742.6(a)(7)" of "742.6(a)(7))".
fn balanced(text: &str) -> &str {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return &text[..at],
            ')' => open -= 1,
            // In "746.1(b)for", a word is joined to the section.
            c if c.is_ascii_alphabetic() && open == 0 => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Reads destinations in the order of the text. Those after "except" or "excluding" are exclusions.
pub(super) fn destinations(text: &str, into: &mut Vec<String>) {
    let mut excluded = false;
    for found in DESTINATIONS.find_iter(text) {
        let name = match WORDS.get(found.pattern().as_usize()) {
            Some(&"excluding" | &"except") => {
                excluded = true;
                continue;
            }
            Some(&"worldwide" | &"all destinations") => "worldwide".to_owned(),
            Some(&":") => match country_group(text, found.start()) {
                Some(group) => group,
                None => continue,
            },
            _ => text[found.range()].to_owned(),
        };
        let name = if excluded { format!("-{name}") } else { name };
        if !into.contains(&name) {
            into.push(name);
        }
    }
}

/// Returns the country group around a colon, such as "A:5".
fn country_group(text: &str, colon: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let letter = colon
        .checked_sub(1)
        .map(|before| bytes[before])
        .filter(|letter| (b'A'..=b'E').contains(letter))?;
    let number = bytes.get(colon + 1).filter(|byte| byte.is_ascii_digit())?;
    let apart = colon
        .checked_sub(2)
        .is_none_or(|before| matches!(bytes[before], b' ' | b'('));
    apart.then(|| format!("{}:{}", char::from(letter), char::from(*number)))
}
