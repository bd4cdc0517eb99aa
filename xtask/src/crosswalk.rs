//! The curated crosswalk out of the readings in `xtask/readings/`.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use export_control::crosswalk::{EvidenceKind, Justification, MappingDifference};
use export_control::identifier::CasNumber;
use export_control::{
    Code, Crosswalk, Evidence, Item, Mapping, Relation, Side, cn_dual_use, us_ccl,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Who judged.
const AUTHOR: &str = "readings of both lists for this crate";

/// A pair of `pairs.jsonl`: what the US item is to China's, and how they differ.
#[derive(Deserialize)]
struct Pair {
    us: Code,
    cn: Code,
    relation: Relation,
    differences: Vec<Difference>,
    why: String,
    readings: String,
    /// The two meet by accident only: such a pair is left out.
    #[serde(default)]
    marginal: bool,
    /// China's item is caught wholly by this US item and others together.
    #[serde(default)]
    union: bool,
    /// The US item is caught wholly by this item of China's and others together.
    #[serde(default)]
    union_us: bool,
}

#[derive(Deserialize)]
struct Difference {
    kind: String,
    property: Option<String>,
    us: Option<String>,
    cn: Option<String>,
    side: Option<String>,
    wider: Option<String>,
    gist: Option<String>,
}

/// An item of `none.jsonl`, which has no counterpart.
#[derive(Deserialize)]
struct Lack {
    side: String,
    code: Code,
    why: String,
    group: Option<String>,
    /// The other list's text on such things: it names its items and another list.
    elsewhere: Option<String>,
}

/// The SSSOM file of the readings in a folder.
///
/// # Errors
/// A line that is not of its form, judgments that contradict each other, a code that its list does
/// not have.
pub fn sssom(readings: &Path) -> Result<String, Box<dyn Error>> {
    let mut pairs: Vec<Pair> = lines(&readings.join("pairs.jsonl"))?;
    let lacks: Vec<Lack> = lines(&readings.join("none.jsonl"))?;
    pairs.retain(|pair| !pair.marginal);
    add_kits(&mut pairs);
    let mut mappings = Vec::new();
    for pair in &pairs {
        let failed = |error| format!("us {} cn {}: {error}", pair.us, pair.cn);
        mappings.push(mapping(pair).map_err(failed)?);
    }
    for lack in &lacks {
        let side = side(&lack.side).ok_or("a side that is neither us nor cn")?;
        let mut none =
            Mapping::no_counterpart(side, lack.code, Justification::ManualMappingCuration);
        none.reason = lack.why.clone().into();
        if side == Side::Right {
            let said = lack.elsewhere.as_deref().unwrap_or_default();
            none.see = named(said);
        }
        let readings = match side {
            Side::Left => "us-side",
            Side::Right => "agreed",
        };
        mappings.push(finished(none, readings, lack.group.as_deref(), false));
    }
    written(&Crosswalk::new(
        us_ccl().id().clone(),
        cn_dual_use().id().clone(),
        mappings,
    )?)
}

/// The items of the US list that a text names, each once.
fn named(text: &str) -> Vec<Code> {
    let mut codes: Vec<Code> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'))
        .filter_map(|word| word.trim_end_matches('.').parse().ok())
        .filter(|code: &Code| us_ccl().get(*code).is_some())
        .map(Code::entry)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    let mut read = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line =
            serde_json::from_str(line).map_err(|error| failed(&format!("{}: {error}", at + 1)))?;
        read.push(line);
    }
    Ok(read)
}

fn side(word: &str) -> Option<Side> {
    match word {
        "us" => Some(Side::Left),
        "cn" => Some(Side::Right),
        _ => None,
    }
}

/// The part that the US takes out of its toxins and has in an entry of its own.
const KITS: &str = "diagnostic and food test kits";
const KITS_ENTRY: &str = "1C991.e";

/// Marks China's toxins as covered jointly by the US toxin and the US entry for test kits, if
/// nothing else keeps the US from catching them wholly.
fn add_kits(pairs: &mut Vec<Pair>) {
    let mut have: HashSet<(String, Code)> = pairs
        .iter()
        .map(|pair| (pair.us.to_string(), pair.cn))
        .collect();
    let mut added = Vec::new();
    for pair in pairs.iter_mut() {
        let (us, cn) = (pair.us.to_string(), pair.cn.to_string());
        let partly = matches!(pair.relation, Relation::Narrower | Relation::Overlapping);
        if !cn.starts_with("1C351.d.") || !us.starts_with("1C351.d") || !partly || pair.union {
            continue;
        }
        let of_kits = |one: &&Difference| {
            let gist = one.gist.as_deref().unwrap_or_default();
            one.kind == "exclusion" && one.side.as_deref() == Some("us") && gist.contains(KITS)
        };
        let kits = pair.differences.iter().filter(of_kits).count();
        let mut rest = pair.differences.iter().filter(|one| !of_kits(one));
        let widens =
            |one: &Difference| typed(one, pair.relation).is_ok_and(|one| one.widens(Side::Right));
        if kits == 0 || rest.any(widens) {
            continue;
        }
        pair.union = true;
        "Same toxin; the test kits that the US entry leaves out are in US 1C991.e, so the two together cover the Chinese item."
            .clone_into(&mut pair.why);
        let member_of_1c450 = matches!(us.as_str(), "1C351.d.15" | "1C351.d.16");
        if !member_of_1c450 && have.insert((KITS_ENTRY.to_owned(), pair.cn)) {
            added.push(pair.cn);
        }
    }
    pairs.extend(added.into_iter().filter_map(kits_of));
}

