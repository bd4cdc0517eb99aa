//! Proposes the relation of a likely counterpart, and names the figures that speak for it.
//!
//! Numbers tell versions of one item apart better than words do. If a threshold differs, it shows
//! which of the two items is wider, once both are in one unit. A reader decides.

use std::cmp::Ordering;

use crate::align::draft::texts;
use crate::crosswalk::Relation;
use crate::list::Item;
use crate::quantity::{Number, Quantity, Stated};

/// Returns the figures that an item states: its recorded quantities, or else those of its text or
/// its title.
pub(super) fn stated(item: &Item) -> Stated {
    let text = texts(item)
        .find(|text| text.contains(|c: char| c.is_ascii_digit()))
        .unwrap_or_default();
    Stated::of(text, &item.facts.quantities)
}

/// Returns true if two quantities give the same range of the same property, in whatever units.
fn same(a: &Quantity, b: &Quantity) -> bool {
    a.same_property(b) && a.same_range(b)
}

/// Returns both lists without the members that they share, taken away one for one.
fn without_same<T: Copy>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> (Vec<T>, Vec<T>) {
    let mut theirs = b.to_vec();
    let mut ours = a.to_vec();
    ours.retain(
        |one| match theirs.iter().position(|other| same(one, other)) {
            Some(at) => {
                theirs.remove(at);
                false
            }
            None => true,
        },
    );
    (ours, theirs)
}

/// Returns the figures of the left item that the right one states too, as the left one publishes
/// them: quantities first, then counts.
pub(super) fn shared(a: &Stated, b: &Stated) -> Vec<String> {
    let quantities = a
        .quantities
        .iter()
        .filter(|one| b.quantities.iter().any(|other| same(one, other)))
        .map(ToString::to_string);
    let counted = |(number, word): &(Number, String)| {
        !word.is_empty()
            && b.counts
                .iter()
                .any(|(other, counted)| other.value() == number.value() && counted == word)
    };
    let counts = a
        .counts
        .iter()
        .filter(|count| counted(count))
        .map(|(number, word)| format!("{number} {word}"));
    let mut shown: Vec<String> = Vec::new();
    for one in quantities.chain(counts) {
        if !shown.contains(&one) {
            shown.push(one);
        }
    }
    shown
}

/// Returns the relation of the left item's scope to the right one's, by their likeness and their
/// figures.
pub(super) fn relation(a: &Stated, b: &Stated, likeness: f32) -> Relation {
    let counts = |stated: &Stated| {
        stated
            .counts
            .iter()
            .map(|(number, _)| number.value())
            .collect::<Vec<f64>>()
    };
    let (our_counts, their_counts) = without_same(&counts(a), &counts(b), |a, b| a == b);
    let (ours, theirs) = without_same(&a.quantities, &b.quantities, same);
    // Figures that count or name show that something differs, and not which item is wider.
    if !our_counts.is_empty() || !their_counts.is_empty() || ours.len() != theirs.len() {
        return Relation::Overlapping;
    }
    if ours.is_empty() {
        return if likeness >= 0.8 {
            Relation::Equal
        } else {
            Relation::Overlapping
        };
    }
    let mut reach = ours
        .iter()
        .zip(&theirs)
        .map(|(one, other)| one.reach(other).filter(|_| one.same_property(other)));
    let first = reach.next().flatten();
    match first.filter(|first| likeness >= 0.6 && reach.all(|other| other == Some(*first))) {
        Some(Ordering::Greater) => Relation::Broader,
        Some(Ordering::Less) => Relation::Narrower,
        _ => Relation::Overlapping,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Relation::{Broader, Equal, Narrower, Overlapping};

    fn relation(left: &str, right: &str, likeness: f32) -> Relation {
        super::relation(&Stated::of(left, &[]), &Stated::of(right, &[]), likeness)
    }

    #[test]
    fn a_differing_threshold_says_which_is_wider() {
        for (left, right, expected) in [
            ("A power exceeding 30 W", "A power exceeding 30 W", Equal),
            ("A power exceeding 30 W", "A power exceeding 20 W", Narrower),
            (
                "A power exceeding 30 W",
                "A power of 30 W or more",
                Narrower,
            ),
            (
                "A width of less than 200 ns",
                "A width of less than 100 ns",
                Broader,
            ),
            ("500 W or more", "600 W or more", Broader),
            ("not exceeding 5 mm", "not exceeding 6 mm", Narrower),
            ("not less than 5 mm", "not less than 6 mm", Broader),
            (
                "exceeding 5 mm and less than 9 mm",
                "exceeding 6 mm and less than 10 mm",
                Overlapping,
            ),
            ("exceeding 5 mm", "less than 5 mm", Overlapping),
            ("Type 5", "Type 6", Overlapping),
            ("Type 5", "Type 5", Equal),
            (
                "a length over 5 mm and a width over 6 mm",
                "a length over 4 mm and a width over 7 mm",
                Overlapping,
            ),
            ("功率大于 30 W", "功率大于 20 W", Narrower),
            ("功率不超过30 W", "功率不超过20 W", Broader),
            ("长度不大于5毫米", "长度不大于6毫米", Narrower),
            ("长度不小于5毫米", "长度不小于6毫米", Broader),
            ("纯度不低于99%", "纯度不低于98%", Narrower),
        ] {
            assert_eq!(
                relation(left, right, 0.9),
                expected,
                "{left:?} beside {right:?}"
            );
            assert_ne!(
                relation(left, right, 0.5),
                Equal,
                "{left:?} beside {right:?}"
            );
        }
        assert_eq!(relation("x", "y", 0.3), Overlapping);
    }

    #[test]
    fn units_are_part_of_a_threshold() {
        for (left, right, expected) in [
            ("A power exceeding 30 W", "A power exceeding 30 kW", Broader),
            ("A length > 600 mm", "A length > 1 m", Broader),
            ("A length > 1000 mm", "A length > 1 m", Equal),
            ("below 20 °C", "below 293.15 K", Equal),
            ("exceeding 30 W", "exceeding 30 mm", Overlapping),
            (
                "more than 0,9 kg, exceeding 1 273 K",
                "more than 0.9 kg, exceeding 1,273 K",
                Equal,
            ),
            ("exceeding 1,50 g/cm3", "exceeding 1.6 g/cm³", Broader),
            ("功率大于30瓦", "A power exceeding 30 W", Equal),
            ("功率大于30千瓦", "A power exceeding 30 W", Narrower),
            ("长度不超过600毫米", "长度不超过1米", Narrower),
        ] {
            assert_eq!(
                relation(left, right, 0.9),
                expected,
                "{left:?} beside {right:?}"
            );
        }
    }

    #[test]
    fn what_both_state_is_shown_as_published() {
        let of = |text| Stated::of(text, &[]);
        let (a, b) = (
            of("a length over 600 mm, a power exceeding 30 W"),
            of("a power exceeding 30 kW, a length over 0.6 m"),
        );
        assert_eq!(shared(&a, &b), ["length > 600 mm"]);
        assert_eq!(shared(&b, &a), ["length > 0.6 m"]);
        assert_eq!(shared(&of("lasers with 2 Axes"), &of("2 axes")), ["2 axes"]);
        assert!(shared(&a, &of("30 lasers")).is_empty());
    }
}
