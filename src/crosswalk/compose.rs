//! Chains two crosswalks through the list that both have, and compares the result with a direct
//! crosswalk.

use std::collections::BTreeMap;
use std::fmt;

use super::relations::Relations;
use super::{Crosswalk, Evidence, EvidenceKind, Finding, Justification, Mapping, Relation, Side};
use crate::code::Code;
use crate::error::{Error, Kind};
use crate::list::ListId;

/// The judgments of two crosswalks, chained through the list that both have.
/// [`Crosswalk::compose`] makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    left: ListId,
    via: ListId,
    right: ListId,
    pairs: Vec<ComposedPair>,
    lacks: Vec<ComposedLack>,
}

/// Two items that judgments chain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComposedPair {
    /// The item of the first crosswalk's left list.
    pub left: Code,
    /// The item of the second crosswalk's right list.
    pub right: Code,
    /// The relations that the chains leave possible, of the left item to the right one.
    pub relations: Relations,
    /// The items of the list between, one for each chain.
    pub via: Vec<Code>,
}

/// An item that is within one of the list between, which has no counterpart at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComposedLack {
    /// The end that the item is at.
    pub side: Side,
    /// The item.
    pub code: Code,
    /// The item of the list between.
    pub via: Code,
}

/// A judgment of a direct crosswalk that cannot be true together with those that were chained.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Two items have another relation.
    Relation {
        /// The pair by the chain.
        composed: ComposedPair,
        /// The direct judgment.
        direct: Relation,
    },
    /// An item has a counterpart by the chain, and the direct crosswalk finds none, for it or for
    /// an item above it.
    Counterpart {
        /// The pair by the chain.
        composed: ComposedPair,
        /// The end of the item without a counterpart.
        side: Side,
        /// The item that was judged to have none.
        judged: Code,
    },
    /// An item has no counterpart by the chain, and the direct crosswalk has one, for it or for an
    /// item below it.
    Lack {
        /// The lack by the chain.
        composed: ComposedLack,
        /// The pair that was judged.
        judged: [Code; 2],
    },
}

/// A composition beside a direct crosswalk.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Agreement {
    /// Pairs of both for which the chain leaves one relation, the same.
    pub same: usize,
    /// Pairs of both for which the chain leaves several relations, the judged one among them.
    pub possible: usize,
    /// The judgments that cannot be true together.
    pub conflicts: Vec<Conflict>,
    /// Pairs that meet by the chain, and of which the direct crosswalk has nothing: not the pair,
    /// and none of items above or below the two.
    pub added: Vec<ComposedPair>,
}

impl Crosswalk {
    /// Chains this crosswalk with one from its right list to a third list.
    ///
    /// Judgments are chained, and not a program's proposals. For each pair of items at the ends
    /// that share an item of the list between, the result has the relations that are
    /// [possible](Relation::then), by all chains together. A pair for which every relation is
    /// possible is left out. An item that is equal to one of the list between, or narrower, has no
    /// counterpart if that one has none.
    ///
    /// Takes time in proportion to the chains: an item of the list between with many counterparts
    /// on both sides makes many.
    ///
    /// # Errors
    /// Returns an error if the right list of this crosswalk is not the left one of the other.
    ///
    /// ```
    /// use export_control::{Relation, crosswalk};
    /// let to_eu = crosswalk("us-ccl", "eu-annex-i").expect("it is embedded");
    /// let to_china = crosswalk("eu-annex-i", "cn-dual-use").expect("it is embedded");
    /// let direct = crosswalk("us-ccl", "cn-dual-use").expect("it is embedded");
    /// let agreement = to_eu.compose(to_china)?.compare(direct)?;
    /// println!("{} pairs have the same relation both ways", agreement.same);
    /// assert!(direct.compose(to_china).is_err());
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn compose(&self, next: &Crosswalk) -> Result<Composition, Error> {
        if self.right != next.left {
            let (found, expected) = (next.left.to_string(), self.right.to_string());
            return Err(Kind::DifferentLists(found, expected).into());
        }
        let mut pairs: BTreeMap<(Code, Code), (Relations, Vec<Code>)> = BTreeMap::new();
        let mut lacks = Vec::new();
        for first in judged(self) {
            let Some(via) = first.right() else { continue };
            let Some((left, said)) = first.left().zip(Relations::said_by(first)) else {
                continue;
            };
            for second in next.of_left(via).filter(|mapping| mapping.is_judged()) {
                match (second.right(), Relations::said_by(second)) {
                    (Some(right), Some(further)) => {
                        let chained = said.then(further);
                        if chained != Relations::ANY {
                            let known = pairs.entry((left, right));
                            let known = known.or_insert((Relations::ANY, Vec::new()));
                            known.0 = known.0.and(chained);
                            known.1.push(via);
                        }
                    }
                    _ if is_within(first.relation()) => lacks.push(ComposedLack {
                        side: Side::Left,
                        code: left,
                        via,
                    }),
                    _ => {}
                }
            }
        }
        for second in judged(next) {
            if let (Some(via), Some(code)) = (second.left(), second.right())
                && is_within(second.relation().map(Relation::inverse))
                && self.of_right(via).any(is_lack)
            {
                let side = Side::Right;
                lacks.push(ComposedLack { side, code, via });
            }
        }
        let pair = |((left, right), (relations, via))| ComposedPair {
            left,
            right,
            relations,
            via,
        };
        Ok(Composition {
            left: self.left.clone(),
            via: self.right.clone(),
            right: next.right.clone(),
            pairs: pairs.into_iter().map(pair).collect(),
            lacks,
        })
    }
}

