//! Notes on provisions that are stayed.

use crate::party::{Citation, Stay};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::note;
use crate::text::short;

use super::citations::{self, day};

/// Says that a supplement is not in the file.
pub(super) fn missing(supplement: u8) -> Observation {
    let detail = format!("Supplement No. {supplement} is not in the file");
    note(1, ObservationKind::Unclear, detail)
}

/// Reads a note: "At 99 FR 1, Jan. 2, 2031, in § 700.1, a sentence was stayed, effective
/// until Jan. 5, 2032."
pub(super) fn read(
    cells: &[String],
    line: u64,
    stays: &mut Vec<Stay>,
    notes: &mut Vec<Observation>,
) {
    let text = cells.first().map_or("", String::as_str);
    match stay(text) {
        Some(stay) => stays.push(stay),
        None => {
            let words = text.replace(char::is_control, " ");
            let detail = format!("a note on an effective date: {}", short(words.trim_ascii()));
            notes.push(note(line, ObservationKind::Skipped, detail));
        }
    }
}

fn stay(text: &str) -> Option<Stay> {
    let at = text.find("At ")? + "At ".len();
    let (head, rest) = text[at..].split_once(" stayed, effective until ")?;
    let (through, _) = day(rest)?;
    let head = head.strip_suffix(" was").or(head.strip_suffix(" were"))?;
    // "99 FR 1, Jan. 2, 2031, in § 700.1, a sentence": citation, then provision.
    let comma = head.match_indices(", ").nth(2)?.0;
    let (cited, provision) = (&head[..comma], head[comma + 2..].trim_ascii());
    let by: Citation = citations::read(cited).cited.into_iter().next()?;
    let provision = provision.strip_prefix("in ").unwrap_or(provision);
    let provision = provision
        .replace(" to part 744", "")
        .replace(", the ", ", ");
    Some(Stay::new(provision, by, through))
}
