//! What `data/` must contain, made from the official publications.

mod china;
pub mod crosswalk;
mod history;
mod keys;
pub mod sample;
mod sums;
mod us;

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use export_control::{Code, ControlList, format::list_csv};

/// A file of `data/`: its name and its text.
pub type File = (&'static str, String);

/// The files of `data/`, as they follow from the publications in `sources` and the titles in
/// `data`.
///
/// # Errors
/// A publication that is missing or is not what it should be; a result that cannot be read back.
pub fn files(sources: &Path, data: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = us::files(sources, data)?;
    files.extend(history::files(sources)?);
    files.extend(china::files(sources, data)?);
    files.push(("SHA256SUMS", sums::of(sources)?));
    Ok(files)
}

/// Titles by code: English, and the list's own language.
type Titles = HashMap<Code, (String, Option<String>)>;

/// The titles of a list file as it stands. Only they are read, so that the generator can rewrite
/// every other column whatever is in it.
fn titles(path: &Path) -> Result<Titles, Box<dyn Error>> {
    #[derive(serde::Deserialize)]
    struct Row {
        code: String,
        #[serde(default)]
        title: String,
        #[serde(default)]
        title_local: Option<String>,
    }
    let place = |error: csv::Error| format!("{}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .map_err(place)?;
    let mut titles = Titles::new();
    for row in reader.deserialize::<Row>() {
        let row = row.map_err(place)?;
        titles.insert(
            row.code.parse()?,
            (row.title, row.title_local.filter(|title| !title.is_empty())),
        );
    }
    Ok(titles)
}

/// The list as a file, after reading it back and comparing.
fn checked(list: &ControlList) -> Result<String, Box<dyn Error>> {
    let text = list_csv::to_string(list);
    let again = list_csv::to_string(&list_csv::read_str(&text)?);
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
