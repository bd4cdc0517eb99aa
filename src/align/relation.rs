//! The last stage: what a likely counterpart's relation is, and what speaks for it in words that a reviewer can read.
//!
//! Numbers tell versions of one item apart better than words, and a threshold that differs says which of the two is wider. This is a proposal: a
//! reader decides.

use crate::align::text::is_han;
use crate::crosswalk::Relation;

/// Which way a threshold reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// From the number up.
    AtLeast,
    /// Up to the number.
    AtMost,
    Unknown,
}

/// A number of a text with its bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limit {
    number: f64,
    bound: Bound,
}

const UP: [&str; 14] =
    ["exceeding", "exceed", "exceeds", "greater", "more", "above", "over", "higher", "least", "minimum", "from", "大于", "超过", "高于"];
const DOWN: [&str; 12] = ["less", "below", "under", "lower", "up", "within", "maximum", "most", "better", "小于", "低于", "不超过"];

/// The limits that a text states, in its order. Negations ("not exceeding") turn a bound round.
pub(super) fn limits(text: &str) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let mut bound = Bound::Unknown;
    let mut age = 0;
    let mut negated = false;
    let normal: String = text.chars().map(|c| if is_han(c) || c.is_alphanumeric() || matches!(c, '.' | ',') { c } else { ' ' }).collect();
    for word in normal.split_whitespace() {
        let word = word.trim_matches(['.', ',']).to_lowercase();
        let up = UP.iter().any(|up| word == *up || (up.starts_with(is_han) && word.contains(up)));
        let down = DOWN.iter().any(|down| word == *down || (down.starts_with(is_han) && word.contains(down)));
        if word == "not" || word == "no" {
            negated = true;
        } else if up || down {
            let found = if up != negated { Bound::AtLeast } else { Bound::AtMost };
            negated = false;
            // "500 or more" speaks of the number before it.
            match limits.last_mut() {
                Some(last) if last.bound == Bound::Unknown && age <= 3 => last.bound = found,
                _ => bound = found,
            }
            age = 0;
        } else if let Some(number) = number(&word) {
            limits.push(Limit { number, bound: if age <= 6 { bound } else { Bound::Unknown } });
            bound = Bound::Unknown;
            age = 0;
        } else {
            age += 1;
        }
    }
    limits
}

fn number(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let joined = match word.split_once(',') {
        Some((head, tail)) if tail.len() == 3 && head != "0" => format!("{head}{tail}"),
        Some(_) => word.replace(',', "."),
        None => word.to_owned(),
    };
    joined.parse().ok()
}

/// What the left text's scope is to the right one's, as far as their likeness and their limits say.
pub(super) fn relation(a: &[Limit], b: &[Limit], likeness: f32) -> Relation {
    let numbers = |limits: &[Limit]| {
        let mut numbers: Vec<f64> = limits.iter().map(|limit| limit.number).collect();
        numbers.sort_by(f64::total_cmp);
        numbers
    };
    if numbers(a) == numbers(b) {
        return if likeness >= 0.8 { Relation::Equal } else { Relation::Overlapping };
    }
    if a.len() != b.len() || likeness < 0.6 {
        return Relation::Overlapping;
    }
    let mut wider = None;
    for (one, other) in a.iter().zip(b).filter(|(one, other)| one.number != other.number) {
        let left_is_wider = match (one.bound, other.bound) {
            (Bound::AtLeast, Bound::AtLeast) => one.number < other.number,
            (Bound::AtMost, Bound::AtMost) => one.number > other.number,
            _ => return Relation::Overlapping,
        };
        if wider.is_some_and(|wider| wider != left_is_wider) {
            return Relation::Overlapping;
        }
        wider = Some(left_is_wider);
    }
    match wider {
        Some(true) => Relation::Broader,
        Some(false) => Relation::Narrower,
        None => Relation::Overlapping,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(left: &str, right: &str, likeness: f32) -> Relation {
        super::relation(&limits(left), &limits(right), likeness)
    }

    #[test]
    fn a_differing_threshold_says_which_is_wider() {
        let of = |left, right| relation(left, right, 0.9);
        assert_eq!(of("A power exceeding 30 W", "A power exceeding 30 W"), Relation::Equal);
        assert_eq!(of("A power exceeding 30 W", "A power exceeding 20 W"), Relation::Narrower);
        assert_eq!(of("A width of less than 200 ns", "A width of less than 100 ns"), Relation::Broader);
        assert_eq!(of("500 W or more", "600 W or more"), Relation::Broader);
        assert_eq!(of("not exceeding 5 mm", "not exceeding 6 mm"), Relation::Narrower);
        assert_eq!(of("exceeding 5 mm and less than 9 mm", "exceeding 6 mm and less than 10 mm"), Relation::Overlapping);
        assert_eq!(of("Type 5", "Type 6"), Relation::Overlapping);
        assert_eq!(relation("功率大于 30 W", "功率大于 20 W", 0.9), Relation::Narrower);
        assert_eq!(relation("x", "y", 0.3), Relation::Overlapping);
    }
}
