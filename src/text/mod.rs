//! Tools that every reader of text needs: characters, words and fingerprints.

pub(crate) mod chars;
pub(crate) mod fingerprint;
pub(crate) mod fnv;
pub(crate) mod named;
pub(crate) mod parse_error;
pub(crate) mod steps;
pub(crate) mod words;

/// Shortens a text for a message, so that an error stays readable however long or odd its input is.
pub(crate) fn short(text: &str) -> String {
    const WIDTH: usize = 60;
    let mut width = 0;
    let shown: String = text
        .chars()
        .take_while(|c| {
            width += c.escape_debug().len();
            width <= WIDTH
        })
        .collect();
    if shown.len() < text.len() {
        shown + "…"
    } else {
        shown
    }
}

/// Writes a number with a comma before each third digit, as a reader expects it.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

/// Joins values with `;`, which separates several values in one cell of this crate's files.
pub(crate) fn join<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values
        .into_iter()
        .map(|value| value.to_string())
        .collect::<Vec<_>>()
        .join(";")
}

/// Serializes types as their `Display` text and deserializes them with `FromStr`.
macro_rules! serde_as_text {
    ($($name:ident),*) => {$(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
pub(crate) use serde_as_text;
