//! Item codes: syntax only. A code means nothing without its list.

mod classification;
mod find;
mod list_id;
mod problem;

pub use classification::Classification;
#[cfg(any(feature = "ecfr", feature = "mofcom"))]
pub(crate) use find::codes;
pub use find::codes_in;
pub use list_id::ListId;

use problem::Problem;

use crate::text::parse_error::ParseError;

use std::fmt;
use std::str::FromStr;

use crate::text::chars::half_width;

/// Paragraph levels that a [`Code`] can hold below its entry. The deepest published paragraph has
/// seven.
pub const MAX_DEPTH: usize = 10;

const LABEL_BITS: u32 = 11;
const LABEL_MASK: u128 = (1 << LABEL_BITS) - 1;
const PATH_BITS: u32 = LABEL_BITS * MAX_DEPTH as u32;
const NUMBER_BITS: u32 = 10;
/// Labels `1..=999` are stored as themselves, `a..=zz` above them, 0 is "no label".
const FIRST_LETTER_LABEL: u16 = 1000;
const LAST_LETTER_LABEL: u16 = FIRST_LETTER_LABEL + 26 + 26 * 26 - 1;

/// The first character of a code, `0..=9`. What the digit stands for is the list's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "u8", into = "u8"))]
pub struct Category(u8);

impl Category {
    /// All ten categories in order.
    pub const ALL: [Category; 10] = {
        let mut all = [Category(0); 10];
        let mut digit = 0;
        while digit < 10 {
            all[digit] = Category(digit as u8);
            digit += 1;
        }
        all
    };

    /// The category of a digit, or `None` above 9.
    ///
    /// ```
    /// use export_control::Category;
    /// assert_eq!(Category::new(3).map(|c| c.digit()), Some(3));
    /// assert_eq!(Category::new(10), None);
    /// ```
    pub const fn new(digit: u8) -> Option<Category> {
        if digit < 10 {
            Some(Category(digit))
        } else {
            None
        }
    }

    /// The digit, `0..=9`.
    pub const fn digit(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl TryFrom<u8> for Category {
    type Error = ParseError;

    fn try_from(digit: u8) -> Result<Category, ParseError> {
        Category::new(digit).ok_or_else(|| Problem::Category.of(&digit.to_string(), 0))
    }
}

impl From<Category> for u8 {
    fn from(category: Category) -> u8 {
        category.0
    }
}

/// The second character of a code: the kind of thing. Both embedded lists, and the Wassenaar family
/// at large, use the same five letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ProductGroup {
    /// Systems, equipment and components.
    A = 1,
    /// Test, inspection and production equipment.
    B,
    /// Materials.
    C,
    /// Software.
    D,
    /// Technology.
    E,
}

impl ProductGroup {
    /// The five groups in order.
    pub const ALL: [ProductGroup; 5] = [
        ProductGroup::A,
        ProductGroup::B,
        ProductGroup::C,
        ProductGroup::D,
        ProductGroup::E,
    ];

    /// The group of a letter in either case, or `None` outside `A..=E`.
    ///
    /// ```
    /// use export_control::ProductGroup;
    /// assert_eq!(ProductGroup::new('d'), Some(ProductGroup::D));
    /// assert_eq!(ProductGroup::new('F'), None);
    /// ```
    pub fn new(letter: char) -> Option<ProductGroup> {
        let letter = letter.to_ascii_uppercase();
        ProductGroup::ALL
            .into_iter()
            .find(|group| group.letter() == letter)
    }

    /// The letter, `A..=E`.
    pub const fn letter(self) -> char {
        match self {
            ProductGroup::A => 'A',
            ProductGroup::B => 'B',
            ProductGroup::C => 'C',
            ProductGroup::D => 'D',
            ProductGroup::E => 'E',
        }
    }

    /// The group's name in plain English.
    pub const fn name(self) -> &'static str {
        match self {
            ProductGroup::A => "systems, equipment and components",
            ProductGroup::B => "test, inspection and production equipment",
            ProductGroup::C => "materials",
            ProductGroup::D => "software",
            ProductGroup::E => "technology",
        }
    }
}

impl fmt::Display for ProductGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// One label of a paragraph's path: the `b`, `2` and `a` of `3A001.b.2.a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u16);

impl Label {
    /// A numeric label, or `None` outside `1..=999`.
    pub const fn number(number: u16) -> Option<Label> {
        if number >= 1 && number < FIRST_LETTER_LABEL {
            Some(Label(number))
        } else {
            None
        }
    }

