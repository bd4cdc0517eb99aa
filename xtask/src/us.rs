//! Makes the US Commerce Control List from the official eCFR XML.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use export_control::list::license::LicenseRequirement;
use export_control::source::Reading;
use export_control::source::ecfr;
use export_control::{ControlList, Edition};

use crate::later;

/// Returns the edition. `data/SOURCES.md` describes its sources.
fn edition() -> Result<Edition, Box<dyn Error>> {
    Ok(Edition::new(
        "eCFR text retrieved on or before 2026-06-24, items unchanged since 2025-09-30 (90 FR 47170)",
    )
    .with_from(Some("2025-09-30".parse()?))
    .with_through(Some("2026-06-24".parse()?)))
}

/// The edition as the official text has it.
pub(crate) fn read(sources: &Path) -> Result<Reading, Box<dyn Error>> {
    let path = sources.join("us/ecfr-title15-part774-supp1.xml");
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ecfr::read(BufReader::new(file), edition()?)
        .map_err(|error| error.in_file(path.display().to_string()))?)
}

pub(crate) fn files(sources: &Path, data: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let reading = read(sources)?;
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
    let rows = crate::written(|out| {
        LicenseRequirement::to_csv(reading.list.all_license_requirements(), out)
    });
    list.clone()
        .with_license_requirements(LicenseRequirement::from_csv(rows.as_bytes())?)?;
    let mut files = vec![
        ("us-ccl.csv", crate::checked(&list)?),
        ("us-ccl-license-requirements.csv", rows),
    ];
    files.extend(later::files(sources, data, &reading.list)?);
    Ok(files)
}
