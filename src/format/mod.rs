//! Every file form of this crate.

pub(crate) mod history_csv;
pub(crate) mod lines;
pub mod list_csv;
pub(crate) mod rows;
pub(crate) mod sssom;
