//! The seeds of a target: committed ones, parts of the embedded data, and parts of the official
//! publications if they are at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::mutation::{Pool, words};

/// A seed is at most so long, so that a case is read in microseconds.
const LONGEST: usize = 4096;

/// Targets that read one line of text: each line of their files is a seed.
const OF_LINES: [&str; 5] = ["code", "answers", "keys", "quantities", "small"];

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder by name; none if it is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = found
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Seeds and words of a target.
///
/// # Errors
/// Returns an error if the target has no committed seed.
pub fn pool(target: &str) -> Result<Pool, String> {
    let mut seeds = Vec::new();
    for kind in ["seeds", "cases"] {
        for file in files(&folder().join(kind).join(target)) {
            let bytes =
                std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            add(&mut seeds, target, &bytes);
        }
    }
    if target == "json" {
        seeds.extend(serialized());
    }
    if seeds.is_empty() {
        return Err(format!(
            "found no file in seeds/{target}, expected the target's seeds"
        ));
    }
    // The committed seeds are drawn as often as all others together.
    let own = seeds.clone();
    let data = folder().join("../data");
    for (of, name) in [
        ("list", "us-ccl.csv"),
        ("list", "cn-dual-use.csv"),
        ("license_requirements", "us-ccl-license-requirements.csv"),
        ("measures", "us-ccl-measures.csv"),
        ("measures", "cn-measures.csv"),
        ("rules", "content-rules.csv"),
        ("rules", "license-rules.csv"),
        ("history", "us-ccl-history.csv"),
        ("crosswalk", "us-ccl--cn-dual-use.sssom.tsv"),
    ] {
        if of == target {
            seeds.extend(parts(&text(&data.join(name)), 40));
        }
    }
    if let Some(sources) = std::env::var_os("EXPORT_CONTROL_SOURCES") {
        official(target, Path::new(&sources), &mut seeds);
    }
    seeds.retain(|seed| seed.len() <= LONGEST * 2);
    let more = seeds
        .len()
        .checked_div(own.len())
        .unwrap_or(0)
        .saturating_sub(1);
    for _ in 0..more {
        seeds.extend(own.iter().cloned());
    }
    Ok(Pool {
        words: dictionary(&seeds),
        seeds,
    })
}

