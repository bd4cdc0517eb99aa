//! The columns of list files, and how each is read and written.

use crate::code::Code;
use crate::error::Error;
use crate::format::records::Field;
use crate::format::table::Column;
use crate::list::{Availability, ChildLogic, Item, ItemState, LicenseException, ListId};
use crate::measure::MeasureId;
use crate::text::named::name_of;
use crate::text::{join, short};

/// An item whose row is being read, and the list that its code names, if it names one.
pub(super) struct Draft {
    pub(super) item: Item,
    pub(super) list: Option<ListId>,
}

const STATES: [(ItemState, &str); 4] = [
    (ItemState::Live, ""),
    (ItemState::Empty, "empty"),
    (ItemState::Reserved, "reserved"),
    (ItemState::Implied, "implied"),
];

const LOGICS: &str = "nothing, any, all, all-or-own, at-least-2 or one-of-each";

/// The columns that a list file may have, in the order in which they are written. The last three
/// are read but not written. The output of the examples, or a user's table, has them.
pub(super) static COLUMNS: [Column<Draft, Item>; 25] = [
    Column {
        name: "code",
        // It is read before the other columns.
        read: |_, _| Ok(()),
        write: |item| item.code.to_string(),
    },
    Column {
        name: "state",
        read: |field, draft| {
            draft.item.state = field.word(&STATES, "nothing, empty, reserved or implied")?;
            Ok(())
        },
        write: |item| word(&STATES, item.state),
    },
    Column {
        name: "through",
        read: |field, draft| {
            const EXPECTED: &str = "the last code of a reserved range";
            let list = &draft.list;
            draft.item.facts.through = Some(field.value(EXPECTED, |text| own_code(text, list))?);
            Ok(())
        },
        write: |item| join(item.facts.through),
    },
    Column {
        name: "logic",
        read: |field, draft| {
            let known = |text: &str| text.parse().ok().filter(|logic| *logic != ChildLogic::Leaf);
            draft.item.logic = match field.text {
                "" => ChildLogic::Leaf,
                _ => field.value(LOGICS, known)?,
            };
            Ok(())
        },
        write: |item| match item.logic {
            ChildLogic::Leaf => String::new(),
            logic => logic.to_string(),
        },
    },
    Column {
        name: "title",
        read: |field, draft| {
            draft.item.title = field.text.to_owned().into();
            Ok(())
        },
        write: |item| item.title.to_string(),
    },
    Column {
        name: "title_local",
        read: |field, draft| {
            draft.item.facts.title_local = field.owned();
            Ok(())
        },
        write: |item| item.facts.title_local.clone().unwrap_or_default(),
    },
    Column {
        name: "reasons",
        read: |field, draft| {
            const EXPECTED: &str = "reasons for control joined by ;";
            draft.item.facts.reasons = field.values(EXPECTED, |text| text.parse().ok())?;
            Ok(())
        },
        write: |item| join(&item.facts.reasons),
    },
    Column {
        name: "exceptions",
        read: |field, draft| {
            const EXPECTED: &str = "exceptions such as LVS=no;GBS=partly;TSR=$3000";
            let exceptions = field.values(EXPECTED, read_exception)?;
            draft.item.particulars_mut().exceptions = exceptions;
            Ok(())
        },
        write: |item| join(item.particulars().exceptions.iter().map(exception)),
    },
    Column {
        name: "refers_to",
        read: |field, draft| {
            let list = &draft.list;
            draft.item.facts.refers_to =
                field.values("codes joined by ;", |t| own_code(t, list))?;
            Ok(())
        },
        write: |item| join(&item.facts.refers_to),
    },
    Column {
        name: "cas",
        read: |field, draft| {
            draft.item.facts.cas = field.named_keys("CAS ")?;
            Ok(())
        },
        write: |item| join(&item.facts.cas),
    },
    Column {
        name: "elements",
        read: |field, draft| {
            draft.item.facts.elements = field.named_keys("")?.into();
            Ok(())
        },
        write: |item| join(item.elements()),
    },
    Column {
        name: "species",
        read: |field, draft| {
            draft.item.facts.species = field.named_keys("")?;
            Ok(())
        },
        write: |item| join(&item.facts.species),
    },
    Column {
        name: "hs",
        read: |field, draft| {
            draft.item.facts.hs = field.named_keys("HS ")?;
            Ok(())
        },
        write: |item| join(&item.facts.hs),
    },
    Column {
        name: "quantities",
        read: |field, draft| {
            draft.item.facts.quantities = field.named_keys("")?.into();
            Ok(())
        },
        write: |item| join(item.quantities()),
    },
    Column {
        name: "conditions",
        read: |field, draft| {
            draft.item.facts.conditions = field.named_keys("")?;
            Ok(())
        },
        write: |item| join(&item.facts.conditions),
    },
    Column {
        name: "notes",
        read: |field, draft| {
            draft.item.facts.notes = field.named_keys("")?;
            Ok(())
        },
        write: |item| join(&item.facts.notes),
    },
    Column {
        name: "elsewhere",
        read: |field, draft| {
            draft.item.particulars_mut().elsewhere = field.named_keys("")?;
            Ok(())
        },
        write: |item| join(&item.particulars().elsewhere),
    },
    Column {
        name: "measure",
        read: |field, draft| {
            draft.item.facts.measure = field.owned().map(MeasureId::new);
            Ok(())
        },
        write: |item| join(item.facts.measure.as_ref()),
    },
    Column {
        name: "in_force",
        read: |field, draft| {
            draft.item.in_force = field.optional("a date such as 2025-02-04")?;
            Ok(())
        },
        write: |item| join(item.in_force),
    },
    Column {
        name: "catalogue_rows",
        read: |field, draft| {
            draft.item.particulars_mut().catalogue_rows = read_row_numbers(field)?;
            Ok(())
        },
        write: |item| join(runs(&item.particulars().catalogue_rows)),
    },
    Column {
        name: "inferred",
        read: |field, draft| {
            draft.item.inferred = field.word(&INFERRED, "nothing, yes or inferred")?;
            Ok(())
        },
        write: |item| flag(item.inferred),
    },
    Column {
        name: "source",
        read: |field, draft| {
            draft.item.facts.source = field.owned();
            Ok(())
        },
        write: |item| item.facts.source.clone().unwrap_or_default(),
    },
    Column {
        name: "list",
        read: |field, draft| of_list(field, field.text, &mut draft.list).map(|_| ()),
        write: |_| String::new(),
    },
    Column {
        name: "status",
        // The status follows from the measures and a day, which the row does not state.
        read: |_, _| Ok(()),
        write: |_| String::new(),
    },
    Column {
        name: "text",
        read: |field, draft| {
            draft.item.text = field.owned();
            Ok(())
        },
        write: |_| String::new(),
    },
];

