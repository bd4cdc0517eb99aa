//! Reads what two lists share from a crosswalk. The rules are in the guide of
//! [`compare`](crate::compare).

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use fixedbitset::FixedBitSet;

use crate::code::{Category, Code, ProductGroup};
use crate::compare::Comparison;
use crate::count::{CountingRule, Scope, Unavailable};
use crate::crosswalk::{Crosswalk, Finding, Mapping, Relation, Side};
use crate::error::Error;
use crate::list::ItemSet;
use crate::list::{ControlList, Edition, ListId};
use crate::list::{Item, Reason};
use crate::measure::MeasureId;
use crate::text::steps::step;

/// Says what is known of an item's counterparts on the other list. The guide in
/// [`compare`](crate::compare) says how it follows from a crosswalk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// The other list catches everything that this item does.
    Shared,
    /// The other list catches some of it.
    SharedInPart,
    /// Looked at, and the other list has no counterpart, or none but headings that hold nothing.
    OnlyHere,
    /// Not looked at.
    Undecided,
}

/// What an overlap rests on. By default: judgements made by hand or confirmed from outside, and
/// nothing that they do not say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OverlapBasis {
    proposals: Option<f64>,
    complete: [bool; 2],
}

impl OverlapBasis {
    /// A program's proposals count too, from this confidence up, for pairs of items that nobody has
    /// judged.
    #[must_use]
    pub fn proposals(mut self, at_least: f64) -> OverlapBasis {
        self.proposals = Some(at_least);
        self
    }

    /// Every item of this side was looked at and all its counterparts were recorded, so that what
    /// the other side has besides is only there. This is a statement about how the crosswalk
    /// was made; the crate cannot check it.
    #[must_use]
    pub fn complete(mut self, side: Side) -> OverlapBasis {
        self.complete[side as usize] = true;
        self
    }
}

impl fmt::Display for OverlapBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("judged mappings")?;
        if let Some(confidence) = self.proposals {
            write!(f, " and proposals from confidence {confidence}")?;
        }
        for (complete, side) in self.complete.into_iter().zip(["left", "right"]) {
            if complete {
                write!(f, ", taken for all counterparts of the {side} list")?;
            }
        }
        Ok(())
    }
}

/// How a count divides over the [`Verdict`]s, with the rule, the scope and the edition that it
/// belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OverlapShare {
    list: ListId,
    edition: Edition,
    rule: CountingRule,
    scope: Scope,
    counts: [usize; 4],
}

impl OverlapShare {
    /// How many have a verdict.
    pub fn number(&self, verdict: Verdict) -> usize {
        self.counts[verdict as usize]
    }

    /// How many are shared, wholly or in part.
    pub fn shared(&self) -> usize {
        self.number(Verdict::Shared) + self.number(Verdict::SharedInPart)
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The part of this side that the other list contains: the least and the most that it can be,
    /// given what is undecided. `None` of nothing.
    ///
    /// The least counts what is shared wholly; the most adds what is shared in part and what is
    /// undecided.
    pub fn containment(&self) -> Option<(f64, f64)> {
        let total = self.total();
        let of = |part: usize| part as f64 / total as f64;
        (total > 0).then(|| {
            (
                of(self.number(Verdict::Shared)),
                of(total - self.number(Verdict::OnlyHere)),
            )
        })
    }

    /// The list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Its edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The rule.
    pub fn rule(&self) -> CountingRule {
        self.rule
    }

    /// The scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

impl fmt::Display for OverlapShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [shared, in_part, only, undecided] = self.counts;
        write!(
            f,
            "{} of {} {} of {} shared ({shared} wholly, {in_part} in part), {only} only here, {undecided} undecided, {} [{}]",
            shared + in_part,
            self.total(),
            self.rule,
            self.list,
            self.scope,
            self.edition.label
        )
    }
}

/// What two lists share, within a scope, by a crosswalk. [`Comparison::overlap`] makes it.
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
}

impl<'a> Comparison<'a> {
    /// What the two lists share by a crosswalk, which may be of either direction.
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
        let used = used(crosswalk, basis);
        let equal = used
            .iter()
            .filter(|mapping| mapping.relation() == Some(Relation::Equal));
        let position =
            |list: &ControlList, code: Option<Code>| code.and_then(|code| list.position(code));
        let equal = equal
            .filter_map(|m| Some([position(left, m.left())?, position(right, m.right())?]))
            .collect();
        let halves = self.halves(&used, basis);
        Ok(Overlap {
            comparison: self.clone(),
            basis,
            halves,
            equal,
        })
    }

    fn halves(&self, used: &[&Mapping], basis: OverlapBasis) -> Result<[Half<'a>; 2], Unavailable> {
        let times = self.scope().times();
        let lists = [self.left(), self.right()];
        let there = [lists[0].within(&times)?, lists[1].within(&times)?];
        let half = |side: Side| -> Result<Half<'a>, Unavailable> {
            let (at, other) = (side as usize, side.other() as usize);
            let own = own(lists[at], side, used, &there[other]);
            Ok(Half {
                set: lists[at].within(self.scope())?,
                verdicts: verdicts(&there[at], &own, basis.complete[other]),
            })
        };
        Ok([half(Side::Left)?, half(Side::Right)?])
    }
}

