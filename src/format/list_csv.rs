//! The CSV form of lists, measures and license rows: read and write.
//!
//! A list file stands alone: lines that begin with `#` say what the list is, then comes a header,
//! then one row an item. Which columns it has is its own choice ([`COLUMNS`] names all), except
//! `code`, which every file has. Multi-values are joined by `;`.
//!
//! ```
//! let file = "\
//! ## list: mine
//! ## name: My list
//! ## edition: first
//! code,state,logic,title
//! 3A001,,any,Converters
//! 3A001.a,,,Fast ones
//! 3A001.b,reserved,,
//! ".replace("##", "#");
//! let list = export_control::format::list_csv::read(file.as_bytes())?;
//! assert_eq!(list.items().len(), 3);
//! assert_eq!(list.live().len(), 2);
//! assert_eq!(export_control::format::list_csv::read(export_control::format::list_csv::to_string(&list).as_bytes())?, list);
//! # Ok::<(), export_control::Error>(())
//! ```

use std::fmt::Write as _;
use std::io::Read;

use jiff::civil::Date;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::format::lines::Lines;
use crate::format::rows::{Fields, Output, Rows, join, utf8};
use crate::list::license::{AppliesTo, ChartColumn, CodeRange, LicenseRequirement};
use crate::list::{Availability, ChildLogic, Item, ItemState, LicenseException, Reason};
use crate::list::{ControlList, preamble};
use crate::measure::{Measure, MeasureId, Part, Subject};

/// The columns that a list file may have, in the order in which they are written.
pub const COLUMNS: [&str; 19] = [
    "code",
    "state",
    "through",
    "logic",
    "title",
    "title_local",
    "reasons",
    "exceptions",
    "refers_to",
    "cas",
    "elements",
    "species",
    "hs",
    "quantities",
    "measure",
    "in_force",
    "catalogue_rows",
    "inferred",
    "source",
];

const LICENSE_COLUMNS: [&str; 7] = [
    "entry",
    "reasons",
    "applies_to",
    "codes",
    "columns",
    "sections",
    "destinations",
];

const MEASURE_COLUMNS: [&str; 15] = [
    "measure",
    "authority",
    "title",
    "subject",
    "published",
    "in_force",
    "parts",
    "changes",
    "removes",
    "repeals",
    "suspends",
    "suspended_through",
    "resumes",
    "url",
    "full_text",
];

/// Reads a list file.
///
/// # Errors
/// What is wrong, with line and field: no header, an unknown or missing column, a broken value, a
/// duplicate, a paragraph without its parent, bytes that are no UTF-8.
pub fn read(mut input: impl Read) -> Result<ControlList, Error> {
    let mut text = Vec::new();
    input.read_to_end(&mut text)?;
    read_str(&utf8(text)?)
}

/// Reads a list file that is in memory already.
///
/// # Errors
/// As [`read`].
pub fn read_str(text: &str) -> Result<ControlList, Error> {
    let (info, edition, header_lines, rest) = preamble::read(text)?;
    let place = |error: Error| error.of_list(&info.id);
    let mut rows = Lines::new(rest, header_lines, &COLUMNS, &["code"]).map_err(place)?;
    let mut items: Vec<Item> = Vec::with_capacity(rows.remaining() + 1);
    let mut places: Vec<(Code, u64)> = Vec::with_capacity(items.capacity());
    while rows.next().map_err(place)? {
        let code = rows.code(0).map_err(place)?;
        // Rows are in list order, so a duplicate, like any disorder, shows against the row before.
        if let Some((last, _)) = places.last().copied()
            && last >= code
        {
            let kind = if last == code {
                Kind::Duplicate
            } else {
                Kind::Order(last)
            };
            return Err(place(rows.fail(0, Error::from(kind).of_code(code))));
        }
        places.push((code, rows.line()));
        // Filled where it stands: an item is large.
        items.push(Item::new(code));
        if let Some(item) = items.last_mut() {
            read_item(&rows, item).map_err(place)?;
        }
    }
    ControlList::new(info, edition, items).map_err(|error| {
        match error
            .code()
            .and_then(|code| places.binary_search_by_key(&code, |(code, _)| *code).ok())
        {
            Some(at) => error.at_line(places[at].1),
            None => error,
        }
    })
}

