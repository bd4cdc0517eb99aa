//! Builds quantities from the figures that a text states.

use super::Lead;
use super::pairs::{Pair, with_shared_signs};
use super::stated::{Reader, Stated};
use crate::quantity::extract::UnreadReason;
use crate::quantity::extract::better::settled;
use crate::quantity::extract::phrases::{Sign, Way};
use crate::quantity::extract::words::Words;
use crate::quantity::number::Number;
use crate::quantity::property::Property;
use crate::quantity::range::{Limit, Quantity, Role};
use crate::quantity::unit::{Dimension, Unit};

/// A figure that became no quantity.
pub(super) struct Left {
    pub(super) figure: usize,
    pub(super) reason: UnreadReason,
}

/// Builds quantities from figures.
pub(super) struct Builder<'a> {
    pub(super) words: &'a Words,
    brackets: Vec<Option<usize>>,
    pub(super) unread: Vec<Left>,
    /// The end of the current clause, and the last place at which it says that its shares are by
    /// weight.
    pub(super) clause_end: usize,
    pub(super) weighed_at: Option<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(words: &'a Words) -> Builder<'a> {
        Builder {
            words,
            brackets: words.brackets(),
            unread: Vec::new(),
            clause_end: 0,
            weighed_at: None,
        }
    }

    /// Returns the quantities of a text, in the order of the text.
    pub(super) fn quantities(&mut self, reader: &Reader<'_>, lead: &Lead<'_>) -> Vec<Quantity> {
        let mut read: Vec<Quantity> = Vec::new();
        let stated = with_shared_signs(self.words, &reader.stated);
        let mut last: Option<(Stated, Option<Property>)> = None;
        let mut at = 0;
        while let Some(first) = stated.get(at) {
            let second = stated.get(at + 1);
            let pair = second.and_then(|second| self.pair(first, second));
            let second = second.filter(|_| pair.is_some());
            let property = self.property(first, second, lead, last);
            let mut role = role(reader, first, second, property.is_some());
            if first.side {
                role = read.last().map_or(role, Quantity::role);
            }
            let before = read.len();
            self.build(first, second.zip(pair), property, role, &mut read);
            // If a condition is stated twice, it is kept once.
            if read[before..]
                .iter()
                .all(|one| one.role() == Role::Condition && read[..before].contains(one))
            {
                read.truncate(before);
            }
            last = Some((*second.unwrap_or(first), property));
            at += 1 + usize::from(second.is_some());
        }
        read
    }

    pub(super) fn unit(&self, stated: &Stated) -> Unit {
        stated.unit.unwrap_or(Unit::ONE)
    }

    /// Builds the quantities of a figure or of a pair.
    fn build(
        &mut self,
        first: &Stated,
        second: Option<(&Stated, Pair)>,
        property: Option<Property>,
        role: Role,
        read: &mut Vec<Quantity>,
    ) {
        let bracket = self.brackets[self.words.places[first.figure]];
        let other = second.map(|(second, _)| second);
        if let Some(reason) = self.refused(first, other, property, role, bracket) {
            // A figure without a comparator and a unit numbers something: "Schedule 2".
            let says = |one: &&Stated| one.unit.is_some() || one.sign.is_some();
            for stated in std::iter::once(first).chain(other).filter(says) {
                self.unread.push(Left {
                    figure: stated.figure,
                    reason,
                });
            }
            return;
        }
        let dimension = self.dimension(first, second.map(|(second, _)| second));
        let ends = |stated: &Stated| self.ends(stated, property, dimension, role);
        let made: Vec<Quantity> = match second {
            None => {
                let (mut low, mut high) = ends(first);
                let place = self.words.places[first.figure];
                if first.sign.is_none() && role == Role::Limit && self.words.is_from_zero(place) {
                    let zero = Number::new(0, 0, 0).zip(low);
                    high = low;
                    low = zero.map(|(zero, limit)| Limit::new(zero, limit.unit, true));
                }
                Quantity::new(property, low, high).into_iter().collect()
            }
            Some((second, pair)) => {
                let (a, b) = (ends(first), ends(second));
                let (a, b) = (a.0.or(a.1), b.1.or(b.0));
                paired(property, a.zip(b), pair)
            }
        };
        if made.is_empty() {
            self.unread.push(Left {
                figure: first.figure,
                reason: UnreadReason::Unclear,
            });
            if let Some((second, _)) = second {
                self.unread.push(Left {
                    figure: second.figure,
                    reason: UnreadReason::Unclear,
                });
            }
        }
        read.extend(made.into_iter().map(|quantity| quantity.with_role(role)));
    }

    /// Returns the reason if no quantity is made of a figure.
    fn refused(
        &self,
        first: &Stated,
        second: Option<&Stated>,
        property: Option<Property>,
        role: Role,
        brackets: Option<usize>,
    ) -> Option<UnreadReason> {
        let words = self.words;
        let place = words.places[first.figure];
        if first.unit.is_none() {
            let bare = property.is_some_and(Property::is_bare) && first.sign.is_some();
            return (!bare).then_some(UnreadReason::Count);
        }
        let flattened = |stated: &Stated| words.figures[stated.figure].flattened;
        let long = property.is_some_and(|property| property.name().starts_with("specific"));
        if (flattened(first) || second.is_some_and(flattened))
            && self.unit(first).dimension() == Dimension::Length
            && !long
        {
            return Some(UnreadReason::Unclear);
        }
        // "3 dB bandwidth" is a name.
        let named = self.unit(first).symbol() == "dB"
            && first.sign.is_none()
            && (matches!(words.word(place + 1), "bandwidth" | "beamwidth")
                || words.word(place + 2) == "bandwidth");
        // In "conditions of 100 kPa and 25°" the degrees are not an angle.
        let odd = role == Role::Condition
            && self.unit(first).symbol() == "°"
            && (0..place)
                .rev()
                .take(8)
                .any(|at| words.word(at) == "conditions");
        let end = first.sign.is_none()
            && second.is_none()
            && brackets.is_some_and(|open| open + 1 == place && words.is_named_end(open));
        // The composition of an alloy: "(about 50% Nb, 30% Ti)".
        let made_of = brackets.is_some()
            && role == Role::Condition
            && first.sign.is_none()
            && self.unit(first).symbol() == "%";
        match (named, odd || end || made_of) {
            (true, _) => Some(UnreadReason::Name),
            (_, true) => Some(UnreadReason::Unclear),
            _ => None,
        }
    }

    /// Returns the limits that one figure sets.
    fn ends(
        &self,
        stated: &Stated,
        property: Option<Property>,
        dimension: Dimension,
        role: Role,
    ) -> (Option<Limit>, Option<Limit>) {
        let figure = &self.words.figures[stated.figure];
        let mut unit = self.unit(stated);
        if dimension == Dimension::Acceleration && unit.dimension() == Dimension::Mass {
            unit = Unit::from_symbol("gₙ").unwrap_or(unit);
        }
        let limit = |inclusive| Some(Limit::new(figure.number, unit, inclusive));
        let Some(mut sign) = stated.sign else {
            return match role {
                Role::Band => (None, limit(true)),
                _ => (limit(true), limit(true)),
            };
        };
        if self.is_depth(stated, dimension) {
            sign.way = Way::Up;
        }
        let name = property.map(Property::name);
        match settled(
            sign,
            name,
            dimension,
            figure.number.value(),
            figure.tolerance,
        ) {
            Some(Sign {
                way: Way::Up,
                within,
            }) => (limit(within), None),
            Some(Sign {
                way: Way::Down,
                within,
            }) => (None, limit(within)),
            Some(Sign {
                way: Way::Exactly, ..
            }) => (limit(true), limit(true)),
            _ => (None, None),
        }
    }
}

