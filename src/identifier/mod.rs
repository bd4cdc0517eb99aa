//! Identifies things in any language: CAS numbers, customs codes, chemical elements, and the names
//! of species and toxins.
//!
//! A title tells a reader what an item is. An identifier tells a program, whatever the language of
//! the list. If an [`Item`](crate::Item) has no identifiers, none are recorded. That does not mean
//! that there are none.

mod cas;
mod element;
mod find;
mod hs;
mod species;

use std::fmt;

pub use cas::CasNumber;
pub use element::Element;
#[cfg(any(feature = "ecfr", feature = "mofcom"))]
pub(crate) use find::cas_in;
#[cfg(feature = "mofcom")]
pub(crate) use find::elements_in_chinese;
pub(crate) use find::elements_in_english;
pub use hs::HsCode;
pub use species::Species;

/// Removes every repetition of a key and keeps the first.
#[cfg(any(feature = "ecfr", feature = "mofcom"))]
pub(crate) fn once_each<T: Copy + Eq + std::hash::Hash>(keys: &mut Vec<T>) {
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| seen.insert(*key));
}

/// Shows an identifier as its text in debug output.
macro_rules! debug_as_text {
    ($($key:ident),*) => {$(
        impl fmt::Debug for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($key), "({})"), self)
            }
        }
    )*};
}
debug_as_text!(CasNumber, HsCode, Element, Species);

crate::text::serde_as_text!(CasNumber, HsCode, Element, Species);
