//! Are the codes in this product file codes, and which list has them?
//!
//! `cargo run --release --example validate -- products.csv --column eccn`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::code::{Answer, Prefix};
use export_control::{Classification, Code, ControlList, Edition, ItemState, ParseError};

mod common;
use common::output::{Csv, note};
use common::table::{Table, code_column, code_columns, separator};

/// Reads the codes of a product file and says of each which embedded list has it, its nearest
/// listed ancestor otherwise, or what is wrong with it and where. A cell with two codes gives two
/// rows. Ends with an error if a row needs a person. Says nothing of whether a product needs a
/// license.
#[derive(Parser)]
#[command(name = "validate", after_help = common::examples_help(&["validate products.csv", "validate products.csv --column eccn"]))]
pub struct Arguments {
    /// A CSV file with a header, its fields parted by commas, semicolons, tabs or bars
    file: PathBuf,
    /// The column of codes [default: the one whose header names an ECCN or another control code;
    /// else the one that is called code or classification]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// The sign between the fields, or tab [default: found]
    #[arg(long, value_name = "SIGN", value_parser = separator)]
    separator: Option<u8>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Checks the file; fails at the end if a row has no readable code or needs a person.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let wanted = arguments.column.as_deref();
    let table = Table::read(&arguments.file, arguments.separator, |header| {
        !code_columns(header, wanted).is_empty()
    })?;
    let name = &table.name;
    let column = code_column(&table.header, wanted)
        .map_err(|error| format!("{name}:{}: {error}", table.header_line))?;
    for said in &table.notes {
        note(format_args!("{name}: {said}"));
    }
    note(format_args!(
        "{name}: reads the column {:?}",
        &table.header[column]
    ));
    let lists: Vec<&ControlList> = export_control::lists().collect();
    for list in &lists {
        let Edition { label, through, .. } = list.edition();
        let on = through.map_or_else(String::new, |day| format!(" on {day}"));
        note(format_args!(
            "{}: tells the status{on} [{label}]",
            list.id()
        ));
    }
    let mut output = Csv::new(
        out,
        ["line", "found", "answer"]
            .into_iter()
            .chain(lists.iter().map(|list| list.id().as_str()))
            .chain(["problem", "remark", "code"]),
    )?;
    let (mut rows, mut unreadable, mut open) = (0, 0, 0);
    for row in &table.rows {
        let found = row.fields.get(column).unwrap_or_default();
        rows += 1;
        let head = [row.line.to_string(), shown(found)];
        if let Some(fault) = &row.fault {
            unreadable += 1;
            let verdict = Verdict {
                problem: format!("{name}:{}: {fault}", row.line),
                ..Verdict::none(&lists)
            };
            output.row(head.into_iter().chain(verdict.cells()))?;
            continue;
        }
        let answers = Answer::read(found);
        unreadable += usize::from(answers.iter().any(Result::is_err));
        let is_open = |answer: &Result<Answer, _>| answer.as_ref().is_ok_and(Answer::is_open);
        open += usize::from(answers.iter().any(is_open));
        for answer in answers {
            let place = format!("{name}:{}:{}", row.line, column + 1);
            let verdict = Verdict::of(&answer, found, &place, &lists);
            output.row(head.iter().cloned().chain(verdict.cells()))?;
        }
    }
    output.finish()?;
    let mut problems = Vec::new();
    if unreadable > 0 {
        problems.push(format!("{unreadable} of {rows} rows have no readable code"));
    }
    if open > 0 {
        problems.push(format!(
            "{open} of {rows} rows have an answer that a person has to read"
        ));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(common::Answered(format!("{name}: {}", problems.join("; "))).into()),
    }
}

/// The printed parts of one answer.
struct Verdict {
    answer: String,
    lists: Vec<String>,
    problem: String,
    remark: String,
    /// The code again, in a form that no program takes for a number.
    code: String,
}

impl Verdict {
    fn none(lists: &[&ControlList]) -> Verdict {
        Verdict {
            answer: String::new(),
            lists: vec![String::new(); lists.len()],
            problem: String::new(),
            remark: String::new(),
            code: String::new(),
        }
    }

    fn cells(self) -> impl Iterator<Item = String> {
        let rest = [self.problem, self.remark, self.code];
        std::iter::once(self.answer).chain(self.lists).chain(rest)
    }

