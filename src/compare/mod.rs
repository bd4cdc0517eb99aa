//! Two lists side by side: sizes, equal codes, categories.

mod overlap;

use crate::code::{Category, Code, ProductGroup};
use crate::count::{Count, CountingRule, Scope, Unavailable};
use crate::list::ItemSet;
use crate::list::{ControlList, Edition, ListId, ListInfo};

pub use overlap::{Overlap, OverlapBasis, OverlapShare, Verdict};

/// Two lists compared within one scope.
///
/// ```
/// use export_control::{Comparison, CountingRule, cn_dual_use, us_ccl};
/// let comparison = Comparison::new(us_ccl(), cn_dual_use());
/// let size = comparison.size(CountingRule::Provisions);
/// let times = size.ratio().expect("both lists can be counted by this rule");
/// assert!(times > 1.0);
/// println!("{}\n{}\n{times:.1} times", size.left, size.right);
/// ```
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    left: &'a ControlList,
    right: &'a ControlList,
    scope: Scope,
}

/// The sizes of two lists under one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Size {
    /// The left list's count.
    pub left: Count,
    /// The right list's count.
    pub right: Count,
}

impl Size {
    /// How many times the right list's number the left list's is; `None` where either is
    /// unavailable or the right one is 0.
    pub fn ratio(&self) -> Option<f64> {
        self.left.ratio(&self.right)
    }
}

/// Codes that two lists have in common. Equal codes are not equal items: this says how alike two
/// numberings are, not what two lists share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SameCode {
    /// Codes on both lists, in list order.
    pub both: Vec<Code>,
    /// Codes only on the left list.
    pub left_only: Vec<Code>,
    /// Codes only on the right list.
    pub right_only: Vec<Code>,
}

/// How one rule's count divides over categories and product groups, on both lists.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Profile {
    /// The two lists with their editions, the left one first.
    pub lists: [(ListId, Edition); 2],
    /// The rule that was applied.
    pub rule: CountingRule,
    /// The scope it was applied in.
    pub scope: Scope,
    /// The left list's division, or why there is none.
    pub left: Result<Division, Unavailable>,
    /// The right list's division, or why there is none.
    pub right: Result<Division, Unavailable>,
}

/// A count divided over ten categories by five product groups, with the rule, the scope and the
/// edition that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Division {
    list: ListId,
    edition: Edition,
    rule: CountingRule,
    scope: Scope,
    cells: [[usize; 5]; 10],
}

impl Division {
    /// The count in one category and product group.
    pub fn cell(&self, category: Category, group: ProductGroup) -> usize {
        self.cells[usize::from(category.digit())][group as usize - 1]
    }

    /// The count in one category.
    pub fn category(&self, category: Category) -> usize {
        self.cells[usize::from(category.digit())].iter().sum()
    }

    /// The count in one product group.
    pub fn group(&self, group: ProductGroup) -> usize {
        self.cells.iter().map(|row| row[group as usize - 1]).sum()
    }

    /// The whole count.
    pub fn total(&self) -> usize {
        self.cells.iter().flatten().sum()
    }

    /// The list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Its edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The rule.
    pub fn rule(&self) -> CountingRule {
        self.rule
    }

    /// The scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    fn of(set: &ItemSet<'_>, rule: CountingRule, scope: &Scope) -> Result<Division, Unavailable> {
        let list = set.list();
        let cells = [[0; 5]; 10];
        let mut division = Division {
            list: list.id().clone(),
            edition: list.edition().clone(),
            rule,
            scope: scope.clone(),
            cells,
        };
        set.for_each_unit(rule, |code, number| {
            division.cells[usize::from(code.category().digit())][code.group() as usize - 1] +=
                number;
        })?;
        Ok(division)
    }
}

/// Everything that a comparison says, as plain data.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// The left list.
    pub left: (ListInfo, Edition),
    /// The right list.
    pub right: (ListInfo, Edition),
    /// The scope that everything was counted in.
    pub scope: Scope,
    /// The sizes under every rule.
    pub sizes: Vec<Size>,
    /// Equal codes of entries.
    pub same_code_entries: Result<SameCode, Unavailable>,
    /// Equal codes of all items.
    pub same_code_items: Result<SameCode, Unavailable>,
    /// The division over categories and product groups.
    pub profiles: Vec<Profile>,
}

