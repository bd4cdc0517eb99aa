//! The packed form of the embedded data: numbers in one file, texts in another.
//!
//! `cargo run -p xtask -- packed` makes both files from those in `data/`. A text is a place in the
//! file of texts, which is borrowed and never copied. Every other value is a short run of bytes.
//! The form is private to a release: the tests compare it with the data that it was made from, and
//! nothing else reads it.

mod forms;

/// The first bytes of a file of numbers: a name and the version of the form.
const HEAD: [u8; 4] = *b"ecp\x01";

/// The most sections that a packed data set has.
const SECTIONS: usize = 8;

/// A packed data set: its numbers and its texts.
#[derive(Debug)]
pub struct Source {
    numbers: &'static [u8],
    texts: &'static str,
}

impl Source {
    /// Returns the data set of two files.
    pub const fn new(numbers: &'static [u8], texts: &'static str) -> Source {
        Source { numbers, texts }
    }

    /// Returns a reader of one section, or `None` if the file has another form.
    pub(crate) fn section(&'static self, number: usize) -> Option<Reader> {
        let (head, rest) = self.numbers.split_at_checked(HEAD.len())?;
        if head != HEAD {
            return None;
        }
        let place = |at: usize| {
            let bytes = rest.get(4 * at..4 * at + 4)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let bytes = rest.get(place(number)?..place(number + 1)?)?;
        Some(Reader {
            texts: self.texts,
            bytes,
        })
    }
}

/// Reads values from a section, in the order in which they were written.
#[derive(Clone)]
pub(crate) struct Reader {
    texts: &'static str,
    bytes: &'static [u8],
}

impl Reader {
    /// Skips a number of bytes.
    pub(crate) fn skip(&mut self, count: usize) -> Option<()> {
        self.bytes = self.bytes.get(count..)?;
        Some(())
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    #[inline]
    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*array)
    }

    /// Reads a number: seven bits a byte, the lowest first.
    #[inline]
    fn number(&mut self) -> Option<u64> {
        // Most numbers take one byte or two.
        match *self.bytes {
            [first, ref rest @ ..] if first < 0x80 => {
                self.bytes = rest;
                Some(first.into())
            }
            [first, second, ref rest @ ..] if second < 0x80 => {
                self.bytes = rest;
                Some(u64::from(first & 0x7f) | u64::from(second) << 7)
            }
            _ => self.long_number(),
        }
    }

    fn long_number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'static str> {
        let start = u32::from_le_bytes(self.array()?) as usize;
        let length = self.number()? as usize;
        self.texts.get(start..start.checked_add(length)?)
    }

    #[inline]
    pub(crate) fn value<T: Packed>(&mut self) -> Option<T> {
        T::read(self)
    }
}

/// A value with a packed form.
pub(crate) trait Packed: Sized {
    /// Reads the value, or returns `None` if the bytes are another's.
    fn read(from: &mut Reader) -> Option<Self>;

    /// Appends the value.
    fn write(&self, to: &mut Writer);
}

/// Writes values into the sections of a data set.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    texts: String,
    places: std::collections::HashMap<String, usize>,
}

impl Writer {
    pub(crate) fn value(&mut self, value: &impl Packed) {
        value.write(self);
    }

    /// Returns how many bytes were written.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Ends a section.
    pub(crate) fn end_section(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Returns both files: the numbers and the texts.
    pub(crate) fn finish(self) -> (Vec<u8>, String) {
        // The place of each section and the end of the last one, counted after the head.
        let table = 4 * (SECTIONS + 1);
        let ends = self
            .ends
            .iter()
            .copied()
            .chain(std::iter::repeat(self.bytes.len()));
        let places = std::iter::once(0).chain(ends).take(SECTIONS + 1);
        let mut numbers = HEAD.to_vec();
        for place in places {
            numbers.extend(((place + table) as u32).to_le_bytes());
        }
        numbers.extend(self.bytes);
        (numbers, self.texts)
    }

    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    /// Writes a text, which is kept once.
    pub(crate) fn text(&mut self, text: &str) {
        let place = match self.places.get(text) {
            Some(place) => *place,
            None => {
                let place = self.texts.len();
                self.texts.push_str(text);
                self.places.insert(text.to_owned(), place);
                place
            }
        };
        self.bytes.extend((place as u32).to_le_bytes());
        self.number(text.len() as u64);
    }
}

/// Packs a struct field by field. A further field fails to compile until it is named.
macro_rules! packed_struct {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl crate::packed::Packed for $name {
            fn read(from: &mut crate::packed::Reader) -> Option<$name> {
                Some($name { $($field: from.value()?),* })
            }

            fn write(&self, to: &mut crate::packed::Writer) {
                let $name { $($field),* } = self;
                $(to.value($field);)*
            }
        }
    };
}
pub(crate) use packed_struct;

/// Packs an enum of plain variants by their numbers.
macro_rules! packed_enum {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl crate::packed::Packed for $name {
            fn read(from: &mut crate::packed::Reader) -> Option<$name> {
                const ALL: &[$name] = &[$($name::$variant),*];
                ALL.get(usize::from(from.value::<u8>()?)).copied()
            }

            fn write(&self, to: &mut crate::packed::Writer) {
                // The compiler checks that every variant is named.
                let number = match self {
                    $($name::$variant => $name::$variant as u8),*
                };
                to.value(&number);
            }
        }
    };
}
pub(crate) use packed_enum;

/// Packs a type around one value.
macro_rules! packed_newtype {
    ($name:ident) => {
        impl crate::packed::Packed for $name {
            fn read(from: &mut crate::packed::Reader) -> Option<$name> {
                from.value().map($name)
            }

            fn write(&self, to: &mut crate::packed::Writer) {
                to.value(&self.0);
            }
        }
    };
}
pub(crate) use packed_newtype;
