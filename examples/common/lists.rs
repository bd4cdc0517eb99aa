//! The lists and crosswalks that a user names: embedded ones, or files.

use std::borrow::Cow;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use export_control::{ControlList, Crosswalk, Edition, ListId};
use jiff::civil::Date;

/// The edition of a list file that names none.
const UNNAMED_EDITION: &[u8] = b"# edition: edition not named in the file\n";

/// Returns the embedded list of this name, or reads the list file at this path.
///
/// A list from a file lives as long as the program, as an embedded one does.
pub fn list(name: &str) -> Result<&'static ControlList, Box<dyn Error>> {
    let path = Path::new(name);
    if path.is_dir() {
        return Err(folder(name, "the name of a list or a list file").into());
    }
    if path.extension().is_none() && !path.is_file() {
        return Ok(export_control::list(name)?);
    }
    let text = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
    if text.trim_ascii().is_empty() {
        return Err(format!("{name}: found an empty file, expected a list file").into());
    }
    let mut list =
        ControlList::from_csv(text.as_slice()).map_err(|error| error.in_file(name.to_owned()))?;
    if list.edition().label.is_empty() {
        // A file that names no edition says so wherever an edition is printed.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        list = ControlList::from_csv([UNNAMED_EDITION, text].concat().as_slice())?;
    }
    Ok(Box::leak(Box::new(list)))
}

/// The error for a folder where a file is expected.
pub fn folder(name: &str, expected: &str) -> String {
    format!("{name}: found a folder, expected {expected}")
}

/// Returns a list as it reads on a day: with what is known to have changed after its edition.
pub fn list_on(
    list: &'static ControlList,
    on: Option<Date>,
) -> Result<&'static ControlList, Box<dyn Error>> {
    // Of a day before the edition its history answers.
    let covers = |day: Date| list.edition().from.is_none_or(|from| from <= day);
    match on {
        Some(day) if covers(day) && !list.amendments().is_empty() => {
            Ok(Box::leak(Box::new(list.amended(day)?)))
        }
        _ => Ok(list),
    }
}

/// Reads a crosswalk from an SSSOM file, or returns the embedded one between two lists, if any.
/// Its left list is `left`. An embedded one is not copied, unless its sides are turned.
pub fn crosswalk(
    left: &ControlList,
    right: &ControlList,
    file: Option<&Path>,
) -> Result<Option<Cow<'static, Crosswalk>>, Box<dyn Error>> {
    let found = match file {
        None => {
            let embedded = export_control::crosswalk(left.id().as_str(), right.id().as_str());
            embedded.map(Cow::Borrowed)
        }
        Some(path) => {
            let name = path.display().to_string();
            let read = sssom(path)?;
            let ends = [read.left(), read.right()];
            if ends != [left.id(), right.id()] && ends != [right.id(), left.id()] {
                return Err(format!(
                    "{name}: found a crosswalk between {} and {}, expected one between {} and {}",
                    ends[0],
                    ends[1],
                    left.id(),
                    right.id()
                )
                .into());
            }
            Some(Cow::Owned(read))
        }
    };
    let turned = |crosswalk: Cow<'static, Crosswalk>| {
        if crosswalk.left() == left.id() {
            crosswalk
        } else {
            Cow::Owned(crosswalk.into_owned().swapped())
        }
    };
    Ok(found.map(turned))
}

/// Reads an SSSOM file. If it has no description and a file `NAME.sssom.yml` is beside it, that
/// file is the description.
pub fn sssom(path: &Path) -> Result<Crosswalk, Box<dyn Error>> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(folder(&name, "an SSSOM file").into());
    }
    let open =
        |path: &Path| File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut first = [0];
    let described = open(path)?.read(&mut first)? > 0 && first == *b"#";
    let metadata = path.with_extension("yml");
    let read = if !described && metadata.is_file() {
        Crosswalk::from_sssom_with_metadata(open(path)?, open(&metadata)?)
    } else {
        Crosswalk::from_sssom(open(path)?)
    };
    Ok(read.map_err(|error| error.in_file(name))?)
}

/// Returns the crosswalk between two lists as [`crosswalk`] does.
///
/// # Errors
/// Returns an error if there is none.
pub fn needed_crosswalk(
    left: &ControlList,
    right: &ControlList,
    file: Option<&Path>,
) -> Result<Cow<'static, Crosswalk>, Box<dyn Error>> {
    crosswalk(left, right, file)?.ok_or_else(|| {
        format!(
            "no crosswalk is embedded between {} and {}; name a file with --crosswalk",
            left.id(),
            right.id()
        )
        .into()
    })
}

/// The official address of an embedded list, as data/SOURCES.md gives it.
pub fn address(list: &str) -> Option<&'static str> {
    match list {
        "us-ccl" => Some(
            "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-774",
        ),
        "cn-dual-use" => {
            Some("https://exportcontrol.mofcom.gov.cn/article/hgfw/lywxcx/gzqd/202411/1067.html")
        }
        "eu-annex-i" => {
            Some("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:02021R0821-20251115")
        }
        "us-entity-list" => Some(
            "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-744",
        ),
        "cn-control-list" | "cn-unreliable-entities" | "cn-watch-list" => {
            Some("https://exportcontrol.mofcom.gov.cn/")
        }
        _ => None,
    }
}

/// The publication behind a list: its title, the edition and the official address.
pub fn published(id: &ListId, name: &str, edition: &Edition) -> String {
    let address = address(id.as_str()).unwrap_or(super::notices::NO_ADDRESS);
    format!("{name}: {}; {address}", edition.label)
}
