//! Recognizes misspelled words: a letter is wrong, lost, doubled or out of place.

/// The maximum number of wrong letters.
const MOST: usize = 2;

/// Returns the offset after the beginning of `text` that is meant as `words`, which are lower-case
/// ASCII. At most two letters differ. The same words in any case are near too.
pub(super) fn near_start(text: &str, words: &str) -> Option<usize> {
    let start = beginning(text, words);
    if lacks(&start, words) {
        return None;
    }
    // Takes the longest of the best matches, so that what follows is not a part of the word.
    let (end, distance) = distances(&start, words)
        .into_iter()
        .enumerate()
        .min_by_key(|(end, distance)| (*distance, std::cmp::Reverse(*end)))?;
    let end = text
        .char_indices()
        .nth(end)
        .map_or(text.len(), |(at, _)| at);
    (distance <= allowed(words)).then_some(end)
}

/// Returns whether the whole of a text is meant as these words.
pub(super) fn near(text: &str, words: &str) -> bool {
    // A text that is much longer or shorter differs by more letters.
    let length = text.chars().take(words.len() + MOST + 1).count();
    if length.abs_diff(words.len()) > MOST {
        return false;
    }
    let start = beginning(text, words);
    if lacks(&start, words) {
        return false;
    }
    let distance = distances(&start, words).pop();
    distance.is_some_and(|distance| distance <= allowed(words))
}

/// Returns whether a text lacks more letters of some words than may be wrong, wherever they are.
fn lacks(text: &[char], words: &str) -> bool {
    let mut letters = [0i16; 128];
    for byte in words.bytes() {
        letters[usize::from(byte & 127)] += 1;
    }
    for c in text.iter().filter(|c| c.is_ascii()) {
        letters[*c as usize & 127] -= 1;
    }
    let lacking: i16 = letters.iter().filter(|count| **count > 0).sum();
    lacking > MOST as i16
}

fn allowed(words: &str) -> usize {
    if words.len() < 6 { 1 } else { MOST }
}

/// Returns the beginning of a text in lower case. A longer beginning cannot be near.
fn beginning(text: &str, words: &str) -> Vec<char> {
    text.chars()
        .map(|c| c.to_ascii_lowercase())
        .take(words.len() + MOST)
        .collect()
}

/// Returns the number of letters by which each beginning of `start` differs from `words`, by its
/// length. Numbers above [`MOST`] are not distinguished. Two letters that changed places count as
/// one.
fn distances(start: &[char], words: &str) -> Vec<usize> {
    const FAR: usize = MOST + 1;
    let words: Vec<char> = words.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=start.len()).map(|length| length.min(FAR)).collect();
    for (read, word) in words.iter().enumerate() {
        let mut next = vec![FAR; start.len() + 1];
        next[0] = (read + 1).min(FAR);
        // Outside this band, the lengths alone differ by more.
        let band = read.saturating_sub(MOST)..(read + MOST + 1).min(start.len());
        for (at, c) in start.iter().enumerate().take(band.end).skip(band.start) {
            let mut least = (row[at] + usize::from(word != c))
                .min(row[at + 1] + 1)
                .min(next[at] + 1);
            let swapped = read > 0 && at > 0 && start[at - 1] == *word && words[read - 1] == *c;
            if let Some(both) = before.get(at.wrapping_sub(1)).filter(|_| swapped) {
                least = least.min(both + 1);
            }
            next[at + 1] = least.min(FAR);
        }
        let far = |row: &[usize]| row.iter().all(|distance| *distance == FAR);
        if far(&next) && far(&row) {
            return next;
        }
        before = std::mem::replace(&mut row, next);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::{near, near_start};

    #[test]
    fn a_letter_or_two() {
        for text in ["Items", "Itmes", "Item", "ltems", "Itemss", "Itens", "tems"] {
            assert!(near(text, "items"), "{text}");
        }
        for text in ["It", "Note", "Steam", "Terms", "Items of", ""] {
            assert!(!near(text, "items"), "{text}");
        }
        let title = "list based license exceptions";
        assert_eq!(
            near_start("Lxst Based License Exceptions (See", title),
            Some(29)
        );
        let title = "list of items controlled";
        assert_eq!(near_start("Liist of Items Controlled", title), Some(25));
        assert_eq!(near_start("List of Itms Controlled (x", title), Some(23));
        for text in ["Related Controls", "é", ""] {
            assert_eq!(near_start(text, title), None, "{text}");
        }
    }
}