/// The mappings that count: judgements, and proposals for items that nobody has judged.
fn used(crosswalk: &Crosswalk, basis: OverlapBasis) -> Vec<&Mapping> {
    // What was judged, found once: many proposals may name one item.
    let (mut decided, mut pairs) = (HashSet::new(), HashSet::new());
    for mapping in crosswalk.mappings().iter().filter(|m| m.is_judged()) {
        step();
        if mapping.relation() != Some(Relation::Unrelated) {
            decided.extend(Side::BOTH.map(|side| (side, mapping.finding.code(side))));
        }
        pairs.insert((mapping.left(), mapping.right()));
    }
    let decided = |side: Side, code: Option<Code>| {
        step();
        code.is_some() && decided.contains(&(side, code))
    };
    let ruled_out = |mapping: &Mapping| match mapping.finding {
        Finding::Pair { .. } => pairs.contains(&(mapping.left(), mapping.right())),
        Finding::NoCounterpart { .. } => false,
    };
    let proposed = |mapping: &Mapping| {
        let enough = basis
            .proposals
            .zip(mapping.confidence)
            .is_some_and(|(least, confidence)| confidence >= least);
        enough
            && !decided(Side::Left, mapping.left())
            && !decided(Side::Right, mapping.right())
            && !ruled_out(mapping)
    };
    crosswalk
        .mappings()
        .iter()
        .filter(|mapping| mapping.is_judged() || proposed(mapping))
        .collect()
}

/// What each item's own mappings say, with counterparts that are there.
fn own(
    list: &ControlList,
    side: Side,
    used: &[&Mapping],
    there: &ItemSet<'_>,
) -> Vec<Option<Verdict>> {
    let mut own: Vec<Option<Verdict>> = vec![None; list.items().len()];
    // Items with judged counterparts that hold nothing, and with ones that are not there on that
    // day.
    let [mut with_empty, mut with_absent] = [
        FixedBitSet::with_capacity(own.len()),
        FixedBitSet::with_capacity(own.len()),
    ];
    let holds_nothing =
        |list: &ControlList, code: Code| list.get(code).is_some_and(Item::holds_nothing);
    for mapping in used {
        let finding = if side == Side::Left {
            mapping.finding
        } else {
            mapping.finding.inverse()
        };
        let (Some(code), Some(at)) = (
            finding.code(Side::Left),
            finding
                .code(Side::Left)
                .and_then(|code| list.position(code)),
        ) else {
            continue;
        };
        let verdict = match finding {
            Finding::Pair {
                relation: Relation::Unrelated,
                ..
            } => continue,
            Finding::Pair { right, .. }
                if holds_nothing(list, code) || holds_nothing(there.list(), right) =>
            {
                with_empty.set(at, with_empty.contains(at) || mapping.is_judged());
                continue;
            }
            Finding::Pair { right, .. } if !there.contains(right) => {
                with_absent.insert(at);
                continue;
            }
            Finding::Pair {
                relation: Relation::Equal | Relation::Narrower,
                ..
            } => Verdict::Shared,
            Finding::Pair { .. } => Verdict::SharedInPart,
            Finding::NoCounterpart { .. } => Verdict::OnlyHere,
        };
        // The strongest holds: the verdicts are in that order.
        own[at] = Some(own[at].map_or(verdict, |other| other.min(verdict)));
    }
    for at in with_empty.ones().filter(|at| !with_absent.contains(*at)) {
        own[at].get_or_insert(Verdict::OnlyHere);
    }
    own
}

