//! Shares and thresholds. The direction of a threshold is part of its type.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::error::Error;
use crate::text::parse_error::ParseError;

/// An exact share of a whole, from 0% to 100%.
///
/// ```
/// use export_control::rules::Percentage;
/// let tenth: Percentage = "10%".parse()?;
/// assert_eq!(Percentage::of(1, 10), Some(tenth));
/// assert!(Percentage::of(1, 3).is_some_and(|third| third > tenth));
/// assert_eq!(Percentage::of(2, 1), None); // more than all of it
/// assert_eq!("0.1%".parse::<Percentage>()?.to_string(), "0.1%");
/// // What no percentage says exactly is printed as a fraction, which reads back as the same share.
/// let third: Percentage = "1/3".parse()?;
/// assert_eq!(third.to_string(), "1/3 (about 33.333333%)");
/// assert_eq!(third.to_string().parse(), Ok(third));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Percentage {
    part: u64,
    whole: u64,
}

impl Percentage {
    /// The share of nothing: 0%.
    pub const NONE: Percentage = Percentage { part: 0, whole: 1 };

    /// Returns the share of a part in a whole, both in one unit. Returns `None` if the whole is 0
    /// or less than the part.
    pub fn of(part: u64, whole: u64) -> Option<Percentage> {
        (whole > 0 && part <= whole).then_some(Percentage { part, whole })
    }

    /// Returns the share in millionths of a percent, and whether that is exact.
    fn millionths(self) -> (u128, bool) {
        let (scaled, whole) = (u128::from(self.part) * 100_000_000, u128::from(self.whole));
        (scaled / whole, scaled % whole == 0)
    }

    /// Returns the percentage with at most six decimals, marked if it is not exact.
    fn about(self) -> String {
        let (millionths, exact) = self.millionths();
        let about = if exact { "" } else { "about " };
        let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        let short = text.trim_end_matches('0').trim_end_matches('.');
        format!("{about}{short}%")
    }

    /// Returns both terms without common factors.
    fn reduced(self) -> (u64, u64) {
        let (mut a, mut b) = (self.part, self.whole);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        (self.part / a.max(1), self.whole / a.max(1))
    }
}

impl PartialEq for Percentage {
    fn eq(&self, other: &Percentage) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Percentage {}

impl PartialOrd for Percentage {
    fn partial_cmp(&self, other: &Percentage) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Percentage {
    fn cmp(&self, other: &Percentage) -> Ordering {
        (u128::from(self.part) * u128::from(other.whole))
            .cmp(&(u128::from(other.part) * u128::from(self.whole)))
    }
}

impl Hash for Percentage {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reduced().hash(state);
    }
}

impl FromStr for Percentage {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Percentage, ParseError> {
        let wrong = || {
            ParseError::new(
                text,
                "a percentage",
                "expected a percentage from 0% to 100% with at most six decimals, such as 0.1%, or a fraction such as 1/3",
            )
        };
        if let Some((part, tail)) = text.split_once('/') {
            // The printed form has the percentage after the fraction.
            let (whole, about) = tail
                .split_once(" (")
                .map_or((tail, None), |(whole, about)| (whole, Some(about)));
            let term = |text: &str| {
                text.parse::<u64>()
                    .ok()
                    .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
            };
            return term(part)
                .zip(term(whole))
                .and_then(|(part, whole)| Percentage::of(part, whole))
                .filter(|share| about.is_none_or(|about| share.about() + ")" == about))
                .ok_or_else(wrong);
        }
        let number = text.strip_suffix('%').ok_or_else(wrong)?;
        let (units, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(units) || units.len() > 3 || !digits(decimals) || decimals.len() > 6 {
            return Err(wrong());
        }
        // The part is in hundred-millionths, which is a percentage with six decimals.
        let part: u64 = format!("{units}{decimals:0<6}")
            .parse()
            .map_err(|_| wrong())?;
        Percentage::of(part, 100_000_000).ok_or_else(wrong)
    }
}

/// Serializes it as a percentage if six decimals are exact, and otherwise as a fraction, so that it
/// reads back as the same share.
#[cfg(feature = "serde")]
impl serde::Serialize for Percentage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.millionths() {
            (_, true) => serializer.collect_str(self),
            (_, false) => serializer.collect_str(&format_args!("{}/{}", self.part, self.whole)),
        }
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.millionths() {
            (_, true) => f.pad(&self.about()),
            (_, false) => f.pad(&format!("{}/{} ({})", self.part, self.whole, self.about())),
        }
    }
}

