//! The lists of parties: the Entity List from the eCFR, China's lists from the ministry's notices,
//! and the sizes of the lists that are not embedded.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use export_control::party::{
    CountryShare, PartyEntry, PartyList, PartyListInfo, PartyNotice, PartyRule, PartyScope,
};
use export_control::source::{part744, party_notice};
use export_control::{Edition, ListId, MeasureId};

use crate::sums::{PARTY_NOTICES, name};

pub(crate) fn files(sources: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let mut files = vec![
        ("us-entity-list.csv", entity_list(sources)?),
        ("party-counts.csv", counts(sources)?),
    ];
    files.extend(china(sources)?);
    Ok(files)
}

/// The Entity List as the regulation publishes it, without addresses and official sentences.
fn entity_list(sources: &Path) -> Result<String, Box<dyn Error>> {
    let path = sources.join("parties/us/part744-ecfr-fetched-2026-07-23.xml");
    let place = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = BufReader::new(File::open(&path).map_err(place)?);
    let edition = Edition::new("eCFR text fetched on 2026-07-23")
        .with_from(Some("2026-07-23".parse()?))
        .with_through(Some("2026-07-23".parse()?));
    let part = part744::read(file, edition.clone())
        .map_err(|error| error.in_file(path.display().to_string()))?;
    let list = part.list("us-entity-list").ok_or("no Supplement No. 4")?;
    let mut entries = list.entries().to_vec();
    for entry in &mut entries {
        (entry.terms_text, entry.policy_text) = (None, None);
    }
    let list = PartyList::new(list.info().clone(), edition, entries)
        .with_other_rows(list.other_rows())
        .with_stays(list.stays().to_vec())
        .without_addresses();
    checked(&list)
}

/// The list as a file, after reading it back and comparing.
fn checked(list: &PartyList) -> Result<String, Box<dyn Error>> {
    let text = list.to_string();
    let again: PartyList = text.parse()?;
    let names = |list: &PartyList| list.count(PartyRule::Rows, &PartyScope::default());
    if again.to_string() != text || names(&again) != names(list) {
        return Err(format!(
            "{}: what was written does not read back the same",
            list.id()
        )
        .into());
    }
    Ok(text)
}

/// China's lists: their short names, names, and files.
const LISTS: [(&str, &str, &str, [&str; 2]); 3] = [
    (
        "cn-control-list",
        "China's export control list of entities",
        "出口管制管控名单",
        ["cn-control-list.csv", "cn-control-list-notices.csv"],
    ),
    (
        "cn-unreliable-entities",
        "China's unreliable entity list",
        "不可靠实体清单",
        [
            "cn-unreliable-entities.csv",
            "cn-unreliable-entities-notices.csv",
        ],
    ),
    (
        "cn-watch-list",
        "China's watch list",
        "关注名单",
        ["cn-watch-list.csv", "cn-watch-list-notices.csv"],
    ),
];

/// The later fate of notices, by public trackers: list, number, first day, last day; a
/// suspension where there is a last day, an end otherwise.
const FATES: [(&str, &str, &str, Option<&str>); 6] = [
    ("cn-control-list", "2025-13", "2025-11-10", None),
    ("cn-unreliable-entities", "2025-5", "2025-11-10", None),
    ("cn-control-list", "2025-22", "2025-08-12", None),
    ("cn-unreliable-entities", "2025-8", "2025-08-12", None),
    (
        "cn-control-list",
        "2025-21",
        "2025-11-10",
        Some("2026-11-10"),
    ),
    (
        "cn-unreliable-entities",
        "2025-7",
        "2025-11-10",
        Some("2026-11-10"),
    ),
];

/// A row of the table of notices.
#[derive(serde::Deserialize)]
struct Row {
    date_effective: String,
    notice: String,
    list: String,
    country: String,
    names_count: String,
    address: String,
    full_text_in_cn_notices: String,
}

fn china(sources: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let mut read: BTreeMap<(String, MeasureId), (PartyNotice, Vec<PartyEntry>)> = BTreeMap::new();
    for input in PARTY_NOTICES {
        let path = sources.join(name(sources, input)?);
        let place = |error: std::io::Error| format!("{}: {error}", path.display());
        let notice = party_notice::read(File::open(&path).map_err(place)?)
            .map_err(|error| error.in_file(path.display().to_string()))?;
        let key = (notice.list.as_str().to_owned(), notice.notice.id.clone());
        read.insert(key, (notice.notice, notice.entries));
    }
    let mut lists: BTreeMap<&str, (Vec<PartyNotice>, Vec<PartyEntry>)> = BTreeMap::new();
    let table = sources.join("parties/cn/notices.csv");
    for row in csv::Reader::from_path(&table)?.deserialize::<Row>() {
        let row = row?;
        let (list, mut notice) = notice(&row)?;
        let text = read.remove(&(list.to_owned(), notice.id.clone()));
        if text.is_some() != (row.full_text_in_cn_notices == "yes") {
            return Err(
                format!("{list} {}: its text is not where the table says", notice.id).into(),
            );
        }
        let (notices, entries) = lists.entry(list).or_default();
        if let Some((own, mut parties)) = text {
            if own.numbered != notice.numbered || own.in_force != notice.in_force {
                return Err(format!("{list} {}: the text and the table differ", own.id).into());
            }
            (notice.published, notice.full_text) = (own.published, own.full_text);
            parties.iter_mut().for_each(|entry| entry.addresses.clear());
            entries.extend(parties);
        }
        notices.push(notice);
    }
    if let Some(((list, id), _)) = read.into_iter().next() {
        return Err(format!("{list} {id}: no row in {}", table.display()).into());
    }
    let through = lists.values().flat_map(|(notices, _)| notices);
    let through = through.filter_map(|notice| notice.in_force).max();
    let mut files = Vec::new();
    for (id, english, chinese, [entries_file, notices_file]) in LISTS {
        let (notices, entries) = lists.remove(id).ok_or("a list without notices")?;
        let mut info = PartyListInfo::new(ListId::new(id), english);
        info.name_local = Some(chinese.to_owned());
        info.source = Some("Ministry of Commerce".to_owned());
        let from = notices.iter().filter_map(|notice| notice.in_force).min();
        let last = through.map(|day| day.to_string()).unwrap_or_default();
        let edition = Edition::new(format!("notices through {last}"));
        let edition = edition.with_from(from).with_through(through);
        let list = PartyList::new(info, edition, entries);
        let text = checked(&list)?;
        list.with_notices(notices.clone())?;
        let mut table = Vec::new();
        PartyNotice::to_csv(&notices, &mut table)?;
        files.extend([
            (entries_file, text),
            (notices_file, String::from_utf8(table)?),
        ]);
    }
    Ok(files)
}

