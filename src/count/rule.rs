//! The rules by which a list is counted.

use std::fmt;
use std::str::FromStr;

use crate::code::MAX_DEPTH;
use crate::text::parse_error::ParseError;

/// A rule that says what is counted. The [module guide](crate::count) says which rule answers which
/// question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CountingRule {
    /// Five-character headings.
    Entries,
    /// Entries and all live paragraphs, conditions included.
    Items,
    /// Items of the scope that have no item of the scope below them, conditions included.
    Leaves,
    /// Leaves, with everything below an all-of list folded into the paragraph that states it. These
    /// are the things that are controlled independently.
    Provisions,
    /// The tree cut at a depth: the code of each leaf is shortened to at most that many paragraph
    /// levels, and each code counts once. `Depth(0)` counts entries that are not empty.
    Depth(u8),
    /// Rows of the annual license catalogue, if the list has one.
    CatalogueRows,
}

impl CountingRule {
    /// The rules that a report shows, from the coarsest to the finest.
    pub const ALL: [CountingRule; 8] = [
        CountingRule::Entries,
        CountingRule::Depth(1),
        CountingRule::Depth(2),
        CountingRule::Depth(3),
        CountingRule::Provisions,
        CountingRule::Leaves,
        CountingRule::Items,
        CountingRule::CatalogueRows,
    ];

    /// Returns a few words for what the rule counts.
    pub fn meaning(self) -> &'static str {
        match self {
            CountingRule::Entries => "five-character headings",
            CountingRule::Items => "entries and all paragraphs, conditions included",
            CountingRule::Leaves => "everything without paragraphs below, conditions included",
            CountingRule::Provisions => {
                "leaves, an all-of list as one: what is controlled independently"
            }
            CountingRule::Depth(_) => "the tree cut at that many paragraph levels",
            CountingRule::CatalogueRows => "rows of the annual license catalogue",
        }
    }
}

impl fmt::Display for CountingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CountingRule::Entries => f.pad("entries"),
            CountingRule::Items => f.pad("items"),
            CountingRule::Leaves => f.pad("leaves"),
            CountingRule::Provisions => f.pad("provisions"),
            CountingRule::Depth(depth) => f.pad(&format!("depth-{depth}")),
            CountingRule::CatalogueRows => f.pad("catalogue-rows"),
        }
    }
}

impl FromStr for CountingRule {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<CountingRule, ParseError> {
        match text {
            "entries" => Ok(CountingRule::Entries),
            "items" => Ok(CountingRule::Items),
            "leaves" => Ok(CountingRule::Leaves),
            "provisions" => Ok(CountingRule::Provisions),
            "catalogue-rows" => Ok(CountingRule::CatalogueRows),
            _ => text
                .strip_prefix("depth-")
                .and_then(|depth| depth.parse().ok())
                .filter(|depth| usize::from(*depth) <= MAX_DEPTH)
                .map(CountingRule::Depth)
                .ok_or_else(|| ParseError::new(text, "a counting rule", format!("expected entries, items, leaves, provisions, depth-0 to depth-{MAX_DEPTH}, or catalogue-rows"))),
        }
    }
}
