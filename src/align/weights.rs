//! What each signal counts for. Chosen on the tuning half of the official lists in `benches/align`;
//! nothing hangs on the last figure.

/// All words of both entries.
pub(super) const WHOLE: f32 = 0.45;
/// The words of both headings.
pub(super) const HEADING: f32 = 0.25;
/// The part of the left heading that the right entry has words for.
pub(super) const COVERED: f32 = 0.21;
/// The part of the right heading that the left entry has words for.
pub(super) const COVERS: f32 = 0.1;
/// How much less the words of an entry count that depends on what it refers to.
pub(super) const DEPENDENT_TEXT: f32 = 0.6;
/// The same product group.
pub(super) const GROUP: f32 = 0.12;
/// The same category.
pub(super) const CATEGORY: f32 = 0.03;
/// The same category, for entries that depend on what they refer to.
pub(super) const DEPENDENT_CATEGORY: f32 = 0.06;
/// The same product group, for software and for technology, beyond that.
pub(super) const INTANGIBLE: f32 = 0.1;
/// Software or technology for the same purpose: development, production, use.
pub(super) const PURPOSE: f32 = 0.1;
/// The words of what both refer to.
pub(super) const REFERRED: f32 = 0.3;
/// References that are paired with each other.
pub(super) const REFERENCES: f32 = 0.6;
/// Lying in the order of both lists, for entries.
pub(super) const ENTRY_ORDER: f32 = 0.14;
/// Being given to another by the order, for entries.
pub(super) const ENTRY_TAKEN: f32 = 0.05;
/// How much it counts against an entry that it refers to more than the other.
pub(super) const REFERENCE_PRECISION: f32 = 0.5;
/// Below this many different words an entry depends on what it refers to.
pub(super) const FEW_WORDS: f32 = 40.0;
/// How much software and technology depend on what they refer to, however many words they have.
pub(super) const DEPENDENCE: f32 = 0.34;
/// The words of both items with those above them.
pub(super) const FULL: f32 = 0.4;
/// The own words of both items, and what stands below them.
pub(super) const OWN: f32 = 0.35;
/// Being in entries that correspond.
pub(super) const ENTRY: f32 = 0.15;
/// Being under items that correspond.
pub(super) const PARENT: f32 = 0.2;
/// How much of the latter is what stands below.
pub(super) const BELOW: f32 = 0.4;
/// Lying in the order of both lists.
pub(super) const ORDER: f32 = 0.1;
/// Being given to another by the order.
pub(super) const TAKEN: f32 = 0.05;
/// Candidates below this part of the best one take no part in the assignment.
pub(super) const CUT: f32 = 0.5;
/// What counts against a pair of a paragraph and an entry.
pub(super) const CROSSING: f32 = 0.05;
/// How much one text counts that has the words of several of the other list.
pub(super) const WHOLE_FOR_OWN: f32 = 0.9;
/// How much the words above count as own ones, where levels cross.
pub(super) const FULL_FOR_OWN: f32 = 0.9;
/// How much being assigned by the likeliest pairs counts, beside being assigned in order.
pub(super) const GREEDY: f32 = 0.5;
/// What counts against it more, the more the lists are of one family.
pub(super) const FAMILY_CROSSING: f32 = 0.35;
/// How much of one family lists are at least for that, and for all of it.
pub(super) const FAMILY: (f32, f32) = (0.46, 0.57);
/// How much an item counts that has the words of one below what goes with it.
pub(super) const COVERED_BELOW: f32 = 0.8;
/// References of a paragraph that are paired with each other.
pub(super) const ITEM_REFERENCES: f32 = 0.2;
/// A CAS number of both items.
pub(super) const CAS: f32 = 0.2;
/// The score from which what is above an item says in full what the item is; below, less.
pub(super) const STRONG_ENTRY: f32 = 0.5;
pub(super) const STRONG_ITEM: f32 = 0.4;
/// What counts against it more for an entry of the left list, whose like is an entry first of all.
pub(super) const ENTRY_CROSSING: f32 = 0.7;
/// The number of items in an entry beside that of the other list, up to which a list is flat
/// altogether, and from which it is not flat at all.
pub(super) const FLAT: (f32, f32) = (0.5, 0.6);
