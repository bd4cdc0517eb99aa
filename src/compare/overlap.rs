//! Reads what two lists share from a crosswalk. The rules are in the guide of
//! [`compare`](crate::compare).

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::share::{OverlapBasis, OverlapShare, Verdict};
use super::verdicts::{Own, Used, own, used, verdicts};
use crate::code::{Category, Code, ProductGroup};
use crate::compare::Comparison;
use crate::count::{CountingRule, Unavailable};
use crate::crosswalk::{Crosswalk, MappingDifference, Relation, Side};
use crate::error::Error;
use crate::list::{ControlList, Item, ItemSet, Reason};
use crate::measure::MeasureId;

/// The overlap of two lists, within a scope, by a crosswalk. [`Comparison::overlap`] makes it.
#[derive(Debug, Clone)]
pub struct Overlap<'a> {
    comparison: Comparison<'a>,
    basis: OverlapBasis,
    halves: Result<[Half<'a>; 2], Unavailable>,
    /// Pairs of positions that are mapped as equal.
    equal: Vec<[usize; 2]>,
}

/// One side: the items of the scope, and the verdict of every item of the list.
#[derive(Debug, Clone)]
struct Half<'a> {
    set: ItemSet<'a>,
    verdicts: Vec<Verdict>,
    /// By which kinds of differences each item goes beyond its closest counterpart.
    beyond: Vec<u16>,
}

impl<'a> Comparison<'a> {
    /// Returns the overlap of the two lists by a crosswalk, which may be of either direction.
    ///
    /// # Errors
    /// A crosswalk of other lists, or one that maps a code that its list does not have.
    ///
    /// ```
    /// use export_control::compare::OverlapBasis;
    /// use export_control::{Comparison, CountingRule, Side, Verdict, cn_dual_use, crosswalk, us_ccl};
    /// let comparison = Comparison::new(us_ccl(), cn_dual_use());
    /// let overlap = comparison.overlap(crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk"), OverlapBasis::default())?;
    /// let share = overlap.share(Side::Right, CountingRule::Provisions).expect("a day that the sources cover");
    /// assert_eq!(share.total(), share.shared() + share.number(Verdict::OnlyHere) + share.number(Verdict::Undecided));
    /// println!("{share}");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn overlap(
        &self,
        crosswalk: &Crosswalk,
        basis: OverlapBasis,
    ) -> Result<Overlap<'a>, Error> {
        let (left, right) = (self.left(), self.right());
        let turned;
        let crosswalk = if crosswalk.left() == right.id()
            && crosswalk.right() == left.id()
            && left.id() != right.id()
        {
            turned = crosswalk.swapped();
            &turned
        } else {
            crosswalk
        };
        crosswalk.check(left, right)?;
        let used = used(crosswalk, basis).into_iter();
        let used: Vec<Used<'_>> = used.map(|one| Used::of(one, [left, right])).collect();
        let equal = used
            .iter()
            .filter(|one| one.mapping.relation() == Some(Relation::Equal));
        let equal = equal
            .filter_map(|one| Some([one.at[0]?, one.at[1]?]))
            .collect();
        let halves = self.halves(&used, basis);
        Ok(Overlap {
            comparison: self.clone(),
            basis,
            halves,
            equal,
        })
    }

    fn halves(&self, used: &[Used<'_>], basis: OverlapBasis) -> Result<[Half<'a>; 2], Unavailable> {
        let times = self.scope().times();
        let lists = [self.left(), self.right()];
        let there = [lists[0].within(&times)?, lists[1].within(&times)?];
        let half = |side: Side| -> Result<Half<'a>, Unavailable> {
            let (at, other) = (side as usize, side.other() as usize);
            let own = own(lists[at], side, used, &there[other]);
            Ok(Half {
                set: self.set(at)?,
                verdicts: verdicts(&there[at], &own.verdicts, basis.is_complete(side.other())),
                beyond: kinds(&own),
            })
        };
        Ok([half(Side::Left)?, half(Side::Right)?])
    }
}

