//! Finds what a figure measures: the noun that governs it, or nothing.

use super::words::{Kind, Words};
use crate::quantity::property::{Name, Property, singulars};
use crate::quantity::unit::Dimension;

/// Words that may come between a noun and its figure.
const TRANSPARENT: [&str; 41] = [
    "of",
    "a",
    "an",
    "the",
    "is",
    "are",
    "be",
    "being",
    "has",
    "having",
    "that",
    "which",
    "value",
    "values",
    "level",
    "levels",
    "rating",
    "ratings",
    "rated",
    "range",
    "ranges",
    "rms",
    "either",
    "equal",
    "capability",
    "capabilities",
    "parameter",
    "maximum",
    "minimum",
    "up",
    "both",
    "adjustable",
    "specified",
    "delivered",
    "zero",
    "outside",
    "from",
    "between",
    "as",
    "their",
    "measuring",
];

/// Words that begin a phrase about a noun: "diameter on the top surface", "accuracy along any
/// axis".
const MODIFIERS: [&str; 14] = [
    "in",
    "on",
    "along",
    "across",
    "at",
    "of",
    "over",
    "during",
    "without",
    "with",
    "according",
    "for",
    "per",
    "measured",
];

/// Nouns that contain the name of a property but mean something else: a "beat length" is not a
/// length.
const COMPOUNDS: [(&str, &str); 7] = [
    ("length", "beat"),
    ("range", "temperature"),
    ("range", "full-scale"),
    ("range", "spectral"),
    ("range", "rate"),
    ("range", "squares"),
    ("range", "measuring"),
];

/// The number of pieces beyond which a noun governs nothing.
const NEAR: usize = 24;

/// Properties that a figure "in" something may have.
const EXTENTS: [&str; 10] = [
    "diameter",
    "inner diameter",
    "thickness",
    "length",
    "width",
    "height",
    "depth",
    "volume",
    "area",
    "dimension",
];

/// Returns the property with the longest matching name, or `Some(None)` if that cannot have the
/// dimension.
fn longest(
    names: impl Iterator<Item = &'static Name>,
    dimension: Dimension,
    is_there: impl Fn(&[&str]) -> Option<usize>,
) -> Option<Option<Property>> {
    let there = names.filter(|(words, _)| is_there(words).is_some());
    let (_, can, property) = there
        .map(|(words, property)| (words.len(), property.can_have(dimension), *property))
        .max_by_key(|(length, can, _)| (*can, *length))?;
    Some(can.then_some(property))
}

impl Words {
    /// Returns the property that governs the text from a piece on, if it can have the dimension.
    pub(super) fn governing(&self, start: usize, dimension: Dimension) -> Option<Property> {
        let mut at = match self.back(start) {
            Some(at) => at,
            // "high temperature (450 K and above)"
            None => self.back(start.checked_sub(1)?)?,
        };
        let (mut commas, mut modifiers) = (0, 0);
        for _ in 0..NEAR {
            match self.kind(at)? {
                Kind::Mark(',') if commas < 2 => {
                    commas += 1;
                    at = self.back(self.aside(at).unwrap_or(at))?;
                }
                Kind::Mark('/') => at = self.back(at)?,
                Kind::Word => {
                    match self.name_ending(at, dimension) {
                        Some(Some(property)) => {
                            return Some(property).filter(|_| !self.is_compound(at, property));
                        }
                        // "a temperature at low pressure exceeding"
                        Some(None) if !TRANSPARENT.contains(&self.word(at)) => {
                            let before = self.modifier(at).filter(|at| self.word(*at) == "at")?;
                            at = self.back(before)?;
                            continue;
                        }
                        _ => {}
                    }
                    // In "an alloy with more than", the property comes after the figure.
                    let opens = matches!(self.word(at), "with" | "in" | "for" | "by" | "on");
                    if opens && at + 1 == start && !self.is_in_range(at) {
                        return None;
                    }
                    if TRANSPARENT.contains(&self.word(at)) || self.is_in_range(at) {
                        at = self.back(at)?;
                    } else {
                        modifiers += 1;
                        let before = self.modifier(at).filter(|_| modifiers <= 3)?;
                        at = self.back(before)?;
                    }
                }
                // "density at 298 K of"
                Kind::Figure(_) => {
                    let before = self.back(at)?;
                    let condition = matches!(self.word(before), "at" | "measured");
                    at = condition.then(|| self.back(before)).flatten()?;
                }
                _ => return None,
            }
        }
        None
    }