impl<'a> Comparison<'a> {
    /// Two lists, each on the last day that both editions cover; where an edition does not say, as
    /// it stands.
    pub fn new(left: &'a ControlList, right: &'a ControlList) -> Comparison<'a> {
        let through = left
            .edition()
            .through
            .into_iter()
            .chain(right.edition().through)
            .min();
        let scope = through.map_or_else(Scope::default, |date| Scope::default().on(date));
        Comparison { left, right, scope }
    }

    /// The same lists within another scope, its date included.
    #[must_use]
    pub fn within(mut self, scope: Scope) -> Comparison<'a> {
        self.scope = scope;
        self
    }

    /// The same lists with the sides changed.
    #[must_use]
    pub fn swapped(self) -> Comparison<'a> {
        Comparison {
            left: self.right,
            right: self.left,
            scope: self.scope,
        }
    }

    /// The left list.
    pub fn left(&self) -> &'a ControlList {
        self.left
    }

    /// The right list.
    pub fn right(&self) -> &'a ControlList {
        self.right
    }

    /// The scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Both sizes under a rule.
    pub fn size(&self, rule: CountingRule) -> Size {
        self.sides().size(rule)
    }

    /// Both sizes under every rule of [`CountingRule::ALL`].
    pub fn sizes(&self) -> Vec<Size> {
        self.sides().sizes()
    }

    /// The items of the scope on both sides.
    fn sides(&self) -> Sides<'_> {
        Sides {
            comparison: self,
            left: self.left.within(&self.scope),
            right: self.right.within(&self.scope),
        }
    }

    /// The items, or with `entries_only` the entries, that have equal codes on both lists.
    ///
    /// Equal codes are not equal items: `3C001` to `3C004` are different things in the US list and
    /// in China's.
    ///
    /// # Errors
    /// A day on which the status of items is unknown.
    pub fn same_code(&self, entries_only: bool) -> Result<SameCode, Unavailable> {
        self.sides().same_code(entries_only)
    }

    /// How a rule's count divides over categories and product groups.
    pub fn profile(&self, rule: CountingRule) -> Profile {
        self.sides().profile(rule)
    }

    /// Everything at once, as plain data.
    pub fn report(&self) -> Report {
        let sides = self.sides();
        Report {
            left: (self.left.info().clone(), self.left.edition().clone()),
            right: (self.right.info().clone(), self.right.edition().clone()),
            scope: self.scope.clone(),
            sizes: sides.sizes(),
            same_code_entries: sides.same_code(true),
            same_code_items: sides.same_code(false),
            profiles: [CountingRule::Entries, CountingRule::Provisions]
                .map(|rule| sides.profile(rule))
                .into(),
        }
    }
}

/// The items of a comparison's scope, found once for everything that is asked of them.
struct Sides<'a> {
    comparison: &'a Comparison<'a>,
    left: Result<ItemSet<'a>, Unavailable>,
    right: Result<ItemSet<'a>, Unavailable>,
}

impl<'a> Sides<'a> {
    fn both(&self) -> Result<(&ItemSet<'a>, &ItemSet<'a>), Unavailable> {
        match (&self.left, &self.right) {
            (Ok(left), Ok(right)) => Ok((left, right)),
            (Err(why), _) | (_, Err(why)) => Err(why.clone()),
        }
    }

    fn size(&self, rule: CountingRule) -> Size {
        let count = |list: &ControlList, set: &Result<ItemSet<'_>, Unavailable>| {
            let result = set
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|set| set.count(rule));
            list.counted(rule, &self.comparison.scope, result)
        };
        Size {
            left: count(self.comparison.left, &self.left),
            right: count(self.comparison.right, &self.right),
        }
    }

    fn sizes(&self) -> Vec<Size> {
        CountingRule::ALL
            .into_iter()
            .map(|rule| self.size(rule))
            .collect()
    }

    fn same_code(&self, entries_only: bool) -> Result<SameCode, Unavailable> {
        let (left, right) = self.both()?;
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

    fn profile(&self, rule: CountingRule) -> Profile {
        let Comparison { left, right, scope } = self.comparison;
        let divide = |set: &Result<ItemSet<'_>, Unavailable>| {
            set.as_ref()
                .map_err(Clone::clone)
                .and_then(|set| Division::of(set, rule, scope))
        };
        Profile {
            lists: [left, right].map(|list| (list.id().clone(), list.edition().clone())),
            rule,
            scope: scope.clone(),
            left: divide(&self.left),
            right: divide(&self.right),
        }
    }
}

/// Walks two sorted sets at once and says of each code which sides have it.
fn merge(
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
