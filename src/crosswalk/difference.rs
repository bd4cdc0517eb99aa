//! Defines how the scopes of two mapped items differ: one typed fact for each difference.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Relation, Side};
use crate::identifier::{CasNumber, Element};
use crate::list::Item;
use crate::quantity::Quantity;

/// One way in which the scopes of two mapped items differ.
///
/// In a file the form is one line: `purpose left: only for missiles`. A limit has both figures and
/// the wider side, and members can end with their keys:
///
/// ```
/// use export_control::Side;
/// use export_control::crosswalk::MappingDifference;
///
/// let thickness: MappingDifference = "limit thickness: left > 50 mm; right ≥ 100 mm; wider left".parse()?;
/// assert!(thickness.widens(Side::Left) && !thickness.widens(Side::Right));
/// let missiles: MappingDifference = "purpose left: only for missiles".parse()?;
/// assert_eq!((missiles.kind(), missiles.widens(Side::Right)), ("purpose", true));
/// let chemicals: MappingDifference = "members right: two more salts [7681-49-4, 7789-29-9]".parse()?;
/// assert_eq!(chemicals.to_string(), "members right: two more salts [7681-49-4, 7789-29-9]");
/// let error = "color left: red".parse::<MappingDifference>().unwrap_err();
/// assert!(error.to_string().starts_with("\"color left: red\" is not a difference: expected limit,"));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum MappingDifference {
    /// Both sides limit one property by different figures, or only one side limits it.
    Limit {
        /// The name of the property.
        property: Cow<'static, str>,
        /// The limit of the left item in a short notation, such as `> 50 mm`, or `none`.
        left: Cow<'static, str>,
        /// The limit of the right item.
        right: Cow<'static, str>,
        /// The side that catches more by this limit; `None` if each catches something that the
        /// other does not.
        wider: Option<Side>,
    },
    /// Only this side requires an end use or a design intent.
    Purpose {
        /// The side that requires it.
        side: Side,
        /// The purpose in short.
        gist: Cow<'static, str>,
    },
    /// Only this side leaves something out by a scope note.
    Exclusion {
        /// The side that leaves it out.
        side: Side,
        /// The things that it leaves out.
        gist: Cow<'static, str>,
    },
    /// Only this side requires a material.
    Material {
        /// The side that requires it.
        side: Side,
        /// The material.
        gist: Cow<'static, str>,
    },
    /// Only this side requires a form, a state or an equipment of the thing.
    Form {
        /// The side that requires it.
        side: Side,
        /// The form.
        gist: Cow<'static, str>,
    },
    /// Only this side catches parts or accessories too.
    Parts {
        /// The side that catches them.
        side: Side,
        /// The parts.
        gist: Cow<'static, str>,
    },
    /// Software or technology serves different things or different phases.
    Scope {
        /// The side that catches more; `None` if each catches something that the other does not.
        wider: Option<Side>,
        /// The difference in short.
        gist: Cow<'static, str>,
    },
    /// Only this side lists further members.
    Members {
        /// The side that lists more.
        side: Side,
        /// Its further members.
        gist: Cow<'static, str>,
        /// The CAS numbers of further members, as far as they are known.
        cas: Vec<CasNumber>,
        /// Elements of further members, as far as they are known.
        elements: Vec<Element>,
    },
    /// The text of this side, as it is at hand, does not state what would decide.
    NotStated {
        /// The side whose text lacks it.
        side: Side,
        /// The missing statement.
        gist: Cow<'static, str>,
    },
}

impl MappingDifference {
    /// The words by which files name the kinds, in their order.
    pub const KINDS: [&'static str; 9] = [
        "limit",
        "purpose",
        "exclusion",
        "material",
        "form",
        "parts",
        "scope",
        "members",
        "not-stated",
    ];