fn judged(crosswalk: &Crosswalk) -> impl Iterator<Item = &Mapping> {
    crosswalk.mappings().iter().filter(|one| one.is_judged())
}

fn is_lack(mapping: &Mapping) -> bool {
    mapping.is_judged() && matches!(mapping.finding, Finding::NoCounterpart { .. })
}

/// Returns if all of an item is in the other.
fn is_within(relation: Option<Relation>) -> bool {
    matches!(relation, Some(Relation::Equal | Relation::Narrower))
}

/// An item and all above it.
fn upward(code: Code) -> impl Iterator<Item = Code> {
    std::iter::once(code).chain(code.ancestors())
}

impl Composition {
    /// Returns the left list's name.
    pub fn left(&self) -> &ListId {
        &self.left
    }

    /// Returns the name of the list between.
    pub fn via(&self) -> &ListId {
        &self.via
    }

    /// Returns the right list's name.
    pub fn right(&self) -> &ListId {
        &self.right
    }

    /// Returns the chained pairs, in the order of the left list and then of the right one.
    pub fn pairs(&self) -> &[ComposedPair] {
        &self.pairs
    }

    /// Returns the items without a counterpart at the other end.
    pub fn lacks(&self) -> &[ComposedLack] {
        &self.lacks
    }

    /// Returns a crosswalk of the pairs that have one possible relation, as a program's proposals
    /// that name the items between.
    ///
    /// # Errors
    /// Returns an error if a list's name cannot be the prefix of a crosswalk.
    pub fn proposals(&self) -> Result<Crosswalk, Error> {
        let proposal = |pair: &ComposedPair| {
            let relation = pair.relations.only()?;
            let by = Justification::MappingChaining;
            let mut mapping = Mapping::pair(pair.left, pair.right, relation, by);
            let through = pair.via.iter().map(|code| {
                let words = format!("through {}:{code}", self.via);
                Evidence::new(EvidenceKind::Other, words)
            });
            mapping.evidence.extend(through);
            Some(mapping)
        };
        let proposals = self.pairs.iter().filter_map(proposal).collect();
        Crosswalk::new(self.left.clone(), self.right.clone(), proposals)
    }

    /// Compares with the judgments of a direct crosswalk between the two ends, of either direction.
    ///
    /// # Errors
    /// Returns an error if the crosswalk is one of other lists.
    pub fn compare(&self, direct: &Crosswalk) -> Result<Agreement, Error> {
        let turned;
        let direct = if direct.left == self.right && direct.right == self.left {
            turned = direct.swapped();
            &turned
        } else {
            direct
        };
        for (end, found) in [(&self.left, &direct.left), (&self.right, &direct.right)] {
            if end != found {
                return Err(Kind::DifferentLists(found.to_string(), end.to_string()).into());
            }
        }
        let mut agreement = Agreement {
            same: 0,
            possible: 0,
            conflicts: Vec::new(),
            added: Vec::new(),
        };
        let around = Around::of(direct);
        for pair in &self.pairs {
            agreement.add(pair, direct, &around);
        }
        for lack in &self.lacks {
            agreement.conflicts.extend(around.against(lack));
        }
        Ok(agreement)
    }
}

