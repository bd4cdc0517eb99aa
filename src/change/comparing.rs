//! Compares two items field by field, and keeps apart what one side does not record.

use std::cell::OnceCell;

use crate::list::Item;
use crate::list::facts::ItemFacts;

use super::difference::Difference;
use super::field::{Field, Recorded};
use super::threshold;

/// The result of comparing two items.
#[derive(Default)]
pub(super) struct Found {
    /// In what the two differ.
    pub(super) aspects: Vec<Difference>,
    /// The fields that only one of them records: whether they differ cannot be told.
    pub(super) not_comparable: Vec<Field>,
}

/// Compares two items of editions that both record some fields. Whether their official words are
/// the same is found out unless it is known.
pub(super) fn compare(
    from: &Item,
    to: &Item,
    same_words: Option<bool>,
    recorded: &Recorded,
) -> Found {
    let mut comparing = Comparing {
        from,
        to,
        recorded,
        same_words: same_words.map(OnceCell::from).unwrap_or_default(),
        found: Found::default(),
    };
    comparing.place();
    comparing.wording();
    comparing.scope();
    comparing.control();
    comparing.records();
    comparing.found.not_comparable.sort_unstable();
    comparing.found
}

/// A comparison in progress.
struct Comparing<'a> {
    from: &'a Item,
    to: &'a Item,
    recorded: &'a Recorded,
    /// True if the words are the same, once somebody asked.
    same_words: OnceCell<bool>,
    found: Found,
}

impl Comparing<'_> {
    fn push(&mut self, difference: Difference) {
        self.found.aspects.push(difference);
    }

    /// Returns whether the items differ in a field, and notes a field that cannot be compared.
    fn differ(&mut self, field: Field) -> bool {
        if field.is_equal(self.from, self.to) {
            return false;
        }
        let comparable = self.recorded.is_comparable(field, self.from, self.to);
        if !comparable {
            self.found.not_comparable.push(field);
        }
        comparable
    }

    fn place(&mut self) {
        let (from, to) = (self.from, self.to);
        if from.code != to.code {
            self.push(Difference::Code {
                from: from.code,
                to: to.code,
            });
        }
        if from.state != to.state {
            self.push(Difference::ItemState {
                from: from.state,
                to: to.state,
            });
        }
    }

    /// Compares the words and the figures in them.
    fn wording(&mut self) {
        let (from, to) = (self.from, self.to);
        // A place that is only kept free has no words: without them it differs in state alone.
        let one_sided = from.has_wording() != to.has_wording();
        let differ = !(one_sided && from.state != to.state) && self.differ(Field::Text);
        if differ {
            self.push(if self.same_words() {
                Difference::Typesetting
            } else {
                Difference::Text
            });
        }
        if !self.same_text() {
            let (from, to) = threshold::replaced(from, to);
            if !from.is_empty() || !to.is_empty() {
                self.push(Difference::Threshold { from, to });
            }
        }
        // A title that only one side has was not changed but not written yet.
        if from.title != to.title && !from.title.is_empty() && !to.title.is_empty() {
            self.push(Difference::Title {
                from: from.title.to_string(),
                to: to.title.to_string(),
            });
        }
    }

    /// Returns `true` if both items are known to have one text, figures included.
    fn same_text(&self) -> bool {
        match (&self.from.text, &self.to.text) {
            (Some(old), Some(new)) => old == new,
            _ => self.same_words(),
        }
    }

    /// Returns `true` if the official words of both items are known to be the same.
    fn same_words(&self) -> bool {
        let (from, to) = (self.from, self.to);
        let same = || from.has_wording() && from.fingerprint() == to.fingerprint();
        *self.same_words.get_or_init(same)
    }

    /// Compares what an item covers beside its words.
    fn scope(&mut self) {
        let (from, to) = (self.from, self.to);
        if from.logic != to.logic {
            self.push(Difference::ChildLogic {
                from: from.logic,
                to: to.logic,
            });
        }
        if self.differ(Field::Conditions) {
            self.push(Difference::Conditions {
                from: from.facts.conditions.clone(),
                to: to.facts.conditions.clone(),
            });
        }
        if self.differ(Field::Notes) {
            self.push(Difference::Notes {
                from: from.facts.notes.clone(),
                to: to.facts.notes.clone(),
            });
        }
    }

    /// Compares how an item is controlled.
    fn control(&mut self) {
        let (from, to) = (self.from, self.to);
        if self.differ(Field::Reasons) {
            self.push(Difference::Reasons {
                from: from.facts.reasons.clone(),
                to: to.facts.reasons.clone(),
            });
        }
        let exceptions = |item: &Item| item.particulars().exceptions.clone();
        if self.differ(Field::Exceptions) {
            self.push(Difference::Exceptions {
                from: exceptions(from),
                to: exceptions(to),
            });
        } else if Field::Exceptions.is_equal(from, to) && self.differ(Field::ExceptionText) {
            self.push(Difference::Record(Field::ExceptionText));
        }
        if from.facts.through != to.facts.through {
            self.push(Difference::Through {
                from: from.facts.through,
                to: to.facts.through,
            });
        }
    }

    /// Compares every other recorded fact.
    fn records(&mut self) {
        let (from, to) = (self.from, self.to);
        // A further field of an item fails to compile here until it is compared somewhere above.
        let Item {
            code: _,
            title: _,
            text: _,
            fingerprint: _,
            facts,
            in_force: _,
            logic: _,
            state: _,
            inferred: _,
        } = from;
        let ItemFacts {
            through: _,
            title_local: _,
            reasons: _,
            refers_to: _,
            cas: _,
            elements: _,
            species: _,
            hs: _,
            quantities: _,
            conditions: _,
            notes: _,
            measure: _,
            source: _,
            particulars: _,
        } = &**facts;
        // Quantities follow from the text: where it is reworded, they are no change of their own.
        let reworded = (self.found.aspects.iter())
            .any(|aspect| matches!(aspect, Difference::Text | Difference::Threshold { .. }));
        for field in [
            Field::TitleLocal,
            Field::RefersTo,
            Field::Cas,
            Field::Elements,
            Field::Species,
            Field::Hs,
            Field::Quantities,
            Field::CatalogueRows,
            Field::Measure,
            Field::InForce,
            Field::Inferred,
            Field::Source,
        ] {
            let comparable = self.recorded.is_comparable(field, from, to);
            let follows = field == Field::Quantities && reworded
                || !comparable && Field::OF_WORDS.contains(&field) && self.same_words();
            if !follows && self.differ(field) {
                self.push(Difference::Record(field));
            }
        }
    }
}
