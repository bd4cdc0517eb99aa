//! What the examples share: their output formats and how they end.
#![allow(dead_code)] // each example uses its part

mod lists;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use csv::StringRecord;
use export_control::{ControlList, Item, Status};
use jiff::civil::Date;

#[allow(unused_imports)] // each example uses its part
pub use lists::{crosswalk, list, needed_crosswalk};

/// An example's work: it writes to the given place, so that the tests can read what a user sees.
pub type Work<A> = fn(&A, &mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Parses the arguments, does the work, and reports an error as one line.
pub fn main<A: Parser>(work: Work<A>) -> ExitCode {
    let arguments = A::parse();
    match work(&arguments, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever closes the pipe has read enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>().or_else(|| {
        match error.downcast_ref::<csv::Error>()?.kind() {
            csv::ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    });
    // The JSON writer's error tells its kind only.
    let json = error
        .downcast_ref::<serde_json::Error>()
        .and_then(serde_json::Error::io_error_kind);
    io.map(std::io::Error::kind).or(json) == Some(std::io::ErrorKind::BrokenPipe)
}

/// A line under the header and nothing else: rows stay one line apart in a terminal and in a
/// quotation.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// Characters to a line: what a terminal shows without wrapping.
const WIDTH: u16 = 120;

/// A table with its numeric columns flush right.
pub fn table<const N: usize>(headers: [&str; N], numeric: &[usize]) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_header(headers)
        .set_width(WIDTH)
        .set_content_arrangement(ContentArrangement::Dynamic);
    for &column in numeric {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Which editions an answer speaks of, a line each.
pub fn editions<'a>(
    lists: impl Iterator<Item = &'a ControlList>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for list in lists {
        writeln!(out, "  {:<12} {}", list.id().as_str(), list.edition().label)?;
    }
    Ok(())
}

/// A number with its thousands apart.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

/// A CSV file of a user: its header, and its records with the line on which each begins.
pub struct CsvFile {
    pub header: StringRecord,
    pub records: Vec<(u64, StringRecord)>,
}

impl CsvFile {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, is empty or no UTF-8; a record with more or fewer fields than
    /// the header; a quotation mark that is not closed.
    pub fn read(path: &Path) -> Result<CsvFile, String> {
        CsvFile::read_from(path, |_| true)
    }

    /// Reads a file whose header is the first of its first records that passes, after titles and
    /// comments; the first of all if none does. Whatever parts most fields of the header parts
    /// those of the file: commas, semicolons, tabs or bars.
    ///
    /// # Errors
    /// As for [`CsvFile::read`].
    pub fn read_from(
        path: &Path,
        is_header: impl Fn(&StringRecord) -> bool,
    ) -> Result<CsvFile, String> {
        const TITLES: usize = 20;
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        let line_of = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let at = error.valid_up_to();
            format!(
                "{name}:{}: not UTF-8 text: the byte at offset {at} starts no character",
                line_of(at)
            )
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let bytes = text.as_bytes();
        let reader = |separator: u8| {
            csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(text.as_bytes())
        };
        // The place and the width of the header, for each separator.
        let header = |separator: u8| {
            let mut first = reader(separator)
                .into_records()
                .take(TITLES)
                .flatten()
                .enumerate();
            first
                .find(|(_, record)| is_header(record))
                .map(|(at, record)| (at, record.len()))
        };
        let separators = b",;\t|".map(|separator| (separator, header(separator)));
        let (separator, found) = separators
            .into_iter()
            .rev()
            .max_by_key(|(_, found)| found.map(|(_, width)| width))
            .unwrap_or((b',', None));
        let separator = found.map_or(b',', |_| separator);
        let titles = found.map_or(0, |(at, _)| at);
        let mut reader = reader(separator);
        let mut records: Vec<(u64, StringRecord)> = Vec::new();
        let (mut line, mut counted) = (1, 0);
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(|error| format!("{name}: {error}"))?;
            let from = record.position().map_or(0, csv::Position::byte) as usize;
            // To the CSV reader the line ends before a record are part of it.
            let begin = from
                + bytes[from..]
                    .iter()
                    .take_while(|byte| matches!(byte, b'\n' | b'\r'))
                    .count();
            line += bytes[counted..begin]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count() as u64;
            counted = begin;
            if at < titles {
                continue;
            }
            if let Some((_, header)) = records.first()
                && header.len() != record.len()
            {
                return Err(format!(
                    "{name}:{line}: found {} fields, expected {}, as in the header",
                    record.len(),
                    header.len()
                ));
            }
            records.push((line, record));
        }
        if records.is_empty() {
            return Err(format!(
                "{name}:1: found an empty file, expected a header and rows"
            ));
        }
        let (last, record) = &records[records.len() - 1];
        if text.matches('"').count() % 2 == 1 && record.iter().any(|field| field.contains('\n')) {
            return Err(format!(
                "{name}:{last}: found a quotation mark that is not closed, expected one at the end of its field"
            ));
        }
        let (_, header) = records.remove(0);
        Ok(CsvFile { header, records })
    }
}

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// To read
    Text,
    /// One row a figure or item
    Csv,
    /// Everything
    Json,
}

/// How rows are printed.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum RowFormat {
    Csv,
    Json,
}

/// Prints a list's items, one row each: code, status on the day, and what the list's own file
/// holds.
pub fn items(
    list: &ControlList,
    on: Option<Date>,
    all: bool,
    format: RowFormat,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let items = list.items().iter().filter(|item| all || item.is_live());
    if let RowFormat::Json = format {
        #[derive(serde::Serialize)]
        struct Row<'a> {
            list: &'a str,
            #[serde(flatten)]
            item: &'a Item,
            #[serde(flatten)]
            status: Status,
        }
        let rows: Vec<Row<'_>> = items
            .map(|item| Row {
                list: list.id().as_str(),
                item,
                status: list.status(item, on),
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        return Ok(writeln!(out)?);
    }
    let items: Vec<&Item> = items.collect();
    let mut own = Vec::new();
    Item::to_csv(items.iter().copied(), &mut own)?;
    let mut reader = csv::Reader::from_reader(own.as_slice());
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["list", "status"].into_iter().chain(reader.headers()?))?;
    for (item, row) in items.into_iter().zip(reader.records()) {
        let status = list.status(item, on).to_string();
        writer.write_record([list.id().as_str(), &status].into_iter().chain(&row?))?;
    }
    Ok(writer.flush()?)
}
