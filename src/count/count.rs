//! A number of items, with all that it takes to quote it.

use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;

use crate::code::Code;
use crate::error::Error;
use crate::list::{ControlList, Edition, Item, ItemSet, ListId};

use super::scope::Gap;
use super::{CountingRule, Scope};

/// The reason why a rule gives no number for a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Unavailable {
    /// The list has no license catalogue.
    #[error("the list has no annual license catalogue")]
    NoCatalogue,
    /// Some items of the scope are in no row of the catalogue. Their number is given.
    #[error("{0} of the scope's items without a row in the license catalogue at hand")]
    NotInCatalogue(usize),
    /// The status of some items on that day is unknown.
    #[error("the sources do not say what holds on {on} for {items} of the scope's items")]
    UnknownStatus {
        /// The day asked for.
        on: Date,
        /// The number of items whose status is unknown, among those that the rest of the scope
        /// admits.
        items: usize,
    },
    /// Some items are not yet in force on that day, and it is unknown whether they were published
    /// by then.
    #[error(
        "the sources do not say whether {items} of the scope's items, not yet in force on {on}, were published by then"
    )]
    UnknownPublication {
        /// The day asked for.
        on: Date,
        /// The number of items for which that is unknown, among those that the rest of the scope
        /// admits.
        items: usize,
    },
    /// The list is that of its edition, and has more items on the day of the scope.
    #[error(
        "{items} items were added to the list by {on}: ask `ControlList::amended` for the list of that day"
    )]
    Amended {
        /// The day.
        on: Date,
        /// The number of these items in the scope.
        items: usize,
    },
}

/// A number with its rule, its scope and its edition, or the reason why there is no number.
///
/// ```
/// use export_control::{CountingRule, Scope, us_ccl};
/// let count = us_ccl().count(CountingRule::Entries, &Scope::default().empty(true));
/// assert!(count.number().is_some());
/// let rows = us_ccl().count(CountingRule::CatalogueRows, &Scope::default());
/// assert_eq!(rows.number(), None); // not 0: the list has no such catalogue
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Count {
    pub(super) list: ListId,
    pub(super) edition: Edition,
    pub(super) rule: CountingRule,
    pub(super) scope: Scope,
    pub(super) result: Result<usize, Unavailable>,
}

impl Count {
    /// Returns a count of this result.
    pub(crate) fn of(
        list: ListId,
        edition: Edition,
        rule: CountingRule,
        scope: Scope,
        result: Result<usize, Unavailable>,
    ) -> Count {
        Count {
            list,
            edition,
            rule,
            scope,
            result,
        }
    }

    /// Returns the number, or `None` if the rule cannot be applied.
    pub fn number(&self) -> Option<usize> {
        self.result.as_ref().ok().copied()
    }

    /// Returns the number.
    ///
    /// # Errors
    /// Returns the reason if there is no number.
    pub fn result(&self) -> Result<usize, &Unavailable> {
        self.result.as_ref().copied()
    }

    /// Returns the list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Returns the edition of the list.
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

    /// Returns this number divided by the other. Returns `None` if either is unavailable or the
    /// other is 0.
    pub fn ratio(&self, other: &Count) -> Option<f64> {
        let (ours, theirs) = (self.number()?, other.number()?);
        (theirs > 0).then(|| ours as f64 / theirs as f64)
    }

