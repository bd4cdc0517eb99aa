//! The mappings between two lists, in order, with what their file said of them.

use indexmap::IndexSet;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::list::{ControlList, ListId};

use super::{
    COLUMNS, ExtraFields, Mapping, MappingDifference, Metadata, Names, PerFile, REQUIRED, Side,
};

/// Mappings between two lists.
///
/// ```
/// use export_control::{Relation, crosswalk};
/// let crosswalk = crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
/// let gallium = "3C001".parse()?;
/// let same_code = crosswalk.of_right(gallium).find(|mapping| mapping.left() == Some(gallium)).expect("a pair that is often taken for one");
/// assert_ne!(same_code.relation(), Some(Relation::Equal));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Parts", into = "Parts"))]
pub struct Crosswalk {
    pub(super) left: ListId,
    pub(super) right: ListId,
    /// The file's own description.
    pub(super) header: Metadata,
    /// The columns of the file in their order: those of this crate and those of other tools.
    pub(super) columns: IndexSet<String>,
    pub(super) mappings: Vec<Mapping>,
    /// Rows of other tools.
    pub(super) aside: Vec<ExtraFields>,
    /// Positions of the mappings by the right item.
    pub(super) by_right: Vec<u32>,
}

#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Parts {
    pub(super) left: ListId,
    pub(super) right: ListId,
    pub(super) header: Metadata,
    pub(super) columns: IndexSet<String>,
    pub(super) mappings: Vec<Mapping>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) aside: Vec<ExtraFields>,
}

impl TryFrom<Parts> for Crosswalk {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Crosswalk, Error> {
        Crosswalk::new(parts.left, parts.right, parts.mappings)?
            .described(parts.header, parts.columns)
            .map(|crosswalk| crosswalk.with_aside(parts.aside))
    }
}

impl From<Crosswalk> for Parts {
    fn from(crosswalk: Crosswalk) -> Parts {
        let Crosswalk {
            left,
            right,
            header,
            columns,
            mappings,
            aside,
            ..
        } = crosswalk;
        Parts {
            left,
            right,
            header,
            columns,
            mappings,
            aside,
        }
    }
}

