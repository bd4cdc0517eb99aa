//! Is it true that the US list covers over 3,000 items and China's about 900?
//!
//! `cargo run --release --example press_claim`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::{ControlList, Count, CountingRule, Scope};
use jiff::civil::Date;

mod common;
use common::{table, thousands};

/// Examines the figures said in public of the sizes of the two lists, under every rule and scope, on
/// the day each was said.
#[derive(Parser)]
#[command(
    name = "press_claim",
    after_help = common::help(&["press_claim", "press_claim --within 7"])
)]
pub struct Arguments {
    /// The distance that a count may have from a press figure, in percent, below 100.
    ///
    /// The default lies below half a step of a figure that is rounded to hundreds: 50 of 900 are
    /// 5.6%.
    #[arg(long, default_value_t = 5.0, value_name = "PERCENT", value_parser = percent)]
    within: f64,
}

/// A figure that somebody gave in public without a counting rule.
struct Claim {
    list: &'static str,
    /// Who said it.
    who: &'static str,
    /// The day on which it was said.
    said: Date,
    words: &'static str,
    figure: usize,
    bound: Bound,
}

/// The way in which the words of a claim bind its figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// "About": a count may lie on either side.
    About,
    /// "Over": a smaller count does not fit.
    Over,
    /// The figure is given to the last digit, so that only an equal count fits.
    Exact,
}

const MINISTRY: &str = "a spokesperson of China's Ministry of Commerce";

const CLAIMS: [Claim; 4] = [
    Claim {
        list: "us-ccl",
        who: MINISTRY,
        said: jiff::civil::date(2025, 10, 12),
        words: "over 3,000",
        figure: 3000,
        bound: Bound::Over,
    },
    Claim {
        list: "cn-dual-use",
        who: MINISTRY,
        said: jiff::civil::date(2025, 10, 12),
        words: "about 900",
        figure: 900,
        bound: Bound::About,
    },
    Claim {
        list: "cn-dual-use",
        who: MINISTRY,
        said: jiff::civil::date(2024, 11, 15),
        words: "about 700",
        figure: 700,
        bound: Bound::About,
    },
    Claim {
        list: "cn-dual-use",
        who: "the Central News Agency, of the catalogue for 2026",
        said: jiff::civil::date(2026, 1, 6),
        words: "1,005",
        figure: 1005,
        bound: Bound::Exact,
    },
];

impl Claim {
    /// Returns the distance of a number from the figure, in percent of the figure.
    fn off(&self, number: usize) -> f64 {
        (number as f64 / self.figure as f64 - 1.0) * 100.0
    }

    /// Returns `true` if a number fits the figure.
    fn fits(&self, number: usize, within: f64) -> bool {
        match self.bound {
            Bound::About => self.off(number).abs() <= within,
            Bound::Over => number >= self.figure && self.off(number) <= within,
            Bound::Exact => number == self.figure,
        }
    }
}

fn main() -> ExitCode {
    common::main(run)
}

/// The scopes in which somebody may have counted a list on a day, each with its name.
fn scopes(list: &ControlList, on: Date) -> [(&'static str, Scope); 4] {
    let in_force = Scope::default().on(on);
    let wider = in_force.clone().announced(true);
    // Suspended items are announced still, and may have been counted with the rest.
    let with_suspended = wider.clone().suspended(true);
    let items = |scope: &Scope| list.count(CountingRule::Items, scope).number();
    let (name, wider) = if items(&with_suspended) == items(&wider) {
        ("and announced", wider)
    } else {
        ("and announced or suspended", with_suspended)
    };
    [
        ("in force", in_force),
        (name, wider.clone()),
        ("and implied codes", wider.clone().implied(true)),
        ("and empty headings", wider.implied(true).empty(true)),
    ]
}

/// Examines the claims.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "What was said, and by which rule it holds within {}%",
        arguments.within
    )?;
    let mut fitting: Vec<Vec<Count>> = Vec::new();
    for claim in &CLAIMS {
        let list = export_control::list(claim.list)?;
        fitting.push(examine(claim, list, arguments.within, out)?);
    }
    conclude(&fitting, arguments.within, out)
}

/// Reads a distance in percent.
fn percent(text: &str) -> Result<f64, String> {
    let number: f64 = text
        .parse()
        .map_err(|_| format!("found {text:?}, expected a number of percent such as 5"))?;
    // A count of nothing is 100% off, so from there on every count fits.
    if (0.0..100.0).contains(&number) {
        Ok(number)
    } else {
        Err(format!(
            "found {text}, expected a percentage from 0 to below 100"
        ))
    }
}

