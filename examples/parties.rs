//! How many Chinese firms are on the Entity List, and by which rule?
//!
//! `cargo run --release --example parties`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::Status;
use export_control::party::{
    self, Country, EntryKind, PUBLISHED_COUNTS_SOURCE, PartyCount, PartyList, PartyRule,
    PartyScope, published_counts,
};
use jiff::civil::Date;

mod common;
use common::output::Csv;
use common::{Format, notices};

/// Prints the sizes of lists of parties under every counting rule, by country, with the figures of
/// the press beside the rule that comes nearest.
#[derive(Parser)]
#[command(name = "parties")]
pub struct Arguments {
    /// The lists: names of embedded lists, or files (FILE#NAME where a file has several); every
    /// embedded list if none is named
    lists: Vec<String>,
    /// On this day; without it on the last day of each edition
    #[arg(long, alias = "on", value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
    /// Count what is suspended too
    #[arg(long)]
    suspended: bool,
    /// The number of country headings to print
    #[arg(long, default_value_t = 10)]
    headings: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the sizes.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let lists: Vec<&PartyList> = match arguments.lists.as_slice() {
        [] => party::lists().collect(),
        names => names
            .iter()
            .map(|name| common::parties(name))
            .collect::<Result<_, _>>()?,
    };
    let scopes = scopes(arguments);
    let counts: Vec<(&str, PartyCount)> = lists
        .iter()
        .flat_map(|list| {
            let of_rule = |rule: PartyRule| {
                scopes
                    .iter()
                    .map(move |(name, scope)| (*name, list.count(rule, scope)))
            };
            PartyRule::ALL
                .into_iter()
                .flat_map(of_rule)
                .collect::<Vec<_>>()
        })
        .collect();
    match arguments.format {
        Format::Text => {
            columns(&lists, out)?;
            for list in &lists {
                sizes(list, &counts, out)?;
                suspended(list, arguments.as_of, out)?;
                writeln!(out)?;
                if arguments.as_of.is_none() {
                    by_heading(list, arguments, out)?;
                }
            }
            if arguments.lists.is_empty() {
                elsewhere(out)?;
            }
            // The figures of the press and the sentence are of the edition's last day.
            if arguments.as_of.is_none() {
                press(&lists, out)?;
            }
            Ok(())
        }
        Format::Csv => rows(&counts, out),
        Format::Json => {
            let counts: Vec<&PartyCount> = counts.iter().map(|(_, count)| count).collect();
            serde_json::to_writer_pretty(&mut *out, &counts)?;
            Ok(writeln!(out)?)
        }
    }
}

/// The scopes that are shown, each with a short name.
fn scopes(arguments: &Arguments) -> Vec<(&'static str, PartyScope)> {
    let mut base = PartyScope::default().suspended(arguments.suspended);
    if let Some(day) = arguments.as_of {
        base = base.on(day);
    }
    let regions = [Country::HONG_KONG, Country::MACAU];
    vec![
        ("all", base.clone()),
        ("under China", base.clone().under([Country::CHINA])),
        (
            "without HK, MO",
            base.clone().under([Country::CHINA]).leave_out(regions),
        ),
        ("at CN", base.clone().at_address_in([Country::CHINA])),
        ("at CN, HK, MO", base.at_address_in(Country::GREATER_CHINA)),
    ]
}

/// A table of a list's sizes, and why there are none.
fn sizes(
    list: &PartyList,
    counts: &[(&str, PartyCount)],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let title = [
        "rule",
        "all",
        "under China",
        "without HK, MO",
        "at CN",
        "at CN, HK, MO",
        "what it counts",
    ];
    let mut table = common::table(title, &[1, 2, 3, 4, 5]);
    let mut reasons: Vec<String> = Vec::new();
    for rule in PartyRule::ALL {
        let of_rule = counts
            .iter()
            .filter(|(_, count)| count.list() == list.id() && count.rule() == rule);
        let mut row = vec![rule.to_string()];
        for (name, count) in of_rule {
            row.push(count.number().map_or("–".to_owned(), common::thousands));
            if let Err(why) = count.result()
                && *name == "all"
            {
                reasons.push(format!("– {rule}: {why}"));
            }
        }
        row.push(rule.meaning().to_owned());
        table.add_row(row);
    }
    writeln!(
        out,
        "{} ({}) [{}]",
        list.info().name,
        list.id(),
        list.edition().label
    )?;
    writeln!(out, "{table}")?;
    for reason in reasons {
        writeln!(out, "{reason}")?;
    }
    let mut kinds: Vec<String> = Vec::new();
    for kind in EntryKind::ALL {
        let scope = PartyScope::default().kinds([kind]);
        if let Some(number) = list
            .within(&scope)
            .ok()
            .map(|set| set.len())
            .filter(|n| *n > 0)
        {
            kinds.push(format!("{} {kind}", common::thousands(number)));
        }
    }
    writeln!(out, "entries at hand by kind: {}", kinds.join(", "))?;
    if let Some(last) = list.last_day() {
        for stay in list.stays() {
            writeln!(
                out,
                "{} (stayed by {}): on {last} {}{}",
                stay.provision,
                notices::of_parties(list, &stay.by.number),
                stay.status(last),
                common::passed(stay.status(last))
            )?;
        }
    }
    Ok(())
}

