//! A table that a user brings: its text whatever the encoding, its separator found or named, its
//! header below a title, and for each row its line and what is wrong with it.

use std::path::Path;

use csv::StringRecord;
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A table of a user.
pub struct Table {
    /// The file's name.
    pub name: String,
    /// The names of the columns, without blanks around them.
    pub header: StringRecord,
    /// The line of the header.
    pub header_line: u64,
    /// The rows that hold anything.
    pub rows: Vec<Row>,
    /// What was found out about the file, in words: its encoding and separator, where they are not
    /// UTF-8 and a comma; what stood before the header; repeated headers.
    pub notes: Vec<String>,
}

/// A row of a table.
pub struct Row {
    /// The line on which it begins.
    pub line: u64,
    /// Its fields.
    pub fields: StringRecord,
    /// What is wrong with the row itself, if anything: its width, its bytes.
    pub fault: Option<String>,
}

/// How many records may stand before the header.
const TITLES: usize = 20;

/// What may part the fields of a row, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator, and the number of records before the header.
type Layout = (u8, usize);

/// What decoding puts in the place of bytes that are no text.
const BROKEN: char = '\u{fffd}';

impl Table {
    /// Reads a file whose header is the first of its first records that passes; if none does, the
    /// first record is the header. The separator is the one that gives the header most columns,
    /// unless it is named.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is empty, or has a quotation mark that is not
    /// closed.
    pub fn read(
        path: &Path,
        separator: Option<u8>,
        is_header: impl Fn(&StringRecord) -> bool,
    ) -> Result<Table, String> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        Table::of(name, &bytes, separator, is_header)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn of(
        name: String,
        bytes: &[u8],
        separator: Option<u8>,
        is_header: impl Fn(&StringRecord) -> bool,
    ) -> Result<Table, String> {
        let mut notes = Vec::new();
        // Of several encodings the first in which there is a header.
        let mut read: Option<(String, &str, Option<Layout>)> = None;
        for (text, encoding) in decode(bytes) {
            let found = find_separator(&text, separator, &is_header);
            if read.is_none() || found.is_some() {
                let whole = found.is_some();
                read = Some((text, encoding, found));
                if whole {
                    break;
                }
            }
        }
        let (text, encoding, found) = read.ok_or_else(|| empty(&name))?;
        if encoding != "UTF-8" {
            notes.push(format!("read as {encoding}"));
        }
        let (separator, titles) = found.unwrap_or((separator.unwrap_or(b','), 0));
        if separator != b',' {
            notes.push(format!("the separator is {:?}", char::from(separator)));
        }
        if titles > 0 {
            notes.push(format!(
                "{titles} records before the header are passed over"
            ));
        }
        let mut records = Records::new(&text, separator).skip(titles);
        let Some((header_line, header)) = records.next() else {
            return Err(empty(&name));
        };
        let header = trimmed(&header);
        let mut rows = Vec::new();
        let mut last = None;
        for (line, fields) in records {
            if fields.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            if trimmed(&fields) == header {
                notes.push(format!("the header comes again on line {line}"));
                continue;
            }
            last = Some(line);
            let fault = fault(&fields, header.len());
            rows.push(Row {
                line,
                fields,
                fault,
            });
        }
        if let Some(last) = last.filter(|_| is_open(&text, separator)) {
            return Err(format!(
                "{name}:{last}: found a quotation mark that is not closed, expected one at the end of its field"
            ));
        }
        Ok(Table {
            name,
            header,
            header_line,
            rows,
            notes,
        })
    }
}

fn empty(name: &str) -> String {
    format!("{name}:1: found an empty file, expected a header and rows")
}

/// What is wrong with a row of this width. What a spreadsheet adds at the end is empty.
fn fault(fields: &StringRecord, width: usize) -> Option<String> {
    let filled = trimmed(fields).len();
    if filled > width || fields.len() < width {
        let found = if filled > width { filled } else { fields.len() };
        return Some(format!(
            "found {found} fields, expected {width}, as in the header"
        ));
    }
    let broken = fields.iter().position(|field| field.contains(BROKEN))?;
    Some(format!(
        "found bytes in field {} that are no text in the file's encoding",
        broken + 1
    ))
}

/// A record without blanks around its fields and without the empty fields at its end.
fn trimmed(record: &StringRecord) -> StringRecord {
    let mut fields: Vec<&str> = record.iter().map(str::trim).collect();
    while fields.last().is_some_and(|field| field.is_empty()) {
        fields.pop();
    }
    fields.into_iter().collect()
}

/// The separator and the number of records before the header; `None` if no header passes.
fn find_separator(
    text: &str,
    separator: Option<u8>,
    is_header: &impl Fn(&StringRecord) -> bool,
) -> Option<Layout> {
    let candidates = separator.map_or(SEPARATORS.to_vec(), |separator| vec![separator]);
    let found = candidates.into_iter().filter_map(|separator| {
        let mut first = Records::new(text, separator).take(TITLES).enumerate();
        let (at, (_, header)) = first.find(|(_, (_, record))| is_header(&trimmed(record)))?;
        Some((trimmed(&header).len(), separator, at))
    });
    // Of equals the likeliest.
    let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    Some((best.1, best.2))
}

