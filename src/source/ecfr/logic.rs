//! Decides whether the paragraphs below a text are alternatives or conditions. Only the wording of
//! the text says so.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::code::{Code, codes};
use crate::list::ChildLogic;

use super::near::near;

/// The meaning of a phrase in a lead-in for the paragraphs below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phrase {
    /// Any one of them is enough.
    Any,
    /// All of them are needed.
    All,
    /// At least this number of them is needed.
    AtLeast(u8),
    /// They name properties and not things, so "and" between them makes them conditions.
    Properties,
}

const PHRASES: [(&str, Phrase); 43] = [
    ("any of the following", Phrase::Any),
    ("any one of the following", Phrase::Any),
    ("any one or more of the following", Phrase::Any),
    ("one or more of the following", Phrase::Any),
    ("any combination of the following", Phrase::Any),
    ("either of the following", Phrase::Any),
    ("at least one of the following", Phrase::Any),
    ("one of the following", Phrase::Any),
    ("any of these", Phrase::Any),
    ("any of the", Phrase::Any),
    ("either:", Phrase::Any),
    ("any:", Phrase::Any),
    ("at least two of the following", Phrase::AtLeast(2)),
    ("two or more of the following", Phrase::AtLeast(2)),
    ("any two of the following", Phrase::AtLeast(2)),
    ("at least three of the following", Phrase::AtLeast(3)),
    ("three or more of the following", Phrase::AtLeast(3)),
    ("any three of the following", Phrase::AtLeast(3)),
    ("all of the following", Phrase::All),
    ("all of following", Phrase::All),
    ("all the following", Phrase::All),
    ("each of the following", Phrase::All),
    ("both of the following", Phrase::All),
    ("every one of the following", Phrase::All),
    ("all of these", Phrase::All),
    ("having both", Phrase::All),
    ("that are both", Phrase::All),
    ("both:", Phrase::All),
    ("all of the characteristics", Phrase::All),
    ("following two characteristics", Phrase::All),
    // These paragraphs are excluded: an item is controlled if it is none of them.
    ("are not:", Phrase::All),
    ("is not:", Phrase::All),
    ("except:", Phrase::All),
    ("having the following", Phrase::Properties),
    ("with the following", Phrase::Properties),
    ("having:", Phrase::Properties),
    ("with:", Phrase::Properties),
    ("the following characteristics", Phrase::Properties),
    ("the following properties", Phrase::Properties),
    ("meets the following", Phrase::Properties),
    ("meeting the following", Phrase::Properties),
    ("that:", Phrase::Properties),
    ("designed” to:", Phrase::Properties),
];

static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        // Few lead-ins need it, so that it takes longer to make a faster one than to use this.
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(PHRASES.map(|(words, _)| words))
        .expect("a few short phrases make an automaton")
});

/// The meaning of the wording, and whether words state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// Words state it.
    Said(ChildLogic),
    /// Only "and" after properties implies it.
    Joined,
    /// Nothing states it, so the paragraphs are assumed to be alternatives.
    Silent,
}

/// Reads the wording of a lead-in and the ends of its children.
///
/// The words nearest to the children decide, because a lead-in may first refer to its own parent's
/// list. Without such words, children that are joined by "and" can be either. They are alternatives
/// if they name things. They are conditions if the lead-in refers to properties or breaks off at
/// its own "and", or if the first child begins with "not".
pub(super) fn wording<'a>(lead_in: &str, children: impl Iterator<Item = &'a str>) -> Wording {
    if let Some(logic) = said_at_the_end(lead_in) {
        return Wording::Said(logic);
    }
    let (mut said, mut properties) = (None, false);
    for found in SEARCH.find_overlapping_iter(lead_in) {
        let (start, phrase) = (found.start(), PHRASES[found.pattern().as_usize()].1);
        let logic = match phrase {
            Phrase::Properties => {
                properties = true;
                continue;
            }
            Phrase::Any => ChildLogic::Any,
            Phrase::AtLeast(number) => ChildLogic::AtLeast(number),
            Phrase::All if own_words_before(&lead_in[..start]) => ChildLogic::AllOrOwn,
            Phrase::All => ChildLogic::All,
        };
        if said.is_none_or(|(last, _)| last <= start) {
            said = Some((start, logic));
        }
    }
    if let Some((_, logic)) = said {
        return Wording::Said(logic);
    }
    let (mut and, mut or) = (false, false);
    let mut negative = false;
    for (place, child) in children.enumerate() {
        negative |= place == 0 && child.starts_with("Not ");
        let child = child.trim_end_matches([' ', '.']);
        and |= child.ends_with("; and") || child.ends_with(", and");
        or |= child.ends_with("; or") || child.ends_with(", or");
    }
    match (and, or) {
        (true, false) if negative || properties || lead_in.ends_with(", and") => Wording::Joined,
        _ => Wording::Silent,
    }
}

/// Returns the logic of most lead-ins: that of the words at their end, after which no other phrase
/// can begin.
fn said_at_the_end(lead_in: &str) -> Option<ChildLogic> {
    let lead_in = lead_in.strip_suffix(" of the following:")?;
    if lead_in.ends_with("any") {
        return Some(ChildLogic::Any);
    }
    let before = lead_in.strip_suffix("all")?;
    Some(if own_words_before(before) {
        ChildLogic::AllOrOwn
    } else {
        ChildLogic::All
    })
}

