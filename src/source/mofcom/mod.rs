//! Reads the Chinese text of the commerce ministry's notices (公告) on dual-use items.
//!
//! The input is the text of one notice as the ministry's page shows it, from the title to the
//! signature. The page's address may be on a separate line. The text may also be Markdown, with the
//! notice under a heading "Key Provisions". The reader does not use the network. These are the
//! rules by which it decides. [`Notice::observations`] says what it repairs or leaves out.
//!
//! - **Number**: `公告2025年第10号` in the title, or else in the line 【发布文号】.
//! - **Publication**: the day of 【发文日期】, or else of the signature, or else of a line `published
//!   DATE`.
//! - **First day**: the day of the sentence 自…起实施. If a notice applies from several days, it has
//!   the first, and each part that it names has its own later day.
//! - **Item**: a line that begins with a code, perhaps after 一、 or （一）, or a line that ends in
//!   （管制编码：…）. Lines `1.` and `a.` below it are its paragraphs, and `2. 【保留】` is a reserved
//!   paragraph.
//! - **Gaps**: a gap in the order of paragraphs shows that the text lost lines, and is reported. So
//!   is a numbered heading among the items whose code is missing or misread.
//! - **All-of or any-of**: conditions after 所有特性, alternatives otherwise.
//! - **Text**: an item's text is the notice's own, in Chinese, without its label. Customs codes
//!   after 参考海关商品编号 or 参考税则号列 are [`Item::hs`], and thresholds [`Item::quantities`].
//! - **Suspension**: 至…暂停实施, with the notices that it names, or their numbered parts.
//! - **Not items**: text after 说明 (notes), and the rules around the items.
//!
//! # Saved copies of notices
//!
//! The reader accepts any line end, half-width and full-width marks, and labels in the styles `1.`,
//! `1、`, `（1）` and `①`. A list inside a list has another kind of label or another style. Markdown,
//! invisible characters, full-width letters and digits, and several lines on one line are repaired
//! and reported. HTML, control characters and traditional characters are errors with line and
//! column.
//!
//! If a text names codes on lines that the reader does not understand, it is an error if no item
//! was found, and an observation otherwise. A text of more than a megabyte, 100,000 lines or 20,000
//! items is an error.
//!
//! # Lost lines
//!
//! If one line of a notice is damaged and the items change because of it, the observations differ
//! too, or the reader returns an error. The reader reports a gap or a repetition in labels, numbers
//! or codes. It reports a list that is announced but missing, a list that nothing announces, a line
//! whose mark promises another line, and text without a label. `tests/readers/mofcom_edits.rs`
//! makes every kind of edit to every line and counts.
//!
//! Two kinds of damage cannot be detected: the last line of a list or a section is missing as a
//! whole, or a code is misread as another possible one. They are about 2 in 100 of the edits of the
//! official notices that change an item. A misread figure in a text shows only if it has a check
//! digit or leaves no value.

pub mod catalogue;
mod check;
mod head;
mod items;
mod keys;
mod label;
mod lines;
mod outline;
mod paragraph;
mod split;

use std::io::Read;

use crate::error::{Error, Kind};
use crate::list::Item;
use crate::measure::Measure;
use crate::source::observation::{Observation, ObservationKind};
use crate::text::short;

use self::lines::{KEY_PROVISIONS, Line};

/// A notice as published: the measure, its items, and what the reader skipped or repaired.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Notice {
    /// The number, authority, dates, parts, suspensions and address. The title is the notice's own,
    /// in Chinese. The subject is [`Subject::Measures`](crate::measure::Subject::Measures) if the
    /// notice suspends others, and is not set otherwise.
    pub measure: Measure,
    /// The items that it lists, in list order, each with its text, its keys and its thresholds.
    /// Parents that are already on the list, and that the notice does not print, are not included.
    pub items: Vec<Item>,
    /// The reader's observations, in the order of the text: what it skipped, repaired or could not
    /// decide.
    pub observations: Vec<Observation>,
}

/// The maximum length of a notice in bytes. The longest law that the ministry quotes in full has a
/// twenty-fifth of it, and the reading takes up to thirty times as much.
const MOST_BYTES: usize = 1_000_000;

/// The maximum number of observations. More would say nothing new.
const MOST_OBSERVATIONS: usize = 10_000;

/// Reads one notice.
///
/// # Errors
/// Returns an error, with a line and a column if they are known, in these cases:
///
/// - The text is not UTF-8, is an HTML page, or has control characters.
/// - The text is in English or in traditional characters.
/// - The text has no notice's number, or it has codes but no line that is read as an item.
/// - The text breaks off before the sentence that says from when it applies.
/// - A date is not on the calendar.
///
/// ```
/// use export_control::source::mofcom;
/// let text = "商务部 海关总署公告2030年第1号 公布对镓相关物项实施出口管制的决定
/// 一、镓相关物项
/// （一）3C001.z．纯度大于等于99.9%的金属镓（参考海关商品编号：8112929090）。
/// 本公告自2030年2月1日起正式实施。
/// 2030年1月15日";
/// let notice = mofcom::read(text.as_bytes())?;
/// assert_eq!(notice.measure.id.as_str(), "2030-1");
/// assert_eq!(notice.items[0].code().to_string(), "3C001.z");
/// assert_eq!(notice.items[0].hs()[0].to_string(), "8112929090");
/// assert_eq!(notice.items[0].quantities()[0].to_string(), "purity ≥ 99.9 %");
/// assert!(mofcom::read("Announcement No. 1 of 2030".as_bytes()).is_err());
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read(mut input: impl Read) -> Result<Notice, Error> {
    let mut bytes = Vec::new();
    (&mut input)
        .take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() > MOST_BYTES {
        return Err(too_long());
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let column = bytes[..at]
                .iter()
                .rev()
                .take_while(|byte| **byte != b'\n')
                .count() as u64
                + 1;
            return Err(Error::from(Kind::Encoding(at as u64)).at(line, column));
        }
    };
    read_str(text)
}

