//! Reads the head of a notice: number, authority, dates and suspensions.

use indexmap::IndexSet;
use jiff::civil::Date;

use crate::error::Error;
use crate::measure::{Measure, MeasureId, MeasurePart, Part, Subject};
use crate::source::observation::{Observation, ObservationKind};

use super::label::chinese_number;
use super::lines::Line;
use super::short;

/// Issuing authorities by their Chinese names.
const AUTHORITIES: [(&str, &str); 8] = [
    ("商务部", "Ministry of Commerce"),
    (
        "工业和信息化部",
        "Ministry of Industry and Information Technology",
    ),
    ("海关总署", "General Administration of Customs"),
    ("国家密码局", "State Cryptography Administration"),
    ("公安部", "Ministry of Public Security"),
    ("应急管理部", "Ministry of Emergency Management"),
    ("国家药监局", "National Medical Products Administration"),
    (
        "国防科工局",
        "State Administration of Science, Technology and Industry for National Defense",
    ),
];

/// Reads the measure of a notice.
pub(super) fn read(
    lines: &[Line<'_>],
    body: &[Line<'_>],
    notes: &mut Vec<Observation>,
) -> Result<Measure, Error> {
    let title = lines
        .iter()
        .find(|line| !line.text.starts_with('【'))
        .map_or("", |line| line.text.trim_start_matches(['#', ' ']));
    let id = number(title, lines)?;
    possible(lines, body)?;
    let published = date_after(lines, "【发文日期】")
        .or_else(|| body.iter().rev().find_map(|line| date_alone(line.text)))
        .or_else(|| date_after(lines, "published "))
        .or_else(|| date_after(lines, "**Date**: "))
        .or_else(|| date_after(lines, "Date: "));
    let (in_force, line, parts) = in_force(body, published, notes)?;
    let mut measure = Measure::new(id, in_force);
    measure.published = published;
    measure.parts = parts;
    measure.authority = authority(title);
    measure.title = if notice_numbers(title).is_empty() {
        title
    } else {
        title
            .split_once('号')
            .map_or(title, |(_, rest)| rest)
            .trim()
    }
    .to_owned();
    measure.url = lines
        .iter()
        .find_map(|line| {
            line.text
                .split([' ', '：'])
                .find(|word| word.starts_with("http"))
        })
        .map(str::to_owned);
    measure.full_text = !lines
        .iter()
        .any(|line| line.text.starts_with("[Content truncated"));
    suspension(body, &mut measure, notes);
    if !measure.suspends.is_empty() {
        measure.subject = Subject::Measures;
    }
    if let Some(published) = published
        && in_force < published
    {
        notes.push(note(
            line,
            ObservationKind::Unclear,
            format!("in force from {in_force}, before it was published on {published}"),
        ));
    }
    Ok(measure)
}

/// Returns the number of the notice, in the title or on a separate line. A number in the running
/// text belongs to another notice.
fn number(title: &str, lines: &[Line<'_>]) -> Result<MeasureId, Error> {
    let numbered = ["【发布文号】", "【发文字号】", "【发文号】"];
    std::iter::once(title)
        .chain(
            lines
                .iter()
                .map(|line| line.text)
                .filter(|text| numbered.iter().any(|words| text.starts_with(words))),
        )
        .find_map(|text| notice_numbers(text).into_iter().next())
        .ok_or_else(|| {
            Error::unexpected(
                "no notice's number",
                "a title with one such as 公告2025年第10号",
            )
            .at_line(1)
        })
}

fn note(line: u64, kind: ObservationKind, detail: String) -> Observation {
    Observation {
        line,
        code: None,
        kind,
        detail,
    }
}

/// Returns an error if the notice's own date, or the first or last day of a suspension, is not on
/// the calendar.
fn possible(lines: &[Line<'_>], body: &[Line<'_>]) -> Result<(), Error> {
    let headed = lines
        .iter()
        .filter_map(|line| Some((line, line.text.split_once("【发文日期】")?.1.trim_start())));
    let acting = body.iter().flat_map(|line| {
        line.text
            .match_indices(['自', '至'])
            .map(move |(at, sign)| (line, &line.text[at + sign.len()..]))
    });
    let alone = body
        .iter()
        .filter(|line| line.text.ends_with('日'))
        .map(|line| (line, line.text));
    for (line, text) in headed.chain(acting).chain(alone) {
        if let Some((year, month, day, length)) = written_date(text)
            && year >= 1000
            && date(year, month, day).is_none()
        {
            return Err(Error::unexpected(
                format!("the date {}", short(&text[..length])),
                "a day of the calendar",
            )
            .at_line(line.number));
        }
    }
    Ok(())
}

/// Returns the first day on which the notice applies, the line that says so, and the parts that
/// begin later.
fn in_force(
    body: &[Line<'_>],
    published: Option<Date>,
    notes: &mut Vec<Observation>,
) -> Result<(Date, u64, Vec<Part>), Error> {
    let mut days: Vec<(Date, u64, Vec<String>)> = Vec::new();
    for line in body {
        for sentence in line.text.split('。') {
            let found = first_days(sentence, published).into_iter();
            days.extend(found.map(|(day, parts)| (day, line.number, parts)));
        }
    }
    days.sort_by_key(|(day, ..)| *day);
    if let Some((first, line, _)) = days.first().cloned() {
        let later = days.into_iter().filter(|(day, ..)| *day > first);
        let mut parts = Vec::new();
        for (in_force, line, names) in later {
            if names.is_empty() {
                let detail = format!(
                    "in force in parts, from {first} and from {in_force}; the first is recorded"
                );
                notes.push(note(line, ObservationKind::Unclear, detail));
            }
            parts.extend(names.into_iter().map(|name| Part { name, in_force }));
        }
        return Ok((first, line, parts));
    }
    // The page may give a day on another line. If the sentence is missing, items may be missing
    // too.
    let last = body.last().map_or(1, |line| line.number);
    Err(Error::unexpected(
        "the end of the text",
        "the sentence that says from when the notice applies; is the text cut?",
    )
    .at_line(last))
}

/// Returns the first days that a sentence states, each with the parts that it names for that day.
fn first_days(sentence: &str, published: Option<Date>) -> Vec<(Date, Vec<String>)> {
    let mut days = Vec::new();
    // The offset of the names of the parts that the next day applies to.
    let mut before = 0;
    let (mut clause_end, mut applies_at) = (0, None);
    for (at, _) in sentence.match_indices('自') {
        let rest = &sentence[at + '自'.len_utf8()..];
        let named = [
            "发布之日起",
            "公布之日起",
            "即日起",
            "本公告发布之日起",
            "本公告公布之日起",
        ]
        .iter()
        .find_map(|words| rest.strip_prefix(words))
        .map(|rest| (published, rest));
        let dated = date_at(rest)
            .and_then(|(date, length)| Some((Some(date), rest[length..].strip_prefix('起')?)));
        let Some((Some(day), after)) = named.or(dated) else {
            continue;
        };
        let from = sentence.len() - after.len();
        if from >= clause_end {
            let clause = after.split('；').next().unwrap_or(after);
            clause_end = from + clause.len() + 1;
            applies_at = ["实施", "施行", "执行", "生效"]
                .iter()
                .filter_map(|word| clause.rfind(word))
                .max()
                .map(|at| from + at);
        }
        // "From this notice's publication exporters shall …" says so without such a word.
        if rest.starts_with("本公告") || applies_at.is_some_and(|at| at >= from) {
            days.push((day, part_names(&sentence[before..at])));
            before = at;
        }
    }
    days
}

/// Reads the notices that a notice suspends, and the last day of the suspension.
fn suspension(body: &[Line<'_>], measure: &mut Measure, notes: &mut Vec<Observation>) {
    let mut open: Vec<u64> = Vec::new();
    for line in body {
        for sentence in line
            .text
            .split('。')
            .filter(|sentence| sentence.contains("暂停实施"))
        {
            let mut named: Vec<MeasureId> = notice_numbers(sentence);
            named.retain(|id| *id != measure.id);
            if named.is_empty() {
                continue;
            }
            // "…第二款暂停实施" suspends one part.
            let tail = sentence.rsplit('号').next().unwrap_or_default();
            let part = tail
                .rsplit_once('第')
                .and_then(|(_, rest)| chinese_number(rest.split(['款', '条', '项']).next()?));
            if part.is_none() && ["款", "条", "项"].iter().any(|part| tail.contains(part)) {
                let named: Vec<&str> = named.iter().map(MeasureId::as_str).collect();
                let detail = format!(
                    "suspends a part of {} only, which is not recorded",
                    short(&named.join(", "))
                );
                notes.push(note(line.number, ObservationKind::Unclear, detail));
                continue;
            }
            let through = sentence
                .match_indices('至')
                .find_map(|(at, _)| date_at(&sentence[at + '至'.len_utf8()..]));
            match through {
                Some((through, _)) => {
                    let part = part.map(|number| number.to_string());
                    measure
                        .suspends
                        .extend(named.into_iter().map(|measure| MeasurePart {
                            measure,
                            part: part.clone(),
                        }));
                    measure.suspended_through = Some(through);
                }
                None => open.push(line.number),
            }
        }
    }
    // The title gives no day, but the text does.
    if measure.suspends.is_empty()
        && let Some(line) = open.first()
    {
        notes.push(note(
            *line,
            ObservationKind::Unclear,
            "suspends notices without a last day; not recorded".to_owned(),
        ));
    }
}

/// Returns the parts that a text names in quotation marks, as the table of measures writes them:
/// “一（二）” is 1(2).
fn part_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for quoted in text
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split('”').next())
    {
        let (outer, inner) = quoted
            .split_once('（')
            .map_or((quoted, None), |(outer, inner)| {
                (outer, inner.strip_suffix('）'))
            });
        match (chinese_number(outer), inner.map(chinese_number)) {
            (Some(outer), None) => names.push(outer.to_string()),
            (Some(outer), Some(Some(inner))) => names.push(format!("{outer}({inner})")),
            _ => {}
        }
    }
    names
}

/// Returns the notices that a text names: `公告2025年第55号、56号`, `公告2025第61号`.
fn notice_numbers(text: &str) -> Vec<MeasureId> {
    let mut found = IndexSet::new();
    for (at, _) in text.match_indices("公告") {
        let rest = text[at + "公告".len()..].trim_start();
        let Some((year, rest)) = digits(rest).filter(|(year, _)| (2000..2100).contains(year))
        else {
            continue;
        };
        let mut rest = rest.strip_prefix('年').unwrap_or(rest);
        while let Some((number, after)) = digits(
            rest.trim_start()
                .trim_start_matches(['第', '、', '，', '和', '及', ' ']),
        ) && let Some(after) = after.strip_prefix('号')
        {
            found.insert(MeasureId::new(format!("{year}-{number}")));
            rest = after;
        }
    }
    found.into_iter().collect()
}

/// Returns the number with which a text begins, and the text after it.
fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, &text[length..]))
}

