//! Reader of the notices by which China's commerce ministry lists parties: the export control list
//! of entities (管控名单), the unreliable entity list (不可靠实体清单) and the watch list (关注名单).
//!
//! The text is the notice's page as plain text. These are the rules by which the reader decides:
//!
//! - **List**: the one whose name the title, or else the text, names first.
//! - **Party**: a line of the annex that begins with a number. The name in Latin letters is the one
//!   in parentheses at its end; a name without parentheses is taken as it is.
//! - **Unit**: a line below a party that begins with a hyphen.
//! - **Address, other names**: the lines 地址 and 常用名称 below a party.
//! - **How many**: the number before 家 in the title. If the annex has fewer, the notice's names are
//!   not all at hand, which is reported.

use std::io::Read;

use jiff::civil::Date;

use crate::code::ListId;
use crate::error::Error;
use crate::format::records::read_text;
use crate::measure::MeasureId;
use crate::party::{Citation, Country, CountryShare, PartyEntry, PartyNotice, Unit};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::note;
use crate::text::chars;
use crate::text::short;

/// A notice, as read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NoticeOfParties {
    /// The short name of the list: `cn-control-list`, `cn-unreliable-entities` or `cn-watch-list`.
    pub list: ListId,
    /// The notice.
    pub notice: PartyNotice,
    /// Its parties, in the order of their numbers.
    pub entries: Vec<PartyEntry>,
    /// Omissions, repairs and things that the reader could not tell.
    pub observations: Vec<Observation>,
}

/// The lists by their names in the notices.
const LISTS: [(&str, &str); 3] = [
    ("管控名单", "cn-control-list"),
    ("不可靠实体清单", "cn-unreliable-entities"),
    ("关注名单", "cn-watch-list"),
];

/// Reads a notice.
///
/// # Errors
/// Returns an error with its line if the text is not UTF-8, names none of the three lists, bears no
/// number, or has no annex with numbered parties.
///
/// ```
/// use export_control::source::party_notice;
/// let text = "商务部公告2031年第5号 公布将2家日本实体列入关注名单\n【发文日期】2031年3月1日\n\
///     本公告自公布之日起实施。\n附件\n1. 范例株式会社（Example Co., Ltd.）\n\
///     2. 样品公司（Sample Works）\n -Sample Works Europe\n";
/// let read = party_notice::read(text.as_bytes())?;
/// assert_eq!((read.list.as_str(), read.notice.id.as_str()), ("cn-watch-list", "2031-5"));
/// assert_eq!(read.entries[0].name, "Example Co., Ltd.");
/// assert_eq!(read.entries[1].units[0].name, "Sample Works Europe");
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read(input: impl Read) -> Result<NoticeOfParties, Error> {
    let text = read_text(input)?;
    let lines: Vec<(u64, &str)> = (1..).zip(text.lines().map(str::trim)).collect();
    let mut notes = Vec::new();
    let list = list(&text)?;
    let (number, title) = number(&lines)?;
    let annex = lines.iter().position(|(_, line)| is_annex(line));
    let annex = annex.unwrap_or_else(|| {
        let detail = "no line 附件 before the parties".to_owned();
        notes.push(note(1, ObservationKind::Repaired, detail));
        0
    });
    let mut notice = PartyNotice::new(MeasureId::new(number), 0);
    notice.title = title;
    dates(
        &lines[..annex.max(1).min(lines.len())],
        &mut notice,
        &mut notes,
    );
    let address = lines
        .iter()
        .map(|(_, line)| *line)
        .find(|line| line.starts_with("http"));
    notice.url = address.map(str::to_owned);
    let mut entries = parties(&lines[annex..], &mut notes);
    if entries.is_empty() {
        let last = lines.last().map_or(1, |(line, _)| *line);
        let found = "no line with a number and a name";
        let expected = "an annex with numbered parties; is the text cut?";
        return Err(Error::unexpected(found, expected).at_line(last));
    }
    let (declared, place) = declared(&notice.title);
    let country = place.and_then(Country::named);
    for entry in &mut entries {
        let by = Citation::new(notice.id.clone(), notice.in_force);
        entry.designation = Some(by);
        entry.heading = place.filter(|_| country.is_some()).map(str::to_owned);
    }
    notice
        .countries
        .extend(country.map(|country| CountryShare::new(country, None)));
    notice.numbered = declared.unwrap_or(entries.len()).max(entries.len());
    notice.full_text = notice.numbered == entries.len();
    if declared.is_some_and(|declared| declared != entries.len()) {
        let detail = format!(
            "{} parties in the annex, {} in the title",
            entries.len(),
            notice.numbered
        );
        notes.push(note(1, ObservationKind::Unclear, detail));
    }
    notes.sort_by_key(|observation| observation.line);
    Ok(NoticeOfParties {
        list: ListId::new(list),
        notice,
        entries,
        observations: notes,
    })
}

