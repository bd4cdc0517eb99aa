//! Counts every edition of a history.

use std::collections::{BTreeMap, BTreeSet};

use super::{History, HistoryState, SizeOn, Span};
use crate::code::Code;
use crate::count::{Count, CountingRule, Scope, Unavailable};
use crate::error::Error;
use crate::list::{ChildLogic, ControlList, Edition, Item, ItemState, ListInfo};

/// The code of an item with its intervals.
type Provision<'a> = (Code, &'a [Span]);

/// The number of an entry's units in an edition: certainly, and at most.
type Sizes = [Result<usize, Unavailable>; 2];

impl History {
    /// The size under a rule from the first day of each edition on.
    ///
    /// # Errors
    /// None in a history that could be read; the entries are rebuilt and checked.
    pub fn growth(&self, rule: CountingRule) -> Result<Vec<SizeOn>, Error> {
        // The sizes of an edition without entries. The units of an edition are those of its entries.
        let nothing = self.sizes(rule, Vec::new(), &[])?;
        let mut growth = vec![nothing; self.versions.len()];
        let provisions: Vec<Provision<'_>> = self.provisions.iter().collect();
        for entry in provisions.chunk_by(|one, next| one.0.entry() == next.0.entry()) {
            self.add_entry(rule, entry, &mut growth)?;
        }
        let sized = growth.into_iter().enumerate().map(|(version, sizes)| {
            let edition = self.edition(version);
            let counted = |result| {
                let id = self.info.id().clone();
                Count::of(id, edition.clone(), rule, Scope::default(), result)
            };
            let [known, at_most] = sizes.map(counted);
            SizeOn {
                from: self.versions[version],
                known,
                at_most,
            }
        });
        Ok(sized.collect())
    }

    /// Adds an entry to every edition. Between two changes of the entry its size is counted once.
    fn add_entry(
        &self,
        rule: CountingRule,
        entry: &[Provision<'_>],
        growth: &mut [Sizes],
    ) -> Result<(), Error> {
        let starts = entry.iter().flat_map(|(_, spans)| starts(spans));
        let starts: BTreeSet<usize> = starts.filter(|start| *start < growth.len()).collect();
        let ends = starts.iter().skip(1).copied().chain([growth.len()]);
        for (&start, end) in starts.iter().zip(ends) {
            let (mut items, mut holes) = (Vec::with_capacity(entry.len()), Vec::new());
            for (code, spans) in entry {
                match on(spans, start).map(|span| span.state) {
                    Some(HistoryState::NotCovered) => holes.push(*code),
                    Some(listed) => items.push(listed.item(*code)),
                    None => {}
                }
            }
            let sizes = self.sizes(rule, items, &holes)?;
            for edition in &mut growth[start..end] {
                for (sum, size) in edition.iter_mut().zip(&sizes) {
                    *sum = match (&*sum, size) {
                        (Ok(sum), Ok(size)) => Ok(sum + size),
                        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
                    };
                }
            }
        }
        Ok(())
    }

    /// Counts items, and the same items with everything that is not covered taken as live.
    fn sizes(&self, rule: CountingRule, items: Vec<Item>, holes: &[Code]) -> Result<Sizes, Error> {
        let count = |items: Vec<Item>| {
            let info = ListInfo::new(self.info.id().clone(), "");
            let list = ControlList::new(info, Edition::default(), items)?;
            let count = list.count(rule, &Scope::default());
            Ok::<_, Error>(count.result().map_err(Clone::clone))
        };
        if holes.is_empty() {
            let known = count(items)?;
            return Ok([known.clone(), known]);
        }
        let filled = items.iter().map(|item| (item.code, item.clone()));
        let mut filled: BTreeMap<Code, Item> = filled.collect();
        for code in holes {
            filled.insert(*code, Item::new(*code));
            for ancestor in code.ancestors() {
                filled.entry(ancestor).or_insert_with(|| Item {
                    state: ItemState::Implied,
                    logic: ChildLogic::Any,
                    ..Item::new(ancestor)
                });
            }
        }
        Ok([count(items)?, count(filled.into_values().collect())?])
    }

    /// The first edition in which the list certainly had more than a number under a rule; `None`
    /// where it never had.
    ///
    /// # Errors
    /// As [`History::growth`].
    ///
    /// ```
    /// use export_control::CountingRule;
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// let first = history.first_above(CountingRule::Entries, 580)?.expect("it did");
    /// assert!(first.known.number() > Some(580));
    /// assert!(history.first_above(CountingRule::Entries, 100_000)?.is_none());
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn first_above(&self, rule: CountingRule, number: usize) -> Result<Option<SizeOn>, Error> {
        let above = |size: &SizeOn| size.known.number().is_some_and(|known| known > number);
        Ok(self.growth(rule)?.into_iter().find(above))
    }
}

/// Returns the versions in which the state of a code begins or ends. Other words begin no state: no
/// rule counts them.
fn starts(spans: &[Span]) -> impl Iterator<Item = usize> {
    let same = |one: &Span, next: &Span| {
        after(one) == usize::from(next.first)
            && one.state.without_text() == next.state.without_text()
    };
    let runs = spans.chunk_by(same);
    let ends = |run: &[Span]| Some([usize::from(run.first()?.first), after(run.last()?)]);
    runs.filter_map(ends).flatten()
}

/// Returns the version after an interval.
fn after(span: &Span) -> usize {
    usize::from(span.last) + 1
}

/// Returns the interval that has a version.
pub(super) fn on(spans: &[Span], version: usize) -> Option<&Span> {
    let after = spans.partition_point(|span| usize::from(span.first) <= version);
    let span = &spans[after.checked_sub(1)?];
    (version <= usize::from(span.last)).then_some(span)
}