    /// Returns the word by which files name the kind, such as `limit`.
    pub fn kind(&self) -> &'static str {
        match self {
            MappingDifference::Limit { .. } => "limit",
            MappingDifference::Purpose { .. } => "purpose",
            MappingDifference::Exclusion { .. } => "exclusion",
            MappingDifference::Material { .. } => "material",
            MappingDifference::Form { .. } => "form",
            MappingDifference::Parts { .. } => "parts",
            MappingDifference::Scope { .. } => "scope",
            MappingDifference::Members { .. } => "members",
            MappingDifference::NotStated { .. } => "not-stated",
        }
    }

    /// Returns whether, by this difference, the item of a side catches something that the other
    /// item does not. What a text does not state widens neither side.
    pub fn widens(&self, side: Side) -> bool {
        match self {
            MappingDifference::Limit { wider, .. } | MappingDifference::Scope { wider, .. } => {
                wider.is_none_or(|wider| wider == side)
            }
            MappingDifference::Purpose { side: asks, .. }
            | MappingDifference::Exclusion { side: asks, .. }
            | MappingDifference::Material { side: asks, .. }
            | MappingDifference::Form { side: asks, .. } => *asks != side,
            MappingDifference::Parts { side: has, .. }
            | MappingDifference::Members { side: has, .. } => *has == side,
            MappingDifference::NotStated { .. } => false,
        }
    }

    /// Returns the difference with the sides changed.
    #[must_use]
    pub fn inverse(&self) -> MappingDifference {
        use MappingDifference::{
            Exclusion, Form, Limit, Material, Members, NotStated, Parts, Purpose, Scope,
        };
        let mut turned = self.clone();
        match &mut turned {
            Limit {
                left, right, wider, ..
            } => {
                std::mem::swap(left, right);
                *wider = wider.map(Side::other);
            }
            Scope { wider, .. } => *wider = wider.map(Side::other),
            Purpose { side, .. }
            | Exclusion { side, .. }
            | Material { side, .. }
            | Form { side, .. }
            | Parts { side, .. }
            | Members { side, .. }
            | NotStated { side, .. } => *side = side.other(),
        }
        turned
    }

    /// Compares the limits that two items state, each with its own figures: one
    /// [`Limit`](MappingDifference::Limit) for each property on which they differ.
    ///
    /// Two limits are comparable if both items state exactly one limit of the property, in the same
    /// dimension, and neither is an exact figure.
    ///
    /// ```
    /// use export_control::crosswalk::MappingDifference;
    /// use export_control::{Item, Side};
    /// let item = |limit: &str| Ok::<_, export_control::ParseError>(Item::new("1A227".parse()?).with_quantities(vec![limit.parse()?]));
    /// let differences = MappingDifference::of_limits(&item("thickness > 50 mm")?, &item("thickness ≥ 0.1 m")?);
    /// assert_eq!(differences[0].to_string(), "limit thickness: left > 50 mm; right ≥ 0.1 m; wider left");
    /// assert!(MappingDifference::of_limits(&item("thickness > 5 mm")?, &item("density > 3 g/cm³")?).is_empty());
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn of_limits(left: &Item, right: &Item) -> Vec<MappingDifference> {
        let differ = |(ours, theirs): (&Quantity, &Quantity)| {
            let wider = match ours.reach(theirs) {
                Some(Ordering::Equal) => return None,
                Some(Ordering::Greater) => Some(Side::Left),
                Some(Ordering::Less) => Some(Side::Right),
                None => None,
            };
            Some(MappingDifference::Limit {
                property: ours.property()?.to_string().into(),
                left: figures(ours).into(),
                right: figures(theirs).into(),
                wider,
            })
        };
        comparable(left, right).filter_map(differ).collect()
    }
}

/// The limits of two items that can be compared.
fn comparable<'a>(
    left: &'a Item,
    right: &'a Item,
) -> impl Iterator<Item = (&'a Quantity, &'a Quantity)> {
    let only = |item: &'a Item, like: &Quantity| {
        let mut of_property = item
            .quantities()
            .iter()
            .filter(|other| other.is_limit() && other.property() == like.property());
        let first = of_property.next()?;
        of_property.next().is_none().then_some(first)
    };
    let named = |ours: &&'a Quantity| ours.is_limit() && ours.property().is_some();
    left.quantities()
        .iter()
        .filter(named)
        .filter_map(move |ours| {
            only(left, ours)?;
            let theirs = only(right, ours)?;
            let same = ours.si().dimension == theirs.si().dimension;
            (same && !ours.is_exact() && !theirs.is_exact()).then_some((ours, theirs))
        })
}

/// A limit without the name of its property.
fn figures(limit: &Quantity) -> String {
    let text = limit.to_string();
    let name = limit.property().map_or("", |property| property.name());
    text.strip_prefix(name).unwrap_or(&text).trim().to_owned()
}

impl Relation {
    /// Returns the relation that follows from all differences of two items; `None` if a text does
    /// not state what would decide.
    ///
    /// ```
    /// use export_control::Relation;
    /// let differences = ["purpose left: only for missiles".parse()?];
    /// assert_eq!(Relation::of_differences(&differences), Some(Relation::Narrower));
    /// assert_eq!(Relation::of_differences(&[]), Some(Relation::Equal));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn of_differences(differences: &[MappingDifference]) -> Option<Relation> {
        let widens = |side| differences.iter().any(|one| one.widens(side));
        let unknown = differences
            .iter()
            .any(|one| matches!(one, MappingDifference::NotStated { .. }));
        match (widens(Side::Left), widens(Side::Right)) {
            (true, true) => Some(Relation::Overlapping),
            _ if unknown => None,
            (true, false) => Some(Relation::Broader),
            (false, true) => Some(Relation::Narrower),
            (false, false) => Some(Relation::Equal),
        }
    }

    /// Returns whether a pair with these differences can have this relation. Differences need not
    /// be complete: a relation is contradicted only by one that it rules out.
    pub(crate) fn allows(self, differences: &[MappingDifference]) -> bool {
        let widens = |side| differences.iter().any(|one| one.widens(side));
        match self {
            Relation::Equal => differences.is_empty(),
            Relation::Broader => !widens(Side::Right),
            Relation::Narrower => !widens(Side::Left),
            Relation::Overlapping | Relation::Unrelated => true,
        }
    }
}

/// Packs each kind by its number and its fields.
macro_rules! packed_kinds {
    ($($number:literal $kind:ident { $($field:ident),* }),* $(,)?) => {
        impl crate::packed::Packed for MappingDifference {
            fn read(from: &mut crate::packed::Reader) -> Option<MappingDifference> {
                Some(match from.value::<u8>()? {
                    $($number => MappingDifference::$kind { $($field: from.value()?),* },)*
                    _ => return None,
                })
            }

            fn write(&self, to: &mut crate::packed::Writer) {
                match self {
                    $(MappingDifference::$kind { $($field),* } => {
                        to.value(&($number as u8));
                        $(to.value($field);)*
                    })*
                }
            }
        }
    };
}
packed_kinds!(
    0 Limit { property, left, right, wider },
    1 Purpose { side, gist },
    2 Exclusion { side, gist },
    3 Material { side, gist },
    4 Form { side, gist },
    5 Parts { side, gist },
    6 Scope { wider, gist },
    7 Members { side, gist, cas, elements },
    8 NotStated { side, gist },
);
