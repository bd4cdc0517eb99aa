//! Records which item of one list is which of another, by what is controlled and not by code.
//!
//! A [`Mapping`] gives the relation of two items, or says that an item has no counterpart on the
//! other list. An item without a mapping is different: nobody has looked at it. Each mapping says
//! who judged, how, and why.
//!
//! The file form is TSV by the Simple Standard for Sharing Ontological Mappings, SSSOM:
//! [`Crosswalk::from_sssom`] and [`Crosswalk::to_sssom`]. A missing counterpart is written as
//! `sssom:NoTermFound`. Columns of other tools are kept, and so are rows that are not mappings of
//! the two lists ([`Crosswalk::other_rows`]).
//!
//! What SSSOM has no column for is in three extension slots, which a file with one of them declares
//! under `extension_definitions`, as the standard asks:
//!
//! | slot | field | holds |
//! |---|---|---|
//! | `ext_difference` | [`Mapping::differences`] | one [`MappingDifference`] or several, joined by bars |
//! | `ext_jointly` | [`Mapping::jointly`] | `left` or `right` |
//! | `ext_see` | [`Mapping::see`] | codes joined by semicolons |
//!
//! A text in these slots that has another form is an error with its line and column, and is not
//! kept: a difference that nobody reads would be lost without a word.

mod compose;
mod contradiction;
pub(crate) mod crosswalk;
mod difference;
mod difference_form;
mod extra;
mod flaw;
pub(crate) mod mapping;
mod metadata;
mod pack;
mod relations;

pub use compose::{Agreement, ComposedLack, ComposedPair, Composition, Conflict};
pub(crate) use crosswalk::{Crosswalk, is_prefix};
pub use difference::MappingDifference;
pub use extra::ExtraFields;
pub(crate) use extra::{Names, PerFile};
pub(crate) use mapping::{COLUMNS, DIFFERENCE_SLOT, Found, JOINTLY_SLOT, REQUIRED, SEE_SLOT};
pub(crate) use mapping::{Evidence, Mapping, Relation, Side};
pub use mapping::{EvidenceKind, Finding, Justification, Review};
pub(crate) use metadata::Metadata;
pub use relations::Relations;
