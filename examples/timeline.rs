//! How many items has a list had on each day, and which notices made the steps?
//!
//! `cargo run --release --example timeline -- --rule leaves --svg timeline.svg`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use comfy_table::CellAlignment;
use export_control::{Code, ControlList, CountingRule, History, Scope, Status, Unavailable};
use jiff::civil::Date;

mod common;
use common::causes;
use common::notices;
use common::past::past;
use common::picture::Picture;
use common::{table, thousands};
#[path = "timeline/drawing.rs"]
mod drawing;

/// Prints the number of a list's items from step to step, with the notices behind each, as a table
/// and as a chart.
///
/// Before an embedded edition, the list's history answers if it has one.
#[derive(Parser)]
#[command(
    name = "timeline",
    after_help = common::help(&["timeline --rule provisions --svg timeline.svg", "timeline us-ccl --from 2022-01-01"])
)]
pub struct Arguments {
    /// The list
    #[arg(default_value = "cn-dual-use")]
    list: String,
    /// The counting rules, the first of which is drawn: entries, items, leaves, provisions,
    /// depth-0 …, catalogue-rows
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "leaves,entries,items",
        value_name = "RULES"
    )]
    rule: Vec<CountingRule>,
    /// The first day
    #[arg(long, value_name = "DATE", default_value = "2024-11-01", value_parser = common::day)]
    from: Date,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    common::main(run)
}

/// A day on which something changes, why, and what is counted from it on.
struct Step {
    date: Date,
    /// Set if the step is somewhere in the year of the date, on a day that is not at hand.
    in_year: bool,
    cause: String,
    /// The same for the chart, where room is short.
    brief: String,
    /// For each rule the items in force, or why there is no number.
    in_force: Vec<Result<usize, No>>,
    /// For each rule the items in force with everything that the sources do not cover.
    at_most: Vec<Option<usize>>,
    /// By the first rule, what was published and had not begun, and what was suspended.
    announced: Result<usize, No>,
    suspended: Result<usize, No>,
}

/// Why there is no number.
#[derive(Clone, PartialEq, Eq)]
enum No {
    /// A count says why.
    Unavailable(Unavailable),
    /// In words.
    Told(String),
}

impl No {
    /// Nothing is recorded of what is announced and suspended.
    fn records(list: &ControlList) -> No {
        No::Told(format!(
            "the data record no announcements and no suspensions of {}, so that their numbers are not known",
            list.id()
        ))
    }
}

impl Step {
    /// The day of the step, or the year if no more is known.
    fn day(&self) -> String {
        match self.in_year {
            true => format!("in {}", self.date.year()),
            false => self.date.to_string(),
        }
    }
}

