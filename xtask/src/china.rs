//! Makes China's list from the code table and the license catalogue.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use export_control::{
    Category, ChildLogic, Code, ControlList, Edition, Item, ItemState, ListId, ListInfo, Measure,
    MeasureId,
};
use serde::Deserialize;

use crate::{descriptions, keys};

/// A row of the code table.
#[derive(Deserialize)]
struct KnownCode {
    code: String,
    /// The catalogue's or the notice's name of the item. The figures in it are not read, because
    /// the extract of the list lost digits.
    subject_zh: String,
    source: String,
    effective_date: String,
}

/// A row of the catalogue. Its customs codes are shifted by a row and are not read.
#[derive(Deserialize)]
struct CatalogueRow {
    catalogue_row: String,
    code: String,
}

/// Third digit, reason tag and meaning, by the ministry's numbering rule of 2025-03-11.
const REASONS: [(u8, &str, &str); 7] = [
    (0, "arms", "conventional arms"),
    (
        1,
        "delivery",
        "delivery systems of weapons of mass destruction",
    ),
    (2, "nuclear", "nuclear non-proliferation"),
    (3, "chem-bio", "chemical and biological weapons"),
    (4, "chemicals", "controlled (scheduled) chemicals"),
    (5, "temporary", "temporary control"),
    (9, "other", "other reasons of national security"),
];

const CATEGORIES: [&str; 10] = [
    "other items",
    "special materials, chemicals, micro-organisms and toxins",
    "materials processing",
    "electronics",
    "computers",
    "telecommunications and information security",
    "sensors and lasers",
    "navigation and avionics",
    "ships",
    "aerospace and propulsion",
];

fn info() -> Result<ListInfo, Box<dyn Error>> {
    let mut info = ListInfo::new(
        ListId::new("cn-dual-use"),
        "China's Export Control List of Dual-Use Items",
    );
    info = info.with_name_local("中华人民共和国两用物项出口管制清单");
    for (category, name) in Category::ALL.into_iter().zip(CATEGORIES) {
        info = info.with_category(category, name);
    }
    for (digit, tag, name) in REASONS {
        info = info.with_reason(tag.parse()?, name);
        info = info.with_third_digit(digit, name);
    }
    for (key, name) in [
        ("list", "codes of the ministry's list PDF of 2026-06-12"),
        (
            "catalogue",
            "leaf codes of the 2026 license catalogue (Announcement 2025 No. 91), section I",
        ),
        (
            "notice",
            "codes of the announcement that the row's measure names, full text",
        ),
        (
            "notice-part",
            "codes of the announcement that the row's measure names, from a text that lost short lines",
        ),
        (
            "code",
            "no row in any source; the code follows from its children's",
        ),
        (
            "hs",
            "customs codes: the announcement that the row's measure names, from its own text",
        ),
        (
            "text",
            "thresholds, conditions and notes: the descriptions of the 2026 license catalogue, in force 2026-01-01, and the announcements' own text",
        ),
    ] {
        info = info.with_source(key, name);
    }
    Ok(info)
}

fn edition() -> Result<Edition, Box<dyn Error>> {
    Ok(Edition::new("list PDF of 2026-06-12 and license catalogue of 2026, with the suspended announcements of October 2025").with_from(Some("2024-12-01".parse()?)).with_through(Some("2026-06-12".parse()?)))
}

