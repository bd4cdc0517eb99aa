//! The phrases by which English texts compare, before and after a figure.

use std::sync::LazyLock;

/// What stands between a property and its figure, or after the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    From,
    Above,
    To,
    Below,
    /// Towards what is better: more purity, less error; and whether the figure itself is within.
    Better(bool),
    Exactly,
}

/// Phrases before a figure.
const BEFORE: [(&[&str], Sign); 7] = [
    (
        &[
            "equal to or greater than",
            "greater than or equal to",
            "equal to or more than",
            "more than or equal to",
            "equal to or exceeding",
            "equal or greater than",
            "equal to or in excess of",
            "equal to or higher than",
            "equal to or above",
            "equal to or larger than",
            "equal to or longer than",
            "equal to, or greater than",
            "at least",
            "not less than",
            "no less than",
            "minimum of",
            "minimum",
            "meeting or exceeding",
            "equals or exceeds",
            "equal or exceed",
            "or exceeding",
            "not below",
            "not lower than",
            "not smaller than",
            "equal to or greater (better) than",
            "greater than, or equal to",
            "≥",
            "above or equal to",
            "equal to or over",
            "from",
        ],
        Sign::From,
    ),
    (
        &[
            ">",
            "exceeding",
            "exceeds",
            "exceed",
            "greater than",
            "more than",
            "higher than",
            "above",
            "over",
            "in excess of",
            "larger than",
            "longer than",
            "beyond",
            "higher (better) than",
            "greater (better) than",
            "better (higher) than",
            "better (greater) than",
            "faster than",
            "wider than",
            "upwards of",
            "larger (better) than",
        ],
        Sign::Above,
    ),
    (
        &[
            "equal to or less than",
            "less than or equal to",
            "equal to or less (better) than",
            "less (better) than or equal to",
            "equal to or lower than",
            "equal to or below",
            "equal to or smaller than",
            "equal to or lower (better) than",
            "equal to or fewer than",
            "equal to or shorter than",
            "not exceeding",
            "not exceed",
            "not to exceed",
            "no more than",
            "not more than",
            "not greater than",
            "no greater than",
            "not larger than",
            "not above",
            "not higher than",
            "up to and including",
            "to and including",
            "up to",
            "at most",
            "maximum of",
            "maximum",
            "within",
            "equal to, or less than",
            "≤",
            "below or equal to",
            "less than, or equal to",
            "equal to or better (less) than",
            "better (less) than or equal to",
            "equal to or finer than",
            "equal or less than",
            "not over",
        ],
        Sign::To,
    ),
    (
        &[
            "<",
            "less than",
            "less (better) than",
            "better (less) than",
            "less (smaller) than",
            "lower (better) than",
            "better (lower) than",
            "smaller (better) than",
            "better (smaller) than",
            "smaller than",
            "lower than",
            "below",
            "under",
            "fewer than",
            "finer than",
            "shorter than",
            "finer (better) than",
            "tighter than",
            "thinner than",
            "narrower than",
        ],
        Sign::Below,
    ),
    (&["better than"], Sign::Better(false)),
    (
        &["equal to or better than", "better than or equal to"],
        Sign::Better(true),
    ),
    (&["equal to"], Sign::Exactly),
];

/// Phrases after a figure.
const AFTER: [(&[&str], Sign); 3] = [
    (
        &[
            "or more",
            "or greater",
            "or higher",
            "or longer",
            "or larger",
            "or above",
            "or over",
            "or faster",
            "or wider",
            "and above",
            "and higher",
            "and greater",
            "minimum",
            "and over",
        ],
        Sign::From,
    ),
    (
        &[
            "or less",
            "or lower",
            "or fewer",
            "or smaller",
            "or shorter",
            "or below",
            "or finer",
            "or slower",
            "or thinner",
            "and below",
            "maximum",
            "or under",
        ],
        Sign::To,
    ),
    (&["or better"], Sign::Better(true)),
];

/// The phrases, longest first, so that "not exceeding" is not read as "exceeding".
static SORTED: LazyLock<Vec<(&'static str, Sign)>> = LazyLock::new(|| {
    let mut all: Vec<_> = BEFORE
        .iter()
        .flat_map(|(phrases, sign)| phrases.iter().map(move |phrase| (*phrase, *sign)))
        .collect();
    all.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    all
});

/// The phrase that ends a lower-case text, and where it begins.
pub(super) fn phrase_before(before: &str) -> (Option<Sign>, usize) {
    let trimmed = before.trim_end().trim_end_matches([',', '±', ' ']);
    let trimmed = [
        " a",
        " an",
        " the",
        " about",
        " approximately",
        " than or equal to ±",
    ]
    .iter()
    .find_map(|article| trimmed.strip_suffix(article))
    .unwrap_or(trimmed);
    let found = SORTED.iter().find(|(phrase, _)| {
        trimmed
            .strip_suffix(phrase)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    });
    match found {
        Some((phrase, sign)) => (Some(*sign), trimmed.len() - phrase.len()),
        None => (None, before.len()),
    }
}

/// The phrase with which a lower-case text begins, and its length.
pub(super) fn phrase_after(after: &str) -> Option<(Sign, usize)> {
    let mut trimmed = after.trim_start_matches([' ', ',', ')']);
    // "10 µrad (microradians) or less", "97% by weight or more", "10,000 cycles or more"
    if let Some(rest) = trimmed.strip_prefix('(')
        && let Some(length) = rest.bytes().take(41).position(|byte| byte == b')')
        && let (inner, rest) = (&rest[..length], &rest[length + 1..])
        && !inner.contains(|c: char| c.is_ascii_digit())
    {
        trimmed = rest.trim_start();
    }
    for words in [
        "by weight",
        "by mass",
        "by volume",
        "cycles",
        "elements",
        "axes",
        "channels",
    ] {
        trimmed = trimmed
            .strip_prefix(words)
            .unwrap_or(trimmed)
            .trim_start_matches([' ', ',']);
    }
    let gap = after.len() - trimmed.len();
    AFTER.iter().find_map(|(phrases, sign)| {
        let phrase = phrases.iter().find(|phrase| {
            trimmed
                .strip_prefix(**phrase)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })?;
        Some((*sign, gap + phrase.len()))
    })
}

/// A phrase after the words that say what is measured: "2 kg of TNT or greater".
pub(super) fn phrase_later(after: &str) -> Option<Sign> {
    let end = after
        .find(|c: char| matches!(c, ',' | ';' | ':' | '.') || c.is_ascii_digit())
        .unwrap_or(after.len());
    let clause = &after[..end];
    let at = clause.find(" or ")?;
    let between = &clause[..at];
    let plain = between.split_whitespace().count() <= 6
        && ![" and ", " at ", " with ", " for "]
            .iter()
            .any(|word| between.contains(word));
    // "equal to or greater than" belongs to another figure.
    let (sign, length) = plain.then(|| phrase_after(&clause[at..])).flatten()?;
    (!clause[at + length..].starts_with(" than")).then_some(sign)
}
