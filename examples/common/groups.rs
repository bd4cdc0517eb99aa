//! Sorts items that only one list has, so that a reader sees why. The groups follow from fields of
//! the list alone; `data/SOURCES.md` defines them too.

use export_control::{Code, ControlList, Item, ItemState};

/// A group: the word by which files name it, and what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub name: &'static str,
    pub definition: &'static str,
}

/// A name, a definition, and whether an item fits it.
type Row = (&'static str, &'static str, fn(&Facts<'_>) -> bool);

/// The groups of the US list, in the order in which they are tried: the first that fits an item is
/// its group.
const US: [Row; 12] = [
    (
        "600-series",
        "third digit 6: items from the US and the Wassenaar munitions lists",
        |facts| facts.series() == 6,
    ),
    (
        "500-series",
        "third digit 5: spacecraft (9x515) and firearms (0x5)",
        |facts| facts.series() == 5,
    ),
    (
        "empty-pointer",
        "headings that hold nothing, or give no reason for control, and point to another agency",
        |facts| facts.state == ItemState::Empty || facts.reasons.is_empty(),
    ),
    (
        "encryption",
        "category 5, numbers 002 and 992: information security",
        |facts| facts.category() == 5 && matches!(facts.number(), 2 | 992),
    ),
    (
        "computing",
        "semiconductors and computing: category 3, product groups B to E, without number 069, for national security or regional stability and no other list-based reason; 3x and 4x with number 090 or 091; paragraphs .z",
        |facts| {
            let chips = facts.category() == 3
                && facts.group() != 'A'
                && facts.number() != 69
                && facts.only_security();
            let advanced = matches!(facts.category(), 3 | 4) && matches!(facts.number(), 90 | 91);
            chips || advanced || facts.first_label == Some('z')
        },
    ),
    (
        "anti-terrorism-only",
        "reason AT alone, or number 990 and above",
        |facts| facts.reasons == ["AT"] || facts.number() >= 990,
    ),
    (
        "emerging",
        "third digit 9 or number 069, for national security: quantum computers, additive manufacturing and other items controlled since 2024",
        |facts| facts.has("NS") && (facts.series() == 9 || facts.number() == 69),
    ),
    (
        "missile",
        "missile technology, without national security",
        |facts| facts.has("MT") && !facts.has("NS"),
    ),
    (
        "nuclear",
        "nuclear nonproliferation, without national security and missile technology",
        |facts| facts.has("NP") && !facts.has("NS"),
    ),
    (
        "chemical-biological",
        "chemical and biological weapons, without national security",
        |facts| (facts.has("CB") || facts.has("CW")) && !facts.has("NS"),
    ),
    (
        "wassenaar",
        "national security: items of the Wassenaar list of dual-use goods that China has not taken over; paragraphs .y are not among them",
        |facts| facts.has("NS") && facts.first_label != Some('y'),
    ),
    (
        "regional-or-crime",
        "regional stability, crime control, surreptitious listening, short supply and the rest",
        |_| true,
    ),
];

/// The facts of an item that decide.
struct Facts<'a> {
    code: Code,
    state: ItemState,
    reasons: Vec<&'a str>,
    first_label: Option<char>,
}

impl Facts<'_> {
    fn category(&self) -> u8 {
        self.code.category().digit()
    }

    fn group(&self) -> char {
        self.code.group().letter()
    }

    fn number(&self) -> u16 {
        self.code.number()
    }

    fn series(&self) -> u8 {
        self.code.third_digit()
    }

    fn has(&self, reason: &str) -> bool {
        self.reasons.contains(&reason)
    }

    fn only_security(&self) -> bool {
        let security = |reason: &&str| matches!(*reason, "NS" | "RS" | "AT");
        (self.has("NS") || self.has("RS")) && self.reasons.iter().all(security)
    }
}

/// The group of an item; `None` on a list that has no groups.
pub fn group(list: &ControlList, item: &Item) -> Option<Group> {
    if list.id().as_str() != "us-ccl" {
        return None;
    }
    let label = item.code().labels().next().map(|label| label.to_string());
    let facts = Facts {
        code: item.code(),
        state: item.state(),
        reasons: list
            .reasons(item)
            .iter()
            .map(|reason| reason.as_str())
            .collect(),
        first_label: label
            .filter(|label| label.len() == 1)
            .and_then(|label| label.chars().next()),
    };
    US.iter()
        .find(|(.., fits)| fits(&facts))
        .map(|(name, definition, _)| Group { name, definition })
}

/// The groups of a list in their order.
pub fn groups(list: &ControlList) -> Vec<Group> {
    match list.id().as_str() {
        "us-ccl" => US
            .iter()
            .map(|(name, definition, _)| Group { name, definition })
            .collect(),
        _ => Vec::new(),
    }
}
