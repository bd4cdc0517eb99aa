//! Turns the official publications into the files of `data/`, with the readers that users call.
//!
//! `cargo run -p xtask -- SOURCES` reads the folder of publications (see `data/SOURCES.md`) and
//! writes the facts. The titles, which are written by hand, remain unchanged in `data/`. A second
//! run changes nothing. The program reads back everything before it writes anything.
//!
//! `cargo run -p xtask -- packed` writes the form of the data that the library embeds. The commands
//! that change the data do so too.
//!
//! `cargo run -p xtask -- sample 300 SEED` draws 300 thresholds of the US list and prints each
//! beside the official text. `cargo run -p xtask -- unread` prints the figures that the reader left
//! out. `cargo run -p xtask -- europe` compares the thresholds of both lists with those of the EU's
//! Annex I, and prints each difference with its judgment. All three use the folder in
//! `EXPORT_CONTROL_SOURCES`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns the official publications into the files of data/.
#[derive(Parser)]
#[command(
    bin_name = "cargo run -p xtask --",
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Arguments {
    /// The folder with the publications that data/SOURCES.md lists
    #[arg(required = true)]
    sources: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the crosswalks from the readings in xtask/readings
    Crosswalk,
    /// Writes the packed form of the embedded data from the other files of data/
    Packed,
    /// Writes the EU's list from the publication and the titles in xtask/readings
    Eu {
        /// The folder with the publications
        #[arg(long, env = "EXPORT_CONTROL_SOURCES")]
        sources: PathBuf,
    },
    /// Chains the crosswalks through the EU's list and prints what conflicts with the direct one
    Compose,
    /// Draws thresholds of the US list and prints each beside the official text
    Sample {
        /// The number of thresholds
        count: usize,
        /// The same seed draws the same thresholds
        seed: u64,
        /// The folder with the publications
        #[arg(long, env = "EXPORT_CONTROL_SOURCES")]
        sources: PathBuf,
    },
    /// Compares the thresholds of both lists with those of the EU's Annex I and prints what differs
    Europe {
        /// The folder with the publications
        #[arg(long, env = "EXPORT_CONTROL_SOURCES")]
        sources: PathBuf,
    },
    /// Prints the figures of the US list that the reader left out, each with the reason
    Unread {
        /// The folder with the publications
        #[arg(long, env = "EXPORT_CONTROL_SOURCES")]
        sources: PathBuf,
    },
}

fn main() -> ExitCode {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    match run(&Arguments::parse(), &data) {
        Ok(done) => {
            print!("{done}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments ask for, and returns the text to print.
fn run(arguments: &Arguments, data: &Path) -> Result<String, Box<dyn Error>> {
    let changed = |files: usize| format!("{files} files changed\n");
    match arguments {
        Arguments {
            command: Some(Command::Crosswalk),
            ..
        } => crosswalks(data).map(changed),
        Arguments {
            command: Some(Command::Compose),
            ..
        } => {
            let report = xtask::compose::compare()?;
            let open = report.open.iter().map(|line| format!("{line}\n"));
            Ok(report.text + &open.collect::<String>())
        }
        Arguments {
            command: Some(Command::Eu { sources }),
            ..
        } => write(&xtask::eu::files(sources)?, data).map(changed),
        Arguments {
            command: Some(Command::Packed),
            ..
        } => xtask::packed::write(data).map(changed),
        Arguments {
            command:
                Some(Command::Sample {
                    count,
                    seed,
                    sources,
                }),
            ..
        } => xtask::sample::draw(sources, *count, *seed),
        Arguments {
            command: Some(Command::Europe { sources }),
            ..
        } => {
            let report = xtask::europe::compare(sources)?;
            let open = report.open.iter().map(|line| format!("{line}\n"));
            Ok(report.text + &open.collect::<String>())
        }
        Arguments {
            command: Some(Command::Unread { sources }),
            ..
        } => xtask::sample::unread(sources),
        Arguments {
            sources: Some(sources),
            ..
        } => lists(sources, data).map(changed),
        // Clap accepts neither.
        Arguments { .. } => Err("expected the folder of publications or a command".into()),
    }
}

/// Writes the curated crosswalks from the readings, and their packed forms.
fn crosswalks(data: &Path) -> Result<usize, Box<dyn Error>> {
    let readings = Path::new(env!("CARGO_MANIFEST_DIR")).join("readings");
    let mut files = Vec::new();
    for pair in &xtask::crosswalk::PAIRS {
        files.push((pair.file(), pair.sssom(&readings)?));
    }
    Ok(write(&files, data)? + xtask::packed::write(data)?)
}

/// Writes every other file from the publications, and their packed forms.
fn lists(sources: &Path, data: &Path) -> Result<usize, Box<dyn Error>> {
    write(&xtask::files(sources, data)?, data)
}

/// Writes the files that differ, and returns their number.
fn write(files: &[(impl AsRef<Path>, String)], data: &Path) -> Result<usize, Box<dyn Error>> {
    let mut written = 0;
    for (name, text) in files {
        let path = data.join(name);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            std::fs::write(&path, text)?;
            println!("{}", path.display());
            written += 1;
        }
    }
    Ok(written + xtask::packed::write(data)?)
}