/// Prints the steps and draws them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.picture.create()?;
    let list = common::list(&arguments.list)?;
    let Some(drawn) = arguments.rule.first().copied() else {
        return Err("expected at least one counting rule".into());
    };
    for rule in &arguments.rule {
        common::check_rule(list, *rule)?;
    }
    let mut steps = past_steps(list, arguments)?;
    steps.extend(self::steps(list, arguments));
    if steps.is_empty() {
        return Err(format!(
            "found the first day {}, expected one on or before the last on which {} changes, {}",
            arguments.from,
            list.id(),
            last_day(list)?
        )
        .into());
    }
    if let Some(file) = chart_file {
        file.finish(&drawing::chart(list, drawn, &steps)?)?;
        for path in arguments.picture.svg.iter().chain(&arguments.picture.png) {
            writeln!(out, "chart: {}", path.display())?;
        }
    }
    writeln!(
        out,
        "{}: items in force\n  {}",
        list.info().name(),
        list.edition().label
    )?;
    let mut headers: Vec<String> = vec!["from".into(), "because".into()];
    headers.extend(arguments.rule.iter().map(ToString::to_string));
    headers.extend([format!("{drawn} announced"), format!("{drawn} suspended")]);
    let mut rows = table([""; 0], &[]);
    let numeric = 2..headers.len();
    rows.set_header(headers);
    numeric.for_each(|column| {
        if let Some(column) = rows.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right)
        }
    });
    let mut reasons: Vec<(Vec<CountingRule>, String)> = Vec::new();
    for step in &steps {
        let mut cells = vec![step.day(), step.cause.clone()];
        let numbers = step.in_force.iter();
        for (at, number) in numbers
            .chain([&step.announced, &step.suspended])
            .enumerate()
        {
            let at_most = step.at_most.get(at).copied().flatten();
            cells.push(match number {
                Ok(number) => span(*number, at_most),
                Err(_) => "–".to_owned(),
            });
            let Err(why) = number else { continue };
            let (rule, why) = match (step.in_year, why) {
                (true, _) => (None, format!("announced or not: {}", step.cause)),
                (_, No::Told(why)) => (None, why.clone()),
                (_, No::Unavailable(why)) => {
                    let rule = arguments.rule.get(at).copied().unwrap_or(drawn);
                    (Some(rule), reason(why))
                }
            };
            let at = reasons.iter().position(|(_, other)| *other == why);
            let at = at.unwrap_or_else(|| {
                reasons.push((Vec::new(), why));
                reasons.len() - 1
            });
            let rule = rule.filter(|rule| !reasons[at].0.contains(rule));
            reasons[at].0.extend(rule);
        }
        rows.add_row(cells);
    }
    writeln!(out, "{rows}")?;
    for (rules, reason) in reasons {
        let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
        let reason = match rules.is_empty() {
            true => format!("– {reason}"),
            false => format!("– {}: {reason}", rules.join(" and ")),
        };
        writeln!(out, "{}", common::overlaps::wrapped(&reason))?;
    }
    if past(list).is_some() {
        writeln!(
            out,
            "Two numbers are a minimum and a maximum: the sources of that day do not cover every code. By day: {}.",
            notices::RULES
        )?;
    }
    common::later::no_act(list, out)?;
    writeln!(
        out,
        "Counted are the codes of this list; what earlier lists and notices controlled under other numbers is not in it."
    )?;
    common::later::print(list, out)
}

/// Returns the reason for a number that is not known, with commas between thousands.
fn reason(why: &Unavailable) -> String {
    let (Unavailable::UnknownStatus { items, .. } | Unavailable::UnknownPublication { items, .. }) =
        why
    else {
        return why.to_string();
    };
    let (plain, grouped) = (format!(" {items} of the scope"), thousands(*items));
    why.to_string()
        .replacen(&plain, &format!(" {grouped} of the scope"), 1)
}

/// The last day on which a list changes.
fn last_day(list: &ControlList) -> Result<Date, Box<dyn Error>> {
    let days = causes::of_list(list).into_iter().map(|cause| cause.date);
    days.max()
        .ok_or_else(|| format!("nothing of {} has a day", list.id()).into())
}

/// The steps before the edition, by the list's history if it has one.
fn past_steps(list: &ControlList, arguments: &Arguments) -> Result<Vec<Step>, Box<dyn Error>> {
    let (Some(history), Some(edition)) = (past(list), list.edition().from) else {
        return Ok(Vec::new());
    };
    let sizes = arguments.rule.iter().map(|rule| history.growth(*rule));
    let sizes = sizes.collect::<Result<Vec<_>, _>>()?;
    let none = || Err(No::records(list));
    // The edition of the first day is asked for too, which may have begun before it.
    let editions = history.versions();
    let first = editions
        .iter()
        .rfind(|first| **first <= arguments.from)
        .copied();
    let mut steps: Vec<Step> = Vec::new();
    for (at, date) in history.versions().iter().enumerate() {
        if first.is_some_and(|first| *date < first) || *date >= edition {
            continue;
        }
        let before = *date < arguments.from;
        let here = || sizes.iter().map(|sizes| &sizes[at]);
        let in_force = here().map(|size| {
            let number = size.known.result();
            number.map_err(|why| No::Unavailable(why.clone()))
        });
        let step = Step {
            date: if before { arguments.from } else { *date },
            in_year: false,
            cause: match before {
                true => format!("as since {date}"),
                false => past_cause(history, *date),
            },
            brief: match before {
                true => String::new(),
                false => brief(history, at, *date),
            },
            in_force: in_force.collect(),
            at_most: here().map(|size| size.at_most.number()).collect(),
            announced: none(),
            suspended: none(),
        };
        let same = steps
            .last()
            .is_some_and(|last| (&last.in_force, &last.at_most) == (&step.in_force, &step.at_most));
        if !same {
            steps.push(step);
        }
    }
    Ok(steps)
}

