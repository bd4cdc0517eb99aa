//! What is each item of one list on the other? The curated answer, as SSSOM TSV.
//!
//! `cargo run --release --example crosswalk`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::{Code, Side};

mod common;

/// Prints the curated crosswalk as SSSOM TSV, whole or of one item and the items below it.
#[derive(Parser)]
#[command(name = "crosswalk", after_help = common::examples_help(&["crosswalk > crosswalk.sssom.tsv", "crosswalk --of-right 3C002"]))]
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
    /// The address of a list's codes, as you publish them: us-ccl=https://…
    #[arg(long, value_name = "LIST=ADDRESS", value_parser = prefix)]
    prefix: Vec<(String, String)>,
    /// The address of the mapping set, as you publish it
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    set_id: Option<String>,
    /// The address of the license of the mapping set, as SSSOM asks for it
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    license: Option<String>,
    /// Only mappings of this item of the left list and of the items below it
    #[arg(long, value_name = "CODE")]
    of_left: Option<Code>,
    /// Only mappings of this item of the right list and of the items below it
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
    let mut crosswalk =
        common::needed_crosswalk(left, right, arguments.crosswalk.as_deref())?.into_owned();
    for (side, list, wanted) in [
        (Side::Left, left, arguments.of_left),
        (Side::Right, right, arguments.of_right),
    ] {
        let Some(wanted) = wanted else { continue };
        if list.get(wanted).is_none() {
            return Err(format!("{}:{wanted} is not on the list", list.id()).into());
        }
        crosswalk.retain(|mapping| {
            let code = mapping.finding.code(side);
            code.is_some_and(|code| wanted.contains(code))
        });
        if crosswalk.mappings().is_empty() {
            return Err("no mapping is recorded: nobody has looked".into());
        }
    }
    for (prefix, address) in &arguments.prefix {
        crosswalk = crosswalk.with_prefix(prefix, address)?;
    }
    for (key, value) in [
        ("mapping_set_id", &arguments.set_id),
        ("license", &arguments.license),
    ] {
        if let Some(value) = value {
            crosswalk = crosswalk.with_metadata(key, value)?;
        }
    }
    Ok(crosswalk.to_sssom(out)?)
}

/// An address with its scheme, such as `https://creativecommons.org/publicdomain/zero/1.0/`.
fn address(text: &str) -> Result<String, String> {
    let scheme = text.split_once(':').filter(|(scheme, rest)| {
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(letters)
            && !rest.is_empty()
            && !text.contains(char::is_whitespace)
    });
    match scheme {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!(
            "found {text:?}, expected an address such as https://…"
        )),
    }
}

/// A prefix with its address, such as `us-ccl=https://example.org/us-ccl/`.
fn prefix(text: &str) -> Result<(String, String), String> {
    let (prefix, address) = text
        .split_once('=')
        .ok_or_else(|| format!("found {text:?}, expected a prefix, = and an address"))?;
    Ok((prefix.to_owned(), address.to_owned()))
}
