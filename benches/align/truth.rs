//! The answers that count as right, and why.
//!
//! - **EU to US entries**: the same code, less the false friends, plus the codes that the US gave
//!   another number. Both lists of exceptions were read in the texts.
//! - **Items between two lists of the EU's family**: the same path, if the two texts have at least
//!   a given part of their words in common (0.6 for the US, 0.3 for Australia and Norway). If a
//!   list has other numbers for the same paragraphs, the path is the one that it has, as read in
//!   the texts.
//! - **China to US, by relation**: any US entry, or item, that the curated crosswalk has for it,
//!   with any relation but unrelated.
//! - **China to US, by code**: the equal code, if the crosswalk relates the two entries or their
//!   paragraphs and does not call the entries unrelated. If it is not right, or is not on the US
//!   list, the answers are the entries that the crosswalk has.
//!
//! A hash of its code decides if an entry is for tuning or for testing. The constants of the
//! aligner were chosen on the tuning half.

use std::collections::{BTreeMap, BTreeSet};

use export_control::{Code, ControlList, Crosswalk, Relation};

use crate::baselines::jaccard;

/// For each query its right answers.
pub type Truth = BTreeMap<Code, Vec<Code>>;

/// Codes with different things on the two lists. The EU has tanks for propellants there, and the US
/// has unmanned aircraft that spray.
const FALSE_FRIENDS: [&str; 1] = ["9A120"];

/// The EU's entries that the US has under other numbers.
const SHIFTED: [(&str, &[&str]); 17] = [
    ("1C450", &["1C350", "1C355"]),
    ("1C513", &["1C907"]),
    ("2B219", &["2B229"]),
    ("2B510", &["2B910"]),
    ("2E503", &["2E903"]),
    ("3A501", &["3A901"]),
    ("3A504", &["3A904"]),
    ("3B503", &["3B903"]),
    ("3B504", &["3B904"]),
    ("3C507", &["3C907"]),
    ("3C508", &["3C908"]),
    ("3C509", &["3C909"]),
    ("3D507", &["3D907"]),
    ("3E505", &["3E905"]),
    ("4A506", &["4A906"]),
    ("9A112", &["9A012", "9A120"]),
    ("9A350", &["2B352"]),
];

/// The EU's paragraphs that the US has under other numbers within the same entry, each with all
/// that is below it.
pub const MOVED_IN_US: [(&str, &str); 15] = [
    ("1C351.a.55", "1C351.a.57"),
    ("2B201.a", "2B201.b"),
    ("2B201.b", "2B201.c"),
    ("2B201.c", "2B201.a"),
    ("6A005.d.1.b.2", "6A005.d.1.b.1"),
    ("6A005.d.1.b.3", "6A005.d.1.b.1"),
    ("6A005.d.1.b.4", "6A005.d.1.b.2"),
    ("6A005.d.1.b.5", "6A005.d.1.b.3"),
    ("6A205.a", "6A205.b"),
    ("6A205.b", "6A205.d"),
    ("6A205.c", "6A205.e"),
    ("6A205.d", "6A205.g"),
    ("6A205.e", "6A205.i"),
    ("6A205.f", "6A205.c"),
    ("6A205.g", "6A205.j"),
];

/// The EU's paragraphs that Australia has under other numbers, in the same form.
pub const MOVED_IN_AUSTRALIA: [(&str, &str); 16] = [
    ("1C351.a.3", "1C351.a.1"),
    ("1C351.a.12", "1C351.a.8"),
    ("1C351.a.25", "1C351.a.17"),
    ("1C351.a.27", "1C351.a.19"),
    ("1C351.a.30", "1C351.a.21"),
    ("1C351.a.32", "1C351.a.23"),
    ("1C351.c.8", "1C351.c.7"),
    ("1C351.c.9", "1C351.c.8"),
    ("2B201.a", "2B201.b"),
    ("2B201.b", "2B201.c"),
    ("2B201.c", "2B201.a"),
    ("2B206.d", "2B206.b.2"),
    ("6A005.d.1.b.2", "6A005.d.1.b.1"),
    ("6A005.d.1.b.3", "6A005.d.1.b.1"),
    ("6A005.d.1.b.4", "6A005.d.1.b.2"),
    ("6A005.d.1.b.5", "6A005.d.1.b.3"),
];

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn text(list: &ControlList, code: Code) -> Option<&str> {
    list.get(code).and_then(|item| item.text())
}

