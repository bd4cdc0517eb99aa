//! Defines a mapping: one judgment on one or two items, with its evidence. The guide is in
//! [`crosswalk`](crate::crosswalk).

use std::borrow::Cow;
use std::fmt;

use super::{ExtraFields, MappingDifference};
use crate::code::Code;
use crate::text::named::{name_of, named};

/// The columns of the file form that a [`Mapping`] has fields for.
pub(crate) const COLUMNS: [&str; 12] = [
    "subject_id",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_label",
    "confidence",
    "match_string",
    "comment",
    DIFFERENCE_SLOT,
    JOINTLY_SLOT,
    SEE_SLOT,
];

/// The extension slots of this crate. A file that has one declares it.
pub(crate) const DIFFERENCE_SLOT: &str = "ext_difference";
pub(crate) const JOINTLY_SLOT: &str = "ext_jointly";
pub(crate) const SEE_SLOT: &str = "ext_see";

/// The columns that every file has.
pub(crate) const REQUIRED: [&str; 4] = [
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
];

/// One of the two lists of a crosswalk or a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Side {
    /// The left list.
    Left,
    /// The right list.
    Right,
}

impl Side {
    /// Both sides, the left one first.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// The relation of the left item to the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Relation {
    /// Both catch the same things.
    Equal,
    /// The left one catches all that the right one does, and more.
    Broader,
    /// The left one catches part of what the right one does, and nothing else.
    Narrower,
    /// Each catches something that the other does not, and some things are caught by both; or the
    /// texts at hand do not say more.
    Overlapping,
    /// They look alike, by code or by name, and are not the same thing.
    Unrelated,
}

impl Relation {
    /// The five relations.
    pub const ALL: [Relation; 5] = [
        Relation::Equal,
        Relation::Broader,
        Relation::Narrower,
        Relation::Overlapping,
        Relation::Unrelated,
    ];

    /// Returns the relation of the right item to the left one.
    #[must_use]
    pub fn inverse(self) -> Relation {
        match self {
            Relation::Broader => Relation::Narrower,
            Relation::Narrower => Relation::Broader,
            same => same,
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Relation::Equal => "equal to",
            Relation::Broader => "broader than",
            Relation::Narrower => "narrower than",
            Relation::Overlapping => "overlapping",
            Relation::Unrelated => "unrelated to",
        })
    }
}

/// A finding about one or two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Finding {
    /// Two items have a relation.
    Pair {
        /// The item of the left list.
        left: Code,
        /// The item of the right list.
        right: Code,
        /// The relation of the left one to the right one.
        relation: Relation,
    },
    /// An item was looked at, and the other list has nothing that catches any of it.
    NoCounterpart {
        /// The list that the item is on.
        side: Side,
        /// The item.
        code: Code,
    },
}

impl Finding {
    /// The item of a side, where the finding names one.
    pub fn code(self, of: Side) -> Option<Code> {
        match (self, of) {
            (Finding::Pair { left, .. }, Side::Left) => Some(left),
            (Finding::Pair { right, .. }, Side::Right) => Some(right),
            (Finding::NoCounterpart { side, code }, _) => (side == of).then_some(code),
        }
    }

    /// The relation, where two items were found.
    pub fn relation(self) -> Option<Relation> {
        match self {
            Finding::Pair { relation, .. } => Some(relation),
            Finding::NoCounterpart { .. } => None,
        }
    }

    /// The finding with the sides changed.
    #[must_use]
    pub fn inverse(self) -> Finding {
        match self {
            Finding::Pair {
                left,
                right,
                relation,
            } => Finding::Pair {
                left: right,
                right: left,
                relation: relation.inverse(),
            },
            Finding::NoCounterpart { side, code } => Finding::NoCounterpart {
                side: side.other(),
                code,
            },
        }
    }
}

/// The extent to which a mapping has been reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Review {
    /// By a program.
    Proposed,
    /// By hand, with a reason.
    Curated,
    /// By an outside source.
    Confirmed,
}

/// The way in which a mapping was made, in the terms of SSSOM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)] // the vocabulary's own names say what they are
#[non_exhaustive]
pub enum Justification {
    ManualMappingCuration,
    MappingReview,
    CompositeMatching,
    LexicalMatching,
    LogicalReasoning,
    UnspecifiedMatching,
    SemanticSimilarityThresholdMatching,
    LexicalSimilarityThresholdMatching,
    MappingChaining,
    MappingInversion,
    StructuralMatching,
    InstanceBasedMatching,
    BackgroundKnowledgeBasedMatching,
}

impl Justification {
    /// Returns the review that a justification implies. A mapping by hand is curated, and
    /// `MappingReview` is confirmed. A program proposed all others.
    pub fn review(self) -> Review {
        match self {
            Justification::ManualMappingCuration => Review::Curated,
            Justification::MappingReview => Review::Confirmed,
            _ => Review::Proposed,
        }
    }
}

