//! What a list file says of its list as a whole: its names, its signs and its edition.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{ListId, Reason};
use crate::code::Category;

/// Says what a list is and what its signs mean: the part that two editions share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListInfo {
    pub(crate) id: ListId,
    pub(crate) name: String,
    pub(crate) name_local: Option<String>,
    pub(crate) categories: IndexMap<Category, String>,
    pub(crate) reasons: IndexMap<Reason, String>,
    pub(crate) third_digits: IndexMap<u8, String>,
    pub(crate) sources: IndexMap<String, String>,
    /// True unless the list is known not to say it, so that lists stored before this field read back.
    #[cfg_attr(feature = "serde", serde(default = "recorded"))]
    pub(crate) logic_recorded: bool,
}

#[cfg(feature = "serde")]
fn recorded() -> bool {
    true
}

impl ListInfo {
    /// Describes a list of which only the two names are known.
    ///
    /// ```
    /// use export_control::{Category, ListId, ListInfo};
    /// let electronics = Category::new(3).expect("a digit");
    /// let info = ListInfo::new(ListId::new("mine"), "My list")
    ///     .with_category(electronics, "Electronics");
    /// assert_eq!(info.category(electronics), Some("Electronics"));
    /// assert_eq!(info.categories().count(), 1);
    /// ```
    pub fn new(id: ListId, name: impl Into<String>) -> ListInfo {
        ListInfo {
            id,
            name: name.into(),
            name_local: None,
            categories: IndexMap::new(),
            reasons: IndexMap::new(),
            third_digits: IndexMap::new(),
            sources: IndexMap::new(),
            logic_recorded: true,
        }
    }

    /// Returns the list's short name.
    pub fn id(&self) -> &ListId {
        &self.id
    }

    /// Returns the list's name in English.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the list's name in its own language, if that is not English.
    pub fn name_local(&self) -> Option<&str> {
        self.name_local.as_deref()
    }

    /// Returns what a category digit means on the list.
    pub fn category(&self, category: Category) -> Option<&str> {
        self.categories.get(&category).map(String::as_str)
    }

    /// Returns every category that the list names, with its meaning, in the list's order.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = (Category, &str)> {
        self.categories
            .iter()
            .map(|(key, name)| (*key, name.as_str()))
    }

    /// Returns what a reason tag means on the list.
    pub fn reason(&self, reason: Reason) -> Option<&str> {
        self.reasons.get(&reason).map(String::as_str)
    }

    /// Returns every reason for control that the list names, with its meaning, in the list's order.
    pub fn reasons(&self) -> impl ExactSizeIterator<Item = (Reason, &str)> {
        self.reasons.iter().map(|(key, name)| (*key, name.as_str()))
    }

    /// Returns what the third digit of a code means on the list: a series, or a reason.
    pub fn third_digit(&self, digit: u8) -> Option<&str> {
        self.third_digits.get(&digit).map(String::as_str)
    }

    /// Returns every third digit that the list explains, with its meaning, in the list's order.
    pub fn third_digits(&self) -> impl ExactSizeIterator<Item = (u8, &str)> {
        self.third_digits
            .iter()
            .map(|(key, name)| (*key, name.as_str()))
    }

    /// Returns the publication behind a key of [`Item::source`](crate::Item::source).
    pub fn source(&self, key: &str) -> Option<&str> {
        self.sources.get(key).map(String::as_str)
    }

    /// Returns the publications behind the rows, by the keys that
    /// [`Item::source`](crate::Item::source) uses.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.sources
            .iter()
            .map(|(key, name)| (key.as_str(), name.as_str()))
    }

    /// Returns false if the list does not record which paragraphs are alternatives and which are
    /// conditions: its file has no column `logic`, or says so in the line `# logic: not recorded`.
    ///
    /// [`Comparison::caveats`](crate::Comparison::caveats) tells what follows for its counts.
    pub fn logic_recorded(&self) -> bool {
        self.logic_recorded
    }

    /// Sets the short name.
    #[must_use]
    pub fn with_id(mut self, id: ListId) -> ListInfo {
        self.id = id;
        self
    }

    /// Sets the name in English.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> ListInfo {
        self.name = name.into();
        self
    }

    /// Sets the name in the list's own language.
    #[must_use]
    pub fn with_name_local(mut self, name: impl Into<String>) -> ListInfo {
        self.name_local = Some(name.into());
        self
    }

    /// Says what a category digit means.
    #[must_use]
    pub fn with_category(mut self, category: Category, name: impl Into<String>) -> ListInfo {
        self.categories.insert(category, name.into());
        self
    }

    /// Says what a reason tag means.
    #[must_use]
    pub fn with_reason(mut self, reason: Reason, name: impl Into<String>) -> ListInfo {
        self.reasons.insert(reason, name.into());
        self
    }

    /// Says what a third digit means.
    #[must_use]
    pub fn with_third_digit(mut self, digit: u8, name: impl Into<String>) -> ListInfo {
        self.third_digits.insert(digit, name.into());
        self
    }

    /// Names the publication behind a key.
    #[must_use]
    pub fn with_source(mut self, key: impl Into<String>, name: impl Into<String>) -> ListInfo {
        self.sources.insert(key.into(), name.into());
        self
    }

    /// Says if the list records which paragraphs are alternatives and which are conditions.
    #[must_use]
    pub fn with_logic_recorded(mut self, recorded: bool) -> ListInfo {
        self.logic_recorded = recorded;
        self
    }
}

/// A list's text as in force from a date, and the days that the sources speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Edition {
    /// The citation.
    pub label: String,
    /// The first day of which the edition speaks, where that is known.
    pub from: Option<Date>,
    /// The last day of which the sources speak. After it the status of every item is unknown.
    pub through: Option<Date>,
}

impl Edition {
    /// Returns an edition of which only the citation is known.
    pub fn new(label: impl Into<String>) -> Edition {
        Edition {
            label: label.into(),
            from: None,
            through: None,
        }
    }

    /// Sets the first day that the edition covers.
    #[must_use]
    pub fn with_from(mut self, date: impl Into<Option<Date>>) -> Edition {
        self.from = date.into();
        self
    }

    /// Sets the last day that the sources cover.
    #[must_use]
    pub fn with_through(mut self, date: impl Into<Option<Date>>) -> Edition {
        self.through = date.into();
        self
    }
}

crate::packed::packed_struct!(ListInfo {
    id,
    name,
    name_local,
    categories,
    reasons,
    third_digits,
    sources,
    logic_recorded
});
crate::packed::packed_struct!(Edition {
    label,
    from,
    through
});
