//! Where is this listed? Searches the lists by words, CAS number, element, species, customs code
//! or code, side by side.
//!
//! `cargo run --release --example find -- maraging steel`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::identifier::CasNumber;
use export_control::list::SearchHit;
use export_control::{Classification, Code, ControlList, Item};

mod common;
use common::Format;
use common::output::{Csv, note, of_list};

/// Searches the lists; the best hits first, each with what matched. No hit means that nothing is
/// recorded, not that nothing is controlled.
#[derive(Parser)]
#[command(name = "find", after_help = common::examples_help(&["find maraging steel", "find 7440-55-3 --format csv"]))]
pub struct Arguments {
    /// Words, a CAS number, an element, a species or toxin, a customs code, or an item's code
    #[arg(required = true)]
    query: Vec<String>,
    /// Only this list: the name of an embedded list, or a list file [default: every embedded list]
    #[arg(long)]
    list: Option<String>,
    /// The number of hits to print of each list
    #[arg(long, default_value = "10", value_parser = common::positive)]
    limit: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the hits.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let lists: Vec<&ControlList> = match &arguments.list {
        Some(name) => vec![common::list(name)?],
        None => export_control::lists().collect(),
    };
    let query = arguments.query.join(" ");
    if query.trim().is_empty() {
        return Err("found an empty query, expected words, a number or a code".into());
    }
    if let Ok(Classification::Basket(answer)) = query.parse() {
        return Ok(writeln!(
            out,
            "{answer} is the basket of {} for what no entry of its list has; it is not an item of a list",
            answer.country()
        )?);
    }
    // Three numbers with dashes between them are a CAS number or a mistake.
    if query.matches('-').count() == 2 && query.chars().all(|c| c == '-' || c.is_ascii_digit()) {
        query.parse::<CasNumber>()?;
    }
    let found: Vec<(&ControlList, Vec<SearchHit<'_>>)> = lists
        .iter()
        .map(|list| (*list, list.find(&query)))
        .collect();
    let nothing = found.iter().all(|(_, hits)| hits.is_empty());
    if !nothing
        && let Ok(code) = query.parse::<Code>()
        && lists.iter().all(|list| list.get(code).is_none())
    {
        note(format_args!(
            "no list asked has {code}; the hits are by its words"
        ));
    }
    write(&query, arguments, &found, out)?;
    match nothing {
        true => Err(common::Answered(format!("no list asked has anything under {query:?}")).into()),
        false => Ok(()),
    }
}

/// Writes the hits in the format asked for.
fn write(
    query: &str,
    arguments: &Arguments,
    found: &[(&ControlList, Vec<SearchHit<'_>>)],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let limit = arguments.limit;
    match arguments.format {
        Format::Text => text(query, limit, found, out),
        Format::Csv => {
            let columns = [
                "code",
                "list",
                "score",
                "matched",
                "status",
                "title",
                "conditions",
                "notes",
            ];
            let mut csv = Csv::new(out, columns)?;
            for (list, hit) in rows(limit, found) {
                csv.row([
                    of_list(list.id(), hit.item.code()),
                    list.id().to_string(),
                    format!("{:.3}", hit.score),
                    matched(hit),
                    list.status_on(hit.item, None).to_string(),
                    hit.item.title().to_owned(),
                    joined(hit.item.conditions()),
                    joined(hit.item.notes()),
                ])?;
            }
            csv.finish()
        }
        Format::Json => {
            #[derive(serde::Serialize)]
            struct Row<'a> {
                list: &'a str,
                #[serde(flatten)]
                hit: &'a SearchHit<'a>,
            }
            let rows: Vec<Row<'_>> = rows(limit, found)
                .map(|(list, hit)| Row {
                    list: list.id().as_str(),
                    hit,
                })
                .collect();
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            Ok(writeln!(out)?)
        }
    }
}

fn rows<'a>(
    limit: usize,
    found: &'a [(&'a ControlList, Vec<SearchHit<'a>>)],
) -> impl Iterator<Item = (&'a ControlList, &'a SearchHit<'a>)> {
    found
        .iter()
        .flat_map(move |(list, hits)| hits.iter().take(limit).map(move |hit| (*list, hit)))
}

fn matched(hit: &SearchHit<'_>) -> String {
    hit.matched
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

/// Conditions or notes as a list file has them.
fn joined(values: &[impl ToString]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.join(";")
}

/// The conditions and notes of an item, a line each.
fn details(item: &Item) -> String {
    let conditions = joined(item.conditions()).replace(';', "; ");
    let mut lines = String::new();
    if !conditions.is_empty() {
        lines += &format!("\n  conditions {conditions}");
    }
    for note in item.notes() {
        lines += &format!("\n  {}: {}", note.kind(), note.gist());
    }
    lines
}

/// The lists side by side in one table: with more, no column is wide enough to read.
const ABREAST: usize = 3;

/// One column a list, one row a rank; then what no row says.
fn text(
    query: &str,
    limit: usize,
    found: &[(&ControlList, Vec<SearchHit<'_>>)],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let cell = |hit: Option<&SearchHit<'_>>| match hit {
        Some(hit) => format!(
            "{}  {}\n  {:.2}: {}{}",
            hit.item.code(),
            hit.item.title(),
            hit.score,
            matched(hit),
            details(hit.item)
        ),
        None => String::new(),
    };
    for lists in found.chunks(ABREAST) {
        let shown = lists.iter().map(|(_, hits)| hits.len().min(limit)).max();
        let ranks = 0..shown.unwrap_or(0);
        if ranks.is_empty() {
            continue;
        }
        let mut table = common::table(lists.iter().map(|(list, _)| list.id().as_str()), &[]);
        for rank in ranks {
            table.add_row(lists.iter().map(|(_, hits)| cell(hits.get(rank))));
        }
        writeln!(out, "{table}")?;
    }
    for (list, hits) in found {
        if !hits.is_empty() {
            let day = common::answered_on(list, None);
            writeln!(out, "{}: items of its edition {day}", list.id())?;
        }
        match hits.len() {
            0 => writeln!(out, "{}: nothing recorded under {query:?}", list.id())?,
            count if count > limit => {
                writeln!(out, "{}: the best {} of {count}", list.id(), limit)?
            }
            _ => {}
        }
    }
    Ok(())
}
