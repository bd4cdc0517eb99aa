//! Code that the examples share: their output formats and how they end.
#![allow(dead_code)] // each example uses its part

pub mod causes;
pub mod chart;
pub mod earths;
pub mod groups;
pub mod later;
mod lists;
pub mod notices;
pub mod output;
pub mod overlap_chart;
pub mod overlaps;
mod parties;
pub mod past;
pub mod picture;
pub mod several;
pub mod suspended;
pub mod table;
pub mod upset_chart;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::Parser;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use export_control::list::StatusOn;
use export_control::{
    ChildLogic, Code, Comparison, ControlList, CountingRule, Edition, Item, ItemState, ListId,
    Scope, Status, Unavailable,
};
use jiff::civil::Date;

#[allow(unused_imports)] // each example uses its part
pub use lists::{address, crosswalk, list, list_on, needed_crosswalk, published, sssom};
#[allow(unused_imports)] // each example uses its part
pub use parties::{names_missing, parties};

/// The work of an example. It writes to the given output, so that the tests can read what a user
/// sees.
pub type Work<A> = fn(&A, &mut dyn Write) -> Result<(), Box<dyn Error>>;

/// The day on which a user runs the example. The tests have none, so that they print the same every
/// day.
static TODAY: OnceLock<Date> = OnceLock::new();

/// Says how long ago a day was: ` (169 days ago)`.
pub fn ago(day: Date) -> String {
    let days = TODAY.get().map(|today| (*today - day).get_days());
    match days {
        Some(0) => " (today)".to_owned(),
        Some(1) => " (yesterday)".to_owned(),
        Some(days @ 2..) => format!(" ({days} days ago)"),
        _ => String::new(),
    }
}

/// Returns true if a day is before the one on which a user runs the example.
pub fn is_past(day: Date) -> bool {
    TODAY.get().is_some_and(|today| day < *today)
}

/// Reads a day that a user names, in the form in which all days are printed.
pub fn day(text: &str) -> Result<Date, String> {
    let day = text.parse().ok();
    day.filter(|day: &Date| day.to_string() == text)
        .ok_or_else(|| format!("found {text:?}, expected a day such as 2025-10-28"))
}

/// Reads a number of things to print.
pub fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("found {text:?}, expected a number from 1 on")),
    }
}

/// Says that the last day of a suspension has passed, if it has.
pub fn passed(status: Status) -> &'static str {
    match (status, TODAY.get()) {
        (Status::Suspended { through }, Some(today)) if through < *today => {
            " (that day has passed; no source at hand says what followed)"
        }
        _ => "",
    }
}

/// Refuses a day that the compared editions do not cover, as the crosswalk is one of these editions.
pub fn judged(comparison: &Comparison<'_>) -> Result<(), Box<dyn Error>> {
    let Some(on) = comparison.scope().date() else {
        return Ok(());
    };
    for (list, count) in (comparison.lists().iter()).zip(comparison.counts(CountingRule::Items)) {
        let Err(Unavailable::UnknownStatus { items, .. }) = count.result() else {
            continue;
        };
        let (id, Edition { from, through, .. }) = (list.id(), list.edition());
        return Err(match (from, through) {
            (Some(from), _) if on < *from => {
                let sizes = match past::answering(list, Some(on)) {
                    Some(_) => "; `compare` gives the sizes of that day",
                    None => "",
                };
                format!(
                    "found the day {on}, expected one from {from} on: the crosswalk is of the embedded edition of {id}, which begins then{sizes}"
                )
            }
            (_, Some(last)) if *last < on => {
                format!("the sources of {id} end on {last}: what holds on {on} is not known")
            }
            _ => format!(
                "the sources of {id} do not say what holds on {on} for {} of the scope's items",
                thousands(*items)
            ),
        }
        .into());
    }
    Ok(())
}

