//! Conditions inside an item: what its text lists below it without codes.

use std::fmt;
use std::str::FromStr;

use crate::code::Label;
use crate::list::{ChildLogic, Item};
use crate::quantity::Quantity;
use crate::text::parse_error::ParseError;

/// A condition that the text of an item lists, or the item's own line above such a list.
///
/// Some lists give a code to what is controlled and none to the conditions under which it is:
/// China's `1A227` is a window that meets `a`, `b` and `c` together, and `1A227.a` is not a code. The
/// conditions of an item are its tree in reading order: first the item itself with an empty path,
/// then each condition with its labels below the item. [`logic`](Condition::logic) says whether all
/// or any of the conditions right below must be met.
///
/// No counting rule counts conditions: they are not items. [`Item::conditions`] has
/// them for comparison, and the item's own quantities include theirs.
///
/// In a file the form is `LABELS=LOGIC: QUANTITY + QUANTITY`, without the parts that are missing. The
/// item itself has its logic alone: `all`.
///
/// ```
/// use export_control::list::{Condition};
/// use export_control::{ChildLogic};
/// let whole: Condition = "all".parse()?;
/// assert_eq!((whole.path.len(), whole.logic), (0, ChildLogic::All));
/// let part: Condition = "b.1: temperature ≤ 123 K + power > 150 W".parse()?;
/// assert_eq!((part.path.len(), part.quantities.len()), (2, 2));
/// assert_eq!(part.to_string(), "b.1: temperature ≤ 123 K + power > 150 W");
/// let error = "b.1=some".parse::<Condition>().unwrap_err();
/// assert_eq!(error.to_string(), "\"b.1=some\" is not a condition: expected any or all after =");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// The labels below the item; none for the item itself.
    pub path: Vec<Label>,
    /// Tells whether all or any of the conditions right below must be met.
    pub logic: ChildLogic,
    /// The thresholds that the condition states itself.
    pub quantities: Vec<Quantity>,
}

impl Condition {
    /// Returns a condition with nothing below it.
    pub fn new(path: Vec<Label>) -> Condition {
        Condition {
            path,
            logic: ChildLogic::Leaf,
            quantities: Vec::new(),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, label) in self.path.iter().enumerate() {
            let dot = if at > 0 { "." } else { "" };
            write!(f, "{dot}{label}")?;
        }
        // The item itself has no labels: its cell must not begin with the sign of a formula.
        let sign = if self.path.is_empty() { "" } else { "=" };
        if self.logic != ChildLogic::Leaf {
            write!(f, "{sign}{}", self.logic)?;
        }
        for (at, quantity) in self.quantities.iter().enumerate() {
            let sign = if at > 0 { " + " } else { ": " };
            write!(f, "{sign}{quantity}")?;
        }
        Ok(())
    }
}

impl FromStr for Condition {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Condition, ParseError> {
        let fail = |problem: &'static str| ParseError::new(text, "a condition", problem);
        let (head, quantities) = text
            .split_once(": ")
            .map_or((text, None), |(head, rest)| (head, Some(rest)));
        // No label reads as a logic: labels of letters have two at most.
        let of_item = |head: &str| {
            let logic: Result<ChildLogic, _> = head.parse();
            logic.is_ok_and(|logic| logic != ChildLogic::Leaf)
        };
        let (path, logic) = match head.split_once('=') {
            Some(("", _)) => return Err(fail("expected any or all without = for the item itself")),
            Some((path, logic)) => (path, Some(logic)),
            None if of_item(head) => ("", Some(head)),
            None => (head, None),
        };
        let mut condition = Condition::new(Vec::new());
        for label in path.split('.').filter(|_| !path.is_empty()) {
            let number = label.parse().ok().and_then(Label::number);
            let read = number
                .or_else(|| Label::letters(label))
                .filter(|read| read.to_string() == label)
                .ok_or_else(|| fail("expected labels such as a.1"))?;
            condition.path.push(read);
        }
        condition.logic = match logic {
            None => ChildLogic::Leaf,
            Some(logic) => (logic.parse().ok())
                .filter(|logic| *logic != ChildLogic::Leaf)
                .ok_or_else(|| fail("expected any or all after ="))?,
        };
        for quantity in quantities.into_iter().flat_map(|all| all.split(" + ")) {
            condition.quantities.push(quantity.parse()?);
        }
        Ok(condition)
    }
}

crate::text::serde_as_text!(Condition);

impl Item {
    /// Returns the conditions that the item's text lists below it without codes, in reading order:
    /// the item itself first, with how they bear on it. An item without such a list has none.
    pub fn conditions(&self) -> &[Condition] {
        &self.facts.conditions
    }

    /// Sets the conditions.
    #[must_use]
    pub fn with_conditions(mut self, conditions: Vec<Condition>) -> Item {
        self.facts.conditions = conditions;
        self
    }
}

crate::packed::packed_struct!(Condition {
    path,
    logic,
    quantities
});
