//! What a list file says of its list before its rows: the lines that begin with `#`.

use super::{Edition, ListId, ListInfo};
use crate::code::Category;
use crate::error::Error;
use crate::text::short;

/// The name of a list whose file does not give one.
pub(crate) const UNNAMED: &str = "unnamed";

/// Reads the lines of a list file before its header, without their `#`: what the list is, its
/// edition, and its name if the lines give it.
///
/// # Errors
/// Returns an error with its line if a line says nothing about a list.
pub(crate) fn read(lines: &[&str]) -> Result<(ListInfo, Edition, Option<ListId>), Error> {
    let mut info = ListInfo::new(ListId::new(UNNAMED), "unnamed list");
    let mut edition = Edition::default();
    let mut named = false;
    for (at, line) in lines.iter().enumerate() {
        let field = line.trim();
        read_field(field, &mut info, &mut edition).map_err(|expected| {
            Error::unexpected(format!("{:?}", short(field)), expected).at(at as u64 + 1, 1)
        })?;
        named |= field.starts_with("list:");
    }
    let list = named.then(|| info.id.clone());
    Ok((info, edition, list))
}

fn read_field(field: &str, info: &mut ListInfo, edition: &mut Edition) -> Result<(), &'static str> {
    const EXPECTED: &str = "a line such as `# list: us-ccl`, `# name: …`, `# edition: …`, `# from: DATE`, `# category 3: …`, \
                            `# reason NS: …`, `# third-digit 6: …`, `# source KEY: …` or `# logic: not recorded`";
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
        "logic" if value == "not recorded" => info.logic_recorded = false,
        "logic" => return Err("`# logic: not recorded`, or no such line if the list records it"),
        _ => return Err(EXPECTED),
    }
    Ok(())
}
