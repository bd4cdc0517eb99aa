//! Makes the content of `data/` from the official publications.

mod china;
pub mod compose;
pub mod crosswalk;
mod descriptions;
pub mod eu;
pub mod europe;
mod history;
mod keys;
mod later;
pub mod packed;
mod parties;
pub mod sample;
mod sums;
mod us;

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use export_control::list::{Elsewhere, ScopeNote};
use export_control::{Code, ControlList};

/// A file of `data/`: its name and its text.
pub type File = (&'static str, String);

/// Returns the files of `data/`, made from the publications in `sources` and the titles in `data`.
///
/// # Errors
/// Returns an error if a publication is missing or is another document, or if a result cannot be
/// read back.
pub fn files(sources: &Path, data: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = us::files(sources, data)?;
    files.extend(history::files(sources, data)?);
    files.extend(china::files(sources, data)?);
    files.extend(eu::files(sources)?);
    files.extend(parties::files(sources)?);
    files.push(("SHA256SUMS", sums::of(sources)?));
    Ok(files)
}

/// The parts of an item that are written by hand.
#[derive(Default)]
struct ByHand {
    title: String,
    title_local: Option<String>,
    notes: Vec<ScopeNote>,
    elsewhere: Vec<Elsewhere>,
}

/// Reads the parts of a list file that are written by hand: titles, notes and references to other
/// lists. Only they are read, so that the generator can rewrite every other column whatever is in
/// it.
fn by_hand(path: &Path) -> Result<HashMap<Code, ByHand>, Box<dyn Error>> {
    #[derive(serde::Deserialize)]
    struct Row {
        code: String,
        #[serde(default)]
        title: String,
        #[serde(default)]
        title_local: Option<String>,
        #[serde(default)]
        notes: String,
        #[serde(default)]
        elsewhere: String,
    }
    let place = |error: csv::Error| format!("{}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .map_err(place)?;
    let mut written = HashMap::new();
    for row in reader.deserialize::<Row>() {
        let row = row.map_err(place)?;
        let notes = row.notes.split(';').filter(|note| !note.is_empty());
        let elsewhere = row.elsewhere.split(';').filter(|one| !one.is_empty());
        let by_hand = ByHand {
            title: row.title,
            title_local: row.title_local.filter(|title| !title.is_empty()),
            notes: notes.map(str::parse).collect::<Result<_, _>>()?,
            elsewhere: elsewhere.map(str::parse).collect::<Result<_, _>>()?,
        };
        written.insert(row.code.parse()?, by_hand);
    }
    Ok(written)
}

/// Returns the list as a file, after reading it back and comparing.
fn checked(list: &ControlList) -> Result<String, Box<dyn Error>> {
    let text = list.to_string();
    let again = text.parse::<ControlList>()?.to_string();
    if again != text {
        Err(format!(
            "{}: what was written does not read back the same",
            list.id()
        )
        .into())
    } else {
        Ok(text)
    }
}

/// Returns the output of a writer as text.
pub(crate) fn written(
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>,
) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
