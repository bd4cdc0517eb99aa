//! Are the codes in this product file codes, and on which list do they stand?
//!
//! `cargo run --release --example validate -- products.csv --column eccn`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use csv::StringRecord;
use export_control::{Classification, Code, ControlList, ItemState};

mod common;
use common::CsvFile;

/// Headers that name a column of codes, in the order in which they are tried.
const HEADERS: [&str; 7] = [
    "code",
    "eccn",
    "classification",
    "control code",
    "export control classification number",
    "管制编码",
    "两用物项出口管制编码",
];

/// Normalises the codes of a product file and says of each row on which embedded list its code
/// stands, its nearest listed ancestor otherwise, or what is wrong with it and where. Says nothing
/// of whether a product needs a license.
#[derive(Parser)]
#[command(name = "validate")]
pub struct Arguments {
    /// A CSV file with a header
    file: PathBuf,
    /// The column of codes [default: the first that is called code, eccn, classification, 管制编码
    /// …]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Checks the file; fails at the end if a row has no readable code.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let name = arguments.file.display().to_string();
    let CsvFile {
        header: headers,
        records,
    } = CsvFile::read(&arguments.file)?;
    let column = column(&headers, arguments.column.as_deref())
        .map_err(|error| format!("{name}:1: {error}"))?;
    let lists: Vec<&ControlList> = export_control::lists().collect();

    let mut output = csv::Writer::from_writer(out);
    output.write_record(
        ["line", "found", "code"]
            .into_iter()
            .chain(lists.iter().map(|list| list.id().as_str()))
            .chain(["problem"]),
    )?;
    let (mut rows, mut unreadable) = (0, 0);
    for (line, record) in records {
        let found = record.get(column).unwrap_or_default();
        let (code, problem) = match found.parse::<Classification>() {
            Ok(code) => (Some(code), String::new()),
            Err(error) => (None, format!("{name}:{line}:{}: {error}", column + 1)),
        };
        rows += 1;
        unreadable += usize::from(code.is_none());
        let stands = lists.iter().map(|list| match code {
            Some(Classification::Code(code)) => standing(list, code),
            Some(Classification::Ear99) if list.id().as_str() == "us-ccl" => {
                "on no entry of the list (EAR99)".to_owned()
            }
            _ => String::new(),
        });
        let code = code.map(|code| code.to_string()).unwrap_or_default();
        output.write_record(
            [line.to_string(), found.to_owned(), code]
                .into_iter()
                .chain(stands)
                .chain([problem]),
        )?;
    }
    output.flush()?;
    match unreadable {
        0 => Ok(()),
        _ => Err(format!("{name}: {unreadable} of {rows} rows have no readable code").into()),
    }
}

fn column(headers: &StringRecord, wanted: Option<&str>) -> Result<usize, String> {
    let position = |name: &str| {
        headers.iter().position(|header| {
            header.trim().trim_start_matches('\u{feff}').to_lowercase() == name.to_lowercase()
        })
    };
    let there: Vec<&str> = headers.iter().collect();
    match wanted {
        Some(name) => position(name).ok_or_else(|| {
            format!(
                "found no column {name:?}, expected one of {}",
                there.join(", ")
            )
        }),
        None => HEADERS.into_iter().find_map(position).ok_or_else(|| {
            format!(
                "found the columns {}, expected one called {}; name it with --column",
                there.join(", "),
                HEADERS.join(", ")
            )
        }),
    }
}

/// Where a code stands on a list. Equal codes on two lists are not equal items.
fn standing(list: &ControlList, code: Code) -> String {
    match list.nearest(code) {
        Some(item) if item.code() == code => match item.state() {
            ItemState::Live => format!("listed, {}: {}", list.status(item, None), item.title()),
            ItemState::Empty => "an empty heading".to_owned(),
            ItemState::Reserved => "reserved: the place is kept free".to_owned(),
            ItemState::Implied => "not printed by any source, but it has children".to_owned(),
        },
        _ if list.reserving(code).is_some() => "reserved: the place is kept free".to_owned(),
        Some(item) => format!(
            "not on the list; nearest listed ancestor {}: {}",
            item.code(),
            item.title()
        ),
        None => "not on the list, nor any ancestor".to_owned(),
    }
}