fn too_long() -> Error {
    let found = format!("more than {MOST_BYTES} bytes");
    Error::unexpected(found, "the text of one notice").at(1, 1)
}

/// Reads one notice that is already in memory.
///
/// # Errors
/// Returns the same errors as [`read`].
pub fn read_str(text: &str) -> Result<Notice, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MOST_BYTES {
        return Err(too_long());
    }
    check_language(text)?;
    let mut observations = Vec::new();
    let whole = lines::read(text, &mut observations)?;
    let lines: Vec<Line<'_>> = whole.iter().collect();
    let body = body(&lines, &mut observations);
    let mut measure = head::read(&lines, body, &mut observations)?;
    let items::Listed { items, lost } = items::read(body, &measure, &mut observations)?;
    measure.full_text &= !lost;
    if items.is_empty() && measure.suspends.is_empty() {
        observations.push(Observation {
            line: lines.first().map_or(1, |line| line.number),
            code: None,
            kind: ObservationKind::Unclear,
            detail: without_items(body),
        });
    }
    observations.sort_by_key(|observation| observation.line);
    if let Some(more) = observations.len().checked_sub(MOST_OBSERVATIONS)
        && let Some(last) = observations.get(MOST_OBSERVATIONS)
    {
        let line = last.line;
        observations.truncate(MOST_OBSERVATIONS);
        observations.push(Observation {
            line,
            code: None,
            kind: ObservationKind::Unclear,
            detail: format!("{more} more observations from here on"),
        });
    }
    Ok(Notice {
        measure,
        items,
        observations,
    })
}

/// Returns the observation on a notice that lists no item and suspends no notice.
fn without_items(body: &[Line<'_>]) -> String {
    let named = body
        .iter()
        .filter(|line| !line.text.contains("://"))
        .find_map(|line| crate::code::codes(line.text).next());
    match named {
        Some((_, _, code)) => format!("the notice speaks of {code} and lists no item"),
        None if body.iter().any(|line| line.text.contains("附件")) => {
            "the notice names no control code in its text; an annex may".to_owned()
        }
        None => "the notice names no control code".to_owned(),
    }
}

/// Characters that only the traditional script has, and that every notice would contain.
const TRADITIONAL: [char; 12] = [
    '號', '對', '實', '關', '總', '務', '發', '條', '國', '應', '後', '經',
];

fn check_language(text: &str) -> Result<(), Error> {
    const EXPECTED: &str =
        "the Chinese text of a notice, in simplified characters, as the ministry publishes it";
    let start = text.trim_start();
    if start.starts_with('<') {
        return Err(Error::unexpected("an HTML or XML page", EXPECTED).at(1, 1));
    }
    if start.is_empty() {
        return Err(Error::unexpected("an empty text", EXPECTED).at(1, 1));
    }
    for (line, number) in lines::physical(text).zip(1..) {
        if let Some((at, c)) = line
            .chars()
            .enumerate()
            .find(|(_, c)| TRADITIONAL.contains(c))
        {
            return Err(
                Error::unexpected(format!("the traditional character {c:?}"), EXPECTED)
                    .at(number, at as u64 + 1),
            );
        }
    }
    let (han, letters) = text.chars().fold((0, 0), |(han, letters), c| match c {
        '\u{4e00}'..='\u{9fff}' => (han + 1, letters),
        c if c.is_alphabetic() => (han, letters + 1),
        _ => (han, letters),
    });
    if han < 10 || han * 4 < letters {
        return Err(Error::unexpected("a text that is not Chinese", EXPECTED).at(1, 1));
    }
    Ok(())
}

/// Returns the notice itself: all lines, or in Markdown those under the heading of its text.
fn body<'a, 'b>(lines: &'b [Line<'a>], observations: &mut Vec<Observation>) -> &'b [Line<'a>] {
    let mut note = |line: u64, kind, detail: &str| {
        observations.push(Observation {
            line,
            code: None,
            kind,
            detail: detail.to_owned(),
        })
    };
    let Some(start) = lines.iter().position(|line| line.text == KEY_PROVISIONS) else {
        return lines;
    };
    let body = &lines[start + 1..];
    let end = body
        .iter()
        .position(|line| line.text.starts_with("## "))
        .unwrap_or(body.len());
    for line in &body[..end] {
        if line.text.starts_with("[Content truncated") {
            note(
                line.number,
                ObservationKind::Unclear,
                "the text says of itself that it was cut here",
            );
        }
    }
    for line in body[end..]
        .iter()
        .filter(|line| line.text.starts_with("## "))
    {
        note(
            line.number,
            ObservationKind::Skipped,
            &format!(
                "the section {:?}, which is not part of the notice",
                short(line.text)
            ),
        );
    }
    &body[..end]
}
