//! The rules around a list as data, and not as advice. They say how much controlled content puts an
//! item made abroad under a country's rules, and which licenses and exceptions the regulations
//! have.
//!
//! The two countries' content thresholds point in opposite directions, so they have different
//! types. A US *de minimis* level is a [`Ceiling`]: an item with that share of US content or less
//! escapes. China's 0.1% is a [`Floor`]: an item with that share or more is caught. Nobody can call
//! one "stricter" because its number is smaller: a comparison of the two directions does not
//! compile. If the direction is known only at run time, [`Threshold::compare`] returns an error.
//!
//! ```
//! use export_control::{cn_dual_use, rules::{Percentage, content_rules}};
//! let one_in_a_thousand: Percentage = "0.1%".parse()?;
//! for rule in content_rules() {
//!     let list = export_control::list(rule.list.as_str())?;
//!     let status = rule.status(list, "2026-06-12".parse()?)?;
//!     println!("{} {}: {} – {status}", rule.list, rule.id, rule.threshold);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A rule applies on the days that its sources cover. An item that escapes one threshold is not
//! therefore permitted, because other rules can catch it. The rules on foreign direct products need
//! no content at all.

mod content;
mod license;
mod threshold;

pub use content::{ContentRule, content_rules, read_content_rules};
pub use license::{LicenseKind, LicenseRule, license_rules, read_license_rules};
pub use threshold::{Ceiling, Floor, Percentage, Threshold};

use jiff::civil::Date;

use crate::error::Error;
use crate::list::{ControlList, ListId};
use crate::measure::{MeasurePart, Status};

/// Returns the status of a rule on a day: that of the measure that states it, or in force on the
/// days that its sources cover.
fn status(
    rule_list: &ListId,
    measure: Option<&MeasurePart>,
    (first, last): (Option<Date>, Option<Date>),
    list: &ControlList,
    on: Date,
) -> Result<Status, Error> {
    if list.id() != rule_list {
        return Err(Error::unexpected(
            format!("a rule of {rule_list}"),
            format!("a rule of {}", list.id()),
        ));
    }
    Ok(match (measure, first, last) {
        (Some(measure), ..) => list
            .measure_status(measure, Some(on))
            .unwrap_or(Status::Unknown { since: None }),
        (None, Some(first), Some(last)) if first <= on && on <= last => {
            Status::InForce { since: None }
        }
        (None, Some(first), Some(last)) if first <= on => Status::Unknown {
            since: last.tomorrow().ok(),
        },
        _ => Status::Unknown { since: None },
    })
}
