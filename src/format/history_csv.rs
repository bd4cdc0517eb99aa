//! The file form of a history: one row for each code, with its intervals by the numbers of their
//! editions.

use std::fmt::Write as _;
use std::io::{Read, Write};

use indexmap::IndexMap;
use jiff::civil::Date;

use crate::error::{Error, Kind};
use crate::format::records;
use crate::format::table::{Column, Output, Table};
use crate::list::{ChildLogic, ItemState};
use crate::list::{ListId, ListInfo};
use crate::measure::Measure;
use crate::text::{join, short};

use crate::change::history::{History, HistoryState, Provisions, Span, check_versions};

static COLUMNS: [Column<Vec<Span>>; 2] = [
    Column {
        name: "code",
        // It is read before the other columns.
        read: |_, _| Ok(()),
        write: |_| String::new(),
    },
    Column {
        name: "intervals",
        read: |field, spans| {
            *spans = field.values(INTERVALS, read_span)?;
            Ok(())
        },
        write: |spans| join(spans.iter().map(span)),
    },
];

const NAMES: [&str; 2] = ["code", "intervals"];
const INTERVALS: &str = "intervals such as 0-4:any:0123456789ab;5:reserved, in order";

impl History {
    /// Reads a history. Lines that begin with `#` name the list, the first day of each edition and
    /// the last day. One row for each code follows.
    ///
    /// The intervals of a code are joined by `;`. Each is `FIRST-LAST:STATE:FINGERPRINT` with the
    /// numbers of its first and last edition, counted from 0. The state is `leaf`, `any`, `all`,
    /// `empty`, `reserved`, `reserved..CODE`, `implied`, `implied-any`, `implied-all` or `unknown`.
    ///
    /// # Errors
    /// Returns an error with its line and field if a line or a value is broken.
    ///
    /// ```
    /// use export_control::History;
    /// let file = "# list: mine\n# version: 2024-01-01\n# version: 2025-01-01\n# through: 2025-12-31\ncode,intervals\n3A001,0-1:leaf:0123456789ab\n";
    /// let history = History::from_csv(file.as_bytes(), vec![])?;
    /// let mut written = Vec::new();
    /// history.to_csv(&mut written)?;
    /// assert_eq!(String::from_utf8(written).as_deref(), Ok(file));
    /// let error = History::from_csv(file.replace("0-1", "0-2").as_bytes(), vec![]).unwrap_err();
    /// assert!(error.to_string().starts_with("line 6:2: mine:3A001: found intervals \"0-2:leaf"), "{error}");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(input: impl Read, measures: Vec<Measure>) -> Result<History, Error> {
        let text = records::read_text(input)?;
        let (lines, rest) = records::preamble(&text, b',');
        let (list, versions, through) = read_preamble(&lines)?;
        let place = |error: Error| error.of_list(&list);
        let through = through.ok_or_else(|| {
            place(Error::unexpected("no last day", "a line `# through: DATE`").at_line(1))
        })?;
        check_versions(&versions, through).map_err(|error| place(error.at_line(1)))?;
        let mut provisions = Provisions::default();
        let line = lines.len() as u64 + 1;
        let mut rows = Table::new(rest, line, &COLUMNS, &NAMES).map_err(place)?;
        while rows.next().map_err(place)? {
            let code = rows.field("code").code().map_err(place)?;
            let mut spans = Vec::new();
            let read = rows.fill(&mut spans).and_then(|()| {
                let ordered = spans.windows(2).all(|pair| pair[0].last < pair[1].first);
                let inside = spans
                    .iter()
                    .all(|span| span.first <= span.last && usize::from(span.last) < versions.len());
                let good = ordered && inside && !spans.is_empty();
                rows.field("intervals")
                    .value(INTERVALS, |_| good.then_some(()))
            });
            read.map_err(|error| place(error.of_code(code)))?;
            if let Some(last) = provisions.codes().last().copied()
                && last >= code
            {
                let kind = if last == code {
                    Kind::Duplicate
                } else {
                    Kind::Order(last)
                };
                return Err(place(rows.field("code").fail(kind).of_code(code)));
            }
            provisions.push(code, spans);
        }
        let info = ListInfo::new(list.clone(), list.as_str());
        let history = History {
            info,
            versions,
            through,
            measures: IndexMap::new(),
            provisions,
            titles: Default::default(),
        };
        history.check_parents()?;
        history.with_measures(measures)
    }

    /// Writes the history as a file that [`History::from_csv`] reads back, without its measures and
    /// titles.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, mut output: impl Write) -> Result<(), Error> {
        let mut text = format!("# list: {}\n", self.info.id);
        for version in &self.versions {
            let _ = writeln!(text, "# version: {version}");
        }
        let _ = writeln!(text, "# through: {}", self.through);
        let mut table = Output::new();
        table.row(NAMES);
        for (code, spans) in self.provisions.iter() {
            table.row([code.to_string(), join(spans.iter().map(span))]);
        }
        Ok(output.write_all((text + &table.finish()).as_bytes())?)
    }
}

