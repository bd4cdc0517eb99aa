//! The text form of differences: how each is printed and read.

use std::fmt;
use std::str::FromStr;

use super::{MappingDifference, Side};
use crate::identifier::{CasNumber, Element};
use crate::text::parse_error::ParseError;

/// A kind with only a side and a gist.
type Plain = fn(Side, String) -> MappingDifference;

const PLAIN: [(&str, Plain); 6] = [
    ("purpose", |side, gist| MappingDifference::Purpose {
        side,
        gist: gist.into(),
    }),
    ("exclusion", |side, gist| MappingDifference::Exclusion {
        side,
        gist: gist.into(),
    }),
    ("material", |side, gist| MappingDifference::Material {
        side,
        gist: gist.into(),
    }),
    ("form", |side, gist| MappingDifference::Form {
        side,
        gist: gist.into(),
    }),
    ("parts", |side, gist| MappingDifference::Parts {
        side,
        gist: gist.into(),
    }),
    ("not-stated", |side, gist| MappingDifference::NotStated {
        side,
        gist: gist.into(),
    }),
];

impl Side {
    /// The word by which files name the side.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Side::Left => "left",
            Side::Right => "right",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Side> {
        Side::BOTH.into_iter().find(|side| side.word() == word)
    }
}

/// The wider side, or `both`.
fn wider_word(wider: Option<Side>) -> &'static str {
    wider.map_or("both", Side::word)
}

fn wider_of(word: &str) -> Option<Option<Side>> {
    match word {
        "both" => Some(None),
        word => Side::of_word(word).map(Some),
    }
}

impl fmt::Display for MappingDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            MappingDifference::Limit {
                property,
                left,
                right,
                wider,
            } => {
                let wider = wider_word(*wider);
                write!(
                    f,
                    "{kind} {property}: left {left}; right {right}; wider {wider}"
                )
            }
            MappingDifference::Scope { wider, gist } => {
                write!(f, "{kind} {}: {gist}", wider_word(*wider))
            }
            MappingDifference::Members {
                side,
                gist,
                cas,
                elements,
            } => {
                write!(f, "{kind} {}: {gist}", side.word())?;
                let cas = cas.iter().map(ToString::to_string);
                let keys: Vec<String> = cas
                    .chain(elements.iter().map(ToString::to_string))
                    .collect();
                if keys.is_empty() {
                    return Ok(());
                }
                write!(f, " [{}]", keys.join(", "))
            }
            MappingDifference::Purpose { side, gist }
            | MappingDifference::Exclusion { side, gist }
            | MappingDifference::Material { side, gist }
            | MappingDifference::Form { side, gist }
            | MappingDifference::Parts { side, gist }
            | MappingDifference::NotStated { side, gist } => {
                write!(f, "{kind} {}: {gist}", side.word())
            }
        }
    }
}

/// The name of the form, for errors.
const KIND: &str = "a difference";

/// Reads exactly what [`Display`](MappingDifference#impl-Display-for-MappingDifference) prints.
impl FromStr for MappingDifference {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<MappingDifference, ParseError> {
        let fail = |problem: &'static str| ParseError::new(text, KIND, problem);
        let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
        if !MappingDifference::KINDS.contains(&kind) {
            return Err(fail(
                "expected limit, purpose, exclusion, material, form, parts, scope, members or not-stated first",
            ));
        }
        if kind == "limit" {
            return limit(rest)
                .filter(|found| found.to_string() == text)
                .ok_or_else(|| {
                    fail(
                        "expected the form limit PROPERTY: left FIGURE; right FIGURE; wider left, right or both",
                    )
                });
        }
        let (side, gist) = rest
            .split_once(": ")
            .filter(|(_, gist)| !gist.is_empty() && gist.trim() == *gist)
            .ok_or_else(|| fail("expected a side, a colon, a space and words"))?;
        if kind == "scope" {
            let wider = wider_of(side)
                .ok_or_else(|| fail("expected left, right or both before the colon"))?;
            let gist = gist.to_owned();
            return Ok(MappingDifference::Scope {
                wider,
                gist: gist.into(),
            });
        }
        let side =
            Side::of_word(side).ok_or_else(|| fail("expected left or right before the colon"))?;
        match PLAIN.iter().find(|(name, _)| *name == kind) {
            Some((_, plain)) => Ok(plain(side, gist.to_owned())),
            None => Ok(members(side, gist)),
        }
    }
}

fn limit(text: &str) -> Option<MappingDifference> {
    let (property, rest) = text.split_once(": left ")?;
    let (rest, wider) = rest.rsplit_once("; wider ")?;
    let (left, right) = rest.split_once("; right ")?;
    let wider = wider_of(wider)?;
    let [property, left, right] = [property, left, right].map(str::to_owned);
    let filled = |text: &String| !text.is_empty() && text.trim() == text;
    let all = [&property, &left, &right].into_iter().all(filled);
    all.then_some(MappingDifference::Limit {
        property: property.into(),
        left: left.into(),
        right: right.into(),
        wider,
    })
}

/// Members, with the keys in brackets at the end if each of them is one; otherwise the brackets are
/// words.
fn members(side: Side, text: &str) -> MappingDifference {
    let (mut cas, mut elements) = (Vec::new(), Vec::new());
    let keys = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once(" ["))
        .filter(|(gist, keys)| {
            !gist.is_empty()
                && gist.trim() == *gist
                && keys.split(", ").all(|key| {
                    let number = key.parse::<CasNumber>().ok();
                    let number = number.filter(|number| {
                        // Elements come last, as they are printed.
                        elements.is_empty() && number.to_string() == key
                    });
                    let element = Element::from_symbol(key);
                    cas.extend(number);
                    elements.extend(element);
                    number.is_some() || element.is_some()
                })
        });
    let Some((gist, _)) = keys else {
        return MappingDifference::Members {
            side,
            gist: text.to_owned().into(),
            cas: Vec::new(),
            elements: Vec::new(),
        };
    };
    MappingDifference::Members {
        side,
        gist: gist.to_owned().into(),
        cas,
        elements,
    }
}
