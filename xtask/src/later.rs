//! What is known of the US list after its edition: what was verified of each entry, read off the
//! comparison of later texts, and the amendments, which are written by hand and checked against it.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use export_control::list::amendment::{Amendment, Certainty, Change, Verified};
use export_control::{Code, ControlList};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A row of the table of changes.
#[derive(Deserialize)]
struct Changed {
    code: String,
    what: String,
    first_date_seen: String,
    rule: String,
    certainty: String,
}

/// A row of the table of what was compared.
#[derive(Deserialize)]
struct Coverage {
    code: String,
    heading_and_rows_compared_through: String,
    exceptions_and_related_controls_through: String,
    item_text_through: String,
}

/// The rule whose license rows name the United Arab Emirates; the table of changes leaves it open.
/// The Federal Register's table has it, with its day.
const EMIRATES: (&str, &str) = ("91 FR 43034", "2026-07-10");

fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

/// The two files of what is known after the edition; `list` has the texts of the edition.
pub(crate) fn files(
    sources: &Path,
    data: &Path,
    list: &ControlList,
) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let folder = sources.join("us/after-2026-06-24");
    let verified = verified(&folder, list)?;
    let path = data.join("us-ccl-amendments.csv");
    let file =
        std::fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let amendments = Amendment::from_csv(file)?;
    check(&read(&folder.join("changes.tsv"))?, &amendments)?;
    list.clone()
        .with_amendments(amendments.clone(), verified.clone())?;
    Ok(vec![
        (
            "us-ccl-amendments.csv",
            crate::written(|out| Amendment::to_csv(&amendments, out)),
        ),
        (
            "us-ccl-verified.csv",
            crate::written(|out| Verified::to_csv(&verified, out)),
        ),
    ])
}

fn verified(folder: &Path, list: &ControlList) -> Result<Vec<Verified>, Box<dyn Error>> {
    let mut lost: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
    let path = folder.join("not-covered-1345.tsv");
    let rows =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for row in rows.lines().skip(1) {
        let (entry, text) = row.split_once('\t').ok_or("a row of two fields")?;
        let entry: Code = entry.parse()?;
        lost.entry(entry)
            .or_default()
            .extend(paragraphs(list, entry, text));
    }
    let mut all = Vec::new();
    for row in read::<Coverage>(&folder.join("coverage.tsv"))? {
        let entry: Code = row.code.parse()?;
        let days = [
            &row.heading_and_rows_compared_through,
            &row.exceptions_and_related_controls_through,
            &row.item_text_through,
        ];
        let days =
            days.map(|cell| day(cell).ok_or_else(|| format!("coverage.tsv: {entry} {cell:?}")));
        let [heading, exceptions, text] = days;
        let mut one = Verified::new(entry, text?);
        (one.heading, one.exceptions) = (heading?, exceptions?);
        if row.item_text_through.contains("dropped") {
            one.lost = lost.remove(&entry).unwrap_or_default();
            one.lost.sort_unstable();
            one.lost.dedup();
        }
        all.push(one);
    }
    all.sort_by_key(|one| one.entry);
    Ok(all)
}

/// The day with which a cell begins; remarks follow it.
fn day(cell: &str) -> Option<jiff::civil::Date> {
    cell.get(..10)?.parse().ok()
}

/// Letters and digits alone, for texts that differ in their typesetting.
fn bare(text: &str) -> String {
    text.chars()
        .filter_map(|sign| match sign {
            '²' => Some('2'),
            '³' => Some('3'),
            '¹' => Some('1'),
            '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(sign) - 0x2070, 10),
            '₀'..='₉' => char::from_digit(u32::from(sign) - 0x2080, 10),
            _ => Some(sign.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric),
        })
        .collect()
}

/// The items of an entry whose paragraph begins with a text; none if it is a note or the like. The
/// text has its label, and may lack "Items:" before it.
fn paragraphs(list: &ControlList, entry: Code, text: &str) -> Vec<Code> {
    let lost = bare(text);
    let begins = |code: Code, words: &str| {
        let label: String = code.labels().map(|label| format!("{label}.")).collect();
        let whole = bare(&format!("{label}{words}"));
        let length = lost.len().min(whole.len());
        length > label.len() && whole[..length] == lost[..length]
    };
    list.subtree(entry)
        .iter()
        .filter(|item| !item.code().is_entry())
        .filter(|item| begins(item.code(), item.text().unwrap_or_default()))
        .map(|item| item.code())
        .collect()
}

fn change(what: &str) -> Option<Change> {
    Some(match what {
        "added" => Change::Added,
        "removed" => Change::Removed,
        "reworded" => Change::Reworded,
        "heading" => Change::Heading,
        what if what.ends_with(" row") => Change::Requirement,
        "exception" => Change::Exception,
        "related control" => Change::RelatedControls,
        _ => return None,
    })
}

/// Checks that each change has its amendment, with the same day, rule and certainty, and that no
/// amendment is of an entry without changes.
fn check(changes: &[Changed], amendments: &[Amendment]) -> Result<(), Box<dyn Error>> {
    let mut entries: Vec<Code> = Vec::new();
    for row in changes {
        let place = || format!("changes.tsv: {} {}", row.code, row.what);
        let what = change(&row.what).ok_or_else(place)?;
        let codes = Code::find_in(&row.code.replace(", .", ", 9A610."));
        let note = row.code.contains("Note");
        if codes.is_empty() {
            return Err(place().into());
        }
        for code in codes {
            entries.push(code.entry());
            let found = amendments.iter().any(|one| {
                let kind = one.change == what
                    || (what == Change::Reworded
                        && one.change == Change::Note
                        && (note || code.is_entry()));
                one.code == code && kind && agrees(one, row)
            });
            if !found {
                return Err(format!("{}: no amendment of {code} agrees", place()).into());
            }
        }
    }
    let stray = amendments
        .iter()
        .find(|one| one.change != Change::Announced && !entries.contains(&one.code.entry()));
    match stray {
        Some(one) => Err(format!("{}: no later text shows it", one.code).into()),
        None => Ok(()),
    }
}

fn agrees(one: &Amendment, row: &Changed) -> bool {
    let certainty =
        if row.certainty.contains("two parses") || row.certainty.contains("three parses") {
            Certainty::TwoParses
        } else {
            Certainty::OneParse
        };
    let seen = day(&row.first_date_seen);
    let rule = one.rule.as_ref().map(|rule| rule.as_str());
    let day = one.in_force.map(|day| day.to_string());
    let cause = match (rule, day.as_deref()) {
        (None, None) => row.rule.starts_with("not known"),
        (Some(rule), Some(day)) if (rule, day) == EMIRATES => {
            one.inferred && row.rule.contains("UAE")
        }
        (Some(rule), Some(day)) => {
            row.rule.starts_with(rule)
                && row.rule.contains(day)
                && one.inferred == row.rule.contains("inferred")
        }
        _ => false,
    };
    cause && one.certainty == certainty && one.first_seen == seen
}
