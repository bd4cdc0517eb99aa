//! The license requirement and the review policy of an entry, out of their cells.

use crate::party::{LicenseTerms, Reach, ReviewPolicy, Stance};

use super::rows::NOTE;

/// A value with what was mended to read it.
pub(super) struct Mended<T> {
    pub(super) value: T,
    pub(super) mended: Vec<String>,
}

/// Reads a cell of the license requirement. `None` where nothing in it is known.
pub(super) fn requirement(cell: &str) -> Option<Mended<LicenseTerms>> {
    let lower = cell.to_ascii_lowercase();
    let has = |words: &str| lower.contains(words);
    let reach = if has("projects") {
        Reach::Projects
    } else if has("items on the ccl") {
        Reach::ListedItems
    } else if has("all items subject to the ear") {
        match has("except for") || has("apart from") {
            true => Reach::AllItemsExcept,
            false => Reach::AllItems,
        }
    } else {
        Reach::Other
    };
    let mut terms = LicenseTerms::new(reach);
    let mut mended = Vec::new();
    terms.sections = sections(cell, &mut mended);
    let marks = cell.split(NOTE).skip(1).step_by(2);
    terms.notes = marks.filter_map(|note| note.trim().parse().ok()).collect();
    terms.notes.retain(|note| (1..100).contains(note));
    let known = reach != Reach::Other || !terms.sections.is_empty();
    known.then_some(Mended {
        value: terms,
        mended,
    })
}

/// Reads a cell of the review policy. `None` where nothing in it is known.
pub(super) fn policy(cell: &str) -> Option<Mended<ReviewPolicy>> {
    const WORDS: [(&str, Stance); 4] = [
        ("presumption of denial", Stance::PresumptionOfDenial),
        ("policy of denial", Stance::PolicyOfDenial),
        ("case-by-case", Stance::CaseByCase),
        ("presumption of approval", Stance::PresumptionOfApproval),
    ];
    let lower = cell.to_ascii_lowercase();
    let mut found: Vec<(usize, Stance)> = WORDS
        .iter()
        .filter_map(|(words, stance)| Some((lower.find(words)?, *stance)))
        .collect();
    found.sort_unstable();
    let mut policy = ReviewPolicy::default();
    let mut mended = Vec::new();
    policy.stances = found.into_iter().map(|(_, stance)| stance).collect();
    policy.sections = sections(cell, &mut mended);
    let known = !policy.stances.is_empty() || !policy.sections.is_empty();
    known.then_some(Mended {
        value: policy,
        mended,
    })
}

/// Returns whether the words are a review policy's.
pub(super) fn is_policy(cell: &str) -> bool {
    policy(cell).is_some_and(|policy| !policy.value.stances.is_empty())
}

/// The sections that a text names, in order, each once: `744.11`, `746.8(a)(3)`.
fn sections(cell: &str, mended: &mut Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bytes = cell.as_bytes();
    let mut at = 0;
    while let Some(length) = bytes.get(at..).and_then(|rest| {
        let skip = rest.iter().position(u8::is_ascii_digit)?;
        at += skip;
        Some(
            rest[skip..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count(),
        )
    }) {
        let part = at + length;
        let section = cell[part..].strip_prefix('.').map(|rest| {
            // An l that should be a one.
            let is_figure = |b: &u8| b.is_ascii_digit() || *b == b'l';
            rest.bytes().take_while(|b| is_figure(b)).count()
        });
        let (Some(section @ 1..), 3) = (section, length) else {
            at = part;
            continue;
        };
        let mut end = part + 1 + section;
        while let Some(inner) = paragraph(&cell[end..]) {
            end += inner;
        }
        let mut name = cell[at..end].to_owned();
        if name.contains('l') {
            let right = name.replacen('l', "1", 1);
            mended.push(format!("section {name} read as {right}"));
            name = right;
        }
        if crate::party::is_section(&name) && !found.contains(&name) {
            found.push(name);
        }
        at = end;
    }
    found
}

/// The length of a paragraph in parentheses with which a text begins: `(a)`, `(12)`, `(iv)`.
fn paragraph(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let closed = inner[length..].starts_with(')');
    (closed && (1..=4).contains(&length)).then_some(length + 2)
}
