//! What two lists share, in sentences and tables that several examples print.

use comfy_table::Table;
use export_control::crosswalk::MappingDifference;
use export_control::list::Authority;
use export_control::{
    Code, ControlList, CountingRule, Crosswalk, Item, Overlap, Side, Unavailable, Verdict,
};

use super::{table, thousands};

/// A list of an overlap.
pub fn list_of<'a>(overlap: &Overlap<'a>, side: Side) -> &'a ControlList {
    match side {
        Side::Left => overlap.comparison().left(),
        Side::Right => overlap.comparison().right(),
    }
}

fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".to_owned(),
        _ => format!("{:.1}%", part as f64 * 100.0 / whole as f64),
    }
}

/// The part of one list that the other catches, with the rule, the scope, the basis and both editions:
/// sentences that can be quoted.
pub fn headline(
    overlap: &Overlap<'_>,
    side: Side,
    rule: CountingRule,
) -> Result<String, Unavailable> {
    let lines = sentences(overlap, side, rule)?;
    Ok(lines.map(|line| wrapped(&line)).join("\n"))
}

/// The sentence that can be quoted, what it rests on, and the editions of both lists.
pub fn sentences(
    overlap: &Overlap<'_>,
    side: Side,
    rule: CountingRule,
) -> Result<[String; 4], Unavailable> {
    let share = overlap.share(side, rule)?;
    let (here, there) = (list_of(overlap, side), list_of(overlap, side.other()));
    let part = |verdict| {
        let number = share.number(verdict);
        (thousands(number), percent(number, share.total()))
    };
    let (wholly, wholly_percent) = part(Verdict::Shared);
    let (in_part, in_part_percent) = part(Verdict::SharedInPart);
    let (none, none_percent) = part(Verdict::OnlyHere);
    let undecided = match share.number(Verdict::Undecided) {
        0 => String::new(),
        number => format!(" {} are undecided.", thousands(number)),
    };
    let sentence = format!(
        "Of {} {rule} of {}, {} catches {wholly} wholly ({wholly_percent}) and {in_part} in part ({in_part_percent}); for {none} ({none_percent}) no counterpart is recorded.{undecided}",
        thousands(share.total()),
        here.id(),
        there.id(),
    );
    let edition = |list: &ControlList| format!("  {}: {}", list.id(), list.edition().label);
    let basis = format!("  {}; {}", share.scope(), share.basis());
    Ok([sentence, basis, edition(here), edition(there)])
}

/// A text in lines that a terminal shows without wrapping; further lines are indented.
pub fn wrapped(text: &str) -> String {
    const WIDTH: usize = 118;
    let indent = text.len() - text.trim_start().len();
    let mut lines = vec![" ".repeat(indent)];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| {
            line.trim().is_empty() || line.chars().count() + word.chars().count() < WIDTH
        });
        match line {
            Some(line) if line.trim().is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push("  ".to_owned() + word),
        }
    }
    lines.join("\n")
}

/// The meanings of the kinds of differences, for a reader of a table.
const MEANINGS: [(&str, &str); 9] = [
    (
        "limit",
        "a figure is wider here, or only the other list has one",
    ),
    (
        "purpose",
        "the other list requires an end use or a design intent",
    ),
    ("exclusion", "a note of the other list leaves something out"),
    ("material", "the other list requires a material"),
    ("form", "the other list requires a form or an equipment"),
    ("parts", "parts and accessories only here"),
    ("scope", "software or technology for other things or phases"),
    ("members", "more is listed here"),
    (
        "not-stated",
        "a text at hand does not state what would decide",
    ),
];

/// The items shared in part, by the kinds of differences: numbers of both lists and their shares of
/// what is shared in part.
pub fn differences(overlap: &Overlap<'_>, rule: CountingRule) -> Result<Table, Unavailable> {
    let heads = difference_heads(overlap);
    let mut rows = table(heads.each_ref().map(String::as_str), &[1, 2, 3, 4]);
    rows.add_rows(difference_rows(overlap, rule)?);
    Ok(rows)
}

/// The columns of [`differences`].
pub fn difference_heads(overlap: &Overlap<'_>) -> [String; 6] {
    let [left, right] = Side::BOTH.map(|side| list_of(overlap, side).id().to_string());
    let [by, share, means] = ["by", "of its parts", "which means"].map(str::to_owned);
    [by, left, share.clone(), right, share, means]
}

