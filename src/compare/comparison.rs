//! Lists side by side: their sizes, their categories, their equal codes.

use std::fmt;
use std::sync::OnceLock;

use fixedbitset::FixedBitSet;

use crate::code::{Category, Code, ProductGroup};
use crate::count::{Count, CountingRule, Scope, Unavailable};
use crate::list::ItemSet;
use crate::list::{ControlList, Edition, ListId, ListInfo};

use super::Caveat;

/// Two or more lists compared within one scope.
///
/// ```
/// use export_control::{Comparison, CountingRule, cn_dual_use, us_ccl};
/// let comparison = Comparison::new(us_ccl(), cn_dual_use());
/// let counts = comparison.counts(CountingRule::Provisions);
/// let times = counts[0].ratio(&counts[1]).expect("both lists can be counted by this rule");
/// assert!(times > 1.0);
/// println!("{}\n{}\n{times:.1} times", counts[0], counts[1]);
/// ```
#[derive(Clone)]
pub struct Comparison<'a> {
    /// At least two.
    pub(super) lists: Vec<&'a ControlList>,
    pub(super) scope: Scope,
    /// The positions of the items of each list within the scope, once they were asked for.
    pub(super) within: OnceLock<Vec<Result<FixedBitSet, Unavailable>>>,
}

impl fmt::Debug for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Comparison");
        shown.field("lists", &self.lists);
        shown.field("scope", &self.scope).finish()
    }
}

/// Codes that two lists have in common. Equal codes are not equal items: this says how alike two
/// numberings are, not what two lists share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SameCode {
    /// Codes on both lists, in list order.
    pub both: Vec<Code>,
    /// Codes only on the left list.
    pub left_only: Vec<Code>,
    /// Codes only on the right list.
    pub right_only: Vec<Code>,
}

/// The division of one list's count over categories and product groups.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Grid {
    pub(super) list: ListId,
    pub(super) edition: Edition,
    pub(super) rule: CountingRule,
    pub(super) scope: Scope,
    pub(super) cells: [[usize; 5]; 10],
}

impl Grid {
    /// Returns the number of a category and a product group.
    pub fn cell(&self, category: Category, group: ProductGroup) -> usize {
        self.cells[usize::from(category.digit())][group as usize - 1]
    }

    /// Returns the number of a category.
    pub fn category(&self, category: Category) -> usize {
        self.cells[usize::from(category.digit())].iter().sum()
    }

    /// Returns the number of a product group.
    pub fn group(&self, group: ProductGroup) -> usize {
        self.cells.iter().map(|row| row[group as usize - 1]).sum()
    }

    /// Returns the sum of all cells, which is the list's count.
    pub fn total(&self) -> usize {
        self.cells.iter().flatten().sum()
    }

    /// Returns the list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Returns its edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Returns the rule.
    pub fn rule(&self) -> CountingRule {
        self.rule
    }

    /// Returns the scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    pub(super) fn of(
        set: &ItemSet<'_>,
        rule: CountingRule,
        scope: &Scope,
    ) -> Result<Grid, Unavailable> {
        let list = set.list();
        let mut cells = [[0; 5]; 10];
        set.for_each_unit(rule, |code, number| {
            cells[usize::from(code.category().digit())][code.group() as usize - 1] += number;
        })?;
        Ok(Grid {
            list: list.id().clone(),
            edition: list.edition().clone(),
            rule,
            scope: scope.clone(),
            cells,
        })
    }
}

/// Everything that a comparison says, as plain data.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Report {
    /// The lists and their editions, in order.
    pub lists: Vec<(ListInfo, Edition)>,
    /// The scope that is counted on all of them.
    pub scope: Scope,
    /// Why some numbers do not mean the same on all lists.
    #[cfg_attr(feature = "serde", serde(default))]
    pub caveats: Vec<Caveat>,
    /// The counts of each list, for each of [`CountingRule::ALL`].
    pub counts: Vec<Vec<Count>>,
    /// Equal five-character codes of the first two lists.
    pub same_code_entries: Result<SameCode, Unavailable>,
    /// Equal codes of the first two lists, paragraphs included.
    pub same_code_items: Result<SameCode, Unavailable>,
    /// Categories and product groups of each list, by entries and by provisions.
    pub grids: Vec<Vec<Result<Grid, Unavailable>>>,
}

