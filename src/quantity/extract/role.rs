//! The part that a figure plays in an English text.

use super::phrases::Before;
use super::words::{Kind, Words};
use crate::quantity::range::Role;

/// Words with which a condition begins.
const CONDITIONS: [&str; 13] = [
    "at",
    "over",
    "per",
    "under",
    "using",
    "when",
    "across",
    "throughout",
    "during",
    "around",
    "reference",
    "referenced",
    "re",
];

impl Words {
    /// Returns for each piece whether the text excludes what is said there: "except those having
    /// …", "not capable of …".
    pub(super) fn left_out(&self) -> Vec<bool> {
        let mut left_out = vec![false; self.tokens.len()];
        let (mut depth, mut since) = (0usize, None);
        let negated = self.word(0) == "not"
            && matches!(self.word(1), "capable" | "designed" | "able" | "rated");
        if negated {
            since = Some(0);
        }
        for (at, left) in left_out.iter_mut().enumerate() {
            super::work::step();
            match self.tokens[at].kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => {
                    depth = depth.saturating_sub(1);
                    since = since.filter(|since| *since <= depth);
                }
                Kind::Mark(',' | ';' | ':') => since = since.filter(|since| *since != depth),
                Kind::Word => match self.word(at) {
                    "except" | "excluding" | "excludes" | "excepting" => {
                        since = since.or(Some(depth));
                    }
                    "and" if negated => since = None,
                    _ => {}
                },
                _ => {}
            }
            *left = since.is_some();
        }
        left_out
    }

    /// Returns for each piece the bracket that it is in, as the position of the opening bracket.
    pub(super) fn brackets(&self) -> Vec<Option<usize>> {
        let mut open = Vec::new();
        (0..self.tokens.len())
            .map(|at| {
                match self.tokens[at].kind {
                    Kind::Open(_) => open.push(at),
                    Kind::Close(_) => {
                        open.pop();
                    }
                    _ => {}
                }
                open.last().copied()
            })
            .collect()
    }

    /// Returns whether a bracket gives an example.
    pub(super) fn is_example(&self, open: usize) -> bool {
        self.word(open + 1) == "e" && self.is_mark(open + 2, '.') && self.word(open + 3) == "g"
    }

    /// Returns the role of a figure, or of a range, with a comparator.
    pub(super) fn role_of_compared(&self, start: usize, named: bool) -> Role {
        let Some(before) = self.back(start) else {
            return Role::Limit;
        };
        let counted = self.ends_with(before, &["particles"]).is_some()
            || self.ends_with(before, &["particles", "of"]).is_some();
        if self.word(before) == "specified" && matches!(self.word(start), "below" | "above") {
            return Role::Condition;
        }
        let specified = self.word(before) == "arrive"
            || self
                .ends_with(before, &["measured", "above", "and"])
                .is_some();
        if self.explains_symbol(start) {
            return Role::Condition;
        }
        if !named && (counted || specified) || self.is_averaged(before) {
            return Role::Condition;
        }
        match self.is_measured(before, named) {
            true => Role::Condition,
            false => Role::Limit,
        }
    }

    /// Returns whether the text is as in "over time intervals of" or "across a distance of".
    fn is_averaged(&self, end: usize) -> bool {
        let mut at = end;
        let mut spans = false;
        for _ in 0..10 {
            match self.word(at) {
                "" | "with" | "having" | "and" | "than" => return false,
                "over" | "across" => return spans && !self.is_tunable(at),
                "distance" | "interval" | "intervals" | "period" | "periods" => spans = true,
                _ => {}
            }
            let Some(before) = self.back(at) else {
                return false;
            };
            at = before;
        }
        false
    }

    fn is_tunable(&self, over: usize) -> bool {
        self.back(over).is_some_and(|at| self.word(at) == "tunable")
    }

    /// Returns whether the text is as in "when measured at a frequency of", where the noun after
    /// "measured" governs the figure.
    fn is_measured(&self, end: usize, named: bool) -> bool {
        let mut at = end;
        for distance in 0..7 {
            match self.word(at) {
                "" | "with" | "having" | "exceeding" | "than" => return false,
                "measured" | "measuring" => {
                    return (named && distance > 1 || distance == 0)
                        && matches!(self.word(at + 1), "at" | "from" | "over" | "in");
                }
                "synthesizing" => return true,
                _ => {}
            }
            let Some(before) = self.back(at) else {
                return false;
            };
            at = before;
        }
        false
    }

    /// Returns the role of a figure without a comparator.
    pub(super) fn role_of_exact(&self, start: usize, in_bracket: bool) -> Role {
        if in_bracket {
            return Role::Condition;
        }
        let Some(mut at) = self.back(start) else {
            return Role::Limit;
        };
        for distance in 0..9 {
            let word = self.word(at);
            match word {
                "" => return Role::Limit,
                "in" if distance <= 1 && self.is_bare_in(at) => return Role::Condition,
                "to" => {
                    let moved = self.back(at).map_or("", |at| self.word(at));
                    return match moved {
                        "corresponding" | "relative" | "exposed" => Role::Condition,
                        _ => Role::Limit,
                    };
                }
                // "under simulated illumination with an irradiance of"
                "with" if self.is_under(at) => return Role::Condition,
                "with" | "having" | "in" | "for" | "from" | "by" | "than" => return Role::Limit,
                // Something that operates at a figure has that value. Something that is measured at
                // a figure has it only during the measurement.
                word if CONDITIONS.contains(&word) => {
                    return match self.back(at).is_some_and(|at| self.operates(at)) && word == "at" {
                        true => Role::Limit,
                        false => Role::Condition,
                    };
                }
                _ => {}
            }
            match self.back(at) {
                Some(before) => at = before,
                None => return Role::Limit,
            }
        }
        Role::Limit
    }

    fn is_under(&self, with: usize) -> bool {
        let mut at = with;
        for _ in 0..6 {
            match self.back(at) {
                Some(before) if self.word(before) == "under" => return true,
                Some(before) if self.kind(before) == Some(Kind::Word) => at = before,
                _ => return false,
            }
        }
        false
    }

    /// Returns whether the figure in a bracket gives the value of the word before the bracket:
    /// "from diesel fuel (2.5 cSt) down to gasoline (0.5 cSt)".
    pub(super) fn is_named_end(&self, open: usize) -> bool {
        let mut at = open;
        for _ in 0..3 {
            match self.back(at) {
                Some(before) if matches!(self.word(before), "from" | "to") => return true,
                Some(before) if self.kind(before) == Some(Kind::Word) => at = before,
                _ => return false,
            }
        }
        false
    }

    /// Returns whether the text explains a symbol, as in "where f is the frequency".
    fn explains_symbol(&self, start: usize) -> bool {
        let mut at = start;
        for _ in 0..16 {
            match self.back(at) {
                Some(before) if self.word(before) == "where" => {
                    return self.word(before + 1).len() <= 2 && self.word(before + 2) == "is";
                }
                Some(before) if self.kind(before) == Some(Kind::Word) => at = before,
                _ => return false,
            }
        }
        false
    }

    fn operates(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "operate" | "operates" | "operating" | "operated" | "operation" | "rated"
        )
    }

    /// Returns whether the figure is as in "in 24 hours", "in a 1 g environment" or "in 3% sodium
    /// chloride".
    fn is_bare_in(&self, at: usize) -> bool {
        self.back(at)
            .is_none_or(|before| !matches!(self.word(before), "range" | "ranges"))
    }

    /// Returns whether "over" before a figure is a preposition, which says over what something is
    /// measured and does not compare.
    pub(super) fn is_preposition(&self, phrase: &Before, figure: usize) -> bool {
        if self.word(phrase.start) != "over" || phrase.start + 1 != figure {
            return false;
        }
        let before = self.back(phrase.start);
        before.is_some_and(|at| {
            self.is_mark(at, ',') || matches!(self.word(at), "averaged" | "measured")
        }) || self.ends_with(figure + 3, &["of", "travel"]).is_some()
            || self.ends_with(figure + 2, &["of", "travel"]).is_some()
    }
}
