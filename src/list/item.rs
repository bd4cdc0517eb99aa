//! An item: any entry or paragraph of a list, and what it carries.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode, Species};
use crate::measure::MeasureId;
use crate::quantity::Quantity;
use crate::text::fingerprint::Fingerprint;
use crate::text::parse_error::ParseError;

/// Whether a code stands for something on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ItemState {
    /// The list has text for it.
    #[default]
    Live,
    /// The heading stands on the list and nothing is in it: its former contents, or the whole
    /// thing, are controlled elsewhere.
    Empty,
    /// The list keeps the place free. A reserved paragraph is never an item that is counted.
    Reserved,
    /// The sources have no row for it; the code exists because its children's codes contain it.
    /// Counted only where a scope asks for it.
    Implied,
}

/// How an item's children bear on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ChildLogic {
    /// No live paragraphs below.
    #[default]
    Leaf,
    /// The children are alternatives: each is controlled by itself.
    Any,
    /// The children are conditions: only what meets all of them is controlled, and none of them is
    /// an item by itself.
    All,
    /// The children are conditions: what meets all of them is controlled, and so is what the item's
    /// own words name beside them, as in "hardened, or with all of the following".
    AllOrOwn,
    /// Only what has at least so many of the children is controlled: neither any one nor all.
    AtLeast(u8),
    /// Each child is a list, and only what is in every one of them is controlled: a metal of the
    /// first list in a form of the second.
    OneOfEach,
}

impl ChildLogic {
    /// Whether [`CountingRule::Provisions`](crate::CountingRule::Provisions) folds the children
    /// into their parent, because they are conditions that count for nothing alone: after
    /// [`All`](ChildLogic::All) and [`AllOrOwn`](ChildLogic::AllOrOwn).
    ///
    /// The children of [`AtLeast`](ChildLogic::AtLeast) and [`OneOfEach`](ChildLogic::OneOfEach)
    /// are things and lists of things, which every rule counts one by one, as those of
    /// [`Any`](ChildLogic::Any).
    ///
    /// ```
    /// use export_control::ChildLogic;
    /// assert!(ChildLogic::AllOrOwn.folds() && !ChildLogic::AtLeast(2).folds());
    /// ```
    pub const fn folds(self) -> bool {
        matches!(self, ChildLogic::All | ChildLogic::AllOrOwn)
    }
}

/// `leaf`, `any`, `all`, `all-or-own`, `at-least-2`, `one-of-each`.
impl fmt::Display for ChildLogic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ChildLogic::Leaf => "leaf",
            ChildLogic::Any => "any",
            ChildLogic::All => "all",
            ChildLogic::AllOrOwn => "all-or-own",
            ChildLogic::AtLeast(number) => return write!(f, "at-least-{number}"),
            ChildLogic::OneOfEach => "one-of-each",
        })
    }
}

impl FromStr for ChildLogic {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<ChildLogic, ParseError> {
        let logic = match text {
            "leaf" => ChildLogic::Leaf,
            "any" => ChildLogic::Any,
            "all" => ChildLogic::All,
            "all-or-own" => ChildLogic::AllOrOwn,
            "one-of-each" => ChildLogic::OneOfEach,
            _ => {
                let number = text
                    .strip_prefix("at-least-")
                    .filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
                    .and_then(|digits| digits.parse().ok())
                    .filter(|number| *number > 1);
                return number.map(ChildLogic::AtLeast).ok_or_else(|| {
                    ParseError::new(
                        text,
                        "how children bear on an item",
                        "expected leaf, any, all, all-or-own, at-least-2 or one-of-each",
                    )
                });
            }
        };
        Ok(logic)
    }
}

/// The short name by which a list states why it controls an item: `NS` and `MT` in the US list,
/// `nuclear` in China's.
///
/// What a tag stands for is the list's to say: see [`ListInfo::reasons`](crate::ListInfo::reasons).
/// Up to fifteen ASCII letters, digits and hyphens; compared exactly.
///
/// ```
/// use export_control::Reason;
/// let reason: Reason = "NS".parse()?;
/// assert_eq!(reason.as_str(), "NS");
/// assert!("national security".parse::<Reason>().is_err());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Reason {
    bytes: [u8; 15],
    len: u8,
}

impl Reason {
    /// The tag.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl FromStr for Reason {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Reason, ParseError> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if text.is_empty() || text.len() > 15 || !text.bytes().all(good) {
            return Err(ParseError::new(
                text,
                "a reason for control",
                "expected 1 to 15 letters, digits or hyphens",
            ));
        }
        let mut bytes = [0; 15];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Reason {
            bytes,
            len: text.len() as u8,
        })
    }
}

impl TryFrom<String> for Reason {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Reason, ParseError> {
        text.parse()
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.as_str().to_owned()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reason({self})")
    }
}