/// The verdict of every item: its own, then from above, then from below.
fn verdicts(there: &ItemSet<'_>, own: &[Option<Verdict>], closed: bool) -> Vec<Verdict> {
    let list = there.list();
    let items = list.items();
    let mut verdicts = vec![Verdict::Undecided; items.len()];
    // For each item above the present one: where it ends, and what it says of what is below it.
    let mut above: Vec<(usize, Verdict)> = Vec::new();
    for at in 0..items.len() {
        while above.last().is_some_and(|(end, _)| *end <= at) {
            above.pop();
        }
        // Nothing reaches it, where every reach was recorded.
        let default = if closed {
            Verdict::OnlyHere
        } else {
            Verdict::Undecided
        };
        let inherited = above.last().map_or(default, |(_, verdict)| *verdict);
        let passed = match own[at] {
            Some(Verdict::SharedInPart) if inherited != Verdict::Shared => Verdict::Undecided,
            Some(Verdict::SharedInPart) => Verdict::Shared,
            Some(verdict) => verdict,
            None => inherited,
        };
        verdicts[at] = own[at].map_or(inherited, |own| own.min(passed));
        above.push((list.subtree_end(at), passed));
    }
    // From below, the last items first, so that children come before their parents.
    for at in (0..items.len()).rev() {
        let open = own[at].is_none()
            && (verdicts[at] == Verdict::Undecided
                || (closed && verdicts[at] == Verdict::OnlyHere));
        if !open || items[at].logic.folds() {
            continue;
        }
        let mut seen = [false; 4];
        let mut child = at + 1;
        while child < list.subtree_end(at) {
            if there.contains(items[child].code) {
                seen[verdicts[child] as usize] = true;
            }
            child = list.subtree_end(child);
        }
        verdicts[at] = match seen {
            [false, false, false, false] => verdicts[at],
            [true, false, false, false] => Verdict::Shared,
            [true, ..] | [_, true, ..] => Verdict::SharedInPart,
            [_, _, true, false] => Verdict::OnlyHere,
            _ => Verdict::Undecided,
        };
    }
    verdicts
}

impl<'a> Overlap<'a> {
    /// The lists and the scope.
    pub fn comparison(&self) -> &Comparison<'a> {
        &self.comparison
    }

    /// What it rests on.
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

    /// Calls back with everything that the rule counts, its verdict, and how much it counts for.
    fn for_each(
        &self,
        side: Side,
        rule: CountingRule,
        mut unit: impl FnMut(&'a Item, Verdict, usize),
    ) -> Result<(), Unavailable> {
        let (half, list) = (self.half(side)?, self.list(side));
        half.set.for_each_unit(rule, |code, number| {
            if let Some(at) = list.position(code) {
                unit(&list.items()[at], half.verdicts[at], number);
            }
        })
    }

    /// What the rule counts that has a verdict, in list order.
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
        self.for_each(side, rule, |item, found, _| {
            if found == verdict {
                units.push(item);
            }
        })?;
        Ok(units)
    }

    fn nothing(&self, side: Side, rule: CountingRule) -> OverlapShare {
        let list = self.list(side);
        let scope = self.comparison.scope().clone();
        OverlapShare {
            list: list.id().clone(),
            edition: list.edition().clone(),
            rule,
            scope,
            counts: [0; 4],
        }
    }

    /// How a side's count divides over the verdicts.
    ///
    /// # Errors
    /// A rule that the list cannot answer; a day on which the status of items is unknown.
    pub fn share(&self, side: Side, rule: CountingRule) -> Result<OverlapShare, Unavailable> {
        let mut share = self.nothing(side, rule);
        self.for_each(side, rule, |_, verdict, number| {
            share.counts[verdict as usize] += number
        })?;
        Ok(share)
    }

    fn by<K: Ord>(
        &self,
        side: Side,
        rule: CountingRule,
        keys: impl Fn(&'a Item) -> Vec<K>,
    ) -> Result<BTreeMap<K, OverlapShare>, Unavailable> {
        let mut shares: BTreeMap<K, OverlapShare> = BTreeMap::new();
        self.for_each(side, rule, |item, verdict, number| {
            for key in keys(item) {
                shares
                    .entry(key)
                    .or_insert_with(|| self.nothing(side, rule))
                    .counts[verdict as usize] += number;
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
        self.by(side, rule, |item| vec![item.code.category()])
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
        self.by(side, rule, |item| vec![item.code.group()])
    }

    /// The division by reason for control. An item with several reasons stands under each, so the
    /// parts add up to more than the whole; one with none stands under `None`.
    ///
    /// # Errors
    /// As [`share`](Overlap::share).
    pub fn by_reason(
        &self,
        side: Side,
        rule: CountingRule,
    ) -> Result<BTreeMap<Option<Reason>, OverlapShare>, Unavailable> {
        let list = self.list(side);
        self.by(side, rule, |item| match list.reasons(item) {
            [] => vec![None],
            reasons => reasons.iter().copied().map(Some).collect(),
        })
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
        self.by(side, rule, |item| vec![item.measure.clone()])
    }

    /// What is shared over what there is on both sides together (Jaccard's index), where that means
    /// anything: nothing is undecided or shared in part, and what is shared pairs off one to
    /// one as equal. Two lists that cut the same thing into unlike pieces have no such index; their
    /// [containments](OverlapShare::containment) are what can be said.
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
            self.for_each(side, rule, |item, verdict, _| {
                if verdict == Verdict::Shared
                    && let Some(at) = list.position(item.code)
                {
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