/// Says on which day an answer is given: the day asked for, or the last one that the edition covers.
pub fn answered_on(list: &ControlList, on: Option<Date>) -> String {
    match (on, list.edition().through) {
        (Some(on), _) => format!("on {on}"),
        // Of single entries later copies tell more, which `status` prints.
        (None, Some(last)) if !list.amendments().is_empty() => {
            format!("on {last}, the last day of its whole text{}", ago(last))
        }
        (None, Some(last)) => format!("on {last}, the last day of its sources{}", ago(last)),
        (None, None) => "on any day".to_owned(),
    }
}

/// Parses the arguments, does the work, and reports an error as one line.
pub fn main<A: Parser>(work: Work<A>) -> ExitCode {
    let arguments = A::parse();
    TODAY.get_or_init(|| {
        jiff::tz::TimeZone::UTC
            .to_datetime(jiff::Timestamp::now())
            .date()
    });
    let mut stdout = std::io::stdout().lock();
    let to_terminal = stdout.is_terminal();
    if to_terminal && let Some((width, _)) = terminal_size::terminal_size_of(&stdout) {
        TERMINAL.get_or_init(|| width.0);
    }
    // An error prints no half of a page, which a reader could take for the answer.
    let mut page = Vec::new();
    let result = work(&arguments, &mut page);
    let whole = (result.as_ref().err()).is_none_or(|error| error.is::<Answered>());
    let printed = match (whole, to_terminal) {
        (false, _) => Ok(()),
        (true, true) => output::Terminal::new(stdout).write_all(&page),
        (true, false) => stdout.write_all(&page),
    };
    match printed.map_err(Into::into).and(result) {
        Ok(()) => ExitCode::SUCCESS,
        // If somebody closes the pipe, they have read enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// An error after a whole answer: the answer is printed, and the program fails.
#[derive(Debug)]
pub struct Answered(pub String);

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Answered {}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>().or_else(|| {
        match error.downcast_ref::<csv::Error>()?.kind() {
            csv::ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    });
    // The JSON writer's error only gives its kind.
    let json = error
        .downcast_ref::<serde_json::Error>()
        .and_then(serde_json::Error::io_error_kind);
    io.map(std::io::Error::kind).or(json) == Some(std::io::ErrorKind::BrokenPipe)
}

/// A line under the header and nothing else. Rows are one line apart, in a terminal and in a
/// quotation.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// Characters to a line at most: longer ones are hard to read.
const WIDTH: u16 = 120;

/// The number of characters in a line of the user's terminal, if there is one.
static TERMINAL: OnceLock<u16> = OnceLock::new();

/// Returns a table with its numeric columns aligned right.
pub fn table<'a>(headers: impl IntoIterator<Item = &'a str>, numeric: &[usize]) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_header(headers)
        .set_width(TERMINAL.get().map_or(WIDTH, |width| WIDTH.min(*width)))
        .set_content_arrangement(ContentArrangement::Dynamic);
    for &column in numeric {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Returns the editions that an answer is about, one on each line.
pub fn editions<'a>(
    lists: impl Iterator<Item = &'a ControlList>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for list in lists {
        writeln!(out, "  {:<12} {}", list.id().as_str(), list.edition().label)?;
    }
    Ok(())
}

/// Which editions an answer speaks of, and on which day, a line each.
pub fn editions_on<'a>(
    lists: impl Iterator<Item = &'a ControlList>,
    on: Option<Date>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for list in lists {
        writeln!(
            out,
            "  {:<12} {}; answered {}",
            list.id().as_str(),
            list.edition().label,
            answered_on(list, on)
        )?;
    }
    Ok(())
}

/// The end of a help text: what to run for example, and what each counting rule counts.
pub fn help(examples: &[&str]) -> String {
    let rules = CountingRule::ALL.map(|rule| format!("  {rule:<15} {}", rule.meaning()));
    format!(
        "{}\n\nCounting rules:\n{}",
        examples_help(examples),
        rules.join("\n")
    )
}

