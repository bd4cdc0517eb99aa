//! Holds a part of a list that is made when it is first asked for.

use std::sync::OnceLock;

use crate::packed::{Packed, Source};

/// A part of a list. That of an embedded list is read from its packed form when it is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Lazy<T> {
    made: OnceLock<T>,
    source: Option<&'static Source>,
}

impl<T> Lazy<T> {
    /// A part of a packed list.
    pub(crate) fn packed(source: &'static Source) -> Lazy<T> {
        Lazy {
            made: OnceLock::new(),
            source: Some(source),
        }
    }

    /// Returns the part. If nobody has asked for it, it is made: from the packed list, or from
    /// nothing if the list is not a packed one.
    pub(crate) fn or_make(&self, make: impl FnOnce(Option<&'static Source>) -> T) -> &T {
        self.made.get_or_init(|| make(self.source))
    }
}

impl<T: Packed + Default> Lazy<T> {
    /// Returns the part, which is a section of a packed list.
    pub(crate) fn part(&self, section: usize) -> &T {
        self.or_make(|source| match source {
            Some(source) => source
                .section(section)
                .and_then(|mut section| section.value())
                .expect("the tests read every section of every embedded list"),
            None => T::default(),
        })
    }
}

impl<T> Default for Lazy<T> {
    fn default() -> Lazy<T> {
        Lazy {
            made: OnceLock::new(),
            source: None,
        }
    }
}

impl<T> From<T> for Lazy<T> {
    fn from(part: T) -> Lazy<T> {
        Lazy {
            made: OnceLock::from(part),
            source: None,
        }
    }
}