/// The judgments of a crosswalk, by the items above theirs.
struct Around {
    /// For each item the first pair of it or of an item below it.
    below: BTreeMap<(Side, Code), [Code; 2]>,
    /// Pairs of items that are above two that meet.
    meet_below: std::collections::BTreeSet<[Code; 2]>,
}

impl Around {
    fn of(direct: &Crosswalk) -> Around {
        let mut around = Around {
            below: BTreeMap::new(),
            meet_below: std::collections::BTreeSet::new(),
        };
        for mapping in judged(direct) {
            let Some((left, right)) = mapping.left().zip(mapping.right()) else {
                continue;
            };
            if mapping.relation() != Some(Relation::Unrelated) {
                for (side, code) in [(Side::Left, left), (Side::Right, right)] {
                    for above in upward(code) {
                        around.below.entry((side, above)).or_insert([left, right]);
                    }
                }
            }
            for one in upward(left) {
                around
                    .meet_below
                    .extend(upward(right).map(|other| [one, other]));
            }
        }
        around
    }

    /// Returns the judgment that an item has a counterpart, against a chain that says that it has
    /// none.
    fn against(&self, lack: &ComposedLack) -> Option<Conflict> {
        let judged = *self.below.get(&(lack.side, lack.code))?;
        Some(Conflict::Lack {
            composed: *lack,
            judged,
        })
    }

    /// Returns if two items, or two above or below them, are in a judged pair.
    fn knows(&self, pair: &ComposedPair, direct: &Crosswalk) -> bool {
        let above = |left: Code| {
            let mut pairs = direct.of_left(left).filter(|mapping| mapping.is_judged());
            pairs.any(|mapping| {
                let other = mapping.right();
                other.is_some_and(|other| {
                    other.contains(pair.right) || other == pair.right || pair.right.contains(other)
                })
            })
        };
        self.meet_below.contains(&[pair.left, pair.right])
            || upward(pair.left).any(above)
            || upward(pair.right).any(|right| self.meet_below.contains(&[pair.left, right]))
    }
}

impl Agreement {
    fn add(&mut self, pair: &ComposedPair, direct: &Crosswalk, around: &Around) {
        let mut judgments = direct.of_left(pair.left).filter(|one| one.is_judged());
        if let Some(judgment) = judgments.find(|one| one.right() == Some(pair.right))
            && let Some(relation) = judgment.relation()
        {
            let said = Relations::said_by(judgment).unwrap_or(Relations::ANY);
            if said.and(pair.relations).iter().next().is_none() {
                self.conflicts.push(Conflict::Relation {
                    composed: pair.clone(),
                    direct: relation,
                });
            } else if pair.relations.only() == Some(relation) {
                self.same += 1;
            } else {
                self.possible += 1;
            }
            return;
        }
        if !pair.relations.meets() {
            return;
        }
        for (side, code) in [(Side::Left, pair.left), (Side::Right, pair.right)] {
            let lacking = |code: &Code| direct.of(side, *code).any(is_lack);
            if let Some(judged) = upward(code).find(lacking) {
                self.conflicts.push(Conflict::Counterpart {
                    composed: pair.clone(),
                    side,
                    judged,
                });
                return;
            }
        }
        if !around.knows(pair, direct) {
            self.added.push(pair.clone());
        }
    }

    /// Returns the share of the pairs of both, with a single relation by the chain or in conflict,
    /// that have the same relation. `None` if there is none.
    pub fn agreement(&self) -> Option<f64> {
        let conflicts = self.conflicts.iter();
        let of_relation = conflicts.filter(|one| matches!(one, Conflict::Relation { .. }));
        let all = self.same + of_relation.count();
        (all > 0).then(|| self.same as f64 / all as f64)
    }
}

impl fmt::Display for ComposedPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let via: Vec<String> = self.via.iter().map(ToString::to_string).collect();
        let through = via.join(", ");
        write!(
            f,
            "{} {} {} through {through}",
            self.left, self.relations, self.right
        )
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Relation { composed, direct } => {
                write!(f, "{composed}; directly judged {direct}")
            }
            Conflict::Counterpart {
                composed, judged, ..
            } => {
                write!(
                    f,
                    "{composed}; {judged} directly judged to have no counterpart"
                )
            }
            Conflict::Lack { composed, judged } => write!(
                f,
                "{} has no counterpart through {}; {} and {} directly judged to meet",
                composed.code, composed.via, judged[0], judged[1]
            ),
        }
    }
}