/// The examples print a word that no tool reads as a truth value.
const INFERRED: [(bool, &str); 3] = [(true, "yes"), (true, "inferred"), (false, "")];

/// Checks that a row belongs to the file's list.
pub(super) fn of_list(
    field: Field<'_>,
    name: &str,
    list: &mut Option<ListId>,
) -> Result<(), Error> {
    match list {
        Some(list) if list.as_str() != name => Err(field.fail(Error::unexpected(
            format!("a code of the list {:?}", short(name)),
            format!("codes of {list}, the list of the rows before"),
        ))),
        Some(_) => Ok(()),
        None => {
            *list = Some(ListId::new(name));
            Ok(())
        }
    }
}

/// Returns a code of the file's own list, written with or without the list's name before it.
fn own_code(text: &str, list: &Option<ListId>) -> Option<Code> {
    match text.rsplit_once(':') {
        Some((name, code)) => {
            let own = list.as_ref().is_some_and(|list| list.as_str() == name);
            own.then(|| code.parse().ok())?
        }
        None => text.parse().ok(),
    }
}

pub(super) fn word<T: PartialEq>(words: &[(T, &'static str)], value: T) -> String {
    name_of(words, &value).to_owned()
}

pub(super) const FLAG: [(bool, &str); 2] = [(true, "yes"), (false, "")];

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

fn exception(exception: &LicenseException) -> String {
    let availability = match exception.availability {
        Availability::No => "no".to_owned(),
        Availability::Yes => "yes".to_owned(),
        Availability::Partly => "partly".to_owned(),
        Availability::UpTo(limit) => format!("${limit}"),
    };
    format!("{}={availability}", exception.symbol)
}

/// Reads row numbers and runs of them: `439-441`, or `row:439..441`, which no tool reads as a
/// number or a date.
fn read_row_numbers(field: Field<'_>) -> Result<Vec<u16>, Error> {
    let run = |text: &str| {
        let text = text.strip_prefix("row:").unwrap_or(text);
        let ends = text.split_once("..").or_else(|| text.split_once('-'));
        let (first, last) = ends.unwrap_or((text, text));
        let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
        // A run in reverse order, or one far beyond any catalogue, is a typing error.
        (first <= last && last - first < 1000).then_some((first, last))
    };
    let runs = field.values("row numbers such as 439-441", run)?;
    let mut sorted = runs.clone();
    sorted.sort_unstable();
    // Overlapping runs could turn a small file into a large list.
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0].1 >= pair[1].0) {
        return Err(field.fail(Error::unexpected(
            format!("the row number {} twice", pair[1].0),
            "each row of the catalogue once",
        )));
    }
    Ok(runs
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .collect())
}

pub(super) fn flag(set: bool) -> String {
    word(&FLAG, set)
}

/// Returns row numbers with neighbors joined: 439, 440, 441 as `439-441`.
fn runs(numbers: &[u16]) -> Vec<String> {
    numbers
        .chunk_by(|a, b| a.checked_add(1) == Some(*b))
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            _ => join(run),
        })
        .collect()
}
