//! Reads what three or more lists share, from a crosswalk for each two of them.

use std::collections::BTreeMap;
use std::fmt;

use super::overlap::Overlap;
use super::share::{OverlapBasis, Verdict};
use crate::compare::Comparison;
use crate::count::{CountingRule, Scope, Unavailable};
use crate::crosswalk::{Crosswalk, Side};
use crate::error::Error;
use crate::list::{ControlList, Edition, Item, ListId};

/// The overlap of any number of lists, within a scope, by a crosswalk for each two of them.
/// [`Comparison::overlaps`] makes it.
///
/// Each list is divided by itself, because the lists cut the same things into unlike pieces: a number
/// of shared things belongs to one of the lists.
#[derive(Debug, Clone)]
pub struct MultiOverlap<'a> {
    comparison: Comparison<'a>,
    basis: OverlapBasis,
    /// The overlap of each two lists, by their places, the smaller first.
    pairs: BTreeMap<(usize, usize), Overlap<'a>>,
}

impl<'a> Comparison<'a> {
    /// Returns what the lists share by a crosswalk for each two of them. A crosswalk may be of
    /// either direction, and more of them than needed do no harm.
    ///
    /// # Errors
    /// Returns an error if two of the lists have no crosswalk among these, or if one maps a code
    /// that its list does not have.
    ///
    /// ```
    /// use export_control::compare::OverlapBasis;
    /// use export_control::{Comparison, CountingRule, crosswalk, list};
    /// let lists = ["eu-annex-i", "cn-dual-use", "us-ccl"];
    /// let [eu, cn, us] = [list(lists[0])?, list(lists[1])?, list(lists[2])?];
    /// let crosswalks = [(0, 1), (0, 2), (1, 2)].map(|(a, b)| crosswalk(lists[a], lists[b]));
    /// let overlap = Comparison::new(eu, cn).and(us)
    ///     .overlaps(crosswalks.into_iter().flatten(), OverlapBasis::default())?;
    /// let china = overlap.division(1, CountingRule::Provisions).expect("a day that the sources cover");
    /// assert_eq!(china.total(), china.parts().map(|(_, number)| number).sum::<usize>());
    /// assert!(china.on_all() > 0 && china.only_here() > 0);
    /// println!("{china}");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn overlaps<'c>(
        &self,
        crosswalks: impl IntoIterator<Item = &'c Crosswalk>,
        basis: OverlapBasis,
    ) -> Result<MultiOverlap<'a>, Error> {
        let crosswalks: Vec<&Crosswalk> = crosswalks.into_iter().collect();
        let lists = self.lists();
        let mut pairs = BTreeMap::new();
        for (left, right) in (0..lists.len()).flat_map(|at| (0..at).map(move |other| (other, at))) {
            let ids = [lists[left].id(), lists[right].id()];
            let joins = |one: &&&Crosswalk| {
                let joined = [one.left(), one.right()];
                joined == ids || joined == [ids[1], ids[0]]
            };
            let crosswalk = crosswalks.iter().find(joins).ok_or_else(|| {
                Error::unexpected(
                    format!("no crosswalk of {} and {}", ids[0], ids[1]),
                    "one for each two lists",
                )
            })?;
            let two = Comparison::new(lists[left], lists[right]).within(self.scope().clone());
            pairs.insert((left, right), two.overlap(crosswalk, basis)?);
        }
        Ok(MultiOverlap {
            comparison: self.clone(),
            basis,
            pairs,
        })
    }
}

