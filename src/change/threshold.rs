//! Finds the figures that an item no longer states and those that replace them.

use crate::list::Item;
use crate::quantity::{Number, Quantity, Stated};

/// A figure: with the range and the unit that make a quantity of it, or with the word that says
/// what it counts.
enum Figure {
    Measure(Quantity),
    Count(Number, String),
}

impl Figure {
    /// Returns true if a reader would call both the same threshold. The property may be worded in
    /// another way, and the unit may be another.
    fn same(&self, other: &Figure) -> bool {
        match (self, other) {
            (Figure::Measure(a), Figure::Measure(b)) => a.same_range(b),
            (Figure::Count(a, counted), Figure::Count(b, other)) => {
                a.value() == b.value() && counted == other
            }
            _ => false,
        }
    }

    fn shown(&self) -> String {
        match self {
            Figure::Measure(quantity) => quantity.to_string(),
            Figure::Count(number, counted) => format!("{number} {counted}").trim_end().to_owned(),
        }
    }
}

/// The figures that only the old item states, and those that only the new one does; those of
/// [`Item::quantities`] as it has them. Nothing where one of the two has neither a text nor
/// quantities on record.
pub(super) fn replaced(old: &Item, new: &Item) -> (Vec<String>, Vec<String>) {
    let known = |item: &Item| item.text.is_some() || !item.facts.quantities.is_empty();
    if !known(old) || !known(new) {
        return (Vec::new(), Vec::new());
    }
    let both = old.text.is_some() && new.text.is_some();
    let (old, new) = (figures(old, both), figures(new, both));
    (without(&old, &new), without(&new, &old))
}

fn figures(item: &Item, counts: bool) -> Vec<Figure> {
    let stated = Stated::of(
        item.text.as_deref().unwrap_or_default(),
        &item.facts.quantities,
    );
    let counted = stated
        .counts
        .into_iter()
        .filter(|_| counts)
        .map(|(number, word)| Figure::Count(number, word));
    stated
        .quantities
        .into_iter()
        .map(Figure::Measure)
        .chain(counted)
        .collect()
}

/// Returns what is left of the first if each figure of the second takes away one that is the same.
fn without(figures: &[Figure], taken: &[Figure]) -> Vec<String> {
    let mut taken: Vec<&Figure> = taken.iter().collect();
    let left =
        figures.iter().filter(
            |figure| match taken.iter().position(|other| figure.same(other)) {
                Some(at) => {
                    taken.swap_remove(at);
                    false
                }
                None => true,
            },
        );
    left.map(Figure::shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> Item {
        let mut item = Item::new("3A001".parse().expect("a code"));
        item.text = Some(text.to_owned());
        item
    }

    #[test]
    fn figures_that_take_each_others_place() {
        for (old, new, gone, come) in [
            (
                "Output power exceeding 5 kW; and",
                "Output power exceeding 3 kW; and",
                "output power > 5 kW",
                "output power > 3 kW",
            ),
            ("exceeding 5 kW", "5 kW or more", "> 5 kW", "≥ 5 kW"),
            (
                "a length exceeding 600 mm",
                "exceeding 0.6 m in length",
                "",
                "",
            ),
            (
                "more than 16 nm and 2 axes",
                "more than 14 nm and 2 axes",
                "> 16 nm",
                "> 14 nm",
            ),
            ("3 stages", "4 stages", "3 stages", "4 stages"),
            (
                "see 3A001.b.2 and § 742.6 of part 774",
                "see 3A001.b.3 and § 742.7 of part 775",
                "",
                "",
            ),
            (
                "rocket fuel (CAS 302-01-2)",
                "rocket fuel, at least 70%",
                "",
                "≥ 70 %",
            ),
        ] {
            let (from, to) = replaced(&item(old), &item(new));
            assert_eq!(
                (from.join("; "), to.join("; ")),
                (gone.to_owned(), come.to_owned()),
                "{old:?} then {new:?}"
            );
        }
    }

    #[test]
    fn quantities_on_record_are_what_is_compared() {
        let mut old = Item::new("3A001".parse().expect("a code"));
        let mut new = old.clone();
        old.facts.quantities = vec!["power > 5 kW".parse().expect("a quantity")].into();
        assert_eq!(
            replaced(&old, &new),
            (Vec::new(), Vec::new()),
            "what is not known is no change"
        );
        new.facts.quantities = vec!["power > 3 kW".parse().expect("a quantity")].into();
        assert_eq!(
            replaced(&old, &new),
            (
                vec!["power > 5 kW".to_owned()],
                vec!["power > 3 kW".to_owned()]
            )
        );
        new.facts.quantities.clear();
        new.text = Some("A power exceeding 5000 W, of 3 stages".to_owned());
        assert_eq!(replaced(&old, &new), (Vec::new(), Vec::new()));
    }
}
