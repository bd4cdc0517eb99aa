//! Compares lists: their sizes, their categories, their equal codes, and what they share.
//!
//! [`Comparison`] counts any number of lists by one rule and within one scope.
//! [`Comparison::same_code`] finds equal codes. Equal codes are not equal items, so what two lists
//! share is a question for [`Comparison::overlap`], which reads a [`Crosswalk`](crate::Crosswalk).
//! [`Comparison::overlaps`] reads a crosswalk for each two of any number of lists.
//!
//! # How an overlap follows from a crosswalk
//!
//! Each item has one of four [`Verdict`](crate::Verdict)s. These rules decide, in this order:
//!
//! 1. **The item's own mappings.** A mapping counts if its other item is on the other list on that
//!    day. If this item is *equal* or *narrower*, the other list catches all of it: it is shared.
//!    If it is *broader* or *overlapping*, it is shared in part. The strongest of several mappings
//!    decides. If mappings say that they catch it *jointly*, and all of their items are on the
//!    other list on that day, it is shared. A recorded lack of a counterpart makes the item only here. *Unrelated* decides
//!    nothing: it rules out one look-alike and no other counterpart.
//! 2. **The items above it.** If an ancestor is shared, so is the item. If an ancestor is only
//!    here, so is the item. If an ancestor is shared in part, nothing follows, because it is not
//!    known which part. Only the conditions of an all-of list have the verdict of their parent,
//!    because they are no items of their own.
//! 3. **The items below it**, if the item has no mapping of its own. The item is shared if all its
//!    children are, only here if all are, and shared in part if some are. Conditions of an all-of
//!    list decide nothing for their parent.
//! 4. **Everything else is undecided**: nobody has looked. An [`OverlapBasis`] can declare that all
//!    items of one list were looked at and *all* their counterparts recorded. Then an item of the
//!    other list that no mapping reaches is only there.
//!
//! A counterpart that is suspended or not yet in force counts only if the scope includes such
//! items. An empty heading is not a counterpart: another agency controls the thing, or the contents
//! moved. An item was looked at and is only here if all its judged counterparts are such: the US
//! heading `9A011` refers to the munitions regulations (ITAR), so ramjets, `9A111.a` of China's
//! list, are only there.

mod caveat;
pub(crate) mod comparison;
mod multi;
pub(crate) mod overlap;
pub(crate) mod share;
mod verdicts;

pub use caveat::Caveat;
pub(crate) use comparison::Comparison;
pub use comparison::{Grid, Report, SameCode};
pub use multi::{Division, Intersection, MultiOverlap};
pub use share::{OverlapBasis, OverlapShare};
