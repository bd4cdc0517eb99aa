//! The CSV form of notices that list parties.

use std::io::{Read, Write};

use super::columns::{date_column, flag_column, text_column};
use super::records;
use super::table::{self, Column, Table};
use crate::error::Error;
use crate::measure::MeasureId;
use crate::party::{CountryShare, PartyNotice};
use crate::text::join;

const DATE: &str = "a date such as 2025-11-07";

static COLUMNS: [Column<PartyNotice>; 13] = [
    Column {
        name: "notice",
        // Read before the others.
        read: |_, _| Ok(()),
        write: |notice| notice.id.to_string(),
    },
    text_column!("authority", authority),
    text_column!("title", title),
    date_column!("published", published, DATE),
    date_column!("in_force", in_force, DATE),
    Column {
        name: "numbered",
        read: |field, notice| {
            notice.numbered = field.value("a number of parties", |text| text.parse().ok())?;
            Ok(())
        },
        write: |notice| notice.numbered.to_string(),
    },
    Column {
        name: "countries",
        read: |field, notice| {
            let expected = "countries joined by ;, each with its number of parties or without, such as CZ=4;BE=2";
            notice.countries = field.values(expected, |text| {
                let (country, parties) = match text.split_once('=') {
                    Some((country, parties)) => (country, Some(parties.parse().ok()?)),
                    None => (text, None),
                };
                Some(CountryShare::new(country.parse().ok()?, parties))
            })?;
            Ok(())
        },
        write: |notice| {
            join(notice.countries.iter().map(|share| match share.parties {
                Some(parties) => format!("{}={parties}", share.country),
                None => share.country.to_string(),
            }))
        },
    },
    date_column!("suspended_from", suspended_from, DATE),
    date_column!("suspended_through", suspended_through, DATE),
    date_column!("ended", ended, DATE),
    flag_column!("by_trackers", by_trackers),
    Column {
        name: "url",
        read: |field, notice| {
            notice.url = field.owned();
            Ok(())
        },
        write: |notice| notice.url.clone().unwrap_or_default(),
    },
    flag_column!("full_text", full_text),
];

impl PartyNotice {
    /// Reads notices, one row each. Only the columns `notice` and `numbered` are required.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is missing or a value is broken.
    ///
    /// ```
    /// use export_control::party::PartyNotice;
    /// let file = "notice,numbered,countries\n2031-1,6,CZ=4;BE=2\n";
    /// let notices = PartyNotice::from_csv(file.as_bytes())?;
    /// assert_eq!(notices[0].numbered_of(&["BE".parse()?]), Some(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<Vec<PartyNotice>, Error> {
        let text = records::read_text(input)?;
        let mut rows = Table::new(&text, 1, &COLUMNS, &["notice", "numbered"])?;
        let mut read = Vec::with_capacity(rows.at_most());
        while rows.next()? {
            let id = rows.field("notice").filled("a notice's number")?;
            let mut notice = PartyNotice::new(MeasureId::new(id), 0);
            rows.fill(&mut notice)?;
            read.push(notice);
        }
        Ok(read)
    }

    /// Writes notices as a file that [`from_csv`](PartyNotice::from_csv) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        notices: impl IntoIterator<Item = &'a PartyNotice>,
        output: impl Write,
    ) -> Result<(), Error> {
        table::write_whole(&COLUMNS, notices, output)
    }
}