/// One entry or paragraph of a list.
///
/// Plain data: build one with [`Item::new`] and set what is known. A field that the source does not
/// state stays empty; an empty field says "not recorded", never "none".
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Item {
    /// Where the item stands on its list.
    pub code: Code,
    /// Whether the code is live, empty, reserved, or only implied by its children.
    pub state: ItemState,
    /// The last code of a range that the list reserves with one line, such as `f` through `w`; the
    /// item is the first.
    pub through: Option<Code>,
    /// How its children bear on it.
    pub logic: ChildLogic,
    /// A short description in this crate's own words; empty where none is written yet.
    pub title: String,
    /// The same in the list's own language, where that is not English.
    pub title_local: Option<String>,
    /// The official text. A reader of the official publication fills it; the embedded lists have
    /// `None`.
    pub text: Option<String>,
    /// The fingerprint of the official text, where the text itself is not at hand but was when the
    /// data were made, as in a [`History`](crate::History).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub fingerprint: Option<Fingerprint>,
    /// The reasons for control that the item's own entry line names. Paragraphs have their
    /// entry's: ask [`ControlList::reasons`](crate::ControlList::reasons).
    pub reasons: Vec<Reason>,
    /// The list-based license exceptions of the entry as published.
    pub exceptions: Vec<LicenseException>,
    /// Codes of the same list to which the item's text or its related controls refer.
    pub refers_to: Vec<Code>,
    /// The CAS numbers that the item's text states.
    #[cfg_attr(feature = "serde", serde(default))]
    pub cas: Vec<CasNumber>,
    /// The chemical elements that the item names as the controlled thing: as metal, alloy,
    /// compound or isotope. A mention is none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub elements: Vec<Element>,
    /// The species, viruses or toxins that the item names as the controlled thing, by the name
    /// under which the list accepts them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub species: Vec<Species>,
    /// Customs codes, for reference, from the notice that lists the item (China). The US list
    /// publishes none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hs: Vec<HsCode>,
    /// The thresholds that the item's own text states, in its order; those of its ancestors bear
    /// on it too.
    #[cfg_attr(feature = "serde", serde(default))]
    pub quantities: Vec<Quantity>,
    /// The notice that brought the item onto the list, where the list is made by notices.
    pub measure: Option<MeasureId>,
    /// The first day on which this code is in force, where it differs from the edition's.
    pub in_force: Option<Date>,
    /// The item's row numbers in the annual license catalogue (China).
    pub catalogue_rows: Vec<u16>,
    /// Whether the row was inferred rather than read in a source.
    pub inferred: bool,
    /// The key of the row's source in [`ListInfo::sources`](crate::ListInfo::sources), where rows
    /// differ.
    pub source: Option<String>,
}

impl Item {
    /// A live leaf with nothing recorded but its code.
    ///
    /// ```
    /// use export_control::{Item, ItemState};
    /// let mut item = Item::new("3A001.b.2".parse()?);
    /// item.title = "Monolithic microwave amplifiers".into();
    /// assert_eq!(item.state, ItemState::Live);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn new(code: Code) -> Item {
        Item {
            code,
            state: ItemState::Live,
            through: None,
            logic: ChildLogic::Leaf,
            title: String::new(),
            title_local: None,
            text: None,
            fingerprint: None,
            reasons: Vec::new(),
            exceptions: Vec::new(),
            refers_to: Vec::new(),
            cas: Vec::new(),
            elements: Vec::new(),
            species: Vec::new(),
            hs: Vec::new(),
            quantities: Vec::new(),
            measure: None,
            in_force: None,
            catalogue_rows: Vec::new(),
            inferred: false,
            source: None,
        }
    }

    /// The fingerprint that is recorded, or else that of the official text, where there is one.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
            .or_else(|| self.text.as_deref().map(Fingerprint::of))
    }

    /// Whether the item is live: neither empty, nor reserved, nor merely implied.
    pub fn is_live(&self) -> bool {
        self.state == ItemState::Live
    }

    /// Whether the place stands there and holds nothing: empty or reserved.
    pub(crate) fn holds_nothing(&self) -> bool {
        matches!(self.state, ItemState::Empty | ItemState::Reserved)
    }
}

/// What an entry says of one list-based license exception, such as `LVS: $3000`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LicenseException {
    /// The symbol of the exception: `LVS`, `GBS`, `TSR` ….
    pub symbol: String,
    /// What the entry allows.
    pub availability: Availability,
    /// The published words, where the reader of an official text has seen them.
    pub text: Option<String>,
}

/// Whether a list-based exception is available for an entry's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Availability {
    /// Not for any item of the entry.
    No,
    /// For every item of the entry, without a limit.
    Yes,
    /// For every item of the entry up to a value in US dollars.
    UpTo(u32),
    /// For some items, or under conditions, that only the published words state.
    Partly,
}