/// A notice as the table of notices has it, and its list.
fn notice(row: &Row) -> Result<(&'static str, PartyNotice), Box<dyn Error>> {
    let words = row.list.as_str();
    let list = match words {
        _ if words.contains("ECL") => LISTS[0].0,
        _ if words.contains("UEL") => LISTS[1].0,
        _ if words.contains("watch list") => LISTS[2].0,
        _ => return Err(format!("{}: no known list {words:?}", row.notice).into()),
    };
    let year = row.date_effective.get(..4).unwrap_or_default();
    let number = row
        .notice
        .split_once('第')
        .and_then(|(_, rest)| rest.split_once('号'));
    let id = match number {
        Some((number, _)) => format!("{year}-{number}"),
        // The mechanism's first notices have no number at hand.
        None => format!("{year} notice"),
    };
    let digits = row
        .names_count
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let mut notice = PartyNotice::new(MeasureId::new(id), row.names_count[..digits].parse()?);
    notice.authority = match list {
        "cn-unreliable-entities" => "Unreliable Entity List Mechanism".to_owned(),
        _ => "Ministry of Commerce".to_owned(),
    };
    notice.in_force = Some(row.date_effective.parse()?);
    let dated = row
        .notice
        .split_once("(dated ")
        .and_then(|(_, rest)| rest.get(..10));
    notice.published = dated.map(str::parse).transpose()?;
    notice.countries = shares(&row.country)?;
    notice.url = Some(row.address.clone());
    let fate = FATES
        .iter()
        .find(|fate| (fate.0, fate.1) == (list, notice.id.as_str()));
    if let Some((_, _, from, through)) = fate {
        notice.by_trackers = true;
        match through {
            Some(through) => {
                notice.suspended_from = Some(from.parse()?);
                notice.suspended_through = Some(through.parse()?);
            }
            None => notice.ended = Some(from.parse()?),
        }
    }
    Ok((list, notice))
}

/// The countries of a notice's parties: `US`, `US/CA`, `EU (CZ4 BE2 DE1)`. `EU` alone names none.
fn shares(text: &str) -> Result<Vec<CountryShare>, Box<dyn Error>> {
    let words = match text.split_once('(') {
        Some((_, inner)) => inner.trim_end_matches(')').split(' '),
        None if text == "EU" => return Ok(Vec::new()),
        None => text.split(' '),
    };
    let words = words.flat_map(|word| word.split('/'));
    words
        .map(|word| {
            let (country, number) = word.split_at(2.min(word.len()));
            let number = Some(number).filter(|number| !number.is_empty());
            Ok(CountryShare::new(
                country.parse()?,
                number.map(str::parse).transpose()?,
            ))
        })
        .collect()
}

/// The sizes of the lists in the Consolidated Screening List.
fn counts(sources: &Path) -> Result<String, Box<dyn Error>> {
    #[derive(serde::Deserialize)]
    struct Counts {
        entries_by_list_and_type: BTreeMap<String, BTreeMap<String, usize>>,
    }
    let path = sources.join("parties/us/screening-list-2026-07-31-counts.json");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let counts: Counts = serde_json::from_str(&text)?;
    let mut table = "list,kind,entries,CN,HK,CN or HK or MO\n".to_owned();
    for (name, numbers) in counts.entries_by_list_and_type {
        let (list, kind) = match name.rsplit_once(' ') {
            Some((list, kind))
                if ["Aircraft", "Entity", "Individual", "Vessel"].contains(&kind) =>
            {
                (
                    list.trim_end_matches(" List"),
                    kind.to_lowercase().replace("entity", "party"),
                )
            }
            _ => (name.as_str(), String::new()),
        };
        let number = |key: &str| numbers.get(key).ok_or(format!("{name}: no {key:?}"));
        let of = ["entries", "CN", "HK", "CN or HK or MO"].map(number);
        let [entries, china, hong_kong, all] = of;
        writeln!(
            table,
            "{list},{kind},{},{},{},{}",
            entries?, china?, hong_kong?, all?
        )?;
    }
    Ok(table)
}
