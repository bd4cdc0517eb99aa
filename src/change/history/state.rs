//! Says what a history knows of a code, and for how long.

use std::fmt;

use jiff::civil::Date;

use crate::code::Code;
use crate::list::{ChildLogic, Item, ItemState};
use crate::text::fingerprint::Fingerprint;

/// The knowledge of a history about a code in an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case", tag = "coverage"))]
pub enum HistoryState {
    /// It was on the list.
    Listed {
        /// Live, empty, reserved or implied.
        state: ItemState,
        /// The logic of its children.
        logic: ChildLogic,
        /// The end of the range that it reserved.
        through: Option<Code>,
        /// The fingerprint of its text; `None` where the sources lost the text.
        fingerprint: Option<Fingerprint>,
    },
    /// The sources do not say if it was on the list. Unknown is not no.
    NotCovered,
}

impl HistoryState {
    /// Returns the fingerprint of the text, if the code was on the list and its text is known.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        match self {
            HistoryState::Listed { fingerprint, .. } => *fingerprint,
            HistoryState::NotCovered => None,
        }
    }

    /// Returns the same without the fingerprint.
    pub(super) fn without_text(mut self) -> HistoryState {
        if let HistoryState::Listed { fingerprint, .. } = &mut self {
            *fingerprint = None;
        }
        self
    }

    pub(super) fn of(item: &Item) -> HistoryState {
        // An empty or reserved code has nothing below it that could bear on it.
        let logic = if matches!(item.state, ItemState::Live | ItemState::Implied) {
            item.logic
        } else {
            ChildLogic::Leaf
        };
        HistoryState::Listed {
            state: item.state,
            logic,
            through: item.facts.through,
            fingerprint: item.fingerprint(),
        }
    }
}

/// Says how the code was on the list, in words. The text is told by [`Interval`]s: a further one with
/// another fingerprint is another wording.
impl HistoryState {
    /// Returns an item with this state, which must be listed.
    pub(super) fn item(&self, code: Code) -> Item {
        let mut item = Item::new(code);
        if let HistoryState::Listed {
            state,
            logic,
            through,
            fingerprint,
        } = *self
        {
            (item.state, item.logic, item.fingerprint) = (state, logic, fingerprint);
            if through.is_some() {
                item.facts.through = through;
            }
        }
        item
    }
}

impl fmt::Display for HistoryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let HistoryState::Listed {
            state,
            logic,
            fingerprint,
            ..
        } = self
        else {
            return f.write_str("not covered by the sources");
        };
        match (state, logic) {
            (ItemState::Live, ChildLogic::Leaf) => f.write_str("on the list"),
            (ItemState::Live, ChildLogic::AtLeast(number)) => {
                write!(f, "on the list, at least {number} of its paragraphs")
            }
            (ItemState::Live, ChildLogic::AllOrOwn) => {
                f.write_str("on the list, all of its paragraphs or its own words")
            }
            (ItemState::Live, ChildLogic::OneOfEach) => {
                f.write_str("on the list, one of each of its paragraphs")
            }
            (ItemState::Live, logic) => write!(f, "on the list, {logic} of its paragraphs"),
            (ItemState::Empty, _) => f.write_str("an empty heading"),
            (ItemState::Reserved, _) => f.write_str("a reserved place"),
            (ItemState::Implied, _) => f.write_str("on the list by its paragraphs only"),
        }?;
        match (state, fingerprint) {
            (ItemState::Live | ItemState::Empty, None) => f.write_str(", its words not known"),
            _ => Ok(()),
        }
    }
}

/// Days on which what is known of a code is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Interval {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub through: Date,
    /// The known state.
    pub state: HistoryState,
}

impl crate::packed::Packed for HistoryState {
    fn read(from: &mut crate::packed::Reader) -> Option<HistoryState> {
        if from.value()? {
            return Some(HistoryState::NotCovered);
        }
        Some(HistoryState::Listed {
            state: from.value()?,
            logic: from.value()?,
            through: from.value()?,
            fingerprint: from.value()?,
        })
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        to.value(&(*self == HistoryState::NotCovered));
        if let HistoryState::Listed {
            state,
            logic,
            through,
            fingerprint,
        } = self
        {
            to.value(state);
            to.value(logic);
            to.value(through);
            to.value(fingerprint);
        }
    }
}
