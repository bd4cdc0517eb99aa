//! One edition of a list, with its tree.

use jiff::civil::Date;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::measure::{Measure, MeasureId};

use super::amendment::{Amendment, Later, Verified};
use super::lazy::Lazy;
use super::ledger::MeasureLedger;
use super::license::LicenseRequirement;
use super::pack::{LATER, LICENSE_REQUIREMENTS, MEASURES};
use super::search_index::SearchIndex;
use super::{ChildLogic, Edition, Item, ItemState, ListId, ListInfo, Reason};

/// One edition of one list: its items in list order, with its tree, its measures and its license
/// rows.
///
/// ```
/// let us = export_control::us_ccl();
/// let item = us.get("3A001.b.2".parse()?).expect("an item of the list");
/// assert_eq!(us.parent(item).map(|p| p.code().to_string()), Some("3A001.b".into()));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Parts", into = "Parts"))]
pub struct ControlList {
    pub(super) info: ListInfo,
    pub(super) edition: Edition,
    pub(super) items: Vec<Item>,
    pub(super) tree: Tree,
    pub(super) measures: Lazy<MeasureLedger>,
    pub(super) license_requirements: Lazy<Vec<LicenseRequirement>>,
    /// The changes after the edition, and how far the rest was verified.
    pub(super) later: Lazy<Later>,
    /// The first day of which the list says anything; `None` where it speaks of all days.
    pub(super) opens: Option<Date>,
    pub(super) index: SearchIndex,
}

/// Two lists are equal if all that is recorded is: the rest follows from it.
impl PartialEq for ControlList {
    fn eq(&self, other: &ControlList) -> bool {
        self.info == other.info
            && self.edition == other.edition
            && self.opens == other.opens
            && self.items == other.items
            && self.tree == other.tree
            && self.register() == other.register()
            && self.all_license_requirements() == other.all_license_requirements()
            && self.later() == other.later()
    }
}

/// The serialized form. It has the stored parts and not the derived ones.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Parts {
    pub(super) info: ListInfo,
    pub(super) edition: Edition,
    pub(super) items: Vec<Item>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) measures: Vec<Measure>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) license_requirements: Vec<LicenseRequirement>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) amendments: Vec<Amendment>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) verified: Vec<Verified>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) as_read_on: Option<Date>,
}

impl TryFrom<Parts> for ControlList {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<ControlList, Error> {
        ControlList::new(parts.info, parts.edition, parts.items)?
            .with_measures(parts.measures)?
            .with_license_requirements(parts.license_requirements)?
            .with_later(Later {
                amendments: parts.amendments,
                verified: parts.verified,
                as_read_on: parts.as_read_on,
            })
    }
}

impl From<ControlList> for Parts {
    fn from(list: ControlList) -> Parts {
        let later = list.later().clone();
        Parts {
            measures: list.measures().cloned().collect(),
            license_requirements: list.all_license_requirements().to_vec(),
            info: list.info,
            edition: list.edition,
            items: list.items,
            amendments: later.amendments,
            verified: later.verified,
            as_read_on: later.as_read_on,
        }
    }
}