/// The rows of [`differences`].
pub fn difference_rows(
    overlap: &Overlap<'_>,
    rule: CountingRule,
) -> Result<Vec<[String; 6]>, Unavailable> {
    let mut rows = Vec::new();
    let parts = [
        overlap.by_difference(Side::Left, rule)?,
        overlap.by_difference(Side::Right, rule)?,
    ];
    let wholes = [
        overlap
            .share(Side::Left, rule)?
            .number(Verdict::SharedInPart),
        overlap
            .share(Side::Right, rule)?
            .number(Verdict::SharedInPart),
    ];
    let kinds = MappingDifference::KINDS.into_iter().map(Some);
    for kind in kinds.chain([None]) {
        let numbers =
            [0, 1].map(|side: usize| parts[side].get(&kind).map_or(0, |share| share.total()));
        if kind.is_none() && numbers == [0, 0] {
            continue;
        }
        let meaning = MEANINGS.iter().find(|(name, _)| Some(*name) == kind);
        rows.push([
            kind.unwrap_or("not recorded").to_owned(),
            thousands(numbers[0]),
            percent(numbers[0], wholes[0]),
            thousands(numbers[1]),
            percent(numbers[1], wholes[1]),
            meaning
                .map_or("no difference is recorded", |(_, words)| words)
                .to_owned(),
        ]);
    }
    Ok(rows)
}

/// The title of [`differences`].
pub fn differences_title(rule: CountingRule) -> String {
    format!(
        "In part, by how the item goes beyond its closest counterpart ({rule}; several kinds can apply to one):"
    )
}

/// Which lists and agencies of the same countries are not compared.
pub fn not_compared(lists: &[&ControlList]) -> String {
    let known: Vec<Authority> = lists.iter().flat_map(|list| authorities(list)).collect();
    if known.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = known.iter().map(|authority| authority.meaning()).collect();
    format!(
        "Not compared: {}. What is on one list only can be controlled elsewhere by one of these.",
        names.join("; ")
    )
}

/// The other authorities of a list's country.
fn authorities(list: &ControlList) -> Vec<Authority> {
    match list.id().as_str() {
        "us-ccl" => vec![Authority::Usml, Authority::Nrc, Authority::Doe],
        "cn-dual-use" => vec![
            Authority::ChinaMilitary,
            Authority::ChinaNuclear,
            Authority::ChinaChemicals,
        ],
        "eu-annex-i" => vec![Authority::EuMilitary],
        _ => Vec::new(),
    }
}

/// The references of a list's text to other lists beside an item or its entry.
fn named(list: &ControlList, code: Code) -> Vec<String> {
    let own = |code| list.get(code).map(|item| &item.particulars().elsewhere);
    let found = own(code).filter(|found| !found.is_empty());
    let found = found.or_else(|| own(code.entry()));
    found
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect()
}

/// The references of both lists' texts to other lists that control such things: the item's own list, and the
/// items of the other list that its judgment names. Whether the judgment names some is told too.
pub fn references(
    item: &Item,
    side: Side,
    lists: [&ControlList; 2],
    crosswalk: &Crosswalk,
) -> (Vec<String>, bool) {
    let (here, there) = (lists[side as usize], lists[side.other() as usize]);
    let own = match item.particulars().elsewhere.is_empty() {
        true => item.code().entry(),
        false => item.code(),
    };
    let judged = crosswalk.of(side, item.code());
    let seen: Vec<Code> = judged.flat_map(|mapping| mapping.see.clone()).collect();
    let places = std::iter::once((here, own)).chain(seen.iter().map(|code| (there, *code)));
    let lines = places.filter_map(|(list, code)| {
        let named = named(list, code);
        (!named.is_empty()).then(|| format!("{} {code} refers to {}", list.id(), named.join(", ")))
    });
    (lines.collect(), !seen.is_empty())
}

/// A difference in words that name the lists.
pub fn describe(difference: &MappingDifference, lists: [&ControlList; 2]) -> String {
    let id = |side: Side| lists[side as usize].id();
    match difference {
        MappingDifference::Limit {
            property,
            left,
            right,
            ..
        } => format!(
            "limit on {property}: {} {left}, {} {right}",
            lists[0].id(),
            lists[1].id()
        ),
        MappingDifference::Scope { gist, .. } => format!("scope: {gist}"),
        MappingDifference::Purpose { side, gist }
        | MappingDifference::Exclusion { side, gist }
        | MappingDifference::Material { side, gist }
        | MappingDifference::Form { side, gist }
        | MappingDifference::Parts { side, gist }
        | MappingDifference::Members { side, gist, .. }
        | MappingDifference::NotStated { side, gist } => {
            format!("{} ({}): {gist}", difference.kind(), id(*side))
        }
        // A kind that this program does not know yet.
        other => other.to_string(),
    }
}