/// The US entry for test kits beside a toxin of China's.
fn kits_of(cn: Code) -> Option<Pair> {
    let difference = |kind: &str, gist: &str| Difference {
        kind: kind.to_owned(),
        side: Some("us".to_owned()),
        gist: Some(gist.to_owned()),
        property: None,
        us: None,
        cn: None,
        wider: None,
    };
    Some(Pair {
        us: KITS_ENTRY.parse().ok()?,
        cn,
        relation: Relation::Overlapping,
        differences: vec![
            difference("form", "only diagnostic and food test kits"),
            difference("members", "kits with any toxin of 1C351.d"),
        ],
        why:
            "US 1C991.e holds test kits with the toxin, which China does not take out of its item."
                .to_owned(),
        readings: "settled".to_owned(),
        marginal: false,
        union: true,
        union_us: false,
    })
}

fn mapping(pair: &Pair) -> Result<Mapping, Box<dyn Error>> {
    let by_hand = Justification::ManualMappingCuration;
    let mut mapping = Mapping::pair(pair.us, pair.cn, pair.relation, by_hand);
    for difference in &pair.differences {
        mapping.differences.push(typed(difference, pair.relation)?);
    }
    name_members(&mut mapping);
    mapping.jointly = match (pair.union, pair.union_us) {
        (true, true) => return Err("jointly on both sides".into()),
        (true, false) => Some(Side::Right),
        (false, true) => Some(Side::Left),
        (false, false) => None,
    };
    mapping.reason = reason(&pair.why).into();
    let limits = pair.differences.iter().any(|one| one.kind == "limit");
    Ok(finished(mapping, &pair.readings, None, limits))
}

/// A reason without what the readers wrote on how they came together, which a column says.
fn reason(why: &str) -> String {
    const LEADS: [&str; 6] = [
        "Two of the three readings have it. ",
        "One reading alone; texts re-read, the meeting is real though partial. ",
        "One reading noted this as a marginal meeting. ",
        "Kept because the like code could mislead: ",
        "Settled by wording: ",
        "Settled: ",
    ];
    let depth = why
        .strip_prefix("Other reading put it at ")
        .and_then(|why| why.split_once("; both ")?.1.split_once(". "));
    let rest = LEADS.into_iter().find_map(|lead| why.strip_prefix(lead));
    let rest = depth.map(|(_, rest)| rest).or(rest).unwrap_or(why);
    let mut letters = rest.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn typed(difference: &Difference, relation: Relation) -> Result<MappingDifference, Box<dyn Error>> {
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let word = |side: &Option<String>| match side.as_deref() {
        Some("us") => "left",
        Some("cn") => "right",
        Some(_) => "both",
        // Of a difference in scope that names no wider side the relation says which it is.
        None => match relation {
            Relation::Broader => "left",
            Relation::Narrower => "right",
            _ => "both",
        },
    };
    let gist = text(&difference.gist);
    let line = match difference.kind.as_str() {
        "limit" => format!(
            "limit {}: left {}; right {}; wider {}",
            text(&difference.property),
            text(&difference.us),
            text(&difference.cn),
            word(&difference.wider)
        ),
        "scope" => format!("scope {}: {gist}", word(&difference.wider)),
        kind => format!(
            "{}: {gist}",
            kind.replace('_', "-") + " " + word(&difference.side)
        ),
    };
    Ok(line.parse()?)
}

/// The most keys that a difference in members names: more are read on the list.
const MOST_KEYS: usize = 12;

/// Adds the keys of members that only one of two items has, if one difference tells of them and
/// they are few.
fn name_members(mapping: &mut Mapping) {
    let item = |side| -> Option<&'static Item> {
        let list = if side == Side::Left {
            us_ccl()
        } else {
            cn_dual_use()
        };
        list.get(mapping.finding.code(side)?)
    };
    let items = [item(Side::Left), item(Side::Right)];
    for side in Side::BOTH {
        let (Some(here), Some(there)) = (items[side as usize], items[side.other() as usize]) else {
            continue;
        };
        let only: Vec<CasNumber> = here
            .cas()
            .iter()
            .filter(|number| !there.cas().contains(number))
            .copied()
            .collect();
        // Without a key in common the numbers do not tell who is a member of what.
        let common = here.cas().iter().any(|number| there.cas().contains(number));
        if !common || only.is_empty() || only.len() > MOST_KEYS {
            continue;
        }
        let mut of_side = mapping.differences.iter_mut().filter_map(|one| match one {
            MappingDifference::Members { side: has, cas, .. } if *has == side => Some(cas),
            _ => None,
        });
        if let (Some(cas), None) = (of_side.next(), of_side.next()) {
            *cas = only;
        }
    }
}

