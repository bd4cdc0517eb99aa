//! The phrases that English texts use to compare, before and after a figure.

use super::words::{Kind, Words};

/// The figures that a phrase allows, as a direction from its own figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    /// Better figures: more purity, less error.
    Better,
    /// Worse figures: "no better than".
    Worse,
    /// Faster figures: a shorter time or a higher rate.
    Faster,
    Slower,
    Exactly,
}

/// A comparator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) way: Way,
    /// True if the figure itself is inside the range.
    pub(super) within: bool,
}

impl Sign {
    pub(super) const fn new(way: Way, within: bool) -> Sign {
        Sign { way, within }
    }

    /// Returns the comparator that "not" makes of this one.
    pub(super) fn turned(self) -> Sign {
        let way = match self.way {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
            Way::Better => Way::Worse,
            Way::Worse => Way::Better,
            Way::Faster => Way::Slower,
            Way::Slower => Way::Faster,
            Way::Exactly => Way::Exactly,
        };
        Sign::new(way, !self.within)
    }

    pub(super) fn with(self, within: bool) -> Sign {
        Sign::new(self.way, self.within || within)
    }
}

/// A comparator before a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) sign: Sign,
    /// The first piece of the phrase.
    pub(super) start: usize,
    /// True if the phrase is only the word "from", which begins a range.
    pub(super) from: bool,
}

/// Returns the direction of an adjective of comparison.
fn adjective(word: &str) -> Option<Way> {
    Some(match word {
        "more" | "greater" | "higher" | "larger" | "longer" | "wider" | "bigger" | "thicker"
        | "deeper" | "heavier" | "above" | "over" | "older" => Way::Up,
        "less" | "lower" | "smaller" | "fewer" | "finer" | "shorter" | "tighter" | "thinner"
        | "narrower" | "below" | "under" | "lesser" => Way::Down,
        "better" => Way::Better,
        "faster" => Way::Faster,
        "slower" => Way::Slower,
        _ => return None,
    })
}

impl Words {
    /// Returns the phrase before a position: "equal to or less (better) than", "not exceeding".
    pub(super) fn phrase_before(&self, figure: usize) -> Option<Before> {
        let end = self.past_fillers(figure)?;
        let (end, equal) = match self.ends_with(end, &["or", "equal", "to"]) {
            Some(at) => (self.back(at)?, true),
            None => match self.ends_with(end, &["or", "equal"]) {
                Some(at) => (self.back(at)?, true),
                None => (end, false),
            },
        };
        let end = match self.is_mark(end, ',') {
            true => self.back(end)?,
            false => end,
        };
        let mut found = self.core(end)?;
        found.sign = found.sign.with(equal);
        self.prefixed(&mut found);
        Some(found)
    }

    /// Returns the phrase before the noun that a figure belongs to: "which meet or exceed a total
    /// dose of", "at or below a temperature of", "larger than a single optic".
    pub(super) fn phrase_before_noun(&self, figure: usize) -> Option<Before> {
        let stops = |at: usize| {
            matches!(
                self.word(at),
                "and" | "or" | "in" | "at" | "by" | "with" | "for" | "to"
            )
        };
        let mut at = self.back(figure).filter(|at| !stops(*at))?;
        let of = self.word(at) == "of";
        for _ in 0..5 {
            let before = self.back(at)?;
            let article = matches!(self.word(at), "a" | "an" | "the");
            let compares = match self.word(before) {
                "exceed" | "exceeds" | "exceeding" | "below" | "above" => of,
                "than" => !of && article,
                _ => false,
            };
            if article && compares {
                let mut found = self.core(before)?;
                self.prefixed(&mut found);
                found.start = figure;
                return Some(found);
            }
            let other = stops(before) || self.word(before) == "of";
            if self.kind(before)? != Kind::Word || other {
                return None;
            }
            at = before;
        }
        None
    }

    /// Returns whether the text is as in "from zero to", where the range begins at zero.
    pub(super) fn is_from_zero(&self, figure: usize) -> bool {
        self.back(figure).is_some_and(|at| {
            self.ends_with(at, &["zero", "to"]).is_some()
                || self.ends_with(at, &["between", "zero", "and"]).is_some()
        })
    }

    /// Returns the piece before the articles and marks that may come between a phrase and its
    /// figure.
    fn past_fillers(&self, figure: usize) -> Option<usize> {
        let mut at = self.before_bracketed(figure)?;
        for _ in 0..4 {
            let filler = matches!(
                self.shown(at),
                "a" | "an" | "the" | "about" | "approximately" | "," | ":" | "~" | "±"
            );
            if filler {
                at = self.back(at)?;
            } else if let Some(start) = self.ends_with(at, &["plus", "or", "minus"]) {
                at = self.back(start)?;
            } else {
                break;
            }
        }
        Some(at)
    }

