//! Reads from an item what a likeness of words does not weigh: the elements and the species that it
//! names, if it is the remainder of others, if it is parts of a thing, if it is a salt. Two items
//! that disagree in it are not the same thing, however alike their words are.

use crate::align::draft::texts;
use crate::align::vector::{Counts, Vocabulary};
use crate::align::weights;
use crate::identifier::{Element, elements_in_english};
use crate::list::Item;
use crate::quantity::{Quantity, Stated};
use crate::text::words::ALIGN;

/// The words of a vocabulary that name an element or a salt.
pub(super) struct Classes(Vec<u8>);

const ELEMENT: u8 = 1;
const SALT: u8 = 2;

impl Classes {
    /// Finds these words in a vocabulary.
    pub(super) fn of(vocabulary: &Vocabulary) -> Classes {
        let salt = |term: &str| SALTS.iter().any(|end| term.ends_with(end));
        let mut classes = Classes(
            (0..vocabulary.len() as u32)
                .map(|term| if salt(vocabulary.term(term)) { SALT } else { 0 })
                .collect(),
        );
        for element in Element::all() {
            let english = ALIGN.term(element.name().to_owned());
            for name in english
                .iter()
                .map(String::as_str)
                .chain([element.name_zh()])
            {
                if let Some(term) = vocabulary.find(name) {
                    classes.0[term as usize] |= ELEMENT;
                }
            }
        }
        classes
    }

    /// Returns the classes of any of these terms.
    fn any(&self, terms: &Counts) -> u8 {
        terms
            .iter()
            .filter_map(|(term, _)| self.0.get(*term as usize))
            .fold(0, |all, one| all | one)
    }
}

/// The facts of one item.
#[derive(Debug, Default, Clone)]
pub(super) struct Facts {
    /// The elements that it is, a bit for each by its number. There are none if it names more than
    /// a few, because it is a list of members then.
    elements: u128,
    /// The genus and the second word of the name of its species, in lower case.
    species: Option<Box<(String, String)>>,
    /// True if it is an entry that has what others leave over.
    remainder: bool,
    /// True if it is parts of a thing.
    parts: bool,
    /// True if it is a salt of a base.
    salt: bool,
}

/// The most elements that an item can name and be each of them.
const MEMBERS: u32 = 2;

/// Words by which an item has what others leave over.
const REMAINDER: [&str; 9] = [
    "n.e.s",
    "not elsewhere specified",
    "other than th",
    "not controlled by",
    "not controlled in",
    "not specified in",
    "not specified by",
    "以外的",
    "未列名",
];

/// Words with which a heading of parts begins.
const PARTS: [&str; 6] = [
    "component",
    "part",
    "accessor",
    "assembl",
    "sub-assembl",
    "attachment",
];

/// The ends of terms for the salts of a base.
const SALTS: [&str; 6] = [
    "nitrat",
    "perchlorat",
    "hydrochlorid",
    "azid",
    "oxalat",
    "sulfat",
];

/// The ends of the names of genera, and of the epithets after them.
const GENUS: [&str; 6] = ["us", "um", "is", "a", "es", "er"];
const EPITHET: [&str; 9] = ["us", "um", "is", "a", "i", "ae", "ens", "ans", "es"];

/// The most bytes of a text that is the name of a species.
const NAME: usize = 80;

