//! Turns the official publications into the files of `data/`, by the same readers as a user calls.
//!
//! `cargo run -p xtask -- SOURCES` reads the folder of publications (see `data/SOURCES.md`) and
//! writes the facts; the titles, which are written by hand, stay as they are in `data/`. Running it
//! twice changes nothing. It reads back everything before it writes anything.
//!
//! `cargo run -p xtask -- sample 300 SEED` draws 300 thresholds of the US list and prints each beside
//! the official text, and `cargo run -p xtask -- unread` prints the figures that the reader left
//! out. Both take the folder from `EXPORT_CONTROL_SOURCES`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let result = match &arguments[..] {
        [what] if what == "crosswalk" => crosswalk(None, &data).map(changed),
        [what] if what == "unread" => xtask::sample::unread(&sources()),
        [what, count, seed] if what == "sample" => match (number(count), number(seed)) {
            (Some(count), Some(seed)) => xtask::sample::draw(&sources(), count as usize, seed),
            _ => Err("sample needs a count and a seed, such as sample 300 1".into()),
        },
        [sources] => run(&PathBuf::from(sources), &data).map(changed),
        [what, rows, author] if what == "crosswalk" => {
            crosswalk(Some((Path::new(rows), &author.to_string_lossy())), &data).map(changed)
        }
        _ => {
            eprintln!(
                "usage: cargo run -p xtask -- SOURCES\n       cargo run -p xtask -- crosswalk [ROWS.tsv AUTHOR]\n       cargo run -p xtask -- sample COUNT SEED\n       cargo run -p xtask -- unread\n\n\
                 SOURCES is the folder with the publications that data/SOURCES.md lists; ROWS.tsv holds judgements written by hand;\n\
                 without it the crosswalk's evidence is read off the lists again."
            );
            return ExitCode::FAILURE;
        }
    };
    match result {
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

/// The folder of publications that the environment names.
fn sources() -> PathBuf {
    std::env::var_os("EXPORT_CONTROL_SOURCES")
        .unwrap_or_default()
        .into()
}

fn number(text: &std::ffi::OsStr) -> Option<u64> {
    text.to_str()?.parse().ok()
}

fn changed(files: usize) -> String {
    format!("{files} files changed\n")
}

/// Writes the curated crosswalk from its hand-written rows, or once more as it stands with the
/// evidence read off the lists.
fn crosswalk(rows: Option<(&Path, &str)>, data: &Path) -> Result<usize, Box<dyn Error>> {
    let path = data.join("us-ccl--cn-dual-use.sssom.tsv");
    let text = match rows {
        Some((rows, author)) => xtask::crosswalk::sssom(&std::fs::read_to_string(rows)?, author)?,
        None => xtask::crosswalk::refreshed(&std::fs::read_to_string(&path)?)?,
    };
    if std::fs::read_to_string(&path).ok().as_ref() == Some(&text) {
        return Ok(0);
    }
    std::fs::write(path, text)?;
    Ok(1)
}

fn run(sources: &Path, data: &Path) -> Result<usize, Box<dyn Error>> {
    let files = xtask::files(sources, data)?;
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
