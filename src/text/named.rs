//! Tables that give each value of a type its word in files.

/// Returns the word of a value, empty if the table lacks it.
pub(crate) fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    let found = names.iter().find(|(known, _)| known == value);
    found.map_or("", |(_, name)| name)
}

/// Returns the value of a word, or `None` if the table lacks it.
pub(crate) fn named<T: Copy>(names: &[(T, &'static str)], word: &str) -> Option<T> {
    let found = names.iter().find(|(_, name)| *name == word);
    found.map(|(value, _)| *value)
}
