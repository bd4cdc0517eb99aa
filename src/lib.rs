//! Export-control lists as typed item sets: how large each is under a stated counting rule, what
//! two have in common, how their categories differ, and what holds on a date.
//!
//! Two lists are embedded: the US Commerce Control List ([`us_ccl`]) and China's Export Control
//! List of Dual-Use Items ([`cn_dual_use`]).
//!
//! ```
//! use export_control::{Comparison, CountingRule, Scope, cn_dual_use, us_ccl};
//!
//! // How large are they? A number never travels without its rule.
//! let comparison = Comparison::new(us_ccl(), cn_dual_use());
//! let counts = comparison.counts(CountingRule::Provisions);
//! println!("{}", counts[0]); // 3031 provisions of us-ccl, on 2026-06-12, in force [eCFR text …]
//! println!("{}", counts[1]); // 752 provisions of cn-dual-use, on 2026-06-12, in force [list PDF …]
//! assert!(counts[0].ratio(&counts[1]).is_some_and(|ratio| (4.0..4.2).contains(&ratio)));
//!
//! // What held on a day? Unknown is not no.
//! let before = cn_dual_use().count(CountingRule::Entries, &Scope::default().on("2025-03-01".parse()?));
//! let after = cn_dual_use().count(CountingRule::Entries, &Scope::default().on("2027-01-01".parse()?));
//! assert!(before.number().is_some() && after.number().is_none());
//!
//! // A code means nothing without its list.
//! let code = "3c004".parse()?;
//! let (us, cn) = (us_ccl().get(code), cn_dual_use().get(code));
//! assert_ne!(us.map(|item| item.title()), cn.map(|item| item.title()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to start
//!
//! - [`lists`], [`list()`], [`us_ccl`], [`cn_dual_use`]: the embedded lists; [`list_csv::read`] for a
//!   file of your own.
//! - [`ControlList`]: look an [`Item`] up, walk its tree, ask its [`Status`] on a date, its
//!   [`LicenseRequirement`]s.
//! - [`ControlList::find`]: search by words or by any key; **[module `find`](find)** has the
//!   look-ups.
//! - [`ItemSet`]: a selection of items, with union, intersection and so on.
//! - [`CountingRule`] and [`Scope`]: what is counted; **[which counting rule?](count)** is the
//!   guide to them.
//! - [`Comparison`]: sizes, equal codes, categories; [`Crosswalk`]: what an item of one list is to
//!   one of another; [`Overlap`]: what two lists share by a crosswalk.
//! - [`Aligner`]: proposes a crosswalk for any two lists.
//! - [`ListDiff`]: what changed between two editions of one list; [`us_ccl_history`]: what stood on
//!   the US list between which dates.
//! - [`Code`] and [`Classification`]: read what people write.
//! - [`keys`] and [`quantity`]: what an item is in any language: CAS numbers, elements, species,
//!   customs codes, thresholds.
//! - [`timeline`]: the spans of an item's life and the notices behind them; [`ControlList::apply`]
//!   adds a notice of your own.
//! - [`rules`]: content thresholds, licenses and exceptions round the lists, as data.
//! - [`source`]: readers of official publications, each behind a feature of its name (`ecfr`,
//!   `mofcom`).
//!
//! # Scope of this crate
//!
//! It gives no legal advice, determines no license and screens no parties. It says "no counterpart
//! recorded", never "not controlled". Semantic versioning covers the public items, the order of
//! codes, the texts of errors and the form of the CSV files. The embedded data change with
//! every release that says so in the changelog: pin a version where a number must not move.
//!
//! # Features
//!
//! - `ecfr`: the reader of the official eCFR XML of 15 CFR Part 774 ([`source`]).
//! - `mofcom`: the reader of the Chinese text of the commerce ministry's notices ([`source`]).

#![warn(clippy::unwrap_used, clippy::panic, clippy::unreachable, clippy::todo)]

#[cfg(feature = "align")]
pub mod align;
pub mod change;
pub mod code;
pub mod compare;
pub mod count;
pub mod crosswalk;
#[cfg(feature = "embedded")]
mod embedded;
mod error;
mod format;
pub mod identifier;
pub mod list;
pub mod measure;
pub mod quantity;
pub mod rules;
pub mod source;
#[macro_use]
mod text;

pub use change::{Change, ChangeKind, History, ListDiff};
pub use code::{Category, Classification, Code, ListId, ProductGroup};
pub use compare::{Comparison, Overlap, Verdict};
pub use count::{Count, CountingRule, Scope, Unavailable};
pub use crosswalk::{Crosswalk, Evidence, Mapping, Relation, Side};
#[cfg(feature = "embedded")]
pub use embedded::{cn_dual_use, crosswalk, history, list, lists, us_ccl};
pub use error::{Error, ParseError};
pub use jiff::civil::Date;
pub use list::{
    ChildLogic, ControlList, Edition, Event, Item, ItemSet, ItemState, ListInfo, Reason,
};
pub use measure::{Measure, MeasureId, Status};
pub use quantity::Quantity;

/// The README's programs are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
