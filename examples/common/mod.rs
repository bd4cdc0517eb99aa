//! Code that the examples share: their output formats and how they end.
#![allow(dead_code)] // each example uses its part

pub mod groups;
mod lists;
pub mod output;
pub mod overlaps;
mod parties;
pub mod table;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use export_control::{ChildLogic, Code, ControlList, Item, ItemState, ListId, Status};
use jiff::civil::Date;

#[allow(unused_imports)] // each example uses its part
pub use lists::{crosswalk, list, list_on, needed_crosswalk};
#[allow(unused_imports)] // each example uses its part
pub use parties::parties;

/// The work of an example. It writes to the given output, so that the tests can read what a user
/// sees.
pub type Work<A> = fn(&A, &mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Parses the arguments, does the work, and reports an error as one line.
pub fn main<A: Parser>(work: Work<A>) -> ExitCode {
    let arguments = A::parse();
    let stdout = std::io::stdout().lock();
    let result = if stdout.is_terminal() {
        work(&arguments, &mut output::Terminal::new(stdout))
    } else {
        let mut stdout = stdout;
        work(&arguments, &mut stdout)
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // If somebody closes the pipe, they have read enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

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

/// The number of characters in a line that a terminal shows without wrapping.
const WIDTH: u16 = 120;

/// Returns a table with its numeric columns aligned right.
pub fn table<'a>(headers: impl IntoIterator<Item = &'a str>, numeric: &[usize]) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_header(headers)
        .set_width(WIDTH)
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

/// Prints a list's items, one row each: code, status on the day, and the columns of the list's own
/// file. `ControlList::from_csv` reads it.
pub fn items(
    list: &ControlList,
    on: Option<Date>,
    all: bool,
    format: RowFormat,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let items = list.items().iter().filter(|item| all || item.is_live());
    if let RowFormat::Json = format {
        #[derive(serde::Serialize)]
        struct Row<'a> {
            list: &'a str,
            #[serde(flatten)]
            item: &'a Item,
            #[serde(flatten)]
            status: Status,
        }
        let rows: Vec<Row<'_>> = items
            .map(|item| Row {
                list: list.id().as_str(),
                item,
                status: list.status(item, on),
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        return Ok(writeln!(out)?);
    }
    let above = |item: &Item| item.code().ancestors().filter_map(|code| list.get(code));
    let items = items.flat_map(|item| above(item).chain([item]).collect::<Vec<_>>());
    let status = |item: &Item| list.status(item, on).to_string();
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
