//! The sha256 sum of every input.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The inputs, relative to the folder of publications. A name that ends in `_` is the beginning of
/// a file's name.
pub(crate) const INPUTS: [&str; 28] = [
    "cn/announcements-2025-10/announcement_2025_55.md",
    "cn/announcements-2025-10/announcement_2025_56.md",
    "cn/catalogue-2026-notes.tsv",
    "cn/catalogue-2026-text.tsv",
    "cn/known-codes.csv",
    "cn/licence-catalogue-2026.csv",
    "cn/notices/2025-02-04_05_",
    "cn/notices/2025-10-09_56_",
    "cn/notices/2025-10-13_52_",
    "cn/notices/2025-10-13_53_",
    "cn/notices/2025-10-09_54_",
    "cn/notices/2026-02-24_47_",
    "cn/notices/2026-02-24_48_",
    "cn/notices/2026-06-22_46_",
    "cn/notices/2026-07-03_43_",
    "cn/notices/2026-07-03_44_",
    "eu/annex-i-2025-11-15.json",
    "parties/cn/notices.csv",
    "parties/us/part744-ecfr-fetched-2026-07-23.xml",
    "parties/us/screening-list-2026-07-31-counts.json",
    "us/after-2026-06-24/changes.tsv",
    "us/after-2026-06-24/coverage.tsv",
    "us/after-2026-06-24/not-covered-1345.tsv",
    "us/ecfr-print-2025-09-29.txt",
    "us/ecfr-title15-part774-supp1.xml",
    "us/history/federal-register-documents.json",
    "us/history/intervals.jsonl.gz",
    "us/history/versions.json",
];

/// The beginnings of the names of notices that list parties.
pub(crate) const PARTY_NOTICES: [&str; 6] = [
    "cn/notices/2025-10-09_54_",
    "cn/notices/2026-02-24_47_",
    "cn/notices/2026-02-24_48_",
    "cn/notices/2026-06-22_46_",
    "cn/notices/2026-07-03_43_",
    "cn/notices/2026-07-03_44_",
];

/// Returns the announcements that list items, among the inputs.
pub(crate) fn notices() -> impl Iterator<Item = &'static str> {
    let announcements = INPUTS
        .into_iter()
        .filter(|input| input.contains("/notices/") || input.contains("/announcements-"));
    announcements.filter(|input| !PARTY_NOTICES.contains(input))
}

/// Returns the whole name of an input.
pub(crate) fn name(sources: &Path, input: &str) -> Result<String, Box<dyn Error>> {
    let Some((folder, beginning)) = input
        .rsplit_once('/')
        .filter(|(_, name)| name.ends_with('_'))
    else {
        return Ok(input.to_owned());
    };
    let place = |error: std::io::Error| format!("{}: {error}", sources.join(folder).display());
    for entry in std::fs::read_dir(sources.join(folder)).map_err(place)? {
        let name = entry.map_err(place)?.file_name();
        if name
            .to_str()
            .is_some_and(|name| name.starts_with(beginning))
        {
            return Ok(format!("{folder}/{}", name.to_string_lossy()));
        }
    }
    Err(format!(
        "{}: no file begins with {beginning}",
        sources.join(folder).display()
    )
    .into())
}

/// Returns a line for each input in the form that `sha256sum --check` reads.
pub(crate) fn of(sources: &Path) -> Result<String, Box<dyn Error>> {
    let mut lines = String::new();
    for input in INPUTS {
        let input = &name(sources, input)?;
        let path = sources.join(input);
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for byte in Sha256::digest(&bytes) {
            write!(lines, "{byte:02x}")?;
        }
        writeln!(lines, "  {input}")?;
    }
    Ok(lines)
}