/// A mapping with its evidence, its author, and how the readings came to it.
fn finished(mut mapping: Mapping, readings: &str, group: Option<&str>, limits: bool) -> Mapping {
    if limits {
        let figures = Evidence::new(EvidenceKind::Quantity, "a threshold");
        mapping.evidence.push(figures);
    }
    mapping
        .evidence
        .push(Evidence::new(EvidenceKind::Other, TEXTS));
    read_off_the_lists(&mut mapping);
    mapping.author = Some(AUTHOR.to_owned().into());
    // SSSOM's own column for what has no other.
    let group = group.map_or_else(String::new, |group| format!("|group={group}"));
    let other = format!("readings={readings}{group}");
    mapping.extra.insert("other", other);
    mapping
}

/// The crosswalk as a file, after a check against its lists and after reading it back.
fn written(crosswalk: &Crosswalk) -> Result<String, Box<dyn Error>> {
    crosswalk.check(us_ccl(), cn_dual_use())?;
    let text = crosswalk.to_string();
    if Crosswalk::from_sssom(text.as_bytes())? != *crosswalk {
        return Err("what was written does not read back the same".into());
    }
    Ok(text)
}

/// The basis of a judgment where the lists have nothing in common that a key names.
const TEXTS: &str = "the texts";

/// Sets as evidence what both items have, their code if it is one code, and what the judgment says.
fn read_off_the_lists(mapping: &mut Mapping) {
    let derived = |kind| {
        matches!(
            kind,
            EvidenceKind::Cas | EvidenceKind::Element | EvidenceKind::Species | EvidenceKind::Code
        )
    };
    let said = std::mem::take(&mut mapping.evidence)
        .into_iter()
        .filter(|evidence| !derived(evidence.kind));
    let (left, right) = (mapping.left(), mapping.right());
    if let (Some(ours), Some(theirs)) = (
        left.and_then(|code| us_ccl().get(code)),
        right.and_then(|code| cn_dual_use().get(code)),
    ) {
        for (kind, name, both) in [
            (EvidenceKind::Cas, "CAS", both(ours.cas(), theirs.cas())),
            (
                EvidenceKind::Element,
                "element",
                both(ours.elements(), theirs.elements()),
            ),
            (
                EvidenceKind::Species,
                "species",
                both(ours.species(), theirs.species()),
            ),
        ] {
            mapping
                .evidence
                .extend(both.map(|keys| Evidence::new(kind, format!("{name} {keys}"))));
        }
        if left == right {
            mapping
                .evidence
                .push(Evidence::new(EvidenceKind::Code, "equal code"));
        }
    }
    mapping.evidence.extend(said);
    // An equal code by itself says nothing.
    if mapping
        .evidence
        .iter()
        .all(|evidence| evidence.kind == EvidenceKind::Code)
    {
        mapping
            .evidence
            .push(Evidence::new(EvidenceKind::Other, TEXTS));
    }
}

/// The keys that both sides have, in the order of the first.
fn both<T: PartialEq + ToString>(ours: &[T], theirs: &[T]) -> Option<String> {
    let both: Vec<String> = ours
        .iter()
        .filter(|key| theirs.contains(key))
        .map(ToString::to_string)
        .collect();
    (!both.is_empty()).then(|| both.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Difference, reason, typed};
    use export_control::Relation;

    fn difference(json: &str) -> Difference {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn readings_become_typed() {
        for (json, relation, expected) in [
            (
                r#"{"kind":"limit","property":"mass","us":"> 5 g","cn":"none","wider":"cn"}"#,
                Relation::Narrower,
                "limit mass: left > 5 g; right none; wider right",
            ),
            (
                r#"{"kind":"not_stated","side":"cn","gist":"the dose"}"#,
                Relation::Overlapping,
                "not-stated right: the dose",
            ),
            (
                r#"{"kind":"scope","gist":"other tools"}"#,
                Relation::Broader,
                "scope left: other tools",
            ),
            (
                r#"{"kind":"scope","gist":"other tools","wider":"both"}"#,
                Relation::Overlapping,
                "scope both: other tools",
            ),
        ] {
            let typed = typed(&difference(json), relation).unwrap();
            assert_eq!(typed.to_string(), expected);
        }
        let unknown = difference(r#"{"kind":"color","side":"us","gist":"red"}"#);
        assert!(typed(&unknown, Relation::Broader).is_err());
    }

    #[test]
    fn a_reason_begins_with_what_it_says() {
        assert_eq!(
            reason(
                "Other reading put it at 1C350.d, the same meeting at another depth; both hold. Ten agree."
            ),
            "Ten agree."
        );
        assert_eq!(reason("Settled: the US adds parts."), "The US adds parts.");
        assert_eq!(reason("Same pumps."), "Same pumps.");
    }
}