fn authority(title: &str) -> String {
    let head = title.split("公告").next().unwrap_or(title);
    let head = head.split("关于").next().unwrap_or(head);
    let words = head
        .split([' ', '、', '\u{3000}'])
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let names = words.map(|word| {
        AUTHORITIES
            .iter()
            .find(|(chinese, _)| *chinese == word)
            .map_or(word, |(_, english)| english)
    });
    names.collect::<Vec<_>>().join(", ")
}

/// Returns whether a line is the notice's signature: the authorities, or the day.
pub(super) fn is_signature(text: &str) -> bool {
    date_alone(text).is_some()
        || text
            .split([' ', '、', '\u{3000}'])
            .filter(|word| !word.is_empty())
            .all(|word| AUTHORITIES.iter().any(|(chinese, _)| *chinese == word))
}

/// Returns the date with which a text begins, `2025年11月8日` or `2025-11-08`, and its length.
fn date_at(text: &str) -> Option<(Date, usize)> {
    let (year, month, day, length) = written_date(text)?;
    Some((date(year, month, day)?, length))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Returns year, month, day and length of a text that is written as a date.
fn written_date(text: &str) -> Option<(u32, u32, u32, usize)> {
    let (year, rest) = digits(text)?;
    let (month, rest) = digits(rest.strip_prefix(['年', '-'])?.trim_start())?;
    let (day, rest) = digits(rest.strip_prefix(['月', '-'])?.trim_start())?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    Some((year, month, day, text.len() - rest.len()))
}

fn date_after(lines: &[Line<'_>], words: &str) -> Option<Date> {
    lines
        .iter()
        .find_map(|line| date_at(line.text.split_once(words)?.1.trim_start()))
        .map(|(date, _)| date)
}

/// Returns the date if a line is only a date, which is the signature's.
fn date_alone(text: &str) -> Option<Date> {
    date_at(text)
        .filter(|(_, length)| *length == text.len())
        .map(|(date, _)| date)
}
