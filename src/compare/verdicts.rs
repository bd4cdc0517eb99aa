//! Decides on each item what it shares with the other list.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::share::{OverlapBasis, Verdict};
use crate::code::Code;
use crate::crosswalk::{Crosswalk, Finding, Mapping, MappingDifference, Relation, Side};
use crate::list::{ControlList, ItemSet};
use crate::text::steps::step;

/// The mappings that count: judgments, and proposals for items that nobody has judged.
pub(super) fn used(crosswalk: &Crosswalk, basis: OverlapBasis) -> Vec<&Mapping> {
    let judged = || crosswalk.mappings().iter().filter(|m| m.is_judged());
    let Some(least) = basis.least() else {
        return judged().collect();
    };
    // Judged items and pairs, found once: many proposals may name one item.
    let (mut decided, mut pairs) = (HashSet::new(), HashSet::new());
    for mapping in judged() {
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
        let enough = mapping
            .confidence
            .is_some_and(|confidence| confidence >= least);
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

/// A mapping that counts, with the positions of its items on their lists.
pub(super) struct Used<'a> {
    pub(super) mapping: &'a Mapping,
    /// Of the left item and of the right one.
    pub(super) at: [Option<usize>; 2],
}

impl<'a> Used<'a> {
    pub(super) fn of(mapping: &'a Mapping, lists: [&ControlList; 2]) -> Used<'a> {
        let at = |side: Side| lists[side as usize].position(mapping.finding.code(side)?);
        Used {
            mapping,
            at: Side::BOTH.map(at),
        }
    }
}

/// The say of each item's own mappings, with counterparts that are there.
pub(super) struct Own {
    pub(super) verdicts: Vec<Option<Verdict>>,
    /// For each item the differences by which it goes beyond its closest counterpart, one bit for
    /// each kind, with their number.
    pub(super) beyond: Vec<Option<(usize, u16)>>,
}

/// Each item's mappings as far as they have been read.
struct Seen {
    own: Own,
    /// Items with judged counterparts that hold nothing or are not there on that day.
    without: FixedBitSet,
    /// Items with a counterpart that catches them together with others, and with one of those that
    /// is missing.
    jointly: FixedBitSet,
    jointly_missing: FixedBitSet,
}

/// Reads what each item's own mappings say, with counterparts that are there.
pub(super) fn own(list: &ControlList, side: Side, used: &[Used<'_>], there: &ItemSet<'_>) -> Own {
    let items = list.items().len();
    let none = || FixedBitSet::with_capacity(items);
    let mut seen = Seen {
        own: Own {
            verdicts: vec![None; items],
            beyond: vec![None; items],
        },
        without: none(),
        jointly: none(),
        jointly_missing: none(),
    };
    for one in used {
        if let Some(at) = one.at[side as usize] {
            seen.read(one, side, at, (list, there));
        }
    }
    let Seen {
        mut own,
        without,
        jointly,
        jointly_missing,
    } = seen;
    // Looked at, and no counterpart has anything or is there.
    for at in without.ones() {
        own.verdicts[at].get_or_insert(Verdict::OnlyHere);
    }
    for at in jointly.ones().filter(|at| !jointly_missing.contains(*at)) {
        own.verdicts[at] = Some(Verdict::Shared);
    }
    own
}

impl Seen {
    fn read(
        &mut self,
        one: &Used<'_>,
        side: Side,
        at: usize,
        (list, there): (&ControlList, &ItemSet<'_>),
    ) {
        let mapping = one.mapping;
        let finding = match side {
            Side::Left => mapping.finding,
            Side::Right => mapping.finding.inverse(),
        };
        let verdict = match finding {
            Finding::Pair {
                relation: Relation::Unrelated,
                ..
            } => return,
            Finding::Pair { .. } => {
                let holds_something = |other: &usize| {
                    there.contains_at(*other) && !there.list().items()[*other].holds_nothing()
                };
                let counterpart = one.at[side.other() as usize].filter(holds_something);
                let missing = counterpart.is_none() || list.items()[at].holds_nothing();
                if mapping.jointly == Some(side) {
                    let seen = match missing {
                        true => &mut self.jointly_missing,
                        false => &mut self.jointly,
                    };
                    seen.insert(at);
                }
                if missing {
                    let judged = self.without.contains(at) || mapping.is_judged();
                    self.without.set(at, judged);
                    return;
                }
                match finding.relation() {
                    Some(Relation::Equal | Relation::Narrower) => Verdict::Shared,
                    _ => Verdict::SharedInPart,
                }
            }
            Finding::NoCounterpart { .. } => Verdict::OnlyHere,
        };
        if verdict == Verdict::SharedInPart {
            let beyond = beyond(mapping, side);
            let closest = &mut self.own.beyond[at];
            *closest = Some(closest.map_or(beyond, |other| other.min(beyond)));
        }
        // The strongest holds: the verdicts are in that order.
        let strongest = &mut self.own.verdicts[at];
        *strongest = Some(strongest.map_or(verdict, |other| other.min(verdict)));
    }
}

/// The differences by which the item of a side goes beyond its counterpart: how many, and of which
/// kinds. A mapping that says nothing of them is farther than any that does.
fn beyond(mapping: &Mapping, side: Side) -> (usize, u16) {
    let counts = |one: &&MappingDifference| {
        one.widens(side) || matches!(one, MappingDifference::NotStated { .. })
    };
    let mut beyond = (0, 0);
    for difference in mapping.differences.iter().filter(counts) {
        let mut kinds = MappingDifference::KINDS.iter();
        let bit = kinds.position(|kind| *kind == difference.kind());
        beyond = (beyond.0 + 1, beyond.1 | bit.map_or(0, |bit| 1 << bit));
    }
    match beyond {
        (0, _) => (usize::MAX, 0),
        beyond => beyond,
    }
}

/// The verdict of every item: its own, then from above, then from below.
pub(super) fn verdicts(there: &ItemSet<'_>, own: &[Option<Verdict>], closed: bool) -> Vec<Verdict> {
    let list = there.list();
    let items = list.items();
    let mut verdicts = vec![Verdict::Undecided; items.len()];
    // For each item above the present one: where it ends, and what it says of what is below it.
    // Conditions are no items of their own, so that they have the verdict of their parent.
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
            Some(Verdict::SharedInPart)
                if items[at].logic.folds() && inherited != Verdict::Shared =>
            {
                Verdict::SharedInPart
            }
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
            if there.contains_at(child) {
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