/// Prints every rule and scope for a claim and returns the counts that come close to it.
fn examine(
    claim: &Claim,
    list: &ControlList,
    within: f64,
    out: &mut dyn Write,
) -> Result<Vec<Count>, Box<dyn Error>> {
    writeln!(
        out,
        "\n{}: {:?}, said on {} by {}\n  {}",
        list.info().name(),
        claim.words,
        claim.said,
        claim.who,
        list.edition().label
    )?;
    let scopes = scopes(list, claim.said);
    let mut rows = table(
        ["rule", scopes[0].0, scopes[1].0, scopes[2].0, scopes[3].0],
        &[1, 2, 3, 4],
    );
    let mut fitting = Vec::new();
    let mut reasons: Vec<String> = Vec::new();
    for rule in CountingRule::ALL {
        let mut cells = vec![rule.to_string()];
        for (_, scope) in &scopes {
            let count = list.count(rule, scope);
            cells.push(match count.result() {
                Ok(number) => {
                    let off = claim.off(number);
                    let fits = claim.fits(number, within);
                    let cell = format!(
                        "{} ({off:+.1}%){}",
                        thousands(number),
                        if fits { " *" } else { "  " }
                    );
                    if fits {
                        fitting.push(count);
                    }
                    cell
                }
                Err(why) => {
                    let reason = format!("– {rule}: {why}");
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                    "–".to_owned()
                }
            });
        }
        rows.add_row(cells);
    }
    let figure = thousands(claim.figure);
    if claim.bound == Bound::Exact {
        writeln!(
            out,
            "{rows}\n* {figure} to the last digit, as the figure was given"
        )?;
    } else {
        let from = match claim.bound {
            Bound::Over => " and not below it",
            _ => "",
        };
        writeln!(out, "{rows}\n* within {within}% of {figure}{from}")?;
    }
    for reason in reasons {
        writeln!(out, "{reason}")?;
    }
    Ok(fitting)
}

/// One sentence that can be quoted, with its rules, scopes and editions.
fn conclude(
    fitting: &[Vec<Count>],
    within: f64,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let [us, china, before, exact] = fitting else {
        return Err("expected four claims".into());
    };
    // One rule gives both figures if it fits both in the same scope.
    let both = us
        .iter()
        .flat_map(|a| china.iter().map(move |b| (a, b)))
        .find(|(a, b)| (a.rule(), a.scope()) == (b.rule(), b.scope()));
    writeln!(out, "\nConclusion")?;
    let (us_list, china_list) = (
        export_control::list(CLAIMS[0].list)?,
        export_control::list(CLAIMS[1].list)?,
    );
    match both {
        Some((a, b)) => writeln!(
            out,
            "  By {} ({}), {}, {} has {} and {} has {}: both figures hold within {within}%.",
            a.rule(),
            a.rule().meaning(),
            a.scope(),
            a.list(),
            shown(a),
            b.list(),
            shown(b)
        )?,
        None => writeln!(
            out,
            "  No single counting rule gives both figures within {within}%: {}, and {}.",
            fits(&CLAIMS[0], us, china_list),
            fits(&CLAIMS[1], china, us_list)
        )?,
    }
    closest(us_list, china_list, out)?;
    literally(us_list, china_list, within, out)?;
    if let Some(count) = nearest(&CLAIMS[2], before) {
        writeln!(
            out,
            "  On {}, {:?} fits China's list counted by {} as published that day: {}.",
            CLAIMS[2].said,
            CLAIMS[2].words,
            rules(count, before),
            shown(count)
        )?;
    }
    last_figure(&CLAIMS[3], exact, china_list, out)?;
    for list in [us_list, china_list] {
        writeln!(out, "  Edition of {}: {}.", list.id(), list.edition().label)?;
    }
    writeln!(out, "\nRules")?;
    for rule in CountingRule::ALL {
        writeln!(out, "  {:<16} {}", rule.to_string(), rule.meaning())?;
    }
    writeln!(
        out,
        "  An implied code has no row in the sources: the codes of its paragraphs contain it."
    )?;
    Ok(())
}

