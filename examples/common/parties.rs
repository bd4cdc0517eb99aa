//! The lists of parties that a user names: embedded ones, or files.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use export_control::party::{self, PartyList, PartyRule, PartyScope};

/// Says which parties of a list have no entry because their names are not at hand.
pub fn names_missing(list: &PartyList, out: &mut dyn Write) -> std::io::Result<()> {
    let count = list.count(PartyRule::Entries, &PartyScope::default());
    match count.result() {
        Ok(_) => Ok(()),
        Err(why) => writeln!(out, "Not all of {} is here: {why}.", list.id()),
    }
}

/// Returns the embedded list of parties of this name, or reads the file at this path. Where a file
/// has several lists, `FILE#NAME` names one.
///
/// A list from a file lives as long as the program, as an embedded one does.
pub fn parties(name: &str) -> Result<&'static PartyList, Box<dyn Error>> {
    let (path, wanted) = match name.rsplit_once('#') {
        Some((path, list)) if !Path::new(name).is_file() => (path, Some(list)),
        _ => (name, None),
    };
    if Path::new(path).is_dir() {
        return Err(super::lists::folder(path, "the name of a list or a file of parties").into());
    }
    if Path::new(path).extension().is_none() && !Path::new(path).is_file() {
        return Ok(party::list(name)?);
    }
    let mut lists = read(path)?;
    let names: Vec<String> = lists.iter().map(|list| list.id().to_string()).collect();
    let list = match wanted {
        Some(wanted) => {
            let at = names.iter().position(|name| name == wanted);
            at.map(|at| lists.swap_remove(at))
        }
        None if lists.len() == 1 => lists.pop(),
        None => None,
    };
    match list {
        Some(list) => Ok(Box::leak(Box::new(list))),
        None => Err(format!(
            "{path}: name one of its lists, as {path}#{}",
            names.join(", #")
        )
        .into()),
    }
}

fn open(path: &str) -> Result<File, Box<dyn Error>> {
    Ok(File::open(path).map_err(|error| format!("{path}: {error}"))?)
}

/// Reads the lists of a file: this crate's own form, and with the feature `parties` what the
/// publishers offer.
fn read(path: &str) -> Result<Vec<PartyList>, Box<dyn Error>> {
    let own = PartyList::from_csv(open(path)?);
    #[cfg(feature = "parties")]
    if own.is_err() {
        return published(path);
    }
    Ok(vec![own.map_err(|error| error.in_file(path.to_owned()))?])
}

/// Reads what the publishers offer, by the end of the name.
#[cfg(feature = "parties")]
fn published(path: &str) -> Result<Vec<PartyList>, Box<dyn Error>> {
    use export_control::Edition;
    use export_control::source::{part744, screening, sdn};
    use std::io::BufReader;
    let named = |error: export_control::Error| error.in_file(path.to_owned());
    let edition = || Edition::new(path);
    let end = Path::new(path).extension().unwrap_or_default();
    Ok(match end.to_str() {
        Some("xml") => match part744::read(BufReader::new(open(path)?), edition()) {
            Ok(part) => part.lists,
            Err(error) => match sdn::read_xml(BufReader::new(open(path)?), edition()) {
                Ok(reading) => vec![reading.list],
                Err(_) => return Err(named(error).into()),
            },
        },
        Some("json") => {
            screening::read_json(open(path)?, edition())
                .map_err(named)?
                .lists
        }
        _ => match sdn::read_csv(open(path)?, edition()) {
            Ok(reading) => vec![reading.list],
            Err(_) => {
                screening::read_csv(open(path)?, edition())
                    .map_err(named)?
                    .lists
            }
        },
    })
}
