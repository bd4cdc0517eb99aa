//! The code of an item, packed into a number.

use std::fmt;

use super::{Category, Label, ProductGroup};

/// The number of paragraph levels that a [`Code`] can hold below its entry. The deepest published
/// paragraph has seven.
pub const MAX_DEPTH: usize = 10;

pub(super) const LABEL_BITS: u32 = 11;
pub(super) const LABEL_MASK: u128 = (1 << LABEL_BITS) - 1;
pub(super) const PATH_BITS: u32 = LABEL_BITS * MAX_DEPTH as u32;
pub(super) const NUMBER_BITS: u32 = 10;

/// A code such as `3A001` (an entry) or `3A001.b.2.a` (a paragraph).
///
/// A code takes sixteen bytes and is `Copy`. Codes sort as the lists do: by category, product group
/// and number, and a parent before its children. `b.2` sorts before `b.10`, `z` before `aa`, and
/// numbers before letters if a list mixes them on one level.
///
/// A code is only syntax. `3C004` is indium phosphide in China's list and hydrides in the US list.
/// Never join two lists on equal codes and call the result an overlap.
///
/// Parsing accepts what people write: lower case, full-width characters, a leading `ECCN`, trailing
/// dots, and brackets, spaces or nothing as separators.
///
/// ```
/// use export_control::Code;
/// let code: Code = "ECCN 3a001b2a".parse()?;
/// assert_eq!(code.to_string(), "3A001.b.2.a");
/// assert_eq!(code.entry().to_string(), "3A001");
/// assert_eq!(code.depth(), 3);
/// assert!("3A001.b.2".parse::<Code>()? < "3A001.b.10".parse()?);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(super) std::num::NonZeroU128);

impl Code {
    /// Returns the entry with these three parts, or `None` if the number is above 999.
    ///
    /// ```
    /// use export_control::{Category, Code, ProductGroup};
    /// let code = Category::new(9).and_then(|c| Code::from_parts(c, ProductGroup::E, 3));
    /// assert_eq!(code.map(|c| c.to_string()), Some("9E003".to_string()));
    /// ```
    pub const fn from_parts(category: Category, group: ProductGroup, number: u16) -> Option<Code> {
        if number > 999 {
            return None;
        }
        let head = ((category.0 as u128) << (NUMBER_BITS + 3))
            | ((group as u128) << NUMBER_BITS)
            | number as u128;
        match std::num::NonZeroU128::new(head << PATH_BITS) {
            Some(bits) => Some(Code(bits)),
            None => None,
        }
    }

    pub(super) const fn bits(self) -> u128 {
        self.0.get()
    }

    pub(super) const fn head(self) -> u32 {
        (self.bits() >> PATH_BITS) as u32
    }

    /// Returns the first digit.
    pub const fn category(self) -> Category {
        Category((self.head() >> (NUMBER_BITS + 3)) as u8)
    }

    /// Returns the letter.
    pub fn group(self) -> ProductGroup {
        // The letter was checked when the code was made. A is the value for a case that cannot
        // happen.
        let rank = (self.head() >> NUMBER_BITS) & 0b111;
        ProductGroup::ALL
            .get((rank as usize).wrapping_sub(1))
            .copied()
            .unwrap_or(ProductGroup::A)
    }

    /// Returns the three digits after the letter as a number, `0..=999`.
    pub const fn number(self) -> u16 {
        (self.head() & ((1 << NUMBER_BITS) - 1)) as u16
    }

    /// Returns the third character of the code, `0..=9`: the series in the US list, the reason for
    /// control in China's.
    ///
    /// ```
    /// # use export_control::Code;
    /// assert_eq!("9A610".parse::<Code>()?.third_digit(), 6);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub const fn third_digit(self) -> u8 {
        (self.number() / 100) as u8
    }

    /// Returns the entry that the code belongs to. For an entry, that is its own code.
    pub const fn entry(self) -> Code {
        // The head is never zero, because the group is never zero.
        match std::num::NonZeroU128::new(self.bits() >> PATH_BITS << PATH_BITS) {
            Some(bits) => Code(bits),
            None => self,
        }
    }

    /// Returns whether this is an entry: five characters, without a paragraph.
    pub const fn is_entry(self) -> bool {
        self.depth() == 0
    }

    /// Returns the number of paragraph levels below the entry: 0 for an entry, 3 for `3A001.b.2.a`.
    pub const fn depth(self) -> usize {
        let path = self.bits() & ((1 << PATH_BITS) - 1);
        if path == 0 {
            0
        } else {
            MAX_DEPTH - (path.trailing_zeros() / LABEL_BITS) as usize
        }
    }

    pub(super) const fn shift(level: usize) -> u32 {
        PATH_BITS - LABEL_BITS * (level as u32 + 1)
    }

    /// Returns the labels from the entry down.
    ///
    /// ```
    /// # use export_control::Code;
    /// let labels: Vec<String> = "1A607.f.2.1".parse::<Code>()?.labels().map(|l| l.to_string()).collect();
    /// assert_eq!(labels, ["f", "2", "1"]);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn labels(self) -> impl DoubleEndedIterator<Item = Label> + ExactSizeIterator + Clone {
        (0..self.depth())
            .map(move |level| Label(((self.bits() >> Code::shift(level)) & LABEL_MASK) as u16))
    }

    /// Returns the paragraph below this item with one more label, or `None` below [`MAX_DEPTH`].
    pub fn child(self, label: Label) -> Option<Code> {
        let depth = self.depth();
        (depth < MAX_DEPTH).then(|| Code(self.0 | (u128::from(label.0) << Code::shift(depth))))
    }

    /// Returns the item one level up, or `None` for an entry.
    pub fn parent(self) -> Option<Code> {
        self.depth()
            .checked_sub(1)
            .map(|depth| self.truncate(depth))
    }

    /// Returns the ancestor at a depth, or the code itself if it is not deeper.
    ///
    /// ```
    /// # use export_control::Code;
    /// let code: Code = "6A001.a.1.a.2".parse()?;
    /// assert_eq!(code.truncate(2).to_string(), "6A001.a.1");
    /// assert_eq!(code.truncate(9), code);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn truncate(self, depth: usize) -> Code {
        if depth >= self.depth() {
            return self;
        }
        let kept = PATH_BITS - LABEL_BITS * depth as u32;
        std::num::NonZeroU128::new(self.bits() >> kept << kept).map_or(self, Code)
    }

    /// Returns the ancestors from the parent up to the entry.
    pub fn ancestors(self) -> impl Iterator<Item = Code> {
        std::iter::successors(self.parent(), |code| code.parent())
    }

    /// Returns whether `other` is this item or below it. The comparison is of syntax only: it has a
    /// meaning only if the two are codes of one list.
    ///
    /// ```
    /// # use export_control::Code;
    /// let entry: Code = "3A001".parse()?;
    /// assert!(entry.contains("3A001.b.2".parse()?));
    /// assert!(!entry.contains("3A002".parse()?));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn contains(self, other: Code) -> bool {
        other.depth() >= self.depth() && other.truncate(self.depth()) == self
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:03}", self.category(), self.group(), self.number())?;
        self.labels().try_for_each(|label| write!(f, ".{label}"))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

crate::text::serde_as_text!(Code);

impl crate::packed::Packed for Code {
    fn read(from: &mut crate::packed::Reader) -> Option<Code> {
        std::num::NonZeroU128::new(from.value()?).map(Code)
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        to.value(&self.bits());
    }
}
