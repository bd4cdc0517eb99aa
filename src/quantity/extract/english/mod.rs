//! The quantities that an English text states.

mod build;
mod measured;
mod pairs;
mod stated;

use std::cell::OnceCell;

use super::scan::figures;
use super::words::Words;
use super::{Extraction, Unread, UnreadReason};
use crate::quantity::Quantity;
use crate::text::chars::has_digit;
use build::{Builder, Left};
use stated::Reader;

/// Returns the quantities that an English text states, in the order of the text. The rules are
/// those of [`english`].
pub fn in_english(text: &str) -> Vec<Quantity> {
    english(text, "").quantities
}

/// Reads the figures of an English text, in the ways in which the lists of the US, the EU and
/// Australia write them.
///
/// `lead_in` is the text above it in the list, or empty. A lead-in can end with a comparator, as in
/// "having a tensile strength exceeding any of the following:". Then the first figure of the text
/// takes that comparator and the noun before it.
///
/// - A comparator comes from the words before the figure, or else from those after it. "Not" and
///   "no" reverse it. "Better" is more of a purity and less of an error, and "faster" is a shorter
///   time.
/// - The property is the noun that governs the figure, if it can have the dimension of the unit.
/// - A figure without a comparator is an exact limit, or a [condition](crate::quantity::Role) after
///   words such as "at", "per" and "reference". "±" without a comparator is a band.
/// - A figure in brackets that repeats the one before in another unit is left out: "218 K (−55
///   °C)".
/// - Commas or spaces may separate thousands. A comma before any other number of digits than three
///   is a decimal comma, as is one after a zero: `0,254 mm`, `99,9 %`. No text says if `13,326 kPa`
///   is thirteen or thirteen thousand. It is read as thousands.
/// - A power of ten that lost its superscript, `2 × 108 Hz`, is read as a power. Lengths are an
///   exception, because two sides are written the same way.
///
/// If the text does not say enough, a figure is in [`Extraction::unread`] with the reason.
///
/// ```
/// use export_control::quantity::{UnreadReason, english};
/// let text = "an output power of more than 4 W (36 dBm) at 20 °C, and more than 3 furlongs";
/// let read = english(text, "");
/// let shown: Vec<String> = read.quantities.iter().map(ToString::to_string).collect();
/// assert_eq!(shown, ["output power > 4 W", "[condition] = 20 °C"]);
/// let unread: Vec<_> = read.unread.iter().map(|one| (&text[one.start..one.end], one.reason)).collect();
/// assert_eq!(unread, [("36 dBm", UnreadReason::Restated), ("3", UnreadReason::Count)]);
///
/// let read = english("26.5 GHz for other uses", "Radio sets with frequencies exceeding:");
/// assert_eq!(read.quantities[0].to_string(), "frequency > 26.5 GHz");
/// ```
pub fn english(text: &str, lead_in: &str) -> Extraction {
    if !has_digit(text) {
        return Extraction::default();
    }
    let figures = figures(text);
    if figures.is_empty() {
        return Extraction::default();
    }
    let words = Words::of(text, figures);
    let lead = Lead::new(lead_in);
    let mut reader = Reader::new(&words);
    reader.read(&lead);
    let mut builder = Builder::new(&words);
    let quantities = builder.quantities(&reader, &lead);
    let mut unread = reader.unread;
    for Left { figure, reason } in builder.unread {
        unread.push(words.unread(figure, reason));
    }
    unread.sort_by_key(|one| one.start);
    Extraction { quantities, unread }
}

/// The text above, which is read if a figure lacks what it may say.
struct Lead<'a> {
    text: &'a str,
    words: OnceCell<Words>,
}

impl Lead<'_> {
    fn new(text: &str) -> Lead<'_> {
        Lead {
            text,
            words: OnceCell::new(),
        }
    }

    fn words(&self) -> Option<&Words> {
        (!self.text.is_empty()).then(|| self.words.get_or_init(|| Words::new(self.text)))
    }
}