/// The kind of thing that an [`Evidence`] points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum EvidenceKind {
    /// A CAS number that both have.
    Cas,
    /// A chemical element that both name.
    Element,
    /// A species that both name.
    Species,
    /// A customs heading that both have.
    Hs,
    /// A quantity with its unit that both state, or state differently.
    Quantity,
    /// Words that both use.
    Words,
    /// Both refer to items that correspond.
    Reference,
    /// Both are under, or beside, items that correspond.
    Place,
    /// Equal codes. By itself it says nothing.
    Code,
    /// Anything else, in words.
    Other,
}

impl EvidenceKind {
    const ALL: [(EvidenceKind, &'static str); 10] = [
        (EvidenceKind::Cas, "cas"),
        (EvidenceKind::Element, "element"),
        (EvidenceKind::Species, "species"),
        (EvidenceKind::Hs, "hs"),
        (EvidenceKind::Quantity, "quantity"),
        (EvidenceKind::Words, "words"),
        (EvidenceKind::Reference, "reference"),
        (EvidenceKind::Place, "place"),
        (EvidenceKind::Code, "code"),
        (EvidenceKind::Other, "other"),
    ];
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(name_of(&EvidenceKind::ALL, self))
    }
}

/// One piece of evidence for a mapping, in words that a reviewer can read.
///
/// ```
/// use export_control::crosswalk::EvidenceKind;
/// use export_control::Evidence;
/// let evidence: Evidence = "cas: 7440-55-3".parse().unwrap_or_else(|never| match never {});
/// assert_eq!((evidence.kind, &*evidence.words), (EvidenceKind::Cas, "7440-55-3"));
/// assert_eq!(evidence.to_string(), "cas: 7440-55-3");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    /// The kind of thing that it points at.
    pub kind: EvidenceKind,
    /// The thing itself, in words.
    pub words: Cow<'static, str>,
}

impl Evidence {
    /// Evidence of a kind.
    pub fn new(kind: EvidenceKind, words: impl Into<String>) -> Evidence {
        Evidence {
            kind,
            words: Cow::Owned(words.into()),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.words)
    }
}

/// Reads `kind: words`; what names no kind is other evidence.
impl std::str::FromStr for Evidence {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Evidence, Self::Err> {
        let known = text.split_once(": ").and_then(|(name, words)| {
            let kind = named(&EvidenceKind::ALL, name)?;
            (!words.trim().is_empty()).then(|| Evidence::new(kind, words.trim()))
        });
        Ok(known.unwrap_or_else(|| Evidence::new(EvidenceKind::Other, text.trim())))
    }
}

/// One judgment, with its reason and evidence.
///
/// ```
/// use export_control::crosswalk::{Justification, Review};
/// use export_control::{Mapping, Relation};
/// let mut mapping = Mapping::pair("2B229".parse()?, "2B219".parse()?, Relation::Equal, Justification::ManualMappingCuration);
/// mapping.reason = "the same balancing machines under the EU's number".into();
/// assert_eq!(mapping.review(), Review::Curated);
/// assert_eq!(mapping.left().map(|code| code.to_string()).as_deref(), Some("2B229"));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Mapping {
    /// The finding, and the items that it is about.
    pub finding: Finding,
    /// The way in which it was made.
    pub justification: Justification,
    /// Who looked: a name or names as SSSOM's `author_label` has them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub author: Option<Cow<'static, str>>,
    /// The likelihood that the judgment is right, 0 to 1, if somebody has given one. It is kept
    /// beside the judgment and overrules none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub confidence: Option<f64>,
    /// The differences between the scopes of the two items. Two items that are equal have none.
    /// Other items may have some that nobody recorded.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub differences: Vec<MappingDifference>,
    /// The side whose item is caught wholly by its counterparts together: by all of its mappings
    /// that name this side here, although no one of them catches all of it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub jointly: Option<Side>,
    /// Items of the other list whose text says that another list or agency controls such things.
    /// Only an item without a counterpart has them: [`Particulars::elsewhere`] of each says where.
    ///
    /// [`Particulars::elsewhere`]: crate::list::Particulars::elsewhere
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub see: Vec<Code>,
    /// The evidence that the judgment rests on.
    #[cfg_attr(feature = "serde", serde(default))]
    pub evidence: Vec<Evidence>,
    /// The reason in words; for the embedded crosswalk in this crate's own.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reason: Cow<'static, str>,
    /// The texts of the columns that only other tools know, by column.
    #[cfg_attr(feature = "serde", serde(default))]
    pub extra: ExtraFields,
    /// Fields as the file had them, if this crate would write them in another way.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) found: Option<Box<Found>>,
}

