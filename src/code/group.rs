//! The product groups of a list: the letter of its codes.

use std::fmt;

/// The second character of a code: the kind of thing. Both embedded lists use the same five
/// letters, as does the Wassenaar family at large.
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

    /// Returns the group of a letter in either case, or `None` outside `A..=E`.
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

    /// Returns the letter, `A..=E`.
    pub const fn letter(self) -> char {
        match self {
            ProductGroup::A => 'A',
            ProductGroup::B => 'B',
            ProductGroup::C => 'C',
            ProductGroup::D => 'D',
            ProductGroup::E => 'E',
        }
    }

    /// Returns the group's name in plain English.
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