    /// Adds the counts of parts that do not overlap. If any part is unavailable, the sum is
    /// unavailable too.
    ///
    /// The parts must have the same rule, list and edition. `scope` is the scope of the whole. The
    /// scopes of the parts divide it by category, product group or third digit, and are otherwise
    /// like it. All parts are divided by the same properties. The caller must know that no part is
    /// missing.
    ///
    /// # Errors
    /// Returns an error if the parts have different lists, editions or rules, if a scope is not a
    /// part of the whole or overlaps another, if there are no parts, or if the sum is too large.
    ///
    /// ```
    /// use export_control::{Category, Count, CountingRule, Scope, us_ccl};
    /// let of = |scope: Scope| us_ccl().count(CountingRule::Leaves, &scope);
    /// let parts = Category::ALL.map(|category| of(Scope::default().category(category)));
    /// assert_eq!(Count::sum(&parts, Scope::default())?, of(Scope::default()));
    /// let twice = [parts[0].clone(), parts[0].clone()];
    /// assert!(Count::sum(&twice, Scope::default()).is_err());
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn sum(parts: &[Count], scope: Scope) -> Result<Count, Error> {
        let [first, rest @ ..] = parts else {
            return Err(Error::unexpected("no counts", "at least one count to sum"));
        };
        if let Some(other) = rest.iter().find(|part| {
            (&part.list, &part.edition, part.rule) != (&first.list, &first.edition, first.rule)
        }) {
            return Err(Error::unexpected(
                format!(
                    "{} of {} beside {} of {}",
                    first.rule, first.list, other.rule, other.list
                ),
                "counts of one list, edition and rule",
            ));
        }
        let divided = first.scope.division().map(|by| by.is_some());
        let mut seen = HashSet::new();
        for part in parts {
            let division = part.scope.division();
            if !part.scope.is_part_of(&scope)
                || division.map(|by| by.is_some()) != divided
                || !seen.insert(division)
            {
                return Err(Error::unexpected(
                    format!(
                        "a count of what is {} as a part of what is {scope}",
                        part.scope
                    ),
                    "parts that divide the whole by category, product group or third digit",
                ));
            }
        }
        let mut sum = Ok(0usize);
        for part in parts {
            let number = match (&sum, &part.result) {
                (Ok(sum), Ok(number)) => Ok(sum.checked_add(*number).ok_or_else(|| {
                    Error::unexpected("counts that no number holds the sum of", "smaller counts")
                })?),
                (Err(why), _) | (_, Err(why)) => Err(why.clone()),
            };
            sum = number;
        }
        Ok(Count {
            scope,
            result: sum,
            ..first.clone()
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            Ok(number) => f.write_str(&crate::text::thousands(*number))?,
            Err(why) => write!(f, "unavailable ({why})")?,
        }
        write!(
            f,
            " {} of {}, {} [{}]",
            self.rule, self.list, self.scope, self.edition.label
        )
    }
}

impl ControlList {
    /// Returns the items of a scope.
    ///
    /// # Errors
    /// Returns an error if the status of items of the scope is unknown on the day. If the scope
    /// includes what is announced, the same applies if it is unknown whether items were published
    /// by then.
    /// It also returns one if the scope has items on that day that this list lacks:
    /// [`amended`](ControlList::amended) has them.
    ///
    /// ```
    /// use export_control::{Scope, cn_dual_use};
    /// let cn = cn_dual_use();
    /// let now = cn.within(&Scope::default()).expect("the edition's own day");
    /// let later = cn.within(&Scope::default().on("2027-01-01".parse()?));
    /// assert!(later.is_err()); // unknown is not no
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within(&self, scope: &Scope) -> Result<ItemSet<'_>, Unavailable> {
        self.within_rule(None, scope)
    }

    /// The items of a scope that bear on what a rule counts; without a rule, all of them.
    pub(super) fn within_rule(
        &self,
        rule: Option<CountingRule>,
        scope: &Scope,
    ) -> Result<ItemSet<'_>, Unavailable> {
        let bears = |code: Code| rule != Some(CountingRule::Entries) || code.is_entry();
        let mut set = ItemSet::empty(self);
        let on = scope.on.unwrap_or_else(|| self.last_day());
        let mut statuses = self.statuses(on);
        let (mut unknown, mut unpublished) = (0, 0);
        for (at, item) in self.items().iter().enumerate() {
            if bears(item.code) && scope.admits(self, item) {
                match scope.admits_status(statuses.of_item(at), item, on) {
                    Ok(true) => set.insert_at(at),
                    Ok(false) => {}
                    Err(Gap::Status) => unknown += 1,
                    Err(Gap::Publication) => unpublished += 1,
                }
            }
        }
        let mut lacking = 0;
        for (code, holds) in self.lacking(on) {
            match (bears(code) && scope.divides(code), holds) {
                (true, true) => lacking += 1,
                (true, false) => unknown += 1,
                (false, _) => {}
            }
        }
        match (unknown, unpublished) {
            (0, 0) if lacking > 0 => Err(Unavailable::Amended { on, items: lacking }),
            (0, 0) => Ok(set),
            (0, items) => Err(Unavailable::UnknownPublication { on, items }),
            (items, _) => Err(Unavailable::UnknownStatus { on, items }),
        }
    }

    /// Returns the items that apply on a day. It is short for [`within`](ControlList::within) with
    /// that day's default scope.
    ///
    /// # Errors
    /// Returns an error if the status of items is unknown on that day, or if the list has more items
    /// on it.
    pub fn as_of(&self, date: Date) -> Result<ItemSet<'_>, Unavailable> {
        self.within(&Scope::default().on(date))
    }

    /// Counts the items of a scope by a rule.
    ///
    /// On a day after the edition the count has what [amendments](ControlList::amendments) added by
    /// then. A rule that counts entries needs to know the entries and no paragraph.
    ///
    /// ```
    /// use export_control::{CountingRule, Scope, cn_dual_use};
    /// let count = cn_dual_use().count(CountingRule::Entries, &Scope::default().on("2025-12-01".parse()?));
    /// let number = count.number().expect("a day that the sources cover");
    /// let printed = format!("{number} entries of cn-dual-use, on 2025-12-01, in force [");
    /// assert!(count.to_string().starts_with(&printed));
    /// let before = cn_dual_use().count(CountingRule::Entries, &Scope::default().on("2023-01-01".parse()?));
    /// assert_eq!(before.number(), None); // not 0: other lists were in force then
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn count(&self, rule: CountingRule, scope: &Scope) -> Count {
        let result = self
            .within_rule(Some(rule), scope)
            .and_then(|set| set.count(rule));
        if let Err(Unavailable::Amended { on, .. }) = result
            && let Ok(amended) = self.amended(on)
        {
            return amended.count(rule, scope);
        }
        self.counted(rule, scope, result)
    }

    /// Returns a count of this result, with its rule, scope and edition.
    pub(crate) fn counted(
        &self,
        rule: CountingRule,
        scope: &Scope,
        result: Result<usize, Unavailable>,
    ) -> Count {
        let (list, edition) = (self.id().clone(), self.edition().clone());
        Count::of(list, edition, rule, scope.clone(), result)
    }
}

