//! The other lists and agencies that a text names.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::list::{Authority, Elsewhere};

/// Parts of other titles whose controls are another agency's.
const PARTS: [(&str, Authority, &str); 2] = [
    ("10 CFR part 110", Authority::Nrc, "10 CFR 110"),
    ("10 CFR part 810", Authority::Doe, "10 CFR 810"),
];

/// Words without one of which a text names no other list and no agency.
static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(["USML Categor", "ITAR", " CFR", "Nuclear Regulatory"])
        .expect("a few short words make an automaton")
});

/// Returns the lists and agencies that a text names, each once and in its order within a kind.
pub(super) fn elsewhere(text: &str) -> Vec<Elsewhere> {
    if !NAMES.is_match(text) {
        return Vec::new();
    }
    let mut found: Vec<Elsewhere> = Vec::new();
    for place in munitions(text) {
        found.push(Elsewhere::new(Authority::Usml, place));
    }
    if found.is_empty() && (text.contains("ITAR") || text.contains("22 CFR")) {
        found.push(Elsewhere::new(Authority::Usml, ""));
    }
    for (part, authority, place) in PARTS {
        if text.contains(part) {
            found.push(Elsewhere::new(authority, place));
        }
    }
    let named = |authority| found.iter().any(|one| one.authority == authority);
    if !named(Authority::Nrc) && text.contains("Nuclear Regulatory Commission") {
        found.push(Elsewhere::new(Authority::Nrc, ""));
    }
    once_each(found)
}

/// Each reference once; one without a place says nothing beside one with a place.
pub(super) fn once_each(mut found: Vec<Elsewhere>) -> Vec<Elsewhere> {
    if found.len() < 2 {
        return found;
    }
    let placed: HashSet<Authority> = found
        .iter()
        .filter(|one| !one.place.is_empty())
        .map(|one| one.authority)
        .collect();
    let mut seen = HashSet::new();
    found.retain(|one| {
        let says_more = !one.place.is_empty() || !placed.contains(&one.authority);
        says_more && seen.insert(one.clone())
    });
    found
}

/// The categories of the US Munitions List that a text names, with their paragraphs: `XI(c)` and
/// `XV` in "USML Categories XI(c) and XV".
fn munitions(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("USML Categor").skip(1);
    after.flat_map(|after| {
        let list = after
            .strip_prefix("ies ")
            .or_else(|| after.strip_prefix("y "));
        list.unwrap_or_default()
            .split([' ', ','])
            .map_while(|word| match word {
                "" | "and" | "or" => Some(None),
                word => place(word).map(Some),
            })
            .flatten()
    })
}

/// A Roman number, perhaps with paragraphs after it.
fn place(word: &str) -> Option<&str> {
    let roman = word
        .bytes()
        .take_while(|byte| b"IVX".contains(byte))
        .count();
    let mut end = roman;
    while let Some(label) = word[end..].strip_prefix('(') {
        let Some(length) = label.find(')').filter(|length| (1..=4).contains(length)) else {
            break;
        };
        end += length + 2;
    }
    let rest = &word[end..];
    let closed = rest
        .chars()
        .all(|c| matches!(c, '.' | ';' | ')' | ':' | '”'));
    (roman > 0 && closed).then_some(&word[..end])
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    #[test]
    fn lists_and_agencies_are_found() {
        for (text, expected) in [
            (
                "see USML Categories XI(c) and XV, and USML Category IV(d)(2).",
                "USML XI(c);USML XV;USML IV(d)(2)",
            ),
            (
                "(see 22 CFR parts 120 through 130) subject to the ITAR",
                "USML",
            ),
            (
                "licensed by the Nuclear Regulatory Commission (see 10 CFR part 110)",
                "NRC 10 CFR 110",
            ),
            ("by the Nuclear Regulatory Commission", "NRC"),
            (
                "10 CFR part 810, USML Category VIII(a) USML Category VIII(a)",
                "USML VIII(a);DOE 10 CFR 810",
            ),
            ("USML Category é, USML Categories of XI", ""),
            ("see 3A001", ""),
        ] {
            let found: Vec<String> = elsewhere(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(";"), expected, "{text}");
        }
    }
}