    /// Returns the start of an aside between two commas: ", measured at 20 °C,".
    fn aside(&self, comma: usize) -> Option<usize> {
        let mut at = comma;
        for _ in 0..12 {
            let before = self.back(at)?;
            if self.is_mark(before, ',') {
                let begins = matches!(
                    self.word(at),
                    "measured"
                        | "excluding"
                        | "including"
                        | "when"
                        | "in"
                        | "with"
                        | "without"
                        | "fully"
                );
                return begins.then_some(before);
            }
            if !matches!(self.kind(before)?, Kind::Word | Kind::Figure(_)) {
                return None;
            }
            at = before;
        }
        None
    }

    /// Returns the start of a phrase about a noun.
    fn modifier(&self, end: usize) -> Option<usize> {
        let mut at = end;
        for _ in 0..8 {
            at = self.back(at)?;
            // "according to ISO 230/2"
            if !matches!(
                self.kind(at)?,
                Kind::Word | Kind::Figure(_) | Kind::Mark('/')
            ) {
                return None;
            }
            let word = self.word(at);
            if MODIFIERS.contains(&word) {
                return Some(at);
            }
            if matches!(word, "and" | "or" | "having" | "than") {
                return None;
            }
        }
        None
    }

    /// Returns whether the text is as in "mass flow in the range from".
    fn is_in_range(&self, at: usize) -> bool {
        let from_zero = || {
            self.back(at)
                .is_some_and(|before| self.word(before) == "zero")
        };
        self.word(at) == "to" && from_zero()
            || matches!(self.word(at), "in" | "within")
                && (matches!(self.word(at + 1), "range" | "ranges")
                    || self.word(at + 1) == "the"
                        && matches!(self.word(at + 2), "range" | "ranges"))
    }

    fn is_compound(&self, end: usize, property: Property) -> bool {
        let Some(before) = self.back(end) else {
            return false;
        };
        let full = self.word(before) == "operating"
            && self.back(before).is_some_and(|at| self.word(at) == "full");
        COMPOUNDS
            .iter()
            .any(|(name, word)| *name == property.name() && self.word(before) == *word)
            || full && property.name() == "range"
    }

    /// Returns the property whose name ends at a piece: the longest name, and of several the first
    /// that can have the dimension. Returns `Some(None)` if there is a name that cannot have it.
    fn name_ending(&self, at: usize, dimension: Dimension) -> Option<Option<Property>> {
        let names = singulars(self.word(at)).flat_map(|word| Property::ending_with(&word));
        longest(names, dimension, |words| {
            words[..words.len() - 1]
                .iter()
                .rev()
                .try_fold(at, |at, word| {
                    let before = self.back(at)?;
                    (self.word(before) == *word).then_some(before)
                })
        })
    }

    /// Returns the property whose name begins at a piece, if it can have the dimension.
    pub(super) fn name_beginning(&self, at: usize, dimension: Dimension) -> Option<Property> {
        let names = singulars(self.word(at)).flat_map(|word| Property::beginning_with(&word));
        longest(names, dimension, |words| {
            words[1..]
                .iter()
                .enumerate()
                .try_fold(at, |at, (left, word)| {
                    let next = self.next(at)?;
                    let same = match left + 2 == words.len() {
                        true => singulars(self.word(next)).any(|one| one == *word),
                        false => self.word(next) == *word,
                    };
                    same.then_some(next)
                })
        })
        .flatten()
    }

    /// Returns the property that the words after a figure name: "in diameter", "inside diameter".
    pub(super) fn property_after(
        &self,
        end: usize,
        dimension: Dimension,
    ) -> Option<(Property, bool)> {
        let mut at = self.next(end)?;
        let mut closer = false;
        for _ in 0..3 {
            if let Some(found) = self.name_beginning(at, dimension) {
                // "1 m in range" gives the direction.
                let extent = EXTENTS.contains(&found.name());
                return (extent || !closer).then_some((found, closer));
            }
            match self.word(at) {
                "in" => closer = true,
                "of" | "by" | "the" | "total" | "single-ended" => {}
                _ => return None,
            }
            at = self.next(at)?;
        }
        None
    }
}
