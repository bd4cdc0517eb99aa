//! Finds figures that belong together: ranges, and figures that share a comparator.

use super::build::Builder;
use super::stated::{Stated, joins};
use crate::quantity::extract::phrases::Way;
use crate::quantity::extract::words::{Kind, Words};
use crate::quantity::unit::{Dimension, Unit};

/// The way in which two figures belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// The ends of one range, in either order.
    Range,
    /// Everything outside a range.
    Outside,
    /// A range that something must cover at least.
    Covered,
    /// A comparator before a range, which does not say enough: "wider than 5 to 6 m".
    Unclear,
}

impl Builder<'_> {
    /// Returns how two figures make one quantity, or `None` if they do not.
    pub(super) fn pair(&self, first: &Stated, second: &Stated) -> Option<Pair> {
        // "less than 10-14 J" is a power that lost its place, and no range.
        if first.sign.is_some() && self.is_hyphened(first, second) {
            return Some(Pair::Unclear);
        }
        let dimension = |stated: &Stated| self.unit(stated).dimension();
        if dimension(first) != dimension(second) || first.side || second.side {
            return None;
        }
        if first.unit.is_some() != second.unit.is_some() {
            return None;
        }
        let between = self.between(first, second)?;
        let figure = |stated: &Stated| {
            let number = self.words.figures[stated.figure].number.value();
            self.unit(stated).to_si(number)
        };
        let is = |stated: &Stated, way: Way| stated.sign.is_some_and(|sign| sign.way == way);
        let connected = matches!(
            between.as_str(),
            "" | "but" | "and" | "," | ", but" | ", and" | "to" | "up" | "or" | "and up"
        );
        let tolerance = |stated: &Stated| self.words.figures[stated.figure].tolerance;
        if is(first, Way::Up) && is(second, Way::Down) {
            return (connected && figure(first) <= figure(second)).then_some(Pair::Range);
        }
        if is(first, Way::Down) && is(second, Way::Up) {
            let within = connected && between != "or" && figure(second) < figure(first);
            return within.then_some(Pair::Range);
        }
        // "a resolution of 0.1 mrad up to and including 1 mrad"
        if first.sign.is_none() && is(second, Way::Down) {
            let up = self.words.word(second.start) == "up" || self.words.word(second.start) == "to";
            return (between.is_empty() && up && first.role.is_none()).then_some(Pair::Range);
        }
        let exact = first
            .sign
            .is_none_or(|sign| sign.way == Way::Up || sign.within && !tolerance(first))
            && second.sign.is_none()
            && !tolerance(second);
        let spans = self.word_before(first);
        let joined =
            joins(&between) && (between != "and" || spans == "between" || self.is_between(first));
        if !(exact && joined) {
            return None;
        }
        // "a range of at least 5 mm to 9 mm", "within 0 to 0.2 mm"; not "exceeding 5 to 6".
        match first.sign {
            Some(sign) if !sign.within => Some(Pair::Unclear),
            _ if self.is_outside(first) => Some(Pair::Outside),
            // "a range of at least 5 mm to 9 mm"
            Some(_) if self.words.word(first.start + 1) == "least" => Some(Pair::Covered),
            _ => Some(Pair::Range),
        }
    }

    /// Returns whether nothing but a hyphen is between two figures.
    fn is_hyphened(&self, first: &Stated, second: &Stated) -> bool {
        let figure = |stated: &Stated| self.words.figures[stated.figure];
        let (end, start) = (figure(first).end, figure(second).start);
        figure(first).unit.is_none() && self.words.lower.get(end..start) == Some("-")
    }

    /// Returns the text between two figures and their phrases, if it is short.
    pub(super) fn between(&self, first: &Stated, second: &Stated) -> Option<String> {
        let pieces = first.end + 1..second.start;
        if pieces.len() > 3 {
            return None;
        }
        let shown: Vec<&str> = pieces.map(|at| self.words.shown(at)).collect();
        Some(shown.join(" "))
    }

    pub(super) fn word_before(&self, stated: &Stated) -> &str {
        self.words
            .back(stated.start)
            .map_or("", |at| self.words.word(at))
    }

    /// Returns whether the figures are as in "between about 5 and 10 kHz".
    fn is_between(&self, first: &Stated) -> bool {
        let back = |at: usize| self.words.back(at);
        back(first.start)
            .filter(|at| {
                matches!(
                    self.words.word(*at),
                    "a" | "an" | "about" | "of" | "approximately"
                )
            })
            .and_then(back)
            .is_some_and(|at| self.words.word(at) == "between")
    }

    /// Returns whether the figures are as in "outside 5 kHz to 9 kHz".
    fn is_outside(&self, first: &Stated) -> bool {
        let mut at = first.start;
        for _ in 0..6 {
            match self.words.back(at) {
                Some(before) if self.words.word(before) == "outside" => {
                    return before + 1 == first.start
                        || matches!(self.words.word(before + 1), "the" | "a" | "of");
                }
                Some(before) if self.words.kind(before) == Some(Kind::Word) => at = before,
                _ => return false,
            }
        }
        false
    }
}

/// Returns the figures after sharing comparators: a figure without one takes that of the figure
/// before if it continues it. Examples are "more than 24% nickel and 19% chromium" and "at greater
/// than 18 degrees, 15 degrees side slip, or 90 degrees".
pub(super) fn with_shared_signs(words: &Words, stated: &[Stated]) -> Vec<Stated> {
    let mut all = stated.to_vec();
    for at in 1..all.len() {
        let before = all[at - 1];
        let one = &mut all[at];
        if one.sign.is_some() || one.role.is_some() || one.side || one.from {
            continue;
        }
        let Some(sign) = before.sign else { continue };
        let (Some(unit), Some(last)) = (one.unit, before.unit) else {
            continue;
        };
        let pieces = before.end + 1..one.start;
        let Some(joint) = pieces
            .end
            .checked_sub(1)
            .filter(|joint| pieces.contains(joint))
        else {
            continue;
        };
        let only_words = pieces.clone().take(8).all(|at| match words.kind(at) {
            Some(Kind::Word) => !matches!(
                words.word(at),
                "at" | "with" | "for" | "in" | "to" | "by" | "over" | "per" | "when" | "than"
            ),
            Some(Kind::Mark(',')) => at + 1 >= joint,
            _ => false,
        });
        let listed = words.is_mark(joint, ',') || matches!(words.word(joint), "or" | "and");
        let angular =
            |unit: Unit| matches!(unit.dimension(), Dimension::Angle | Dimension::AngularRate);
        let alike = unit == last && (words.word(joint) == "and" || angular(unit))
            || angular(unit) && angular(last);
        // "80 mm in diameter or length and 20 mm in thickness" has more words in between.
        let in_words = pieces.clone().count() <= 8
            && unit == last
            && words.word(joint) == "and"
            && pieces.clone().all(|at| words.kind(at) == Some(Kind::Word))
            && words.word(pieces.start) == "in";
        if pieces.len() <= 6 && only_words && listed && alike || in_words {
            one.sign = Some(sign);
        }
    }
    all
}
