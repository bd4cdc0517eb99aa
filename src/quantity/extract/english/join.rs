//! Which figures make one quantity, and what it measures.

use super::stated::{Reader, Stated, joins};
use crate::quantity::extract::UnreadReason;
use crate::quantity::extract::phrases::{Sign, Way, settled};
use crate::quantity::extract::words::{Kind, Words};
use crate::quantity::number::Number;
use crate::quantity::property::Property;
use crate::quantity::range::{Limit, Quantity, Role};
use crate::quantity::unit::{Dimension, Unit};

/// A figure that made no quantity.
pub(super) struct Share {
    pub(super) figure: usize,
    pub(super) reason: UnreadReason,
}

/// Makes quantities of figures.
pub(super) struct Shares<'a> {
    words: &'a Words,
    brackets: Vec<Option<usize>>,
    pub(super) unread: Vec<Share>,
    /// Where the clause at hand ends, and where it last says that its shares are by weight.
    clause_end: usize,
    weighed_at: Option<usize>,
}

/// How two figures belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// The ends of one range, in either order.
    Range,
    /// What lies outside of a range.
    Outside,
}

impl<'a> Shares<'a> {
    pub(super) fn new(words: &'a Words) -> Shares<'a> {
        Shares {
            words,
            brackets: words.brackets(),
            unread: Vec::new(),
            clause_end: 0,
            weighed_at: None,
        }
    }

    /// The quantities of a text, in its order.
    pub(super) fn quantities(
        &mut self,
        reader: &Reader<'_>,
        lead: Option<&Words>,
    ) -> Vec<Quantity> {
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
            // The same condition twice is one.
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

    fn unit(&self, stated: &Stated) -> Unit {
        stated.unit.unwrap_or(Unit::ONE)
    }

    /// Whether two figures make one quantity.
    fn pair(&self, first: &Stated, second: &Stated) -> Option<Pair> {
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
        let spans = self.before(first);
        let joined =
            joins(&between) && (between != "and" || spans == "between" || self.is_between(first));
        if !(exact && joined) {
            return None;
        }
        // "a range of at least −50 °C to 125 °C", "within 0 to 0.2 mm"; not "exceeding 5 to 6".
        match first.sign {
            Some(sign) if !sign.within => None,
            _ if self.is_outside(first) => Some(Pair::Outside),
            _ => Some(Pair::Range),
        }
    }

    /// What stands between two figures with their phrases, if it is short.
    fn between(&self, first: &Stated, second: &Stated) -> Option<String> {
        let pieces = first.end + 1..second.start;
        if pieces.len() > 3 {
            return None;
        }
        let shown: Vec<&str> = pieces.map(|at| self.words.shown(at)).collect();
        Some(shown.join(" "))
    }

    fn before(&self, stated: &Stated) -> &str {
        self.words
            .back(stated.start)
            .map_or("", |at| self.words.word(at))
    }

    /// "between about 5 and 10 kHz"
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

    /// "outside the range from 20 kHz to 60 kHz"
    fn is_outside(&self, first: &Stated) -> bool {
        let mut at = first.start;
        for _ in 0..6 {
            match self.words.back(at) {
                Some(before) if self.words.word(before) == "outside" => {
                    return matches!(self.words.word(before + 1), "the" | "a" | "of");
                }
                Some(before) if self.words.kind(before) == Some(Kind::Word) => at = before,
                _ => return false,
            }
        }
        false
    }

    /// What a figure measures.
    fn property(
        &mut self,
        first: &Stated,
        second: Option<&Stated>,
        lead: Option<&Words>,
        last: Option<(Stated, Option<Property>)>,
    ) -> Option<Property> {
        let words = self.words;
        let dimension = self.dimension(first, second);
        let end = second.unwrap_or(first).end;
        let after = words.property_after(end, dimension).or_else(|| {
            // "3 kg or more in weight", but also "5 mm thickness or more"
            words.property_after(words.places[second.unwrap_or(first).figure], dimension)
        });
        // "20 mm in thickness" says it more closely than what precedes it.
        if let Some((property, true)) = after {
            return Some(property);
        }
        let start = self.past_other_than(first.start).unwrap_or(first.start);
        if let Some(property) = words.governing(start, dimension) {
            return Some(property);
        }
        if self.is_symbol(first, "f") && dimension == Dimension::Frequency {
            return Property::from_name("frequency");
        }
        if self.is_depth(first, dimension) {
            return Property::from_name("depth");
        }
        if first.led
            && let Some(lead) = lead
            && let Some(phrase) = lead.lead_in()
            && let Some(property) = lead.governing(phrase.start, dimension)
        {
            return Some(property);
        }
        // "from below 228 K to above 328 K" goes on with the same thing.
        if let Some((before, property)) = last
            && let Some(between) = self.between(&before, first)
            && matches!(
                between.as_str(),
                "to" | "or" | "and" | "but" | ", but" | ", or"
            )
            && let Some(property) = property.filter(|property| property.can_have(dimension))
            && !first.side
        {
            return Some(property);
        }
        after
            .map(|(property, _)| property)
            .or_else(|| self.by_weight(second.unwrap_or(first)))
            .or_else(|| last.and_then(|(before, property)| self.goes_on(&before, first, property)))
    }

    /// "17% by weight of chromium, and 4% of nickel" goes on with shares by weight.
    fn goes_on(
        &self,
        before: &Stated,
        first: &Stated,
        property: Option<Property>,
    ) -> Option<Property> {
        let words = self.words;
        let pieces = before.end + 1..first.start;
        let listed = pieces.len() <= 12
            && pieces
                .clone()
                .all(|at| matches!(words.kind(at), Some(Kind::Word | Kind::Mark(','))))
            && matches!(
                words.shown(first.start.saturating_sub(1)),
                "and" | "," | "or"
            );
        property
            .filter(|property| listed && property.name() == "content" && before.unit == first.unit)
    }

    /// What a figure measures: an acceleration where the text gives it in "g".
    fn dimension(&self, first: &Stated, second: Option<&Stated>) -> Dimension {
        let words = self.words;
        let is_g = |stated: &Stated| self.unit(stated).symbol() == "g";
        if !is_g(first) && !second.is_some_and(is_g) {
            return self.unit(first).dimension();
        }
        let last = second.unwrap_or(first);
        let after = words.word(words.places[last.figure] + 1);
        let near = (0..first.start).rev().take(30).any(|at| {
            matches!(
                words.word(at),
                "acceleration"
                    | "accelerations"
                    | "shock"
                    | "vibration"
                    | "bias"
                    | "accelerometer"
                    | "accelerometers"
                    | "linear"
            )
        });
        match near || matches!(after, "environment" | "rms") {
            true => Dimension::Acceleration,
            false => Dimension::Mass,
        }
    }

    /// Where the words before "other than" end: "at frequencies other than 4.2 to 4.4 GHz".
    fn past_other_than(&self, start: usize) -> Option<usize> {
        let before = self.words.back(start)?;
        self.words.ends_with(before, &["other", "than"])
    }

    /// "10 Hz ≤ F ≤ 10 kHz"
    fn is_symbol(&self, first: &Stated, symbol: &str) -> bool {
        let place = self.words.places[first.figure];
        matches!(self.words.shown(place + 1), "≤" | "<") && self.words.word(place + 2) == symbol
    }

    /// "for use below 1,000 m": what is used below a length is deeper.
    fn is_depth(&self, first: &Stated, dimension: Dimension) -> bool {
        dimension == Dimension::Length
            && self.words.word(first.start) == "below"
            && matches!(
                self.before(first),
                "use" | "used" | "operate" | "operating" | "operation"
            )
    }

    /// A share of a thing by weight is its content, wherever in the clause the text says so; asked
    /// in the order of the text, so that each clause is read once.
    fn by_weight(&mut self, stated: &Stated) -> Option<Property> {
        if !matches!(self.unit(stated).symbol(), "%" | "ppm") {
            return None;
        }
        let lower = &self.words.lower;
        let from = self.words.figures[stated.figure].end;
        if from >= self.clause_end {
            let rest = &lower[from..];
            let clause = rest.split([';', ':']).next().unwrap_or(rest);
            self.clause_end = from + clause.len() + 1;
            self.weighed_at = clause
                .rfind("by weight")
                .max(clause.rfind("by mass"))
                .map(|at| from + at);
        }
        let percent = self.words.figures[stated.figure];
        let spelled = lower[percent.start..percent.end].ends_with("weight percent");
        (spelled || self.weighed_at.is_some_and(|at| at >= from))
            .then(|| Property::from_name("content"))
            .flatten()
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
            // What neither compares nor has a unit numbers something: "Schedule 2".
            let says = |one: &&Stated| one.unit.is_some() || one.sign.is_some();
            for stated in std::iter::once(first).chain(other).filter(says) {
                self.unread.push(Share {
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
            self.unread.push(Share {
                figure: first.figure,
                reason: UnreadReason::Unclear,
            });
            if let Some((second, _)) = second {
                self.unread.push(Share {
                    figure: second.figure,
                    reason: UnreadReason::Unclear,
                });
            }
        }
        read.extend(made.into_iter().map(|quantity| quantity.with_role(role)));
    }

    /// Why no quantity is made of a figure.
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
        // "standard conditions of 100 kPa and 25°": the degrees are no angle.
        let odd = role == Role::Condition
            && self.unit(first).symbol() == "°"
            && (0..place)
                .rev()
                .take(8)
                .any(|at| words.word(at) == "conditions");
        let end = first.sign.is_none()
            && second.is_none()
            && brackets.is_some_and(|open| open + 1 == place && words.is_named_end(open));
        match (named, odd || end) {
            (true, _) => Some(UnreadReason::Name),
            (_, true) => Some(UnreadReason::Unclear),
            _ => None,
        }
    }

    /// The limits that one figure sets.
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

/// The quantities of two figures that belong together.
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
        Pair::Outside => {
            (low.inclusive, high.inclusive) = (false, false);
            let below = Quantity::new(property, None, Some(low));
            let above = Quantity::new(property, Some(high), None);
            below.into_iter().chain(above).collect()
        }
    }
}

/// The role of a figure or a range.
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
    // "within 0 to 0.2 mm of the measuring range", "measured from 0 to 5 mm"
    if second.is_some() && words.word(first.start) == "within" {
        return Role::Condition;
    }
    words.role_of_compared(first.start, named)
}

/// The figures, each without comparator that goes on with that of the one before it: "more than 24%
/// nickel and 19% chromium", "at greater than 18 degrees, 15 degrees side slip, or 90 degrees".
fn with_shared_signs(words: &Words, stated: &[Stated]) -> Vec<Stated> {
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
                "at" | "with"
                    | "for"
                    | "of"
                    | "in"
                    | "to"
                    | "by"
                    | "over"
                    | "per"
                    | "when"
                    | "than"
            ),
            Some(Kind::Mark(',')) => at + 1 >= joint,
            _ => false,
        });
        let listed = words.is_mark(joint, ',') || matches!(words.word(joint), "or" | "and");
        let angular =
            |unit: Unit| matches!(unit.dimension(), Dimension::Angle | Dimension::AngularRate);
        let alike = unit == last && (words.word(joint) == "and" || angular(unit))
            || angular(unit) && angular(last);
        // "80 mm in diameter or length and 20 mm in thickness" has more between.
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
