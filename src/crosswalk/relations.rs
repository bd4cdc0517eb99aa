//! Sets of relations that two items can have, and how relations chain.

use std::fmt;

use super::{Mapping, MappingDifference, Relation};

/// The relations that two items can have, as far as is known: one, several, or none if what is known
/// contradicts itself.
///
/// ```
/// use export_control::Relation;
/// // All of a is in b, and all of b is in c, so all of a is in c.
/// assert_eq!(Relation::Narrower.then(Relation::Narrower).only(), Some(Relation::Narrower));
/// // Both a and c are in b: nothing follows for the two.
/// assert_eq!(Relation::Narrower.then(Relation::Broader).iter().count(), 5);
/// // Both have all of b, so they have something in common.
/// assert!(Relation::Broader.then(Relation::Narrower).meets());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relations(u8);

impl Relations {
    /// Nothing is known.
    pub const ANY: Relations = Relations(0b1_1111);

    /// Something is in both.
    const MEETING: Relations = Relations(0b0_1111);

    const NONE: Relations = Relations(0);

    const fn of(relation: Relation) -> Relations {
        Relations(1 << relation as u8)
    }

    const fn or(self, relation: Relation) -> Relations {
        Relations(self.0 | Relations::of(relation).0)
    }

    /// Returns what a mapping says. An overlap of texts that do not state all leaves open in which
    /// way the two meet.
    pub(super) fn said_by(mapping: &Mapping) -> Option<Relations> {
        let unknown = |one: &MappingDifference| matches!(one, MappingDifference::NotStated { .. });
        Some(match mapping.relation()? {
            Relation::Overlapping if mapping.differences.iter().any(unknown) => Relations::MEETING,
            relation => Relations::of(relation),
        })
    }

    /// Returns if the relation is possible.
    pub fn contains(self, relation: Relation) -> bool {
        self.0 & Relations::of(relation).0 != 0
    }

    /// Returns the possible relations.
    pub fn iter(self) -> impl Iterator<Item = Relation> {
        Relation::ALL
            .into_iter()
            .filter(move |relation| self.contains(*relation))
    }

    /// Returns the relation if only one is possible.
    pub fn only(self) -> Option<Relation> {
        let mut all = self.iter();
        all.next().filter(|_| all.next().is_none())
    }

    /// Returns if the two certainly have something in common.
    pub fn meets(self) -> bool {
        self != Relations::NONE && !self.contains(Relation::Unrelated)
    }

    /// Returns what is possible by both.
    #[must_use]
    pub fn and(self, other: Relations) -> Relations {
        Relations(self.0 & other.0)
    }

    /// Returns what is possible between the first and the third of three items, if this is possible
    /// between the first and the second, and `next` between the second and the third.
    #[must_use]
    pub fn then(self, next: Relations) -> Relations {
        let mut possible = Relations::NONE;
        for first in self.iter() {
            for second in next.iter() {
                possible.0 |= first.then(second).0;
            }
        }
        possible
    }
}

impl Relation {
    /// Returns the relations that the first and the third of three items can have, if this is the
    /// relation of the first to the second, and `next` that of the second to the third.
    ///
    /// These are the rules of sets, with *unrelated* for two without a common member. Equal items
    /// are interchangeable. Broader than broader is broader, and narrower than narrower is narrower.
    /// An item within one of two unrelated items is unrelated to the other. All else leaves several
    /// relations open.
    pub fn then(self, next: Relation) -> Relations {
        use Relation::{Broader, Equal, Narrower, Overlapping, Unrelated};
        let of = Relations::of;
        match (self, next) {
            (Equal, same) | (same, Equal) => of(same),
            (Broader, Broader) => of(Broader),
            (Narrower, Narrower) => of(Narrower),
            (Narrower, Unrelated) | (Unrelated, Broader) => of(Unrelated),
            (Broader, Narrower) => Relations::MEETING,
            (Broader, Overlapping) => of(Overlapping).or(Broader),
            (Overlapping, Narrower) => of(Overlapping).or(Narrower),
            (Narrower, Overlapping) | (Unrelated, Narrower | Overlapping) => {
                of(Unrelated).or(Overlapping).or(Narrower)
            }
            (Overlapping, Broader | Unrelated) | (Broader, Unrelated) => {
                of(Unrelated).or(Overlapping).or(Broader)
            }
            (Narrower, Broader) | (Overlapping, Overlapping) | (Unrelated, Unrelated) => {
                Relations::ANY
            }
        }
    }
}

impl From<Relation> for Relations {
    fn from(relation: Relation) -> Relations {
        Relations::of(relation)
    }
}

/// Prints the relations, joined by "or".
impl fmt::Display for Relations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.iter().map(|one| one.to_string()).collect();
        match words.len() {
            0 => f.write_str("in no possible relation to"),
            5 => f.write_str("in any relation to"),
            _ => f.write_str(&words.join(" or ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Relation, Relations};

    /// The relation of two sets, each of some of eight things.
    fn relation(a: u8, b: u8) -> Relation {
        match (a & !b != 0, b & !a != 0) {
            _ if a & b == 0 => Relation::Unrelated,
            (false, false) => Relation::Equal,
            (true, false) => Relation::Broader,
            (false, true) => Relation::Narrower,
            (true, true) => Relation::Overlapping,
        }
    }

    /// The table is that of all sets: it has every relation that some three sets have, and no other.
    #[test]
    fn chains_are_those_of_sets() {
        let mut seen = [[0u8; 5]; 5];
        // Seven things are enough: one for each way to be in some of three sets.
        let sets: Vec<u8> = (1..=127).collect();
        for a in &sets {
            for b in &sets {
                let first = relation(*a, *b);
                for c in &sets {
                    let cell = &mut seen[first as usize][relation(*b, *c) as usize];
                    *cell |= 1 << relation(*a, *c) as u8;
                }
            }
        }
        for first in Relation::ALL {
            for next in Relation::ALL {
                let expected = Relations(seen[first as usize][next as usize]);
                assert_eq!(first.then(next), expected, "{first} and {next}");
            }
        }
    }
}
