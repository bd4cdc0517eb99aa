//! What mappings of one crosswalk may not say together.

use std::collections::{HashMap, HashSet};

use super::{Crosswalk, Finding, Mapping, MappingDifference, Relation, Side};
use crate::code::Code;
use crate::error::Error;
use crate::list::ControlList;

impl Crosswalk {
    /// Returns each judged pair whose relation the figures of its items rule out, with the limits
    /// that do so: [`MappingDifference::of_limits`] says that a side catches more which by the
    /// relation catches no more.
    ///
    /// ```
    /// use export_control::{cn_dual_use, crosswalk, us_ccl};
    /// let crosswalk = crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    /// for (mapping, limits) in crosswalk.contradicted_by_limits(us_ccl(), cn_dual_use()) {
    ///     println!("{:?}: {}", mapping.finding, limits[0]);
    /// }
    /// ```
    pub fn contradicted_by_limits<'a>(
        &'a self,
        left: &'a ControlList,
        right: &'a ControlList,
    ) -> impl Iterator<Item = (&'a Mapping, Vec<MappingDifference>)> {
        let judged = self.mappings.iter().filter(|mapping| mapping.is_judged());
        judged.filter_map(|mapping| {
            let relation = mapping.relation()?;
            let items = (left.get(mapping.left()?)?, right.get(mapping.right()?)?);
            let mut limits = MappingDifference::of_limits(items.0, items.1);
            limits.retain(|limit| !relation.allows(std::slice::from_ref(limit)));
            (!limits.is_empty()).then_some((mapping, limits))
        })
    }

    pub(super) fn contradiction(&self) -> Option<Error> {
        self.contradicting_pair()
            .or_else(|| self.contradicting_lack())
    }

    /// Two judgments of one pair, or one mapping twice.
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
                        "one judgment of two items",
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

    /// A judgment that an item has no counterpart, beside one that it has.
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
                    "judgments that can be true together",
                ));
            }
        }
        None
    }
}
