//! Makes the US Commerce Control List from the official eCFR XML.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use export_control::list::license::LicenseRequirement;
use export_control::source::ecfr;
use export_control::{ControlList, Edition};

/// Returns the edition. `data/SOURCES.md` describes its sources.
fn edition() -> Result<Edition, Box<dyn Error>> {
    Ok(Edition::new(
        "eCFR text retrieved on or before 2026-06-24, items in force from 2025-09-30 (90 FR 47170)",
    )
    .with_from(Some("2025-09-30".parse()?))
    .with_through(Some("2026-06-24".parse()?)))
}

pub(crate) fn files(sources: &Path, data: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let path = sources.join("us/ecfr-title15-part774-supp1.xml");
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let reading = ecfr::read(BufReader::new(file), edition()?)
        .map_err(|error| error.in_file(path.display().to_string()))?;
    let mut by_hand = crate::by_hand(&data.join("us-ccl.csv"))?;
    let mut items = reading.list.items().to_vec();
    for item in &mut items {
        let title = by_hand.remove(&item.code()).unwrap_or_default().title;
        let mut particulars = item.particulars().clone();
        for exception in &mut particulars.exceptions {
            exception.text = None;
        }
        *item = (item.clone().with_title(title).with_text(None)).with_particulars(particulars);
    }
    let list = ControlList::new(
        reading.list.info().clone(),
        reading.list.edition().clone(),
        items,
    )?;
    let rows =
        written(|out| LicenseRequirement::to_csv(reading.list.all_license_requirements(), out));
    list.clone()
        .with_license_requirements(LicenseRequirement::from_csv(rows.as_bytes())?)?;
    Ok(vec![
        ("us-ccl.csv", crate::checked(&list)?),
        ("us-ccl-license-requirements.csv", rows),
    ])
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
