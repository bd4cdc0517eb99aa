//! Selects the items that a rule counts: by day, status, category, product group and reason.

use std::fmt;

use jiff::civil::Date;

use crate::code::{Category, Code, ProductGroup};
use crate::list::ControlList;
use crate::list::{Item, ItemState, Reason};
use crate::measure::{MeasureId, Status};

/// The items that a rule counts.
///
/// The default scope is what applies on the last day that the edition covers. It includes items
/// that are in force, live, or inferred. It excludes suspended and merely announced items, and
/// empty and reserved headings. Each method narrows or widens the scope, and the printed scope says
/// so.
///
/// ```
/// use export_control::{Category, Scope};
/// let scope = Scope::default().on("2025-12-01".parse()?).suspended(true).category(Category::new(1).expect("a digit"));
/// assert_eq!(scope.to_string(), "on 2025-12-01, in force or suspended, category 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Scope {
    pub(super) on: Option<Date>,
    pub(super) announced: bool,
    pub(super) suspended: bool,
    pub(super) empty: bool,
    pub(super) implied: bool,
    pub(super) inferred: bool,
    pub(super) category: Option<Category>,
    pub(super) group: Option<ProductGroup>,
    pub(super) third_digit: Option<u8>,
    pub(super) reason: Option<Reason>,
    pub(super) sole_reason: bool,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope {
            on: None,
            announced: false,
            suspended: false,
            empty: false,
            implied: false,
            inferred: true,
            category: None,
            group: None,
            third_digit: None,
            reason: None,
            sole_reason: false,
        }
    }
}

impl Scope {
    /// Sets another day than the last one that the edition covers.
    #[must_use]
    pub fn on(mut self, date: Date) -> Scope {
        self.on = Some(date);
        self
    }

    /// Includes or excludes what is published by that day and not yet in force. The default is to
    /// exclude it. If the day of publication is not recorded, the measure's
    /// [year](crate::MeasureId::year) may not show if it was published by then. In that case the
    /// count is unavailable.
    #[must_use]
    pub fn announced(mut self, include: bool) -> Scope {
        self.announced = include;
        self
    }

    /// Includes or excludes what is suspended. The default is to exclude it.
    #[must_use]
    pub fn suspended(mut self, include: bool) -> Scope {
        self.suspended = include;
        self
    }

    /// Includes or excludes headings without content: empty and reserved entries. The default is to
    /// exclude them. Reserved paragraphs are never items.
    #[must_use]
    pub fn empty(mut self, include: bool) -> Scope {
        self.empty = include;
        self
    }

    /// Includes or excludes codes that no source prints and that follow only from their children's
    /// codes. The default is to exclude them.
    #[must_use]
    pub fn implied(mut self, include: bool) -> Scope {
        self.implied = include;
        self
    }

    /// Includes or excludes rows that were inferred and not read. The default is to include them.
    #[must_use]
    pub fn inferred(mut self, include: bool) -> Scope {
        self.inferred = include;
        self
    }

    /// Narrows the scope to one category.
    #[must_use]
    pub fn category(mut self, category: Category) -> Scope {
        self.category = Some(category);
        self
    }

    /// Narrows the scope to one product group.
    #[must_use]
    pub fn group(mut self, group: ProductGroup) -> Scope {
        self.group = Some(group);
        self
    }

    /// Narrows the scope to codes with this third digit. It is a series of the US list (6 is the
    /// 600 series), and a reason in China's list (5 is temporary control).
    #[must_use]
    pub fn third_digit(mut self, digit: u8) -> Scope {
        self.third_digit = Some(digit);
        self
    }

    /// Narrows the scope to items whose entry states this reason for control, possibly among
    /// others. This filter works by entry. The entry's license rows say to which of its paragraphs
    /// a reason applies.
    #[must_use]
    pub fn reason(mut self, reason: Reason) -> Scope {
        self.reason = Some(reason);
        self.sole_reason = false;
        self
    }

    /// Narrows the scope to items whose entry states this reason only, such as anti-terrorism only.
    #[must_use]
    pub fn sole_reason(mut self, reason: Reason) -> Scope {
        self.reason = Some(reason);
        self.sole_reason = true;
        self
    }

