//! Lists the respects in which an item differs between two editions.

use std::fmt;

use crate::code::Code;
use crate::list::{
    Availability, ChildLogic, Condition, ItemState, LicenseException, Reason, ScopeNote,
};
use crate::text::join;

use super::field::Field;
use super::kind::ChangeKind;

/// One respect in which an item differs between two editions.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Difference {
    /// Its code.
    Code {
        /// The old code.
        from: Code,
        /// The new code.
        to: Code,
    },
    /// Its state: live, empty, reserved or implied.
    ItemState {
        /// As it was.
        from: ItemState,
        /// As it is.
        to: ItemState,
    },
    /// Its official text has other words.
    Text,
    /// Its official text has the same words, set in another way.
    Typesetting,
    /// The crate's own title.
    Title {
        /// As it was.
        from: String,
        /// As it is.
        to: String,
    },
    /// Figures that the item no longer states, and those that it states in their place: quantities
    /// as [`Item::quantities`](crate::Item::quantities) has them, and what is counted (`2 axes`). One in another unit is
    /// the same; one with another comparator is not.
    Threshold {
        /// As it was; empty where figures were only added.
        from: Vec<String>,
        /// As it is; empty where figures were only dropped.
        to: Vec<String>,
    },
    /// The logic of its children: alternatives or conditions.
    ChildLogic {
        /// As it was.
        from: ChildLogic,
        /// As it is.
        to: ChildLogic,
    },
    /// The conditions that it lists without codes.
    Conditions {
        /// As they were.
        from: Vec<Condition>,
        /// As they are.
        to: Vec<Condition>,
    },
    /// The notes on its scope: purposes, exclusions, doubts.
    Notes {
        /// As they were.
        from: Vec<ScopeNote>,
        /// As they are.
        to: Vec<ScopeNote>,
    },
    /// Its reasons for control.
    Reasons {
        /// As they were.
        from: Vec<Reason>,
        /// As they are.
        to: Vec<Reason>,
    },
    /// Its list-based license exceptions.
    Exceptions {
        /// As they were.
        from: Vec<LicenseException>,
        /// As they are.
        to: Vec<LicenseException>,
    },
    /// The end of the range that it reserves.
    Through {
        /// As it was.
        from: Option<Code>,
        /// As it is.
        to: Option<Code>,
    },
    /// Another field that both editions record: references, CAS numbers, dates, sources.
    Record(Field),
}

impl Difference {
    /// The same difference seen from the other side.
    pub(super) fn swapped(self) -> Difference {
        match self {
            Difference::Code { from, to } => Difference::Code { from: to, to: from },
            Difference::ItemState { from, to } => Difference::ItemState { from: to, to: from },
            Difference::Title { from, to } => Difference::Title { from: to, to: from },
            Difference::Threshold { from, to } => Difference::Threshold { from: to, to: from },
            Difference::ChildLogic { from, to } => Difference::ChildLogic { from: to, to: from },
            Difference::Conditions { from, to } => Difference::Conditions { from: to, to: from },
            Difference::Notes { from, to } => Difference::Notes { from: to, to: from },
            Difference::Reasons { from, to } => Difference::Reasons { from: to, to: from },
            Difference::Exceptions { from, to } => Difference::Exceptions { from: to, to: from },
            Difference::Through { from, to } => Difference::Through { from: to, to: from },
            Difference::Text | Difference::Typesetting | Difference::Record(_) => self,
        }
    }

    /// The kind of change that this is a respect of.
    pub fn kind(&self) -> ChangeKind {
        match self {
            Difference::Code { .. } => ChangeKind::Renumbered,
            Difference::ItemState {
                to: ItemState::Reserved,
                ..
            } => ChangeKind::Reserved,
            Difference::ItemState {
                from: ItemState::Reserved,
                ..
            }
            | Difference::ItemState {
                from: ItemState::Empty,
                to: ItemState::Live,
            } => ChangeKind::Revived,
            Difference::ItemState { .. } => ChangeKind::Rescoped,
            Difference::Text | Difference::Title { .. } => ChangeKind::Reworded,
            Difference::Threshold { .. }
            | Difference::ChildLogic { .. }
            | Difference::Conditions { .. }
            | Difference::Notes { .. }
            | Difference::Reasons { .. }
            | Difference::Exceptions { .. } => ChangeKind::Rescoped,
            Difference::Typesetting | Difference::Through { .. } | Difference::Record(_) => {
                ChangeKind::Amended
            }
        }
    }

    /// Returns the name of the differing fact, and both values if they are short enough to print.
    /// They are columns of the report.
    pub(crate) fn values(&self) -> (&'static str, String, String) {
        let state = |state: ItemState| match state {
            ItemState::Live => "an item",
            ItemState::Empty => "an empty heading",
            ItemState::Reserved => "a reserved place",
            ItemState::Implied => "a code of its paragraphs only",
        };
        let logic = |logic: ChildLogic| match logic {
            ChildLogic::Any | ChildLogic::All => format!("{logic} of"),
            ChildLogic::AtLeast(number) => format!("at least {number} of"),
            ChildLogic::AllOrOwn => "all of, or its own words".to_owned(),
            ChildLogic::OneOfEach => "one of each of".to_owned(),
            ChildLogic::Leaf => logic.to_string(),
        };
        let through = |code: &Option<Code>| code.map(|code| code.to_string()).unwrap_or_default();
        let none = String::new;
        match self {
            Difference::Code { from, to } => ("code", from.to_string(), to.to_string()),
            Difference::ItemState { from, to } => ("state", state(*from).into(), state(*to).into()),
            Difference::Text => ("text", none(), none()),
            Difference::Typesetting => ("typesetting", none(), none()),
            Difference::Title { from, to } => ("title", from.clone(), to.clone()),
            Difference::Threshold { from, to } => ("threshold", from.join("; "), to.join("; ")),
            Difference::ChildLogic { from, to } => ("logic", logic(*from), logic(*to)),
            Difference::Conditions { from, to } => ("conditions", join(from), join(to)),
            Difference::Notes { from, to } => ("notes", join(from), join(to)),
            Difference::Reasons { from, to } => ("reasons", join(from), join(to)),
            Difference::Exceptions { from, to } => ("exceptions", exceptions(from), exceptions(to)),
            Difference::Through { from, to } => ("through", through(from), through(to)),
            Difference::Record(field) => (field.name(), none(), none()),
        }
    }
}

fn exceptions(exceptions: &[LicenseException]) -> String {
    let one = |exception: &LicenseException| match exception.availability {
        Availability::No => format!("{}=no", exception.symbol),
        Availability::Yes => format!("{}=yes", exception.symbol),
        Availability::Partly => format!("{}=partly", exception.symbol),
        Availability::UpTo(limit) => format!("{}=${limit}", exception.symbol),
    };
    exceptions.iter().map(one).collect::<Vec<_>>().join(";")
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, from, to) = self.values();
        let shown = |text: String| {
            if text.is_empty() {
                "none".to_owned()
            } else {
                text
            }
        };
        match self {
            Difference::Text => f.write_str("reworded"),
            Difference::Typesetting => f.write_str("typesetting"),
            Difference::Record(field) => write!(f, "other {field}"),
            _ => write!(f, "{name}: {} → {}", shown(from), shown(to)),
        }
    }
}
