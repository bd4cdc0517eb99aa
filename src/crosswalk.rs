//! Crosswalks: what an item of one list is to an item of another, judged on what is controlled and not on codes.
//!
//! The file form is SSSOM TSV, the Simple Standard for Sharing Ontological Mappings.

use std::fmt;
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::list::{ControlList, ListId};
use crate::rows::{Fields, Output, Rows};

/// What the left item is to the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Both catch the same things.
    Equal,
    /// The left one catches all that the right one does, and more.
    Broader,
    /// The left one catches part of what the right one does, and nothing else.
    Narrower,
    /// Each catches something that the other does not, and some things are caught by both; or the texts at hand do not say more.
    Overlapping,
    /// They look alike, by code or by name, and are not the same thing.
    Unrelated,
}

impl Relation {
    /// What the right item is to the left one.
    #[must_use]
    pub fn inverse(self) -> Relation {
        match self {
            Relation::Broader => Relation::Narrower,
            Relation::Narrower => Relation::Broader,
            same => same,
        }
    }

    /// The SSSOM predicate, and whether it is denied.
    fn predicate(self) -> (&'static str, bool) {
        // The predicate says what the object is to the subject: a narrower left item has a broader match.
        match self {
            Relation::Equal => ("skos:exactMatch", false),
            Relation::Broader => ("skos:narrowMatch", false),
            Relation::Narrower => ("skos:broadMatch", false),
            Relation::Overlapping => ("skos:relatedMatch", false),
            Relation::Unrelated => ("skos:relatedMatch", true),
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

/// How far a mapping has been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// By a program.
    Proposed,
    /// By hand, with a reason.
    Curated,
    /// By an outside source.
    Confirmed,
}

impl Review {
    const ALL: [(Review, &'static str); 3] = [
        (Review::Proposed, "semapv:LexicalMatching"),
        (Review::Curated, "semapv:ManualMappingCuration"),
        (Review::Confirmed, "semapv:MappingReview"),
    ];
}

/// One judgement: what an item of the left list is to an item of the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mapping {
    /// The item of the left list.
    pub left: Code,
    /// The item of the right list.
    pub right: Code,
    /// What the left one is to the right one.
    pub relation: Relation,
    /// How far the judgement has been looked at.
    pub review: Review,
    /// The reason, in this crate's own words.
    pub reason: String,
}

/// Mappings between two lists.
///
/// ```
/// use export_control::{Relation, us_cn_crosswalk};
/// let crosswalk = us_cn_crosswalk();
/// let gallium = crosswalk.of_right("3C001".parse()?).next().expect("a pair that is often taken for one");
/// assert_eq!((gallium.left, gallium.relation), ("3C001".parse()?, Relation::Overlapping));
/// # Ok::<(), export_control::ParseCodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crosswalk {
    left: ListId,
    right: ListId,
    mappings: Vec<Mapping>,
}

const COLUMNS: [&str; 6] = ["subject_id", "predicate_modifier", "predicate_id", "object_id", "mapping_justification", "comment"];

impl Crosswalk {
    /// A crosswalk of these mappings, in the order of the left list and then of the right one.
    ///
    /// # Errors
    /// Two mappings of the same two items.
    pub fn new(left: ListId, right: ListId, mut mappings: Vec<Mapping>) -> Result<Crosswalk, Error> {
        mappings.sort_by_key(|mapping| (mapping.left, mapping.right));
        match mappings.windows(2).find(|pair| (pair[0].left, pair[0].right) == (pair[1].left, pair[1].right)) {
            Some(pair) => Err(Error::unexpected(
                format!(
                    "{left}:{} and {right}:{} mapped twice, as {} and {}",
                    pair[0].left, pair[0].right, pair[0].relation, pair[1].relation
                ),
                "one mapping of two items",
            )),
            None => Ok(Crosswalk { left, right, mappings }),
        }
    }

    /// The left list's name.
    pub fn left(&self) -> &ListId {
        &self.left
    }

    /// The right list's name.
    pub fn right(&self) -> &ListId {
        &self.right
    }

    /// Every mapping.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// The mappings of an item of the left list.
    pub fn of_left(&self, code: Code) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter().filter(move |mapping| mapping.left == code)
    }