impl ControlList {
    /// A list of items, which may come in any order.
    ///
    /// # Errors
    /// A code that occurs twice, or a paragraph whose parent has no item.
    ///
    /// ```
    /// use export_control::{ControlList, Edition, Item, ListId, ListInfo};
    /// let items = vec![Item::new("3A001.a".parse()?), Item::new("3A001".parse()?)];
    /// let list = ControlList::new(ListInfo::new(ListId::new("mine"), "My list"), Edition::default(), items)?;
    /// assert_eq!(list.items()[0].code().to_string(), "3A001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        info: ListInfo,
        edition: Edition,
        mut items: Vec<Item>,
    ) -> Result<ControlList, Error> {
        if !items.is_sorted_by_key(|item| item.code) {
            items.sort_by_key(|item| item.code);
        }
        let tree = Tree::of(&items).map_err(|error| error.of_list(&info.id))?;
        let measures = MeasureLedger::default();
        let opens = measures.opens(edition.from, &items);
        Ok(ControlList {
            info,
            edition,
            items,
            tree,
            measures: Lazy::from(measures),
            license_requirements: Lazy::default(),
            later: Lazy::default(),
            opens,
            index: SearchIndex::default(),
        })
    }

    /// The list with the measures that made it, in place of any that it had.
    ///
    /// # Errors
    /// Measures that contradict each other or the items. The error names the measures and the code.
    /// The contradictions are:
    ///
    /// - a measure that occurs twice
    /// - one that suspends, resumes or repeals a measure that is not recorded, not yet published, or
    ///   repealed
    /// - one that does anything but repeal without a first day
    /// - a suspension without its last day, or one that another measure states otherwise
    /// - two measures that do different things to one measure or one code on one day
    /// - a code changed or removed that is not on the list
    ///
    /// ```
    /// use export_control::{Measure, MeasureId, cn_dual_use};
    /// let mut suspension = Measure::new(MeasureId::new("2027-1"), jiff::civil::date(2027, 1, 15));
    /// suspension.suspends = vec!["2027-9".parse()?];
    /// suspension.suspended_through = Some("2028-01-14".parse()?);
    /// let error = cn_dual_use().clone().with_measures(vec![suspension]).unwrap_err();
    /// assert!(error.is_invalid_list());
    /// assert_eq!(
    ///     error.to_string(),
    ///     "cn-dual-use: found measure 2027-1 suspending measure 2027-9, which is not recorded, expected a recorded measure"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_measures(self, measures: Vec<Measure>) -> Result<ControlList, Error> {
        let register =
            MeasureLedger::new(measures).map_err(|error| error.of_list(&self.info.id))?;
        self.with_register(register)
    }

    /// The list with measures that agree with each other, after a check that they agree with its
    /// items.
    pub(crate) fn with_register(
        mut self,
        mut register: MeasureLedger,
    ) -> Result<ControlList, Error> {
        register
            .bind(&self.items)
            .map_err(|error| error.of_list(&self.info.id))?;
        self.opens = register.opens(self.edition.from, &self.items);
        self.measures = Lazy::from(register);
        Ok(self)
    }

    pub(crate) fn later(&self) -> &Later {
        self.later.part(LATER)
    }

    pub(crate) fn set_later(&mut self, later: Later) {
        self.later = Lazy::from(later);
    }

    pub(crate) fn opens(&self) -> Option<Date> {
        self.opens
    }

    pub(crate) fn register(&self) -> &MeasureLedger {
        self.measures.or_make(|source| {
            let measures: Option<Vec<Measure>> =
                source.and_then(|source| source.section(MEASURES)?.value());
            let measures = measures.filter(|measures| !measures.is_empty());
            let Some(measures) = measures else {
                return MeasureLedger::default();
            };
            // Those of a packed list were checked before it was packed.
            let mut register = MeasureLedger::new(measures).unwrap_or_default();
            let _ = register.bind(&self.items);
            register
        })
    }

    /// The list with the license rows of its entries.
    ///
    /// # Errors
    /// A row of an entry that the list does not have.
    pub fn with_license_requirements(
        mut self,
        mut rows: Vec<LicenseRequirement>,
    ) -> Result<ControlList, Error> {
        // Stable: the rows of one entry keep their published order.
        rows.sort_by_key(|row| row.entry);
        if let Some(row) = rows.iter().find(|row| self.position(row.entry).is_none()) {
            return Err(
                Error::unexpected("a license row", "rows of entries that the list has")
                    .of_list(&self.info.id)
                    .of_code(row.entry),
            );
        }
        self.license_requirements = Lazy::from(rows);
        Ok(self)
    }

    /// Returns the description of the list and the meaning of its signs.
    pub fn info(&self) -> &ListInfo {
        &self.info
    }

    /// Its short name.
    pub fn id(&self) -> &ListId {
        &self.info.id
    }

    /// Which edition this is.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    pub(crate) fn edition_mut(&mut self) -> &mut Edition {
        &mut self.edition
    }

    /// Every item, live, empty, reserved and implied, in list order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Returns if the list says which paragraphs are alternatives and which are conditions; `None`
    /// if it has no paragraphs of which to say so.
    pub(crate) fn records_logic(&self) -> Option<bool> {
        let paragraph = |item: &Item| !item.code.is_entry() && item.is_live();
        let says = |item: &Item| item.logic != ChildLogic::Leaf;
        let asked = self.items.iter().any(paragraph);
        asked.then(|| self.info.logic_recorded && self.items.iter().any(says))
    }

    /// The measures that made the list, in the order of their rows.
    pub fn measures(&self) -> impl ExactSizeIterator<Item = &Measure> {
        self.register().measures()
    }

    /// One measure by its number.
    pub fn measure(&self, id: &MeasureId) -> Option<&Measure> {
        self.register().get(id)
    }

    pub(crate) fn lazy_index(&self) -> &SearchIndex {
        &self.index
    }

    pub(crate) fn position(&self, code: Code) -> Option<usize> {
        self.tree.codes.binary_search(&code).ok()
    }

    /// The codes of [`items`](ControlList::items), in the same order.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.tree.codes
    }

    /// The item with this code on this list.
    pub fn get(&self, code: Code) -> Option<&Item> {
        self.position(code).map(|at| &self.items[at])
    }

    /// The item with this code, or its nearest ancestor on the list.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// let nearest = us.nearest("3A001.b.2.z.9".parse()?).expect("3A001 is listed");
    /// assert_eq!(nearest.code().to_string(), "3A001.b.2");
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn nearest(&self, code: Code) -> Option<&Item> {
        std::iter::once(code)
            .chain(code.ancestors())
            .find_map(|code| self.get(code))
    }

    /// The item that keeps a code's place free: a reserved one with this code, or the first of a
    /// reserved range that reaches to it.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// let item = us.reserving("9A610.q".parse()?).expect("9A610.k through .s is reserved in one line");
    /// assert!(item.through().is_some());
    /// assert!(us.reserving("9A610.a".parse()?).is_none());
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn reserving(&self, code: Code) -> Option<&Item> {
        if let Some(item) = self.get(code) {
            return Some(item).filter(|item| item.state == ItemState::Reserved);
        }
        let parent = self.get(code.parent()?)?;
        self.children(parent.code)
            .find(|item| item.code < code && item.facts.through >= Some(code))
    }

    /// The item one level up; `None` for an entry.
    pub fn parent(&self, item: &Item) -> Option<&Item> {
        item.code.parent().and_then(|code| self.get(code))
    }

    /// The item and everything below it, in list order; empty where the code is not on the list.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// let codes: Vec<String> = us.subtree("3A991.j".parse()?).iter().map(|item| item.code().to_string()).collect();
    /// assert_eq!(codes, ["3A991.j", "3A991.j.1", "3A991.j.2"]);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn subtree(&self, code: Code) -> &[Item] {
        self.position(code)
            .map_or(&[], |at| &self.items[at..self.tree.ends[at] as usize])
    }

    pub(crate) fn subtree_end(&self, at: usize) -> usize {
        self.tree.ends[at] as usize
    }

    /// The items one level below an item, in list order.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// let (mut below, entry) = (0, "3A001".parse()?);
    /// for item in us.children(entry) {
    ///     assert_eq!(us.parent(item).map(|parent| parent.code()), Some(entry));
    ///     below += 1;
    /// }
    /// assert!(below > 0 && below < us.subtree(entry).len());
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn children(&self, code: Code) -> impl Iterator<Item = &Item> {
        let depth = code.depth() + 1;
        self.subtree(code)
            .iter()
            .filter(move |item| item.code.depth() == depth)
    }

    /// The position of what is controlled independently when the item at a position is: its topmost
    /// ancestor that states an all-of list, or itself.
    pub(crate) fn provision(&self, at: usize) -> usize {
        self.tree.provisions[at] as usize
    }

    /// The reasons for control that bear on an item: its own, or else those of its nearest ancestor
    /// that states any. In the US list the entry states them; which of its paragraphs each one
    /// reaches is in [`license_requirements`](ControlList::license_requirements).
    pub fn reasons<'a>(&'a self, item: &'a Item) -> &'a [Reason] {
        if !item.facts.reasons.is_empty() {
            return &item.facts.reasons;
        }
        item.code
            .ancestors()
            .filter_map(|code| self.get(code))
            .map(|item| item.facts.reasons.as_slice())
            .find(|reasons| !reasons.is_empty())
            .unwrap_or(&[])
    }

    /// The license rows of an entry, in published order.
    ///
    /// ```
    /// use export_control::list::license::AppliesTo;
    /// let rows = export_control::us_ccl().license_requirements("0A501".parse()?);
    /// // National security, for the entire entry except one paragraph, by the country chart's column NS 1.
    /// assert_eq!((rows[0].applies_to, rows[0].codes[0].to_string()), (AppliesTo::Except, "0A501.y".into()));
    /// assert_eq!(rows[0].columns[0].to_string(), "NS:1");
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn license_requirements(&self, entry: Code) -> &[LicenseRequirement] {
        let rows = self.all_license_requirements();
        let first = rows.partition_point(|row| row.entry < entry);
        let count = rows[first..].partition_point(|row| row.entry == entry);
        &rows[first..first + count]
    }

    /// Every license row, by entry.
    pub fn all_license_requirements(&self) -> &[LicenseRequirement] {
        self.license_requirements.part(LICENSE_REQUIREMENTS)
    }
}

