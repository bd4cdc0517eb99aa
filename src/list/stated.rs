//! Facts that a text states, read when they are first asked for.

use std::fmt;
use std::ops::{Deref, DerefMut, Range};
use std::sync::{Arc, OnceLock};

use crate::identifier::{Element, elements_in_english};
use crate::packed::{Packed, Reader, Writer};
use crate::quantity::{Quantity, english};

/// A fact that can be read in an English text.
pub(crate) trait Fact: Sized {
    /// Reads the facts of a text. `lead_in` is the text above it, or empty.
    fn read(text: &str, lead_in: &str) -> Vec<Self>;
}

impl Fact for Quantity {
    fn read(text: &str, lead_in: &str) -> Vec<Quantity> {
        let mut quantities = english(text, lead_in).quantities;
        quantities.shrink_to_fit();
        quantities
    }
}

impl Fact for Element {
    fn read(text: &str, _lead_in: &str) -> Vec<Element> {
        elements_in_english(text)
    }
}

/// A text that is not read yet. The texts of one entry share a string.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    pub(crate) texts: Arc<String>,
    pub(crate) own: Range<usize>,
    pub(crate) lead_in: Range<usize>,
}

/// The facts of one kind: recorded, or read in a text when they are first asked for.
///
/// Most programs ask for those of few items, and reading them takes longer than reading the
/// publication.
pub(crate) struct Stated<T> {
    read: OnceLock<Vec<T>>,
    unread: Option<Unread>,
}

impl<T> Stated<T> {
    pub(crate) const fn nothing() -> Stated<T> {
        Stated {
            read: OnceLock::new(),
            unread: None,
        }
    }

    /// The facts of a text, which is read later.
    #[cfg_attr(
        not(feature = "ecfr"),
        allow(dead_code, reason = "only the eCFR reader needs it")
    )]
    pub(crate) fn in_text(text: Unread) -> Stated<T> {
        Stated {
            read: OnceLock::new(),
            unread: Some(text),
        }
    }
}

impl<T> From<Vec<T>> for Stated<T> {
    fn from(facts: Vec<T>) -> Stated<T> {
        Stated {
            read: OnceLock::from(facts),
            unread: None,
        }
    }
}

impl<T: Fact> Deref for Stated<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        self.read.get_or_init(|| {
            let Some(unread) = &self.unread else {
                return Vec::new();
            };
            let text = |range: &Range<usize>| unread.texts.get(range.clone()).unwrap_or_default();
            T::read(text(&unread.own), text(&unread.lead_in))
        })
    }
}

impl<T: Fact> DerefMut for Stated<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        let _ = &**self;
        self.unread = None;
        self.read.get_mut().expect("it was read just now")
    }
}

impl<T: Clone> Clone for Stated<T> {
    fn clone(&self) -> Stated<T> {
        Stated {
            // Facts that are read already need not be read again.
            read: self.read.clone(),
            unread: self.unread.clone(),
        }
    }
}

impl<T: Fact + PartialEq> PartialEq for Stated<T> {
    fn eq(&self, other: &Stated<T>) -> bool {
        **self == **other
    }
}

impl<T: Fact + fmt::Debug> fmt::Debug for Stated<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Fact + Packed> Packed for Stated<T> {
    fn read(from: &mut Reader) -> Option<Stated<T>> {
        Some(from.value::<Vec<T>>()?.into())
    }

    fn write(&self, to: &mut Writer) {
        to.value(&**self);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Stated, Unread};
    use crate::quantity::Quantity;

    #[test]
    fn a_text_is_read_when_it_is_asked_for() {
        let lead_in = "Pumps having a power exceeding:";
        let texts = format!("{lead_in}5 kW;");
        let unread = Unread {
            own: lead_in.len()..texts.len(),
            lead_in: 0..lead_in.len(),
            texts: Arc::new(texts),
        };
        let stated: Stated<Quantity> = Stated::in_text(unread);
        let (copy, mut changed) = (stated.clone(), stated.clone());
        assert!(stated.read.get().is_none() && copy.read.get().is_none());
        assert_eq!(stated[0].to_string(), "power > 5 kW");
        assert!(stated == copy && format!("{stated:?}") == format!("{:?}", vec![stated[0]]));
        changed.clear();
        assert!(changed.is_empty() && changed == Stated::nothing() && changed != stated);
    }
}
