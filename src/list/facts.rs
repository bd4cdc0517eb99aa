//! Holds the facts that many items do not have, apart from the item.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode, Species};
use crate::measure::MeasureId;
use crate::packed::{Packed, Reader, Source, Writer};
use crate::quantity::Quantity;

use super::condition::Condition;
use super::item::Reason;
use super::note::ScopeNote;
use super::particulars::Particulars;
use super::stated::Stated;

/// The facts of an item that most items have only some of. The methods of [`Item`](super::Item) say
/// what each means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemFacts {
    pub(crate) through: Option<Code>,
    pub(crate) title_local: Option<String>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) refers_to: Vec<Code>,
    pub(crate) cas: Vec<CasNumber>,
    pub(crate) elements: Stated<Element>,
    pub(crate) species: Vec<Species>,
    pub(crate) hs: Vec<HsCode>,
    pub(crate) quantities: Stated<Quantity>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) notes: Vec<ScopeNote>,
    pub(crate) measure: Option<MeasureId>,
    pub(crate) source: Option<String>,
    pub(crate) particulars: Option<Box<Particulars>>,
}

impl ItemFacts {
    const fn nothing() -> ItemFacts {
        ItemFacts {
            through: None,
            title_local: None,
            reasons: Vec::new(),
            refers_to: Vec::new(),
            cas: Vec::new(),
            elements: Stated::nothing(),
            species: Vec::new(),
            hs: Vec::new(),
            quantities: Stated::nothing(),
            conditions: Vec::new(),
            notes: Vec::new(),
            measure: None,
            source: None,
            particulars: None,
        }
    }
}

static NOTHING: ItemFacts = ItemFacts::nothing();

/// Packs the fields that differ from nothing, after a number whose bits say which these are. The
/// fields come in the order of this list: first those that questions about a whole list look at.
macro_rules! packed_fields {
    ($($bit:literal $field:ident),* $(,)?) => {
        impl Packed for ItemFacts {
            fn read(from: &mut Reader) -> Option<ItemFacts> {
                let filled: u16 = from.value()?;
                let mut recorded = ItemFacts::nothing();
                $(
                    if filled & 1 << $bit != 0 {
                        recorded.$field = from.value()?;
                    }
                )*
                Some(recorded)
            }

            fn write(&self, to: &mut Writer) {
                let ItemFacts { $($field),* } = self;
                let mut filled = 0u16;
                $(filled |= u16::from(*$field != NOTHING.$field) << $bit;)*
                to.value(&filled);
                $(
                    if filled & 1 << $bit != 0 {
                        to.value($field);
                    }
                )*
            }
        }
    };
}
packed_fields!(
    11 measure, 13 particulars,
    0 through, 1 title_local, 2 reasons, 3 refers_to, 4 cas, 5 elements, 6 species, 7 hs,
    8 quantities, 9 conditions, 10 notes, 12 source,
);

/// The bits of the two fields that come first.
const MEASURE: u16 = 11;
const PARTICULARS: u16 = 13;

/// The facts of one item: made when they are first asked for, or none.
///
/// An item of an embedded list knows where its facts are. Most programs ask for those of few items.
#[derive(Default)]
pub(crate) struct Facts {
    made: OnceLock<Box<ItemFacts>>,
    packed: Option<&'static Source>,
    /// The place of the facts in their section.
    at: u32,
}

/// The section of a packed list that has the facts of its items.
const FACTS: usize = 1;

impl Facts {
    /// The facts at a place of a packed list.
    pub(crate) fn packed(source: &'static Source, at: u32) -> Facts {
        Facts {
            made: OnceLock::new(),
            packed: Some(source),
            at,
        }
    }

    /// Returns whether no fact is recorded.
    pub(crate) fn is_empty(&self) -> bool {
        **self == NOTHING
    }

    /// Returns a reader of facts that are not made yet, and which of them are recorded. A question
    /// about every item of a list reads the first ones, and makes none.
    fn unread(&self) -> Option<(u16, Reader)> {
        let source = self.packed.filter(|_| self.made.get().is_none())?;
        let mut facts = source.section(FACTS)?;
        facts.skip(self.at as usize)?;
        Some((facts.value()?, facts))
    }

    /// Looks at the measure.
    pub(crate) fn with_measure<T>(&self, look: impl FnOnce(Option<&MeasureId>) -> T) -> T {
        match self.unread() {
            Some((filled, mut facts)) if filled & 1 << MEASURE != 0 => {
                let measure: Option<Option<MeasureId>> = facts.value();
                look(measure.flatten().as_ref())
            }
            Some(_) => look(None),
            None => look(self.measure.as_ref()),
        }
    }

    /// Looks at the particulars.
    pub(crate) fn with_particulars<T>(&self, look: impl FnOnce(Option<&Particulars>) -> T) -> T {
        let read = |(filled, mut facts): (u16, Reader)| {
            if filled & 1 << MEASURE != 0 {
                facts.value::<Option<MeasureId>>()?;
            }
            facts.value::<Option<Particulars>>()?
        };
        match self.unread() {
            Some(unread) if unread.0 & 1 << PARTICULARS != 0 => look(read(unread).as_ref()),
            Some(_) => look(None),
            None => look(self.particulars.as_deref()),
        }
    }

    /// Returns whether the facts are known to have no particulars.
    pub(crate) fn lack_particulars(&self) -> bool {
        let unread = self.unread();
        unread.is_some_and(|(filled, _)| filled & 1 << PARTICULARS == 0)
    }

    fn unpacked(&self, source: &'static Source) -> Box<ItemFacts> {
        let read = || {
            let mut facts = source.section(FACTS)?;
            facts.skip(self.at as usize)?;
            facts.value()
        };
        read().expect("the tests read the facts of every embedded item")
    }
}

impl Deref for Facts {
    type Target = ItemFacts;

    fn deref(&self) -> &ItemFacts {
        match (self.made.get(), self.packed) {
            (Some(made), _) => made,
            (None, None) => &NOTHING,
            (None, Some(source)) => self.made.get_or_init(|| self.unpacked(source)),
        }
    }
}

impl DerefMut for Facts {
    fn deref_mut(&mut self) -> &mut ItemFacts {
        let made = match (self.made.take(), self.packed) {
            (Some(made), _) => made,
            (None, None) => Box::new(ItemFacts::nothing()),
            (None, Some(source)) => self.unpacked(source),
        };
        self.made = OnceLock::from(made);
        self.made.get_mut().expect("it was made just now")
    }
}

impl Clone for Facts {
    fn clone(&self) -> Facts {
        Facts {
            // A clone of what is not yet made is made when it is asked for.
            made: self.made.clone(),
            packed: self.packed,
            at: self.at,
        }
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Facts) -> bool {
        **self == **other
    }
}
