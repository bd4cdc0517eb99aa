//! Names the fields of an item that an edition may record or not.

use std::collections::BTreeSet;
use std::fmt;

use crate::list::facts::ItemFacts;
use crate::list::{ControlList, Item, Particulars};

/// A field of an item, or of the license requirements of an entry, that an edition may not record.
///
/// The code, the state and the logic of an item are always recorded. The title is this crate's own
/// and says nothing about the list, so a title that one side lacks is not among the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Field {
    /// The official text, or its fingerprint.
    Text,
    /// The title in the list's own language.
    TitleLocal,
    /// The reasons for control.
    Reasons,
    /// The codes that the item refers to.
    RefersTo,
    /// The CAS numbers.
    Cas,
    /// The chemical elements.
    Elements,
    /// The species, viruses and toxins.
    Species,
    /// The customs codes.
    Hs,
    /// The quantities.
    Quantities,
    /// The conditions that have no codes of their own.
    Conditions,
    /// The notes on the scope.
    Notes,
    /// The list-based license exceptions.
    Exceptions,
    /// The published words of the license exceptions.
    ExceptionText,
    /// The rows of China's license catalogue.
    CatalogueRows,
    /// The measure that brought the item onto the list.
    Measure,
    /// The first day on which the code is in force.
    InForce,
    /// The mark of an inferred row.
    Inferred,
    /// The source of the row.
    Source,
    /// The license requirements of an entry.
    LicenseRequirements,
    /// The published words of the license requirements.
    LicenseText,
}

impl Field {
    /// The fields of an item, in order.
    const OF_ITEM: [Field; 18] = [
        Field::Text,
        Field::TitleLocal,
        Field::Reasons,
        Field::RefersTo,
        Field::Cas,
        Field::Elements,
        Field::Species,
        Field::Hs,
        Field::Quantities,
        Field::Conditions,
        Field::Notes,
        Field::Exceptions,
        Field::ExceptionText,
        Field::CatalogueRows,
        Field::Measure,
        Field::InForce,
        Field::Inferred,
        Field::Source,
    ];

    /// The fields that the item's own words state: if the words are equal, so are these.
    pub(super) const OF_WORDS: [Field; 5] = [
        Field::Cas,
        Field::Elements,
        Field::Species,
        Field::Hs,
        Field::Quantities,
    ];

    /// Returns `true` if an item records the field.
    pub(super) fn is_recorded(self, item: &Item) -> bool {
        self.is_among(item, &item.facts)
    }

    /// Returns `true` if an item with these facts records the field.
    fn is_among(self, item: &Item, facts: &ItemFacts) -> bool {
        let particulars = facts.particulars.as_deref();
        let any = |test: fn(&Particulars) -> bool| particulars.is_some_and(test);
        match self {
            Field::Text => item.has_wording(),
            Field::TitleLocal => facts.title_local.is_some(),
            Field::Reasons => !facts.reasons.is_empty(),
            Field::RefersTo => !facts.refers_to.is_empty(),
            Field::Cas => !facts.cas.is_empty(),
            Field::Elements => !facts.elements.is_empty(),
            Field::Species => !facts.species.is_empty(),
            Field::Hs => !facts.hs.is_empty(),
            Field::Quantities => !facts.quantities.is_empty(),
            Field::Conditions => !facts.conditions.is_empty(),
            Field::Notes => !facts.notes.is_empty(),
            Field::Exceptions => any(|one| !one.exceptions.is_empty()),
            Field::ExceptionText => any(|one| {
                one.exceptions
                    .iter()
                    .any(|exception| exception.text.is_some())
            }),
            Field::CatalogueRows => any(|one| !one.catalogue_rows.is_empty()),
            Field::Measure => facts.measure.is_some(),
            Field::InForce => item.in_force.is_some(),
            // Every item is inferred or not.
            Field::Inferred => true,
            Field::Source => facts.source.is_some(),
            Field::LicenseRequirements | Field::LicenseText => false,
        }
    }

