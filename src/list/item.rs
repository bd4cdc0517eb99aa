//! Defines an item: an entry or paragraph of a list, with its recorded facts.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode, Species};
use crate::measure::MeasureId;
use crate::quantity::Quantity;

use super::facts::Facts;
use super::particulars::Particulars;
use crate::text::fingerprint::Fingerprint;
use crate::text::parse_error::ParseError;

/// The state of a code on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ItemState {
    /// The list has text for it.
    #[default]
    Live,
    /// The heading is on the list and nothing is in it. Its former contents, or the whole thing,
    /// are controlled elsewhere.
    Empty,
    /// The list keeps the place free. A reserved paragraph is never an item that is counted.
    Reserved,
    /// The sources have no row for it; the code exists because its children's codes contain it.
    /// Counted only where a scope asks for it.
    Implied,
}

/// The logic by which an item's children bear on it.
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
    /// Returns `true` if [`CountingRule::Provisions`](crate::CountingRule::Provisions) folds the
    /// children into their parent, because they are conditions that count for nothing alone. It
    /// does so for [`All`](ChildLogic::All) and [`AllOrOwn`](ChildLogic::AllOrOwn).
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
/// The list says what a tag means: see [`ListInfo::reasons`](crate::ListInfo::reasons).
/// A tag has up to fifteen ASCII letters, digits and hyphens. It is compared exactly.
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
/// An item is built with [`Item::new`] and the `with_…` methods, and read by the methods named for
/// its facts. A fact that the source does not state is empty or `None`. That means "not recorded",
/// never "none".
///
/// ```
/// use export_control::{Item, ItemState};
/// let item = Item::new("3A001.b.2".parse()?)
///     .with_title("Monolithic microwave amplifiers")
///     .with_quantities(vec!["frequency > 2.7 GHz".parse()?]);
/// assert_eq!(item.title(), "Monolithic microwave amplifiers");
/// assert_eq!(item.state(), ItemState::Live);
/// assert!(item.text().is_none()); // not recorded
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Item {
    pub(crate) code: Code,
    pub(crate) title: Cow<'static, str>,
    pub(crate) text: Option<String>,
    pub(crate) fingerprint: Option<Fingerprint>,
    pub(crate) facts: Facts,
    pub(crate) in_force: Option<Date>,
    pub(crate) logic: ChildLogic,
    pub(crate) state: ItemState,
    pub(crate) inferred: bool,
}

impl Item {
    /// Returns a live leaf with nothing recorded but its code.
    pub fn new(code: Code) -> Item {
        Item {
            code,
            title: Cow::Borrowed(""),
            text: None,
            fingerprint: None,
            facts: Facts::default(),
            in_force: None,
            logic: ChildLogic::Leaf,
            state: ItemState::Live,
            inferred: false,
        }
    }

    /// Returns the item's place on its list.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Returns whether the code is live, empty, reserved, or only implied by its children.
    pub fn state(&self) -> ItemState {
        self.state
    }

    /// Returns the last code of a range that the list reserves with one line, such as `f` through
    /// `w`. The item is the first.
    pub fn through(&self) -> Option<Code> {
        self.facts.through
    }

    /// Returns how the item's children bear on it.
    pub fn logic(&self) -> ChildLogic {
        self.logic
    }

    /// Returns a short description in this crate's own words, or an empty text if none is written
    /// yet.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the short description in the list's own language, if that is not English.
    pub fn title_local(&self) -> Option<&str> {
        self.facts.title_local.as_deref()
    }

