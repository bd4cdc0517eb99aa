//! Every file form of this crate. Each form adds `from_…` and `to_…` methods to its type.

mod amendment_csv;
mod columns;
mod diff_csv;
mod history_csv;
mod license_csv;
mod list_columns;
mod list_csv;
mod measure_csv;
mod party_csv;
mod party_notice_csv;
pub(crate) mod records;
mod sssom;
mod sssom_write;
pub(crate) mod table;
