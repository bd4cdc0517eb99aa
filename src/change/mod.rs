//! What changed between two editions of one list.
//!
//! [`ListDiff::between`] pairs the items of two editions and says of each what became of it. Items
//! are paired by what they say, not by where they stand: where a paragraph `b` moved to `c` because
//! another was put before it, that is one paragraph added and one renumbered, not two reworded.
//!
//! # What a pair rests on
//!
//! | both editions have | items are paired by | a rewording is |
//! |---|---|---|
//! | official texts | the words of the law | known, with the figures that differ |
//! | fingerprints of the official texts | the words of the law | known, not what differs |
//! | titles only, as the embedded lists | the titles, which this crate wrote | a change of title, which the law need not share |
//! | neither | the code alone | not known |
//!
//! In this order: an item keeps its code where its words are the same; a wording that exactly one
//! item has on either side is the same item under another code, its parents' wording deciding where
//! a wording stands more than once; the children of a renumbered parent follow it; a parent follows
//! its children; last, where texts are at hand, words that are alike, provided that every figure
//! and code in them is equal. What stays unpaired is added or removed, or, where one code has both,
//! reworded.
//!
//! ```
//! use export_control::{ChangeKind, ControlList, Edition, Item, ListDiff, ListId, ListInfo};
//! let edition = |label: &str, items: &[(&str, &str)]| {
//!     let items = items.iter().map(|(code, title)| {
//!         Item::new(code.parse().expect("a code")).with_title(*title)
//!     });
//!     let edition = Edition { label: label.into(), ..Edition::default() };
//!     ControlList::new(ListInfo::new(ListId::new("mine"), "My list"), edition, items.collect())
//! };
//! let old = edition("2024", &[("3A001", "Converters"), ("3A001.a", "Fast converters"), ("3A001.b", "Cold converters")])?;
//! let new = edition("2025", &[("3A001", "Converters"), ("3A001.a", "Tiny converters"), ("3A001.b", "Fast converters"), ("3A001.c", "Cold converters")])?;
//!
//! let diff = ListDiff::between(&old, &new)?;
//! assert_eq!(diff.of_kind(ChangeKind::Renumbered).count(), 2);
//! assert_eq!(diff.of_kind(ChangeKind::Added).count(), 1);
//! assert_eq!(diff.apply(&old)?, new);
//! # Ok::<(), export_control::Error>(())
//! ```

mod diff;
mod difference;
pub mod history;
mod kind;
mod pairing;
mod report;
mod threshold;

pub use self::history::History;
pub use diff::{Change, LicenseChange, ListDiff};
pub use difference::Difference;
pub use kind::ChangeKind;
pub use pairing::PairingBasis;
pub(crate) use report::label;
