//! What mappings of one crosswalk may not say together.

use std::collections::{HashMap, HashSet};

use super::{Crosswalk, Finding, Mapping, Relation, Side};
use crate::code::Code;
use crate::error::Error;

impl Crosswalk {
    pub(super) fn contradiction(&self) -> Option<Error> {
        self.contradicting_pair()
            .or_else(|| self.contradicting_lack())
    }

    /// Two judgements of one pair, or one mapping twice.
    fn contradicting_pair(&self) -> Option<Error> {
        let (left, right) = (&self.left, &self.right);
        for pair in self
            .mappings
            .chunk_by(|a, b| (a.left(), a.right()) == (b.left(), b.right()))
        {
            let judged = pair
                .iter()
                .filter(|mapping| mapping.is_judged())
                .find_map(Mapping::relation);
            let mut seen = HashSet::new();
            for one in pair {
                if let (
                    Finding::Pair {
                        left: a,
                        right: b,
                        relation,
                    },
                    Some(earlier),
                ) = (one.finding, judged)
                    && earlier != relation
                    && one.is_judged()
                {
                    return Some(Error::unexpected(
                        format!(
                            "{left}:{a} and {right}:{b} mapped twice, as {earlier} and {relation}"
                        ),
                        "one judgement of two items",
                    ));
                }
                if !seen.insert(one.identity()) {
                    let code = |side| {
                        one.finding
                            .code(side)
                            .map_or_else(|| "nothing".to_owned(), |code| code.to_string())
                    };
                    return Some(Error::unexpected(
                        format!(
                            "the mapping of {left}:{} to {right}:{} twice",
                            code(Side::Left),
                            code(Side::Right)
                        ),
                        "each mapping once",
                    ));
                }
            }
        }
        None
    }

    /// A judgement that an item has no counterpart, beside one that it has.
    fn contradicting_lack(&self) -> Option<Error> {
        let (left, right) = (&self.left, &self.right);
        // The first counterpart that each item was judged to have.
        let mut counterparts: HashMap<(Side, Code), (Code, Relation)> = HashMap::new();
        for mapping in self.mappings.iter().filter(|mapping| mapping.is_judged()) {
            if let Finding::Pair {
                left,
                right,
                relation,
            } = mapping.finding
                && relation != Relation::Unrelated
            {
                counterparts
                    .entry((Side::Left, left))
                    .or_insert((right, relation));
                counterparts
                    .entry((Side::Right, right))
                    .or_insert((left, relation.inverse()));
            }
        }
        for none in self.mappings.iter().filter(|mapping| mapping.is_judged()) {
            if let Finding::NoCounterpart { side, code } = none.finding
                && let Some((other, relation)) = counterparts.get(&(side, code))
            {
                let (here, there) = if side == Side::Left {
                    (left, right)
                } else {
                    (right, left)
                };
                return Some(Error::unexpected(
                    format!(
                        "{here}:{code} judged to have no counterpart and to be {relation} {there}:{other}"
                    ),
                    "judgements that can be true together",
                ));
            }
        }
        None
    }
}
