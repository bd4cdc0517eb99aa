//! Finds the figures that a text states, each with its comparator and its role.

use super::Lead;
use crate::quantity::extract::phrases::{Before, Sign, Way};
use crate::quantity::extract::words::{Kind, Words};
use crate::quantity::extract::work;
use crate::quantity::extract::{Unread, UnreadReason};
use crate::quantity::range::Role;
use crate::quantity::unit::{Dimension, Unit};

/// A figure that a text states.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    /// Its position among the figures.
    pub(super) figure: usize,
    pub(super) unit: Option<Unit>,
    /// Its comparator, if it has one.
    pub(super) sign: Option<Sign>,
    /// True if "from" precedes it, which begins a range.
    pub(super) from: bool,
    /// The first piece of its phrase, or the figure's own piece.
    pub(super) start: usize,
    /// The last piece that belongs to it: the figure itself, a bracket that restates it, or a
    /// phrase.
    pub(super) end: usize,
    /// True if it is a side of a thing, other than the first side.
    pub(super) side: bool,
    /// True if its comparator is that of the lead-in.
    pub(super) led: bool,
    pub(super) role: Option<Role>,
}

/// Reads the figures of a text in order.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words,
    pub(super) stated: Vec<Stated>,
    pub(super) unread: Vec<Unread>,
    pub(super) left_out: Vec<bool>,
    pub(super) brackets: Vec<Option<usize>>,
    /// For each figure, the last side of the thing of which it is a side. Most figures are the only
    /// side.
    sides: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Words) -> Reader<'a> {
        Reader {
            words,
            stated: Vec::new(),
            unread: Vec::new(),
            left_out: words.left_out(),
            brackets: words.brackets(),
            sides: sides(words),
        }
    }

    /// Reads every figure. If the first has no comparator, it takes that of a lead-in.
    pub(super) fn read(&mut self, lead: &Lead<'_>) {
        let mut at = 0;
        while at < self.words.figures.len() {
            let next = self.figure(at);
            if at == 0
                && let Some(first) = self.stated.first_mut()
                && first.sign.is_none()
                && first.role.is_none()
                && let Some(lead_in) = lead.words().and_then(Words::lead_in)
            {
                first.sign = Some(lead_in.sign);
                first.led = true;
            }
            at = next.max(at + 1);
        }
    }

    fn skip(&mut self, figure: usize, reason: UnreadReason) {
        self.unread.push(self.words.unread(figure, reason));
    }

    /// Reads one figure, and returns the position of the next one to read.
    fn figure(&mut self, at: usize) -> usize {
        let words = self.words;
        let place = words.places[at];
        if let Some(open) = self.brackets[place]
            && words.is_example(open)
        {
            self.skip(at, UnreadReason::Example);
            return at + 1;
        }
        if let Some((next, first)) = self.ratio(at) {
            if !first {
                self.skip(at, UnreadReason::Ratio);
                return next;
            }
            return self.state(at, words.places[next - 1], next);
        }
        if let Some(next) = self.symbol_range(at) {
            return next;
        }
        self.state(at, place, at + 1)
    }

    /// Returns the figure after a ratio, and whether the first figure says everything. "2:1" is 2.
    /// This crate does not read "1:1.8", "1 part to 500 parts" and "505 divided by".
    fn ratio(&self, at: usize) -> Option<(usize, bool)> {
        let words = self.words;
        let place = words.places[at];
        if matches!(words.word(place + 1), "part" | "parts")
            || matches!(words.word(place + 1), "divided" | "multiplied" | "times")
                && words.word(place + 2) != "in"
        {
            return Some((at + 1, false));
        }
        let next = words.figures.get(at + 1)?;
        let glued = words.is_mark(place + 1, ':')
            && words.places[at + 1] == place + 2
            && words.figures[at].end + 1 == next.start;
        glued.then(|| (at + 2, next.number.value() == 1.0 && next.unit.is_none()))
    }

    /// Reads a range such as "10 Hz ≤ F ≤ 10 kHz", in which the signs face a symbol between two
    /// figures.
    fn symbol_range(&mut self, at: usize) -> Option<usize> {
        let words = self.words;
        let place = words.places[at];
        let facing = |at: usize, turned: bool| {
            let sign = match words.shown(at) {
                "≤" => Sign::new(Way::Down, true),
                "<" => Sign::new(Way::Down, false),
                "≥" => Sign::new(Way::Up, true),
                ">" => Sign::new(Way::Up, false),
                _ => return None,
            };
            let way = match (sign.way, turned) {
                (Way::Down, true) => Way::Up,
                (Way::Up, true) => Way::Down,
                (way, _) => way,
            };
            Some(Sign::new(way, sign.within))
        };
        let first = facing(place + 1, true)?;
        let symbol = words.word(place + 2);
        if symbol.is_empty() || symbol.len() > 3 {
            return None;
        }
        self.push(at, place, Some(first), place + 2);
        if let Some(second) = facing(place + 3, false)
            && words.places.get(at + 1) == Some(&(place + 4))
        {
            self.push(at + 1, place + 3, Some(second), place + 4);
            return Some(at + 2);
        }
        Some(at + 1)
    }

    fn push(&mut self, figure: usize, start: usize, sign: Option<Sign>, end: usize) {
        let unit = self.words.figures[figure].unit;
        self.stated.push(Stated {
            figure,
            unit,
            sign,
            from: false,
            start,
            end,
            side: false,
            led: false,
            role: None,
        });
    }

    /// States a figure whose last piece is given, and returns the next one to read.
    fn state(&mut self, at: usize, last: usize, next: usize) -> usize {
        let words = self.words;
        let place = words.places[at];
        let (mut found, mut role) = self.phrase(place);
        if self.says_again(at, place) && found.is_none_or(|phrase| is_exact(phrase.sign)) {
            self.skip(at, UnreadReason::Restated);
            return next;
        }
        let (end, next) = self.restated(at, last, next);
        let strange = words.figures[at].strange;
        let unit = words.figures[at].unit.or_else(|| self.shared_unit(at));
        // In "400 BHP (298 kW) or greater", the known unit gives the figure.
        if unit.is_none()
            && !strange
            && let Some((known, close)) = self.known_again(at, last)
            && words.word(close + 1) != "per"
        {
            self.skip(at, UnreadReason::Restated);
            let after = words.phrase_after(close, 0);
            self.finish(
                known,
                words.figures[known].unit,
                (found, after),
                close,
                role,
            );
            return known + 1;
        }
        let sides = self.sides[at];
        let after = match (sides > at, unit) {
            (true, _) => words.phrase_after(words.places[sides], 1),
            (false, None) => words.phrase_after(end, 2),
            (false, Some(_)) => words.phrase_after(end, 6),
        };
        // In "over 10 degrees or more", "over" does not compare: "or more" does.
        let over = |phrase: &Before| words.word(phrase.start) == "over";
        if after.is_some() && found.is_some_and(|phrase| over(&phrase) && phrase.start + 1 == place)
        {
            (found, role) = (None, Some(Role::Condition));
        }
        if strange || unit.is_none() && self.is_joined(at, sides) {
            if strange || found.is_some() || after.is_some() {
                self.skip(at, UnreadReason::Unit);
            }
            return next;
        }
        let after = after.filter(|_| sides == at || found.is_none());
        self.finish(at, unit, (found, after), end, role);
        next
    }

    /// Returns the phrase before a figure, or the figure's role if "over" precedes it as a
    /// preposition.
    fn phrase(&self, place: usize) -> (Option<Before>, Option<Role>) {
        let found = self.words.phrase_before(place);
        match found.or_else(|| self.words.phrase_before_noun(place)) {
            Some(phrase) if self.words.is_preposition(&phrase, place) => {
                (None, Some(Role::Condition))
            }
            found => (found, None),
        }
    }

    /// Adds a figure with the phrases before and after it.
    fn finish(
        &mut self,
        figure: usize,
        unit: Option<Unit>,
        (found, after): (Option<Before>, Option<(Sign, usize)>),
        end: usize,
        role: Option<Role>,
    ) {
        let place = self.words.places[figure];
        let before = found
            .filter(|phrase| !phrase.from)
            .map(|phrase| phrase.sign);
        let sign = match (before, after) {
            (Some(sign), None) => Some(sign),
            // The text says it twice: "greater than 300 km or greater".
            (Some(sign), Some((other, _))) if !is_exact(sign) => {
                Some(sign.with(sign.way == other.way && other.within))
            }
            (_, Some((sign, _))) => Some(sign),
            (None, None) => self.sign_of_side(figure),
        };
        let adjacent = after.filter(|(_, after)| *after > end && self.sides[figure] == figure);
        self.stated.push(Stated {
            figure,
            unit,
            sign: sign.filter(|sign| !is_exact(*sign)),
            from: found.is_some_and(|phrase| phrase.from),
            start: found.map_or(place, |phrase| phrase.start),
            end: adjacent.map_or(end, |(_, after)| after - 1),
            side: self.is_side(figure),
            led: false,
            role,
        });
    }

    /// Returns the comparator of the first side, which the other sides share.
    fn sign_of_side(&self, figure: usize) -> Option<Sign> {
        let before = self.stated.last().filter(|_| self.is_side(figure))?;
        (before.figure + 1 == figure)
            .then_some(before.sign)
            .flatten()
    }

    fn is_side(&self, figure: usize) -> bool {
        figure > 0 && self.sides[figure - 1] > figure - 1
    }

    /// Returns whether a figure without a unit is one side of a thing that has no unit either.
    fn is_joined(&self, at: usize, last: usize) -> bool {
        last > at || self.is_side(at)
    }

    /// Returns the unit of the next figure in a range, or of the last side.
    fn shared_unit(&self, at: usize) -> Option<Unit> {
        let words = self.words;
        if words.figures[at].strange {
            return None;
        }
        if self.sides[at] > at {
            return words.figures[self.sides[at]].unit;
        }
        let place = words.places[at];
        let next = *words.places.get(at + 1)?;
        // "20±0.01 °C", "17.0-23.0%", "5 to 10 kHz", "from 300 up to 600 Hz"
        let joined = next == place + 1 && words.figures[at + 1].tolerance
            || next == place + 2 && joins(words.shown(place + 1))
            || next == place + 3 && words.word(place + 1) == "up" && words.word(place + 2) == "to";
        joined.then(|| words.figures[at + 1].unit).flatten()
    }

    /// Finds the bracket after a figure that repeats it. Returns its closing piece and the figure
    /// after it.
    fn restated(&mut self, at: usize, last: usize, next: usize) -> (usize, usize) {
        let words = self.words;
        let Some(Kind::Open(close)) = words.kind(last + 1) else {
            return (last, next);
        };
        let Some(first) = self.first_in_bracket(last + 1, close, next) else {
            return (last, next);
        };
        let inner = &words.figures[first];
        if words.word(words.places[first] + 1) == "equivalent" {
            return (last, next);
        }
        let mut until = next;
        while words.places.get(until).is_some_and(|place| *place < close) {
            work::step();
            let reason = match until == first && !inner.strange {
                true => agreement(&words.figures[at], self.shared_unit(at), inner),
                false => UnreadReason::Restated,
            };
            self.skip(until, reason);
            until += 1;
        }
        (close, until)
    }

    /// Returns whether a figure in a bracket repeats the one before the bracket: after "equivalent
    /// to", or by its size in another unit.
    fn says_again(&self, at: usize, place: usize) -> bool {
        let words = self.words;
        let Some(open) = self.brackets[place] else {
            return false;
        };
        if words.word(open + 1) == "equivalent" && words.word(open + 2) == "to" {
            return true;
        }
        let Some((before, unit)) = self.stated.last().and_then(|before| {
            let near = words.places[before.figure] + 4 > open && words.places[before.figure] < open;
            before
                .unit
                .filter(|_| near && place == open + 1)
                .map(|unit| (before.figure, unit))
        }) else {
            return false;
        };
        let figure = &words.figures[at];
        figure
            .unit
            .is_some_and(|inner| inner.dimension() == unit.dimension())
            && agreement(&words.figures[before], Some(unit), figure) == UnreadReason::Restated
    }

    /// Returns the first figure of a bracket that begins with it, or with a word such as "i.e." or
    /// "or".
    fn first_in_bracket(&self, open: usize, close: usize, next: usize) -> Option<usize> {
        let words = self.words;
        let inside = |place: &&usize| **place > open && **place < close;
        let place = *words.places.get(next).filter(inside)?;
        let plain = (open + 1..place).take(8).all(|at| {
            matches!(
                words.shown(at),
                "i" | "e"
                    | "."
                    | ","
                    | "or"
                    | "equivalent"
                    | "to"
                    | "approximately"
                    | "about"
                    | "~"
                    | "="
                    | "≈"
                    | "approx"
                    | "−"
                    | "-"
                    | "–"
            )
        });
        (plain && place - open <= 8).then_some(next)
    }

    /// Returns the figure with a known unit in a bracket that follows within two words, and the
    /// position at which the bracket closes.
    fn known_again(&self, at: usize, last: usize) -> Option<(usize, usize)> {
        let words = self.words;
        let mut open = last + 1;
        for _ in 0..4 {
            match words.kind(open)? {
                Kind::Open(close) => {
                    let first = self.first_in_bracket(open, close, at + 1)?;
                    return words.figures[first].unit.map(|_| (first, close));
                }
                Kind::Word | Kind::Mark('/') => open += 1,
                _ => return None,
            }
        }
        None
    }
}

