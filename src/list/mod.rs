//! Holds a control list: the items of one edition, in the order of the list.
//!
//! [`ControlList`] looks items up, walks their tree, searches them and says what is known of them
//! on a date. [`Item`] is one entry or paragraph, and [`ItemSet`] is a set of items of one list.
//! What only some countries publish with an item is in [`Particulars`]; the tables of license
//! requirements are in the module [`license`].

mod amend;
pub mod amendment;
mod condition;
pub(crate) mod control_list;
mod elsewhere;
pub(crate) mod facts;
pub(crate) mod info;
pub(crate) mod item;
mod item_debug;
#[cfg(feature = "serde")]
mod item_form;
mod later;
mod lazy;
pub(crate) mod ledger;
pub mod license;
mod note;
mod pack;
mod particulars;
pub(crate) mod preamble;
mod search;
mod search_index;
pub(crate) mod set;
pub(crate) mod stated;
mod status_on;
mod statuses;
pub(crate) mod timeline;
mod words;

pub(crate) use crate::code::ListId;
pub use crate::text::fingerprint::Fingerprint;
pub use condition::Condition;
pub(crate) use control_list::ControlList;
use control_list::Tree;
pub use elsewhere::{Authority, Elsewhere};
pub(crate) use info::{Edition, ListInfo};
pub(crate) use item::{ChildLogic, Item, ItemState, Reason};
pub use note::{NoteKind, ScopeNote};
pub use particulars::{Availability, LicenseException, Particulars};
pub use search::{MatchedBy, SearchHit};
pub(crate) use set::ItemSet;
pub use set::{Members, Selection};
pub use status_on::StatusOn;
pub use timeline::{EventKind, Span};
