//! What a list file says of its list before its rows: the lines that begin with `#`.

use super::{Edition, ListId, ListInfo};
use crate::code::Category;
use crate::error::Error;
use crate::text::short;

/// Reads the lines of a list file before its header, and returns how many they are and what
/// follows them.
///
/// # Errors
/// A line that says nothing of a list, with its number.
pub(crate) fn read(text: &str) -> Result<(ListInfo, Edition, u64, &str), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut info = ListInfo::new(ListId::new("unnamed"), "unnamed list");
    let mut edition = Edition::default();
    let mut rest = text;
    let mut line = 0;
    while let Some(tail) = rest.strip_prefix('#') {
        line += 1;
        let (field, tail) = tail.split_once('\n').unwrap_or((tail, ""));
        rest = tail;
        read_preamble_field(field.trim(), &mut info, &mut edition).map_err(|expected| {
            Error::unexpected(format!("{:?}", short(field.trim())), expected).at(line, 1)
        })?;
    }
    Ok((info, edition, line, rest))
}

fn read_preamble_field(
    field: &str,
    info: &mut ListInfo,
    edition: &mut Edition,
) -> Result<(), &'static str> {
    const EXPECTED: &str = "a line such as `# list: us-ccl`, `# name: …`, `# edition: …`, `# from: DATE`, `# through: DATE`, `# category 3: …`, \
                            `# reason NS: …`, `# third-digit 6: …` or `# source KEY: …`";
    let (key, value) = field.split_once(':').ok_or(EXPECTED)?;
    let value = value.trim();
    let (key, argument) = key.split_once(' ').unwrap_or((key, ""));
    const DATE: &str = "a date such as 2025-09-30";
    match key {
        "list" => info.id = ListId::new(value),
        "name" => value.clone_into(&mut info.name),
        "name-local" => info.name_local = Some(value.to_owned()),
        "edition" => value.clone_into(&mut edition.label),
        "from" => edition.from = Some(value.parse().map_err(|_| DATE)?),
        "through" => edition.through = Some(value.parse().map_err(|_| DATE)?),
        "category" => {
            let category = argument
                .parse()
                .ok()
                .and_then(Category::new)
                .ok_or("a category 0 to 9")?;
            info.categories.insert(category, value.to_owned());
        }
        "reason" => {
            info.reasons.insert(
                argument.parse().map_err(|_| "a reason tag")?,
                value.to_owned(),
            );
        }
        "third-digit" => {
            let digit = argument
                .parse()
                .ok()
                .filter(|digit| *digit < 10)
                .ok_or("a digit 0 to 9")?;
            info.third_digits.insert(digit, value.to_owned());
        }
        "source" => {
            info.sources.insert(argument.to_owned(), value.to_owned());
        }
        _ => return Err(EXPECTED),
    }
    Ok(())
}
