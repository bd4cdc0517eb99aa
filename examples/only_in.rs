//! What does one list control that the other does not?
//!
//! `cargo run --release --example only_in -- cn-dual-use`

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::compare::OverlapBasis;
use export_control::{
    Comparison, ControlList, CountingRule, Item, ItemState, Relation, Side, Verdict,
};

mod common;
use common::thousands;

/// What a list controls that the other does not, grouped by reason for control and by the measure
/// that brought it; what nobody has looked at stands apart.
#[derive(Parser)]
#[command(name = "only_in")]
pub struct Arguments {
    /// The list: the name of an embedded list, or a list file
    #[arg(default_value = "cn-dual-use")]
    list: String,
    /// The other list [default: the first that a crosswalk joins to the list]
    #[arg(long, value_name = "LIST")]
    against: Option<String>,
    /// An SSSOM file with the crosswalk of the two lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// With what is suspended
    #[arg(long)]
    suspended: bool,
    /// Take the recorded counterparts of the other list for all that it has
    #[arg(long)]
    complete: bool,
    /// Print every undecided item too
    #[arg(long)]
    undecided: bool,
}

fn main() -> ExitCode {
    common::main(run)
}

/// The embedded list to set beside another: the first that a crosswalk joins it to, if one does.
fn counterpart(list: &ControlList) -> Option<&'static ControlList> {
    let id = list.id().as_str();
    let others = || export_control::lists().filter(|other| other.id() != list.id());
    let joined =
        |other: &&ControlList| export_control::crosswalk(id, other.id().as_str()).is_some();
    others().find(joined).or_else(|| others().next())
}

/// Finds the items, and writes them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let list = common::list(&arguments.list)?;
    let other = match &arguments.against {
        Some(name) => common::list(name)?,
        None => counterpart(list).ok_or("there is no other list")?,
    };
    let comparison = Comparison::new(list, other);
    let scope = comparison.scope().clone().suspended(arguments.suspended);
    let crosswalk = common::needed_crosswalk(list, other, arguments.crosswalk.as_deref())?;
    let basis = if arguments.complete {
        OverlapBasis::default().complete(Side::Right)
    } else {
        OverlapBasis::default()
    };
    let overlap = comparison.within(scope).overlap(&crosswalk, basis)?;
    let rule = CountingRule::Provisions;
    writeln!(out, "{}", overlap.share(Side::Left, rule)?)?;
    writeln!(out, "basis: {}\n", overlap.basis())?;
    let only = overlap.units(Side::Left, rule, Verdict::OnlyHere)?;
    writeln!(
        out,
        "Only in {}: no counterpart in {} ({})",
        list.id(),
        other.id(),
        thousands(only.len())
    )?;
    let mut groups: BTreeMap<(String, String), Vec<&Item>> = BTreeMap::new();
    for item in only {
        let reasons: Vec<String> = list.reasons(item).iter().map(ToString::to_string).collect();
        let reasons = if reasons.is_empty() {
            "no reason recorded".to_owned()
        } else {
            format!("reason {}", reasons.join(", "))
        };
        let measure = item.measure().map_or_else(
            || "the list itself".to_owned(),
            |id| format!("measure {id}"),
        );
        groups.entry((reasons, measure)).or_default().push(item);
    }
    for ((reasons, measure), items) in groups {
        writeln!(out, "\n{reasons}; {measure} ({})", thousands(items.len()))?;
        for item in items {
            writeln!(out, "  {:<14} {}", item.code().to_string(), item.title())?;
            // The counterparts that it had, were there anything in them.
            for mapping in crosswalk
                .of_left(item.code())
                .filter(|mapping| mapping.relation() != Some(Relation::Unrelated))
            {
                let code = mapping.right();
                let empty = |heading: &&Item| {
                    matches!(heading.state(), ItemState::Empty | ItemState::Reserved)
                };
                if let Some(heading) = code.and_then(|code| other.get(code)).filter(empty) {
                    writeln!(
                        out,
                        "  {:<14} {} of {} holds nothing: {}",
                        "",
                        heading.code(),
                        other.id(),
                        mapping.reason
                    )?;
                }
            }
        }
    }
    let open = overlap.units(Side::Left, rule, Verdict::Undecided)?;
    writeln!(
        out,
        "\nUndecided: nobody has looked, or the crosswalk does not say which part is meant ({})",
        thousands(open.len())
    )?;
    if !open.is_empty() && !arguments.undecided {
        writeln!(
            out,
            "--undecided prints them; --complete takes the recorded counterparts for all that there are"
        )?;
    }
    if arguments.undecided {
        for item in open {
            writeln!(out, "  {:<14} {}", item.code().to_string(), item.title())?;
        }
    }
    Ok(())
}
