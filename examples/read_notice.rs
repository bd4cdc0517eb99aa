//! What does a newly published notice control? Reads the Chinese text of one of the commerce
//! ministry's notices.
//!
//! `cargo run --release --features mofcom --example read_notice -- FILE.txt`

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::ListId;
use export_control::source::mofcom::{self, Notice};

mod common;
use common::output::note;
use common::{RowFormat, notices};

/// Reads a notice, as its page shows it, into a measure and its items; what was skipped, repaired
/// or lost goes to standard error.
#[derive(Parser)]
#[command(name = "read_notice", after_help = common::examples_help(&["read_notice notice.txt", "read_notice notice.txt --format json"]))]
pub struct Arguments {
    /// The notice's text in UTF-8
    file: PathBuf,
    /// The form of the output: CSV has the items, JSON the measure and the items with their text
    #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
    format: RowFormat,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Describes the notice in a line. Its items do not say what it is, and it may have none.
pub fn summary(notice: &Notice) -> String {
    let measure = &notice.measure;
    let name = notices::named(&measure.authority, measure.id.as_str());
    let mut text = format!("{name}: {} items", notice.items.len());
    if let Some(day) = measure.in_force {
        text += &format!(", in force from {day}");
    }
    if !measure.suspends.is_empty() {
        let suspended: Vec<String> = measure.suspends.iter().map(ToString::to_string).collect();
        // A notice suspends those of its issuers.
        let suspended = notices::together(&measure.authority, &suspended);
        text += &format!("; suspends {suspended}");
        if let Some(day) = measure.suspended_through {
            text += &format!(" through {day}");
        }
    } else if notice.items.is_empty() {
        text += "; neither lists items in its text nor suspends other notices";
    }
    text
}

/// Prints the notice.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let name = arguments.file.display().to_string();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let notice = mofcom::read(file).map_err(|error| error.in_file(&name))?;
    for observation in &notice.observations {
        note(format_args!("{name}: {observation}"));
    }
    note(format_args!("{name}: {}", summary(&notice)));
    match arguments.format {
        RowFormat::Csv => {
            // The ministry's notices are on China's list.
            let list = ListId::new("cn-dual-use");
            common::rows(&list, notice.items.iter().cloned(), None, out)
        }
        RowFormat::Json => {
            #[derive(serde::Serialize)]
            struct Whole<'a> {
                measure: &'a export_control::Measure,
                items: &'a [export_control::Item],
            }
            serde_json::to_writer_pretty(
                &mut *out,
                &Whole {
                    measure: &notice.measure,
                    items: &notice.items,
                },
            )?;
            Ok(writeln!(out)?)
        }
    }
}