/// Returns the end of a lead-in that refers to all or any of something in unknown words.
pub(super) fn quantifier(lead_in: &str) -> Option<&str> {
    let mut spaces = lead_in.trim_end().rmatch_indices(' ').map(|(at, _)| at + 1);
    let tail = &lead_in[spaces.nth(8).unwrap_or(0)..];
    let mut words = tail.split(|c: char| !c.is_ascii_alphanumeric());
    let speaks = tail.contains(" of the following")
        || words.any(|word| {
            ["all", "any", "each", "both", "either"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        });
    speaks.then_some(tail)
}

/// Returns whether the last words of a lead-in are a misspelled "of the following".
pub(super) fn misspelt(lead_in: &str) -> bool {
    let mut words = lead_in.trim_end_matches([':', ';', ' ', '.']).rsplit(' ');
    let (Some(last), Some(article), Some(of)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is = |word: &str, meant: &str| word.eq_ignore_ascii_case(meant);
    let close = |word: &str, meant: &str| !is(word, meant) && near(word, meant);
    let following = "following";
    if !is(last, following) {
        return close(last, following);
    }
    // "Having the following" and "or the following" are not misspelled.
    let other = || ["or", "if", "on", "for"].iter().any(|word| is(of, word));
    (is(article, "the") && close(of, "of") && !other()) || (is(of, "of") && close(article, "the"))
}

/// Returns whether the words before "all of the following" name another alternative: "which are
/// radiation-hardened or have …".
fn own_words_before(text: &str) -> bool {
    [
        " or have ",
        " or having ",
        " or that have ",
        " or which have ",
    ]
    .iter()
    .any(|words| text.ends_with(words))
}

/// Returns whether a lead-in names two lists among its own paragraphs, so that it is about things
/// in both: "nuclides of 1C236.a.1 in a form of 1C236.a.2". A lead-in can also name a paragraph
/// that has no paragraphs of its own, but for another reason.
pub(super) fn own_lists(parent: Code, lead_in: &str, is_list: impl Fn(Code) -> bool) -> bool {
    let mut lists = codes(lead_in)
        .map(|(_, _, code)| code)
        .filter(|code| code.parent() == Some(parent) && is_list(*code));
    match lists.next() {
        Some(first) => lists.any(|code| code != first),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wording, misspelt, own_lists, wording};
    use crate::list::ChildLogic;

    #[test]
    fn words_decide() {
        let read = |text: &str, children: &[&str]| wording(text, children.iter().copied());
        assert_eq!(
            read("Pumps having all of the following:", &[]),
            Wording::Said(ChildLogic::All)
        );
        assert_eq!(
            read("Pumps having any of the following:", &["Fast; and"]),
            Wording::Said(ChildLogic::Any)
        );
        assert_eq!(
            read(
                "Pumps, as any of the following, having all of the following:",
                &[]
            ),
            Wording::Said(ChildLogic::All)
        );
        assert_eq!(
            read(
                "Pumps meeting all of the following in any of the following:",
                &[]
            ),
            Wording::Said(ChildLogic::Any)
        );
        assert_eq!(
            read("Pumps that do at least two of the following:", &[]),
            Wording::Said(ChildLogic::AtLeast(2))
        );
        assert_eq!(
            read("Pumps that are hardened or have all of the following:", &[]),
            Wording::Said(ChildLogic::AllOrOwn)
        );
        assert_eq!(
            read(
                "Pumps for oil or having all of the following in any of these:",
                &[]
            ),
            Wording::Said(ChildLogic::Any)
        );
        assert_eq!(
            read("Pumps that are NOT:", &["Fast;", "Small; or"]),
            Wording::Said(ChildLogic::All)
        );
        assert_eq!(
            read("Pumps, except:", &["Fast ones; or", "Small ones"]),
            Wording::Said(ChildLogic::All)
        );
        assert_eq!(
            read("Pumps having the following:", &["Fast; and", "Small."]),
            Wording::Joined
        );
        assert_eq!(
            read("Pumps with:", &["A speed; and", "A size."]),
            Wording::Joined
        );
        assert_eq!(
            read("Pumps as follows:", &["Fast ones; and", "Small ones."]),
            Wording::Silent
        );
        assert_eq!(
            read("Pumps as follows:", &["Fast ones; or"]),
            Wording::Silent
        );
    }

    #[test]
    fn words_that_are_meant_for_others() {
        for text in [
            "any of the folowing:",
            "any off the following:",
            "any of teh following:",
        ] {
            assert!(misspelt(text), "{text}");
        }
        for text in [
            "any of the following:",
            "having the following:",
            "as follows:",
            "x",
            "",
        ] {
            assert!(!misspelt(text), "{text}");
        }
    }

    #[test]
    fn two_lists_of_its_own() {
        let parent = "1C236.a".parse().expect("a code");
        let of = |text: &str| own_lists(parent, text, |_| true);
        assert!(of("Metals of 1C236.a.1 in a form of 1C236.a.2:"));
        assert!(!of("Metals of 1C236.a.1, save 1C236.a.1, or 1C236.b:"));
        assert!(!of("Metals:"));
        let text = "Metals, save 1C236.a.1 and 1C236.a.2:";
        assert!(!own_lists(parent, text, |_| false));
    }
}
