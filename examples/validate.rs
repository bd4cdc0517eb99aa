//! Are the codes in this product file codes, and on which list do they stand?
//!
//! `cargo run --release --example validate -- products.csv --column eccn`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::{Classification, Code, ControlList, ItemState};

mod common;
use common::output::{Csv, note};
use common::table::{Table, code_column, code_columns, separator};

/// Normalises the codes of a product file and says of each row on which embedded list its code
/// stands, its nearest listed ancestor otherwise, or what is wrong with it and where. Says nothing
/// of whether a product needs a license.
#[derive(Parser)]
#[command(name = "validate")]
pub struct Arguments {
    /// A CSV file with a header
    file: PathBuf,
    /// The column of codes [default: the one whose header names an ECCN or another control code;
    /// else the one that is called code or classification]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// What parts the fields: one sign, or tab [default: found]
    #[arg(long, value_name = "SIGN", value_parser = separator)]
    separator: Option<u8>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Checks the file; fails at the end if a row has no readable code.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let wanted = arguments.column.as_deref();
    let table = Table::read(&arguments.file, arguments.separator, |header| {
        !code_columns(header, wanted).is_empty()
    })?;
    let name = &table.name;
    let column = code_column(&table.header, wanted)
        .map_err(|error| format!("{name}:{}: {error}", table.header_line))?;
    for said in &table.notes {
        note(format_args!("{name}: {said}"));
    }
    note(format_args!("{name}: reads the column {:?}", &table.header[column]));
    let lists: Vec<&ControlList> = export_control::lists().collect();

    let mut output = Csv::new(
        out,
        ["line", "found", "code"]
            .into_iter()
            .chain(lists.iter().map(|list| list.id().as_str()))
            .chain(["problem"]),
    )?;
    let (mut rows, mut unreadable) = (0, 0);
    for row in &table.rows {
        let line = row.line;
        let found = row.fields.get(column).unwrap_or_default();
        let (code, problem) = match (found.parse::<Classification>(), &row.fault) {
            (_, Some(fault)) => (None, format!("{name}:{line}: {fault}")),
            (Ok(code), None) => (Some(code), String::new()),
            (Err(error), None) => (None, format!("{name}:{line}:{}: {error}", column + 1)),
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
        output.row(
            [line.to_string(), found.to_owned(), code]
                .into_iter()
                .chain(stands)
                .chain([problem]),
        )?;
    }
    output.finish()?;
    match unreadable {
        0 => Ok(()),
        _ => Err(format!("{name}: {unreadable} of {rows} rows have no readable code").into()),
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
