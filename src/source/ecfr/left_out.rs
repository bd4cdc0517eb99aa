//! Labeled text that was not read as a paragraph: in a note, in a table, or in the middle of a
//! line.
//!
//! Only the end of the entry decides what it is. If the label was printed as a paragraph too, the
//! text is a separate list. If the label was never printed, the text may be a lost paragraph.

use std::collections::HashSet;

use crate::code::Code;
use crate::source::observation::ObservationKind;

use super::notes::{Notes, excerpt};

/// The place where labeled text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Note,
    Table,
    Title,
    /// In the middle of another paragraph.
    Within(Code),
}

struct Found {
    code: Code,
    place: Place,
    line: u64,
    text: String,
}

/// Labeled text of one entry that was left out.
#[derive(Default)]
pub(super) struct LeftOut {
    found: Vec<Found>,
    seen: HashSet<(Code, Place)>,
}

impl LeftOut {
    pub(super) fn add(&mut self, code: Code, place: Place, line: u64, text: &str) {
        if self.seen.insert((code, place)) {
            self.found.push(Found {
                code,
                place,
                line,
                text: excerpt(text),
            });
        }
    }

    /// Reports the labels that were never printed as paragraphs. Consecutive labels in one place
    /// make one observation.
    pub(super) fn report(self, taken: impl Fn(Code) -> bool, notes: &mut Notes) {
        let lost: Vec<Found> = self
            .found
            .into_iter()
            .filter(|found| !taken(found.code))
            .collect();
        for run in lost.chunk_by(|one, next| one.place == next.place) {
            let [first, more @ ..] = run else {
                continue;
            };
            let place = match first.place {
                Place::Note => "in a note".to_owned(),
                Place::Table => "in a table".to_owned(),
                Place::Title => "in a title".to_owned(),
                Place::Within(code) => format!("in the text of {code}"),
            };
            let others = match more {
                [] => String::new(),
                [.., last] => format!(" (and {} more, to {})", more.len(), last.code),
            };
            notes.add(
                ObservationKind::Skipped,
                first.line,
                first.code,
                format!(
                    "labeled text {place}, and no such paragraph{others}: {}",
                    first.text
                ),
            );
        }
    }
}
