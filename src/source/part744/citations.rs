//! The citations of a cell: `84 FR 22963, 5/21/19. 85 FR 29853, May 19, 2020.`

use jiff::civil::Date;

use crate::measure::MeasureId;
use crate::party::Citation;

/// The citations of a cell.
#[derive(Debug, Default)]
pub(super) struct Citations {
    pub(super) cited: Vec<Citation>,
    /// Words that are not part of a citation.
    pub(super) left: Vec<String>,
    /// Repairs.
    pub(super) mended: Vec<&'static str>,
}

/// Reads the citations of a cell.
pub(super) fn read(cell: &str) -> Citations {
    let mut found = Citations::default();
    let mut rest = cell.trim_ascii();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        match one(&rest[at..]) {
            Some((citation, after, mended)) => {
                left(&rest[..at], &mut found.left);
                found.cited.push(citation);
                found.mended.extend(mended);
                rest = after;
            }
            None => {
                // Anything else goes up to the next sentence.
                let end = rest[at..].find(". ").map_or(rest.len(), |end| at + end + 1);
                found.left.push(rest[..end].trim_ascii().to_owned());
                rest = &rest[end..];
            }
        }
    }
    left(rest, &mut found.left);
    found
}

/// Keeps words between citations that say something.
fn left(between: &str, left: &mut Vec<String>) {
    let words = between.trim_matches(|c: char| !c.is_alphanumeric());
    if !words.is_empty() {
        left.push(words.to_owned());
    }
}

type One<'a> = (Citation, &'a str, Option<&'static str>);

/// One citation with which a text begins, and what follows it.
fn one(text: &str) -> Option<One<'_>> {
    let (volume, rest) = number(text)?;
    let figures = &text[..text.len() - rest.len()];
    let mut rest = rest.trim_start().strip_prefix("FR")?.trim_start();
    let mut mended = None;
    if let Some(again) = rest.strip_prefix("FR ") {
        (rest, mended) = (again, Some("FR printed twice"));
    }
    let before = rest;
    let (page, rest) = number(rest)?;
    let pages = &before[..before.len() - rest.len()];
    let mut date = rest.trim_start_matches([',', '.', ' ', '\n']);
    if date.len() == rest.len() {
        mended = Some("no sign between page and date");
    }
    if let Some(after) = date.strip_prefix("preview citation details") {
        date = after.trim_start_matches([',', ' ']);
        mended = Some("words of a web page between page and date");
    }
    let id = MeasureId::new(match figures.starts_with('0') || pages.starts_with('0') {
        true => format!("{volume} FR {page}"),
        false => [figures, " FR ", pages].concat(),
    });
    match day(date) {
        Some((date, after)) => Some((Citation::new(id, date), after, mended)),
        None => Some((Citation::new(id, None), rest, Some("no date"))),
    }
}

/// A number with which a text begins.
fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// A day with which a text begins: `5/21/19`, `12/23/2020`, `May 19, 2020`, `Nov. 9, 2026`.
pub(super) fn day(text: &str) -> Option<(Date, &str)> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let (month, rest) = match number(text) {
        Some((month, rest)) => (month, rest.strip_prefix('/')?),
        None => {
            let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
            let name = text[..end].get(..3)?;
            let month = MONTHS
                .iter()
                .position(|month| name.eq_ignore_ascii_case(month))?;
            (month as u32 + 1, text[end..].trim_start_matches(['.', ' ']))
        }
    };
    let (day, rest) = number(rest)?;
    let (year, rest) = number(rest.trim_start_matches(['/', ',', ' ']))?;
    // The list begins in 1997.
    let year = match year {
        90..=99 => 1900 + year,
        0..=89 => 2000 + year,
        year => year,
    };
    let date = Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    Some((date.ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        let cited = |cell: &str| {
            let found = read(cell);
            assert!(found.left.is_empty(), "{:?}", found.left);
            let cited = found.cited.iter().map(Citation::to_string);
            cited.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cited("62 FR 1, 6/30/97."), "62 FR 1@1997-06-30");
        assert_eq!(
            cited("84 FR 2, 5/21/19. 85 FR 3 5/19/2020.\n85 FR FR 4, June 16, 2014; 86 FR 5."),
            "84 FR 2@2019-05-21 85 FR 3@2020-05-19 85 FR 4@2014-06-16 86 FR 5"
        );
        assert_eq!(
            read("see 12 of these. 84 FR 2, 5/21/19.").left,
            ["see 12 of these."]
        );
        assert_eq!(read("84 FR 2, 13/41/19.").cited[0].date, None);
    }
}