/// A share up to which an item escapes a rule. The share itself is included, and above it the item
/// is caught.
///
/// Ceilings compare with ceilings: more items escape a higher one. They do not compare with a
/// [`Floor`]:
///
/// ```compile_fail,E0308
/// use export_control::rules::{Ceiling, Floor, Percentage};
/// let share: Percentage = "10%".parse().unwrap();
/// let stricter = Floor(share) < Ceiling(share);
/// ```
///
/// ```
/// use export_control::rules::{Ceiling, Percentage};
/// let ceiling = Ceiling("25%".parse()?);
/// assert!(ceiling.escapes("25%".parse()?) && !ceiling.escapes("25.000001%".parse()?));
/// assert!(Ceiling(Percentage::NONE) < ceiling);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Ceiling(pub Percentage);

impl Ceiling {
    /// Returns whether an item with this share of the rule's content escapes the rule.
    pub fn escapes(self, share: Percentage) -> bool {
        share <= self.0
    }
}

/// A share from which on a rule catches an item. The share itself is included, and below it the
/// item escapes.
///
/// ```
/// use export_control::rules::Floor;
/// let floor = Floor("0.1%".parse()?);
/// assert!(floor.catches("0.1%".parse()?) && !floor.catches("0.099999%".parse()?));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Floor(pub Percentage);

impl Floor {
    /// Returns whether the rule catches an item with this share of the rule's content.
    pub fn catches(self, share: Percentage) -> bool {
        share >= self.0
    }
}

/// The share of the content from which a rule applies to an item, if a share decides at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Threshold {
    /// An item is caught above this share. It is written as the shares that escape: `<=25%`.
    Ceiling(Ceiling),
    /// An item is caught from this share on. It is written as the shares that are caught: `>=0.1%`.
    Floor(Floor),
    /// No share of this content catches an item.
    Exempt,
    /// The share does not matter: origin or know-how decides.
    Regardless,
    /// The sources state no share.
    Unstated,
}

impl Threshold {
    /// Returns whether the rule catches an item with this share of the rule's content. Returns
    /// `None` if no source states the share that decides.
    ///
    /// ```
    /// use export_control::rules::{Ceiling, Floor, Percentage, Threshold};
    /// let share: Percentage = "0.1%".parse()?;
    /// // The same number, the opposite answer.
    /// assert_eq!(Threshold::Ceiling(Ceiling(share)).catches(share), Some(false));
    /// assert_eq!(Threshold::Floor(Floor(share)).catches(share), Some(true));
    /// assert_eq!(Threshold::Unstated.catches(share), None);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn catches(self, share: Percentage) -> Option<bool> {
        match self {
            Threshold::Ceiling(ceiling) => Some(!ceiling.escapes(share)),
            Threshold::Floor(floor) => Some(floor.catches(share)),
            Threshold::Exempt => Some(false),
            Threshold::Regardless => Some(true),
            Threshold::Unstated => None,
        }
    }

    /// Compares the shares of two thresholds of one direction.
    ///
    /// # Errors
    /// Returns an error if the thresholds have two directions, or if one has no share. No order
    /// between them has a meaning.
    ///
    /// ```
    /// use export_control::rules::{Ceiling, Floor, Threshold};
    /// let us = Threshold::Ceiling(Ceiling("25%".parse()?));
    /// let china = Threshold::Floor(Floor("0.1%".parse()?));
    /// let error = us.compare(china).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "found a threshold of >=0.1% beside one of <=25%, expected two ceilings or two floors: they point in opposite directions"
    /// );
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn compare(self, other: Threshold) -> Result<Ordering, Error> {
        match (self, other) {
            (Threshold::Ceiling(ours), Threshold::Ceiling(theirs)) => Ok(ours.cmp(&theirs)),
            (Threshold::Floor(ours), Threshold::Floor(theirs)) => Ok(ours.cmp(&theirs)),
            (Threshold::Ceiling(_), Threshold::Floor(_))
            | (Threshold::Floor(_), Threshold::Ceiling(_)) => Err(Error::unexpected(
                format!("a threshold of {other} beside one of {self}"),
                "two ceilings or two floors: they point in opposite directions",
            )),
            _ => Err(Error::unexpected(
                format!("a threshold of {other} beside one of {self}"),
                "two ceilings or two floors, with shares",
            )),
        }
    }

    /// Reads a threshold as data files write it.
    pub(super) fn read(text: &str) -> Option<Threshold> {
        Some(match text {
            "exempt" => Threshold::Exempt,
            "regardless" => Threshold::Regardless,
            "unstated" => Threshold::Unstated,
            _ => match (text.strip_prefix("<="), text.strip_prefix(">=")) {
                (Some(share), _) => Threshold::Ceiling(Ceiling(share.parse().ok()?)),
                (_, Some(share)) => Threshold::Floor(Floor(share.parse().ok()?)),
                _ => return None,
            },
        })
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Threshold::Ceiling(Ceiling(share)) => f.pad(&format!("<={share}")),
            Threshold::Floor(Floor(share)) => f.pad(&format!(">={share}")),
            Threshold::Exempt => f.pad("exempt"),
            Threshold::Regardless => f.pad("regardless"),
            Threshold::Unstated => f.pad("unstated"),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Percentage {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Percentage, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