/// Returns the chart's words on an edition of the history. Most have none, as there are too many.
fn brief(history: &History, at: usize, date: Date) -> String {
    let open = |date: Date| {
        history
            .at(date)
            .is_ok_and(|then| !then.not_covered.is_empty())
    };
    let complete = date.yesterday().is_ok_and(open) && !open(date);
    if complete {
        "the sources become complete; not growth".to_owned()
    } else if at == 0 {
        "the history begins".to_owned()
    } else {
        String::new()
    }
}

/// The rules that may be behind the edition of a day, and what the sources newly cover in it.
fn past_cause(history: &History, date: Date) -> String {
    let mut causes = Vec::new();
    let rules = notices::rules(history, date);
    if !rules.is_empty() {
        causes.push(rules.as_str());
    }
    let holes = |date: Date| history.at(date).map(|then| then.not_covered.len()).ok();
    let before = date.yesterday().ok().and_then(holes);
    let covers = before.filter(|before| holes(date).is_some_and(|here| here < *before));
    if covers.is_some() {
        causes.push("the sources cover more codes: that is not growth");
    }
    causes.join("; ")
}

/// The days from the first on which the list's items change, each with its numbers. If the list
/// changed before the first day, that day has what was so on it.
fn steps(list: &ControlList, arguments: &Arguments) -> Vec<Step> {
    let causes = causes::of_list(list);
    let from = arguments.from;
    let begun = causes.iter().rfind(|cause| cause.date < from);
    let begun = begun.filter(|_| {
        causes.iter().all(|cause| cause.date != from) && causes.iter().any(|one| one.date > from)
    });
    let begun = begun.map(|cause| causes::Cause {
        date: from,
        in_year: false,
        long: match cause.in_year {
            true => format!("as since some day in {}", cause.date.year()),
            false => format!("as since {}", cause.date),
        },
        brief: String::new(),
    });
    let after = causes.into_iter().filter(|cause| cause.date >= from);
    let chosen = begun.into_iter().chain(after);
    chosen.map(|cause| step(list, arguments, cause)).collect()
}

fn step(list: &ControlList, arguments: &Arguments, cause: causes::Cause) -> Step {
    let scope = Scope::default().on(cause.date);
    let number = |rule: &CountingRule, scope: &Scope| {
        let count = list.count(*rule, scope);
        count.result().map_err(|why| No::Unavailable(why.clone()))
    };
    let first = &arguments.rule[0];
    // A list without notices has no record of what was announced or suspended.
    let recorded = list.measures().next().is_some();
    let beyond = |wider: &Scope, here: &Scope| match recorded {
        true => Ok(number(first, wider)? - number(first, here)?),
        false => Err(No::records(list)),
    };
    let suspended = beyond(&scope.clone().suspended(true), &scope);
    let suspended = suspended.or_else(|why| {
        // Suspensions are recorded past the last day of the sources: the same items, the same number.
        let last = list.edition().through.filter(|last| *last < cause.date);
        let last = last.filter(|last| {
            let then = suspended_on(list, *last);
            !then.is_empty() && then == suspended_on(list, cause.date)
        });
        let last = Scope::default().on(last.ok_or(why)?);
        beyond(&last.clone().suspended(true), &last)
    });
    let in_force = arguments.rule.iter().map(|rule| number(rule, &scope));
    Step {
        date: cause.date,
        in_year: cause.in_year,
        cause: cause.long,
        brief: cause.brief,
        in_force: in_force.collect(),
        at_most: Vec::new(),
        announced: beyond(&scope.clone().announced(true), &scope),
        suspended,
    }
}

/// The items that are suspended on a day.
fn suspended_on(list: &ControlList, day: Date) -> Vec<Code> {
    let items = list.items().iter().filter(|item| {
        item.is_live() && matches!(list.status(item, Some(day)), Status::Suspended { .. })
    });
    items.map(|item| item.code()).collect()
}

/// Writes a number, or the least and the most that it can be.
fn span(number: usize, at_most: Option<usize>) -> String {
    match at_most {
        Some(most) if most > number => format!("{} to {}", thousands(number), thousands(most)),
        _ => thousands(number),
    }
}