impl<'a> MultiOverlap<'a> {
    /// Returns the lists and the scope.
    pub fn comparison(&self) -> &Comparison<'a> {
        &self.comparison
    }

    /// Returns what it rests on.
    pub fn basis(&self) -> OverlapBasis {
        self.basis
    }

    /// Returns the overlap of two lists, by their places, with the earlier list on the left.
    pub fn pair(&self, one: usize, other: usize) -> Option<&Overlap<'a>> {
        self.pairs.get(&(one.min(other), one.max(other)))
    }

    /// The overlaps of a list with each other one, in their order, with its side.
    fn with_others(&self, list: usize) -> Vec<(&Overlap<'a>, Side)> {
        let others = (0..self.comparison.lists().len()).filter(|other| *other != list);
        let sided = others.filter_map(|other| {
            let side = if list < other {
                Side::Left
            } else {
                Side::Right
            };
            Some((self.pair(list, other)?, side))
        });
        sided.collect()
    }

    /// Calls back with everything that the rule counts on a list, its verdict against each other
    /// list, and how much it counts for.
    fn for_each(
        &self,
        list: usize,
        rule: CountingRule,
        mut unit: impl FnMut(&'a Item, Vec<Verdict>, usize),
    ) -> Result<(), Unavailable> {
        let (Some(here), others) = (
            self.comparison.lists().get(list).copied(),
            self.with_others(list),
        ) else {
            return Ok(());
        };
        let verdicts = others
            .iter()
            .map(|(overlap, side)| overlap.verdicts(*side))
            .collect::<Result<Vec<_>, _>>()?;
        self.comparison
            .set(list)?
            .for_each_unit_at(rule, |at, number| {
                let of_unit = verdicts.iter().map(|of_list| of_list[at]);
                unit(&here.items()[at], of_unit.collect(), number);
            })
    }

    /// Divides what the rule counts on a list, by its place, over the verdicts against the other
    /// lists.
    ///
    /// # Errors
    /// Returns why the rule cannot be applied to the list, or why its status on the day is unknown.
    pub fn division(&self, list: usize, rule: CountingRule) -> Result<Division, Unavailable> {
        let mut parts: BTreeMap<Vec<Verdict>, usize> = BTreeMap::new();
        self.for_each(list, rule, |_, verdicts, number| {
            *parts.entry(verdicts).or_default() += number;
        })?;
        let lists = self.comparison.lists();
        let of = |list: &ControlList| (list.id().clone(), list.edition().clone());
        let (id, edition) = lists
            .get(list)
            .map_or_else(|| of(lists[0]), |list| of(list));
        let others = lists.iter().enumerate().filter(|(at, _)| *at != list);
        Ok(Division {
            list: id,
            edition,
            others: others.map(|(_, other)| other.id().clone()).collect(),
            rule,
            scope: self.comparison.scope().clone(),
            basis: self.basis,
            parts,
        })
    }

    /// Returns what the rule counts on a list and a test of the verdicts accepts, in list order. The
    /// verdicts are in the order of the other lists.
    ///
    /// # Errors
    /// As [`division`](MultiOverlap::division).
    pub fn units(
        &self,
        list: usize,
        rule: CountingRule,
        mut accepts: impl FnMut(&[Verdict]) -> bool,
    ) -> Result<Vec<&'a Item>, Unavailable> {
        let mut units = Vec::new();
        self.for_each(list, rule, |item, verdicts, _| {
            if accepts(&verdicts) {
                units.push(item);
            }
        })?;
        Ok(units)
    }

    /// Returns for each set of lists how much is on all of them, wholly or in part, and on no other,
    /// counted on each of them. The sets with the most lists come first. What is undecided against
    /// some list is in none of them.
    ///
    /// # Errors
    /// As [`division`](MultiOverlap::division), of the first list that has no number.
    pub fn intersections(&self, rule: CountingRule) -> Result<Vec<Intersection>, Unavailable> {
        let lists = self.comparison.lists().len();
        let mut sets: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
        for list in 0..lists {
            for (verdicts, number) in self.division(list, rule)?.parts {
                if verdicts.contains(&Verdict::Undecided) {
                    continue;
                }
                let mut on: Vec<bool> = verdicts.iter().copied().map(Verdict::is_shared).collect();
                on.insert(list, true);
                sets.entry(on).or_insert_with(|| vec![0; lists])[list] += number;
            }
        }
        let mut found: Vec<Intersection> = sets
            .into_iter()
            .map(|(on, numbers)| Intersection { on, numbers })
            .collect();
        found.reverse();
        found.sort_by_key(|set| std::cmp::Reverse(set.lists().count()));
        Ok(found)
    }
}

