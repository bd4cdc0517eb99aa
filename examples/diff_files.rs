//! What changed between two official files that you downloaded, or between the embedded list and one?
//!
//! `cargo run --release --features ecfr --example diff_files -- OLD.xml NEW.xml`

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use export_control::source::ecfr;
use export_control::{
    ControlList, CountingRule, Edition, ListDiff, Scope, changes_since_embedded, history, us_ccl,
};

mod common;
use common::Format;

/// Reads two official eCFR XML files of 15 CFR Part 774 and prints what changed from the one to the
/// other, texts and license rows included. With one file, prints what changed since the embedded
/// edition. A field that one side does not record makes no change.
#[derive(Parser)]
#[command(
    name = "diff_files",
    after_help = common::help(&["diff_files old.xml new.xml --format csv", "diff_files today.xml    is the embedded list still current?"])
)]
pub struct Arguments {
    /// The old file and the new file, or the new file alone
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The rule under which the sizes are counted
    #[arg(long, default_value = "provisions")]
    rule: CountingRule,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the difference.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    common::check_rule(us_ccl(), arguments.rule)?;
    let (old, diff) = match &arguments.files[..] {
        [old, new] => {
            let (old, new) = (read(old)?, read(new)?);
            let diff = ListDiff::between(&old, &new)?;
            (old, diff)
        }
        files => {
            let new = files.first().ok_or("expected a file")?;
            let history = history("us-ccl").ok_or("the US list has no history")?;
            let embedded = history.with_fingerprints(us_ccl())?;
            (embedded, changes_since_embedded(&read(new)?)?)
        }
    };
    match arguments.format {
        Format::Csv => diff.to_csv(out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff)?;
            writeln!(out)?;
        }
        Format::Text => {
            write!(out, "{diff}")?;
            if arguments.files.len() == 1 && diff.is_empty() {
                writeln!(
                    out,
                    "The embedded list is still current: nothing differs in what both record."
                )?;
            }
            let [before, after] = diff.counts(&old, arguments.rule, &Scope::default())?;
            write!(out, "\n{before} → {after}")?;
            if let (Some(before), Some(after)) = (before.number(), after.number()) {
                write!(out, " ({:+})", after as i64 - before as i64)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<ControlList, Box<dyn Error>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    let edition = Edition::new(name.clone());
    Ok(ecfr::read(BufReader::new(file), edition)
        .map_err(|error| error.in_file(name))?
        .list)
}
