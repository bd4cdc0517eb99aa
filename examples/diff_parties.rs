//! What changed on the lists of parties between two official files that you downloaded?
//!
//! `cargo run --release --features parties --example diff_parties -- OLD.xml NEW.xml`

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use export_control::Edition;
use export_control::party::{PartyChange, PartyDiff, PartyEntry};
use export_control::source::part744::{self, Part744};

mod common;
use common::output::{self, Csv};

/// Reads two official eCFR XML files of 15 CFR Part 744 and prints what changed on the Entity List,
/// the Unverified List and the Military End-User List. A difference in typography alone is none.
#[derive(Parser)]
#[command(name = "diff_parties")]
pub struct Arguments {
    /// The old file
    old: PathBuf,
    /// The new file
    new: PathBuf,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
}

/// The form of the output.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum DiffFormat {
    /// To read
    Text,
    /// One row a change
    Csv,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the difference.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    for before in &old.lists {
        let id = before.id().as_str();
        let Some(after) = new.list(id) else {
            output::note(format_args!("{id} is not in the new file"));
            continue;
        };
        let diff = PartyDiff::between(before, after)?;
        let sizes = [before, after].map(|list| common::thousands(list.entries().len()));
        let changes = diff.changes().len();
        lines.push(format!(
            "{id}: {} → {} entries, {changes} changes",
            sizes[0], sizes[1]
        ));
        for change in diff.changes() {
            let (what, entry, aspects) = told(change);
            let heading = entry.heading.clone().unwrap_or_default();
            lines.push(format!("  {what} {} ({heading}) {aspects}", entry.name));
            rows.push([
                id.to_owned(),
                what.to_owned(),
                heading,
                entry.name.clone(),
                aspects,
            ]);
        }
    }
    for list in new
        .lists
        .iter()
        .filter(|list| old.list(list.id().as_str()).is_none())
    {
        output::note(format_args!("{} is not in the old file", list.id()));
    }
    if arguments.format == DiffFormat::Csv {
        let mut csv = Csv::new(out, ["list", "change", "heading", "name", "aspects"])?;
        rows.iter().try_for_each(|row| csv.row(row))?;
        return csv.finish();
    }
    for line in lines {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Returns the kind of a change, its entry, and the aspects that changed.
fn told<'a>(change: &PartyChange<'a>) -> (&'static str, &'a PartyEntry, String) {
    match change {
        PartyChange::Added(entry) => ("added", entry, String::new()),
        PartyChange::Removed(entry) => ("removed", entry, String::new()),
        PartyChange::Changed { new, aspects, .. } => {
            let aspects: Vec<String> = aspects.iter().map(ToString::to_string).collect();
            ("changed", new, aspects.join(", "))
        }
    }
}

fn read(path: &Path) -> Result<Part744, Box<dyn Error>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    let edition = Edition::new(name.clone());
    Ok(part744::read(BufReader::new(file), edition).map_err(|error| error.in_file(name))?)
}