fn add(seeds: &mut Vec<Vec<u8>>, target: &str, bytes: &[u8]) {
    if OF_LINES.contains(&target) {
        seeds.extend(
            bytes
                .split(|byte| *byte == b'\n')
                .filter(|line| !line.is_empty())
                .map(<[u8]>::to_vec),
        );
    } else {
        seeds.push(bytes.to_vec());
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The seeds of the file forms, as JSON.
fn serialized() -> Vec<Vec<u8>> {
    use export_control::list::license::LicenseRequirement;
    use export_control::{ControlList, Crosswalk, Measure};
    let read = |target: &str| {
        let files = files(&folder().join("seeds").join(target));
        files
            .into_iter()
            .flat_map(std::fs::read)
            .collect::<Vec<Vec<u8>>>()
    };
    fn all<T: serde::Serialize, E>(
        files: &[Vec<u8>],
        parse: impl Fn(&[u8]) -> Result<T, E>,
    ) -> Vec<Vec<u8>> {
        let values = files.iter().filter_map(|bytes| parse(bytes).ok());
        values
            .filter_map(|value| serde_json::to_vec(&value).ok())
            .collect()
    }
    [
        all(&read("list"), |bytes| ControlList::from_csv(bytes)),
        all(&read("crosswalk"), |bytes| Crosswalk::from_sssom(bytes)),
        all(&read("measures"), |bytes| Measure::from_csv(bytes)),
        all(&read("license_requirements"), |bytes| {
            LicenseRequirement::from_csv(bytes)
        }),
    ]
    .concat()
}

/// So many parts of a table, each with its header and some rows from an entry's on.
fn parts(table: &str, most: usize) -> Vec<Vec<u8>> {
    let preamble: usize = table
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('#'))
        .map(str::len)
        .sum();
    let header = preamble + table[preamble..].find('\n').map_or(0, |at| at + 1);
    let rows: Vec<&str> = table[header..].split_inclusive('\n').collect();
    let begins = |row: &str| {
        !row.split(['\t', ','])
            .next()
            .is_some_and(|code| code.contains('.'))
    };
    let step = (rows.len() / most).max(1);
    let part = |start: usize| {
        let start = (start..rows.len())
            .find(|at| begins(rows[*at]))
            .unwrap_or(start);
        let mut part = table[..header].to_owned();
        for row in &rows[start..] {
            if part.len() + row.len() > header + 1500 {
                break;
            }
            part.push_str(row);
        }
        part.into_bytes()
    };
    (0..rows.len()).step_by(step).map(part).collect()
}

/// Every so-manyth of some things, so that so many are left.
fn some<T>(things: Vec<T>, most: usize) -> impl Iterator<Item = T> {
    let step = things.len().div_ceil(most).max(1);
    things.into_iter().step_by(step)
}

/// Parts of the official publications.
fn official(target: &str, sources: &Path, seeds: &mut Vec<Vec<u8>>) {
    let notices = || {
        let folders = ["cn/notices", "cn/announcements-2025-10"].map(|name| sources.join(name));
        let files = folders.iter().flat_map(|folder| files(folder));
        let chinese = files.filter(|file| file.extension().is_some_and(|end| end == "txt"));
        chinese.map(|file| text(&file)).collect::<Vec<String>>()
    };
    let xml = || text(&sources.join("us/ecfr-title15-part774-supp1.xml"));
    let figures = |text: &str| -> Vec<Vec<u8>> {
        let lines = text
            .lines()
            .filter(|line| line.len() < 600 && line.contains(|c: char| c.is_ascii_digit()));
        some(lines.collect(), 600)
            .map(|line| line.as_bytes().to_vec())
            .collect()
    };
    match target {
        "quantities" | "keys" => {
            seeds.extend(figures(&text(
                &sources.join("us/ecfr-print-2025-09-29.txt"),
            )));
            seeds.extend(figures(&notices().concat()));
            seeds.extend(figures(&text(&sources.join("cn/catalogue-2026-text.tsv"))));
        }
        "notice" => seeds.extend(
            notices()
                .into_iter()
                .filter(|text| text.len() <= LONGEST * 2)
                .map(String::into_bytes),
        ),
        "catalogue" => seeds.extend(parts(
            &text(&sources.join("cn/catalogue-2026-text.tsv")),
            40,
        )),
        "ecfr" | "laws" | "align" => {
            let entries = entries(&xml());
            let both = |entry: &Vec<u8>| {
                if target == "ecfr" {
                    return entry.clone();
                }
                [entry.as_slice(), b"\n=====\n", entry].concat()
            };
            seeds.extend(some(entries.iter().map(both).collect(), 150));
        }
        _ => {}
    }
}

/// The entries of the official XML that are short enough, each a document of its own.
fn entries(xml: &str) -> Vec<Vec<u8>> {
    const START: &str = "<FP-2>";
    let starts: Vec<usize> = xml.match_indices(START).map(|(at, _)| at).collect();
    let document = |pair: &[usize]| {
        let entry = xml.get(pair[0]..pair[1])?;
        let whole = format!("<DIV9 N=\"Supplement No. 1 to Part 774\">{entry}</DIV9>\n");
        (whole.len() <= LONGEST).then_some(whole.into_bytes())
    };
    starts.windows(2).filter_map(document).collect()
}

/// Words of the seeds, and those of `words.txt`.
fn dictionary(seeds: &[Vec<u8>]) -> Vec<Vec<u8>> {
    const MOST: usize = 4000;
    let mut all = BTreeSet::new();
    for seed in seeds {
        for word in words(seed) {
            if word.len() <= 24 && all.len() < MOST {
                all.insert(seed[word].to_vec());
            }
        }
    }
    let named: Vec<Vec<u8>> = text(&folder().join("words.txt"))
        .lines()
        .map(|line| line.as_bytes().to_vec())
        .collect();
    // As many named ones as others.
    let times = all.len().checked_div(named.len()).unwrap_or(0).max(1);
    let mut words: Vec<Vec<u8>> = all.into_iter().collect();
    for _ in 0..times {
        words.extend(named.iter().cloned());
    }
    words
}