    fn of(
        answer: &Result<Answer, ParseError>,
        found: &str,
        place: &str,
        lists: &[&ControlList],
    ) -> Verdict {
        match answer {
            Ok(answer) => Verdict {
                answer: answer.classification.to_string(),
                lists: lists.iter().map(|list| on_list(list, answer)).collect(),
                problem: match question(answer) {
                    question if question.is_empty() => question,
                    question => format!("{place}: {question}"),
                },
                remark: remarks(answer),
                code: match answer.classification {
                    Classification::Code(code) => format!("code:{code}"),
                    _ => String::new(),
                },
            },
            Err(error) => Verdict {
                problem: format!("{place}: {error}{}", guesses(found, lists)),
                ..Verdict::none(lists)
            },
        }
    }
}

/// Returns the question that a person has to decide, or an empty text.
fn question(answer: &Answer) -> String {
    let open: Vec<String> = answer
        .remarks
        .iter()
        .filter(|remark| remark.kind.is_open())
        .map(ToString::to_string)
        .collect();
    match answer.classification {
        Classification::Unanswered => "the cell gives no answer".to_owned(),
        Classification::NoLicense => {
            "the cell says that no license is needed, and not for which code".to_owned()
        }
        _ if !open.is_empty() => {
            format!(
                "beside {} it says {}",
                answer.classification,
                open.join("; ")
            )
        }
        _ => String::new(),
    }
}

fn remarks(answer: &Answer) -> String {
    let prefix = answer.prefix.iter().map(|prefix| {
        let country = prefix
            .country()
            .filter(|country| *country != prefix.as_str());
        let country = country.map_or_else(String::new, |country| format!(" ({country})"));
        format!("named for {}{country}", prefix.as_str())
    });
    let remarks = answer.remarks.iter().map(ToString::to_string);
    prefix.chain(remarks).collect::<Vec<_>>().join("; ")
}

/// Which of the codes that a number may have been a list has.
fn guesses(found: &str, lists: &[&ControlList]) -> String {
    const SHOWN: usize = 12;
    let codes: Vec<Code> = Code::read_as_number(found).collect();
    let mut text = String::new();
    for list in lists.iter().filter(|_| !codes.is_empty()) {
        let there: Vec<String> = codes
            .iter()
            .filter(|code| list.get(**code).is_some())
            .map(ToString::to_string)
            .collect();
        let shown = there[..there.len().min(SHOWN)].join(", ");
        text += &match there.len() {
            0 => format!("; {} has none of them", list.id()),
            count if count > SHOWN => format!("; {} has {count}: {shown}, …", list.id()),
            _ => format!("; {} has {shown}", list.id()),
        };
    }
    text
}

/// A cell as it was found, but never a formula for the program that opens the table.
fn shown(found: &str) -> String {
    let risky = found.starts_with(['=', '+', '-', '@', '\'']) || found.contains(char::is_control);
    if risky {
        format!("{found:?}")
    } else {
        found.to_owned()
    }
}

/// Returns the finding of a list on an answer. Equal codes on two lists are not equal items.
fn on_list(list: &ControlList, answer: &Answer) -> String {
    let other = |prefix: &&Prefix| !prefix.names(list.id());
    if let Some(prefix) = answer.prefix.as_ref().filter(other) {
        return format!("not asked: the answer is for {}", prefix.as_str());
    }
    match &answer.classification {
        Classification::Code(code) => code_on_list(list, *code),
        Classification::Basket(basket)
            if list
                .id()
                .as_str()
                .starts_with(&basket.country().to_lowercase()) =>
        {
            format!("on no entry of the list ({basket})")
        }
        Classification::Munitions(entry) => {
            format!(
                "an entry of a munitions list ({}), which is not compared",
                entry.list()
            )
        }
        _ => String::new(),
    }
}

fn code_on_list(list: &ControlList, code: Code) -> String {
    match list.nearest(code) {
        Some(item) if item.code() == code => match item.state() {
            ItemState::Live => {
                let status = list.status(item, None);
                let passed = common::passed(status);
                format!("listed, {status}{passed}: {}", item.title())
            }
            ItemState::Empty => "an empty heading".to_owned(),
            ItemState::Reserved => "reserved: the place is kept free".to_owned(),
            ItemState::Implied => "not printed by any source, but it has children".to_owned(),
        },
        _ if list.reserving(code).is_some() => "reserved: the place is kept free".to_owned(),
        Some(item) => format!(
            "not on the list; nearest listed ancestor {}: {}",
            item.code(),
            item.title()
        ),
        None => "not on the list, nor any ancestor".to_owned(),
    }
}
