//! What two lists of parties share, by name.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::forms::{Chains, Form, forms, is_compared, roles};
use super::likeness::Likeness;
use super::{PartyEntry, PartySet, normal_form};

/// Which of an entry's names matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NameRole {
    /// The name of the entry, or its name in the list's language.
    Name,
    /// Another name of the entry.
    OtherName,
    /// The name of a unit that the entry names.
    Unit,
}

impl fmt::Display for NameRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            NameRole::Name => "name",
            NameRole::OtherName => "other name",
            NameRole::Unit => "unit",
        })
    }
}

/// Two entries with a name that is the same in its [normal form](normal_form).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExactMatch<'a> {
    /// The entry of the left list.
    pub left: &'a PartyEntry,
    /// The entry of the right list.
    pub right: &'a PartyEntry,
    /// The normal form that both have.
    pub form: String,
    /// The role of the name in each entry: of several that match, the most telling.
    pub roles: [NameRole; 2],
}

/// A reason for or against taking two names for one party's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameEvidence {
    /// A word that both names have.
    SharedWord(String),
    /// Two words that are written almost alike.
    SimilarWords(String, String),
    /// The names have the same letters, divided into words in another way.
    SameLetters,
    /// Both entries have an address in one country.
    SameCountry,
    /// Both entries have addresses, in different countries.
    OtherCountry,
}

impl fmt::Display for NameEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameEvidence::SharedWord(word) => write!(f, "both have {word:?}"),
            NameEvidence::SimilarWords(left, right) => write!(f, "{left:?} is like {right:?}"),
            NameEvidence::SameLetters => f.write_str("the same letters"),
            NameEvidence::SameCountry => f.write_str("addresses in one country"),
            NameEvidence::OtherCountry => f.write_str("addresses in different countries"),
        }
    }
}

/// Two entries whose names are alike and not the same: a proposal for a reader to judge.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProposedMatch<'a> {
    /// The entry of the left list.
    pub left: &'a PartyEntry,
    /// The entry of the right list.
    pub right: &'a PartyEntry,
    /// The two names that are alike.
    pub names: [&'a str; 2],
    /// The roles of the names in their entries.
    pub roles: [NameRole; 2],
    /// The reasons for it and against it.
    pub evidence: Vec<NameEvidence>,
    /// The likelihood that both are one party, from 0 to 1, as measured on the lists on which
    /// the measure was tested.
    pub confidence: f64,
}

/// The parties that two lists share: exactly, and apart from that by likeness.
///
/// It compares published lists with each other. It answers no question about a name that somebody
/// types, and a match is do not show that two entries are one party.
///
/// An exact match is a name, other name or unit of both in the same [normal form](normal_form). A
/// single word of up to five letters is an abbreviation, which strangers share: alone it makes no
/// match, unless it is the name of both.
///
/// ```
/// use export_control::party::{PartyEntry, PartyList, PartyListInfo, PartyOverlap};
/// use export_control::{Edition, ListId};
/// let list = |id: &str, names: &[&str]| {
///     let entries = names.iter().map(|name| PartyEntry::new(*name)).collect();
///     PartyList::new(PartyListInfo::new(ListId::new(id), id), Edition::default(), entries)
/// };
/// let left = list("one", &["Example Trading Co., Ltd.", "Zvezdny Mekhanichesky Zavod"]);
/// let right = list("two", &["EXAMPLE TRADING COMPANY LIMITED", "Zvyozdny Mekhanicheski Zavod", "Other Works"]);
/// let overlap = PartyOverlap::between(&left.all(), &right.all());
/// assert_eq!(overlap.exact().len(), 1);
/// assert_eq!(overlap.proposed()[0].right.name, "Zvyozdny Mekhanicheski Zavod");
/// assert!(overlap.proposed()[0].confidence < 1.0);
/// ```
#[derive(Debug, Clone)]
pub struct PartyOverlap<'a> {
    exact: Vec<ExactMatch<'a>>,
    proposed: Vec<ProposedMatch<'a>>,
}

