//! Holds what changed in a list after the text of its edition, and how far that text was verified.
//!
//! An edition is one text of a list. Later texts may be at hand in part, or only as somebody
//! else's reading. What they show is kept beside the edition: each [`Amendment`] has its rule where
//! that is known, the day on which a text first showed it, and its [`Certainty`]. [`Verified`] says
//! for each entry through which day the rest was compared with the edition and was the same.
//!
//! ```
//! use export_control::list::amendment::{Certainty, Change};
//! let us = export_control::us_ccl();
//! let changed = us.amendments_of("9A012.a.3".parse()?).next().expect("a rule of 2026 added it");
//! assert_eq!((changed.change, changed.certainty), (Change::Added, Certainty::OneParse));
//! assert_eq!(changed.first_day(), Some(jiff::civil::date(2026, 8, 13)));
//! assert_eq!(us.verified("9A012".parse()?).map(|verified| verified.text.to_string()), Some("2026-09-24".into()));
//! # Ok::<(), export_control::ParseError>(())
//! ```

use std::fmt;

use jiff::civil::Date;

use crate::code::Code;
use crate::list::ChildLogic;
use crate::list::license::LicenseRequirement;
use crate::measure::MeasureId;
use crate::quantity::Quantity;
use crate::text::named::name_of;

/// The part of a list that a later text changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Change {
    /// The item is new.
    Added,
    /// The item is no longer there.
    Removed,
    /// The words of the item changed.
    Reworded,
    /// The heading of the entry changed.
    Heading,
    /// A note changed.
    Note,
    /// A row of the entry's table of license requirements changed.
    Requirement,
    /// A license exception changed.
    Exception,
    /// The related controls of the entry changed.
    RelatedControls,
    /// A rule is known to change the entry, and its text is not at hand.
    Announced,
}

impl Change {
    /// Every change with its name in data files.
    pub(crate) const NAMES: [(Change, &'static str); 9] = [
        (Change::Added, "added"),
        (Change::Removed, "removed"),
        (Change::Reworded, "reworded"),
        (Change::Heading, "heading"),
        (Change::Note, "note"),
        (Change::Requirement, "requirement"),
        (Change::Exception, "exception"),
        (Change::RelatedControls, "related-controls"),
        (Change::Announced, "announced"),
    ];
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(name_of(&Change::NAMES, self))
    }
}

/// The evidence for an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Certainty {
    /// Only its citation is known.
    Cited,
    /// One reading of a later text, by somebody else, shows it.
    OneParse,
    /// Two or more independent readings of later texts show it.
    TwoParses,
    /// The official text shows it.
    OfficialText,
}

impl Certainty {
    /// Every certainty with its name in data files.
    pub(crate) const NAMES: [(Certainty, &'static str); 4] = [
        (Certainty::Cited, "cited"),
        (Certainty::OneParse, "one-parse"),
        (Certainty::TwoParses, "two-parses"),
        (Certainty::OfficialText, "official-text"),
    ];
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Certainty::Cited => "cited only",
            Certainty::OneParse => "one parse",
            Certainty::TwoParses => "two parses",
            Certainty::OfficialText => "official text",
        })
    }
}

/// One change of a list after the text of its edition.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Amendment {
    /// The item that changes.
    pub code: Code,
    /// The part that changes.
    pub change: Change,
    /// The title from then on if the item or its heading changes; else what changes, in this
    /// crate's own words.
    pub title: String,
    /// The relation of the item's paragraphs to it from then on, if that changes.
    pub logic: ChildLogic,
    /// The thresholds of an added or reworded item.
    pub quantities: Vec<Quantity>,
    /// The rule that makes the change, where it is known.
    pub rule: Option<MeasureId>,
    /// True if the rule is inferred from its subject and its dates, and no source says it.
    pub inferred: bool,
    /// The first day of the rule.
    pub in_force: Option<Date>,
    /// The day of the text that first shows the change. It took effect then or before.
    pub first_seen: Option<Date>,
    /// The evidence for it.
    pub certainty: Certainty,
    /// Which row of the entry's table changes, from 1, for a [`Requirement`](Change::Requirement).
    pub row: Option<u16>,
    /// The row as it reads from then on; `None` if it is gone, or if no row changes.
    pub requirement: Option<LicenseRequirement>,
}

impl Amendment {
    /// Returns an amendment of which only the item, the kind and the certainty are known.
    pub fn new(code: Code, change: Change, certainty: Certainty) -> Amendment {
        Amendment {
            code,
            change,
            title: String::new(),
            logic: ChildLogic::Leaf,
            quantities: Vec::new(),
            rule: None,
            inferred: false,
            in_force: None,
            first_seen: None,
            certainty,
            row: None,
            requirement: None,
        }
    }

