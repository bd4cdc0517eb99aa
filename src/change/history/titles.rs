//! The titles that a history takes from a list.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use crate::code::Code;
use crate::list::{ControlList, ItemState};
use crate::text::fingerprint::Fingerprint;

/// A title, with the state and the fingerprint of the text that it was written for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Title {
    pub(super) code: Code,
    pub(super) state: ItemState,
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) title: Cow<'static, str>,
}

/// The titles of codes in list order. Those of an embedded history are taken from its list when
/// they are first asked for.
#[derive(Clone, Default)]
pub(crate) struct Titles {
    made: OnceLock<Vec<Title>>,
    list: Option<fn() -> &'static ControlList>,
}

impl Titles {
    /// Returns the titles that a list will give.
    pub(crate) fn of(list: fn() -> &'static ControlList) -> Titles {
        Titles {
            made: OnceLock::new(),
            list: Some(list),
        }
    }

    /// Returns the titles, which `take` takes from the list if that was not done before.
    pub(super) fn or_take(&self, take: impl FnOnce(&ControlList) -> Vec<Title>) -> &[Title] {
        self.made
            .get_or_init(|| self.list.map_or_else(Vec::new, |list| take(list())))
    }
}

impl From<Vec<Title>> for Titles {
    fn from(titles: Vec<Title>) -> Titles {
        Titles {
            made: OnceLock::from(titles),
            list: None,
        }
    }
}

impl fmt::Debug for Titles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Titles")
    }
}