impl Verdict {
    /// Returns if the other list catches the item, wholly or in part.
    pub fn is_shared(self) -> bool {
        matches!(self, Verdict::Shared | Verdict::SharedInPart)
    }
}

/// A set of lists, and how much of each is on all of them and on no other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Intersection {
    /// For each list of the comparison if it is in the set.
    pub on: Vec<bool>,
    /// For each list of the comparison the number on it; 0 if the list is not in the set.
    pub numbers: Vec<usize>,
}

impl Intersection {
    /// Returns the places of the lists in the set.
    pub fn lists(&self) -> impl Iterator<Item = usize> {
        (self.on.iter().enumerate()).filter_map(|(at, on)| on.then_some(at))
    }
}

/// One list's count, divided by which other lists have the things too, with the rule, the scope and
/// the edition that it belongs to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Division {
    list: ListId,
    edition: Edition,
    others: Vec<ListId>,
    rule: CountingRule,
    scope: Scope,
    basis: OverlapBasis,
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_rows"))]
    parts: BTreeMap<Vec<Verdict>, usize>,
}

/// Writes the parts as rows, because a key of JSON is a text.
#[cfg(feature = "serde")]
fn as_rows<S: serde::Serializer>(
    parts: &BTreeMap<Vec<Verdict>, usize>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(parts)
}

impl Division {
    /// Returns the list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Returns its edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Returns the other lists, in the order of the verdicts.
    pub fn others(&self) -> &[ListId] {
        &self.others
    }

    /// Returns the rule.
    pub fn rule(&self) -> CountingRule {
        self.rule
    }

    /// Returns the scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Returns what it rests on.
    pub fn basis(&self) -> OverlapBasis {
        self.basis
    }

    /// Returns the parts: a verdict against each other list, and how many have these.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = (&[Verdict], usize)> {
        let parts = self.parts.iter();
        parts.map(|(verdicts, number)| (verdicts.as_slice(), *number))
    }

    /// Returns how many have verdicts that a test accepts.
    pub fn number(&self, mut accepts: impl FnMut(&[Verdict]) -> bool) -> usize {
        let parts = self.parts().filter(|(verdicts, _)| accepts(verdicts));
        parts.map(|(_, number)| number).sum()
    }

    /// Returns how many there are.
    pub fn total(&self) -> usize {
        self.number(|_| true)
    }

    /// Returns how many are on every other list too, wholly or in part.
    pub fn on_all(&self) -> usize {
        self.number(|verdicts| verdicts.iter().all(|one| one.is_shared()))
    }

    /// Returns how many are on no other list.
    pub fn only_here(&self) -> usize {
        self.number(|verdicts| verdicts.iter().all(|one| *one == Verdict::OnlyHere))
    }

    /// Returns how many are undecided against some other list.
    pub fn undecided(&self) -> usize {
        self.number(|verdicts| verdicts.contains(&Verdict::Undecided))
    }
}

/// Prints a sentence for people, with the rule, the scope, the basis and the edition.
impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others: Vec<&str> = self.others.iter().map(ListId::as_str).collect();
        write!(
            f,
            "Of {} {} of {}, {} are on {} too, wholly or in part, {} on none of them, {} on some, {} undecided, {}, by {} [{}]",
            self.total(),
            self.rule,
            self.list,
            self.on_all(),
            others.join(" and "),
            self.only_here(),
            self.total() - self.on_all() - self.only_here() - self.undecided(),
            self.undecided(),
            self.scope,
            self.basis,
            self.edition.label
        )
    }
}
