//! Finds what a figure measures: the noun that governs it, or what the text around it says.

use super::Lead;
use super::build::Builder;
use super::stated::Stated;
use crate::quantity::extract::words::Kind;
use crate::quantity::property::Property;
use crate::quantity::unit::Dimension;

impl Builder<'_> {
    /// Returns the property that a figure measures.
    pub(super) fn property(
        &mut self,
        first: &Stated,
        second: Option<&Stated>,
        lead: &Lead<'_>,
        last: Option<(Stated, Option<Property>)>,
    ) -> Option<Property> {
        let words = self.words;
        let dimension = self.dimension(first, second);
        let end = second.unwrap_or(first).end;
        let after = words.property_after(end, dimension).or_else(|| {
            // "3 kg or more in weight", but also "5 mm thickness or more"
            words.property_after(words.places[second.unwrap_or(first).figure], dimension)
        });
        // "20 mm in thickness" is more specific than the words before it.
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
            && let Some(lead) = lead.words()
            && let Some(phrase) = lead.lead_in()
            && let Some(property) = lead.governing(phrase.start, dimension)
        {
            return Some(property);
        }
        // "from below 228 K to above 328 K" continues with the same property.
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

    /// Returns whether a text continues with shares by weight: "17% by weight of chromium, and 4%
    /// of nickel".
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

    /// Returns the dimension of a figure, which is an acceleration if the text gives it in "g".
    pub(super) fn dimension(&self, first: &Stated, second: Option<&Stated>) -> Dimension {
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
        let place = words.places[last.figure];
        let of = after == "of" && words.word(place + 2) == "acceleration";
        match near || of || matches!(after, "environment" | "rms") {
            true => Dimension::Acceleration,
            false => Dimension::Mass,
        }
    }

    /// Returns the piece at which the words before "other than" end: "at frequencies other than 4.2
    /// to 4.4 GHz".
    fn past_other_than(&self, start: usize) -> Option<usize> {
        let before = self.words.back(start)?;
        self.words.ends_with(before, &["other", "than"])
    }

    /// Returns whether a symbol is between the figures, as in "10 Hz ≤ F ≤ 10 kHz".
    fn is_symbol(&self, first: &Stated, symbol: &str) -> bool {
        let place = self.words.places[first.figure];
        matches!(self.words.shown(place + 1), "≤" | "<") && self.words.word(place + 2) == symbol
    }

    /// Returns whether a length is a depth: "for use below 1,000 m" means deeper.
    pub(super) fn is_depth(&self, first: &Stated, dimension: Dimension) -> bool {
        dimension == Dimension::Length
            && self.words.word(first.start) == "below"
            && matches!(
                self.word_before(first),
                "use" | "used" | "operate" | "operating" | "operation"
            )
    }

    /// Returns the content as the property if the clause says that its shares are by weight,
    /// anywhere in it. Figures must be asked in the order of the text, so that each clause is read
    /// once.
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
}