impl Facts {
    /// Reads what an item says itself, given its words.
    pub(super) fn of(item: &Item, own: &Counts, classes: &Classes) -> Facts {
        let text = texts(item).next().unwrap_or_default();
        let words = classes.any(own);
        let mask = |elements: &[Element]| {
            let bit = |element: &Element| 1u128 << element.number();
            elements.iter().map(bit).fold(0, |mask, bit| mask | bit)
        };
        let elements = match item.facts.elements.is_empty() {
            false => mask(&item.facts.elements),
            true if words & ELEMENT != 0 => mask(&Element::find_in(text)),
            true => 0,
        };
        let begins = beginning(text);
        let begins_with = |word: &&str| {
            let part = begins.get(..word.len());
            part.is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        Facts {
            elements: if elements.count_ones() <= MEMBERS {
                elements
            } else {
                0
            },
            species: species(item, text).map(Box::new),
            remainder: item.code.is_entry() && is_remainder(text),
            parts: PARTS.iter().any(begins_with),
            salt: words & SALT != 0,
        }
    }

    /// Returns true if two items are different elements, or two species of one genus. They are no
    /// pair, whatever else they say.
    pub(super) fn excludes(&self, other: &Facts) -> bool {
        let elements = self.elements != 0 && other.elements != 0;
        if elements && self.elements & other.elements == 0 {
            return true;
        }
        match (&self.species, &other.species) {
            (Some(a), Some(b)) => a.0 == b.0 && !begin_alike(&a.1, &b.1),
            _ => false,
        }
    }

    /// Returns the penalty for what two items disagree in.
    pub(super) fn contradiction(&self, other: &Facts) -> f32 {
        let parts = if self.parts != other.parts {
            weights::PARTS
        } else {
            0.0
        };
        let salt = if self.salt != other.salt {
            weights::SALT
        } else {
            0.0
        };
        parts + salt
    }

    /// Returns the penalty if an entry for a remainder is paired with one for a thing itself.
    pub(super) fn left_over(&self, other: &Facts) -> f32 {
        if self.remainder && !other.remainder {
            weights::REMAINDER
        } else {
            0.0
        }
    }
}

/// Returns a text without what is before the name of the thing.
fn beginning(text: &str) -> &str {
    const BEFORE: &str = "specially designed";
    let letters = |text: &str| text.find(char::is_alphabetic).unwrap_or(text.len());
    let text = &text[letters(text)..];
    match text.get(..BEFORE.len()) {
        Some(before) if before.eq_ignore_ascii_case(BEFORE) => {
            let rest = &text[BEFORE.len()..];
            &rest[letters(rest)..]
        }
        _ => text,
    }
}

/// Returns true if a heading is for what others leave over.
fn is_remainder(text: &str) -> bool {
    let lower = text.to_lowercase();
    beginning(&lower).starts_with("other ") || REMAINDER.iter().any(|word| lower.contains(word))
}

/// Returns true if two names begin alike. Lists spell some names in two ways, with one or two
/// letters at the end.
fn begin_alike(a: &str, b: &str) -> bool {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    alike.count() >= 4 || a == b
}

/// Returns the genus and the second word of the name of a species, in lower case.
fn species(item: &Item, text: &str) -> Option<(String, String)> {
    let recorded = item.facts.species.first().map(|species| species.as_str());
    if recorded.is_none() && text.len() > NAME {
        return None;
    }
    // "Samarium-aluminum" has the ends of a name and is none.
    let latin = |word: &str, ends: &[&str]| {
        ends.iter().any(|end| word.ends_with(end)) && elements_in_english(word).is_empty()
    };
    let named = text
        .split(|c: char| !c.is_ascii_alphabetic() && !matches!(c, ' ' | '-' | '.'))
        .map(str::trim)
        .find(|run| run.len() > 5);
    let name = recorded.or(named)?.to_lowercase();
    let mut words = name.split([' ', '.', '-']).filter(|word| !word.is_empty());
    let (genus, epithet) = (words.next()?, words.next()?);
    let sure =
        recorded.is_some() || latin(genus, &GENUS) && latin(epithet, &EPITHET) && words.count() < 4;
    (sure && genus.len() > 2).then(|| (genus.to_owned(), epithet.to_owned()))
}

/// Returns the bonus or the penalty for the figures of two items. If one of the two has in one text
/// what the other has in several, all figures of the shorter text can still be the same.
pub(super) fn figures(a: &Stated, b: &Stated) -> f32 {
    if a.quantities.is_empty() || b.quantities.is_empty() {
        return 0.0;
    }
    let part = part_in(&a.quantities, &b.quantities).max(part_in(&b.quantities, &a.quantities));
    weights::SAME_FIGURES * part - weights::OTHER_FIGURES * (1.0 - part)
}

/// Returns the part of some quantities that are among others, whatever their units are.
fn part_in(some: &[Quantity], others: &[Quantity]) -> f32 {
    let same = |one: &Quantity, other: &Quantity| one.same_property(other) && one.same_range(other);
    let found = some
        .iter()
        .filter(|one| others.iter().any(|other| same(one, other)));
    found.count() as f32 / some.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Facts {
        let item = Item::new("1A001".parse().expect("a code")).with_text(Some(text.to_owned()));
        let mut vocabulary = Vocabulary::default();
        let mut terms = Vec::new();
        crate::align::text::read(text, false, &mut vocabulary.reader(&mut terms));
        let own = crate::align::vector::counts(terms);
        Facts::of(&item, &own, &Classes::of(&vocabulary))
    }

    #[test]
    fn things_that_differ_exclude_each_other() {
        for (one, other, excluded) in [
            ("Zirconium metal", "Hafnium metal", true),
            ("Zirconium metal", "Zirconium alloys", false),
            ("锆粉", "铪粉", true),
            ("Nickel, cobalt or iron powder", "Tungsten powder", false),
            ("Brucella abortus", "Brucella suis", true),
            ("Rickettsia prowazekii", "Rickettsia prowazeki", false),
            ("Brucella abortus", "Yersinia pestis", false),
            ("Laser amplifier", "Laser modulators", false),
            ("Laser radars", "Laser antennas", false),
        ] {
            let (a, b) = (facts(one), facts(other));
            assert_eq!(a.excludes(&b), excluded, "{one} beside {other}");
            assert_eq!(b.excludes(&a), excluded, "{other} beside {one}");
        }
    }

    #[test]
    fn things_that_differ_contradict_each_other() {
        for (one, other, penalty) in [
            ("Components for pumps", "Pumps", weights::PARTS),
            ("Specially designed parts of pumps", "Parts of pumps", 0.0),
            ("Hydrazine nitrate", "Hydrazine", weights::SALT),
            ("肼", "Hydrazine", 0.0),
        ] {
            let (a, b) = (facts(one), facts(other));
            assert_eq!(a.contradiction(&b), penalty, "{one} beside {other}");
            assert_eq!(b.contradiction(&a), penalty, "{other} beside {one}");
        }
    }

    #[test]
    fn a_remainder_is_not_a_thing_itself() {
        let (rest, thing) = (facts("Other lathes, n.e.s."), facts("Lathes for rotors"));
        assert_eq!(rest.left_over(&thing), weights::REMAINDER);
        assert_eq!(thing.left_over(&rest), 0.0);
        assert_eq!(rest.left_over(&rest), 0.0);
    }

    #[test]
    fn figures_count_in_any_unit() {
        let of = |text| Stated::of(text, &[]);
        let one = of("a length over 600 mm");
        assert_eq!(
            figures(&one, &of("a length over 0.6 m")),
            weights::SAME_FIGURES
        );
        assert_eq!(
            figures(&one, &of("a length over 0.7 m")),
            -weights::OTHER_FIGURES
        );
        let both = of("a length over 600 mm, a power exceeding 30 W");
        assert_eq!(figures(&one, &both), weights::SAME_FIGURES);
        assert_eq!(figures(&one, &of("a length")), 0.0);
    }
}
