//! What does this morning's official text of the Commerce Control List say?
//!
//! `cargo run --release --features ecfr --example read_ecfr -- FILE.xml`

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::Edition;
use export_control::source::ecfr;
use jiff::civil::Date;

mod common;
use common::RowFormat;
use common::output::note;

/// Reads an official eCFR XML file of 15 CFR Part 774 (the supplement, the part or the whole title)
/// and prints its items, one row each, then on standard error what the reader skipped or repaired.
#[derive(Parser)]
#[command(name = "read_ecfr", after_help = common::examples_help(&["read_ecfr title15.xml", "read_ecfr title15.xml --format json"]))]
pub struct Arguments {
    /// The XML file
    file: PathBuf,
    /// The day of the file, where you know it: the first and last day of which it speaks
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    date: Option<Date>,
    /// Print reserved, empty and implied codes too
    #[arg(long)]
    all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
    format: RowFormat,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Reads the file and prints its items.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let name = arguments.file.display().to_string();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let edition = Edition::new(name.clone())
        .with_from(arguments.date)
        .with_through(arguments.date);
    let reading =
        ecfr::read(BufReader::new(file), edition).map_err(|error| error.in_file(name.clone()))?;
    common::items(
        &reading.list,
        arguments.date,
        arguments.all,
        arguments.format,
        out,
    )?;
    for observation in &reading.observations {
        note(format_args!("{name}: {observation}"));
    }
    note(format_args!(
        "{name}: {} items, {} license rows, {} observations",
        reading.list.live().len(),
        reading.list.all_license_requirements().len(),
        reading.observations.len()
    ));
    Ok(())
}
