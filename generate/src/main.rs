//! Turns the official publications into the files of `data/`, by the same readers as a user calls.
//!
//! `cargo run -p generate -- SOURCES` reads the folder of publications (see `data/SOURCES.md`) and writes the facts; the titles, which are
//! written by hand, stay as they are in `data/`. Running it twice changes nothing. It reads back everything before it writes anything.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(sources), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo run -p generate -- SOURCES\n\nSOURCES is the folder with the publications that data/SOURCES.md lists.");
        return ExitCode::FAILURE;
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    match run(&PathBuf::from(sources), &data) {
        Ok(written) => {
            println!("{written} files changed");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(sources: &Path, data: &Path) -> Result<usize, Box<dyn Error>> {
    let files = generate::files(sources, data)?;
    let mut written = 0;
    for (name, text) in &files {
        let path = data.join(name);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            std::fs::write(&path, text)?;
            println!("{}", path.display());
            written += 1;
        }
    }
    Ok(written)
}