impl ItemSet<'_> {
    /// Counts the members of this set by a rule.
    ///
    /// # Errors
    /// Returns the reason if the list does not support the rule.
    pub(crate) fn count(&self, rule: CountingRule) -> Result<usize, Unavailable> {
        let mut count = 0;
        self.for_each_unit(rule, |_, number| count += number)?;
        Ok(count)
    }

    /// Calls back for everything that the rule counts, in list order, with its position and its
    /// weight.
    pub(crate) fn for_each_unit_at(
        &self,
        rule: CountingRule,
        mut unit: impl FnMut(usize, usize),
    ) -> Result<(), Unavailable> {
        let list = self.list();
        self.for_each(rule, |at, code, number| {
            // An item cut at a depth is at another position than its leaf.
            let at = match list.codes()[at] == code {
                true => Some(at),
                false => list.position(code),
            };
            at.into_iter().for_each(|at| unit(at, number));
        })
    }

    /// Calls back for everything that the rule counts, in list order, with its code and its weight.
    pub(crate) fn for_each_unit(
        &self,
        rule: CountingRule,
        mut unit: impl FnMut(Code, usize),
    ) -> Result<(), Unavailable> {
        self.for_each(rule, |_, code, number| unit(code, number))
    }

    /// Calls back for everything that the rule counts, with the position of it or of something
    /// below it.
    pub(super) fn for_each(
        &self,
        rule: CountingRule,
        mut unit: impl FnMut(usize, Code, usize),
    ) -> Result<(), Unavailable> {
        let codes = self.list().codes();
        // Leaves come in list order, so those that fold into one code are neighbors.
        let mut fold = |to: &dyn Fn(usize) -> (usize, Code)| {
            let mut last = None;
            for (at, code) in self.leaves().map(to) {
                if last.replace(code) != Some(code) {
                    unit(at, code, 1);
                }
            }
        };
        match rule {
            CountingRule::Items => self.positions().for_each(|at| unit(at, codes[at], 1)),
            CountingRule::Entries => self
                .positions()
                .filter(|at| codes[*at].is_entry())
                .for_each(|at| unit(at, codes[at], 1)),
            CountingRule::Leaves => self.leaves().for_each(|at| unit(at, codes[at], 1)),
            CountingRule::Provisions => fold(&|at| {
                let at = self.list().provision(at);
                (at, codes[at])
            }),
            CountingRule::Depth(depth) => fold(&|at| (at, codes[at].truncate(depth.into()))),
            CountingRule::CatalogueRows => {
                let rows = self.list().items().iter().map(Item::catalogue_rows);
                let rows: Vec<usize> = rows.collect();
                if rows.iter().all(|rows| *rows == 0) {
                    return Err(Unavailable::NoCatalogue);
                }
                match self.leaves().filter(|at| rows[*at] == 0).count() {
                    0 => self
                        .positions()
                        .for_each(|at| unit(at, codes[at], rows[at])),
                    missing => return Err(Unavailable::NotInCatalogue(missing)),
                }
            }
        }
        Ok(())
    }

    /// Returns the positions of the members that have no member below them, in list order.
    pub(super) fn leaves(&self) -> impl Iterator<Item = usize> {
        let mut members = self.positions().peekable();
        std::iter::from_fn(move || {
            loop {
                let at = members.next()?;
                // Everything below a member comes right after it.
                if members
                    .peek()
                    .is_none_or(|next| *next >= self.list().subtree_end(at))
                {
                    return Some(at);
                }
            }
        })
    }
}

crate::text::serde_as_text!(CountingRule);
