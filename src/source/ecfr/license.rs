//! License rows and list-based exceptions out of an entry's own words.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use indexmap::IndexSet;

use crate::code::Code;
use crate::list::license::{AppliesTo, ChartColumn, CodeRange, LicenseRequirement};
use crate::list::{Availability, Reason};

use super::reference::code_list;
use crate::code::codes;

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

/// A row of a license table, or of what stands for one.
pub(super) fn row(entry: Code, first: &str, second: &str) -> LicenseRequirement {
    let mut row = LicenseRequirement::new(entry);
    let clauses = clauses(first);
    for clause in &clauses {
        let tag = clause.split(' ').next().unwrap_or_default();
        if let Some(reason) = reason(tag) {
            row.reasons.push(reason);
        }
    }
    let scopes: Vec<(AppliesTo, Vec<CodeRange>)> =
        clauses.iter().map(|clause| scope(entry, clause)).collect();
    (row.applies_to, row.codes) = match scopes.as_slice() {
        [one] => one.clone(),
        // Rows that the publication merged: of one scope only if their scopes agree.
        [one, others @ ..] if others.iter().all(|other| other == one) => one.clone(),
        _ => (AppliesTo::Described, mentioned(first)),
    };
    let mut named = IndexSet::new();
    for text in [first, second] {
        // Most second cells are one column and nothing else.
        if columns_only(text, row.reasons.first().copied(), &mut row.columns) {
            continue;
        }
        columns(text, row.reasons.first().copied(), &mut row.columns);
        sections(text, &mut named);
        destinations(text, &mut row.destinations);
    }
    row.sections = named.into_iter().collect();
    row.text = Some((first.to_owned(), second.to_owned()));
    row
}

/// A reason for control as the list abbreviates it: two or three capitals.
fn reason(tag: &str) -> Option<Reason> {
    (tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase()))
        .then(|| tag.parse().ok())
        .flatten()
}

/// "NS applies to …" and what follows it, once for each control that the cell names.
fn clauses(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text
        .match_indices(" appl")
        .filter_map(|(at, _)| {
            let tag = text[..at].rfind(' ').map_or(0, |space| space + 1);
            // Two rows in one cell may stand without a space between them: "entryAT applies".
            let tag = tag.max(at.saturating_sub(2));
            (text.is_char_boundary(tag) && reason(&text[tag..at]).is_some()).then_some(tag)
        })
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| text[*start..end].trim())
        .filter(|clause| !clause.is_empty())
        .collect()
}

fn mentioned(text: &str) -> Vec<CodeRange> {
    codes(text)
        .map(|(_, _, code)| CodeRange {
            first: code,
            last: None,
        })
        .collect()
}

/// How much of the entry a clause covers.
fn scope(entry: Code, clause: &str) -> (AppliesTo, Vec<CodeRange>) {
    let after = |words: [&str; 3]| {
        words
            .into_iter()
            .find_map(|word| clause.split_once(word).map(|(_, rest)| rest))
    };
    let described = || (AppliesTo::Described, mentioned(clause));
    let Some(rest) = after([" applies to ", " apply to ", " applies "]) else {
        return described();
    };
    let rest = rest.trim().trim_start_matches("the ");
    if let Some(tail) = rest
        .strip_prefix("entire entry")
        .or_else(|| rest.strip_prefix("entireentry"))
    {
        let tail = tail
            .trim()
            .trim_end_matches('.')
            .trim_start_matches(',')
            .trim();
        // A column that slipped into the first cell says nothing of the scope.
        if tail.is_empty() || (tail.len() < 14 && tail.contains("Column")) {
            return (AppliesTo::Entry, Vec::new());
        }
        return match tail
            .strip_prefix("except")
            .map(str::trim)
            .and_then(|list| own_codes(list, entry))
        {
            Some(list) => (AppliesTo::Except, list),
            None => described(),
        };
    }
    match own_codes(rest, entry) {
        Some(list) => (AppliesTo::Codes, list),
        None => described(),
    }
}

/// A plain list of codes of this entry.
fn own_codes(text: &str, entry: Code) -> Option<Vec<CodeRange>> {
    code_list(text, entry).filter(|list| {
        list.iter().all(|range| {
            entry.contains(range.first) && range.last.is_none_or(|last| entry.contains(last))
        })
    })
}

/// "NS Column 1." and nothing else.
fn columns_only(text: &str, own: Option<Reason>, into: &mut Vec<ChartColumn>) -> bool {
    let plain =
        text.len() <= "NS Column 1.".len() && text.get(3..9).is_some_and(|word| word == "Column");
    if plain {
        columns(text, own, into);
    }
    plain
}

/// "NS Column 1", or "Column 1" under the row's own reason.
fn columns(text: &str, own: Option<Reason>, into: &mut Vec<ChartColumn>) {
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

/// "§ 742.4(a)(5) and (b)(10)" as two sections.
fn sections(text: &str, into: &mut IndexSet<String>) {
    let mut add = |section: &str| {
        let section = section.trim_end_matches(['.', '(']);
        if !section.is_empty() && !into.contains(section) {
            into.insert(section.to_owned());
        }
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')');
    for (at, sign) in text.match_indices('§') {
        // "§§" is one sign.
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

/// A section up to the bracket that it does not open itself: "742.6(a)(7)" of "742.6(a)(7))".
fn balanced(text: &str) -> &str {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return &text[..at],
            ')' => open -= 1,
            // "746.1(b)for": a word glued to the section.
            c if c.is_ascii_alphabetic() && open == 0 => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Destinations in the order of the text; those after "except" or "excluding" are exclusions.
fn destinations(text: &str, into: &mut Vec<String>) {
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

/// "A:5" round its colon.
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

/// What the words after an exception's symbol allow.
pub(super) fn availability(text: &str) -> Availability {
    let text = text.trim().trim_end_matches('.').trim();
    if text.eq_ignore_ascii_case("n/a") || text.eq_ignore_ascii_case("no") {
        return Availability::No;
    }
    if text.eq_ignore_ascii_case("yes") {
        return Availability::Yes;
    }
    // An amount is short; the words of an exception may go on and on.
    match text
        .strip_prefix('$')
        .filter(|limit| limit.len() <= 40)
        .map(|limit| limit.replace(',', ""))
        .and_then(|limit| limit.parse().ok())
    {
        Some(limit) => Availability::UpTo(limit),
        None => Availability::Partly,
    }
}
