//! The categories of a list: the first character of its codes.

use std::fmt;

use crate::text::parse_error::ParseError;

use super::problem::Problem;

/// The first character of a code, `0..=9`. Each list says what the digit means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "u8", into = "u8"))]
pub struct Category(pub(super) u8);

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

    /// Returns the category of a digit, or `None` above 9.
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

    /// Returns the digit, `0..=9`.
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

crate::packed::packed_newtype!(Category);