    /// Returns the official text. A reader of the official publication fills it; the embedded lists
    /// have `None`.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Returns the recorded fingerprint of the official text, or else the fingerprint of
    /// [`text`](Item::text). A [`History`](crate::History) records fingerprints without texts.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
            .or_else(|| self.text.as_deref().map(Fingerprint::of))
    }

    /// Returns whether the official text or its fingerprint is recorded.
    pub(crate) fn has_wording(&self) -> bool {
        self.fingerprint.is_some() || self.text.is_some()
    }

    /// Returns the reasons for control that the item's own entry line names. A paragraph has its
    /// entry's: see [`ControlList::reasons`](crate::ControlList::reasons).
    pub fn reasons(&self) -> &[Reason] {
        &self.facts.reasons
    }

    /// Returns the codes of the same list to which the item's text or its related controls refer.
    pub fn refers_to(&self) -> &[Code] {
        &self.facts.refers_to
    }

    /// Returns the CAS numbers that the item's text states.
    pub fn cas(&self) -> &[CasNumber] {
        &self.facts.cas
    }

    /// Returns the chemical elements that the item names as the controlled thing: as metal, alloy,
    /// compound or isotope. An element that is merely mentioned is not among them.
    pub fn elements(&self) -> &[Element] {
        &self.facts.elements
    }

    /// Returns the species, viruses or toxins that the item names as the controlled thing, by the
    /// name under which the list accepts them.
    pub fn species(&self) -> &[Species] {
        &self.facts.species
    }

    /// Returns the customs codes that the notice behind the item gives for reference.
    pub fn hs(&self) -> &[HsCode] {
        &self.facts.hs
    }

    /// Returns the quantities that the item's own text states, in its order. Those of its ancestors
    /// apply to it too.
    pub fn quantities(&self) -> &[Quantity] {
        &self.facts.quantities
    }

    /// Returns the notice that brought the item onto the list, if the list is made by notices.
    pub fn measure(&self) -> Option<&MeasureId> {
        self.facts.measure.as_ref()
    }

    /// Returns the first day on which this code is in force, if it differs from the edition's.
    pub fn in_force(&self) -> Option<Date> {
        self.in_force
    }

    /// Returns `true` if the row was inferred rather than read in a source.
    pub fn is_inferred(&self) -> bool {
        self.inferred
    }

    /// Returns the key of the row's source in [`ListInfo::sources`](crate::ListInfo::sources), if
    /// rows differ.
    pub fn source(&self) -> Option<&str> {
        self.facts.source.as_deref()
    }

    /// Returns what only some countries publish with an item, such as license exceptions.
    pub fn particulars(&self) -> &Particulars {
        static NONE: Particulars = Particulars::NONE;
        match self.facts.lack_particulars() {
            true => &NONE,
            false => self.facts.particulars.as_deref().unwrap_or(&NONE),
        }
    }

    /// Returns how many rows of the license catalogue have the item.
    pub(crate) fn catalogue_rows(&self) -> usize {
        let rows = |one: &Particulars| one.catalogue_rows.len();
        self.facts.with_particulars(|one| one.map_or(0, rows))
    }

    /// Returns `true` if the item is live: neither empty, nor reserved, nor merely implied.
    pub fn is_live(&self) -> bool {
        self.state == ItemState::Live
    }

    /// Returns `true` if the code is printed and nothing is in it: empty or reserved.
    pub(crate) fn holds_nothing(&self) -> bool {
        matches!(self.state, ItemState::Empty | ItemState::Reserved)
    }

    /// Sets the code.
    #[must_use]
    pub fn with_code(mut self, code: Code) -> Item {
        self.code = code;
        self
    }

    /// Sets the state.
    #[must_use]
    pub fn with_state(mut self, state: ItemState) -> Item {
        self.state = state;
        self
    }

    /// Sets the last code of a reserved range.
    #[must_use]
    pub fn with_through(mut self, through: impl Into<Option<Code>>) -> Item {
        self.facts.through = through.into();
        self
    }

    /// Sets how the children bear on the item. [`ControlList::new`](crate::ControlList::new)
    /// settles it for items that have none, or that say nothing.
    #[must_use]
    pub fn with_logic(mut self, logic: ChildLogic) -> Item {
        self.logic = logic;
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Item {
        self.title = Cow::Owned(title.into());
        self
    }

    /// Sets the title in the list's own language.
    #[must_use]
    pub fn with_title_local(mut self, title: impl Into<Option<String>>) -> Item {
        self.facts.title_local = title.into();
        self
    }

    /// Sets the official text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<Option<String>>) -> Item {
        self.text = text.into();
        self
    }

    /// Sets the fingerprint of an official text that is not at hand.
    #[must_use]
    pub fn with_fingerprint(mut self, fingerprint: impl Into<Option<Fingerprint>>) -> Item {
        self.fingerprint = fingerprint.into();
        self
    }

    /// Sets the reasons for control.
    #[must_use]
    pub fn with_reasons(mut self, reasons: Vec<Reason>) -> Item {
        self.facts.reasons = reasons;
        self
    }

    /// Sets the codes that the item refers to.
    #[must_use]
    pub fn with_refers_to(mut self, codes: Vec<Code>) -> Item {
        self.facts.refers_to = codes;
        self
    }

    /// Sets the CAS numbers.
    #[must_use]
    pub fn with_cas(mut self, cas: Vec<CasNumber>) -> Item {
        self.facts.cas = cas;
        self
    }

    /// Sets the elements.
    #[must_use]
    pub fn with_elements(mut self, elements: Vec<Element>) -> Item {
        self.facts.elements = elements.into();
        self
    }

    /// Sets the species.
    #[must_use]
    pub fn with_species(mut self, species: Vec<Species>) -> Item {
        self.facts.species = species;
        self
    }

    /// Sets the customs codes.
    #[must_use]
    pub fn with_hs(mut self, hs: Vec<HsCode>) -> Item {
        self.facts.hs = hs;
        self
    }

    /// Sets the quantities.
    #[must_use]
    pub fn with_quantities(mut self, quantities: Vec<Quantity>) -> Item {
        self.facts.quantities = quantities.into();
        self
    }

    /// Sets the notice that brought the item onto the list.
    #[must_use]
    pub fn with_measure(mut self, measure: impl Into<Option<MeasureId>>) -> Item {
        self.facts.measure = measure.into();
        self
    }

    /// Sets the first day on which this code is in force.
    #[must_use]
    pub fn with_in_force(mut self, date: impl Into<Option<Date>>) -> Item {
        self.in_force = date.into();
        self
    }

    /// Marks the row as inferred, or as read.
    #[must_use]
    pub fn with_inferred(mut self, inferred: bool) -> Item {
        self.inferred = inferred;
        self
    }

    /// Sets the key of the row's source.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Option<String>>) -> Item {
        self.facts.source = source.into();
        self
    }

    /// Sets what only some countries publish with an item.
    #[must_use]
    pub fn with_particulars(mut self, particulars: Particulars) -> Item {
        self.set_particulars(particulars);
        self
    }

    /// Returns the particulars to add to; they must not stay empty.
    pub(crate) fn particulars_mut(&mut self) -> &mut Particulars {
        self.facts.particulars.get_or_insert_default()
    }

    /// Sets the particulars; empty ones take no memory.
    pub(crate) fn set_particulars(&mut self, particulars: Particulars) {
        self.facts.particulars = (particulars != Particulars::NONE).then(|| Box::new(particulars));
    }
}

crate::packed::packed_enum!(ItemState {
    Live,
    Empty,
    Reserved,
    Implied
});

/// One byte; a number of children at least takes another.
impl crate::packed::Packed for ChildLogic {
    fn read(from: &mut crate::packed::Reader) -> Option<ChildLogic> {
        Some(match from.value::<u8>()? {
            0 => ChildLogic::Leaf,
            1 => ChildLogic::Any,
            2 => ChildLogic::All,
            3 => ChildLogic::AllOrOwn,
            4 => ChildLogic::OneOfEach,
            5 => ChildLogic::AtLeast(from.value()?),
            _ => return None,
        })
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        let number: u8 = match self {
            ChildLogic::Leaf => 0,
            ChildLogic::Any => 1,
            ChildLogic::All => 2,
            ChildLogic::AllOrOwn => 3,
            ChildLogic::OneOfEach => 4,
            ChildLogic::AtLeast(_) => 5,
        };
        to.value(&number);
        if let ChildLogic::AtLeast(least) = self {
            to.value(least);
        }
    }
}

impl crate::packed::Packed for Reason {
    fn read(from: &mut crate::packed::Reader) -> Option<Reason> {
        from.text()?.parse().ok()
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        to.text(self.as_str());
    }
}
