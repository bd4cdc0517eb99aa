//! What is each item of one file on another? A crosswalk is proposed for any two lists, as SSSOM
//! TSV.
//!
//! `cargo run --release --example align -- LEFT.csv RIGHT.csv`

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use export_control::align::Aligner;
use export_control::{ChildLogic, Code, ControlList, Edition, Item, ItemState, ListId, ListInfo};

mod common;
use common::CsvFile;

/// A crosswalk proposed for two lists of items: SSSOM TSV with relation, evidence and confidence.
#[derive(Parser)]
#[command(name = "align")]
pub struct Arguments {
    /// The left list: a CSV file with the columns code and text
    left: PathBuf,
    /// The right list: likewise
    right: PathBuf,
    /// Take equal codes for no evidence
    #[arg(long)]
    hide_codes: bool,
    /// How many proposals to print for an item
    #[arg(long, value_name = "K", default_value = "1")]
    top: NonZeroUsize,
    /// Propose from this confidence on, and the lack of a counterpart likewise; in between an item
    /// stays undecided
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.5)]
    at_least: f64,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Reads both files, aligns them, and writes the crosswalk.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    if !(0.5..=1.0).contains(&arguments.at_least) {
        return Err(format!(
            "found the confidence {}, expected a number from 0.5 to 1",
            arguments.at_least
        )
        .into());
    }
    let (left, right) = (read(&arguments.left)?, read(&arguments.right)?);
    if left.id() == right.id() {
        return Err(format!(
            "both files are named {}; the name of a file is that of its list",
            left.id()
        )
        .into());
    }
    let alignment = Aligner::default()
        .hide_codes(arguments.hide_codes)
        .top(arguments.top.get())
        .align(&left, &right);
    let crosswalk = alignment.crosswalk(arguments.at_least, arguments.top.get())?;
    Ok(write!(out, "{crosswalk}")?)
}

/// A list out of a CSV file, named after the file. Parents that have no row are added without a
/// text.
fn read(path: &Path) -> Result<ControlList, Box<dyn Error>> {
    let name = path.display().to_string();
    let fail = |line: u64, what: String| format!("{name}:{line}: {what}");
    let CsvFile {
        header: headers,
        records,
    } = CsvFile::read(path)?;
    let column = |wanted: &str| {
        headers
            .iter()
            .position(|header| header.trim_start_matches('\u{feff}').trim() == wanted)
            .ok_or_else(|| {
                let found: Vec<&str> = headers.iter().collect();
                fail(
                    1,
                    format!(
                        "found no column {wanted:?} among {}, expected the columns code and text",
                        found.join(", ")
                    ),
                )
            })
    };
    let (codes, texts) = (column("code")?, column("text")?);
    if records.is_empty() {
        return Err(fail(
            1,
            "found a header without rows, expected at least one item".to_owned(),
        )
        .into());
    }
    let mut items: BTreeMap<Code, Item> = BTreeMap::new();
    for (line, row) in records {
        if row.iter().any(|field| field.contains(['\n', '\r'])) {
            return Err(fail(
                line,
                "found a line break within a field, expected one row a line; is a quotation mark not closed?".to_owned(),
            )
            .into());
        }
        let code: Code = row
            .get(codes)
            .unwrap_or_default()
            .parse()
            .map_err(|error| fail(line, format!("{error}")))?;
        for ancestor in code.ancestors() {
            let parent = items
                .entry(ancestor)
                .or_insert_with(|| Item::new(ancestor).with_state(ItemState::Implied));
            *parent = parent.clone().with_logic(ChildLogic::Any);
        }
        let item = items.entry(code).or_insert_with(|| Item::new(code));
        if item.text().is_some() {
            return Err(fail(line, format!("the code {code} stands here a second time")).into());
        }
        *item = (item.clone().with_state(ItemState::Live))
            .with_text(Some(row.get(texts).unwrap_or_default().to_owned()));
    }
    let id: String = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let id: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let info = ListInfo::new(ListId::new(id.clone()), id);
    Ok(
        ControlList::new(info, Edition::default(), items.into_values().collect())
            .map_err(|error| error.in_file(name))?,
    )
}
