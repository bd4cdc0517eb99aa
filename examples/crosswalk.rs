//! What is each item of one list on the other? The curated answer, as SSSOM TSV.
//!
//! `cargo run --release --example crosswalk`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::{Code, Crosswalk, Side};

mod common;

/// The curated crosswalk as SSSOM TSV, whole or of one item with what stands below it.
#[derive(Parser)]
#[command(name = "crosswalk")]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// An SSSOM file with the crosswalk of the two lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// Only mappings of this item of the left list and of what stands below it
    #[arg(long, value_name = "CODE")]
    of_left: Option<Code>,
    /// Only mappings of this item of the right list and of what stands below it
    #[arg(long, value_name = "CODE")]
    of_right: Option<Code>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Selects the mappings, and writes them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let crosswalk = common::needed_crosswalk(left, right, arguments.crosswalk.as_deref())?;
    if arguments.of_left.is_none() && arguments.of_right.is_none() {
        return Ok(write!(out, "{crosswalk}")?);
    }
    let mut mappings = crosswalk.mappings().to_vec();
    for (side, list, wanted) in [
        (Side::Left, left, arguments.of_left),
        (Side::Right, right, arguments.of_right),
    ] {
        let Some(wanted) = wanted else { continue };
        if list.get(wanted).is_none() {
            return Err(format!("{}:{wanted} is not on the list", list.id()).into());
        }
        mappings.retain(|mapping| {
            mapping
                .finding
                .code(side)
                .is_some_and(|code| wanted.contains(code))
        });
    }
    if mappings.is_empty() {
        return Err("no mapping is recorded: nobody has looked".into());
    }
    Ok(write!(
        out,
        "{}",
        Crosswalk::new(
            crosswalk.left().clone(),
            crosswalk.right().clone(),
            mappings
        )?
    )?)
}
