//! What is recorded of a list after its last whole text: by rule, with what is not known of each.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;

use export_control::change::Changes;
use export_control::list::amendment::{Amendment, Change};
use export_control::{Code, ControlList, Date, History};

use super::{notices, thousands};

/// Between several rules in one cell.
const SEPARATOR: &str = ";";

/// A rule, or no known one, with the day on which its changes begin or are first seen.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rule<'a> {
    day: Option<Date>,
    announced: bool,
    dated: bool,
    name: Option<&'a str>,
    inferred: bool,
}

impl<'a> Rule<'a> {
    fn of(one: &'a Amendment) -> Rule<'a> {
        Rule {
            day: one.first_day(),
            announced: one.change == Change::Announced,
            dated: one.in_force.is_some(),
            name: one.rule.as_ref().map(|rule| rule.as_str()),
            inferred: one.inferred,
        }
    }

    /// The rule in words, with what no source says of it.
    fn told(&self, codes: usize) -> String {
        let day = self
            .day
            .map_or_else(|| "day not known".to_owned(), |day| day.to_string());
        let name = self.name.map_or_else(
            || "by a rule not known at hand".to_owned(),
            |name| notices::named("", name),
        );
        if self.announced {
            let gone = self.day.map_or("", gone_by);
            let codes = thousands(codes);
            return format!(
                "{day} announced{gone} ({name}, text not at hand; which entries it changes is not known, and these {codes} are assumed from their headings)"
            );
        }
        let kind = if self.dated {
            "in force"
        } else {
            "first seen then"
        };
        let inferred = match self.inferred {
            true => ", inferred from subject and day; no source says so",
            false => "",
        };
        format!("{day} {kind} ({name}{inferred})")
    }
}

/// Says of an announced day that it has passed, if it has.
fn gone_by(day: Date) -> &'static str {
    match super::is_past(day) {
        true => "; that day has passed, and what followed is not known",
        false => "",
    }
}

/// Returns a change after the edition in one line. Of one that is only announced it says what is
/// assumed.
pub fn line(one: &Amendment) -> String {
    if one.change != Change::Announced {
        return one.to_string();
    }
    let gone = one.in_force.map_or("", gone_by);
    format!(
        "{}. Which entries this rule changes is not known; this one is assumed from its heading{gone}",
        one.to_string()
            .replace(", in force ", ", to be in force from ")
    )
}

/// Prints the changes recorded after the last whole text, by rule, the newest last.
pub fn print(list: &ControlList, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(through) = list.edition().through else {
        return Ok(());
    };
    let mut rules: BTreeMap<Rule<'_>, Vec<Code>> = BTreeMap::new();
    for one in list.amendments() {
        rules.entry(Rule::of(one)).or_default().push(one.code);
    }
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nLater than the last whole text of {through}, and so not in the figures above; `status CODE` says what is known of each:"
    )?;
    for (rule, of_rule) in rules {
        let codes: BTreeSet<Code> = of_rule.iter().copied().collect();
        let told = rule.told(codes.len());
        let noun = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            number => format!("{} {one}s", thousands(number)),
        };
        let what = match (rule.announced, codes.len() == of_rule.len()) {
            (true, _) => noun(codes.len(), "code"),
            _ => format!(
                "{} of {}",
                noun(of_rule.len(), "change"),
                noun(codes.len(), "code")
            ),
        };
        let codes: Vec<Code> = codes.into_iter().collect();
        writeln!(out, "{told}: {what} in {}", entries(&codes))?;
    }
    writeln!(
        out,
        "Titles and addresses of these rules are not known at hand."
    )?;
    if let Some([first, last]) = compared(list) {
        writeln!(
            out,
            "Entries were compared with later copies of parts of the text, the headings of each through {first} or a later day, up to {last}: `status CODE` says through which."
        )?;
    }
    Ok(())
}