    /// The mappings of an item of the right list.
    pub fn of_right(&self, code: Code) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter().filter(move |mapping| mapping.right == code)
    }

    /// Fails unless every mapped code is on its list.
    ///
    /// # Errors
    /// The first code that its list does not have, or a list of another name.
    pub fn check(&self, left: &ControlList, right: &ControlList) -> Result<(), Error> {
        let ids = |list: &ControlList, id: &ListId| match list.id() == id {
            true => Ok(()),
            false => Err(Error::from(Kind::DifferentLists(list.id().to_string(), id.to_string()))),
        };
        ids(left, &self.left)?;
        ids(right, &self.right)?;
        self.mappings.iter().flat_map(|mapping| [(left, mapping.left), (right, mapping.right)]).try_for_each(|(list, code)| {
            match list.get(code) {
                Some(_) => Ok(()),
                None => Err(Error::unexpected("a mapping of a code that the list does not have", "an item of the list")
                    .of_list(list.id())
                    .of_code(code)),
            }
        })
    }

    /// Reads SSSOM TSV.
    ///
    /// # Errors
    /// What is wrong, with line and field.
    pub fn read(input: impl Read) -> Result<Crosswalk, Error> {
        let mut text = String::new();
        std::io::BufReader::new(input).read_to_string(&mut text)?;
        let lines = text.lines().take_while(|line| line.starts_with('#')).count();
        let rest: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
        let mut rows = Rows::new(&text.as_bytes()[rest..], lines as u64, b'\t', &COLUMNS, &COLUMNS)?;
        let mut lists: Option<(ListId, ListId)> = None;
        let mut mappings = Vec::new();
        while rows.next()? {
            let item = |column| {
                rows.value(column, "a list and a code such as us-ccl:3A001.b", |text| {
                    let (list, code) = text.split_once(':')?;
                    Some((ListId::new(list), code.parse().ok()?))
                })
            };
            let ((left_list, left), (right_list, right)) = (item(0)?, item(3)?);
            let (left_expected, right_expected) = lists.get_or_insert_with(|| (left_list.clone(), right_list.clone()));
            if (&left_list, &right_list) != (&*left_expected, &*right_expected) {
                let found = format!("a mapping of {left_list} to {right_list}");
                return Err(rows.fail(0, Error::unexpected(found, format!("mappings of {left_expected} to {right_expected}"))));
            }
            let denied = rows.value(1, "nothing or Not", |text| match text {
                "" => Some(false),
                "Not" => Some(true),
                _ => None,
            })?;
            let relation = rows.value(2, "skos:exactMatch, narrowMatch, broadMatch, relatedMatch or, denied, relatedMatch", |text| {
                [Relation::Equal, Relation::Broader, Relation::Narrower, Relation::Overlapping, Relation::Unrelated]
                    .into_iter()
                    .find(|relation| relation.predicate() == (text, denied))
            })?;
            let review = rows.value(4, "semapv:LexicalMatching, ManualMappingCuration or MappingReview", |text| {
                Review::ALL.into_iter().find(|(_, name)| *name == text).map(|(review, _)| review)
            })?;
            mappings.push(Mapping { left, right, relation, review, reason: rows.text(5).to_owned() });
        }
        let (left, right) = lists.ok_or_else(|| Error::unexpected("no mappings", "at least one row"))?;
        Crosswalk::new(left, right, mappings)
    }
}

/// SSSOM TSV, as [`Crosswalk::read`] reads it.
impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = Output::new(b'\t');
        output.row(COLUMNS);
        for mapping in &self.mappings {
            let (predicate, denied) = mapping.relation.predicate();
            let review = Review::ALL.into_iter().find(|(review, _)| *review == mapping.review).map_or("", |(_, name)| name);
            output.row([
                format!("{}:{}", self.left, mapping.left).as_str(),
                if denied { "Not" } else { "" },
                predicate,
                format!("{}:{}", self.right, mapping.right).as_str(),
                review,
                &mapping.reason,
            ]);
        }
        writeln!(
            f,
            "#curie_map:\n#  {}: https://example.org/{}/\n#  {}: https://example.org/{}/",
            self.left, self.left, self.right, self.right
        )?;
        writeln!(f, "#mapping_set_id: https://example.org/{}--{}", self.left, self.right)?;
        writeln!(f, "#license: https://creativecommons.org/publicdomain/zero/1.0/")?;
        f.write_str(&output.finish())
    }
}
