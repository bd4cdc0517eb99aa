//! The packed form of the embedded data, made from the files of `data/` that people read.

use std::error::Error;
use std::path::Path;

use export_control::list::amendment::{Amendment, Verified};
use export_control::list::license::LicenseRequirement;
use export_control::{ControlList, Crosswalk, History, Measure, pack};

/// The files of one list in `data/`.
struct ListFiles {
    id: &'static str,
    measures: Option<&'static str>,
    license_requirements: Option<&'static str>,
    amendments: Option<&'static str>,
    verified: Option<&'static str>,
}

/// The lists whose items are in `data/ID.csv`, each with its other files.
const LISTS: [ListFiles; 3] = [
    ListFiles {
        id: "us-ccl",
        measures: None,
        license_requirements: Some("us-ccl-license-requirements.csv"),
        amendments: Some("us-ccl-amendments.csv"),
        verified: Some("us-ccl-verified.csv"),
    },
    ListFiles {
        id: "cn-dual-use",
        measures: Some("cn-measures.csv"),
        license_requirements: None,
        amendments: None,
        verified: None,
    },
    ListFiles {
        id: "eu-annex-i",
        measures: None,
        license_requirements: None,
        amendments: None,
        verified: None,
    },
];

/// The crosswalks in `data/NAME.sssom.tsv`.
const CROSSWALKS: [&str; 3] = [
    "us-ccl--cn-dual-use",
    "us-ccl--eu-annex-i",
    "eu-annex-i--cn-dual-use",
];

/// A history in `data/NAME.csv`.
struct HistoryFiles {
    name: &'static str,
    measures: &'static str,
    /// The list that its titles are from.
    list: &'static str,
}

/// The histories.
const HISTORIES: [HistoryFiles; 1] = [HistoryFiles {
    name: "us-ccl-history",
    measures: "us-ccl-measures.csv",
    list: "us-ccl",
}];

/// A data set in both forms: as its files say it, and packed.
pub struct Both {
    /// The name of the packed files, without their endings.
    pub name: &'static str,
    /// The data set as the files of `data/` have it.
    pub read: Data,
    /// The numbers and the texts.
    pub packed: pack::Files,
}

/// A data set.
#[derive(Debug, PartialEq)]
pub enum Data {
    /// A list with all that belongs to it.
    List(Box<ControlList>),
    /// A crosswalk.
    Crosswalk(Box<Crosswalk>),
    /// A history, and the list that its titles are from.
    History(Box<History>, Box<ControlList>),
}

impl Data {
    /// Returns the packed files.
    pub fn packed(&self) -> pack::Files {
        match self {
            Data::List(list) => pack::list(list),
            Data::Crosswalk(crosswalk) => pack::crosswalk(crosswalk),
            Data::History(history, _) => pack::history(history),
        }
    }

    /// Returns a data set of the same kind from packed files, or `None` if they have another form.
    pub fn unpacked(&self, (numbers, texts): &pack::Files) -> Option<Data> {
        // The library borrows embedded texts for ever.
        let numbers = Vec::leak(numbers.clone());
        let source = Box::leak(Box::new(pack::Source::new(
            numbers,
            String::leak(texts.clone()),
        )));
        Some(match self {
            Data::List(_) => Data::List(Box::new(pack::unpack_list(source)?)),
            Data::Crosswalk(_) => Data::Crosswalk(Box::new(pack::unpack_crosswalk(source)?)),
            Data::History(_, list) => {
                let history = pack::unpack_history(source)?.with_titles(list);
                Data::History(Box::new(history), list.clone())
            }
        })
    }
}

/// Returns every embedded data set, read from `data/` and packed.
///
/// # Errors
/// Returns an error if a file is missing or cannot be read.
pub fn data_sets(data: &Path) -> Result<Vec<Both>, Box<dyn Error>> {
    let mut sets = Vec::new();
    for files in &LISTS {
        sets.push((files.id, Data::List(Box::new(files.read(data)?))));
    }
    for name in CROSSWALKS {
        let crosswalk = Crosswalk::from_sssom(open(data, &format!("{name}.sssom.tsv"))?)?;
        sets.push((name, Data::Crosswalk(Box::new(crosswalk))));
    }
    for files in &HISTORIES {
        let measures = Measure::from_csv(open(data, files.measures)?)?;
        let history = History::from_csv(open(data, &format!("{}.csv", files.name))?, measures)?;
        let list = ControlList::from_csv(open(data, &format!("{}.csv", files.list))?)?;
        sets.push((
            files.name,
            Data::History(Box::new(history.with_titles(&list)), Box::new(list)),
        ));
    }
    let both = sets.into_iter().map(|(name, read)| Both {
        name,
        packed: read.packed(),
        read,
    });
    Ok(both.collect())
}

/// Writes the packed files that differ, and returns how many these are.
///
/// # Errors
/// Returns an error if a file cannot be read or written.
pub fn write(data: &Path) -> Result<usize, Box<dyn Error>> {
    let folder = data.join("packed");
    std::fs::create_dir_all(&folder)?;
    let mut written = 0;
    for Both { name, packed, .. } in data_sets(data)? {
        let (numbers, texts) = packed;
        for (ending, bytes) in [("bin", numbers), ("txt", texts.into_bytes())] {
            let path = folder.join(format!("{name}.{ending}"));
            if std::fs::read(&path).ok().as_ref() != Some(&bytes) {
                std::fs::write(&path, bytes)?;
                written += 1;
            }
        }
    }
    Ok(written)
}

impl ListFiles {
    fn read(&self, data: &Path) -> Result<ControlList, Box<dyn Error>> {
        let mut list = ControlList::from_csv(open(data, &format!("{}.csv", self.id))?)?;
        if let Some(file) = self.measures {
            list = list.with_measures(Measure::from_csv(open(data, file)?)?)?;
        }
        if let Some(file) = self.license_requirements {
            let rows = LicenseRequirement::from_csv(open(data, file)?)?;
            list = list.with_license_requirements(rows)?;
        }
        if let (Some(amendments), Some(verified)) = (self.amendments, self.verified) {
            let amendments = Amendment::from_csv(open(data, amendments)?)?;
            let verified = Verified::from_csv(open(data, verified)?)?;
            list = list.with_amendments(amendments, verified)?;
        }
        Ok(list)
    }
}

fn open(data: &Path, name: &str) -> Result<std::fs::File, Box<dyn Error>> {
    let path = data.join(name);
    std::fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}