/// The earliest and the latest day through which headings were compared with later copies.
fn compared(list: &ControlList) -> Option<[Date; 2]> {
    let items = list.items().iter();
    let entries: BTreeSet<Code> = items.map(|item| item.code().entry()).collect();
    let days = entries
        .iter()
        .filter_map(|entry| list.verified(*entry))
        .map(|verified| verified.heading);
    let days: BTreeSet<Date> = days.collect();
    Some([*days.first()?, *days.last()?])
}

/// Points to what is recorded after the last whole text, for an answer that ends before it.
pub fn point(list: &ControlList, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let changes = list.amendments().iter();
    let changes = changes.filter(|one| one.change != Change::Announced);
    let number = changes.count();
    let Some(through) = list.edition().through.filter(|_| number > 0) else {
        return Ok(());
    };
    Ok(writeln!(
        out,
        "\nAfter {through}, the day of the last whole text, {} changes are recorded: `changes {} {through} {through}` prints them by rule.",
        thousands(number),
        list.id()
    )?)
}

/// The amendments in an answer through a day: those after the last whole text, if it reaches there.
pub fn of_answer(list: &ControlList, to: Date) -> &[Amendment] {
    match list.edition().through {
        Some(through) if to >= through => list.amendments(),
        _ => &[],
    }
}

/// Writes the changes as rows, with what is recorded after the last whole text. The column
/// `measures` has a rule only if it is the one known since the edition before. If there are several,
/// or a rule is inferred, they are all in the column `perhaps`.
pub fn csv(
    changes: &Changes,
    history: &History,
    later: &[Amendment],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut own = Vec::new();
    changes.to_csv(history, &mut own)?;
    let mut reader = csv::Reader::from_reader(own.as_slice());
    let mut rows = csv::Writer::from_writer(&mut *out);
    rows.write_record(reader.headers()?)?;
    for row in reader.records() {
        let row = row?;
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        if let [.., measures, perhaps] = &mut cells[..]
            && (!perhaps.is_empty() || measures.contains(SEPARATOR))
        {
            let all = [std::mem::take(perhaps), std::mem::take(measures)];
            let all = all.into_iter().filter(|rules| !rules.is_empty());
            *perhaps = all.collect::<Vec<_>>().join(SEPARATOR);
        }
        rows.write_record(&cells)?;
    }
    for one in later {
        let name = format!("{}:{}", history.info().id(), one.code);
        let rule = one.rule.as_ref().map_or("", |rule| rule.as_str());
        let sure = !one.inferred && one.change != Change::Announced;
        let [measure, perhaps] = if sure { [rule, ""] } else { ["", rule] };
        let seen = one.first_seen.map(|day| day.to_string());
        let mut told = match one.in_force {
            Some(day) if one.change == Change::Announced => {
                format!("announced for {day}; {}", one.certainty)
            }
            Some(day) => format!("in force {day}; {}", one.certainty),
            None => one.certainty.to_string(),
        };
        if one.inferred {
            told += "; rule inferred";
        }
        if one.change == Change::Announced {
            told += "; assumed from the heading";
        }
        let [old, new] = match one.change {
            Change::Added => ["", name.as_str()],
            Change::Removed => [name.as_str(), ""],
            _ => [name.as_str(); 2],
        };
        let aspect = one.change.to_string();
        let seen = seen.unwrap_or_default();
        rows.write_record([
            "later",
            old,
            new,
            &aspect,
            "",
            &told,
            &*super::output::guarded(&one.title),
            &seen,
            measure,
            perhaps,
        ])?;
    }
    Ok(rows.flush()?)
}

/// The entries of some codes in order, each once.
pub fn entries(codes: &[Code]) -> String {
    let mut entries: Vec<String> = codes.iter().map(|code| code.entry().to_string()).collect();
    entries.dedup();
    entries.join(" ")
}

/// Says that no act behind a list is named, for a list that has neither notices nor a history.
pub fn no_act(list: &ControlList, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    if list.measures().next().is_none() && export_control::history(list.id().as_str()).is_none() {
        writeln!(
            out,
            "The data name no act that made or changed this text of {}.",
            list.id()
        )?;
    }
    Ok(())
}