/// Returns the right answers for entries, by their codes.
pub fn entries(left: &ControlList, right: &ControlList) -> Truth {
    let mut truth = Truth::new();
    for item in left
        .items()
        .iter()
        .filter(|item| item.code().is_entry() && item.text().is_some())
    {
        let shifted = SHIFTED.iter().find(|(from, _)| code(from) == item.code());
        let answers: Vec<Code> = match shifted {
            Some((_, to)) => to.iter().map(|to| code(to)).collect(),
            None if FALSE_FRIENDS
                .iter()
                .any(|friend| code(friend) == item.code()) =>
            {
                continue;
            }
            None => vec![item.code()],
        };
        let answers: Vec<Code> = answers
            .into_iter()
            .filter(|answer| right.get(*answer).is_some())
            .collect();
        if !answers.is_empty() {
            truth.insert(item.code(), answers);
        }
    }
    truth
}

/// Returns the right answers for entries and paragraphs, by their paths.
pub fn items(
    left: &ControlList,
    right: &ControlList,
    in_common: f64,
    moved: &[(&str, &str)],
) -> Truth {
    let mut truth = Truth::new();
    for item in left.items() {
        let (Some(own), Some(other)) = (
            item.text(),
            right.get(item.code()).filter(|other| other.is_live()),
        ) else {
            continue;
        };
        if jaccard(own, other.text().unwrap_or_default()) < in_common {
            continue;
        }
        let there = moved
            .iter()
            .find(|(from, _)| code(from).contains(item.code()))
            .map_or(item.code(), |(from, to)| {
                item.code()
                    .labels()
                    .skip(code(from).depth())
                    .fold(code(to), |code, label| code.child(label).unwrap_or(code))
            });
        if text(right, there).is_some() {
            truth.insert(item.code(), vec![there]);
        }
    }
    truth
}

/// Returns the right answers for China's items, by the curated crosswalk.
pub fn curated(crosswalk: &Crosswalk, china: &ControlList, entries: bool) -> Truth {
    let mut truth = Truth::new();
    for mapping in crosswalk.mappings() {
        let (Some(us), Some(cn), Some(relation)) =
            (mapping.left(), mapping.right(), mapping.relation())
        else {
            continue;
        };
        let (us, cn) = if entries {
            (us.entry(), cn.entry())
        } else {
            (us, cn)
        };
        let says_anything = china
            .get(cn)
            .is_some_and(|item| item.text().is_some() || !item.title().is_empty());
        if relation != Relation::Unrelated && says_anything && cn.is_entry() == entries {
            truth.entry(cn).or_default().push(us);
        }
    }
    truth
}

/// Returns the right answers for China's entries by their codes, less the false friends and with
/// the shifted codes, both by the curated crosswalk.
pub fn by_code(crosswalk: &Crosswalk, china: &ControlList, us: &ControlList) -> Truth {
    let (mut friends, mut false_friends) = (BTreeSet::new(), BTreeSet::new());
    for mapping in crosswalk.mappings() {
        let (Some(left), Some(right), Some(relation)) =
            (mapping.left(), mapping.right(), mapping.relation())
        else {
            continue;
        };
        if relation != Relation::Unrelated && left.entry() == right.entry() {
            friends.insert(right.entry());
        } else if left == right && left.is_entry() {
            false_friends.insert(right);
        }
    }
    let mut truth = curated(crosswalk, china, true);
    for item in china.items().iter().filter(|item| {
        item.code().is_entry() && (item.text().is_some() || !item.title().is_empty())
    }) {
        let equal = us.get(item.code()).is_some()
            && friends.contains(&item.code())
            && !false_friends.contains(&item.code());
        if equal {
            truth.insert(item.code(), vec![item.code()]);
        }
    }
    truth
}

fn hash(code: Code) -> u32 {
    // FNV-1a.
    code.entry()
        .to_string()
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
}

/// Returns true if an entry and all below it are for tuning. The others are for testing.
pub fn is_for_tuning(code: Code) -> bool {
    hash(code) >> 8 & 1 == 0
}

/// Returns true if an entry is taken out of a list, to see the answer of the aligner for a query
/// without a counterpart.
pub fn is_taken_out(code: Code) -> bool {
    (hash(code) >> 12).is_multiple_of(3)
}

/// Reads settled readings of both lists against each other, from the folder of the generator.
fn readings_of(file: &str) -> Vec<serde_json::Value> {
    let path = format!("{}/../xtask/readings/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// Returns China's items with all their counterparts by those readings.
pub fn readings() -> Truth {
    let mut truth = Truth::new();
    for row in readings_of("us-cn/pairs.jsonl") {
        let of = |field: &str| row[field].as_str().and_then(|text| text.parse().ok());
        if let (Some(us), Some(cn), true) = (of("us"), of("cn"), row["relation"] != "unrelated") {
            truth.entry(cn).or_default().push(us);
        }
    }
    truth
}

/// Returns China's items that have no counterpart by those readings.
pub fn without_counterpart() -> BTreeSet<Code> {
    let rows = readings_of("us-cn/none.jsonl");
    let cn = rows.iter().filter(|row| row["side"] == "cn");
    cn.filter_map(|row| row["code"].as_str().and_then(|text| text.parse().ok()))
        .collect()
}