/// Records with the line on which each begins. Every end of a line counts: a line feed, a return,
/// or both.
struct Records<'a> {
    bytes: &'a [u8],
    records: csv::StringRecordsIntoIter<&'a [u8]>,
    line: u64,
    counted: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: u8) -> Records<'a> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        Records {
            bytes: text.as_bytes(),
            records: reader.into_records(),
            line: 1,
            counted: 0,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = (u64, StringRecord);

    fn next(&mut self) -> Option<(u64, StringRecord)> {
        // The text is in memory and is text: reading cannot fail.
        let record = self.records.next()?.ok()?;
        let from = record.position().map_or(0, csv::Position::byte) as usize;
        // To the CSV reader the line ends before a record are part of it.
        let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let begin = from + self.bytes[from..].iter().take_while(is_end).count();
        let passed = &self.bytes[self.counted..begin];
        let lone = |at: usize| passed[at] == b'\r' && passed.get(at + 1) != Some(&b'\n');
        let ends = (0..passed.len()).filter(|at| passed[*at] == b'\n' || lone(*at));
        self.line += ends.count() as u64;
        self.counted = begin;
        Some((self.line, record))
    }
}

/// Whether the text ends within quotation marks.
fn is_open(text: &str, separator: u8) -> bool {
    let (mut quoted, mut begins, mut rest) = (false, true, text.bytes().peekable());
    while let Some(byte) = rest.next() {
        match byte {
            b'"' if quoted => quoted = rest.next_if_eq(&b'"').is_some(),
            b'"' if begins => quoted = true,
            _ => {}
        }
        begins = !quoted && (byte == separator || matches!(byte, b'\n' | b'\r'));
    }
    quoted
}

/// The bytes as text, with the name of the encoding: one way, or two where only the header can tell.
fn decode(bytes: &[u8]) -> Vec<(String, &'static str)> {
    let all_in = |encoding: &'static Encoding| {
        let (text, _, _) = encoding.decode(bytes);
        (text.into_owned(), encoding.name())
    };
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return vec![all_in(encoding)];
    }
    // Latin letters in UTF-16 have a zero beside each.
    let start = &bytes[..bytes.len().min(400)];
    let zeros = |first: usize| {
        start
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let most = start.len() / 4 + 1;
    if zeros(1) >= most {
        return vec![all_in(UTF_16LE)];
    }
    if zeros(0) >= most {
        return vec![all_in(UTF_16BE)];
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return vec![(text.to_owned(), "UTF-8")];
    }
    // Letters beyond ASCII that are UTF-8 say that the rest is damaged. If they are few, they are so
    // by chance, and the file is in an older encoding: Windows-1252 in the West, GB 18030 in China.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|c| *c == BROKEN).count();
    let whole_letters = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
    if whole_letters >= broken {
        return vec![(lossy.into_owned(), "UTF-8")];
    }
    vec![all_in(WINDOWS_1252), all_in(GB18030)]
}

/// Headers that name a column of export-control codes; so does any header with the word ECCN.
const CODE_HEADERS: [&str; 8] = [
    "export control classification number",
    "export control classification",
    "export classification",
    "export control code",
    "export code",
    "control code",
    "管制编码",
    "两用物项出口管制编码",
];

/// Headers that may name something else, such as an article's number. They count if no header of
/// the first kind is there.
const LESSER_CODE_HEADERS: [&str; 2] = ["classification", "code"];

/// Headers that name a column of texts.
const TEXT_HEADERS: [[&str; 2]; 3] = [["text", "文本"], ["description", "描述"], ["title", "名称"]];

/// The columns of a header that may hold codes; none if it has no such header.
pub fn code_columns(header: &StringRecord, wanted: Option<&str>) -> Vec<usize> {
    let names: Vec<String> = header.iter().map(plain).collect();
    let all = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..names.len()).filter(|at| test(&names[*at])).collect()
    };
    if let Some(name) = wanted {
        return all(&|there| there == plain(name));
    }
    let eccn = |name: &str| name.split(' ').any(|word| word == "eccn");
    match all(&|name| CODE_HEADERS.contains(&name) || eccn(name)) {
        none if none.is_empty() => all(&|name| LESSER_CODE_HEADERS.contains(&name)),
        found => found,
    }
}

/// The column of codes.
///
/// # Errors
/// Returns an error if no column can be it, or if several can and none is named.
pub fn code_column(header: &StringRecord, wanted: Option<&str>) -> Result<usize, String> {
    let there = || shown(header.iter().filter(|name| !name.is_empty()));
    match (code_columns(header, wanted).as_slice(), wanted) {
        ([column], _) | ([column, ..], Some(_)) => Ok(*column),
        ([], Some(name)) => Err(format!(
            "found no column {name:?}, expected one of {}",
            there()
        )),
        ([], None) => Err(format!(
            "found the columns {}, expected one called eccn, {}, {}; name it with --column",
            there(),
            CODE_HEADERS.join(", "),
            LESSER_CODE_HEADERS.join(", ")
        )),
        (found, None) => Err(format!(
            "found several columns of codes, {}; name one with --column",
            shown(found.iter().map(|at| &header[*at]))
        )),
    }
}

/// The column of texts, if there is one: called text, or else description, or else title.
pub fn text_column(header: &StringRecord) -> Option<usize> {
    let names: Vec<String> = header.iter().map(plain).collect();
    TEXT_HEADERS
        .iter()
        .find_map(|known| names.iter().position(|name| known.contains(&name.as_str())))
}

/// Names one after the other, so many that a line can hold them.
fn shown<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 120;
    let text = names.collect::<Vec<_>>().join(", ");
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A header in small letters, its words parted by one blank.
fn plain(header: &str) -> String {
    header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A separator as a user names it: one sign, or `tab`.
pub fn separator(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [sign] if !sign.is_ascii_alphanumeric() && *sign != b'"' => Ok(*sign),
            _ => Err(format!(
                "found {text:?}, expected one sign such as ; or the word tab"
            )),
        },
    }
}