impl Crosswalk {
    /// A crosswalk of these mappings, in the order of the left list and then of the right one.
    ///
    /// A program's proposals may differ from each other and from what was judged by hand.
    /// Judgments may not contradict each other. Two items have one relation, and an item without a
    /// counterpart is not in a pair, save as unrelated.
    ///
    /// # Errors
    /// Judgments that contradict each other, the same mapping twice, a confidence outside 0 to 1,
    /// a line break in a text.
    ///
    /// ```
    /// use export_control::crosswalk::Justification::ManualMappingCuration as BY_HAND;
    /// use export_control::{Crosswalk, ListId, Mapping, Relation, Side};
    /// let code = "3A001".parse()?;
    /// let pair = Mapping::pair(code, code, Relation::Equal, BY_HAND);
    /// let none = Mapping::no_counterpart(Side::Right, code, BY_HAND);
    /// let error = Crosswalk::new(ListId::new("a"), ListId::new("b"), vec![pair, none]).unwrap_err();
    /// assert!(error.to_string().contains("b:3A001 judged to have no counterpart and to be equal to a:3A001"));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn new(
        left: ListId,
        right: ListId,
        mut mappings: Vec<Mapping>,
    ) -> Result<Crosswalk, Error> {
        if let Some(name) = [&left, &right]
            .into_iter()
            .find(|id| !is_prefix(id.as_str()))
        {
            return Err(Error::unexpected(
                format!("the list name {:?}", name.as_str()),
                "letters, digits, hyphens, dots and underscores",
            ));
        }
        mappings.sort_by_key(place);
        for mapping in &mappings {
            if let Some((found, expected)) = mapping.flaw() {
                let error = Error::unexpected(found, expected);
                return Err(match (mapping.left(), mapping.right()) {
                    (Some(code), _) => error.of_list(&left).of_code(code),
                    (None, Some(code)) => error.of_list(&right).of_code(code),
                    (None, None) => error,
                });
            }
        }
        let columns = needed_columns(&mappings);
        let crosswalk = Crosswalk {
            header: Metadata::default_of(&left, &right).declaring(&columns),
            left,
            right,
            columns,
            by_right: by_right(&mappings),
            mappings,
            aside: Vec::new(),
        };
        crosswalk.contradiction().map_or(Ok(()), Err)?;
        Ok(crosswalk)
    }

    /// The crosswalk with a description and columns of its own; the columns that its mappings fill
    /// stay.
    pub(crate) fn described(
        mut self,
        header: Metadata,
        columns: IndexSet<String>,
    ) -> Result<Crosswalk, Error> {
        if header
            .lines()
            .iter()
            .any(|line| line.contains(['\n', '\r']))
        {
            return Err(Error::unexpected(
                "a line break in a line of the description",
                "one line",
            ));
        }
        self.columns = columns.into_iter().chain(self.columns).collect();
        self.header = header.declaring(&self.columns);
        Ok(self)
    }

    /// The crosswalk with rows of other tools beside its mappings.
    pub(crate) fn with_aside(mut self, aside: Vec<ExtraFields>) -> Crosswalk {
        add_columns(&mut self.columns, aside.iter());
        self.aside = aside;
        self
    }

    pub(crate) fn header(&self) -> &Metadata {
        &self.header
    }

    pub(crate) fn columns(&self) -> &IndexSet<String> {
        &self.columns
    }

    /// The left list's name.
    pub fn left(&self) -> &ListId {
        &self.left
    }

    /// The right list's name.
    pub fn right(&self) -> &ListId {
        &self.right
    }

    /// Every mapping, in the order of the left list and then of the right one; what the left list
    /// has nothing for comes last.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// Rows of the file that this crate has no relation or no item for, by column: a close match,
    /// the lack of an exact match, nothing on either side, an item named by its address or of a
    /// third list. They take no part in any answer, are written again as they are, and stay so when
    /// the sides are changed.
    ///
    /// ```
    /// let file = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n\
    ///             eu:2B219\tskos:exactMatch\tus:2B229\tsemapv:LexicalMatching\n\
    ///             eu:3D225\tskos:closeMatch\tus:3D201\tsemapv:LexicalMatching\n";
    /// let crosswalk = export_control::Crosswalk::from_sssom(file.as_bytes())?;
    /// assert_eq!((crosswalk.mappings().len(), crosswalk.other_rows().len()), (1, 1));
    /// assert_eq!(&crosswalk.other_rows()[0]["predicate_id"], "skos:closeMatch");
    /// assert!(crosswalk.to_string().contains("eu:3D225\tskos:closeMatch\tus:3D201"));
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn other_rows(&self) -> &[ExtraFields] {
        &self.aside
    }

    /// The mappings of an item of the left list.
    pub fn of_left(&self, code: Code) -> impl Iterator<Item = &Mapping> {
        self.of(Side::Left, code)
    }

    /// The mappings of an item of the right list.
    pub fn of_right(&self, code: Code) -> impl Iterator<Item = &Mapping> {
        self.of(Side::Right, code)
    }

    /// The mappings of an item of one side.
    pub fn of(&self, side: Side, code: Code) -> impl Iterator<Item = &Mapping> {
        let (direct, indexed): (&[Mapping], &[u32]) = match side {
            Side::Left => {
                let first = self
                    .mappings
                    .partition_point(|mapping| mapping.left().is_some_and(|left| left < code));
                let count =
                    self.mappings[first..].partition_point(|mapping| mapping.left() == Some(code));
                (&self.mappings[first..first + count], &[])
            }
            Side::Right => {
                let right = |at: &u32| self.mappings[*at as usize].right();
                let first = self
                    .by_right
                    .partition_point(|at| right(at).is_some_and(|right| right < code));
                let count = self.by_right[first..].partition_point(|at| right(at) == Some(code));
                (&[], &self.by_right[first..first + count])
            }
        };
        direct
            .iter()
            .chain(indexed.iter().map(|at| &self.mappings[*at as usize]))
    }

    /// Keeps the mappings that a test accepts. The description stays, and so do the rows of other
    /// tools.
    pub fn retain(&mut self, keep: impl FnMut(&Mapping) -> bool) {
        self.mappings.retain(keep);
        self.by_right = by_right(&self.mappings);
    }

    /// Returns the same judgments with the sides changed. The file then says of the object what it
    /// said of the subject. A set that has an address keeps it. Give it another with
    /// [`with_metadata`](Crosswalk::with_metadata).
    #[must_use]
    pub fn swapped(&self) -> Crosswalk {
        let mut mappings = self.mappings.clone();
        let mut renamed: PerFile<Names> = PerFile::new();
        let rename = |names: &Names| names.iter().map(|name| swapped_name(name).into()).collect();
        for mapping in &mut mappings {
            mapping.finding = mapping.finding.inverse();
            let turned = mapping.differences.iter().map(MappingDifference::inverse);
            mapping.differences = turned.collect();
            mapping.jointly = mapping.jointly.map(Side::other);
            let names = renamed.of(mapping.extra.names(), rename);
            mapping.extra = mapping.extra.with_names(names);
        }
        mappings.sort_by_key(place);
        let default = Metadata::default_of(&self.left, &self.right).declaring(&self.columns);
        let header = if self.header == default {
            Metadata::default_of(&self.right, &self.left).declaring(&self.columns)
        } else {
            let header = self.header.swapped(swapped_name);
            let named = |side| {
                mappings
                    .iter()
                    .any(|mapping| mapping.finding.code(side).is_some())
            };
            if named(Side::Left) && named(Side::Right) {
                header
            } else {
                header.with_exchanged(&self.left, &self.right)
            }
        };
        // The two columns of items stay where they are, and so do other tools' rows.
        let own = |name: &String| COLUMNS.contains(&name.as_str());
        let columns = self.columns.iter().map(|name| match own(name) {
            true => name.clone(),
            false => swapped_name(name),
        });
        let crosswalk = Crosswalk {
            left: self.right.clone(),
            right: self.left.clone(),
            header,
            columns: columns.chain(needed_columns(&mappings)).collect(),
            by_right: by_right(&mappings),
            mappings,
            aside: Vec::new(),
        };
        crosswalk.with_aside(self.aside.clone())
    }

    /// Fails unless every mapped code is on its list.
    ///
    /// # Errors
    /// The first code that its list does not have, or a list of another name.
    pub fn check(&self, left: &ControlList, right: &ControlList) -> Result<(), Error> {
        let ids = |list: &ControlList, id: &ListId| match list.id() == id {
            true => Ok(()),
            false => Err(Error::from(Kind::DifferentLists(
                list.id().to_string(),
                id.to_string(),
            ))),
        };
        ids(left, &self.left)?;
        ids(right, &self.right)?;
        let mapped = self
            .mappings
            .iter()
            .flat_map(|mapping| [(left, mapping.left()), (right, mapping.right())]);
        let mapped = mapped.filter_map(|(list, code)| Some((list, code?)));
        let seen = self.mappings.iter().flat_map(|mapping| {
            let other = if mapping.left().is_some() {
                right
            } else {
                left
            };
            mapping.see.iter().map(move |code| (other, *code))
        });
        for (list, code) in mapped.chain(seen) {
            if list.get(code).is_none() {
                return Err(Error::unexpected(
                    "a mapping of a code that the list does not have",
                    "an item of the list",
                )
                .of_list(list.id())
                .of_code(code));
            }
        }
        Ok(())
    }
}

