//! Models export-control lists as typed sets of items. Counts them by named rules, compares them,
//! and says what is in force on a date.
//!
//! An export-control list names goods, software and technology whose export a country controls. It
//! is a tree: an *entry* such as `3A001` has *paragraphs* such as `3A001.b.2`, and each of them is
//! an [`Item`]. Three lists are embedded: the US Commerce Control List ([`us_ccl`]), China's Export
//! Control List of Dual-Use Items ([`cn_dual_use`]), and Annex I of Regulation (EU) 2021/821
//! (`list("eu-annex-i")`).
//!
//! ```
//! use export_control::{Comparison, CountingRule, Scope, cn_dual_use, us_ccl};
//!
//! // How large are they? A number carries its rule, its scope and its edition.
//! let comparison = Comparison::new(us_ccl(), cn_dual_use());
//! let counts = comparison.counts(CountingRule::Provisions);
//! println!("{}", counts[0]); // … provisions of us-ccl, on 2026-06-12, in force [eCFR text …]
//! println!("{}", counts[1]); // … provisions of cn-dual-use, on 2026-06-12, in force [list PDF …]
//! assert!(counts[0].ratio(&counts[1]).is_some_and(|ratio| (3.5..4.5).contains(&ratio)));
//!
//! // What was in force on a day? After the last day that the sources cover, it is unknown.
//! let on = |day: &str| Ok::<_, jiff::Error>(Scope::default().on(day.parse()?));
//! let covered = cn_dual_use().count(CountingRule::Entries, &on("2025-03-01")?);
//! let after = cn_dual_use().count(CountingRule::Entries, &on("2027-01-01")?);
//! assert!(covered.number().is_some() && after.number().is_none());
//!
//! // A code has meaning only within its list.
//! let code = "3c004".parse()?;
//! let (us, cn) = (us_ccl().get(code), cn_dual_use().get(code));
//! assert_ne!(us.map(|item| item.title()), cn.map(|item| item.title()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to start
//!
//! - To copy a program: the [`cookbook`]. To know why things are as they are: the [`design`].
//! - To get a list: [`lists`], [`list()`], [`us_ccl`] and [`cn_dual_use`] return embedded ones, and
//!   [`ControlList::from_csv`] reads your own.
//! - To look something up: [`ControlList::get`] takes a code and [`ControlList::find`] takes words
//!   or any key. [`ControlList::status`] says what is known of an item on a date.
//! - To count: a [`CountingRule`] says what is counted and a [`Scope`] among which items. The
//!   module [`count`] is the guide to the rules.
//! - To select: an [`ItemSet`] has union, intersection and the other operations of sets.
//! - To compare lists: [`Comparison`] has sizes, categories and equal codes. An [`Overlap`] says
//!   what two lists share by a [`Crosswalk`], and [`Comparison::overlaps`] what any number of them
//!   do. [`crosswalk()`] returns an embedded one, [`Crosswalk::compose`] chains two, and the module
//!   [`align`] drafts one for other lists.
//! - To compare editions: [`ListDiff`] says what changed, and [`history()`] returns the embedded
//!   past of a list. [`changes_since_embedded`] says if an embedded list is still current.
//!   [`ControlList::apply`] adds a notice to a list.
//! - To read what people write: [`Code`] and [`Classification`] for codes, the modules
//!   [`identifier`] and [`quantity`] for chemicals, elements, species, customs codes and
//!   thresholds.
//! - To know the rules around a list: the module [`rules`] has content thresholds, licenses and
//!   exceptions as data.
//! - To count and compare lists of parties, such as the Entity List: the module [`party`].
//! - To read an official publication: the module [`source`].
//!
//! # Scope of this crate
//!
//! The crate gives no legal advice, determines no license and screens no parties. It says "no
//! counterpart recorded", never "not controlled".
//!
//! Semantic versioning covers the public items, the order of codes, the texts of errors and the
//! form of the CSV files. The embedded data change with every release that says so in the
//! changelog. If a number must not move, pin the version.
//!
//! # Features
//!
//! | feature | on by default | adds |
//! |---|---|---|
//! | `embedded` | yes | the embedded lists, crosswalks and histories |
//! | `align` | yes | the aligner, in the module [`align`] |
//! | `serde` | yes | `Serialize` and `Deserialize` for the public types |
//! | `ecfr` | no | the reader of the eCFR's XML of 15 CFR Part 774, in the module [`source`] |
//! | `parties` | no | the readers of lists of parties (15 CFR Part 744, screening lists, notices), in the module [`source`] |
//! | `mofcom` | no | the reader of the Chinese text of the commerce ministry's notices, in the module [`source`] |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::unwrap_used, clippy::panic, clippy::unreachable, clippy::todo)]

#[cfg(feature = "align")]
pub mod align;
pub mod change;
pub mod code;
pub mod compare;
#[cfg(all(any(doc, doctest), feature = "embedded"))]
pub mod cookbook;
pub mod count;
pub mod crosswalk;
#[cfg(any(doc, doctest))]
#[doc = include_str!("../DESIGN.md")]
pub mod design {}
#[cfg(feature = "embedded")]
mod embedded;
mod error;
mod format;
pub mod identifier;
pub mod list;
pub mod measure;
#[doc(hidden)]
pub mod pack;
mod packed;
pub mod party;
pub mod quantity;
pub mod rules;
pub mod source;
#[macro_use]
mod text;

pub use change::diff::{Change, ListDiff};
pub use change::history::history::History;
pub use change::kind::ChangeKind;
pub use code::category::Category;
pub use code::classification::Classification;
pub use code::code::Code;
pub use code::group::ProductGroup;
pub use code::list_id::ListId;
pub use compare::comparison::Comparison;
pub use compare::overlap::Overlap;
pub use compare::share::Verdict;
pub use count::count::{Count, Unavailable};
pub use count::rule::CountingRule;
pub use count::scope::Scope;
pub use crosswalk::crosswalk::Crosswalk;
pub use crosswalk::mapping::{Evidence, Mapping, Relation, Side};
#[cfg(feature = "embedded")]
pub use embedded::{
    changes_since_embedded, cn_dual_use, crosswalk, edition_on, history, list, lists, us_ccl,
};
pub use error::{Error, ParseError};
pub use jiff::civil::Date;
pub use list::control_list::ControlList;
pub use list::info::{Edition, ListInfo};
pub use list::item::{ChildLogic, Item, ItemState, Reason};
pub use list::set::ItemSet;
pub use list::timeline::Event;
pub use measure::measure::{Measure, MeasureId, Status};
pub use quantity::range::Quantity;

/// The README's programs are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