/// The meaning of the columns by country, once.
fn columns(lists: &[&PartyList], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let entity_list = |list: &&PartyList| list.id().as_str() == "us-entity-list";
    let rows = published_counts()
        .into_iter()
        .find(|count| count.list == "EL" && lists.iter().any(entity_list));
    let counterpart = rows.map_or_else(String::new, |count| {
        format!(
            " Its counterpart for the Entity List: {} rows of the screening list.",
            common::thousands(count.greater_china)
        )
    });
    let line = format!(
        "\"Under China\" goes by the list's heading, \"at CN, HK, MO\" by an address in mainland China, Hong Kong or Macau.{counterpart}"
    );
    Ok(writeln!(out, "{}\n", common::overlaps::wrapped(&line))?)
}

/// The notices whose parties are suspended, each with the last day of it.
fn suspended(
    list: &PartyList,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let Some(on) = on.or(list.last_day()) else {
        return Ok(());
    };
    for notice in list.notices() {
        let status = notice.status(on, list.last_day());
        if !matches!(status, Status::Suspended { .. }) {
            continue;
        }
        let line = format!(
            "{} parties of {}: on {on} {status}{}{}",
            notice.numbered,
            notices::of_parties(list, &notice.id),
            common::passed(status),
            notices::trackers(notice)
        );
        writeln!(out, "{}", common::overlaps::wrapped(&line))?;
    }
    Ok(())
}

/// The country headings with the most entries.
fn by_heading(
    list: &PartyList,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let headings = list.headings();
    if headings.len() < 2 || arguments.headings == 0 {
        return Ok(());
    }
    let mut rows: Vec<(&str, usize, usize)> = headings
        .iter()
        .map(|heading| {
            let set = list.select(|entry| entry.heading.as_deref() == Some(heading));
            (*heading, set.len(), set.count(PartyRule::Parties))
        })
        .collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut table = common::table(["heading", "entries", "parties"], &[1, 2]);
    for (heading, entries, parties) in rows.iter().take(arguments.headings) {
        let numbers = [common::thousands(*entries), common::thousands(*parties)];
        table.add_row([*heading, &numbers[0], &numbers[1]]);
    }
    let shown = rows.len().min(arguments.headings);
    writeln!(out, "{shown} of {} headings:\n{table}\n", rows.len())?;
    Ok(())
}

/// The sizes of lists that are not embedded.
fn elsewhere(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let title = ["list", "kind", "entries", "at CN", "at HK", "at CN, HK, MO"];
    let mut table = common::table(title, &[2, 3, 4, 5]);
    for count in published_counts() {
        let [china, hong_kong] = count.at.map(|(_, number)| common::thousands(number));
        table.add_row([
            count.list.to_owned(),
            count.kind.map(|kind| kind.to_string()).unwrap_or_default(),
            common::thousands(count.entries),
            china,
            hong_kong,
            common::thousands(count.greater_china),
        ]);
    }
    writeln!(
        out,
        "Not embedded; sizes by the {PUBLISHED_COUNTS_SOURCE}:\n{table}\n"
    )?;
    Ok(())
}

