//! Item codes. A code is syntax only: it means nothing without its list.

mod answer;
pub(crate) mod category;
pub(crate) mod classification;
pub(crate) mod code;
pub(crate) mod group;
mod label;
pub(crate) mod list_id;
mod munitions;
mod number;
mod parse;
mod problem;
mod remark;
mod running;
mod sign;

pub use answer::{Answer, Prefix};
pub(crate) use category::Category;
pub use classification::Basket;
pub(crate) use classification::Classification;
pub(crate) use code::Code;
pub use code::MAX_DEPTH;
pub(crate) use group::ProductGroup;
pub use label::Label;
pub(crate) use list_id::ListId;
pub use munitions::Munitions;
pub use remark::{Remark, RemarkKind};
pub(crate) use running::codes;
#[cfg(any(feature = "ecfr", feature = "mofcom"))]
#[cfg(feature = "ecfr")]
pub(crate) use running::glued_codes;
#[cfg(feature = "align")]
pub(crate) use running::{Running, running};