    /// Returns `true` if two items record the same.
    pub(super) fn is_equal(self, one: &Item, other: &Item) -> bool {
        let texts = |item: &Item| {
            let exceptions = item.particulars().exceptions.iter();
            exceptions
                .map(|exception| exception.text.clone())
                .collect::<Vec<_>>()
        };
        match self {
            Field::Text => match (&one.text, &other.text) {
                (Some(one), Some(other)) => one == other,
                _ => one.fingerprint() == other.fingerprint(),
            },
            Field::TitleLocal => one.facts.title_local == other.facts.title_local,
            Field::Reasons => one.facts.reasons == other.facts.reasons,
            Field::RefersTo => one.facts.refers_to == other.facts.refers_to,
            Field::Cas => one.facts.cas == other.facts.cas,
            Field::Elements => one.facts.elements == other.facts.elements,
            Field::Species => one.facts.species == other.facts.species,
            Field::Hs => one.facts.hs == other.facts.hs,
            Field::Quantities => one.facts.quantities == other.facts.quantities,
            Field::Conditions => one.facts.conditions == other.facts.conditions,
            Field::Notes => one.facts.notes == other.facts.notes,
            Field::Exceptions => {
                let allowed = |item: &Item| {
                    let exceptions = item.particulars().exceptions.iter();
                    exceptions
                        .map(|exception| (exception.symbol.clone(), exception.availability))
                        .collect::<Vec<_>>()
                };
                allowed(one) == allowed(other)
            }
            Field::ExceptionText => texts(one) == texts(other),
            Field::CatalogueRows => {
                one.particulars().catalogue_rows == other.particulars().catalogue_rows
            }
            Field::Measure => one.facts.measure == other.facts.measure,
            Field::InForce => one.in_force == other.in_force,
            Field::Inferred => one.inferred == other.inferred,
            Field::Source => one.facts.source == other.facts.source,
            Field::LicenseRequirements | Field::LicenseText => true,
        }
    }

    /// Returns `true` if an item without the field does not say that there is none: a text that was not read,
    /// a day that was not stated. Of the other fields an edition that records them records all, so
    /// that an item without reasons has none.
    fn is_open(self) -> bool {
        matches!(
            self,
            Field::Text
                | Field::TitleLocal
                | Field::Quantities
                | Field::Conditions
                | Field::Notes
                | Field::ExceptionText
                | Field::Measure
                | Field::InForce
                | Field::Source
        )
    }
}

impl Field {
    /// The field's name for a reader.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Field::Text => "official text",
            Field::TitleLocal => "local title",
            Field::Reasons => "reasons for control",
            Field::RefersTo => "references",
            Field::Cas => "CAS numbers",
            Field::Elements => "elements",
            Field::Species => "species",
            Field::Hs => "customs codes",
            Field::Quantities => "quantities",
            Field::Conditions => "conditions",
            Field::Notes => "notes",
            Field::Exceptions => "license exceptions",
            Field::ExceptionText => "words of the license exceptions",
            Field::CatalogueRows => "catalogue rows",
            Field::Measure => "measure",
            Field::InForce => "first day",
            Field::Inferred => "mark of inference",
            Field::Source => "source",
            Field::LicenseRequirements => "license requirements",
            Field::LicenseText => "words of the license requirements",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The fields that an edition records for any of its items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub(super) struct Recorded(BTreeSet<Field>);

impl Recorded {
    pub(super) fn of(list: &ControlList) -> Recorded {
        let rows = list.all_license_requirements();
        // Each item is asked only for the fields that no item before it records.
        let mut open = Field::OF_ITEM.to_vec();
        for item in list.items() {
            let facts: &ItemFacts = &item.facts;
            if open.iter().any(|field| field.is_among(item, facts)) {
                open.retain(|field| !field.is_among(item, facts));
            }
        }
        let of_items = Field::OF_ITEM.into_iter();
        let of_items = of_items.filter(|field| !open.contains(field));
        let of_rows = [
            (Field::LicenseRequirements, !rows.is_empty()),
            (
                Field::LicenseText,
                rows.iter().any(|row| row.text.is_some()),
            ),
        ];
        let of_rows = of_rows.into_iter().filter(|(_, recorded)| *recorded);
        Recorded(of_items.chain(of_rows.map(|(field, _)| field)).collect())
    }

    /// The fields that both editions record, which can be compared between them.
    pub(super) fn and(&self, other: &Recorded) -> Recorded {
        Recorded(self.0.intersection(&other.0).copied().collect())
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.0.contains(&field)
    }

    /// Returns `true` if a field of two items can be compared, if these are the fields that both of their
    /// editions record.
    pub(super) fn is_comparable(&self, field: Field, one: &Item, other: &Item) -> bool {
        let both = !field.is_open() || field.is_recorded(one) == field.is_recorded(other);
        self.has(field) && both
    }
}