/// Figures in public for Chinese parties on the Entity List: the words, the number, who and when.
const PRESS: [(&str, usize, &str); 6] = [
    (
        "\"about 600\"",
        600,
        "press, citing the bureau; outlet and day not known at hand",
    ),
    ("603", 603, "CNAS, a think tank, 2023-03-02"),
    (
        "\"about 700\"",
        700,
        "press, 2023-10-30; outlet not known at hand",
    ),
    (
        "\"over 1,000\"",
        1000,
        "press, September 2025; outlet not known at hand",
    ),
    (
        "1,106",
        1106,
        "the regulation's entries, 2026-07-23 (eCFR, 15 CFR Part 744)",
    ),
    (
        "1,191",
        1191,
        "rows of the screening list, 2026-07-31 (US Consolidated Screening List)",
    ),
];

/// The figures of the press beside the rule that comes nearest, and the sentence to quote.
fn press(lists: &[&PartyList], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(list) = lists
        .iter()
        .find(|list| list.id().as_str() == "us-entity-list")
    else {
        return Ok(());
    };
    let candidates = candidates(list);
    let mut table = common::table(["figure", "source", "nearest", "rule"], &[2]);
    for (words, figure, source) in PRESS {
        let nearest = candidates
            .iter()
            .filter(|(number, _)| !words.contains("over") || *number >= figure)
            .min_by_key(|(number, _)| number.abs_diff(figure));
        if let Some((number, rule)) = nearest {
            table.add_row([words, source, &common::thousands(*number), rule]);
        }
    }
    writeln!(
        out,
        "Chinese parties on the Entity List, as the press counts them:\n{table}"
    )?;
    let china = PartyScope::default().under([Country::CHINA]);
    let number = |rule| {
        list.count(rule, &china)
            .number()
            .map_or("–".to_owned(), common::thousands)
    };
    let parties = number(PartyRule::Parties);
    let age = list.last_day().map_or_else(String::new, common::ago);
    writeln!(
        out,
        "\nTo quote: {parties} Chinese parties were on the US Entity List [{}{age}]. Counted are the\n\
         names under the heading of China, Hong Kong included, each once, without units and addresses.\n\
         The regulation prints {} entries for them.",
        list.edition().label,
        number(PartyRule::Entries)
    )?;
    Ok(())
}

/// Every count of Chinese parties that a rule gives, the simplest first.
fn candidates(list: &PartyList) -> Vec<(usize, String)> {
    let regions = [Country::HONG_KONG, Country::MACAU];
    let china = PartyScope::default().under([Country::CHINA]);
    let scopes = [
        ("under China's heading", china.clone()),
        (
            "under China's heading, not in HK or MO alone",
            china.clone().leave_out(regions),
        ),
        (
            "with an address in CN",
            PartyScope::default().at_address_in([Country::CHINA]),
        ),
        (
            "with an address in CN, HK or MO",
            PartyScope::default().at_address_in(Country::GREATER_CHINA),
        ),
    ];
    let rules = [
        PartyRule::Entries,
        PartyRule::Parties,
        PartyRule::PartiesWithUnits,
    ];
    let mut found = Vec::new();
    for rule in rules {
        for (name, scope) in &scopes {
            let number = list.count(rule, scope).number();
            found.extend(number.map(|number| (number, format!("{rule} {name}"))));
        }
    }
    // The list on an earlier day is not at hand: what was listed by then and still is.
    for day in ["2023-03-02", "2023-10-30", "2025-09-30"] {
        let Some(day) = day.parse::<Date>().ok() else {
            continue;
        };
        let still = list.select(|entry| {
            let listed = entry.designation.as_ref().and_then(|by| by.date);
            listed.is_some_and(|listed| listed <= day)
                && entry.heading_country() == Some(Country::CHINA)
        });
        let words = format!("entries under China's heading listed by {day} and still on it");
        found.push((still.len(), words));
    }
    for count in published_counts()
        .into_iter()
        .filter(|count| count.list == "EL")
    {
        let words = "rows of the screening list with an address in CN, HK or MO".to_owned();
        found.push((count.greater_china, words));
    }
    found
}

/// One row a count.
fn rows(counts: &[(&str, PartyCount)], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut csv = Csv::new(
        out,
        ["list", "edition", "rule", "scope", "number", "unavailable"],
    )?;
    for (name, count) in counts {
        csv.row([
            count.list().to_string(),
            count.edition().label.clone(),
            count.rule().to_string(),
            (*name).to_owned(),
            count
                .number()
                .map(|number| number.to_string())
                .unwrap_or_default(),
            count
                .result()
                .err()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ])?;
    }
    csv.finish()
}