    /// A letter label, `a..=z` and then `aa..=zz`, or `None` for anything else.
    ///
    /// ```
    /// use export_control::code::Label;
    /// assert!(Label::letters("z") < Label::letters("aa"));
    /// assert_eq!(Label::letters("aaa"), None);
    /// ```
    pub fn letters(letters: &str) -> Option<Label> {
        let rank = |byte: u8| {
            byte.is_ascii_alphabetic()
                .then(|| u16::from(byte.to_ascii_lowercase() - b'a'))
        };
        match *letters.as_bytes() {
            [one] => Some(Label(FIRST_LETTER_LABEL + rank(one)?)),
            [first, second] => Some(Label(
                FIRST_LETTER_LABEL + 26 + rank(first)? * 26 + rank(second)?,
            )),
            _ => None,
        }
    }

    /// Whether the label is a number.
    pub const fn is_number(self) -> bool {
        self.0 < FIRST_LETTER_LABEL
    }

    /// The label that stands before in the same alphabet or numbering, or `None` before the first.
    pub const fn previous(self) -> Option<Label> {
        match self.0 - 1 {
            0 => None,
            before if before == FIRST_LETTER_LABEL - 1 => None,
            before => Some(Label(before)),
        }
    }

    /// The label that follows in the same alphabet or numbering, or `None` after the last.
    pub const fn next(self) -> Option<Label> {
        match self.0 + 1 {
            FIRST_LETTER_LABEL => None,
            next if next > LAST_LETTER_LABEL => None,
            next => Some(Label(next)),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number() {
            return write!(f, "{}", self.0);
        }
        let letter = |rank: u16| char::from(b'a' + rank as u8);
        match self.0 - FIRST_LETTER_LABEL {
            rank if rank < 26 => write!(f, "{}", letter(rank)),
            rank => write!(
                f,
                "{}{}",
                letter((rank - 26) / 26),
                letter((rank - 26) % 26)
            ),
        }
    }
}

/// A code such as `3A001` (an entry) or `3A001.b.2.a` (a paragraph).
///
/// Sixteen bytes, `Copy`, and ordered as the lists order it: by category, product group and number,
/// a parent before its children, `b.2` before `b.10`, `z` before `aa`, and numbers before letters
/// where a list mixes them on one level.
///
/// A code is syntax. `3C004` is indium phosphide in China's list and hydrides in the US one: never
/// join two lists on equal codes and call the result an overlap.
///
/// Parsing takes what people write: lower case, full-width characters, a leading `ECCN`, trailing
/// dots, brackets or spaces as separators, or none at all.
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
pub struct Code(std::num::NonZeroU128);

impl Code {
    /// The entry with these three parts, or `None` where the number is above 999.
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

    const fn bits(self) -> u128 {
        self.0.get()
    }

    const fn head(self) -> u32 {
        (self.bits() >> PATH_BITS) as u32
    }

    /// The first digit.
    pub const fn category(self) -> Category {
        Category((self.head() >> (NUMBER_BITS + 3)) as u8)
    }

    /// The letter.
    pub fn group(self) -> ProductGroup {
        // The letter was checked when the code was made; A stands in for what cannot happen.
        let rank = (self.head() >> NUMBER_BITS) & 0b111;
        ProductGroup::ALL
            .get((rank as usize).wrapping_sub(1))
            .copied()
            .unwrap_or(ProductGroup::A)
    }

    /// The three digits after the letter as a number, `0..=999`.
    pub const fn number(self) -> u16 {
        (self.head() & ((1 << NUMBER_BITS) - 1)) as u16
    }

    /// The third character of the code, `0..=9`: the series in the US list, the reason for control
    /// in China's.
    ///
    /// ```
    /// # use export_control::Code;
    /// assert_eq!("9A610".parse::<Code>()?.third_digit(), 6);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub const fn third_digit(self) -> u8 {
        (self.number() / 100) as u8
    }

    /// The entry that the code belongs to; an entry's own code is itself.
    pub const fn entry(self) -> Code {
        // The head is never zero, because the group is not.
        match std::num::NonZeroU128::new(self.bits() >> PATH_BITS << PATH_BITS) {
            Some(bits) => Code(bits),
            None => self,
        }
    }