/// The counts of both lists by each rule in each scope of the claim's day, with their numbers.
fn by_one_rule<'a>(
    us: &'a ControlList,
    china: &'a ControlList,
) -> impl Iterator<Item = ([Count; 2], [usize; 2])> + 'a {
    scopes(china, CLAIMS[0].said)
        .into_iter()
        .flat_map(move |(_, scope)| {
            CountingRule::ALL.map(|rule| [us, china].map(|list| list.count(rule, &scope)))
        })
        .filter_map(|counts| {
            let numbers = [counts[0].number()?, counts[1].number()?];
            Some((counts, numbers))
        })
}

/// The rule and the scope of two counts, and both figures.
fn told([a, b]: &[Count; 2]) -> String {
    format!(
        "by {} ({}): {} for {} and {} for {}",
        a.rule(),
        b.scope(),
        shown(a),
        a.list(),
        shown(b),
        b.list()
    )
}

/// Writes by which rule the sentence holds word for word: "over" has no upper end.
fn literally(
    us: &ControlList,
    china: &ControlList,
    within: f64,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let holds = by_one_rule(us, china).filter_map(|(counts, [a, b])| {
        let off = CLAIMS[1].off(b).abs();
        (a > CLAIMS[0].figure && off <= within).then_some((off, counts))
    });
    match holds.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, counts)) => writeln!(
            out,
            "  Taken literally, any number above {} is \"over {0}\". In that sense both hold {}.",
            thousands(CLAIMS[0].figure),
            told(&counts)
        ),
        None => Ok(()),
    }
}

/// Writes how close a single rule, in one scope, comes to both figures of one day.
fn closest(us: &ControlList, china: &ControlList, out: &mut dyn Write) -> std::io::Result<()> {
    let closest = by_one_rule(us, china)
        .filter(|(_, [a, _])| CLAIMS[0].fits(*a, f64::INFINITY))
        .map(|(counts, [a, b])| (CLAIMS[0].off(a).abs().max(CLAIMS[1].off(b).abs()), counts))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    match closest {
        Some((off, counts)) => writeln!(
            out,
            "  A single rule comes closest to both {}, at most {off:.1}% off.",
            told(&counts)
        ),
        None => Ok(()),
    }
}

/// Writes the conclusion on a figure that was given to the last digit.
fn last_figure(
    claim: &Claim,
    fitting: &[Count],
    list: &ControlList,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    if let Some(count) = fitting.first() {
        return Ok(writeln!(
            out,
            "  On {}, {:?} is China's list counted by {} ({}).",
            claim.said,
            claim.words,
            rules(count, fitting),
            count.scope()
        )?);
    }
    let all: Vec<Count> = scopes(list, claim.said)
        .iter()
        .flat_map(|(_, scope)| CountingRule::ALL.map(|rule| list.count(rule, scope)))
        .collect();
    let nearest = nearest(claim, &all).map_or_else(String::new, |count| {
        format!(
            "; nearest is {} by {} ({})",
            shown(count),
            rules(count, &all),
            count.scope()
        )
    });
    Ok(writeln!(
        out,
        "  No rule or scope gives the {:?} of {} ({}){nearest}. The catalogue also has rows of other regimes, which this list does not hold.",
        claim.words, claim.said, claim.who
    )?)
}

/// "by provisions the US list has so many, as over 3,000 says, and China's so many".
fn fits(claim: &Claim, fitting: &[Count], other: &ControlList) -> String {
    match nearest(claim, fitting) {
        Some(count) => {
            let beside = other.count(count.rule(), count.scope());
            let rules = rules(count, fitting);
            format!(
                "{:?} fits {} counted by {rules} ({}: {}), where {} has {}",
                claim.words,
                count.list(),
                count.scope(),
                shown(count),
                other.id(),
                shown(&beside)
            )
        }
        None => format!(
            "no rule or scope gives {:?} for {}",
            claim.words, claim.list
        ),
    }
}

/// The count that comes nearest to a figure.
fn nearest<'a>(claim: &Claim, fitting: &'a [Count]) -> Option<&'a Count> {
    let off = |count: &Count| {
        count
            .number()
            .map_or(f64::INFINITY, |number| claim.off(number).abs())
    };
    fitting.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
}

/// Every rule that gives the same number in the same scope.
fn rules(count: &Count, fitting: &[Count]) -> String {
    let same = fitting
        .iter()
        .filter(|other| other.scope() == count.scope() && other.number() == count.number());
    same.map(|other| other.rule().to_string())
        .collect::<Vec<_>>()
        .join(" or ")
}

fn shown(count: &Count) -> String {
    match count.result() {
        Ok(number) => thousands(number),
        Err(why) => format!("no number ({why})"),
    }
}
