//! Counts the items of a list. A [`Count`] is a number with its rule, its scope and its edition.
//!
//! # Which counting rule?
//!
//! A list has several right sizes. Take a list with one entry, `3A001`. Its paragraph `a` has two
//! alternatives: each is controlled by itself. Its paragraph `b` has two conditions: a thing is
//! controlled only if it meets both.
//!
//! ```text
//! 3A001            entry
//! 3A001.a          any of:
//! 3A001.a.1
//! 3A001.a.2
//! 3A001.b          all of:
//! 3A001.b.1        (a condition)
//! 3A001.b.2        (a condition)
//! ```
//!
//! | rule | counts | here | use it to ask |
//! |---|---|---|---|
//! | [`Entries`](CountingRule::Entries) | headings of five characters | 1 | how many headings are there? |
//! | [`Items`](CountingRule::Items) | entries and all paragraphs | 7 | how many places can be cited? |
//! | [`Leaves`](CountingRule::Leaves) | items without paragraphs below | 4 | how fine is the text? It counts conditions, so it is larger for a list that prints each on its own line |
//! | [`Provisions`](CountingRule::Provisions) | leaves, with the conditions of an all-of list as one | 3 | how many things are controlled by themselves? This is the fairest rule between lists |
//! | [`Depth(n)`](CountingRule::Depth) | the tree cut below level *n* | `Depth(1)`: 2 | how many things are there at one level of detail? |
//! | [`CatalogueRows`](CountingRule::CatalogueRows) | rows of an annual license catalogue | unavailable | how many things does the licensing office number? (China only) |
//!
//! A parent may be neither any-of nor all-of. [`ChildLogic::folds`](crate::ChildLogic::folds) says
//! which parents `Provisions` counts as one: all-of lists, also if the parent's own words add an
//! alternative. For "at least two of" and "one of each", every rule counts the paragraphs one by
//! one.
//!
//! Some lists give no codes to the conditions inside an item. Such conditions are in
//! [`Item::conditions`](crate::Item::conditions), and no rule counts them.
//!
//! If you quote a number, quote its rule, its scope and its edition too. A [`Count`] prints all of
//! them. If a rule does not apply to a list, or the status of an item is unknown on the day, the
//! count is [`Unavailable`] and says why. It is not 0.

pub(crate) mod count;
pub(crate) mod rule;
pub(crate) mod scope;

pub(crate) use count::{Count, Unavailable};
pub(crate) use rule::CountingRule;
pub(crate) use scope::Scope;