    /// Whether this is an entry: five characters, no paragraph.
    pub const fn is_entry(self) -> bool {
        self.depth() == 0
    }

    /// Paragraph levels below the entry: 0 for an entry, 3 for `3A001.b.2.a`.
    pub const fn depth(self) -> usize {
        let path = self.bits() & ((1 << PATH_BITS) - 1);
        if path == 0 {
            0
        } else {
            MAX_DEPTH - (path.trailing_zeros() / LABEL_BITS) as usize
        }
    }

    const fn shift(level: usize) -> u32 {
        PATH_BITS - LABEL_BITS * (level as u32 + 1)
    }

    /// The labels from the entry down.
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

    /// The paragraph of this item with one more label, or `None` below [`MAX_DEPTH`].
    pub fn child(self, label: Label) -> Option<Code> {
        let depth = self.depth();
        (depth < MAX_DEPTH).then(|| Code(self.0 | (u128::from(label.0) << Code::shift(depth))))
    }

    /// The item one level up, or `None` for an entry.
    pub fn parent(self) -> Option<Code> {
        self.depth()
            .checked_sub(1)
            .map(|depth| self.truncate(depth))
    }

    /// The ancestor at a depth; the code itself where it is no deeper.
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

    /// The ancestors from the parent up to the entry.
    pub fn ancestors(self) -> impl Iterator<Item = Code> {
        std::iter::successors(self.parent(), |code| code.parent())
    }