fn read_item(rows: &Lines<'_>, item: &mut Item) -> Result<(), Error> {
    for column in rows.filled() {
        match column {
            1 => {
                item.state = rows.value(1, "nothing, empty, reserved or implied", |text| {
                    Some(match text {
                        "empty" => ItemState::Empty,
                        "reserved" => ItemState::Reserved,
                        "implied" => ItemState::Implied,
                        _ => return None,
                    })
                })?;
            }
            2 => item.through = rows.optional(2, "the last code of a reserved range")?,
            3 => {
                let expected = "nothing, any, all, all-or-own, at-least-2 or one-of-each";
                item.logic = rows.value(3, expected, |text| {
                    text.parse().ok().filter(|logic| *logic != ChildLogic::Leaf)
                })?;
            }
            4 => rows.text(4).clone_into(&mut item.title),
            5 => item.title_local = rows.owned(5),
            6 => {
                item.reasons = rows.values(6, "reasons for control joined by ;", |text| {
                    text.parse().ok()
                })?
            }
            7 => {
                item.exceptions = rows.values(
                    7,
                    "exceptions such as LVS=no;GBS=partly;TSR=$3000",
                    read_exception,
                )?
            }
            8 => item.refers_to = rows.values(8, "codes joined by ;", |text| text.parse().ok())?,
            9 => item.cas = rows.keys(9)?,
            10 => item.elements = rows.keys(10)?,
            11 => item.species = rows.keys(11)?,
            12 => item.hs = rows.keys(12)?,
            13 => item.quantities = rows.keys(13)?,
            14 => item.measure = rows.owned(14).map(MeasureId::new),
            15 => item.in_force = rows.optional(15, "a date such as 2025-02-04")?,
            16 => {
                item.catalogue_rows = rows
                    .values(16, "row numbers such as 439-441", read_row_numbers)?
                    .concat()
            }
            17 => item.inferred = rows.value(17, "nothing or yes", read_flag)?,
            18 => item.source = rows.owned(18),
            // The code, read before the others.
            _ => {}
        }
    }
    Ok(())
}

fn read_flag(text: &str) -> Option<bool> {
    match text {
        "" => Some(false),
        "yes" => Some(true),
        _ => None,
    }
}

fn read_exception(text: &str) -> Option<LicenseException> {
    let (symbol, availability) = text.split_once('=')?;
    let availability = match availability {
        "no" => Availability::No,
        "yes" => Availability::Yes,
        "partly" => Availability::Partly,
        limit => Availability::UpTo(limit.strip_prefix('$')?.parse().ok()?),
    };
    (!symbol.is_empty()).then(|| LicenseException {
        symbol: symbol.to_owned(),
        availability,
        text: None,
    })
}

fn read_row_numbers(text: &str) -> Option<Vec<u16>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    // A run that is upside down or reaches far beyond any catalogue is a slip of the pen.
    (first <= last && last - first < 1000).then(|| (first..=last).collect())
}

fn flag(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

/// The list as a file that [`read`] reads back, save what the CSV form does not hold: official
/// texts, measures, license rows. Columns that no item fills are left out.
pub fn to_string(list: &ControlList) -> String {
    let mut text = preamble(list);
    text.push_str(&items_to_string(list.items()));
    text
}

/// Items as CSV rows with a header, without the lines that say what the list is.
pub fn items_to_string<'a>(items: impl IntoIterator<Item = &'a Item>) -> String {
    let rows: Vec<[String; COLUMNS.len()]> = items.into_iter().map(item_fields).collect();
    let used: Vec<usize> = (0..COLUMNS.len())
        .filter(|&column| column == 0 || rows.iter().any(|row| !row[column].is_empty()))
        .collect();
    let mut output = Output::new(b',');
    output.row(used.iter().map(|&column| COLUMNS[column]));
    for row in &rows {
        output.row(used.iter().map(|&column| &row[column]));
    }
    output.finish()
}

fn preamble(list: &ControlList) -> String {
    let (info, edition) = (list.info(), list.edition());
    let mut lines = vec![format!("list: {}", info.id), format!("name: {}", info.name)];
    lines.extend(
        info.name_local
            .iter()
            .map(|name| format!("name-local: {name}")),
    );
    lines.push(format!("edition: {}", edition.label));
    lines.extend(edition.from.iter().map(|date| format!("from: {date}")));
    lines.extend(
        edition
            .through
            .iter()
            .map(|date| format!("through: {date}")),
    );
    lines.extend(
        info.categories
            .iter()
            .map(|(category, name)| format!("category {category}: {name}")),
    );
    lines.extend(
        info.reasons
            .iter()
            .map(|(reason, name)| format!("reason {reason}: {name}")),
    );
    lines.extend(
        info.third_digits
            .iter()
            .map(|(digit, name)| format!("third-digit {digit}: {name}")),
    );
    lines.extend(
        info.sources
            .iter()
            .map(|(key, name)| format!("source {key}: {name}")),
    );
    let mut text = String::new();
    for line in lines {
        // A line break within a name would begin a row.
        let _ = writeln!(text, "# {}", line.replace(['\n', '\r'], " "));
    }
    text
}