    /// Returns the piece before a figure, also if a bracket has nothing in it but the figure.
    fn before_bracketed(&self, figure: usize) -> Option<usize> {
        let alone = figure
            .checked_sub(1)
            .is_some_and(|open| self.kind(open) == Some(Kind::Open(figure + 1)));
        self.back(if alone { figure - 1 } else { figure })
    }

    /// Returns the words that compare, without the words that may precede them.
    fn core(&self, end: usize) -> Option<Before> {
        let found = |way, within, start| {
            Some(Before {
                sign: Sign::new(way, within),
                start,
                from: false,
            })
        };
        // "=>" and "=<", where they touch.
        let turned = end.checked_sub(1).is_some_and(|at| {
            self.shown(at) == "=" && self.tokens[at].end == self.tokens[end].start
        });
        match self.shown(end) {
            ">" if turned => return found(Way::Up, true, end - 1),
            "<" if turned => return found(Way::Down, true, end - 1),
            "≥" | "≧" | "⩾" => return found(Way::Up, true, end),
            "≤" | "≦" | "⩽" => return found(Way::Down, true, end),
            ">" | "＞" => return found(Way::Up, false, end),
            "<" | "＜" => return found(Way::Down, false, end),
            "=" => {
                let before = end.checked_sub(1).map_or("", |at| self.shown(at));
                return match before {
                    ">" => found(Way::Up, true, end - 1),
                    "<" => found(Way::Down, true, end - 1),
                    _ => found(Way::Exactly, true, end),
                };
            }
            "than" => return self.than(end),
            "exceeding" | "exceeds" | "exceed" | "above" | "over" | "beyond" => {
                return found(Way::Up, false, end);
            }
            "below" | "under" | "beneath" => return found(Way::Down, false, end),
            "within" => return found(Way::Down, true, end),
            "minimum" => return found(Way::Up, true, end),
            "maximum" => return found(Way::Down, true, end),
            _ => {}
        }
        for (words, way, within) in PHRASES {
            if let Some(start) = self.ends_with(end, words) {
                return found(way, within, start);
            }
        }
        match self.word(end) {
            "from" => Some(Before {
                from: true,
                ..found(Way::Up, true, end)?
            }),
            // "less 13 kPa", "greater 75 °C": "than" was left out.
            "less" | "greater" => found(adjective(self.word(end))?, false, end),
            _ => None,
        }
    }

    /// Reads "less (better) than", "better (less) than", "greater than".
    fn than(&self, than: usize) -> Option<Before> {
        let before = than.checked_sub(1)?;
        let (first, aside) = match self.kind(before)? {
            Kind::Close(open) => (open.checked_sub(1)?, adjective(self.word(before - 1))),
            _ => (before, None),
        };
        let way = match (adjective(self.word(first))?, aside) {
            (Way::Better, Some(way)) => way,
            (way, _) => way,
        };
        Some(Before {
            sign: Sign::new(way, false),
            start: first,
            from: false,
        })
    }

    /// Adds the words that may precede a comparison: "equal to or", "at or", "not", "no dimension".
    fn prefixed(&self, found: &mut Before) {
        if let Some(before) = self.back(found.start) {
            let equal = PREFIXES
                .iter()
                .find_map(|words| self.ends_with(before, words));
            if let Some(start) = equal {
                found.start = start;
                found.sign.within = true;
            }
        }
        let Some(before) = self.back(found.start) else {
            return;
        };
        // "accuracies to within 10 m"
        if self.word(found.start) == "within" && self.word(before) == "to" {
            found.start = before;
            return;
        }
        let mut at = before;
        if self.word(at) == "to" {
            // "not to exceed"
            match self.back(at).filter(|not| self.word(*not) == "not") {
                Some(not) => at = not,
                None => return,
            }
        }
        if matches!(self.word(at), "not" | "no" | "never") {
            found.start = at;
            found.sign = found.sign.turned();
            return;
        }
        // "no dimension greater than"
        if matches!(found.sign.way, Way::Up | Way::Down) {
            for _ in 0..3 {
                if self.kind(at) != Some(Kind::Word) || self.word(at) == "of" {
                    return;
                }
                if self.word(at) == "no" {
                    found.sign = found.sign.turned();
                    return;
                }
                let Some(further) = self.back(at) else { return };
                at = further;
            }
        }
    }

