//! The quantities that a running text states.

mod chinese;
mod english;
mod phrases;
pub(super) mod scan;

pub use chinese::in_chinese;
pub use english::in_english;
