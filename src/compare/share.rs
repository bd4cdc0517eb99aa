//! Defines verdicts, what they rest on, and how a count divides over them.

use std::fmt;

use crate::count::{CountingRule, Scope};
use crate::crosswalk::Side;
use crate::list::{ControlList, Edition, ListId};

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

/// The basis of an overlap. By default: judgments made by hand or confirmed from outside, and
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

    /// Returns if all counterparts of a side are taken to be recorded.
    pub(super) fn is_complete(self, side: Side) -> bool {
        self.complete[side as usize]
    }

    /// The least confidence from which proposals count.
    pub(super) fn least(self) -> Option<f64> {
        self.proposals
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

/// A count divided over the [`Verdict`]s, with the rule, the scope and the edition that it
/// belongs to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OverlapShare {
    list: ListId,
    edition: Edition,
    rule: CountingRule,
    scope: Scope,
    basis: OverlapBasis,
    counts: [usize; 4],
}

impl OverlapShare {
    /// A share of nothing.
    pub(super) fn nothing(
        list: &ControlList,
        rule: CountingRule,
        scope: &Scope,
        basis: OverlapBasis,
    ) -> OverlapShare {
        OverlapShare {
            list: list.id().clone(),
            edition: list.edition().clone(),
            rule,
            scope: scope.clone(),
            basis,
            counts: [0; 4],
        }
    }

    pub(super) fn add(&mut self, verdict: Verdict, number: usize) {
        self.counts[verdict as usize] += number;
    }

    /// Returns how many have a verdict.
    pub fn number(&self, verdict: Verdict) -> usize {
        self.counts[verdict as usize]
    }

    /// Returns how many are shared, wholly or in part.
    pub fn shared(&self) -> usize {
        self.number(Verdict::Shared) + self.number(Verdict::SharedInPart)
    }

    /// Returns how many there are.
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

    /// Returns what it rests on: judgments, or a program's proposals too.
    pub fn basis(&self) -> OverlapBasis {
        self.basis
    }
}

impl fmt::Display for OverlapShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [shared, in_part, only, undecided] = self.counts;
        write!(
            f,
            "{} of {} {} of {} shared ({shared} wholly, {in_part} in part), {only} only here, {undecided} undecided, {}, by {} [{}]",
            shared + in_part,
            self.total(),
            self.rule,
            self.list,
            self.scope,
            self.basis,
            self.edition.label
        )
    }
}