/// Fields as a file had them. Each is written again while the mapping still says the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Found {
    /// A number such as `1.0`.
    pub(crate) confidence: Option<String>,
    /// Evidence whose kind is not named.
    pub(crate) match_string: Option<String>,
}

impl Mapping {
    /// A mapping with nothing behind it yet.
    pub fn new(finding: Finding, justification: Justification) -> Mapping {
        Mapping {
            finding,
            justification,
            author: None,
            confidence: None,
            differences: Vec::new(),
            jointly: None,
            see: Vec::new(),
            evidence: Vec::new(),
            reason: Cow::Borrowed(""),
            extra: ExtraFields::new(),
            found: None,
        }
    }

    /// A mapping of two items.
    pub fn pair(
        left: Code,
        right: Code,
        relation: Relation,
        justification: Justification,
    ) -> Mapping {
        Mapping::new(
            Finding::Pair {
                left,
                right,
                relation,
            },
            justification,
        )
    }

    /// A mapping of an item to nothing.
    pub fn no_counterpart(side: Side, code: Code, justification: Justification) -> Mapping {
        Mapping::new(Finding::NoCounterpart { side, code }, justification)
    }

    /// The item of the left list; `None` where an item of the right one has no counterpart.
    pub fn left(&self) -> Option<Code> {
        self.finding.code(Side::Left)
    }

    /// The item of the right list; `None` where an item of the left one has no counterpart.
    pub fn right(&self) -> Option<Code> {
        self.finding.code(Side::Right)
    }

    /// Returns the relation of the left item to the right one, or `None` if there is only one item.
    pub fn relation(&self) -> Option<Relation> {
        self.finding.relation()
    }

    /// Returns the extent to which it has been reviewed.
    pub fn review(&self) -> Review {
        self.justification.review()
    }

    pub(crate) fn is_judged(&self) -> bool {
        self.review() > Review::Proposed
    }

    /// Everything that tells a mapping from another of the same items.
    pub(super) fn identity(&self) -> impl Eq + std::hash::Hash + '_ {
        (
            (self.finding, self.justification, &self.author),
            (self.confidence.map(f64::to_bits), &self.evidence),
            (&self.differences, self.jointly, &self.see),
            (&self.reason, &self.extra, &self.found),
        )
    }

    /// Returns `true` if it fills a column of this crate.
    pub(super) fn fills(&self, column: &str) -> bool {
        match column {
            "predicate_modifier" => self.relation() == Some(Relation::Unrelated),
            "author_label" => self.author.is_some(),
            "confidence" => self.confidence.is_some(),
            "match_string" => {
                let found = self
                    .found
                    .as_ref()
                    .and_then(|found| found.match_string.as_ref());
                !self.evidence.is_empty() || found.is_some()
            }
            "comment" => !self.reason.is_empty(),
            DIFFERENCE_SLOT => !self.differences.is_empty(),
            JOINTLY_SLOT => self.jointly.is_some(),
            SEE_SLOT => !self.see.is_empty(),
            _ => true,
        }
    }
}

crate::packed::packed_enum!(Side { Left, Right });
crate::packed::packed_enum!(Relation {
    Equal,
    Broader,
    Narrower,
    Overlapping,
    Unrelated
});
crate::packed::packed_enum!(Justification {
    ManualMappingCuration,
    MappingReview,
    CompositeMatching,
    LexicalMatching,
    LogicalReasoning,
    UnspecifiedMatching,
    SemanticSimilarityThresholdMatching,
    LexicalSimilarityThresholdMatching,
    MappingChaining,
    MappingInversion,
    StructuralMatching,
    InstanceBasedMatching,
    BackgroundKnowledgeBasedMatching,
});
crate::packed::packed_enum!(EvidenceKind {
    Cas,
    Element,
    Species,
    Hs,
    Quantity,
    Words,
    Reference,
    Place,
    Code,
    Other
});
crate::packed::packed_struct!(Evidence { kind, words });
crate::packed::packed_struct!(Found {
    confidence,
    match_string
});

impl crate::packed::Packed for Finding {
    fn read(from: &mut crate::packed::Reader) -> Option<Finding> {
        match from.value::<u8>()? {
            0 => Some(Finding::Pair {
                left: from.value()?,
                right: from.value()?,
                relation: from.value()?,
            }),
            _ => Some(Finding::NoCounterpart {
                side: from.value()?,
                code: from.value()?,
            }),
        }
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        match self {
            Finding::Pair {
                left,
                right,
                relation,
            } => {
                to.value(&0u8);
                to.value(left);
                to.value(right);
                to.value(relation);
            }
            Finding::NoCounterpart { side, code } => {
                to.value(&1u8);
                to.value(side);
                to.value(code);
            }
        }
    }
}
