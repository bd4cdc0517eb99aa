//! What a reader must know before the numbers of a comparison are set side by side.

use std::fmt;

use crate::compare::Comparison;
use crate::count::CountingRule;
use crate::list::{ControlList, ListId};
use crate::text::short;

/// Says why some numbers of a comparison do not mean the same on all lists. Its text form is for
/// people.
///
/// ```
/// use export_control::{Comparison, ControlList, CountingRule, us_ccl};
/// let mine: ControlList = "code,title\n3A001,Converters\n3A001.a,Fast ones\n".parse()?;
/// let comparison = Comparison::new(us_ccl(), &mine);
/// let caveats = comparison.caveats();
/// assert!(caveats[0].concerns(mine.id(), CountingRule::Provisions));
/// assert!(!caveats[0].concerns(us_ccl().id(), CountingRule::Provisions));
/// println!("{}", caveats[0]);
/// # Ok::<(), export_control::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Caveat {
    /// A list does not record which paragraphs are alternatives and which are conditions, and
    /// another list does.
    LogicNotRecorded {
        /// The list that does not record it.
        list: ListId,
        /// The first list that does.
        recorded_by: ListId,
    },
}

impl Caveat {
    /// Returns if a number of a list, counted by a rule, is one of those that the caveat is about.
    pub fn concerns(&self, list: &ListId, rule: CountingRule) -> bool {
        match self {
            // The other rules count conditions on every list, or stop above them on every list.
            Caveat::LogicNotRecorded { list: without, .. } => {
                without == list && rule == CountingRule::Provisions
            }
        }
    }
}

impl fmt::Display for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Caveat::LogicNotRecorded { list, recorded_by } => write!(
                f,
                "{} does not record which paragraphs are conditions, and {} does: a condition of {0} \
                 counts as a provision of its own, so compare the two by leaves.",
                short(list.as_str()),
                short(recorded_by.as_str()),
            ),
        }
    }
}

impl Comparison<'_> {
    /// Returns what must be known before the lists' numbers are set side by side.
    pub fn caveats(&self) -> Vec<Caveat> {
        let with = |says: bool| {
            let lists = self.lists.iter();
            lists.filter(move |list| list.records_logic() == Some(says))
        };
        let Some(recorded_by) = with(true).map(|list| list.id()).next() else {
            return Vec::new();
        };
        let caveat = |list: &&ControlList| Caveat::LogicNotRecorded {
            list: list.id().clone(),
            recorded_by: recorded_by.clone(),
        };
        with(false).map(caveat).collect()
    }
}