impl Words {
    fn unread(&self, figure: usize, reason: UnreadReason) -> Unread {
        let figure = &self.figures[figure];
        Unread {
            start: figure.start,
            end: figure.end,
            reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::in_english;

    const WAYS_OF_WRITING: [(&str, &str); 33] = [
        (
            "an “average output power” exceeding 21 W; or",
            "average output power > 21 W",
        ),
        (
            "used from 219 K (−54 °C) up to 397 K (+124 °C);",
            "≥ 219 K ≤ 397 K",
        ),
        (
            "an “accuracy” of 0.2 µm or less, where wavelengths are greater than 2 µm",
            "accuracy ≤ 0.2 µm;wavelength > 2 µm",
        ),
        ("arrays of less than 41 mm in diameter", "diameter < 41 mm"),
        (
            "with 17.5-23.5% by weight of chromium, and 4.0-7.5% of nickel",
            "content ≥ 17.5 % ≤ 23.5 %;content ≥ 4.0 % ≤ 7.5 %",
        ),
        (
            "its purity is 99.98% or greater by weight",
            "purity ≥ 99.98 %",
        ),
        ("of a purity better than 99.998%", "purity > 99.998 %"),
        ("a resolution better than 3 nm", "resolution < 3 nm"),
        ("less (better) than 3 × 10−12 s; or", "< 3e-12 s"),
        (
            "“specific tensile strength” exceeding 17.6 × 10⁴m",
            "specific tensile strength > 17.6e4 m",
        ),
        (
            "a pulse duration of no less than 2 ns but not exceeding 2 µs",
            "pulse duration ≥ 2 ns ≤ 2 µs",
        ),
        (
            "temperatures from below 229 K (−44 °C) to above 327 K (+54 °C);",
            "temperature < 229 K;temperature > 327 K",
        ),
        (
            "boron: less than 11 parts per million by weight",
            "content < 11 ppm",
        ),
        ("acceleration levels exceeding 99 g", "acceleration > 99 gₙ"),
        (
            "alloys with more than 24% nickel and 19% chromium by weight",
            "content > 24 %;content > 19 %",
        ),
        ("made with 96% by weight or more tungsten", "content ≥ 96 %"),
        (
            "an angular “accuracy” of 11 µrad (microradians) or less",
            "accuracy ≤ 11 µrad",
        ),
        (
            "a resolution of 0.2 milliradian up to and including 2 milliradian",
            "resolution ≥ 0.2 mrad ≤ 2 mrad",
        ),
        (
            "an aspect ratio of not less than 3:1 and no 1:1.7",
            "aspect ratio ≥ 3",
        ),
        (
            "accelerations above 0.6 rad (radians)/s² and 2 × 10⁻⁴ nT (rms)/square root Hz",
            "= 2e-4 nT/√Hz",
        ),
        ("more than 2,047 elements", "elements > 2047"),
        (
            "a mean particle size of ≤11 micrometers",
            "particle size ≤ 11 µm",
        ),
        ("a consumption of 0.16 kg N⁻¹ h⁻¹ or less", ""),
        ("burning 0.16 kg N−1 m−1 at most", ""),
        (
            "blocks of 121 mm × 121 mm × 51 mm or greater",
            "≥ 121 mm;≥ 121 mm;≥ 51 mm",
        ),
        ("arrays larger than 99 mm x 99 mm", "> 99 mm;> 99 mm"),
        (
            "5% and 7% of it by weight; with 9% of nickel",
            "content = 5 %;content = 7 %;= 9 %",
        ),
        ("5 m (16 ft) and 3 m (10 ft long)", "= 5 m;= 3 m"),
        ("an explosion of 3 kg of TNT or greater; and", "≥ 3 kg"),
        ("cords with 0.065 kg per meter (301 grains per foot)", ""),
        (
            "between 21 Hz and 2,001 Hz while pushing with equal to or greater than 51 kN",
            "≥ 21 Hz ≤ 2001 Hz;≥ 51 kN",
        ),
        ("activities: 38 GBq (2 curies) per kg or greater", ""),
        ("see 3A001.b.2, Note 1 and 22 CFR parts 120 through 130", ""),
    ];

    #[test]
    fn every_way_of_writing() {
        for (text, expected) in WAYS_OF_WRITING {
            let read = in_english(text)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(";");
            assert_eq!(read, expected, "{text}");
        }
    }
}