fn item_fields(item: &Item) -> [String; COLUMNS.len()] {
    [
        item.code.to_string(),
        match item.state {
            ItemState::Live => "",
            ItemState::Empty => "empty",
            ItemState::Reserved => "reserved",
            ItemState::Implied => "implied",
        }
        .to_owned(),
        item.through
            .map(|code| code.to_string())
            .unwrap_or_default(),
        match item.logic {
            ChildLogic::Leaf => String::new(),
            logic => logic.to_string(),
        },
        item.title.clone(),
        item.title_local.clone().unwrap_or_default(),
        join(&item.reasons),
        join(item.exceptions.iter().map(|exception| {
            let availability = match exception.availability {
                Availability::No => "no".to_owned(),
                Availability::Yes => "yes".to_owned(),
                Availability::Partly => "partly".to_owned(),
                Availability::UpTo(limit) => format!("${limit}"),
            };
            format!("{}={availability}", exception.symbol)
        })),
        join(&item.refers_to),
        join(&item.cas),
        join(&item.elements),
        join(&item.species),
        join(&item.hs),
        join(&item.quantities),
        item.measure
            .as_ref()
            .map(MeasureId::to_string)
            .unwrap_or_default(),
        item.in_force
            .map(|date| date.to_string())
            .unwrap_or_default(),
        join(runs(&item.catalogue_rows)),
        flag(item.inferred),
        item.source.clone().unwrap_or_default(),
    ]
}

/// Row numbers with neighbours joined: 439, 440, 441 as `439-441`.
fn runs(numbers: &[u16]) -> Vec<String> {
    numbers
        .chunk_by(|a, b| a.checked_add(1) == Some(*b))
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            _ => join(run),
        })
        .collect()
}

/// Reads license rows.
///
/// ```
/// let file = "entry,reasons,applies_to,codes,columns,sections,destinations\n3A001,NS;RS,codes,3A001.a..3A001.c,NS:1,,\n";
/// let rows = export_control::format::list_csv::read_license_requirements(file.as_bytes())?;
/// assert_eq!(rows[0].codes[0].to_string(), "3A001.a..3A001.c");
/// assert_eq!(export_control::format::list_csv::license_requirements_to_string(&rows), file);
/// # Ok::<(), export_control::Error>(())
/// ```
///
/// # Errors
/// As [`read`].
pub fn read_license_requirements(input: impl Read) -> Result<Vec<LicenseRequirement>, Error> {
    let mut rows = Rows::new(input, 0, b',', &LICENSE_COLUMNS, &LICENSE_COLUMNS)?;
    let mut read = Vec::new();
    while rows.next()? {
        let mut row = LicenseRequirement::new(rows.code(0)?);
        row.reasons = rows.values(1, "reasons for control joined by ;", |text| {
            text.parse().ok()
        })?;
        row.applies_to = rows.value(2, "entry, except, codes or described", |text| {
            Some(match text {
                "entry" => AppliesTo::Entry,
                "except" => AppliesTo::Except,
                "codes" => AppliesTo::Codes,
                "described" => AppliesTo::Described,
                _ => return None,
            })
        })?;
        row.codes = rows.values(3, "codes and ranges such as 3A001.a.3..3A001.a.9", |text| {
            let (first, last) = text
                .split_once("..")
                .map_or((text, None), |(first, last)| (first, Some(last)));
            Some(CodeRange {
                first: first.parse().ok()?,
                last: last.map(str::parse).transpose().ok()?,
            })
        })?;
        row.columns = rows.values(4, "chart columns such as NS:1", |text| {
            let (reason, number) = text.split_once(':')?;
            Some(ChartColumn {
                reason: reason.parse::<Reason>().ok()?,
                number: number.parse().ok()?,
            })
        })?;
        row.sections = rows.values(5, "sections joined by ;", |text| Some(text.to_owned()))?;
        row.destinations =
            rows.values(6, "destinations joined by ;", |text| Some(text.to_owned()))?;
        read.push(row);
    }
    Ok(read)
}