    /// Returns the phrase after a figure, perhaps after a few words that say what is measured: "or
    /// more", "kg of TNT or greater". Also returns the piece after it.
    pub(super) fn phrase_after(&self, figure: usize, words: usize) -> Option<(Sign, usize)> {
        let mut at = self.next(figure)?;
        for passed in 0..=words {
            if self.is_mark(at, ',') {
                at = self.next(at).filter(|at| self.word(*at) == "or")?;
            }
            if let Some(found) = self.or_more(at, passed) {
                return Some(found);
            }
            if self.kind(at)? != Kind::Word || matches!(self.word(at), "or" | "and") {
                return None;
            }
            if matches!(
                self.word(at),
                "at" | "with" | "for" | "to" | "than" | "but" | "where" | "when"
            ) {
                return None;
            }
            at = self.next(at)?;
        }
        None
    }

    /// Reads "or more", "and above", "minimum".
    fn or_more(&self, at: usize, passed: usize) -> Option<(Sign, usize)> {
        let joined = match self.word(at) {
            "or" => true,
            "and" => passed == 0,
            // In "5 kPa maximum pressure", "maximum" belongs to the noun.
            "minimum" | "maximum" if passed == 0 && self.ends_clause(at + 1) => {
                let way = if self.word(at) == "minimum" {
                    Way::Up
                } else {
                    Way::Down
                };
                return Some((Sign::new(way, true), at + 1));
            }
            _ => false,
        };
        let adjective_at = at + 1;
        let way = adjective(self.word(adjective_at)).filter(|_| joined)?;
        let mut after = adjective_at + 1;
        let mut aside = None;
        if let Some(Kind::Open(close)) = self.kind(after) {
            aside = adjective(self.word(after + 1));
            if aside.is_some() {
                after = close + 1;
            }
        }
        // "or less than 5", "or above 124 K", "or below or equal to" belong to another figure.
        let other = match self.kind(after) {
            Some(Kind::Figure(_)) => true,
            Some(Kind::Word) => {
                matches!(self.word(after), "than" | "from" | "the") || self.is_or_equal(after)
            }
            _ => false,
        };
        let way = match (way, aside) {
            (Way::Better, Some(way)) => way,
            (way, _) => way,
        };
        (!other).then_some((Sign::new(way, true), after))
    }

    fn is_or_equal(&self, at: usize) -> bool {
        self.word(at) == "or" && self.word(at + 1) == "equal"
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.kind(at) != Some(Kind::Word)
    }

    /// Returns the comparator with which a lead-in ends, and the piece at which it begins. It is
    /// for the lead-in's children: "exceeding:", "lower (better) than any of these:".
    pub(super) fn lead_in(&self) -> Option<Before> {
        let mut end = self.tokens.len();
        let mut at = end.checked_sub(1)?;
        while matches!(self.kind(at), Some(Kind::Mark(':' | '.' | ';'))) {
            end = at;
            at = at.checked_sub(1)?;
        }
        // "exceeding all the following limits and that are … :"
        let following = (0..=at)
            .rev()
            .take(40)
            .find(|at| self.word(*at) == "following");
        if let Some(following) = following {
            end = following;
            for words in [
                &["the"][..],
                &["of"],
                &["any"],
                &["all"],
                &["each"],
                &["either"],
            ] {
                if let Some(before) = end.checked_sub(1)
                    && let Some(start) = self.ends_with(before, words)
                {
                    end = start;
                }
            }
        }
        self.phrase_before(end).filter(|found| !found.from)
    }
}

/// Phrases of several words. If one ends like another, the longer one comes first.
const PHRASES: [(&[&str], Way, bool); 16] = [
    (&["up", "to", "and", "including"], Way::Down, true),
    (&["to", "and", "including"], Way::Down, true),
    (&["in", "excess", "of"], Way::Up, false),
    (&["upwards", "of"], Way::Up, false),
    (&["minimum", "of"], Way::Up, true),
    (&["maximum", "of"], Way::Down, true),
    (&["at", "least"], Way::Up, true),
    (&["at", "most"], Way::Down, true),
    (&["up", "to"], Way::Down, true),
    (&["down", "to"], Way::Down, true),
    (&["exceeding", "to"], Way::Up, false),
    (&["exceeding", "of"], Way::Up, false),
    (&["not", "equal", "to"], Way::Exactly, false),
    (&["equivalent", "to"], Way::Exactly, true),
    (&["equal", "to"], Way::Exactly, true),
    (&["equals"], Way::Exactly, true),
];

/// Words before a comparison that put the figure itself inside the range.
const PREFIXES: [&[&str]; 9] = [
    &["equal", "to", "or"],
    &["equal", "or"],
    &["equals", "or"],
    &["equivalent", "to", "or"],
    &["at", "or"],
    &["meeting", "or"],
    &["meet", "or"],
    &["meets", "or"],
    &["equal", "to", "and"],
];
