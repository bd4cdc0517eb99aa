//! In what an item of the old edition and its counterpart of the new one differ.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::item::{Availability, Item, ListException, Logic, Presence, Reason};

use super::ChangeKind;
use super::threshold;

/// One respect in which an item differs between two editions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Aspect {
    /// It stands under another code.
    Code {
        /// The old code.
        from: Code,
        /// The new code.
        to: Code,
    },
    /// Whether it is live, empty, reserved or implied.
    Presence {
        /// As it was.
        from: Presence,
        /// As it is.
        to: Presence,
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
    Logic {
        /// As it was.
        from: Logic,
        /// As it is.
        to: Logic,
    },
    /// Its reasons for control.
    Reasons {
        /// As they were.
        from: Vec<Reason>,
        /// As they are.
        to: Vec<Reason>,
    },
    /// Its list-based licence exceptions.
    Exceptions {
        /// As they were.
        from: Vec<ListException>,
        /// As they are.
        to: Vec<ListException>,
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

impl Aspect {
    /// Everything in which two items differ; empty only where they are equal.
    pub(super) fn between(from: &Item, to: &Item) -> Vec<Aspect> {
        let mut aspects = Vec::new();
        if from.code != to.code {
            aspects.push(Aspect::Code {
                from: from.code,
                to: to.code,
            });
        }
        if from.presence != to.presence {
            aspects.push(Aspect::Presence {
                from: from.presence,
                to: to.presence,
            });
        }
        match (&from.text, &to.text) {
            (Some(old), Some(new)) if old != new => {
                aspects.push(if from.fingerprint() == to.fingerprint() {
                    Aspect::Typesetting
                } else {
                    Aspect::Text
                });
            }
            (Some(_), Some(_)) => {}
            _ => match (from.fingerprint(), to.fingerprint()) {
                (Some(old), Some(new)) if old != new => aspects.push(Aspect::Text),
                // A place that is only kept free has no words.
                (Some(_), None) | (None, Some(_)) if from.presence == to.presence => {
                    aspects.push(Aspect::TextUnknown)
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
                aspects.push(Aspect::Threshold { from, to });
            }
        }
        // A title that only one side has was not changed but not written yet.
        if from.title != to.title && !from.title.is_empty() && !to.title.is_empty() {
            aspects.push(Aspect::Title {
                from: from.title.clone(),
                to: to.title.clone(),
            });
        }
        if from.logic != to.logic {
            aspects.push(Aspect::Logic {
                from: from.logic,
                to: to.logic,
            });
        }
        if from.reasons != to.reasons {
            aspects.push(Aspect::Reasons {
                from: from.reasons.clone(),
                to: to.reasons.clone(),
            });
        }
        if allowed(&from.exceptions) != allowed(&to.exceptions) {
            aspects.push(Aspect::Exceptions {
                from: from.exceptions.clone(),
                to: to.exceptions.clone(),
            });
        }
        if from.through != to.through {
            aspects.push(Aspect::Through {
                from: from.through,
                to: to.through,
            });
        }
        let rest = |item: &Item| Item {
            code: to.code,
            presence: to.presence,
            text: None,
            fingerprint: None,
            logic: to.logic,
            ..item.clone()
        };
        let (mut old, mut new) = (rest(from), rest(to));
        // Quantities follow from the text: where it is reworded, they are no change of their own.
        let reworded = aspects
            .iter()
            .any(|aspect| matches!(aspect, Aspect::Text | Aspect::Threshold { .. }));
        for item in [&mut old, &mut new] {
            item.reasons.clear();
            item.through = None;
            item.exceptions.clear();
            if reworded {
                item.quantities.clear();
            }
        }
        old.title.clone_from(&new.title);
        // What is not named above, so that no difference is passed over.
        if old != new || aspects.is_empty() && from != to {
            aspects.push(Aspect::Record);
        }
        aspects
    }

    /// The kind of change that this is a respect of.
    pub fn kind(&self) -> ChangeKind {
        match self {
            Aspect::Code { .. } => ChangeKind::Renumbered,
            Aspect::Presence {
                to: Presence::Reserved,
                ..
            } => ChangeKind::Reserved,
            Aspect::Presence {
                from: Presence::Reserved,
                ..
            }
            | Aspect::Presence {
                from: Presence::Empty,
                to: Presence::Live,
            } => ChangeKind::Revived,
            Aspect::Presence { .. } => ChangeKind::Rescoped,
            Aspect::Text | Aspect::Title { .. } => ChangeKind::Reworded,
            Aspect::Threshold { .. }
            | Aspect::Logic { .. }
            | Aspect::Reasons { .. }
            | Aspect::Exceptions { .. } => ChangeKind::Rescoped,
            Aspect::TextUnknown | Aspect::Typesetting | Aspect::Through { .. } | Aspect::Record => {
                ChangeKind::Amended
            }
        }
    }

    /// What differs, and both values where they are short enough to print: a column of the report.
    pub(super) fn values(&self) -> (&'static str, String, String) {
        let presence = |presence: Presence| match presence {
            Presence::Live => "live",
            Presence::Empty => "empty",
            Presence::Reserved => "reserved",
            Presence::Implied => "implied",
        };
        let logic = |logic: Logic| match logic {
            Logic::Leaf => "leaf",
            Logic::Any => "any of",
            Logic::All => "all of",
        };
        let through = |code: &Option<Code>| code.map(|code| code.to_string()).unwrap_or_default();
        let none = String::new;
        match self {
            Aspect::Code { from, to } => ("code", from.to_string(), to.to_string()),
            Aspect::Presence { from, to } => {
                ("presence", presence(*from).into(), presence(*to).into())
            }
            Aspect::Text => ("text", none(), none()),
            Aspect::TextUnknown => ("text unknown", none(), none()),
            Aspect::Typesetting => ("typesetting", none(), none()),
            Aspect::Title { from, to } => ("title", from.clone(), to.clone()),
            Aspect::Threshold { from, to } => ("threshold", from.join("; "), to.join("; ")),
            Aspect::Logic { from, to } => ("logic", logic(*from).into(), logic(*to).into()),
            Aspect::Reasons { from, to } => {
                ("reasons", crate::rows::join(from), crate::rows::join(to))
            }
            Aspect::Exceptions { from, to } => ("exceptions", exceptions(from), exceptions(to)),
            Aspect::Through { from, to } => ("through", through(from), through(to)),
            Aspect::Record => ("record", none(), none()),
        }
    }
}

fn allowed(exceptions: &[ListException]) -> Vec<(&str, Availability)> {
    exceptions
        .iter()
        .map(|exception| (exception.symbol.as_str(), exception.availability))
        .collect()
}

fn exceptions(exceptions: &[ListException]) -> String {
    let one = |exception: &ListException| match exception.availability {
        Availability::No => format!("{}=no", exception.symbol),
        Availability::Yes => format!("{}=yes", exception.symbol),
        Availability::Partly => format!("{}=partly", exception.symbol),
        Availability::UpTo(limit) => format!("{}=${limit}", exception.symbol),
    };
    exceptions.iter().map(one).collect::<Vec<_>>().join(";")
}

impl fmt::Display for Aspect {
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
            Aspect::Text => f.write_str("reworded"),
            Aspect::TextUnknown => f.write_str("text known on one side only"),
            Aspect::Typesetting => f.write_str("typesetting"),
            Aspect::Record => f.write_str("record"),
            _ => write!(f, "{name}: {} → {}", shown(from), shown(to)),
        }
    }
}