/// The list that is named first.
fn list(text: &str) -> Result<&'static str, Error> {
    let named = LISTS
        .iter()
        .filter_map(|(name, id)| Some((text.find(name)?, *id)));
    named.min().map(|(_, id)| id).ok_or_else(|| {
        let expected = "a notice on 管控名单, 不可靠实体清单 or 关注名单";
        Error::unexpected(format!("{:?}", short(text.trim())), expected).at_line(1)
    })
}

fn is_annex(line: &str) -> bool {
    matches!(line.trim_end_matches(['：', ':']), "附件" | "附" | "附件1")
}

/// The number of the notice as `2026-11`, and its title.
fn number(lines: &[(u64, &str)]) -> Result<(String, String), Error> {
    for (_, line) in lines {
        // "2025年 第10号", "商务部公告2026年第11号 …"
        let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let found = bare.match_indices("年第").find_map(|(at, _)| {
            let year = bare.get(at.checked_sub(4)?..at)?.parse::<u16>().ok()?;
            let (number, _) = bare[at + "年第".len()..].split_once('号')?;
            Some((year, number.parse::<u16>().ok()?))
        });
        if let Some((year, number)) = found.filter(|(year, _)| (2000..2100).contains(year)) {
            let first = lines.first().map_or("", |(_, line)| line);
            let title = match first.split_once('号') {
                Some((head, rest)) if head.contains("年第") => rest.trim(),
                _ => first,
            };
            return Ok((format!("{year}-{number}"), title.to_owned()));
        }
    }
    let expected = "a number such as 公告2026年第11号";
    Err(Error::unexpected("no notice's number", expected).at_line(1))
}

/// When the notice was published and from when it applies.
fn dates(lines: &[(u64, &str)], notice: &mut PartyNotice, notes: &mut Vec<Observation>) {
    let headed = lines.iter().find_map(|(_, line)| {
        let (_, rest) = line.split_once("【发文日期】")?;
        day(rest.trim()).map(|(day, _)| day)
    });
    let alone = lines.iter().rev().find_map(|(_, line)| {
        let (day, rest) = day(line)?;
        rest.is_empty().then_some(day)
    });
    notice.published = headed.or(alone);
    let in_force = lines.iter().find_map(|(_, line)| {
        let after = line.split_once('自')?.1;
        let since = ["公布之日起", "发布之日起", "本公告公布之日起"];
        if since.iter().any(|words| after.starts_with(words)) {
            return notice.published;
        }
        let (day, rest) = day(after)?;
        rest.starts_with('起').then_some(day)
    });
    notice.in_force = in_force;
    if in_force.is_none() {
        let detail = "no sentence says from when the notice applies; is the text cut?".to_owned();
        notes.push(note(1, ObservationKind::Unclear, detail));
    }
}

/// A day with which a text begins, `2026年2月24日`, and what follows it.
fn day(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = figure(text)?;
    let (month, rest) = figure(rest.strip_prefix('年')?)?;
    let (day, rest) = figure(rest.strip_prefix('月')?)?;
    let rest = rest.strip_prefix('日')?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, rest))
}

fn figure(text: &str) -> Option<(i16, &str)> {
    let text = text.trim_start();
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, text[length..].trim_start()))
}

