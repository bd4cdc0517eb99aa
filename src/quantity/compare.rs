//! The figures of a text, for comparing two texts: its quantities, and the figures that belong to
//! no quantity.

use std::cmp::Ordering;

use super::extract::scan::figures;
use super::{Number, Quantity, in_chinese, in_english};
use crate::text::chars::is_chinese;

/// The figures of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stated {
    /// Its limits in the order of the text. Quantities with other roles are not compared.
    pub(crate) quantities: Vec<Quantity>,
    /// Figures that name or count something, or that have an unknown unit, each with the word after
    /// it.
    pub(crate) counts: Vec<(Number, String)>,
}

impl Stated {
    /// Reads a text in English or Chinese. If its quantities are recorded, these are used.
    pub(crate) fn of(text: &str, recorded: &[Quantity]) -> Stated {
        let mut quantities = match recorded {
            [] if text.contains(is_chinese) => in_chinese(text),
            [] => in_english(text),
            _ => recorded.to_vec(),
        };
        let ends: Vec<f64> = quantities
            .iter()
            .flat_map(|q| q.lower().into_iter().chain(q.upper()))
            .map(|limit| limit.value())
            .collect();
        let bare = figures(text)
            .into_iter()
            .filter(|figure| figure.unit.is_none() && !ends.contains(&figure.number.value()));
        let counts = bare
            .filter(|figure| !names(&text[..figure.start]))
            .map(|figure| {
                (
                    figure.number,
                    word_after(&text[figure.end..]).to_lowercase(),
                )
            })
            .collect();
        quantities.retain(Quantity::is_limit);
        Stated { quantities, counts }
    }
}

/// Returns whether a text ends with a word that makes a name of the number after it: "Part 774",
/// "No. 1", "Note 2".
fn names(before: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let word = word
        .trim_start_matches(['(', '“', '‘', '"'])
        .to_ascii_lowercase();
    [
        "§",
        "§§",
        "part",
        "parts",
        "supp.",
        "no.",
        "nos.",
        "section",
        "sections",
        "paragraph",
        "paragraphs",
        "note",
        "notes",
        "cfr",
        "category",
        "column",
        "#",
    ]
    .contains(&word.as_str())
}

/// Returns the word that follows a figure and may say what the figure counts.
fn word_after(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\u{a0}']);
    let word = &text[..text
        .find(|c: char| !c.is_alphabetic() || is_chinese(c))
        .unwrap_or(text.len())];
    let joins = [
        "or", "and", "to", "of", "in", "for", "the", "with", "at", "a", "per", "through", "by",
    ]
    .contains(&word);
    if joins { "" } else { word }
}

/// An end of a range in SI units, with whether the end itself is inside.
type End = Option<(f64, bool)>;

impl Quantity {
    /// Returns whether both have the same figures and dimension, in whatever units: 600 mm and 0.6
    /// m.
    pub(crate) fn same_range(&self, other: &Quantity) -> bool {
        self.reach(other) == Some(Ordering::Equal)
    }

    /// Returns whether both can be about one property: the properties are the same, or one of them
    /// is not known.
    #[cfg(feature = "align")]
    pub(crate) fn same_property(&self, other: &Quantity) -> bool {
        self.property
            .zip(other.property)
            .is_none_or(|(a, b)| a == b)
    }

    /// Compares the extent of this range with another of the same dimension: `Greater` if it
    /// contains all of the other and more. Returns `None` if neither contains the other. Also
    /// returns `None` if one is an exact figure, because that is a condition and not a threshold.
    pub(crate) fn reach(&self, other: &Quantity) -> Option<Ordering> {
        let (a, b) = (self.si(), other.si());
        if a.dimension != b.dimension {
            return None;
        }
        match (
            reach(a.lower, b.lower, true),
            reach(a.upper, b.upper, false),
        ) {
            (Ordering::Equal, Ordering::Equal) => Some(Ordering::Equal),
            _ if self.is_exact() || other.is_exact() => None,
            (Ordering::Equal, one) | (one, Ordering::Equal) => Some(one),
            (low, high) => (low == high).then_some(low),
        }
    }
}

/// Compares two lower ends or two upper ends by how much each leaves inside the range.
fn reach(a: End, b: End, lower: bool) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        // Conversion rounds, so nearly equal values count as equal.
        (Some((a, a_in)), Some((b, b_in))) if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) => {
            a_in.cmp(&b_in)
        }
        (Some((a, _)), Some((b, _))) if lower => b.total_cmp(&a),
        (Some((a, _)), Some((b, _))) => a.total_cmp(&b),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::*;

    #[test]
    fn ranges_reach_in_si() {
        for (a, b, expected) in [
            ("> 30 W", "> 30 kW", Some(Greater)),
            ("> 600 mm", "> 1 m", Some(Greater)),
            ("≥ 600 mm", "≥ 0.6 m", Some(Equal)),
            ("≥ 5 mm", "> 5 mm", Some(Greater)),
            ("≤ 5 mm", "≤ 6 mm", Some(Less)),
            ("> 5 mm < 9 mm", "> 6 mm ≤ 8 mm", Some(Greater)),
            ("> 5 mm < 9 mm", "> 6 mm < 10 mm", None),
            ("> 5 mm", "< 5 mm", None),
            ("= 20 °C", "= 293.15 K", Some(Equal)),
            ("= 20 °C", "> 10 °C", None),
            ("> 5 mm", "> 5 kg", None),
        ] {
            let (a, b): (Quantity, Quantity) = (
                a.parse().expect("a quantity"),
                b.parse().expect("a quantity"),
            );
            assert_eq!(a.reach(&b), expected, "{a} beside {b}");
            assert_eq!(
                b.reach(&a),
                expected.map(std::cmp::Ordering::reverse),
                "{b} beside {a}"
            );
        }
    }

    #[test]
    fn no_figure_is_passed_over() {
        let read = |text: &str| {
            let stated = Stated::of(text, &[]);
            let counts = stated
                .counts
                .iter()
                .map(|(number, word)| format!("{number} {word}").trim_end().to_owned());
            stated
                .quantities
                .iter()
                .map(ToString::to_string)
                .chain(counts)
                .collect::<Vec<_>>()
                .join("; ")
        };
        assert_eq!(
            read("Two-stage, exceeding 5 kW, with 2 Axes; see Part 774 and Note 1"),
            "> 5 kW; 2 axes"
        );
        assert_eq!(read("content of 17.0-23.0%"), "content ≥ 17.0 % ≤ 23.0 %");
        assert_eq!(read("Type 5 of 3A001.b.2 and 7 furlongs"), "5; 7 furlongs");
        assert_eq!(read("5轴联动、功率不超过30 W"), "power ≤ 30 W; 5");
        assert_eq!(
            Stated::of("Lasers of type 5", &["> 3 W".parse().expect("a quantity")])
                .quantities
                .len(),
            1
        );
    }
}