/// Returns the place of a mapping among others.
pub(super) fn place(mapping: &Mapping) -> (bool, Option<Code>, bool, Option<Code>) {
    let (left, right) = (mapping.left(), mapping.right());
    (left.is_none(), left, right.is_none(), right)
}

/// The positions of the mappings in the order of their right items.
pub(super) fn by_right(mappings: &[Mapping]) -> Vec<u32> {
    let right = |at: &u32| mappings[*at as usize].right();
    let mut by_right: Vec<u32> = (0..mappings.len() as u32)
        .filter(|at| right(at).is_some())
        .collect();
    by_right.sort_by_key(right);
    by_right
}

/// The columns that mappings fill, and those that every file has.
pub(super) fn needed_columns(mappings: &[Mapping]) -> IndexSet<String> {
    let filled = |name: &str| mappings.iter().any(|mapping| mapping.fills(name));
    let own = COLUMNS
        .into_iter()
        .filter(|name| REQUIRED.contains(name) || filled(name));
    let mut columns: IndexSet<String> = own.map(str::to_owned).collect();
    add_columns(&mut columns, mappings.iter().map(|mapping| &mapping.extra));
    columns
}

/// Adds the columns that rows fill.
pub(super) fn add_columns<'a>(
    columns: &mut IndexSet<String>,
    rows: impl Iterator<Item = &'a ExtraFields>,
) {
    let mut seen: PerFile<Vec<bool>> = PerFile::new();
    for row in rows {
        let seen = seen.of(row.names(), |names| vec![false; names.len()]);
        for (number, _) in row.by_number() {
            if !std::mem::replace(&mut seen[number], true)
                && let Some(name) = row.names().get(number)
                && !columns.contains(&**name)
            {
                columns.insert(name.to_string());
            }
        }
    }
}

/// The name of a column for the other side.
pub(super) fn swapped_name(name: &str) -> String {
    let rest = |side: &str| name.strip_prefix(side);
    match (rest("subject_"), rest("object_")) {
        (Some(rest), _) => format!("object_{rest}"),
        (_, Some(rest)) => format!("subject_{rest}"),
        (None, None) => name.to_owned(),
    }
}

/// Returns `true` if a list's name can be written before a colon.
pub(crate) fn is_prefix(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