impl<'a> Comparison<'a> {
    /// Compares two lists on the last day that both editions cover.
    pub fn new(left: &'a ControlList, right: &'a ControlList) -> Comparison<'a> {
        let comparison = Comparison {
            lists: vec![left],
            scope: Scope::default(),
            within: OnceLock::new(),
        };
        comparison.and(right)
    }

    /// Adds a list. The day becomes the last that all editions cover, and the scope is otherwise
    /// the default.
    #[must_use]
    pub fn and(mut self, list: &'a ControlList) -> Comparison<'a> {
        self.lists.push(list);
        let covered = self.lists.iter().filter_map(|list| list.edition().through);
        let scope = Scope::default();
        self.scope = match covered.min() {
            Some(date) => scope.on(date),
            None => scope,
        };
        self.within = OnceLock::new();
        self
    }

    /// Compares within a scope, which applies to all lists.
    #[must_use]
    pub fn within(mut self, scope: Scope) -> Comparison<'a> {
        self.scope = scope;
        self.within = OnceLock::new();
        self
    }

    /// Swaps the first two lists.
    #[must_use]
    pub fn swapped(mut self) -> Comparison<'a> {
        self.lists.swap(0, 1);
        self.within = OnceLock::new();
        self
    }

    /// Returns the lists in order.
    pub fn lists(&self) -> &[&'a ControlList] {
        &self.lists
    }

    /// Returns the first list.
    pub fn left(&self) -> &'a ControlList {
        self.lists[0]
    }

    /// Returns the second list.
    pub fn right(&self) -> &'a ControlList {
        self.lists[1]
    }

    /// Returns the scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Counts each list by a rule.
    pub fn counts(&self, rule: CountingRule) -> Vec<Count> {
        self.sets().counts(rule)
    }

    /// Counts each list by each of [`CountingRule::ALL`].
    pub fn all_counts(&self) -> Vec<Vec<Count>> {
        self.sets().all_counts()
    }

    /// Finds the codes that the first two lists have in common, and those that one has alone.
    ///
    /// Equal codes are not equal items: see [`overlap`](Comparison::overlap) for what the lists
    /// share.
    ///
    /// # Errors
    /// Returns why a list has no items within the scope, such as a day that its sources do not
    /// cover.
    pub fn same_code(&self, entries_only: bool) -> Result<SameCode, Unavailable> {
        self.sets().same_code(entries_only)
    }

    /// Divides each list's count over categories and product groups.
    pub fn grids(&self, rule: CountingRule) -> Vec<Result<Grid, Unavailable>> {
        self.sets().grids(rule)
    }

    /// Returns everything above at once.
    pub fn report(&self) -> Report {
        let sets = self.sets();
        let described = |list: &&ControlList| (list.info().clone(), list.edition().clone());
        Report {
            lists: self.lists.iter().map(described).collect(),
            scope: self.scope.clone(),
            caveats: self.caveats(),
            counts: sets.all_counts(),
            same_code_entries: sets.same_code(true),
            same_code_items: sets.same_code(false),
            grids: [CountingRule::Entries, CountingRule::Provisions]
                .map(|rule| sets.grids(rule))
                .into(),
        }
    }

    pub(super) fn sets(&self) -> Sets<'_> {
        Sets {
            comparison: self,
            sets: (0..self.lists.len()).map(|at| self.set(at)).collect(),
        }
    }

    /// Returns the items of the list at a place within the scope.
    pub(super) fn set(&self, at: usize) -> Result<ItemSet<'a>, Unavailable> {
        let found = self.within.get_or_init(|| {
            let within = |list: &&'a ControlList| list.within(&self.scope);
            let members = |list| within(list).map(ItemSet::into_members);
            self.lists.iter().map(members).collect()
        });
        let members = found[at].clone()?;
        Ok(ItemSet::with_members(self.lists[at], members))
    }
}

/// The items of each list within the scope.
pub(super) struct Sets<'a> {
    pub(super) comparison: &'a Comparison<'a>,
    pub(super) sets: Vec<Result<ItemSet<'a>, Unavailable>>,
}

impl Sets<'_> {
    pub(super) fn counts(&self, rule: CountingRule) -> Vec<Count> {
        let Comparison { lists, scope, .. } = self.comparison;
        let count = |(list, set): (&&ControlList, &Result<ItemSet<'_>, Unavailable>)| {
            let result = set.as_ref().map_err(Clone::clone);
            list.counted(rule, scope, result.and_then(|set| set.count(rule)))
        };
        lists.iter().zip(&self.sets).map(count).collect()
    }

    pub(super) fn all_counts(&self) -> Vec<Vec<Count>> {
        CountingRule::ALL
            .into_iter()
            .map(|rule| self.counts(rule))
            .collect()
    }

    pub(super) fn same_code(&self, entries_only: bool) -> Result<SameCode, Unavailable> {
        let (left, right) = match (&self.sets[0], &self.sets[1]) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(why), _) | (_, Err(why)) => return Err(why.clone()),
        };
        let mut result = SameCode {
            both: Vec::new(),
            left_only: Vec::new(),
            right_only: Vec::new(),
        };
        merge(left, right, entries_only, |code, side| match side {
            (true, true) => result.both.push(code),
            (true, false) => result.left_only.push(code),
            _ => result.right_only.push(code),
        });
        Ok(result)
    }

    pub(super) fn grids(&self, rule: CountingRule) -> Vec<Result<Grid, Unavailable>> {
        let divide = |set: &Result<ItemSet<'_>, Unavailable>| {
            let set = set.as_ref().map_err(Clone::clone)?;
            Grid::of(set, rule, &self.comparison.scope)
        };
        self.sets.iter().map(divide).collect()
    }
}

/// Walks two sorted sets at once and says of each code which sides have it.
pub(super) fn merge(
    left: &ItemSet<'_>,
    right: &ItemSet<'_>,
    entries_only: bool,
    mut visit: impl FnMut(Code, (bool, bool)),
) {
    let wanted = |code: &Code| !entries_only || code.is_entry();
    let mut left = left.codes().filter(wanted).peekable();
    let mut right = right.codes().filter(wanted).peekable();
    loop {
        let (code, side) = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => (*a.min(b), (a <= b, b <= a)),
            (Some(a), None) => (*a, (true, false)),
            (None, Some(b)) => (*b, (false, true)),
            (None, None) => return,
        };
        if side.0 {
            left.next();
        }
        if side.1 {
            right.next();
        }
        visit(code, side);
    }
}
