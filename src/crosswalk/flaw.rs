//! What a mapping may not say.

use super::mapping::COLUMNS;
use super::{Mapping, MappingDifference, Relation};
use crate::text::short;

impl Mapping {
    /// Returns what would not survive being written and read again.
    pub(crate) fn flaw(&self) -> Option<(String, &'static str)> {
        let own = |name: &str| COLUMNS.contains(&name) || name.trim().is_empty();
        if let Some((name, _)) = self.extra.iter().find(|(name, _)| own(name)) {
            return Some((
                format!("{:?} among the columns of other tools", short(name)),
                "names that no field of a mapping has",
            ));
        }
        if self.author.as_ref().is_some_and(|author| author.is_empty())
            || self.extra.iter().any(|(_, value)| value.is_empty())
        {
            return Some(("an empty text".to_owned(), "a text, or no field"));
        }
        if let Some(confidence) = self
            .confidence
            .filter(|confidence| !(0.0..=1.0).contains(confidence))
        {
            return Some((
                format!("the confidence {confidence}"),
                "a number from 0 to 1",
            ));
        }
        let bad = |words: &str| words.is_empty() || words.trim() != words;
        if let Some(evidence) = self.evidence.iter().find(|evidence| bad(&evidence.words)) {
            return Some((
                format!("the evidence {:?}", short(&evidence.to_string())),
                "words without spaces around them",
            ));
        }
        self.flawed_difference()
    }

    /// A difference that does not read back, or that the relation rules out.
    fn flawed_difference(&self) -> Option<(String, &'static str)> {
        let lost = |one: &&MappingDifference| one.to_string().parse().ok().as_ref() != Some(*one);
        if let Some(difference) = self.differences.iter().find(lost) {
            return Some((
                format!("the difference {:?}", short(&difference.to_string())),
                "filled texts without spaces around them or signs of the file form",
            ));
        }
        let Some(relation) = self.relation() else {
            let pairs_only = !self.differences.is_empty() || self.jointly.is_some();
            return pairs_only.then(|| {
                (
                    "a difference of an item without a counterpart".to_owned(),
                    "differences of two items",
                )
            });
        };
        if !self.see.is_empty() {
            return Some((
                "items to see beside a counterpart".to_owned(),
                "them only where there is no counterpart",
            ));
        }
        if !relation.allows(&self.differences) {
            let against = self
                .differences
                .iter()
                .find(|one| !relation.allows(std::slice::from_ref(*one)));
            let against = against.map_or_else(String::new, ToString::to_string);
            return Some((
                format!(
                    "items that are {relation} each other with {:?}",
                    short(&against)
                ),
                "differences that the relation allows",
            ));
        }
        let jointly = self.jointly.is_some() && relation == Relation::Unrelated;
        jointly.then(|| {
            (
                "an unrelated item as one of several counterparts".to_owned(),
                "an item that has something in common with the other",
            )
        })
    }
}