/// The end of a help text: what to run for example.
pub fn examples_help(examples: &[&str]) -> String {
    let lines = examples.iter().map(|example| format!("  {example}"));
    format!("Examples:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Refuses a rule that can never count a list, before anything is printed.
pub fn check_rule(list: &ControlList, rule: CountingRule) -> Result<(), Box<dyn Error>> {
    match list.count(rule, &Scope::default()).result() {
        Err(why @ Unavailable::NoCatalogue) => {
            Err(format!("{rule} of {}: {why}", list.id()).into())
        }
        _ => Ok(()),
    }
}

/// Returns a number with commas between thousands.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

/// The form in which an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// To read
    Text,
    /// One row for each figure or item
    Csv,
    /// Everything
    Json,
}

/// The form in which rows are printed.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum RowFormat {
    Csv,
    Json,
}

/// Prints a list's items, one row each: code, status on the day, and what the list's own file
/// holds. `ControlList::from_csv` reads it. Before the edition the list's history answers, if it has
/// one; codes that its sources do not cover have rows that say so.
pub fn items(
    list: &ControlList,
    on: Option<Date>,
    all: bool,
    format: RowFormat,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let known = past::on(list, on)?;
    let (list, not_covered) = (known.list(), known.not_covered());
    let holes = not_covered
        .iter()
        .map(|code| Item::new(*code).with_state(ItemState::Implied));
    let holes: Vec<Item> = holes.collect();
    let is_hole = |item: &Item| not_covered.binary_search(&item.code()).is_ok();
    let status = |item: &Item| {
        if is_hole(item) {
            past::Presence::NotCovered.name().to_owned()
        } else if matches!(known, past::Known::Past(_)) || item.state() == ItemState::Implied {
            // A code that no source prints has no status of its own.
            past::Presence::On(item.state()).name().to_owned()
        } else {
            list.status_on(item, on).to_string()
        }
    };
    let listed = list.items().iter().filter(|item| all || item.is_live());
    let items = listed.chain(&holes);
    if let RowFormat::Json = format {
        #[derive(serde::Serialize)]
        struct Row<'a> {
            list: &'a str,
            #[serde(flatten)]
            item: &'a Item,
            #[serde(flatten)]
            status: Option<StatusOn>,
            answer: String,
        }
        let rows: Vec<Row<'_>> = items
            .map(|item| Row {
                list: list.id().as_str(),
                item,
                status: (!is_hole(item)).then(|| list.status_on(item, on)),
                answer: status(item),
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        return Ok(writeln!(out)?);
    }
    let above = |item: &Item| item.code().ancestors().filter_map(|code| list.get(code));
    let items = items.flat_map(|item| above(item).chain([item]).collect::<Vec<_>>());
    rows(list.id(), items.cloned(), Some(&status), out)
}

/// Prints items as rows that every program loads and `ControlList::from_csv` reads. Every paragraph
/// has its parents. Those that are not among the items are printed as implied.
pub fn rows(
    list: &ListId,
    items: impl IntoIterator<Item = Item>,
    status: Option<&dyn Fn(&Item) -> String>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut whole: BTreeMap<Code, Item> = BTreeMap::new();
    for item in items {
        for code in item.code().ancestors() {
            let implied = || Item::new(code).with_state(ItemState::Implied);
            whole
                .entry(code)
                .or_insert_with(|| implied().with_logic(ChildLogic::Any));
        }
        whole.insert(item.code(), item);
    }
    let mut own = Vec::new();
    Item::to_csv(whole.values(), &mut own)?;
    let mut reader = csv::Reader::from_reader(own.as_slice());
    let columns = reader.headers()?.clone();
    let mut header: Vec<&str> = columns.iter().collect();
    if status.is_some() {
        header.insert(1, "status");
    }
    let mut csv = output::Csv::new(out, header)?;
    for (item, row) in whole.values().zip(reader.records()) {
        let row = row?;
        let cells = columns.iter().zip(&row).map(|(column, cell)| {
            // The apostrophe is removed here because the writer adds it again.
            let bare = cell
                .strip_prefix('\'')
                .filter(|bare| output::guarded(bare) == cell);
            output::portable(list, column, bare.unwrap_or(cell))
        });
        let mut cells: Vec<String> = cells.collect();
        if let Some(status) = status {
            cells.insert(1, status(item));
        }
        csv.row(cells)?;
    }
    csv.finish()
}
