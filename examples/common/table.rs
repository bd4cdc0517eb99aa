//! A table that a user brings, in any encoding. Its separator is found or named, and its header may
//! be below a title. Each row has its line and its faults.

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
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// Facts about the file in words: an encoding other than UTF-8, a separator other than a comma,
    /// records before the header, and repeated headers.
    pub notes: Vec<String>,
}

/// A row of a table.
pub struct Row {
    /// The line on which it begins.
    pub line: u64,
    /// Its fields.
    pub fields: StringRecord,
    /// A fault of the row itself, if any: its width, its bytes.
    pub fault: Option<String>,
}

/// The maximum number of records before the header.
const TITLES: usize = 20;

/// Bytes that may separate the fields of a row, the most likely first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator, and the number of records before the header.
type Layout = (u8, usize);

/// The character that decoding puts in the place of broken bytes.
const BROKEN: char = '\u{fffd}';

impl Table {
    /// Reads a file. The header is the first of its first records that passes, or else the first
    /// record. If no separator is named, it is the one that gives the header the most columns.
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
        if path.is_dir() {
            return Err(format!("{name}: found a folder, expected a table"));
        }
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        Table::of(name, &bytes, separator, is_header)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Returns the same errors as [`Table::read`].
    pub fn of(
        name: String,
        bytes: &[u8],
        separator: Option<u8>,
        is_header: impl Fn(&StringRecord) -> bool,
    ) -> Result<Table, String> {
        if let Some(found) = no_table(bytes) {
            return Err(format!(
                "{name}:1: found {found}, expected a table as text; save it as CSV"
            ));
        }
        let layout = |text: &str| find_separator(text, separator, &is_header);
        let (text, encoding, found) = likeliest(bytes, layout).ok_or_else(|| empty(&name))?;
        // UTF-16 has no zero left once it is text.
        if !is_text(&text) {
            return Err(format!(
                "{name}:1: found bytes that are not text, expected a table as text; save it as CSV"
            ));
        }
        let mut notes = Vec::new();
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

/// Returns `false` if what was decoded is not text: it has a zero, or more control characters than a
/// stray one in fifty.
fn is_text(text: &str) -> bool {
    let blank = |char: char| matches!(char, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    let begin = || text.chars().take(1000);
    let controls = begin().filter(|char| char.is_control() && !blank(*char));
    !begin().any(|char| char == '\0') && controls.count() * 50 <= begin().count()
}

/// Names the kind of a file that holds no table as text, by its first bytes.
fn no_table(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a workbook or another ZIP file"),
        (b"\xd0\xcf\x11\xe0", "a workbook of Excel 97 to 2003"),
        (b"%PDF-", "a PDF document"),
        (b"PAR1", "a Parquet file"),
    ];
    if let Some((_, kind)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(kind);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let markup = text.first() == Some(&b'<')
        && matches!(text.get(1), Some(b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z'));
    markup.then_some("an HTML or XML page")
}

/// Returns the text in the first encoding in which it has a header, or else in the first encoding.
fn likeliest(
    bytes: &[u8],
    layout: impl Fn(&str) -> Option<Layout>,
) -> Option<(String, &'static str, Option<Layout>)> {
    let mut first = None;
    for (text, encoding) in decode(bytes) {
        match layout(&text) {
            Some(found) => return Some((text, encoding, Some(found))),
            None => first = first.or(Some((text, encoding, None))),
        }
    }
    first
}

fn empty(name: &str) -> String {
    format!("{name}:1: found an empty file, expected a header and rows")
}

/// Returns the fault of a row of this width, if any. Empty fields that a spreadsheet adds at the
/// end do not count.
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

/// Returns a record without blanks around its fields and without the empty fields at its end.
fn trimmed(record: &StringRecord) -> StringRecord {
    let mut fields: Vec<&str> = record.iter().map(str::trim).collect();
    while fields.last().is_some_and(|field| field.is_empty()) {
        fields.pop();
    }
    fields.into_iter().collect()
}

/// Returns the separator and the number of records before the header, or `None` if no header
/// passes.
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
    // Of several equal ones, the most likely is used.
    let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    Some((best.1, best.2))
}

/// Records with the line on which each begins. A line can end in a line feed, a carriage return, or
/// both.
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
        // The text is already in memory and decoded, so reading cannot fail.
        let record = self.records.next()?.ok()?;
        let from = record.position().map_or(0, csv::Position::byte) as usize;
        // The CSV reader counts the line ends before a record as part of it.
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

/// Returns whether the text ends inside quotation marks.
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

/// Returns the bytes as text, with the name of the encoding. There are two results if only the
/// header can decide.
fn decode(bytes: &[u8]) -> Vec<(String, &'static str)> {
    let all_in = |encoding: &'static Encoding| {
        let (text, _, _) = encoding.decode(bytes);
        (text.into_owned(), encoding.name())
    };
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return vec![all_in(encoding)];
    }
    // Latin letters in UTF-16 each have a zero byte.
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
    // If there are many UTF-8 letters beyond ASCII, the file is damaged UTF-8. If there are few,
    // they are a coincidence, and the file has an older encoding: Windows-1252 in the West, GB
    // 18030 in China.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|c| *c == BROKEN).count();
    let whole_letters = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
    if whole_letters >= broken {
        return vec![(lossy.into_owned(), "UTF-8")];
    }
    vec![all_in(WINDOWS_1252), all_in(GB18030)]
}

/// Headers that name a column of export-control codes. Any header with the word ECCN does so too.
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

/// Headers that may name something else, such as an article's number. They count if there is no
/// header of the first kind.
const LESSER_CODE_HEADERS: [&str; 2] = ["classification", "code"];

/// Headers that name a column of texts.
const TEXT_HEADERS: [&[&str]; 3] = [
    &["text", "文本"],
    &[
        "description",
        "item description",
        "product description",
        "beschreibung",
        "描述",
    ],
    &["title", "bezeichnung", "名称"],
];

/// Returns the columns of a header that may have codes, or none if it has no such header.
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

/// Returns the column of codes.
///
/// # Errors
/// Returns an error if no column can be it, or if several can and none is named, or several have
/// the name.
pub fn code_column(header: &StringRecord, wanted: Option<&str>) -> Result<usize, String> {
    let there = || shown(header.iter().filter(|name| !name.is_empty()));
    match (code_columns(header, wanted).as_slice(), wanted) {
        ([column], _) => Ok(*column),
        (found @ [_, _, ..], Some(name)) => {
            let mut exact = found.iter().filter(|at| &header[**at] == name);
            match (exact.next(), exact.next()) {
                (Some(column), None) => Ok(*column),
                _ => Err(format!(
                    "found {} columns called {name:?}, expected one; give each a name of its own",
                    found.len()
                )),
            }
        }
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

/// Returns the column of texts, if there is one. It is called text, or else description, or else
/// title.
pub fn text_column(header: &StringRecord) -> Option<usize> {
    let names: Vec<String> = header.iter().map(plain).collect();
    TEXT_HEADERS
        .iter()
        .find_map(|known| names.iter().position(|name| known.contains(&name.as_str())))
}

/// Returns as many of the names as fit on a line.
fn shown<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 120;
    let text = names.collect::<Vec<_>>().join(", ");
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Returns a header in lower case, with one blank between its words.
fn plain(header: &str) -> String {
    header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads a separator as a user names it: one character, or `tab`.
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
