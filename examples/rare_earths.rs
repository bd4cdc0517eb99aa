//! Which rare earths are controlled, in which form, and since when? Seventeen elements on both
//! lists.
//!
//! `cargo run --release --example rare_earths -- --as-of 2025-12-01`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::identifier::Element;
use export_control::rules::{Threshold, content_rules};
use export_control::{Code, ControlList, Item, ListId, Measure, ProductGroup};
use jiff::civil::Date;

mod common;
use common::output::{Csv, all_of_list};
use common::{Format, earths, notices};

/// The name of the rows on things made abroad.
const ABROAD: &str = "rare earths in things made abroad";

/// For each of the seventeen rare earths: what each list controls of it by name, in which form, its
/// status on a day, and the notice behind it. If the list records none, its history says since when
/// the item has been on it. Notices on things made abroad add no item and are told below the table.
///
/// A dash means that no item names the element as the controlled thing. Items that name it as a part
/// of something else are listed below the table.
#[derive(Parser)]
#[command(
    name = "rare_earths",
    after_help = common::examples_help(&["rare_earths --as-of 2025-12-01", "rare_earths --format csv"])
)]
pub struct Arguments {
    /// The day of the status, such as 2025-12-01 [default: the last day that each edition covers]
    #[arg(long, alias = "on", value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The items of one list that control one element in one form.
#[derive(serde::Serialize)]
struct Row {
    element: String,
    list: String,
    form: &'static str,
    codes: Vec<Code>,
    status: String,
    /// The notice that brought the items, where the list records it.
    measure: Option<String>,
    /// Since when the items are on the list, by its history, where no notice is recorded.
    since: Option<String>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the table.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let elements: Vec<Element> = earths::elements().collect();
    let rows: Vec<Row> = elements
        .iter()
        .flat_map(|element| {
            export_control::lists().flat_map(|list| of_element(list, *element, arguments.as_of))
        })
        .chain(export_control::lists().flat_map(|list| of_all(list, arguments.as_of)))
        .chain(export_control::lists().flat_map(|list| abroad(list, arguments.as_of)))
        .collect();
    match arguments.format {
        Format::Text => text(&elements, &rows, arguments.as_of, out),
        Format::Csv => {
            let mut csv = Csv::new(
                out,
                [
                    "codes", "element", "list", "form", "status", "measure", "since",
                ],
            )?;
            for row in &rows {
                csv.row([
                    &all_of_list(&ListId::new(&*row.list), &row.codes),
                    &row.element,
                    &row.list,
                    row.form,
                    &row.status,
                    row.measure.as_deref().unwrap_or_default(),
                    row.since.as_deref().unwrap_or_default(),
                ])?;
            }
            csv.finish()
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            Ok(writeln!(out)?)
        }
    }
}

fn of_element(list: &ControlList, element: Element, on: Option<Date>) -> Vec<Row> {
    let leaves = list
        .with_element(element)
        .filter(|item| list.children(item.code()).next().is_none());
    grouped(list, leaves, on)
        .map(|group| row(element.name(), list, group))
        .collect()
}

/// Items on rare earths as such, which name no element.
fn of_all(list: &ControlList, on: Option<Date>) -> Vec<Row> {
    grouped(list, earths::as_such(list), on)
        .map(|group| row(earths::AS_SUCH, list, group))
        .collect()
}

/// Notices on things made abroad with rare earths, which add no item to the list.
fn abroad(list: &ControlList, on: Option<Date>) -> Vec<Row> {
    let row = |measure: &Measure| Row {
        element: ABROAD.to_owned(),
        list: list.id().to_string(),
        form: "no item of the list",
        codes: Vec::new(),
        status: notices::status(list, measure, on).unwrap_or_default(),
        measure: Some(notices::of_list(list, &measure.id)),
        since: None,
    };
    earths::abroad(list).map(row).collect()
}

/// Items of one form, one status and one notice, or one day since which they are on the list.
type Group = (GroupKey, Vec<Code>);
type GroupKey = (&'static str, String, [Option<String>; 2]);

fn row(element: &str, list: &ControlList, ((form, status, [measure, since]), codes): Group) -> Row {
    Row {
        element: element.to_owned(),
        list: list.id().to_string(),
        form,
        codes,
        status,
        measure,
        since,
    }
}

fn grouped<'a>(
    list: &ControlList,
    items: impl Iterator<Item = &'a Item>,
    on: Option<Date>,
) -> impl Iterator<Item = Group> {
    let mut groups: BTreeMap<GroupKey, Vec<Code>> = BTreeMap::new();
    for item in items {
        let status = common::past::answer(list, item, on);
        let measure = item.measure().map(|id| notices::of_list(list, id));
        let since = match measure {
            Some(_) => None,
            None => common::past::since(list, item.code(), on),
        };
        groups
            .entry((form(item), status, [measure, since]))
            .or_default()
            .push(item.code());
    }
    groups.into_iter()
}

/// The form in which an item is controlled, by its product group and the words of its title.
fn form(item: &Item) -> &'static str {
    let title = item.title().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match item.code().group() {
        ProductGroup::E => "technology",
        ProductGroup::D => "software",
        ProductGroup::A | ProductGroup::B => "equipment",
        _ if has(&["target"]) => "target",
        _ if has(&["magnet"]) => "magnet",
        _ if has(&["oxide"]) => "oxide",
        _ if has(&["compound"]) => "compound",
        _ if has(&["powder"]) => "powder",
        _ if has(&["alloy"]) => "alloy",
        _ if has(&["metal"]) => "metal",
        _ if title.bytes().any(|byte| byte.is_ascii_digit())
            && item.code().entry().third_digit() == 2 =>
        {
            "isotope"
        }
        _ => "other material",
    }
}