/// License rows as a file that [`read_license_requirements`] reads back, save the published words.
pub fn license_requirements_to_string(rows: &[LicenseRequirement]) -> String {
    let mut output = Output::new(b',');
    output.row(LICENSE_COLUMNS);
    for row in rows {
        let applies_to = match row.applies_to {
            AppliesTo::Entry => "entry",
            AppliesTo::Except => "except",
            AppliesTo::Codes => "codes",
            AppliesTo::Described => "described",
        };
        output.row([
            row.entry.to_string(),
            join(&row.reasons),
            applies_to.to_owned(),
            join(&row.codes),
            join(&row.columns),
            row.sections.join(";"),
            row.destinations.join(";"),
        ]);
    }
    output.finish()
}

/// Reads measures. Only the columns `measure` and `in_force` must be there.
///
/// ```
/// let file = "measure,in_force,suspends,suspended_through\n2030-1,2030-02-01,,\n2030-2,2030-03-01,2030-1,2030-12-31\n";
/// let measures = export_control::format::list_csv::read_measures(file.as_bytes())?;
/// assert_eq!(measures[1].suspends[0].measure, measures[0].id);
/// assert_eq!(measures[1].suspended_through, Some(jiff::civil::date(2030, 12, 31)));
/// # Ok::<(), export_control::Error>(())
/// ```
///
/// # Errors
/// As [`read`].
pub fn read_measures(input: impl Read) -> Result<Vec<Measure>, Error> {
    let mut rows = Rows::new(input, 0, b',', &MEASURE_COLUMNS, &["measure", "in_force"])?;
    const DATE: &str = "a date such as 2025-11-07";
    const CODES: &str = "codes joined by ;";
    const TARGETS: &str = "measures or parts of measures joined by ;, such as 2025-61;2024-46#2";
    let mut read = Vec::new();
    while rows.next()? {
        let id = rows.value(0, "a measure's number", |text| {
            (!text.is_empty()).then(|| MeasureId::new(text))
        })?;
        let mut measure = Measure::new(id, rows.optional(5, DATE)?);
        rows.text(1).clone_into(&mut measure.authority);
        rows.text(2).clone_into(&mut measure.title);
        measure.subject = rows.value(
            3,
            "items, measures, foreign-made, destination, end-users, catalogue or enforcement",
            |text| match text {
                "" => Some(Subject::Items),
                _ => Subject::NAMES
                    .iter()
                    .find(|(_, name)| *name == text)
                    .map(|(subject, _)| *subject),
            },
        )?;
        measure.published = rows.optional(4, DATE)?;
        measure.parts = rows.values(
            6,
            "parts and their first days joined by ;, such as 1(2)=2025-12-01",
            |text| {
                let (name, day) = text.rsplit_once('=').filter(|(name, _)| !name.is_empty())?;
                Some(Part {
                    name: name.to_owned(),
                    in_force: day.parse().ok()?,
                })
            },
        )?;
        measure.changes = rows.values(7, CODES, |text| text.parse().ok())?;
        measure.removes = rows.values(8, CODES, |text| text.parse().ok())?;
        measure.repeals = rows.values(9, TARGETS, |text| text.parse().ok())?;
        measure.suspends = rows.values(10, TARGETS, |text| text.parse().ok())?;
        measure.suspended_through = rows.optional(11, DATE)?;
        measure.resumes = rows.values(12, TARGETS, |text| text.parse().ok())?;
        measure.url = rows.owned(13);
        measure.full_text = rows.value(14, "nothing or yes", read_flag)?;
        read.push(measure);
    }
    Ok(read)
}

/// Measures as a file that [`read_measures`] reads back.
pub fn measures_to_string<'a>(measures: impl IntoIterator<Item = &'a Measure>) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let mut output = Output::new(b',');
    output.row(MEASURE_COLUMNS);
    for measure in measures {
        output.row([
            measure.id.to_string(),
            measure.authority.clone(),
            measure.title.clone(),
            measure.subject.to_string(),
            date(measure.published),
            date(measure.in_force),
            join(
                measure
                    .parts
                    .iter()
                    .map(|part| format!("{}={}", part.name, part.in_force)),
            ),
            join(&measure.changes),
            join(&measure.removes),
            join(&measure.repeals),
            join(&measure.suspends),
            date(measure.suspended_through),
            join(&measure.resumes),
            measure.url.clone().unwrap_or_default(),
            flag(measure.full_text),
        ]);
    }
    output.finish()
}