/// The shape of the tree, from the order of the codes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tree {
    /// The items' codes, close together for searches and walks.
    pub(super) codes: Vec<Code>,
    /// For each item the position after its last descendant.
    pub(super) ends: Vec<u32>,
    /// For each item the position of its topmost ancestor that states an all-of list, or its own.
    pub(super) provisions: Vec<u32>,
}

impl Tree {
    /// Checks uniqueness and parents of sorted items, and finds the tree, in one pass.
    pub(super) fn of(items: &[Item]) -> Result<Tree, Error> {
        let mut tree = Tree {
            codes: items.iter().map(|item| item.code).collect(),
            ends: vec![0; items.len()],
            provisions: Vec::with_capacity(items.len()),
        };
        let mut open: Vec<usize> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 && items[at - 1].code == item.code {
                return Err(Error::from(Kind::Duplicate).of_code(item.code));
            }
            while let Some(&last) = open.last()
                && !items[last].code.contains(item.code)
            {
                tree.ends[last] = at as u32;
                open.pop();
            }
            let above = open.last().copied();
            if let Some(parent) = item.code.parent()
                && above.is_none_or(|above| items[above].code != parent)
            {
                return Err(Error::from(Kind::Orphan(parent)).of_code(item.code));
            }
            tree.provisions.push(match above {
                Some(above)
                    if tree.provisions[above] as usize != above || items[above].logic.folds() =>
                {
                    tree.provisions[above]
                }
                _ => at as u32,
            });
            open.push(at);
        }
        for at in open {
            tree.ends[at] = items.len() as u32;
        }
        Ok(tree)
    }
}
