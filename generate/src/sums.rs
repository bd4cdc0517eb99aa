//! The sha256 of every input.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The inputs, relative to the folder of publications.
pub(crate) const INPUTS: [&str; 7] = [
    "cn/known-codes.csv",
    "cn/licence-catalogue-2026.csv",
    "us/ecfr-print-2025-09-29.txt",
    "us/ecfr-title15-part774-supp1.xml",
    "us/history/federal-register-documents.json",
    "us/history/intervals.jsonl.gz",
    "us/history/versions.json",
];

/// A line for each input in the form that `sha256sum --check` reads.
pub(crate) fn of(sources: &Path) -> Result<String, Box<dyn Error>> {
    let mut lines = String::new();
    for input in INPUTS {
        let path = sources.join(input);
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for byte in Sha256::digest(&bytes) {
            write!(lines, "{byte:02x}")?;
        }
        writeln!(lines, "  {input}")?;
    }
    Ok(lines)
}
