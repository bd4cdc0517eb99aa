//! Sorts items that only one list has, so that a reader sees why. The groups follow from fields of
//! the list alone; `data/SOURCES.md` defines them too.

use export_control::identifier::Element;
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
        "no reason for control in the text: it leaves what it names to another agency, or the heading holds nothing",
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
        "third digit 9 or number 069, for national security: quantum computers, additive manufacturing, cell analysis and other new technology",
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
        "national security, for which no counterpart is recorded; paragraphs .y are not among them",
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
    /// The elements of the item and of the items above it.
    elements: Vec<Element>,
    measure: Option<&'a str>,
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

    fn of_measure(&self, measures: &[&str]) -> bool {
        self.measure
            .is_some_and(|measure| measures.contains(&measure))
    }

    fn entry_is(&self, entries: &[&str]) -> bool {
        entries.contains(&self.code.entry().to_string().as_str())
    }

    /// One of these elements, in electronics or optics.
    fn is_metal(&self, symbols: &[&str]) -> bool {
        let named = |element: &Element| symbols.contains(&element.symbol());
        matches!(self.category(), 3 | 6) && self.elements.iter().any(named)
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
    let facts = facts(list, item);
    US.iter()
        .find(|(.., fits)| fits(&facts))
        .map(|(name, definition, _)| Group { name, definition })
}

/// The facts of an item.
fn facts<'a>(list: &'a ControlList, item: &'a Item) -> Facts<'a> {
    let label = item.code().labels().next().map(|label| label.to_string());
    let above = item.code().ancestors().filter_map(|code| list.get(code));
    Facts {
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
        elements: std::iter::once(item)
            .chain(above)
            .flat_map(|item| item.elements().iter().copied())
            .collect(),
        measure: item.measure().map(|measure| measure.as_str()),
    }
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

/// The themes of China's list, by its elements, its measures and its codes, in the order in which
/// they are tried.
const CHINA: [Row; 11] = [
    (
        "rare-earths",
        "a rare earth element, or MOFCOM announcements 2025-18, 2025-56, 2025-57 and 2025-62",
        |facts| {
            facts.elements.iter().any(|element| element.is_rare_earth())
                || facts.of_measure(&["2025-18", "2025-56", "2025-57", "2025-62"])
        },
    ),
    (
        "batteries",
        "lithium batteries and graphite anodes: MOFCOM announcement 2025-58",
        |facts| facts.of_measure(&["2025-58"]),
    ),
    (
        "superhard-materials",
        "cubic presses and synthetic diamond: entries 2A901, 2B901 and 2E901, and MOFCOM announcement 2025-55",
        |facts| {
            let presses = facts.category() == 2 && facts.number() == 901;
            presses || facts.of_measure(&["2025-55"])
        },
    ),
    (
        "gallium-germanium-antimony",
        "gallium, germanium or antimony in category 3 or 6",
        |facts| facts.is_metal(&["Ga", "Ge", "Sb"]),
    ),
    (
        "tungsten-and-others",
        "tungsten, tellurium, bismuth, molybdenum and indium: MOFCOM announcement 2025-10",
        |facts| facts.of_measure(&["2025-10"]),
    ),
    (
        "drones",
        "unmanned aircraft, their engines and payloads, and what stops them: entries 0A903 and 9A012",
        |facts| facts.entry_is(&["0A903", "9A012"]),
    ),
    (
        "chemical-biological",
        "third digits 3 and 4, and temporary control of a chemical",
        |facts| matches!(facts.series(), 3 | 4) || facts.series() == 5 && facts.category() == 1,
    ),
    ("nuclear", "third digit 2", |facts| facts.series() == 2),
    ("delivery", "third digit 1: delivery systems", |facts| {
        facts.series() == 1
    }),
    (
        "conventional-arms",
        "third digit 0, of no other theme",
        |facts| facts.series() == 0,
    ),
    (
        "other-security",
        "third digit 9 and the rest: ships, fibers, water cannon, spacesuit molds",
        |_| true,
    ),
];

/// The theme of an item, for lists that have themes.
pub fn theme(list: &ControlList, item: &Item) -> Option<Group> {
    if list.id().as_str() != "cn-dual-use" {
        return None;
    }
    let facts = facts(list, item);
    CHINA
        .iter()
        .find(|(.., fits)| fits(&facts))
        .map(|(name, definition, _)| Group { name, definition })
}
