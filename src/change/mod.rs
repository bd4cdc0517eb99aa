//! Finds what changed between two editions of a list, and keeps the past of a list.
//!
//! [`ListDiff::between`] pairs the items of two editions and says what happened to each. Items are
//! paired by their words and not by their codes. If a new paragraph `b` pushes the old one to `c`,
//! the diff has one paragraph added and one renumbered, not two reworded. A [`History`]
//! has a list over many editions.
//!
//! # What a pair is based on
//!
//! | both editions have | items are paired by | a rewording is |
//! |---|---|---|
//! | official texts | the words of the law | known, with the figures that differ |
//! | fingerprints of the official texts | the words of the law | known, without the words |
//! | titles only, as the embedded lists | the titles, which this crate wrote | a change of title, which need not be one of the law |
//! | neither | the code alone | not known |
//!
//! Pairs are made in this order:
//!
//! 1. An item keeps its code if its words are the same.
//! 2. If exactly one item on each side has certain words, the two are one item under two codes. If
//!    several have them, the words of their parents decide.
//! 3. The children of a renumbered parent follow it, and a parent follows its children.
//! 4. If both editions have texts, similar words make a pair, provided that every figure and code
//!    in them is equal.
//!
//! An item without a pair is added or removed. If one code has both, it is reworded.
//!
//! # What one side does not record
//!
//! Editions come from different sources: an official file has texts, the embedded list has titles
//! and fingerprints of texts, a history has no reasons for control. A field that one side does not
//! record makes no change. [`ListDiff::not_comparable`] counts such fields apart.
//!
//! ```
//! use export_control::{ChangeKind, ControlList, Edition, Item, ListDiff, ListId, ListInfo};
//! let edition = |label: &str, items: &[(&str, &str)]| {
//!     let items = items.iter().map(|(code, title)| {
//!         Item::new(code.parse().expect("a code")).with_title(*title)
//!     });
//!     let edition = Edition::new(label);
//!     ControlList::new(ListInfo::new(ListId::new("mine"), "My list"), edition, items.collect())
//! };
//! let old = edition("2024", &[
//!     ("3A001", "Converters"),
//!     ("3A001.a", "Fast converters"),
//!     ("3A001.b", "Cold converters"),
//! ])?;
//! let new = edition("2025", &[
//!     ("3A001", "Converters"),
//!     ("3A001.a", "Tiny converters"),
//!     ("3A001.b", "Fast converters"),
//!     ("3A001.c", "Cold converters"),
//! ])?;
//!
//! let diff = ListDiff::between(&old, &new)?;
//! assert_eq!(diff.of_kind(ChangeKind::Renumbered).count(), 2);
//! assert_eq!(diff.of_kind(ChangeKind::Added).count(), 1);
//! assert_eq!(diff.apply(&old)?, new);
//! # Ok::<(), export_control::Error>(())
//! ```

mod apply;
mod bag;
mod comparing;
pub(crate) mod diff;
mod difference;
mod field;
pub(crate) mod history;
pub(crate) mod kind;
mod license_change;
mod pairing;
mod report;
mod threshold;

pub(crate) use diff::{Change, ListDiff};
pub use difference::Difference;
pub use field::Field;
pub(crate) use history::history::History;
pub use history::{Changes, HistoryState, Interval, SizeOn, Snapshot};
pub(crate) use kind::ChangeKind;
pub use license_change::LicenseChange;
pub use pairing::PairingBasis;
pub(crate) use report::label;
