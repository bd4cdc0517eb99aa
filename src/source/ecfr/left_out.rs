//! Labeled text that was not taken as a paragraph where it was read: in a note, in a table, in the
//! middle of a line. What becomes of it shows only at the end of its entry: where the label was
//! printed as a paragraph too, the text is a list of its own; where it never was, it may be a
//! paragraph that got lost.

use std::collections::HashSet;

use crate::code::Code;
use crate::source::observation::ObservationKind;

use super::notes::{Notes, excerpt};

/// Where labeled text was found.
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

    /// Reports what was never printed as a paragraph. Labels that come one after the other in one
    /// place are one observation.
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
