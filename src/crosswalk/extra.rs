//! Texts by column, stored once for a file and not once for a row.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Index;
use std::sync::Arc;

use crate::packed::{Reader, Writer};

/// The texts of a row in columns that only other tools know: one for each column that it fills.
///
/// The rows of one file share the names of their columns.
///
/// ```
/// use export_control::crosswalk::ExtraFields;
/// let fields: ExtraFields = [("subject_label", "Wafers"), ("mapping_tool", "other")].into_iter().collect();
/// assert_eq!(&fields["mapping_tool"], "other");
/// assert_eq!(fields.get("object_label"), None);
/// assert_eq!(fields.iter().next(), Some(("subject_label", "Wafers")));
/// ```
#[derive(Clone)]
pub struct ExtraFields {
    names: Names,
    text: Cow<'static, str>,
    /// The number of each filled column, and the end of its value in the text.
    cells: Cells,
}

/// The cells of a row. Most rows fill one column or none, which takes no memory of its own.
#[derive(Clone)]
enum Cells {
    One([(u32, u32); 1]),
    Several(Box<[(u32, u32)]>),
}

impl From<Vec<(u32, u32)>> for Cells {
    fn from(cells: Vec<(u32, u32)>) -> Cells {
        match cells.try_into() {
            Ok(one) => Cells::One(one),
            Err(several) => Cells::Several(several.into()),
        }
    }
}

impl std::ops::Deref for Cells {
    type Target = [(u32, u32)];

    fn deref(&self) -> &[(u32, u32)] {
        match self {
            Cells::One(one) => one,
            Cells::Several(several) => several,
        }
    }
}

/// The names of a file's columns.
pub(crate) type Names = Arc<[Box<str>]>;

impl ExtraFields {
    /// Returns fields that say nothing.
    pub fn new() -> ExtraFields {
        std::iter::empty::<(&str, &str)>().collect()
    }

    /// The fields of a row by the numbers of their columns.
    pub(crate) fn of_row<'t>(
        names: &Names,
        cells: impl Iterator<Item = (usize, &'t str)> + Clone,
    ) -> ExtraFields {
        let length = cells.clone().map(|(_, value)| value.len()).sum();
        let mut text = String::with_capacity(length);
        let mut ends = Vec::with_capacity(cells.clone().count());
        for (column, value) in cells {
            text.push_str(value);
            ends.push((column as u32, text.len() as u32));
        }
        ExtraFields {
            names: Arc::clone(names),
            text: Cow::Owned(text),
            cells: ends.into(),
        }
    }

    /// Returns the text of a column, if the row fills it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Returns each filled column with its text, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.cells.iter().enumerate().map(|(at, (column, end))| {
            let start = at.checked_sub(1).map_or(0, |before| self.cells[before].1);
            let name = self.names.get(*column as usize).map_or("", |name| name);
            let value = self.text.get(start as usize..*end as usize);
            (name, value.unwrap_or_default())
        })
    }

    /// Returns how many columns the row fills.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Returns whether the row fills no column.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Sets the text of a column.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        let mut fields: Vec<(String, String)> = self
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => fields.push((name, value)),
        }
        *self = fields.into_iter().collect();
    }

    /// The names of the columns, which the rows of a file share.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// Each filled column by its number, with its text. A name can be longer than all rows: what is
    /// done for each row is done by number.
    pub(crate) fn by_number(&self) -> impl Iterator<Item = (usize, &str)> {
        let columns = self.cells.iter().map(|(column, _)| *column as usize);
        columns.zip(self.iter().map(|(_, value)| value))
    }

    /// The same fields under other names.
    /// Packs the texts with the number of their names.
    pub(super) fn pack(&self, names: &[Names], to: &mut Writer) {
        let number = names.iter().position(|known| *known == self.names);
        to.value(&number.unwrap_or(names.len()));
        to.text(&self.text);
        to.value(&self.cells.to_vec());
    }

    pub(super) fn unpack(names: &[Names], from: &mut Reader) -> Option<ExtraFields> {
        let number: usize = from.value()?;
        let (names, text) = (Arc::clone(names.get(number)?), from.value()?);
        let cells = match from.value()? {
            1u32 => Cells::One([from.value()?]),
            count => {
                let cells = (0..count).map(|_| from.value());
                Cells::Several(cells.collect::<Option<_>>()?)
            }
        };
        Some(ExtraFields { names, text, cells })
    }

    pub(super) fn with_names(&self, names: &Names) -> ExtraFields {
        ExtraFields {
            names: Arc::clone(names),
            ..self.clone()
        }
    }
}

impl Default for ExtraFields {
    fn default() -> ExtraFields {
        ExtraFields::new()
    }
}

/// Of two texts for one column the last counts.
impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for ExtraFields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> ExtraFields {
        let mut unique: indexmap::IndexMap<String, String> = indexmap::IndexMap::new();
        for (name, value) in fields {
            unique.insert(name.as_ref().to_owned(), value.as_ref().to_owned());
        }
        let names: Vec<Box<str>> = unique.keys().map(|name| name.as_str().into()).collect();
        ExtraFields::of_row(
            &names.into(),
            unique.values().map(String::as_str).enumerate(),
        )
    }
}

impl Index<&str> for ExtraFields {
    type Output = str;

    /// Returns the text of a column; it is empty if the row does not fill the column.
    fn index(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

/// Equal if the same columns hold the same texts, in any order.
impl PartialEq for ExtraFields {
    fn eq(&self, other: &ExtraFields) -> bool {
        let sorted = |fields: &ExtraFields| {
            let mut pairs: Vec<(String, String)> = fields
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            pairs.sort_unstable();
            pairs
        };
        if Arc::ptr_eq(&self.names, &other.names) {
            return *self.cells == *other.cells && self.text == other.text;
        }
        self.len() == other.len() && (self.iter().eq(other.iter()) || sorted(self) == sorted(other))
    }
}

impl Eq for ExtraFields {}

impl Hash for ExtraFields {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The sum does not depend on the order. Names can be long, and rows share them.
        let of_one = |value: &str| {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            hasher.finish()
        };
        let sum = self
            .iter()
            .map(|(_, value)| of_one(value))
            .fold(0, u64::wrapping_add);
        sum.hash(state);
    }
}

impl fmt::Debug for ExtraFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ExtraFields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ExtraFields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ExtraFields, D::Error> {
        let fields: indexmap::IndexMap<String, String> =
            serde::Deserialize::deserialize(deserializer)?;
        Ok(fields.into_iter().collect())
    }
}

/// Something made once for the names of each file, and not once for each row.
pub(crate) struct PerFile<T> {
    last: Option<(Names, T)>,
}

impl<T> PerFile<T> {
    pub(crate) fn new() -> PerFile<T> {
        PerFile { last: None }
    }

    /// Returns the thing that was made for these names, and makes it if they are not those of the
    /// row before. Often they are.
    pub(crate) fn of(&mut self, names: &Names, make: impl FnOnce(&Names) -> T) -> &mut T {
        let (known, made) = match self.last.take() {
            Some((known, made)) if Arc::ptr_eq(&known, names) => (known, made),
            _ => (Arc::clone(names), make(names)),
        };
        &mut self.last.insert((known, made)).1
    }
}
