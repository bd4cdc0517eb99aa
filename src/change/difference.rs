//! Lists the respects in which an item differs between two editions.

use std::fmt;

use crate::code::Code;
use crate::list::{
    Availability, ChildLogic, Condition, Item, ItemState, LicenseException, Particulars, Reason,
    ScopeNote,
};
use crate::text::join;

use super::kind::ChangeKind;
use super::threshold;

/// One respect in which an item differs between two editions.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Difference {
    /// It stands under another code.
    Code {
        /// The old code.
        from: Code,
        /// The new code.
        to: Code,
    },
    /// Whether it is live, empty, reserved or implied.
    ItemState {
        /// As it was.
        from: ItemState,
        /// As it is.
        to: ItemState,
    },
    /// Its official text has other words.
    Text,
    /// The words of its official text are known in one edition only: whether it was reworded cannot
    /// be told.
    TextUnknown,
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
    /// as [`Item::quantities`] has them, and what is counted (`2 axes`). One in another unit is
    /// the same; one with another comparator is not.
    Threshold {
        /// As it was; empty where figures were only added.
        from: Vec<String>,
        /// As it is; empty where figures were only dropped.
        to: Vec<String>,
    },
    /// Whether its children are alternatives or conditions.
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
    /// Any other recorded fact: references, measure, dates, catalogue rows, source.
    Record,
}

impl Difference {
    /// Everything in which two items differ; empty only where they are equal.
    pub(super) fn between(from: &Item, to: &Item) -> Vec<Difference> {
        let mut aspects = Vec::new();
        if from.code != to.code {
            aspects.push(Difference::Code {
                from: from.code,
                to: to.code,
            });
        }
        if from.state != to.state {
            aspects.push(Difference::ItemState {
                from: from.state,
                to: to.state,
            });
        }
        match (&from.text, &to.text) {
            (Some(old), Some(new)) if old != new => {
                aspects.push(if from.fingerprint() == to.fingerprint() {
                    Difference::Typesetting
                } else {
                    Difference::Text
                });
            }
            (Some(_), Some(_)) => {}
            _ => match (from.fingerprint(), to.fingerprint()) {
                (Some(old), Some(new)) if old != new => aspects.push(Difference::Text),
                // A place that is only kept free has no words.
                (Some(_), None) | (None, Some(_)) if from.state == to.state => {
                    aspects.push(Difference::TextUnknown)
                }
                _ => {}
            },
        }
        let one_text = match (&from.text, &to.text) {
            (Some(old), Some(new)) => old == new,
            _ => from.fingerprint().is_some() && from.fingerprint() == to.fingerprint(),
        };
        if !one_text {
            let (from, to) = threshold::replaced(from, to);
            if !from.is_empty() || !to.is_empty() {
                aspects.push(Difference::Threshold { from, to });
            }
        }
        // A title that only one side has was not changed but not written yet.
        if from.title != to.title && !from.title.is_empty() && !to.title.is_empty() {
            aspects.push(Difference::Title {
                from: from.title.clone(),
                to: to.title.clone(),
            });
        }
        if from.logic != to.logic {
            aspects.push(Difference::ChildLogic {
                from: from.logic,
                to: to.logic,
            });
        }
        if from.reasons != to.reasons {
            aspects.push(Difference::Reasons {
                from: from.reasons.clone(),
                to: to.reasons.clone(),
            });
        }
        if allowed(&from.particulars().exceptions) != allowed(&to.particulars().exceptions) {
            aspects.push(Difference::Exceptions {
                from: from.particulars().exceptions.clone(),
                to: to.particulars().exceptions.clone(),
            });
        }
        if from.through != to.through {
            aspects.push(Difference::Through {
                from: from.through,
                to: to.through,
            });
        }
        aspects.extend(Difference::of_scope(from, to));
        let rest = |item: &Item| Item {
            code: to.code,
            state: to.state,
            text: None,
            fingerprint: None,
            logic: to.logic,
            ..item.clone()
        };
        let (mut old, mut new) = (rest(from), rest(to));
        // Quantities follow from the text: where it is reworded, they are no change of their own.
        let reworded = aspects
            .iter()
            .any(|aspect| matches!(aspect, Difference::Text | Difference::Threshold { .. }));
        for item in [&mut old, &mut new] {
            forget_scope(item, &aspects);
            item.reasons.clear();
            item.through = None;
            item.set_particulars(Particulars {
                exceptions: Vec::new(),
                ..item.particulars().clone()
            });
            if reworded {
                item.quantities.clear();
            }
        }
        old.title.clone_from(&new.title);
        // What is not named above, so that no difference is passed over.
        if old != new || aspects.is_empty() && from != to {
            aspects.push(Difference::Record);
        }
        aspects
    }

    /// The differences of conditions and notes. An item without any has none recorded, so that it
    /// differs from no other in them.
    fn of_scope(from: &Item, to: &Item) -> Vec<Difference> {
        let mut aspects = Vec::new();
        let recorded = !from.conditions.is_empty() && !to.conditions.is_empty();
        if recorded && from.conditions != to.conditions {
            aspects.push(Difference::Conditions {
                from: from.conditions.clone(),
                to: to.conditions.clone(),
            });
        }
        let recorded = !from.notes.is_empty() && !to.notes.is_empty();
        if recorded && from.notes != to.notes {
            aspects.push(Difference::Notes {
                from: from.notes.clone(),
                to: to.notes.clone(),
            });
        }
        aspects
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
            Difference::TextUnknown
            | Difference::Typesetting
            | Difference::Through { .. }
            | Difference::Record => ChangeKind::Amended,
        }
    }

    /// What differs, and both values where they are short enough to print: a column of the report.
    pub(crate) fn values(&self) -> (&'static str, String, String) {
        let state = |state: ItemState| match state {
            ItemState::Live => "live",
            ItemState::Empty => "empty",
            ItemState::Reserved => "reserved",
            ItemState::Implied => "implied",
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
            Difference::TextUnknown => ("text unknown", none(), none()),
            Difference::Typesetting => ("typesetting", none(), none()),
            Difference::Title { from, to } => ("title", from.clone(), to.clone()),
            Difference::Threshold { from, to } => ("threshold", from.join("; "), to.join("; ")),
            Difference::ChildLogic { from, to } => ("logic", logic(*from), logic(*to)),
            Difference::Conditions { from, to } => ("conditions", join(from), join(to)),
            Difference::Notes { from, to } => ("notes", join(from), join(to)),
            Difference::Reasons { from, to } => ("reasons", join(from), join(to)),
            Difference::Exceptions { from, to } => ("exceptions", exceptions(from), exceptions(to)),
            Difference::Through { from, to } => ("through", through(from), through(to)),
            Difference::Record => ("record", none(), none()),
        }
    }
}

/// Clears conditions and notes whose difference is among the aspects.
fn forget_scope(item: &mut Item, aspects: &[Difference]) {
    for aspect in aspects {
        match aspect {
            Difference::Conditions { .. } => item.conditions.clear(),
            Difference::Notes { .. } => item.notes.clear(),
            _ => {}
        }
    }
}

fn allowed(exceptions: &[LicenseException]) -> Vec<(&str, Availability)> {
    exceptions
        .iter()
        .map(|exception| (exception.symbol.as_str(), exception.availability))
        .collect()
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
            Difference::TextUnknown => f.write_str("text known on one side only"),
            Difference::Typesetting => f.write_str("typesetting"),
            Difference::Record => f.write_str("record"),
            _ => write!(f, "{name}: {} → {}", shown(from), shown(to)),
        }
    }
}
