//! Whether the paragraphs below a text are alternatives or conditions, which only its wording says.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::list::ChildLogic;

/// What a phrase in a lead-in says of the paragraphs below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phrase {
    /// Any one of them is enough.
    Any,
    /// All of them are needed.
    All,
    /// They name properties rather than things, so that an "and" between them makes them
    /// conditions.
    Properties,
}

const PHRASES: [(&str, Phrase); 37] = [
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
    // What is left out: what is controlled is none of the children.
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
        .build(PHRASES.map(|(words, _)| words))
        .expect("a few short phrases make an automaton")
});

/// What the wording says, and whether it says so in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// In words.
    Said(ChildLogic),
    /// Only by "and" after properties.
    Joined,
    /// Nothing: alternatives are assumed.
    Silent,
}

/// Reads the wording of a lead-in and of how its children end.
///
/// The words nearest to the children decide, because a lead-in may first speak of its own parent's
/// list. Without such words, children joined by "and" are conditions where the lead-in speaks of
/// properties or breaks off at an "and" of its own, or where the first child begins with
/// "not"; they are alternatives where they name things.
pub(super) fn wording<'a>(lead_in: &str, children: impl Iterator<Item = &'a str>) -> Wording {
    let mut last = [None; 3];
    for found in SEARCH.find_overlapping_iter(lead_in) {
        let phrase = PHRASES[found.pattern().as_usize()].1;
        let start = &mut last[phrase as usize];
        *start = (*start).max(Some(found.start()));
    }
    let [any, all, properties] = last;
    match (any, all) {
        (Some(any), Some(all)) if all > any => return Wording::Said(ChildLogic::All),
        (Some(_), _) => return Wording::Said(ChildLogic::Any),
        (None, Some(_)) => return Wording::Said(ChildLogic::All),
        (None, None) => {}
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
        (true, false) if negative || properties.is_some() || lead_in.ends_with(", and") => {
            Wording::Joined
        }
        _ => Wording::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wording, wording};
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
}
