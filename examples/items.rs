//! What is on a list? One row an item.
//!
//! `cargo run --release --example items -- cn-dual-use --as-of 2025-12-01`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;

mod common;
use common::RowFormat;

/// Prints a list, one row an item, each with its status on a day.
///
/// Before the edition, the list's history answers if it has one: codes that its sources do not
/// cover have rows that say so.
#[derive(Parser)]
#[command(
    name = "items",
    after_help = common::examples_help(&["items cn-dual-use --as-of 2025-10-28", "items us-ccl --as-of 2020-03-09 --format json"])
)]
pub struct Arguments {
    /// The name of an embedded list, or a list file
    list: String,
    /// The day of the status, such as 2025-10-28 [default: the last day that the edition covers]
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
    /// Print reserved, empty and all implied codes too. CSV always has the implied ones above an item
    #[arg(long)]
    all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
    format: RowFormat,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the items.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let list = common::list_on(common::list(&arguments.list)?, arguments.as_of)?;
    common::output::note(format_args!(
        "{}: {}, {}",
        list.id(),
        list.edition().label,
        common::answered_on(list, arguments.as_of)
    ));
    let on = arguments.as_of.or(list.edition().through);
    let items = list.items().iter().filter(|item| item.is_live());
    let passed = items.filter(|item| !common::passed(list.status(item, on)).is_empty());
    match passed.count() {
        0 => {}
        count => common::output::note(format_args!(
            "{}: of {count} suspended items the last day of the suspension has passed; no source at hand says what followed",
            list.id()
        )),
    }
    common::items(list, arguments.as_of, arguments.all, arguments.format, out)
}