    /// Whether `other` is this item or stands below it. Syntax only: the two must be codes of one
    /// list for this to mean anything.
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

/// Full-width forms and other full stops to ASCII, everything else as it is.
fn plain(c: char) -> char {
    if matches!(c, '。' | '·') {
        '.'
    } else {
        half_width(c)
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '(' | ')' | '[' | ']' | '-' | '_' | '/') || c.is_whitespace()
}

/// The code that a spreadsheet probably destroyed, where the number betrays it: `2E001` becomes
/// `2.00E+01`.
fn spreadsheet_number(text: &str) -> Option<Option<String>> {
    let upper = text.to_ascii_uppercase();
    let (mantissa, exponent) = upper.split_once("E+")?;
    let value: f64 = mantissa.replace(',', ".").parse().ok()?;
    let exponent: u16 = exponent.parse().ok()?;
    let whole = value.fract() == 0.0 && (1.0..=9.0).contains(&value) && exponent <= 999;
    // Zero times any power is zero: which of 0E001, 0E501 … it was is lost.
    Some(whole.then(|| format!("{value:.0}E{exponent:03}")))
}

impl FromStr for Code {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Code, ParseError> {
        parse(text).map_err(|(column, problem)| problem.of(text, column))
    }
}

/// Reads a code as people write it. The error's column is 0 if the text as a whole is at fault.
fn parse(text: &str) -> Result<Code, (usize, Problem)> {
    // The form that this crate prints is by far the commonest input.
    if let Some(code) = parse_printed(text.as_bytes()) {
        return Ok(code);
    }
    let fail = |column, problem| Err((column, problem));
    // Longer than any code can be written, even with generous separators: do not copy it.
    if text.len() > 4096 {
        return fail(0, Problem::Depth);
    }
    let mut chars: Vec<(usize, char)> = text
        .chars()
        .enumerate()
        .map(|(i, c)| (i + 1, plain(c)))
        .collect();
    while chars
        .last()
        .is_some_and(|&(_, c)| is_separator(c) || c == ',' || c == ';' || c == ':')
    {
        chars.pop();
    }
    let plain: String = chars.iter().map(|&(_, c)| c).collect();
    let trimmed = plain.trim();
    if trimmed.is_empty() {
        return fail(0, Problem::Empty);
    }
    let squeezed: String = trimmed.chars().filter(|c| !is_separator(*c)).collect();
    if squeezed.eq_ignore_ascii_case("EAR99") {
        return fail(0, Problem::Ear99);
    }
    if let Some(probably) = spreadsheet_number(trimmed) {
        return fail(0, Problem::Spreadsheet(probably));
    }
    let mut rest = chars.as_slice();
    while let [(_, c), tail @ ..] = rest
        && c.is_whitespace()
    {
        rest = tail;
    }
    if let [(_, e), (_, c1), (_, c2), (_, n), tail @ ..] = rest
        && [e, c1, c2, n]
            .iter()
            .map(|c| c.to_ascii_uppercase())
            .eq("ECCN".chars())
    {
        rest = tail;
        while let [(_, c), tail @ ..] = rest
            && (is_separator(*c) || *c == ':')
        {
            rest = tail;
        }
    }
    let column =
        |rest: &[(usize, char)]| rest.first().map_or(text.chars().count() + 1, |&(i, _)| i);
    let digit = |rest: &[(usize, char)]| {
        rest.first()
            .and_then(|&(_, c)| c.to_digit(10))
            .map(|d| d as u16)
    };

    let Some(category) = digit(rest).and_then(|d| Category::new(d as u8)) else {
        return fail(column(rest), Problem::Category);
    };
    rest = &rest[1..];
    let Some(group) = rest.first().and_then(|&(_, c)| ProductGroup::new(c)) else {
        return fail(column(rest), Problem::Group);
    };
    rest = &rest[1..];
    let mut number = 0;
    for _ in 0..3 {
        let Some(d) = digit(rest) else {
            return fail(column(rest), Problem::Number);
        };
        number = number * 10 + d;
        rest = &rest[1..];
    }
    let Some(mut code) = Code::from_parts(category, group, number) else {
        return fail(column(rest), Problem::Number);
    };
    if digit(rest).is_some() {
        return fail(column(rest), Problem::Glued(column(rest)));
    }
    loop {
        let before = rest.len();
        while let [(_, c), tail @ ..] = rest
            && is_separator(*c)
        {
            rest = tail;
        }
        let Some(&(at, first)) = rest.first() else {
            return Ok(code);
        };
        // "3A001 3A002", "3A001/3A002": no paragraph is labelled so.
        if rest.len() < before && begins_entry(rest) {
            return fail(at, Problem::Second(at));
        }
        if !first.is_ascii_alphanumeric() {
            return fail(at, Problem::Character(first, at));
        }
        let alphabetic = first.is_ascii_alphabetic();
        let length = rest
            .iter()
            .take_while(|(_, c)| {
                if alphabetic {
                    c.is_ascii_alphabetic()
                } else {
                    c.is_ascii_digit()
                }
            })
            .count();
        let written: String = rest[..length].iter().map(|&(_, c)| c).collect();
        let label = match written.parse() {
            Ok(number) => Label::number(number),
            Err(_) => Label::letters(&written),
        };
        let Some(label) = label else {
            return fail(at, Problem::Label(written, at));
        };
        code = match code.child(label) {
            Some(child) => child,
            None => return fail(at, Problem::Depth),
        };
        rest = &rest[length..];
    }
}

/// Whether five characters are an entry's, as far as anybody writes them.
fn begins_entry(text: &[(usize, char)]) -> bool {
    matches!(text, [(_, digit), (_, group), (_, a), (_, b), (_, c), ..]
        if digit.is_ascii_digit() && ProductGroup::new(*group).is_some() && [a, b, c].iter().all(|c| c.is_ascii_digit()))
}

/// Reads exactly the form that [`Code`] prints; `None` sends the text to the lenient reader.
fn parse_printed(text: &[u8]) -> Option<Code> {
    let [category, group, hundreds, tens, ones, path @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let group = match group {
        b'A' => ProductGroup::A,
        b'B' => ProductGroup::B,
        b'C' => ProductGroup::C,
        b'D' => ProductGroup::D,
        b'E' => ProductGroup::E,
        _ => return None,
    };
    let number = digit(hundreds)? * 100 + digit(tens)? * 10 + digit(ones)?;
    let head = Code::from_parts(Category::new(digit(category)? as u8)?, group, number)?;
    if path.is_empty() {
        return Some(head);
    }
    let mut bits = head.bits();
    for (level, label) in path
        .strip_prefix(b".")?
        .split(|&byte| byte == b'.')
        .enumerate()
    {
        let value = match label {
            [a] if a.is_ascii_lowercase() => FIRST_LETTER_LABEL + u16::from(a - b'a'),
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => {
                FIRST_LETTER_LABEL + 26 + u16::from(a - b'a') * 26 + u16::from(b - b'a')
            }
            [first, ..] if first.is_ascii_digit() && *first != b'0' && label.len() <= 3 => label
                .iter()
                .try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))?,
            _ => return None,
        };
        if level == MAX_DEPTH {
            return None;
        }
        bits |= u128::from(value) << Code::shift(level);
    }
    std::num::NonZeroU128::new(bits).map(Code)
}

crate::text::serde_as_text!(Code);