impl<'a> PartyOverlap<'a> {
    /// Proposals with less confidence are left out.
    pub const LEAST_CONFIDENCE: f64 = 0.5;

    /// Compares the entries of two sets.
    pub fn between(left: &PartySet<'a>, right: &PartySet<'a>) -> PartyOverlap<'a> {
        let right: Vec<&PartyEntry> = right.iter().collect();
        let forms = forms(&right);
        let exact = exact(left, &right, &forms);
        let matched: HashSet<*const PartyEntry> =
            exact.iter().map(|m| std::ptr::from_ref(m.left)).collect();
        let open = left
            .iter()
            .filter(|entry| !matched.contains(&std::ptr::from_ref(*entry)));
        let open: Vec<&PartyEntry> = open.collect();
        let proposed = Likeness::new(&right, &forms).propose(&open, PartyOverlap::LEAST_CONFIDENCE);
        PartyOverlap { exact, proposed }
    }

    /// Proposes matches for every entry of the left set by likeness alone, also for those that
    /// match exactly: for measuring how good the proposals are.
    pub fn by_likeness(
        left: &PartySet<'a>,
        right: &PartySet<'a>,
        least_confidence: f64,
    ) -> Vec<ProposedMatch<'a>> {
        let left: Vec<&PartyEntry> = left.iter().collect();
        let right: Vec<&PartyEntry> = right.iter().collect();
        Likeness::new(&right, &forms(&right)).propose(&left, least_confidence)
    }

    /// Returns the pairs of entries with a name in common, in the order of the left list.
    pub fn exact(&self) -> &[ExactMatch<'a>] {
        &self.exact
    }

    /// Returns what is proposed for entries of the left list without an exact match, in its order,
    /// the likeliest first: at most three for each.
    pub fn proposed(&self) -> &[ProposedMatch<'a>] {
        &self.proposed
    }

    /// Returns how many entries of the left list have an exact match.
    pub fn matched_left(&self) -> usize {
        let left: HashSet<*const PartyEntry> = self
            .exact
            .iter()
            .map(|m| std::ptr::from_ref(m.left))
            .collect();
        left.len()
    }

    /// Returns how many entries of the right list have an exact match.
    pub fn matched_right(&self) -> usize {
        let right: HashSet<*const PartyEntry> = self
            .exact
            .iter()
            .map(|m| std::ptr::from_ref(m.right))
            .collect();
        right.len()
    }
}

fn exact<'a>(left: &PartySet<'a>, right: &[&'a PartyEntry], forms: &[Form]) -> Vec<ExactMatch<'a>> {
    let mut by_form: Chains<&str> = Chains::new(forms.len());
    for (at, form) in forms.iter().enumerate().rev() {
        by_form.add(form.text.as_str(), at);
    }
    let mut found = Vec::new();
    // For each entry of the right list the most telling names.
    let mut best: HashMap<usize, ([NameRole; 2], String)> = HashMap::new();
    for entry in left.iter().filter(|entry| is_compared(entry)) {
        for (name, role) in roles(entry) {
            let form = normal_form(name);
            for other in by_form.of(form.as_str()).map(|at| &forms[at]) {
                let pair = [role, other.role];
                let named = pair == [NameRole::Name, NameRole::Name];
                if form.is_empty() || (is_abbreviation(&form) && !named) {
                    continue;
                }
                let first = || (pair, form.clone());
                let kept = best.entry(other.entry).or_insert_with(first);
                if pair < kept.0 {
                    *kept = (pair, form.clone());
                }
            }
        }
        let mut matches: Vec<_> = best.drain().collect();
        matches.sort_unstable_by_key(|(at, _)| *at);
        found.extend(matches.into_iter().map(|(at, (roles, form))| ExactMatch {
            left: entry,
            right: right[at],
            form,
            roles,
        }));
    }
    found
}

/// Returns whether a normal form is one short word, which strangers share.
fn is_abbreviation(form: &str) -> bool {
    !form.contains(' ') && form.len() <= 5
}
