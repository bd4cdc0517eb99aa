//! Reads and writes lists as CSV. `docs/list-file.md` describes the form.

use std::fmt::{self, Write as _};
use std::io::{Read, Write};
use std::str::FromStr;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::format::list_columns::{COLUMNS, Draft, of_list};
use crate::format::records;
use crate::format::table::{self, Table};
use crate::list::preamble::{self, UNNAMED};
use crate::list::{ControlList, Item, ListId};

/// The maximum number of catalogue rows that the items of a file may have together: a row number
/// has 16 bits, and each row belongs to one item.
const MOST_CATALOGUE_ROWS: usize = 1 << 16;

impl ControlList {
    /// Reads a list file.
    ///
    /// Lines that begin with `#` describe the list. A header and one row for each item follow, in
    /// any order. Every column but `code` may be missing. Several values in one cell are joined by
    /// `;`. Without the column `logic`, the list [does not record
    /// it](crate::ListInfo::logic_recorded).
    ///
    /// A code may have its list's name before it, such as `us-ccl:3E001`, so that no spreadsheet
    /// reads it as a number. The output of the example `items` is accepted too. Its column `status`
    /// is ignored, because the status follows from measures and a day.
    ///
    /// # Errors
    /// Returns an error with its line and field in these cases:
    ///
    /// - A column is unknown or missing.
    /// - A value is broken, or bytes are not UTF-8.
    /// - A code has two rows or another list's name, or a paragraph has no parent.
    /// - The file has more than 12,000 rows and one more for each 64 bytes.
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
    pub fn from_csv(input: impl Read) -> Result<ControlList, Error> {
        records::read_text(input)?.parse()
    }

    /// Writes the list as a file that [`from_csv`](ControlList::from_csv) reads back. The CSV form
    /// has no official texts, measures and license requirements. Columns that no item fills are
    /// left out, except `logic` if the list records it.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, mut output: impl Write) -> Result<(), Error> {
        Ok(write!(output, "{self}")?)
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
        f.write_str(&description(self))?;
        // Without the column, the file would say that the list does not record the logic.
        let always: &[&str] = match self.info().logic_recorded {
            true => &["code", "logic"],
            false => &["code"],
        };
        f.write_str(&table::write_table(&COLUMNS, always, self.items()))
    }
}

impl Item {
    /// Writes items as CSV rows with a header, without the lines that describe their list.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        items: impl IntoIterator<Item = &'a Item>,
        mut output: impl Write,
    ) -> Result<(), Error> {
        let rows = table::write_table(&COLUMNS, &["code"], items);
        Ok(output.write_all(rows.as_bytes())?)
    }
}

fn read(text: &str) -> Result<ControlList, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (lines, rest) = records::preamble(text, b',');
    let (mut info, edition, mut list) = preamble::read(&lines)?;
    let place = |error: Error, list: &Option<ListId>| match list {
        Some(list) => error.of_list(list),
        None => error.of_list(&ListId::new(UNNAMED)),
    };
    let mut rows = Table::new(rest, lines.len() as u64 + 1, &COLUMNS, &["code"])
        .map_err(|error| place(error, &list))?;
    info.logic_recorded &= rows.has("logic");
    let mut items = Vec::with_capacity(rows.at_most());
    let (mut places, mut sorted) = (Vec::new(), true);
    let mut catalogue_rows = 0;
    while rows.next().map_err(|error| place(error, &list))? {
        let (code, item) = read_row(&rows, &mut list).map_err(|error| place(error, &list))?;
        catalogue_rows += item.particulars().catalogue_rows.len();
        if catalogue_rows > MOST_CATALOGUE_ROWS {
            let error = Error::unexpected(
                format!("more than {MOST_CATALOGUE_ROWS} row numbers in the file"),
                "each row of the catalogue once",
            );
            return Err(place(rows.field("catalogue_rows").fail(error), &list));
        }
        sorted &= places.last().is_none_or(|(last, _)| *last < code);
        places.push((code, rows.line()));
        items.push(item);
    }
    if let Some(list) = list {
        info.id = list;
    }
    if !sorted {
        // A tool may have sorted the rows in another order, which changes nothing.
        places.sort_by_key(|(code, _)| *code);
        items.sort_by_key(|item| item.code);
        if let Some(pair) = places.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let error = Error::from(Kind::Duplicate).at(pair[1].1, 1);
            return Err(error.of_list(&info.id).of_code(pair[1].0));
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

/// Reads a row. If the file has not named its list, the first code with a list before it names it.
fn read_row(
    rows: &Table<'_, Draft, Item>,
    list: &mut Option<ListId>,
) -> Result<(Code, Item), Error> {
    let field = rows.field("code");
    let code = match field.text.rsplit_once(':') {
        Some((name, code)) => {
            of_list(field, name, list)?;
            field.with_text(code).code()?
        }
        None => field.code()?,
    };
    let mut draft = Draft {
        item: Item::new(code),
        list: list.take(),
    };
    let read = rows.fill(&mut draft);
    *list = draft.list;
    read.map(|()| (code, draft.item))
}

fn description(list: &ControlList) -> String {
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
    if !info.logic_recorded {
        lines.push("logic: not recorded".to_owned());
    }
    let mut text = String::new();
    for line in lines {
        // A line break inside a name would begin a row.
        let _ = writeln!(text, "# {}", line.replace(['\n', '\r'], " "));
    }
    text
}
