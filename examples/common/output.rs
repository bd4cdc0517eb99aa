//! The output of the examples: CSV that other programs load without harm, files that are never half
//! written, and text that a terminal does not execute.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use export_control::ListId;

/// Writes CSV. If a spreadsheet would read a cell as a formula, the cell gets an apostrophe before
/// it.
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    /// Begins with a header.
    pub fn new<'a>(out: W, header: impl IntoIterator<Item = &'a str>) -> csv::Result<Csv<W>> {
        let mut csv = Csv(csv::Writer::from_writer(out));
        csv.row(header)?;
        Ok(csv)
    }

    /// Writes a row.
    pub fn row<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) -> csv::Result<()> {
        for field in fields {
            self.0.write_field(guarded(field.as_ref()).as_bytes())?;
        }
        self.0.write_record(None::<&[u8]>)
    }

    /// Writes the rest.
    pub fn finish(mut self) -> Result<(), Box<dyn Error>> {
        Ok(self.0.flush()?)
    }
}

/// Returns a cell that no spreadsheet reads as a formula.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let bare = cell.trim_start_matches('\'');
    if bare.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Returns a code with its list: `us-ccl:3E001`. A code means nothing without its list, and many
/// programs read it as a number.
pub fn of_list(list: &ListId, code: impl Display) -> String {
    format!("{list}:{code}")
}

/// Returns codes joined by `;`, each with its list.
pub fn all_of_list(list: &ListId, codes: impl IntoIterator<Item = impl Display>) -> String {
    let codes = codes.into_iter().map(|code| of_list(list, code));
    codes.collect::<Vec<_>>().join(";")
}

/// Returns a cell of a list's own CSV form in a form that every program loads. Codes have their
/// list and numbers their names. No run looks like a date, and no word like a truth value.
pub fn portable(list: &ListId, column: &str, cell: &str) -> String {
    let each = |write: &dyn Fn(&str) -> String| {
        let values = cell.split(';').filter(|value| !value.is_empty());
        values.map(write).collect::<Vec<_>>().join(";")
    };
    match column {
        "code" | "through" | "refers_to" => each(&|code| of_list(list, code)),
        "cas" => each(&|number| format!("CAS {number}")),
        "hs" => each(&|heading| format!("HS {heading}")),
        "catalogue_rows" => each(&|run| format!("row:{}", run.replace('-', ".."))),
        "inferred" if !cell.is_empty() => "inferred".to_owned(),
        _ => cell.to_owned(),
    }
}

/// A file that gets its name when it is complete. Until then, an older file with the name remains.
pub struct NewFile {
    path: PathBuf,
    /// The path at which the text is written first, or `None` if the target is not a file on a
    /// disk, such as `/dev/stdout`.
    temporary: Option<PathBuf>,
    file: File,
}

impl NewFile {
    /// Checks that a file can be written to a path, before any work is done for it.
    ///
    /// # Errors
    /// Returns an error that names the path if its folder does not exist or cannot be written to.
    pub fn create(path: &Path) -> Result<NewFile, Box<dyn Error>> {
        let fail = |error: io::Error| format!("{}: {error}", path.display());
        if path.is_dir() {
            return Err(format!("{}: found a folder, expected a file", path.display()).into());
        }
        if path.exists() && !path.is_file() {
            let file = OpenOptions::new().write(true).open(path).map_err(fail)?;
            return Ok(NewFile {
                path: path.to_owned(),
                temporary: None,
                file,
            });
        }
        // A link remains a link.
        let path_of_file = if path.exists() {
            fs::canonicalize(path).map_err(fail)?
        } else {
            path.to_owned()
        };
        let mut name = path_of_file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = path_of_file.with_file_name(name);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
            .map_err(fail)?;
        Ok(NewFile {
            path: path_of_file,
            temporary: Some(temporary),
            file,
        })
    }

    /// Writes the content and gives the file its name.
    ///
    /// # Errors
    /// Returns an error that names the path if the content cannot be written, for example because
    /// the disk is full. The old file remains.
    pub fn finish(mut self, content: &[u8]) -> Result<(), Box<dyn Error>> {
        let result = self.write(content);
        result.map_err(|error| format!("{}: {error}", self.path.display()).into())
    }

    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.file.write_all(content)?;
        if let Some(temporary) = &self.temporary {
            self.file.sync_all()?;
            if let Ok(old) = fs::metadata(&self.path) {
                fs::set_permissions(temporary, old.permissions())?;
            }
            fs::rename(temporary, &self.path)?;
            self.temporary = None;
        }
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // If the rest of an unwritten file cannot be removed, nothing more can be done.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Prints a message on standard error, which may be full or closed.
pub fn note(text: impl Display) {
    let text = text.to_string();
    let _ = writeln!(io::stderr().lock(), "{}", escaped(&text));
}

/// Returns a text with control characters in a form that a terminal shows and does not execute.
/// Line ends remain.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Returns whether a terminal does anything with a character other than show it.
fn obeyed(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes to a terminal, with control characters shown and not executed.
pub struct Terminal<W: Write> {
    out: W,
    /// The bytes of a character that is not complete yet.
    begun: Vec<u8>,
}

impl<W: Write> Terminal<W> {
    pub fn new(out: W) -> Terminal<W> {
        let begun = Vec::new();
        Terminal { out, begun }
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(_) => self.begun.len(),
            // Bytes that can still become a character wait. Others are shown as broken.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.begun.len(),
        };
        let text = String::from_utf8_lossy(&self.begun[..whole]);
        self.out.write_all(escaped(&text).as_bytes())?;
        self.begun.drain(..whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
