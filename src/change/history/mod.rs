//! The past of a list. Its guide is the documentation of [`History`].

mod changes;
mod growth;
pub(crate) mod history;
mod pack;
mod spans;
mod state;
mod titles;

pub use changes::Changes;

pub(crate) use history::{History, check_versions};
pub use history::{SizeOn, Snapshot};
pub(crate) use spans::{Provisions, Span};
pub use state::{HistoryState, Interval};
pub(crate) use titles::{Title, Titles};