fn is_exact(sign: Sign) -> bool {
    sign.way == Way::Exactly
}

/// Returns whether a bracket agrees with the figure before it, as far as both can be compared.
fn agreement(
    figure: &crate::quantity::extract::scan::Figure,
    shared: Option<Unit>,
    inner: &crate::quantity::extract::scan::Figure,
) -> UnreadReason {
    let (Some(first), Some(mut second)) = (figure.unit.or(shared), inner.unit) else {
        return UnreadReason::Restated;
    };
    if first.dimension() == Dimension::Force && second.symbol() == "lb" {
        second = Unit::from_symbol("lbf").unwrap_or(second);
    }
    // A value that is measured in another way says nothing, such as a radiated power with another
    // reference.
    if first.dimension() != second.dimension() || first.symbol() == second.symbol() {
        return UnreadReason::Restated;
    }
    let (a, b) = (
        first.to_si(figure.number.value()),
        second.to_si(inner.number.value()),
    );
    // Restatements are rounded.
    match (a - b).abs() <= 0.05 * a.abs().max(b.abs()) {
        true => UnreadReason::Restated,
        false => UnreadReason::Disagrees,
    }
}

/// Returns whether a text joins the two figures of a range.
pub(super) fn joins(between: &str) -> bool {
    matches!(
        between,
        "to" | "-" | "–" | "—" | "~" | "through" | "and" | "−"
    )
}

/// Returns for each figure the last side of the thing of which it is a side. Most figures are the
/// only side.
fn sides(words: &Words) -> Vec<usize> {
    let mut last: Vec<usize> = (0..words.figures.len()).collect();
    for at in (1..words.figures.len()).rev() {
        let between = words.places[at - 1] + 1;
        if words.places[at] == between + 1 && matches!(words.shown(between), "×" | "x" | "by") {
            last[at - 1] = last[at];
        }
    }
    last
}