fn text(
    elements: &[Element],
    rows: &[Row],
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let lists: Vec<&str> = export_control::lists()
        .map(|list| list.id().as_str())
        .collect();
    let mut table = common::table(["element"].into_iter().chain(lists.iter().copied()), &[]);
    let names = elements
        .iter()
        .map(|element| element.name())
        .chain([earths::AS_SUCH]);
    for name in names {
        let forms = lists.iter().map(|list| forms(rows, name, list));
        table.add_row([name.to_owned()].into_iter().chain(forms));
    }
    common::editions_on(export_control::lists(), on, out)?;
    writeln!(out)?;
    writeln!(out, "{table}")?;
    writeln!(out, "{}", common::overlaps::wrapped(earths::LEGEND))?;
    if let Some(passed) = earths::passed(export_control::lists(), on) {
        writeln!(out, "{passed}")?;
    }
    for list in export_control::lists() {
        for row in rows.iter().filter(|row| row.list == list.id().as_str()) {
            if row.element == ABROAD {
                made_abroad(list, row, out)?;
            }
        }
        let named = earths::parts(list);
        if !named.is_empty() {
            let line = format!(
                "Named as a part of something else by {}: {}.",
                list.id(),
                named.join("; ")
            );
            writeln!(out, "{}", common::overlaps::wrapped(&line))?;
        }
    }
    Ok(())
}

/// Writes a notice on things made abroad: its title, its rules and its status.
fn made_abroad(list: &ControlList, row: &Row, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let name = row.measure.as_deref().unwrap_or_default();
    let is_it = |measure: &&Measure| notices::of_list(list, &measure.id) == name;
    let Some(measure) = list.measures().find(is_it) else {
        return Ok(());
    };
    let [what, address] = notices::told(measure, Some(list));
    let line = format!("Things made abroad: {what}. Status: {}.", row.status);
    writeln!(out, "{}\n  {address}", common::overlaps::wrapped(&line))?;
    for rule in content_rules() {
        let part = rule
            .measure
            .as_ref()
            .filter(|part| part.measure == measure.id);
        let Some(part) = part else { continue };
        let begins = measure
            .parts
            .iter()
            .find(|one| Some(&one.name) == part.part.as_ref());
        let begins = begins.map_or_else(String::new, |part| format!(", from {}", part.in_force));
        let share = match rule.threshold {
            Threshold::Floor(floor) => format!(", from {} of the value on", floor.0),
            _ => String::new(),
        };
        let name = part.part.as_deref().unwrap_or("whole");
        let line = format!("  its part {name}{begins}: {}{share}", rule.content);
        writeln!(out, "{}", common::overlaps::wrapped(&line))?;
    }
    Ok(())
}

/// The entries, the status and the notice of a line.
type Line<'a> = (BTreeSet<Code>, &'a str, Option<&'a str>, Option<&'a str>);

/// The forms in which a list controls an element, by entry, status and notice.
fn forms(rows: &[Row], element: &str, list: &str) -> String {
    let mut cells: BTreeMap<Line<'_>, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        if row.element == element && row.list == list {
            let entries = row.codes.iter().map(|code| code.entry()).collect();
            cells
                .entry((
                    entries,
                    &row.status,
                    row.measure.as_deref(),
                    row.since.as_deref(),
                ))
                .or_default()
                .insert(row.form);
        }
    }
    if cells.is_empty() {
        return "–".to_owned();
    }
    let lines = cells
        .into_iter()
        .map(|((entries, status, measure, since), forms)| {
            let entries: Vec<String> = entries.iter().map(Code::to_string).collect();
            let forms: Vec<&str> = forms.into_iter().collect();
            let behind = measure.or(since).unwrap_or("notice not known at hand");
            format!(
                "{} {}: {status} ({behind})",
                entries.join(" "),
                forms.join(", ")
            )
        });
    lines.collect::<Vec<_>>().join("\n")
}