/// Returns the quantities of two figures that belong together.
fn paired(property: Option<Property>, ends: Option<(Limit, Limit)>, pair: Pair) -> Vec<Quantity> {
    let Some((mut low, mut high)) = ends else {
        return Vec::new();
    };
    if low.si() > high.si() {
        // "less than 20 m² but greater than 0.15 m²", "between 370 and 193 nm"
        (low, high) = (high, low);
    }
    match pair {
        Pair::Range => Quantity::new(property, Some(low), Some(high))
            .into_iter()
            .collect(),
        Pair::Unclear => Vec::new(),
        Pair::Outside | Pair::Covered => {
            let within = pair == Pair::Covered;
            (low.inclusive, high.inclusive) = (within, within);
            let below = Quantity::new(property, None, Some(low));
            let above = Quantity::new(property, Some(high), None);
            below.into_iter().chain(above).collect()
        }
    }
}

/// Returns the role of a figure or a range.
fn role(reader: &Reader<'_>, first: &Stated, second: Option<&Stated>, named: bool) -> Role {
    let words = reader.words;
    let place = words.places[first.figure];
    if reader.left_out[place] {
        return Role::Exclusion;
    }
    if let Some(role) = first.role {
        return role;
    }
    let other_than = words
        .back(first.start)
        .is_some_and(|at| words.ends_with(at, &["other", "than"]).is_some());
    if other_than {
        return Role::Exclusion;
    }
    if first.sign.is_none() && second.is_none() {
        if words.figures[first.figure].tolerance {
            return Role::Band;
        }
        return words.role_of_exact(first.start, reader.brackets[place].is_some());
    }
    // "within 0 to 0.3 mm of the range", "measured from 0 to 5 mm"
    if second.is_some() && words.word(first.start) == "within" {
        return Role::Condition;
    }
    words.role_of_compared(first.start, named)
}
