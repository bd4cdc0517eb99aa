//! Figures with their units in a text, and which of them another text replaces.

/// The figures, each with the word after it, that only the first text has, and those that only the second has.
pub(super) fn replaced(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let (old, new) = (figures(old), figures(new));
    (without(&old, &new), without(&new, &old))
}

/// What is left of the first when each figure of the second takes away one that is equal.
fn without(figures: &[String], taken: &[String]) -> Vec<String> {
    let mut taken: Vec<&String> = taken.iter().collect();
    let left = figures.iter().filter(|figure| match taken.iter().position(|other| other == figure) {
        Some(at) => {
            taken.swap_remove(at);
            false
        }
        None => true,
    });
    left.cloned().collect()
}

/// The figures of a text in order, each with its unit: `12.7 × 10⁶ m` as it stands, thousands without commas. A figure that is part of a
/// code, a section number or a label is none.
pub(super) fn figures(text: &str) -> Vec<String> {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['(', ')', ';', '“', '”', '"', '\'', '‘', '’', '[', ']'])).collect();
    let mut figures: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = words[at].trim_end_matches([',', '.', ':', ';', ')']);
        at += 1;
        let Some(number) = number(word) else {
            continue;
        };
        // "Part 774", "No. 1", "§ 742.6", "paragraph 2": a number that names, not one that measures.
        let named = at >= 2 && {
            let before = words[at - 2].to_ascii_lowercase();
            ["§", "§§", "part", "parts", "supp.", "no.", "nos.", "section", "paragraph", "note", "cfr", "category", "column", "#"]
                .contains(&before.as_str())
        };
        if named {
            continue;
        }
        let mut figure = number;
        // "× 10⁶" goes with the figure.
        while at < words.len()
            && matches!(words[at], "×" | "x" | "X")
            && at + 1 < words.len()
            && words[at + 1].starts_with(|c: char| c.is_ascii_digit())
        {
            figure = format!("{figure} × {}", words[at + 1].trim_end_matches([',', '.', ';']));
            at += 2;
        }
        let closed = at >= 1 && words[at - 1].ends_with([',', ';']);
        if !closed
            && let Some(unit) = words.get(at).map(|unit| unit.trim_end_matches([',', '.', ';', ':', ')']))
            && unit.starts_with(|c: char| c.is_alphabetic() || matches!(c, '°' | '%' | 'µ' | 'μ' | 'Ω'))
            && !["or", "and", "to", "of", "in", "for", "the", "with", "at", "a", "per", "through", "by"].contains(&unit)
        {
            figure = format!("{figure} {unit}");
        }
        figures.push(figure);
    }
    figures
}

/// A word that is a figure, with the unit that is glued to it: `5`, `1,000`, `−40`, `0.5%`, `10⁶`, `50nm`.
fn number(word: &str) -> Option<String> {
    let body = word.trim_start_matches(['<', '>', '≤', '≥', '±', '=', '$', '~']);
    let digits = body.trim_start_matches(['−', '-', '+']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let tail = digits.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻'));
    // "3A001", "742.6(a)", "302-01-2": no measure. A glued unit has letters only.
    let unit = tail.chars().all(|c| c.is_alphabetic() || matches!(c, '%' | '°' | '/' | '²' | '³'));
    let code = digits.len() - tail.len() == 1 && tail.len() >= 4;
    (unit && !code).then(|| word.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::{figures, replaced};

    #[test]
    fn figures_with_units() {
        for (text, expected) in [
            ("Output power exceeding 5 kW; and", vec!["5 kW"]),
            ("“Specific modulus” exceeding 12.7 × 10⁶ m;", vec!["12.7 × 10⁶ m"]),
            ("a working pressure of 1,000 kPa or more, see 3A001.b.2 and § 742.6 of part 774", vec!["1000 kPa"]),
            ("rocket fuel (CAS 302-01-2), at least 70%", vec!["70%"]),
            ("below −40 °C", vec!["−40 °C"]),
            ("1C107.a and 2 axes", vec!["2 axes"]),
            ("", vec![]),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
        assert_eq!(replaced("more than 16 nm and 2 axes", "more than 14 nm and 2 axes"), (vec!["16 nm".into()], vec!["14 nm".into()]));
    }
}