pub(crate) fn files(sources: &Path, data: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let mut items: BTreeMap<Code, Item> = BTreeMap::new();
    for row in read::<KnownCode>(&sources.join("cn/known-codes.csv"))? {
        let item = known(&row)?;
        if let Some(twice) = items.insert(item.code(), item) {
            return Err(format!("known-codes.csv: {} has two rows", twice.code()).into());
        }
    }
    for row in read::<CatalogueRow>(&sources.join("cn/licence-catalogue-2026.csv"))? {
        let item = items
            .get_mut(&row.code.parse()?)
            .ok_or_else(|| format!("the catalogue's {} is not a known code", row.code))?;
        let mut particulars = item.particulars().clone();
        let (first, last) = row
            .catalogue_row
            .split_once('-')
            .unwrap_or((&row.catalogue_row, &row.catalogue_row));
        particulars
            .catalogue_rows
            .extend(first.parse::<u16>()?..=last.parse()?);
        *item = item.clone().with_particulars(particulars);
    }
    add_implied(&mut items);
    keys::from_notices(&mut items, sources)?;
    let mut by_hand = crate::by_hand(&data.join("cn-dual-use.csv"))?;
    let notes = by_hand
        .iter_mut()
        .filter(|(_, written)| !written.notes.is_empty())
        .map(|(code, written)| (*code, std::mem::take(&mut written.notes)))
        .collect();
    descriptions::add(&mut items, sources, notes)?;
    for item in items.values_mut() {
        let written = by_hand.remove(&item.code()).unwrap_or_default();
        *item = (item.clone().with_title(written.title)).with_title_local(written.title_local);
        *item = item.clone().with_species(keys::species(item)?);
        if !written.elsewhere.is_empty() {
            let mut particulars = item.particulars().clone();
            particulars.elsewhere = written.elsewhere;
            *item = item.clone().with_particulars(particulars);
        }
        if item.code().is_entry() {
            let digit = item.code().third_digit();
            let (_, tag, _) = REASONS
                .iter()
                .find(|(third, ..)| *third == digit)
                .ok_or_else(|| format!("{}: no reason has this third digit", item.code()))?;
            *item = item.clone().with_reasons(vec![tag.parse()?]);
        }
    }
    let list = ControlList::new(info()?, edition()?, items.into_values().collect())?;
    let measures = data.join("cn-measures.csv");
    let measures = std::fs::File::open(&measures)
        .map_err(|error| format!("{}: {error}", measures.display()))?;
    list.clone().with_measures(Measure::from_csv(measures)?)?;
    Ok(vec![("cn-dual-use.csv", crate::checked(&list)?)])
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let mut reader =
        csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn known(row: &KnownCode) -> Result<Item, Box<dyn Error>> {
    let mut item = Item::new(row.code.parse()?)
        .with_in_force(Some(row.effective_date.parse()?))
        .with_inferred(row.source.contains("INFERRED"));
    // A suspended row names its announcement. The others came with the list or with one of two
    // announcements, which their day distinguishes.
    let suspended = row
        .source
        .split_once(" Ann. 2025 No.")
        .and_then(|(_, rest)| {
            let rest = if row.source.starts_with("SUSPENDED") {
                rest.rsplit_once("Ann. 2025 No.")
                    .map_or(rest, |(_, last)| last)
            } else {
                ""
            };
            rest.split(' ').next().filter(|number| !number.is_empty())
        });
    let measure = match (suspended, row.effective_date.as_str()) {
        (Some(number), _) => format!("2025-{number}"),
        (None, "2024-12-01") => "2024-51".to_owned(),
        (None, "2025-02-04") => "2025-10".to_owned(),
        (None, "2025-04-04") => "2025-18".to_owned(),
        (None, other) => {
            return Err(format!("{}: no measure is known for {other}", row.code).into());
        }
    };
    item = item.with_measure(Some(MeasureId::new(measure)));
    keys::from_name(&mut item, &row.subject_zh)?;
    let code = item.code();
    item = item.with_source(Some(
        match (suspended, code.is_entry()) {
            (Some(_), _) if row.source.contains("dropped") => "notice-part",
            (Some(_), _) => "notice",
            (None, true) => "list",
            (None, false) => "catalogue",
        }
        .to_owned(),
    ));
    Ok(item)
}

/// Gives every paragraph its parents, and every parent its logic.
///
/// The catalogue numbers each paragraph by itself, so the paragraphs of one parent are
/// alternatives. If no source has a row for a parent, the parent came with the earliest of its
/// children.
fn add_implied(items: &mut BTreeMap<Code, Item>) {
    let known: Vec<(Code, Option<jiff::civil::Date>, Option<MeasureId>)> = items
        .values()
        .map(|item| (item.code(), item.in_force(), item.measure().cloned()))
        .collect();
    for (code, in_force, measure) in known {
        for ancestor in code.ancestors() {
            let parent = items.entry(ancestor).or_insert_with(|| {
                Item::new(ancestor)
                    .with_state(ItemState::Implied)
                    .with_inferred(true)
                    .with_in_force(in_force)
                    .with_measure(measure.clone())
                    .with_source("code".to_owned())
            });
            *parent = parent.clone().with_logic(ChildLogic::Any);
            if parent.state() == ItemState::Implied && in_force < parent.in_force() {
                *parent = (parent.clone().with_in_force(in_force)).with_measure(measure.clone());
            }
        }
    }
}
