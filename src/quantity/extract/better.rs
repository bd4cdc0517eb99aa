//! Settles what "better" and "faster" mean for the property that is measured.

use super::phrases::{Sign, Way};
use crate::quantity::unit::Dimension;

/// Returns the direction of a comparison, given what it measures. It decides what is better and
/// what is faster.
pub(super) fn settled(
    sign: Sign,
    property: Option<&str>,
    dimension: Dimension,
    figure: f64,
    tolerance: bool,
) -> Option<Sign> {
    let more = |sign: Sign| Some(Sign::new(Way::Up, sign.within));
    let less = |sign: Sign| Some(Sign::new(Way::Down, sign.within));
    let rate = matches!(
        dimension,
        Dimension::Speed
            | Dimension::Frequency
            | Dimension::FrameRate
            | Dimension::DataRate
            | Dimension::SampleRate
            | Dimension::AngularRate
    );
    match sign.way {
        Way::Faster if dimension == Dimension::Time => less(sign),
        Way::Slower if dimension == Dimension::Time => more(sign),
        Way::Faster => rate.then(|| more(sign)).flatten(),
        Way::Slower => rate.then(|| less(sign)).flatten(),
        Way::Better | Way::Worse => {
            let up = more_is_better(property, dimension, figure, tolerance)?;
            match up == (sign.way == Way::Better) {
                true => more(sign),
                false => less(sign),
            }
        }
        _ => Some(sign),
    }
}

/// Returns whether more of a property is better, or `None` if the text does not say enough.
fn more_is_better(
    property: Option<&str>,
    dimension: Dimension,
    figure: f64,
    tolerance: bool,
) -> Option<bool> {
    const MORE: [&str; 7] = [
        "purity",
        "sensitivity",
        "dynamic range",
        "quantum efficiency",
        "reflectivity",
        "radiant sensitivity",
        "wall-plug efficiency",
    ];
    if tolerance {
        return Some(false);
    }
    // A magnetometer's sensitivity is the smallest field that it can measure.
    let level = matches!(
        dimension,
        Dimension::Decibel | Dimension::Number | Dimension::Responsivity
    );
    match property {
        // "A purity better than 5 ppm" gives what is impure, and no purity.
        Some("purity") if figure < 50.0 => None,
        Some(name) if MORE.contains(&name) => Some(level || name == "purity"),
        Some(_) => Some(false),
        None => match dimension {
            // "a uniformity of 99.5% or better" and "uniform to better than 1%"
            Dimension::Number if figure >= 50.0 => Some(true),
            Dimension::Number if figure <= 10.0 => Some(false),
            Dimension::Number | Dimension::Decibel => None,
            _ => Some(false),
        },
    }
}
