//! The items of the announcements against the embedded list and its measures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use export_control::Code;
use export_control::source::mofcom;

use super::source;

fn notice(name: &str) -> mofcom::Notice {
    let path = source("cn").join(name);
    mofcom::read(File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns the announcements that list items, by their number.
fn notices() -> BTreeMap<String, mofcom::Notice> {
    let names = [
        "announcements-2025-10/announcement_2025_55.md".to_owned(),
        "announcements-2025-10/announcement_2025_56.md".to_owned(),
    ];
    let full = std::fs::read_dir(source("cn/notices"))
        .expect("the notices")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let full = full.filter(|name| {
        ["第10号", "第57号", "第58号", "第62号", "第70号", "第61号"]
            .iter()
            .any(|number| name.contains(number))
    });
    names
        .into_iter()
        .chain(full.map(|name| format!("notices/{name}")))
        .map(|name| notice(&name))
        .map(|n| (n.measure.id.to_string(), n))
        .collect()
}

/// The notices agree with the table of measures.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn notices_agree_with_the_measures() {
    let notices = notices();
    assert_eq!(notices.len(), 8, "{:?}", notices.keys());
    for (id, notice) in &notices {
        let measure = export_control::cn_dual_use()
            .measures()
            .find(|measure| measure.id.as_str() == id)
            .expect("a recorded measure");
        let read = &notice.measure;
        assert_eq!(
            (read.published, read.in_force, &read.suspends),
            (measure.published, measure.in_force, &measure.suspends),
            "{id}"
        );
        assert_eq!(
            (read.suspended_through, &read.authority, &read.url),
            (measure.suspended_through, &measure.authority, &measure.url),
            "{id}"
        );
        assert_eq!(read.full_text, measure.full_text, "{id}");
    }
}

/// Every code that the table of known codes has from a notice is read from the notice. Every code
/// that is read is on the list or below a code that is.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn notices_give_the_codes_of_the_list() {
    let cn = export_control::cn_dual_use();
    for (id, notice) in notices() {
        let listed: BTreeSet<Code> = cn
            .items()
            .iter()
            .filter(|item| {
                item.is_live()
                    && item
                        .measure()
                        .as_ref()
                        .is_some_and(|measure| measure.as_str() == id)
            })
            .map(|item| item.code())
            .collect();
        let read: BTreeSet<Code> = notice
            .items
            .iter()
            .filter(|item| item.is_live())
            .map(|item| item.code())
            .collect();
        let missing: Vec<String> = listed.difference(&read).map(ToString::to_string).collect();
        // The available text of No. 56 has lost lines, so entries are in it only by their
        // paragraphs. Elsewhere, the same is true of the headings of lists.
        let explained = |code: &String| {
            read.iter()
                .any(|other| code.parse::<Code>().is_ok_and(|code| code.contains(*other)))
        };
        let unexplained: Vec<&String> = missing.iter().filter(|code| !explained(code)).collect();
        assert!(
            unexplained.is_empty() || !notice.measure.full_text,
            "{id}: {unexplained:?}"
        );
        let strange: Vec<String> = read
            .iter()
            .filter(|code| cn.nearest(**code).is_none())
            .map(ToString::to_string)
            .collect();
        assert!(strange.is_empty(), "{id}: {strange:?}");
    }
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn customs_codes_stand_in_their_notices() {
    let notices = notices();
    let mut count = 0;
    for item in export_control::cn_dual_use()
        .items()
        .iter()
        .filter(|item| !item.hs().is_empty())
    {
        let id = item.measure().expect("a measure").as_str();
        let said: BTreeSet<_> = notices[id]
            .items
            .iter()
            .filter(|said| item.code().contains(said.code()))
            .flat_map(|said| said.hs())
            .collect();
        assert!(
            item.hs().iter().all(|hs| said.contains(hs)),
            "{}",
            item.code()
        );
        count += item.hs().len();
    }
    assert!(count > 50, "{count}");
}

/// Every file of notices is read, or gives an error with a place and a reason.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_file_is_read_or_refused_with_a_reason() {
    let (mut read, mut refused) = (0, 0);
    for entry in std::fs::read_dir(source("cn/notices")).expect("the notices") {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match mofcom::read(File::open(&path).unwrap()) {
            Ok(notice) => {
                read += 1;
                assert!(
                    name.contains("公告") && notice.measure.published.is_some(),
                    "{name}"
                );
                assert!(
                    !notice.items.is_empty()
                        || !notice.measure.suspends.is_empty()
                        || !notice.observations.is_empty(),
                    "{name}"
                );
            }
            Err(error) => {
                refused += 1;
                assert!(
                    error.line().is_some() && error.to_string().contains("expected"),
                    "{name}: {error}"
                );
            }
        }
    }
    assert_eq!((read, refused), (19, 38));
}