    /// Returns the day, or `None` for the last day that the edition covers.
    pub fn date(&self) -> Option<Date> {
        self.on
    }

    /// Returns the same days and statuses without any other filter, to ask if there is a
    /// counterpart at all.
    pub(crate) fn times(&self) -> Scope {
        Scope {
            on: self.on,
            announced: self.announced,
            suspended: self.suspended,
            implied: true,
            ..Scope::default()
        }
    }

    /// Returns the properties that divide a scope into parts without overlap.
    pub(super) fn division(&self) -> [Option<u32>; 3] {
        [
            self.category.map(|category| category.digit().into()),
            self.group.map(|group| group as u32),
            self.third_digit.map(u32::from),
        ]
    }

    /// Returns whether this differs from the whole only in the properties that divide it.
    pub(super) fn is_part_of(&self, whole: &Scope) -> bool {
        let rest = Scope {
            category: whole.category,
            group: whole.group,
            third_digit: whole.third_digit,
            ..self.clone()
        };
        rest == *whole
            && whole
                .division()
                .iter()
                .zip(self.division())
                .all(|(whole, part)| whole.is_none() || *whole == part)
    }

    fn admits_presence(&self, item: &Item) -> bool {
        match item.state {
            ItemState::Live => true,
            ItemState::Implied => self.implied,
            ItemState::Empty | ItemState::Reserved => self.empty && item.code.is_entry(),
        }
    }

    /// Returns whether a code lies in the categories, product groups and third digits of the scope.
    pub(super) fn divides(&self, code: Code) -> bool {
        self.category
            .is_none_or(|category| code.category() == category)
            && self.group.is_none_or(|group| code.group() == group)
            && self
                .third_digit
                .is_none_or(|digit| code.third_digit() == digit)
    }

    /// Returns whether the scope includes an item, apart from its status and date.
    pub(super) fn admits(&self, list: &ControlList, item: &Item) -> bool {
        self.admits_presence(item)
            && (self.inferred || !item.inferred)
            && self.divides(item.code)
            && self.reason.is_none_or(|reason| {
                let reasons = list.reasons(item);
                reasons.contains(&reason) && !(self.sole_reason && reasons.len() > 1)
            })
    }

    /// Returns whether the scope includes an item with this status on a day. If an unknown fact
    /// decides that, it is the error. The item's measure is looked at only if it decides.
    pub(super) fn admits_status(&self, status: Status, item: &Item, on: Date) -> Result<bool, Gap> {
        match status {
            Status::InForce { .. } => Ok(true),
            Status::NotYet { .. } if !self.announced => Ok(false),
            Status::NotYet {
                published: Some(published),
                ..
            } => Ok(published <= on),
            Status::NotYet {
                published: None, ..
            } => {
                let before = item
                    .measure()
                    .and_then(MeasureId::earliest)
                    .is_some_and(|earliest| on < earliest);
                if before {
                    Ok(false)
                } else {
                    Err(Gap::Publication)
                }
            }
            Status::Suspended { .. } => Ok(self.suspended),
            Status::Repealed { .. } => Ok(false),
            Status::Unknown { .. } => Err(Gap::Status),
        }
    }
}

/// A fact about an item that the sources do not state.
pub(super) enum Gap {
    Status,
    Publication,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.on {
            Some(date) => write!(f, "on {date}, in force")?,
            None => f.write_str("in force")?,
        }
        for (included, name) in [(self.announced, "announced"), (self.suspended, "suspended")] {
            if included {
                write!(f, " or {name}")?;
            }
        }
        for (said, name) in [
            (self.empty, "empty headings included"),
            (self.implied, "implied codes included"),
            (!self.inferred, "inferred rows left out"),
        ] {
            if said {
                write!(f, ", {name}")?;
            }
        }
        if let Some(category) = self.category {
            write!(f, ", category {category}")?;
        }
        if let Some(group) = self.group {
            write!(f, ", product group {group}")?;
        }
        if let Some(digit) = self.third_digit {
            write!(f, ", third digit {digit}")?;
        }
        match (self.reason, self.sole_reason) {
            (Some(reason), false) => write!(f, ", reason {reason}"),
            (Some(reason), true) => write!(f, ", reason {reason} only"),
            (None, _) => Ok(()),
        }
    }
}
