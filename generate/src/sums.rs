//! The sha256 of every input.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The inputs, relative to the folder of publications.
pub(crate) const INPUTS: [&str; 9] = [
    "cn/announcements-2025-10/announcement_2025_55.md",
    "cn/announcements-2025-10/announcement_2025_56.md",
    "cn/known-codes.csv",
    "cn/licence-catalogue-2026.csv",
    "cn/notices/2025-02-04_05_商务部_海关总署公告2025年第10号_公布对钨_碲_铋_钼_铟相关物项_实施出口管制的决定.txt",
    "cn/notices/2025-10-09_56_商务部公告2025第62号_公布对稀土相关技术实施出口管制的决定.txt",
    "cn/notices/2025-10-13_52_商务部_海关总署公告2025年第58号_公布对锂电池和人造石墨负极材料相关物项实施出口管制的决定.txt",
    "cn/notices/2025-10-13_53_商务部_海关总署公告2025年第57号_公布对部分中重稀土相关物项实施出口管制的决定.txt",
    "us/ecfr-title15-part774-supp1.xml",
];

/// The announcements that list items, among the inputs.
pub(crate) fn notices() -> impl Iterator<Item = &'static str> {
    INPUTS.into_iter().filter(|input| input.contains("/notices/") || input.contains("/announcements-"))
}

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
