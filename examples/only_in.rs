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
    Comparison, ControlList, CountingRule, Crosswalk, Item, ItemState, Mapping, Relation, Side,
    Verdict,
};

mod common;
use common::{groups, overlaps, table, thousands};

/// Prints the items of a list that the other does not control, in groups that say why, or by reason
/// for control and by the measure that brought them. Items that nobody has looked at are apart.
#[derive(Parser)]
#[command(name = "only_in", after_help = common::help(&["only_in cn-dual-use", "only_in us-ccl"]))]
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
    /// Print why each item has no counterpart, by the judgment of it or of what is above it
    #[arg(long)]
    reasons: bool,
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
    writeln!(out, "{}", overlaps::headline(&overlap, Side::Left, rule)?)?;
    writeln!(
        out,
        "{}\n",
        overlaps::wrapped(&overlaps::not_compared(&[list, other]))
    )?;
    let only = overlap.units(Side::Left, rule, Verdict::OnlyHere)?;
    writeln!(
        out,
        "Only in {}: no counterpart in {} ({})",
        list.id(),
        other.id(),
        thousands(only.len())
    )?;
    if !arguments.reasons {
        writeln!(out, "--reasons prints why each has none.")?;
    }
    let mut sections: BTreeMap<(usize, String), Vec<&Item>> = BTreeMap::new();
    let groups = groups::groups(list);
    for item in only {
        let title = title(list, item);
        let of_item = groups::group(list, item);
        let place = groups.iter().position(|group| of_item == Some(*group));
        let (place, title) = match (place, of_item) {
            (Some(place), Some(group)) => (place, format!("{}: {}", group.name, group.definition)),
            _ => (groups.len(), title),
        };
        sections.entry((place, title)).or_default().push(item);
    }
    if !groups.is_empty() {
        let mut rows = table(["group", "number", "which means"], &[1]);
        for ((_, title), items) in &sections {
            let (name, definition) = title.split_once(": ").unwrap_or((title, ""));
            rows.add_row([name, &thousands(items.len()), definition]);
        }
        writeln!(out, "{rows}")?;
    }
    for ((_, title), items) in sections {
        writeln!(out, "\n{title} ({})", thousands(items.len()))?;
        let mut said = Vec::new();
        for item in items {
            print(item, [list, other], &crosswalk, &mut said, out)?;
            if arguments.reasons {
                writeln!(out, "  {:<14} {}", "", reason(item, &crosswalk))?;
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

/// Why an item has no counterpart: what the nearest judgment says of it or of an item above it.
fn reason(item: &Item, crosswalk: &Crosswalk) -> String {
    let mut at = Some(item.code());
    while let Some(code) = at {
        let none = |mapping: &&Mapping| mapping.right().is_none();
        if let Some(mapping) = crosswalk.of_left(code).find(none) {
            return mapping.reason.to_string();
        }
        at = code.parent();
    }
    "no judgment says why".to_owned()
}

/// The title of a section: the reasons for control, and the measure that brought the item.
fn title(list: &ControlList, item: &Item) -> String {
    let reasons: Vec<String> = list.reasons(item).iter().map(ToString::to_string).collect();
    let reasons = match reasons.is_empty() {
        true => "no reason recorded".to_owned(),
        false => format!("reason {}", reasons.join(", ")),
    };
    let measure = item.measure().map_or_else(
        || "the list itself".to_owned(),
        |id| common::notices::of_list(list, id),
    );
    format!("{reasons}; {measure}")
}

/// Prints an item, the counterparts that it had, were there anything in them, and the other lists
/// that the texts name, where they differ from those of the item before.
fn print(
    item: &Item,
    lists: [&ControlList; 2],
    crosswalk: &Crosswalk,
    said: &mut Vec<String>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let other = lists[1];
    writeln!(out, "  {:<14} {}", item.code().to_string(), item.title())?;
    let empty = |heading: &&Item| matches!(heading.state(), ItemState::Empty | ItemState::Reserved);
    let real = |mapping: &&Mapping| mapping.relation() != Some(Relation::Unrelated);
    for mapping in crosswalk.of_left(item.code()).filter(real) {
        let heading = mapping.right().and_then(|code| other.get(code));
        if let Some(heading) = heading.filter(empty) {
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
    // References of an entry are told once, and those of a judgment each time.
    let (references, judged) = overlaps::references(item, Side::Left, lists, crosswalk);
    if !references.is_empty() && (judged || references != *said) {
        writeln!(out, "  {:<14} {}", "", references.join("; "))?;
    }
    *said = references;
    Ok(())
}
