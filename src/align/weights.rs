//! The weights of the signals. They were chosen on the tuning half of the official lists in
//! `benches/align`. The last digit of a weight makes no difference that the bench can measure.

/// The weight of the likeness of all words of two entries.
pub(super) const WHOLE: f32 = 0.45;
/// The weight of the likeness of two headings.
pub(super) const HEADING: f32 = 0.25;
/// The weight of the part of the left heading that the right entry has words for.
pub(super) const COVERED: f32 = 0.21;
/// The weight of the part of the right heading that the left entry has words for.
pub(super) const COVERS: f32 = 0.1;
/// The part of their weight that words lose if an entry depends in full on what it refers to.
pub(super) const DEPENDENT_TEXT: f32 = 0.6;
/// The bonus for two entries of the same product group.
pub(super) const GROUP: f32 = 0.12;
/// The bonus for two entries of the same category.
pub(super) const CATEGORY: f32 = 0.03;
/// The further bonus for the same category if both entries depend in full on what they refer to.
pub(super) const DEPENDENT_CATEGORY: f32 = 0.06;
/// The further bonus for the same product group if it is that of software or of technology.
pub(super) const INTANGIBLE: f32 = 0.1;
/// The bonus for software or technology with the same purposes: development, production or use.
pub(super) const PURPOSE: f32 = 0.1;
/// The weight of the likeness between the headings that two entries refer to.
pub(super) const REFERRED: f32 = 0.3;
/// The weight of references to entries that are paired with each other.
pub(super) const REFERENCES: f32 = 0.6;
/// The bonus for two entries that the assignment gives to each other.
pub(super) const ENTRY_ORDER: f32 = 0.14;
/// The penalty for a right entry that the assignment gives to another left entry.
pub(super) const ENTRY_TAKEN: f32 = 0.05;
/// The part of the agreement of references that is lost if the right entry refers to much more than
/// the left one.
pub(super) const REFERENCE_PRECISION: f32 = 0.5;
/// The number of different words from which software or technology has text enough. The fewer it
/// has below that, the more it depends on what it refers to.
pub(super) const FEW_WORDS: f32 = 40.0;
/// The dependence of software and technology on what they refer to if they have text enough. Full
/// dependence is 1.
pub(super) const DEPENDENCE: f32 = 0.34;
/// The weight of the likeness of two items, each with the words above it.
pub(super) const FULL: f32 = 0.4;
/// The weight of the likeness of two items by their own words and the words below them.
pub(super) const OWN: f32 = 0.35;
/// The weight of the likeness of the entries that two items are in.
pub(super) const ENTRY: f32 = 0.15;
/// The weight of the likeness of the items one level above.
pub(super) const PARENT: f32 = 0.2;
/// The part of [`OWN`] that is for the words below two items. The rest is for their own words.
pub(super) const BELOW: f32 = 0.4;
/// The bonus for two items that the assignment gives to each other.
pub(super) const ORDER: f32 = 0.1;
/// The penalty for a right item that the assignment gives to another left item.
pub(super) const TAKEN: f32 = 0.05;
/// The part of the best score that a candidate must exceed to take part in the assignment.
pub(super) const CUT: f32 = 0.5;
/// The penalty for pairing a paragraph with an entry, whatever lists they are on.
pub(super) const CROSSING: f32 = 0.05;
/// The factor for the likeness of one text to several: an item that has nothing below it, compared
/// with another item and all that is below that one.
pub(super) const WHOLE_FOR_OWN: f32 = 0.9;
/// The factor for the likeness with the words above, if it replaces that of the own words. It does
/// so if a paragraph is paired with an entry.
pub(super) const FULL_FOR_OWN: f32 = 0.9;
/// The factor for bonus and penalty of the assignment if it gives the likeliest pair first, because
/// the order of the lists cannot be trusted.
pub(super) const GREEDY: f32 = 0.5;
/// The further penalty for pairing a paragraph with an entry if the two lists share a family.
pub(super) const FAMILY_CROSSING: f32 = 0.35;
/// The values of `Paired::family` from which [`FAMILY_CROSSING`] begins to count, and from which it
/// counts in full.
pub(super) const FAMILY: (f32, f32) = (0.46, 0.57);
/// The factor for a right item that itself resembles the left item's parent. Its one text may have
/// the words of the parent and of the left item.
pub(super) const COVERED_BELOW: f32 = 0.8;
/// The weight of references to paired entries, for a paragraph.
pub(super) const ITEM_REFERENCES: f32 = 0.2;
/// The bonus for two items that share a CAS number.
pub(super) const CAS: f32 = 0.2;
/// The score of an entry's best candidate from which that candidate supports the paragraphs below
/// in full. A lower score supports them less.
pub(super) const STRONG_ENTRY: f32 = 0.5;
/// The same score for a paragraph with paragraphs below it.
pub(super) const STRONG_ITEM: f32 = 0.4;
/// The further penalty for pairing a left entry with a paragraph. A left entry most often resembles
/// an entry.
pub(super) const ENTRY_CROSSING: f32 = 0.7;
/// The items per entry of the left list, divided by those of the right list. Up to the first value
/// the left list is flat and [`ENTRY_CROSSING`] does not apply. From the second value on it applies
/// in full.
pub(super) const FLAT: (f32, f32) = (0.5, 0.6);
/// The penalty for parts of a thing beside a thing.
pub(super) const PARTS: f32 = 0.08;
/// The penalty for a salt beside something else.
pub(super) const SALT: f32 = 0.1;
/// The penalty for a left entry that has what others leave over, beside a right one that has not.
/// The reverse has none: what a shorter list names is often in the remainder of a longer one.
pub(super) const REMAINDER: f32 = 0.05;
/// The bonus for two paragraphs whose figures are the same, units considered.
pub(super) const SAME_FIGURES: f32 = 0.03;
/// The penalty for two paragraphs that both have figures, none of them the same.
pub(super) const OTHER_FIGURES: f32 = 0.08;
