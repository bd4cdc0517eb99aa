//! The quantities that a running text states.

mod better;
mod chinese;
mod digits;
mod english;
mod governing;
mod phrases;
mod role;
pub(super) mod scan;
mod words;
mod work;

pub use chinese::{chinese, in_chinese};
pub use english::{english, in_english};

use super::range::Quantity;

/// The result of reading a text: its quantities, and the figures that became none.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Extraction {
    /// The quantities in the order of the text.
    pub quantities: Vec<Quantity>,
    /// Figures with a unit or a comparator that are in no quantity, in the order of the text.
    pub unread: Vec<Unread>,
}

/// A figure that is in no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// Offset of the figure in the text.
    pub start: usize,
    /// Offset after the figure and its unit.
    pub end: usize,
    /// The reason why it was not read.
    pub reason: UnreadReason,
}

/// The reason why a figure is in no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum UnreadReason {
    /// The figure has no unit, and counts or names something: "more than two stages".
    Count,
    /// The unit is unknown, is a product, or is a rate per something unknown.
    Unit,
    /// The figure repeats the one before it, in another unit or in another way.
    Restated,
    /// The figure repeats the one before it, but differs by more than 5%.
    Disagrees,
    /// The figure is an example.
    Example,
    /// The figure is part of a ratio or of a formula.
    Ratio,
    /// The figure is part of a name: "3 dB bandwidth".
    Name,
    /// The text does not say enough to be sure what the figure means.
    Unclear,
}

#[cfg(test)]
mod tests {
    use super::{chinese, english, work};

    /// Returns the number of steps that reading a text takes.
    fn steps(read: impl Fn(&str), text: &str) -> u64 {
        work::taken();
        read(text);
        work::taken()
    }

    /// Twice the text takes about twice the steps, whatever the text contains.
    #[test]
    fn work_grows_as_the_text_does() {
        let english = |text: &str| drop(english(text, ""));
        let led = |text: &str| drop(super::english(text, text));
        let chinese = |text: &str| drop(chinese(text));
        for piece in [
            "5 kW ",
            "5 kW (4 W) ",
            "(5 kW ",
            "5 kW) ",
            "5 × ",
            "5 mm × ",
            "5-6-7 ",
            "exceeding 5 kW but not exceeding 6 kW, ",
            "or more than ",
            "of a diameter ",
            "except ",
            "except (",
            "1:",
            "1,",
            "1 000 ",
            "12",
            "a frequency of the range in the ",
            "5% by weight ",
            "5 kg of that per hour ",
            "equal to or less (better) than ",
            "where f is ",
            "≤ F ≤ 5 Hz ",
            "−",
            "± ",
            "大于5kW且",
            "除",
            "每小时5",
            "（5kW",
        ] {
            let text = |times| format!("5 kW {}", piece.repeat(times));
            let (once, twice) = (text(500), text(1_000));
            for read in [&english as &dyn Fn(&str), &led, &chinese] {
                let (a, b) = (steps(read, &once), steps(read, &twice));
                assert!(
                    b * 10 <= a * 22 + 1_000,
                    "{piece:?}: {a} steps, then {b} for twice the text"
                );
            }
        }
    }

    #[test]
    fn each_figure_of_a_paragraph_takes_as_much_work() {
        // Each repetition takes less than a hundred steps, however many there are.
        for times in [1_000, 20_000] {
            let text = "over 5 kW, ".repeat(times);
            let work = steps(|text| drop(english(text, "")), &text);
            assert!(
                work < 100 * times as u64,
                "{work} steps for {times} figures"
            );
        }
    }
}
