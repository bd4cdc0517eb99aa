//! The packed forms of numbers, texts and collections.

use std::borrow::Cow;
use std::hash::Hash;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{Packed, Reader, Writer};

macro_rules! packed_numbers {
    ($($name:ty),*) => {$(
        impl Packed for $name {
            #[inline]
            fn read(from: &mut Reader) -> Option<$name> {
                <$name>::try_from(from.number()?).ok()
            }

            fn write(&self, to: &mut Writer) {
                to.number(*self as u64);
            }
        }
    )*};
}
packed_numbers!(u16, u32, u64, usize);

impl Packed for u8 {
    #[inline]
    fn read(from: &mut Reader) -> Option<u8> {
        from.byte()
    }

    fn write(&self, to: &mut Writer) {
        to.byte(*self);
    }
}

impl Packed for i8 {
    #[inline]
    fn read(from: &mut Reader) -> Option<i8> {
        from.byte().map(u8::cast_signed)
    }

    fn write(&self, to: &mut Writer) {
        to.byte(self.cast_unsigned());
    }
}

/// The sign is the lowest bit, so that small numbers stay short.
impl Packed for i64 {
    #[inline]
    fn read(from: &mut Reader) -> Option<i64> {
        let number = from.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn write(&self, to: &mut Writer) {
        to.number(((self << 1) ^ (self >> 63)).cast_unsigned());
    }
}

impl Packed for u128 {
    #[inline]
    fn read(from: &mut Reader) -> Option<u128> {
        from.array().map(u128::from_le_bytes)
    }

    fn write(&self, to: &mut Writer) {
        to.bytes.extend(self.to_le_bytes());
    }
}

impl Packed for f64 {
    #[inline]
    fn read(from: &mut Reader) -> Option<f64> {
        from.array().map(f64::from_le_bytes)
    }

    fn write(&self, to: &mut Writer) {
        to.bytes.extend(self.to_le_bytes());
    }
}

impl Packed for bool {
    #[inline]
    fn read(from: &mut Reader) -> Option<bool> {
        from.byte().map(|byte| byte != 0)
    }

    fn write(&self, to: &mut Writer) {
        to.byte(u8::from(*self));
    }
}

impl Packed for String {
    #[inline]
    fn read(from: &mut Reader) -> Option<String> {
        from.text().map(str::to_owned)
    }

    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl Packed for Box<str> {
    #[inline]
    fn read(from: &mut Reader) -> Option<Box<str>> {
        from.text().map(Into::into)
    }

    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl Packed for Cow<'static, str> {
    #[inline]
    fn read(from: &mut Reader) -> Option<Cow<'static, str>> {
        from.text().map(Cow::Borrowed)
    }

    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl Packed for Date {
    #[inline]
    fn read(from: &mut Reader) -> Option<Date> {
        let [low, high, month, day] = from.array()?;
        let year = i16::from_le_bytes([low, high]);
        Date::new(year, month.cast_signed(), day.cast_signed()).ok()
    }

    fn write(&self, to: &mut Writer) {
        to.bytes.extend(self.year().to_le_bytes());
        to.value(&self.month());
        to.value(&self.day());
    }
}

impl<T: Packed> Packed for Option<T> {
    #[inline]
    fn read(from: &mut Reader) -> Option<Option<T>> {
        match from.byte()? {
            0 => Some(None),
            _ => T::read(from).map(Some),
        }
    }

    fn write(&self, to: &mut Writer) {
        to.byte(u8::from(self.is_some()));
        if let Some(value) = self {
            value.write(to);
        }
    }
}

impl<T: Packed> Packed for Box<T> {
    #[inline]
    fn read(from: &mut Reader) -> Option<Box<T>> {
        T::read(from).map(Box::new)
    }

    fn write(&self, to: &mut Writer) {
        T::write(self, to);
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn read(from: &mut Reader) -> Option<Vec<T>> {
        let count = from.number()? as usize;
        // Every value takes a byte at least.
        let mut values = Vec::with_capacity(count.min(from.bytes.len()));
        for _ in 0..count {
            values.push(T::read(from)?);
        }
        Some(values)
    }

    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u64);
        for value in self {
            value.write(to);
        }
    }
}

impl<T: Packed, U: Packed> Packed for (T, U) {
    #[inline]
    fn read(from: &mut Reader) -> Option<(T, U)> {
        Some((T::read(from)?, U::read(from)?))
    }

    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }
}

impl<K: Packed + Hash + Eq, V: Packed> Packed for IndexMap<K, V> {
    fn read(from: &mut Reader) -> Option<IndexMap<K, V>> {
        let count = from.number()?;
        (0..count).map(|_| from.value::<(K, V)>()).collect()
    }

    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u64);
        for (key, value) in self {
            key.write(to);
            value.write(to);
        }
    }
}
