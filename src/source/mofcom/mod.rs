//! Reader of the Chinese text of the commerce ministry's notices (公告) on dual-use items.
//!
//! It takes the text of one notice as the ministry's page shows it, from the title to the
//! signature, perhaps with the page's address on a line of its own, or as Markdown with the text
//! under a heading "Key Provisions". It does not go to the network. These are the rules by which it
//! decides; what it mends or leaves out stands in [`Notice::observations`].
//!
//! - **Number**: `公告2025年第10号` in the title, or else in the line 【发布文号】.
//! - **Dates**: published on the day of 【发文日期】, or else of the signature, or else of a line
//!   `published DATE`; in force from the day of the sentence 自…起实施. A notice in force from
//!   several days has the first, and the parts that begin later where it names them.
//! - **Item**: a line that begins with a code, after 一、 or （一） where they stand, or one that
//!   ends in （管制编码：…）. Lines `1.` and `a.` below are its paragraphs, `2. 【保留】` a
//!   reserved one. A gap in their order says that the text lost lines, which is reported; so is a
//!   numbered heading among the items whose code is missing or misread.
//! - **All-of or any-of**: conditions after 所有特性, alternatives otherwise.
//! - **Text**: an item's text is the notice's own, in Chinese, without its label. Customs codes
//!   after 参考海关商品编号 or 参考税则号列 are [`Item::hs`], and thresholds [`Item::quantities`].
//! - **Suspension**: 至…暂停实施, with the notices that it names, or their numbered parts.
//! - **Not items**: what follows 说明 (notes), and the rules round the items.
//!
//! # What people save
//!
//! Any line end is read, half-width and full-width marks alike, and labels in the styles `1.`, `1、`,
//! `（1）` and `①`; a list within a list has another kind of label or another style. Markdown, signs
//! without width, full-width letters and figures, and several lines on one are mended and reported.
//! HTML, control characters and traditional characters are refused with line and column. A text that
//! names codes on lines that the reader does not understand is an error if no item was found, and
//! an observation otherwise. So are a text of more than 16 MiB, 100,000 lines or 20,000 items.
//!
//! # Lost lines
//!
//! If one line of a notice is damaged and its items come out otherwise, the observations differ too,
//! or the notice is refused. The reader reports a gap or a repetition in labels, numbers or codes.
//! It reports a list that is announced and missing, a list that nobody announces, a line whose mark
//! promises another one, and text without a label. `tests/readers/mofcom_edits.rs` makes every kind
//! of edit of every line and counts.
//!
//! Two kinds of damage cannot be seen: the last line of a list or a section is gone as a whole, or a
//! code is misread as another one that could be there. They are about 2 in 100 of the edits of the
//! official notices that change an item. A misread figure within a text shows only if it has a check
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
    /// Number, authority, dates, parts, suspensions, address. The title is the notice's own, in
    /// Chinese. What it is about is [`Subject::Measures`](crate::measure::Subject::Measures)
    /// where it suspends others, and not told otherwise.
    pub measure: Measure,
    /// The items that it lists, in list order, each with its text, its keys and its thresholds.
    /// Parents that the notice does not print, because the list has them already, are not
    /// among them.
    pub items: Vec<Item>,
    /// What the reader skipped, repaired or could not tell, in the order of the text.
    pub observations: Vec<Observation>,
}

/// No notice is longer.
const MOST_BYTES: usize = 16 << 20;

/// More observations than these say nothing new.
const MOST_OBSERVATIONS: usize = 10_000;

/// Reads one notice.
///
/// # Errors
/// Text that is not UTF-8, an HTML page, control characters, a text in English or in traditional
/// characters. A text without a notice's number, one with codes and no line that is read as an item,
/// or one that breaks off before the sentence that says from when it applies. A date that is on no
/// calendar. Errors have a line, and a column if it is known.
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

/// Reads one notice that is in memory already.
///
/// # Errors
/// As [`read`].
pub fn read_str(text: &str) -> Result<Notice, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MOST_BYTES {
        return Err(Error::unexpected(
            format!("more than {MOST_BYTES} bytes"),
            "the text of one notice",
        )
        .at(1, 1));
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

/// Words the observation on a notice that lists no item and suspends no notice.
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

/// Characters that only the traditional script has, and that every notice would hold.
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

/// The notice itself: all lines, or in Markdown those under the heading of its text.
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
                "the section {:?}, which is no part of the notice",
                short(line.text)
            ),
        );
    }
    &body[..end]
}
