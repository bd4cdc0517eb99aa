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
use common::output::note;
use common::table::{Row, Table, code_column, code_columns, separator, text_column};

/// A crosswalk proposed for two lists of items: SSSOM TSV with relation, evidence and confidence.
#[derive(Parser)]
#[command(name = "align", after_help = common::examples_help(&["align left.csv right.csv --hide-codes", "align left.csv right.csv > proposed.sssom.tsv"]))]
pub struct Arguments {
    /// The left list: a CSV file with a column of codes (code, ECCN, …) and one of texts (text,
    /// description or title)
    left: PathBuf,
    /// The right list: likewise
    right: PathBuf,
    /// The column of codes, where several can be it
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// The sign between the fields of both files, or tab [default: found]
    #[arg(long, value_name = "SIGN", value_parser = separator)]
    separator: Option<u8>,
    /// Take equal codes for no evidence
    #[arg(long)]
    hide_codes: bool,
    /// The number of proposals to print for an item, the best first
    #[arg(long, value_name = "K", default_value = "1")]
    top: NonZeroUsize,
    /// Print an item's further proposals down to this confidence too: without it, none below
    /// --at-least
    #[arg(long, value_name = "CONFIDENCE")]
    down_to: Option<f64>,
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
    let least = arguments.down_to.unwrap_or(arguments.at_least);
    if !(0.0..=arguments.at_least).contains(&least) {
        return Err(format!(
            "found the confidence {least} for --down-to, expected a number from 0 to {}",
            arguments.at_least
        )
        .into());
    }
    let (left, right) = (
        read(&arguments.left, arguments)?,
        read(&arguments.right, arguments)?,
    );
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
    let crosswalk = alignment.crosswalk_down_to(arguments.at_least, least, arguments.top.get())?;
    Ok(write!(out, "{}", best_first(&crosswalk.to_string()))?)
}

/// The file with the rows of an item in the order of their confidence, the best first.
fn best_first(file: &str) -> String {
    let is_row = |line: &&str| !line.starts_with('#') && !line.starts_with("subject_id\t");
    let header = file.lines().find(|line| line.starts_with("subject_id\t"));
    let column = header.and_then(|header| {
        let mut names = header.split('\t');
        names.position(|name| name == "confidence")
    });
    let Some(column) = column else {
        return file.to_owned();
    };
    let subject = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    let confidence = |line: &str| -> f64 {
        let field = line.split('\t').nth(column);
        field.and_then(|field| field.parse().ok()).unwrap_or(0.0)
    };
    let mut rows: Vec<&str> = file.lines().filter(is_row).collect();
    for item in rows.chunk_by_mut(|a, b| subject(a) == subject(b)) {
        item.sort_by(|a, b| confidence(b).total_cmp(&confidence(a)));
    }
    let head = file.lines().filter(|line| !is_row(line));
    head.chain(rows).flat_map(|line| [line, "\n"]).collect()
}

/// A list out of a CSV file, named after the file unless its codes name it. Parents that have no row
/// are added without a text.
fn read(path: &Path, arguments: &Arguments) -> Result<ControlList, Box<dyn Error>> {
    let wanted = arguments.column.as_deref();
    let has_codes = |header: &csv::StringRecord| !code_columns(header, wanted).is_empty();
    let mut table = Table::read(path, arguments.separator, |header| {
        has_codes(header) && text_column(header).is_some()
    })?;
    if !has_codes(&table.header) {
        // A header without texts is a header: what is said then names what it lacks.
        table = Table::read(path, arguments.separator, has_codes)?;
    }
    let fail = |line: u64, what: String| format!("{}:{line}: {what}", table.name);
    let header_fault = |what| fail(table.header_line, what);
    let codes = code_column(&table.header, wanted).map_err(header_fault)?;
    let texts = text_column(&table.header).ok_or_else(|| {
        let found: Vec<&str> = table.header.iter().collect();
        header_fault(format!(
            "found no column of texts among {}, expected one called text, description or title",
            found.join(", ")
        ))
    })?;
    for said in &table.notes {
        note(format_args!("{}: {said}", table.name));
    }
    note(format_args!(
        "{}: reads the columns {:?} and {:?}",
        table.name, &table.header[codes], &table.header[texts]
    ));
    if table.rows.is_empty() {
        return Err(fail(
            table.header_line,
            "found a header without rows, expected at least one item".to_owned(),
        )
        .into());
    }
    let mut items: BTreeMap<Code, Item> = BTreeMap::new();
    let mut list: Option<String> = None;
    for row in &table.rows {
        let (named, code) = code(row, codes).map_err(|what| fail(row.line, what))?;
        match (&list, named) {
            (Some(list), Some(named)) if *list != named => {
                let what = format!("found a code of {named}, expected codes of {list}");
                return Err(fail(row.line, what).into());
            }
            (_, named) => list = list.or(named),
        }
        for ancestor in code.ancestors() {
            let parent = items
                .entry(ancestor)
                .or_insert_with(|| Item::new(ancestor).with_state(ItemState::Implied));
            *parent = parent.clone().with_logic(ChildLogic::Any);
        }
        let item = items.entry(code).or_insert_with(|| Item::new(code));
        if item.text().is_some() {
            let what = format!("the code {code} is here a second time");
            return Err(fail(row.line, what).into());
        }
        *item = (item.clone().with_state(ItemState::Live))
            .with_text(Some(row.fields.get(texts).unwrap_or_default().to_owned()));
    }
    let id = list.unwrap_or_else(|| stem(path));
    let info = ListInfo::new(ListId::new(id.clone()), id);
    Ok(
        ControlList::new(info, Edition::default(), items.into_values().collect())
            .map_err(|error| error.in_file(table.name))?,
    )
}

/// Returns the code of a row, with the list that is named before it, as in `us-ccl:3E001`.
fn code(row: &Row, column: usize) -> Result<(Option<String>, Code), String> {
    if let Some(fault) = &row.fault {
        return Err(fault.clone());
    }
    if row.fields.iter().any(|field| field.contains(['\n', '\r'])) {
        return Err(
            "found a line break within a field, expected one row a line; is a quotation mark not closed?".to_owned(),
        );
    }
    let text = row.fields.get(column).unwrap_or_default().trim();
    let (list, code) = match text.rsplit_once(':') {
        Some((list, code)) => (Some(list.to_owned()), code),
        None => (None, text),
    };
    let code = code.parse().map_err(|error| format!("{error}"))?;
    Ok((list, code))
}

/// The name of a list, after its file.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let good = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    stem.chars()
        .map(|c| if good(c) { c } else { '-' })
        .collect()
}