/// Returns the number and the country of the parties that a title announces: "将20家日本实体列入…".
fn declared(title: &str) -> (Option<usize>, Option<&str>) {
    let Some((before, after)) = title.split_once('家') else {
        return (None, None);
    };
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = before[before.len() - digits..].parse().ok();
    (number, after.split_once("实体").map(|(place, _)| place))
}

/// The parties of the annex.
fn parties(lines: &[(u64, &str)], notes: &mut Vec<Observation>) -> Vec<PartyEntry> {
    let mut entries: Vec<PartyEntry> = Vec::new();
    let mut last: u32 = 0;
    for (line, text) in lines {
        let unit = text.strip_prefix(['-', '—', '–']).map(str::trim);
        if let Some((number, rest)) = numbered(text) {
            if last.checked_add(1) != Some(number) {
                let detail = format!("number {number} after {last}");
                notes.push(note(*line, ObservationKind::Unclear, detail));
            }
            last = number;
            let mut entry = party(rest);
            entry.number = Some(number.to_string());
            if entry.name.contains('等') && entry.name.contains('家') {
                let detail = format!("parties without their names: {}", short(rest));
                notes.push(note(*line, ObservationKind::Unclear, detail));
                continue;
            }
            entries.push(entry);
        } else if let (Some(unit), Some(entry)) = (unit, entries.last_mut()) {
            if unit != entry.name && !unit.is_empty() {
                entry.units.push(Unit::new(unit));
            }
        } else if let (Some((key, value)), Some(entry)) = (field(text), entries.last_mut()) {
            add_field(entry, &key, value, *line, notes);
        } else if !text.is_empty() && !entries.is_empty() {
            let detail = format!("a line of no party: {}", short(text));
            notes.push(note(*line, ObservationKind::Skipped, detail));
        }
    }
    entries
}

/// A line that begins with a number: `12. Name`, `12.Name`, `12、Name`.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[length..].trim_start();
    let rest = rest.strip_prefix(['.', '．', '、']).map(str::trim)?;
    let number = text[..length].parse().ok()?;
    // "2. 5" would be a figure.
    (!rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit() && length > 3))
        .then_some((number, rest))
}

/// A party's two names: "范例株式会社（Example Co., Ltd.）及其分支机构".
fn party(text: &str) -> PartyEntry {
    let folded: String = text.chars().map(chars::half_width).collect();
    let bare = folded.trim().trim_end_matches("及其分支机构").trim_end();
    let opening = bare.strip_suffix(')').and_then(|inner| {
        let mut depth = 1usize;
        inner.char_indices().rev().find_map(|(at, c)| {
            match c {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at)
        })
    });
    let Some(at) = opening.filter(|at| *at > 0) else {
        return PartyEntry::new(bare);
    };
    let mut entry = PartyEntry::new(bare[at + 1..bare.len() - 1].trim());
    entry.name_local = Some(bare[..at].trim().to_owned());
    entry
}

/// A line with a name and a value: `地 址：…`.
fn field(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.split_once(['：', ':'])?;
    let key: String = key.chars().filter(|c| !c.is_whitespace()).collect();
    (key.chars().count() <= 6).then_some((key, value.trim()))
}

fn add_field(
    entry: &mut PartyEntry,
    key: &str,
    value: &str,
    line: u64,
    notes: &mut Vec<Observation>,
) {
    match key {
        "地址" => {
            let begins =
                |(name, country): (&str, Country)| value.starts_with(name).then_some(country);
            let named = Country::chinese_names().find_map(begins);
            let country = named.or_else(|| Country::of_address(value));
            entry.address_countries.extend(country);
            entry.addresses.push(value.to_owned());
        }
        "常用名称" => {
            let names = value.split([',', '，', ';', '；']).map(str::trim);
            let new = names.filter(|name| !name.is_empty() && *name != entry.name);
            entry.other_names.extend(new.map(str::to_owned));
        }
        // Part of the address.
        "邮编" => {}
        _ => {
            let detail = format!("a field {:?}, which is not read", short(key));
            notes.push(note(line, ObservationKind::Skipped, detail));
        }
    }
}