/// The kinds of differences alone.
fn kinds(own: &Own) -> Vec<u16> {
    let kinds = |beyond: &Option<(usize, u16)>| beyond.map_or(0, |(_, kinds)| kinds);
    own.beyond.iter().map(kinds).collect()
}

impl<'a> Overlap<'a> {
    /// The lists and the scope.
    pub fn comparison(&self) -> &Comparison<'a> {
        &self.comparison
    }

    /// Returns the basis of the overlap.
    pub fn basis(&self) -> OverlapBasis {
        self.basis
    }

    fn list(&self, side: Side) -> &'a ControlList {
        match side {
            Side::Left => self.comparison.left(),
            Side::Right => self.comparison.right(),
        }
    }

    fn half(&self, side: Side) -> Result<&Half<'a>, Unavailable> {
        self.halves
            .as_ref()
            .map(|halves| &halves[side as usize])
            .map_err(Clone::clone)
    }

    /// The verdict of every item of a side's list.
    pub(super) fn verdicts(&self, side: Side) -> Result<&[Verdict], Unavailable> {
        Ok(&self.half(side)?.verdicts)
    }

    /// An item's verdict; `None` where the list does not have it.
    ///
    /// # Errors
    /// A day on which the status of items is unknown; so for everything below.
    pub fn verdict(&self, side: Side, code: Code) -> Result<Option<Verdict>, Unavailable> {
        Ok(self
            .list(side)
            .position(code)
            .zip(Some(self.half(side)?))
            .map(|(at, half)| half.verdicts[at]))
    }

    /// The items of the scope with a verdict.
    ///
    /// # Errors
    /// A day on which the status of items is unknown.
    pub fn items(&self, side: Side, verdict: Verdict) -> Result<ItemSet<'a>, Unavailable> {
        let half = self.half(side)?;
        let mut set = ItemSet::empty(self.list(side));
        half.set
            .positions()
            .filter(|at| half.verdicts[*at] == verdict)
            .for_each(|at| set.insert_at(at));
        Ok(set)
    }

    /// Calls back with everything that the rule counts, its position first, its verdict, and how
    /// much it counts for.
    fn for_each(
        &self,
        side: Side,
        rule: CountingRule,
        mut unit: impl FnMut(usize, &'a Item, Verdict, usize),
    ) -> Result<(), Unavailable> {
        let (half, list) = (self.half(side)?, self.list(side));
        half.set.for_each_unit_at(rule, |at, number| {
            unit(at, &list.items()[at], half.verdicts[at], number);
        })
    }

    /// Returns the items that a rule counts and that have this verdict, in list order.
    ///
    /// # Errors
    /// A rule that the list cannot answer; a day on which the status of items is unknown.
    pub fn units(
        &self,
        side: Side,
        rule: CountingRule,
        verdict: Verdict,
    ) -> Result<Vec<&'a Item>, Unavailable> {
        let mut units = Vec::new();
        self.for_each(side, rule, |_, item, found, _| {
            if found == verdict {
                units.push(item);
            }
        })?;
        Ok(units)
    }

    fn nothing(&self, side: Side, rule: CountingRule) -> OverlapShare {
        OverlapShare::nothing(self.list(side), rule, self.comparison.scope(), self.basis)
    }

    /// Returns the division of a side's count over the verdicts.
    ///
    /// # Errors
    /// A rule that the list cannot answer; a day on which the status of items is unknown.
    pub fn share(&self, side: Side, rule: CountingRule) -> Result<OverlapShare, Unavailable> {
        let mut share = self.nothing(side, rule);
        self.for_each(side, rule, |_, _, verdict, number| {
            share.add(verdict, number);
        })?;
        Ok(share)
    }

    fn by<K: Ord>(
        &self,
        side: Side,
        rule: CountingRule,
        keys: impl Fn(usize, &'a Item) -> Vec<K>,
    ) -> Result<BTreeMap<K, OverlapShare>, Unavailable> {
        let mut shares: BTreeMap<K, OverlapShare> = BTreeMap::new();
        self.for_each(side, rule, |at, item, verdict, number| {
            for key in keys(at, item) {
                shares
                    .entry(key)
                    .or_insert_with(|| self.nothing(side, rule))
                    .add(verdict, number);
            }
        })?;
        Ok(shares)
    }

    /// The division in each category that has anything.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_category(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<Category, OverlapShare>, Unavailable> {
        self.by(side, rule, |_, item| vec![item.code.category()])
    }

    /// The division in each product group that has anything.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_group(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<ProductGroup, OverlapShare>, Unavailable> {
        self.by(side, rule, |_, item| vec![item.code.group()])
    }

    /// Returns the division by reason for control. An item with several reasons is counted under
    /// each, so the parts add up to more than the whole. An item without one is under `None`.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_reason(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<Option<Reason>, OverlapShare>, Unavailable> {
        let list = self.list(side);
        self.by(side, rule, |_, item| match list.reasons(item) {
            [] => vec![None],
            reasons => reasons.iter().copied().map(Some).collect(),
        })
    }

    /// Returns the division of the items that are shared in part, by kind of difference: the kinds
    /// by which an item goes beyond its closest counterpart. The closest is the one beyond which it
    /// goes by the fewest differences. The kinds are those of [`MappingDifference::KINDS`]. An item
    /// with differences of several kinds is counted under each. One without a recorded difference
    /// is counted under `None`.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_difference(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<Option<&'static str>, OverlapShare>, Unavailable> {
        let half = self.half(side)?;
        let mut shares = self.by(side, rule, |at, _| {
            if half.verdicts[at] != Verdict::SharedInPart {
                return Vec::new();
            }
            let mask = half.beyond[at];
            let kinds = MappingDifference::KINDS.into_iter().enumerate();
            let kinds = kinds.filter(|(bit, _)| mask & (1 << bit) != 0);
            match mask {
                0 => vec![None],
                _ => kinds.map(|(_, kind)| Some(kind)).collect(),
            }
        })?;
        shares.retain(|_, share| share.total() > 0);
        Ok(shares)
    }

    /// The division by the measure that brought the items; `None` where none is recorded.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_measure(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<Option<MeasureId>, OverlapShare>, Unavailable> {
        self.by(side, rule, |_, item| vec![item.facts.measure.clone()])
    }

    /// Returns the shared items over all items of both sides together (Jaccard's index), if that
    /// means anything. It does if nothing is undecided or shared in part, and if the shared items
    /// pair off one to one as equal. Two lists that cut the same thing into unlike pieces have no
    /// such index. Use their [containments](OverlapShare::containment) instead.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn jaccard(&self, rule: CountingRule) -> Result<Option<f64>, Unavailable> {
        let shares = [
            self.share(Side::Left, rule)?,
            self.share(Side::Right, rule)?,
        ];
        if shares
            .iter()
            .any(|share| share.number(Verdict::SharedInPart) + share.number(Verdict::Undecided) > 0)
        {
            return Ok(None);
        }
        let mut units = [FixedBitSet::new(), FixedBitSet::new()];
        for side in Side::BOTH {
            let list = self.list(side);
            units[side as usize].grow(list.items().len());
            self.for_each(side, rule, |at, _, verdict, _| {
                if verdict == Verdict::Shared {
                    units[side as usize].insert(at);
                }
            })?;
        }
        let mut pairs = 0;
        for [left, right] in &self.equal {
            // Each is taken out once, so that a second counterpart is missed and the pairs do not
            // add up.
            if units[0].contains(*left) && units[1].contains(*right) {
                units[0].remove(*left);
                units[1].remove(*right);
                pairs += 1;
            }
        }
        let union = shares[0].total() + shares[1].total() - pairs;
        let one_to_one = shares.iter().all(|share| share.shared() == pairs);
        Ok((one_to_one && union > 0).then(|| pairs as f64 / union as f64))
    }
}
