//! The wordings of a column that few wordings fill: each is read once.

use std::collections::HashMap;

use crate::text::short;

use super::cell::Draft;
use super::names::bare;
use super::terms::Mended;

/// Every wording that was read, by the cell.
pub(super) struct Wordings<T> {
    places: HashMap<String, usize>,
    /// The place that was found last: rows of one rule follow each other.
    last: usize,
    read: Vec<Wording<T>>,
}

struct Wording<T> {
    /// The words, on one line.
    text: Option<String>,
    value: Option<Mended<T>>,
    cell: String,
}

impl<T: Clone> Wordings<T> {
    pub(super) fn new() -> Wordings<T> {
        Wordings {
            places: HashMap::new(),
            last: 0,
            read: Vec::new(),
        }
    }

    /// Finds a wording that was read before.
    pub(super) fn find(&mut self, cell: &str) -> Option<usize> {
        let last = self.read.get(self.last);
        if last.is_some_and(|last| last.cell == cell) {
            return Some(self.last);
        }
        self.last = self.places.get(cell).copied()?;
        Some(self.last)
    }

    /// Reads a wording.
    pub(super) fn add(&mut self, cell: &str, read: fn(&str) -> Option<Mended<T>>) -> usize {
        let place = self.read.len();
        let (value, words) = (read(cell), bare(cell));
        let text = words.replace('\n', " ").trim_ascii().to_owned();
        self.read.push(Wording {
            text: Some(text).filter(|text| !text.is_empty()),
            cell: cell.to_owned(),
            value,
        });
        self.places.insert(cell.to_owned(), place);
        place
    }

    /// Returns the value and the words of a wording, and says in the entry what was mended.
    pub(super) fn set(
        &self,
        place: usize,
        what: &str,
        draft: &mut Draft,
    ) -> (Option<T>, Option<String>) {
        let Some(wording) = self.read.get(place) else {
            return (None, None);
        };
        match &wording.value {
            Some(value) => draft.mended.extend(value.mended.iter().cloned()),
            None => {
                let cell = short(&bare(&wording.cell));
                draft.unclear.push(format!("no {what} in {cell:?}"));
            }
        }
        let value = wording.value.as_ref().map(|read| read.value.clone());
        (value, wording.text.clone())
    }
}
