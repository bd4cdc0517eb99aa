//! Reads and writes lists as CSV. `docs/list-file.md` describes the form.

use std::fmt::{self, Write as _};
use std::io::{Read, Write};
use std::str::FromStr;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::format::lines::Lines;
use crate::format::rows::{Fields, Output, utf8};
use crate::list::{Availability, ChildLogic, Item, ItemState, LicenseException};
use crate::list::{ControlList, preamble};
use crate::measure::MeasureId;
use crate::text::join;

/// The columns that a list file may have, in the order in which they are written.
const COLUMNS: [&str; 21] = [
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
    "conditions",
    "notes",
    "measure",
    "in_force",
    "catalogue_rows",
    "inferred",
    "source",
];

impl ControlList {
    /// Reads a list file.
    ///
    /// Lines that begin with `#` say what the list is. A header and one row an item follow. Every
    /// column but `code` may be missing; multi-values are joined by `;`.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is unknown or missing, a value is
    /// broken, a code has two rows, a paragraph has no parent, or bytes are not UTF-8.
    ///
    /// ```
    /// # use export_control::ControlList;
    /// let file = "\
    /// ## list: mine
    /// ## name: My list
    /// ## edition: first
    /// code,state,logic,title
    /// 3A001,,any,Converters
    /// 3A001.a,,,Fast ones
    /// 3A001.b,reserved,,
    /// ".replace("##", "#");
    /// let list = ControlList::from_csv(file.as_bytes())?;
    /// assert_eq!(list.items().len(), 3);
    /// assert_eq!(list.live().len(), 2);
    /// assert_eq!(list.to_string(), file); // the text form, by Display and FromStr
    /// assert_eq!(file.parse::<ControlList>()?, list);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(mut input: impl Read) -> Result<ControlList, Error> {
        let mut text = Vec::new();
        input.read_to_end(&mut text)?;
        utf8(text)?.parse()
    }

    /// Writes the list as a file that [`from_csv`](ControlList::from_csv) reads back, save what the
    /// CSV form does not hold: official texts, measures, license requirements. Columns that no item
    /// fills are left out.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, mut output: impl Write) -> Result<(), Error> {
        output.write_all(preamble(self).as_bytes())?;
        Item::to_csv(self.items(), output)
    }
}

/// Parses the CSV form, as [`ControlList::from_csv`] does.
impl FromStr for ControlList {
    type Err = Error;

    fn from_str(text: &str) -> Result<ControlList, Error> {
        read(text)
    }
}

/// Prints the CSV form, as [`ControlList::to_csv`] does.
impl fmt::Display for ControlList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&preamble(self))?;
        f.write_str(&rows(self.items()))
    }
}

impl Item {
    /// Writes items as CSV rows with a header, without the lines that say what their list is.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        items: impl IntoIterator<Item = &'a Item>,
        mut output: impl Write,
    ) -> Result<(), Error> {
        Ok(output.write_all(rows(items).as_bytes())?)
    }
}

fn read(text: &str) -> Result<ControlList, Error> {
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
                item.particulars_mut().exceptions = rows.values(
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
            14 => item.conditions = rows.keys(14)?,
            15 => item.notes = rows.keys(15)?,
            16 => item.measure = rows.owned(16).map(MeasureId::new),
            17 => item.in_force = rows.optional(17, "a date such as 2025-02-04")?,
            18 => {
                item.particulars_mut().catalogue_rows = rows
                    .values(18, "row numbers such as 439-441", read_row_numbers)?
                    .concat()
            }
            19 => item.inferred = rows.value(19, "nothing or yes", read_flag)?,
            20 => item.source = rows.owned(20),
            // The code, read before the others.
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn read_flag(text: &str) -> Option<bool> {
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

pub(super) fn flag(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

fn rows<'a>(items: impl IntoIterator<Item = &'a Item>) -> String {
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
        join(item.particulars().exceptions.iter().map(|exception| {
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
        join(&item.conditions),
        join(&item.notes),
        item.measure
            .as_ref()
            .map(MeasureId::to_string)
            .unwrap_or_default(),
        item.in_force
            .map(|date| date.to_string())
            .unwrap_or_default(),
        join(runs(&item.particulars().catalogue_rows)),
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