    /// Returns the first day on which the change is known to hold: that of its rule, or else the
    /// day on which a text first shows it.
    pub fn first_day(&self) -> Option<Date> {
        self.in_force.or(self.first_seen)
    }

    /// Returns whether the change is known to hold on a day.
    pub(crate) fn holds(&self, on: Date) -> bool {
        self.change != Change::Announced && self.first_day().is_some_and(|first| first <= on)
    }
}

/// Prints the amendment in one line, with what it rests on.
impl fmt::Display for Amendment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.change)?;
        if !self.title.is_empty() {
            write!(f, ": {}", self.title)?;
        }
        f.write_str(" (")?;
        match (&self.rule, self.in_force) {
            (Some(rule), Some(day)) => write!(f, "{rule}, in force {day}")?,
            (Some(rule), None) => write!(f, "{rule}")?,
            (None, _) => f.write_str("rule not known")?,
        }
        if self.inferred {
            f.write_str(", inferred")?;
        }
        if let Some(seen) = self.first_seen {
            write!(f, "; first seen {seen}")?;
        }
        write!(f, "; {})", self.certainty)
    }
}

/// Through which day the parts of an entry were compared with its edition and were the same, but for
/// the recorded amendments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Verified {
    /// The entry.
    pub entry: Code,
    /// The heading and the license rows.
    pub heading: Date,
    /// The license exceptions and the related controls.
    pub exceptions: Date,
    /// The paragraphs.
    pub text: Date,
    /// Paragraphs that the later text at hand lost. They are known from the edition only.
    pub lost: Vec<Code>,
}

impl Verified {
    /// Returns an entry all of whose parts were compared through one day.
    pub fn new(entry: Code, through: Date) -> Verified {
        Verified {
            entry,
            heading: through,
            exceptions: through,
            text: through,
            lost: Vec::new(),
        }
    }

    /// Returns the last day on which an item of the entry is known to read as in the edition and its
    /// amendments, or `None` if no later text at hand has it.
    pub fn through(&self, code: Code) -> Option<Date> {
        if code.is_entry() {
            return Some(self.heading);
        }
        Some(self.text).filter(|_| !self.lost.contains(&code))
    }
}

/// The amendments of a list and how far its edition was verified. The parts agree with each other and with its items.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Later {
    /// In the order of their codes; on one code in the order of their rows.
    pub(crate) amendments: Vec<Amendment>,
    /// In the order of their entries.
    pub(crate) verified: Vec<Verified>,
    /// The day of which the list has the wording, if that is later than the edition.
    pub(crate) as_read_on: Option<Date>,
}

impl Later {
    #[cfg(feature = "serde")]
    pub(crate) fn is_empty(&self) -> bool {
        *self == Later::default()
    }

    pub(crate) fn verified(&self, entry: Code) -> Option<&Verified> {
        let at = self.verified.binary_search_by_key(&entry, |one| one.entry);
        at.ok().map(|at| &self.verified[at])
    }

    /// Returns whether there are amendments of the entry that a code belongs to.
    pub(crate) fn amends_entry(&self, code: Code) -> bool {
        self.of_entry(code.entry()).next().is_some()
    }

    /// Returns whether amendments change which items of an entry are on the list, or announce
    /// that.
    pub(crate) fn moves_items_of(&self, entry: Code) -> bool {
        self.of_entry(entry).any(|one| {
            matches!(
                one.change,
                Change::Added | Change::Removed | Change::Announced
            )
        })
    }

    fn of_entry(&self, entry: Code) -> impl Iterator<Item = &Amendment> {
        let first = self.amendments.partition_point(|one| one.code < entry);
        let rest = self.amendments[first..].iter();
        rest.take_while(move |one| one.code.entry() == entry)
    }

    pub(crate) fn of(&self, code: Code) -> &[Amendment] {
        let first = self.amendments.partition_point(|one| one.code < code);
        let rest = &self.amendments[first..];
        &rest[..rest.partition_point(|one| one.code == code)]
    }
}

crate::packed::packed_enum!(Change {
    Added,
    Removed,
    Reworded,
    Heading,
    Note,
    Requirement,
    Exception,
    RelatedControls,
    Announced
});
crate::packed::packed_enum!(Certainty {
    Cited,
    OneParse,
    TwoParses,
    OfficialText
});
crate::packed::packed_struct!(Amendment {
    code,
    change,
    title,
    logic,
    quantities,
    rule,
    inferred,
    in_force,
    first_seen,
    certainty,
    row,
    requirement
});
crate::packed::packed_struct!(Verified {
    entry,
    heading,
    exceptions,
    text,
    lost
});
crate::packed::packed_struct!(Later {
    amendments,
    verified,
    as_read_on
});
