//! Every file form of this crate. Each adds `from_…` and `to_…` methods to the type that it holds.

mod diff_csv;
mod history_csv;
mod license_csv;
pub(crate) mod lines;
mod list_csv;
mod measure_csv;
pub(crate) mod rows;
mod sssom;
