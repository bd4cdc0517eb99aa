//! The SDN List as `sdn.xml`.

use std::io::BufRead;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{info, kind};
use crate::error::Error;
use crate::list::Edition;
use crate::party::{Country, EntryKind, PartyEntry, PartyList};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::{PartyReading, note};
use crate::source::xml::{Lines, character};
use crate::text::short;

const EXPECTED: &str = "sdn.xml of the Office of Foreign Assets Control, with sdnEntry elements";

/// Reads `sdn.xml`. The edition's last day, if the caller gives none, is the day on which the file
/// says that it was published.
///
/// # Errors
/// Returns an error with its line and column if the XML is broken or truncated, or has no entries.
///
/// ```
/// use export_control::Edition;
/// use export_control::source::sdn;
/// let xml = "<sdnList><publshInformation><Publish_Date>03/09/2031</Publish_Date></publshInformation>\
///     <sdnEntry><uid>7</uid><lastName>EXAMPLE CO.</lastName><sdnType>Entity</sdnType>\
///     <programList><program>EXAMPLE</program></programList>\
///     <akaList><aka><type>a.k.a.</type><lastName>EXCO</lastName></aka></akaList>\
///     <addressList><address><city>Kowloon</city><country>Hong Kong</country></address></addressList>\
///     </sdnEntry></sdnList>";
/// let read = sdn::read_xml(xml.as_bytes(), Edition::default())?;
/// let entry = &read.list.entries()[0];
/// assert_eq!((entry.name.as_str(), entry.other_names[0].as_str()), ("EXAMPLE CO.", "EXCO"));
/// assert_eq!(entry.address_countries, ["HK".parse()?]);
/// assert_eq!(read.list.last_day(), Some("2031-03-09".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_xml(input: impl BufRead, mut edition: Edition) -> Result<PartyReading, Error> {
    let mut reader = Reader::from_reader(input);
    let mut lines = Lines::new(None);
    let mut walk = Walk::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| {
            let at = reader.error_position().max(reader.buffer_position());
            lines.error(&error, EXPECTED, at)
        })?;
        match &event {
            Event::Start(start) => walk.open(start.local_name().as_ref(), lines.line),
            Event::Empty(start) if walk.root.is_empty() => {
                start.local_name().as_ref().clone_into(&mut walk.root);
            }
            Event::End(end) => walk.close(end.local_name().as_ref()),
            Event::Text(text) => walk.text.push_str(text),
            Event::CData(text) => walk.text.push_str(text),
            Event::GeneralRef(name) => match character(name) {
                Some(c) => walk.text.push(c),
                None => walk.text.push_str(&format!("&{};", short(name))),
            },
            Event::Eof => break,
            _ => {}
        }
        lines.pass(&event, reader.buffer_position());
    }
    let place = |error| lines.place(error, reader.buffer_position());
    if !walk.path.is_empty() {
        let found = "the end of the file within the list";
        return Err(place(Error::unexpected(found, "its end tag </sdnList>")));
    }
    if walk.entries.is_empty() {
        let found = match walk.root.as_str() {
            "" => "no XML element".to_owned(),
            root => format!("<{}> without entries", short(root)),
        };
        return Err(place(Error::unexpected(found, EXPECTED)));
    }
    edition.through = edition.through.or(walk.published);
    Ok(PartyReading {
        list: PartyList::new(info(), edition, walk.entries),
        observations: walk.notes,
    })
}

#[derive(Default)]
struct Walk {
    path: Vec<String>,
    root: String,
    text: String,
    line: u64,
    entry: PartyEntry,
    /// The two parts of a name, and the parts of an address.
    first: String,
    last: String,
    address: Vec<String>,
    published: Option<Date>,
    entries: Vec<PartyEntry>,
    notes: Vec<Observation>,
}

impl Walk {
    fn open(&mut self, name: &str, line: u64) {
        if self.path.is_empty() && self.root.is_empty() {
            name.clone_into(&mut self.root);
        }
        match name {
            "sdnEntry" => {
                (self.entry, self.line) = (PartyEntry::new(""), line);
                (self.first, self.last) = Default::default();
            }
            "aka" => self.keep_name(),
            "address" => self.address.clear(),
            _ => {}
        }
        self.path.push(name.to_owned());
        self.text.clear();
    }

    /// Keeps the entry's own name before those of its other names.
    fn keep_name(&mut self) {
        if self.entry.name.is_empty() {
            self.entry.name = self.name();
        }
    }

    /// The name that was read: family name, given name.
    fn name(&mut self) -> String {
        let (first, last) = (
            std::mem::take(&mut self.first),
            std::mem::take(&mut self.last),
        );
        match first.is_empty() {
            true => last,
            false => format!("{last}, {first}"),
        }
    }

    fn tell(&mut self, detail: String) {
        let observation = note(self.line, ObservationKind::Unclear, detail);
        self.notes.push(observation);
    }

    fn close(&mut self, name: &str) {
        self.path.pop();
        let parent = self.path.last().map_or("", String::as_str);
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        match (parent, name) {
            ("sdnEntry", "uid") => self.entry.number = Some(text),
            ("sdnEntry" | "aka", "firstName") => self.first = text,
            ("sdnEntry" | "aka", "lastName") => self.last = text,
            ("sdnEntry", "sdnType") => match kind(&text) {
                Some(kind) => self.entry.kind = kind,
                None => {
                    self.entry.kind = EntryKind::Party;
                    self.tell(format!("the type {:?} is taken for a party", short(&text)));
                }
            },
            ("programList", "program") => self.entry.programs.push(text),
            (_, "aka") => {
                let name = self.name();
                self.entry
                    .other_names
                    .extend(Some(name).filter(|name| !name.is_empty()));
            }
            ("address", "country") => {
                match Country::named(&text) {
                    Some(country) if self.entry.address_countries.contains(&country) => {}
                    Some(country) => self.entry.address_countries.push(country),
                    None => self.tell(format!("no known country: {:?}", short(&text))),
                }
                self.address.push(text);
            }
            ("address", part) if part != "uid" && !text.is_empty() => self.address.push(text),
            (_, "address") if !self.address.is_empty() => {
                self.entry.addresses.push(self.address.join(", "));
            }
            (_, "Publish_Date") => self.published = published(&text),
            (_, "sdnEntry") => {
                self.keep_name();
                let entry = std::mem::take(&mut self.entry);
                match entry.name.is_empty() {
                    true => self.tell("an entry without a name, left out".to_owned()),
                    false => self.entries.push(entry),
                }
            }
            _ => {}
        }
    }
}

/// A day as `07/31/2026`.
fn published(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