/// Reads the list, the first day of each edition and the last day.
fn read_preamble(lines: &[&str]) -> Result<(ListId, Vec<Date>, Option<Date>), Error> {
    let (mut list, mut versions, mut through) = (ListId::new("unnamed"), Vec::new(), None);
    for (at, line) in lines.iter().enumerate() {
        let field = line.trim();
        let wrong = |expected| {
            Error::unexpected(format!("{:?}", short(field)), expected).at(at as u64 + 1, 1)
        };
        let date = |value: &str| {
            value
                .parse::<Date>()
                .map_err(|_| wrong("a date such as 2017-01-15"))
        };
        match field
            .split_once(':')
            .map(|(key, value)| (key, value.trim()))
        {
            Some(("list", name)) => list = ListId::new(name),
            Some(("version", first)) => versions.push(date(first)?),
            Some(("through", last)) => through = Some(date(last)?),
            _ => {
                return Err(wrong(
                    "a line such as `# list: us-ccl`, `# version: DATE` or `# through: DATE`",
                ));
            }
        }
    }
    Ok((list, versions, through))
}

fn span(span: &Span) -> String {
    let mut text = span.first.to_string();
    if span.last > span.first {
        let _ = write!(text, "-{}", span.last);
    }
    let HistoryState::Listed {
        state,
        logic,
        through,
        fingerprint,
    } = span.state
    else {
        return text + ":unknown";
    };
    let _ = match (state, logic) {
        (ItemState::Live, logic) => write!(text, ":{logic}"),
        (ItemState::Empty, _) => write!(text, ":empty"),
        (ItemState::Reserved, _) => write!(text, ":reserved"),
        (ItemState::Implied, ChildLogic::Leaf) => write!(text, ":implied"),
        (ItemState::Implied, logic) => write!(text, ":implied-{logic}"),
    };
    if let Some(through) = through {
        let _ = write!(text, "..{through}");
    }
    if let Some(fingerprint) = fingerprint {
        let _ = write!(text, ":{fingerprint}");
    }
    text
}

/// Returns a logic other than that of a leaf.
fn branch(text: &str) -> Option<ChildLogic> {
    text.parse().ok().filter(|logic| *logic != ChildLogic::Leaf)
}

fn read_span(text: &str) -> Option<Span> {
    let mut parts = text.split(':');
    let (numbers, state, fingerprint) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let (state, through) = state
        .split_once("..")
        .map_or((state, None), |(state, through)| (state, Some(through)));
    let (state, logic) = match state {
        "empty" => (ItemState::Empty, ChildLogic::Leaf),
        "reserved" => (ItemState::Reserved, ChildLogic::Leaf),
        "implied" => (ItemState::Implied, ChildLogic::Leaf),
        "unknown" if through.is_none() && fingerprint.is_none() => {
            return Some(Span {
                first: first.parse().ok()?,
                last: last.parse().ok()?,
                state: HistoryState::NotCovered,
            });
        }
        other => match other.strip_prefix("implied-") {
            Some(logic) => (ItemState::Implied, branch(logic)?),
            None => (ItemState::Live, other.parse().ok()?),
        },
    };
    let state = HistoryState::Listed {
        state,
        logic,
        through: through.map(str::parse).transpose().ok()?,
        fingerprint: fingerprint.map(str::parse).transpose().ok()?,
    };
    Some(Span {
        first: first.parse().ok()?,
        last: last.parse().ok()?,
        state,
    })
}
