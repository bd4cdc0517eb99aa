//! The committed data follow from the publications, byte for byte.

use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn regenerating_changes_nothing() {
    let sources = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    let files =
        xtask::files(Path::new(&sources), &data()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(files.len(), 17);
    for (name, text) in files {
        let committed = std::fs::read_to_string(data().join(name)).unwrap();
        let line = committed
            .lines()
            .zip(text.lines())
            .position(|(old, new)| old != new);
        assert!(
            committed == text,
            "{name} differs from what the publications give, first at line {:?}",
            line.map(|line| line + 1)
        );
    }
}

/// Every difference between the lists' thresholds and those of a second source is judged.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn no_difference_from_the_second_source_is_open() {
    let sources = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    let report = xtask::europe::compare(Path::new(&sources)).unwrap();
    assert!(report.open.is_empty(), "{}", report.open.join("\n"));
    // SOURCES.md quotes these.
    for line in [
        "# us-ccl: 948 items, 1450 limits, 1407 agree; ",
        "# cn-dual-use: 140 items, 319 limits, 192 agree; ",
    ] {
        assert!(report.text.contains(line), "{line}");
    }
}

#[test]
fn the_crosswalks_follow_from_the_readings() {
    let readings = Path::new(env!("CARGO_MANIFEST_DIR")).join("readings");
    for pair in &xtask::crosswalk::PAIRS {
        let committed = std::fs::read_to_string(data().join(pair.file())).unwrap();
        assert!(
            pair.sssom(&readings).unwrap() == committed,
            "{}: cargo run -p xtask -- crosswalk",
            pair.file()
        );
    }
}

/// Each judgment that cannot be true together with those that were chained has its reason.
#[test]
fn no_conflict_of_the_chain_is_open() {
    let report = xtask::compose::compare().unwrap();
    assert!(report.open.is_empty(), "{}", report.open.join("\n"));
    // SOURCES.md quotes these.
    let line = "# 398 pairs with the same relation, 272 with a possible one, 0 conflicts, 3 added; \
                agreement 1.000\n";
    assert!(report.text.ends_with(line), "{}", report.text);
}

#[test]
fn a_missing_publication_is_named() {
    let error = xtask::files(Path::new("/no/such/folder"), &data())
        .unwrap_err()
        .to_string();
    assert!(error.contains("ecfr-title15-part774-supp1.xml"), "{error}");
}

#[test]
fn the_history_adds_little_to_the_crate() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for name in ["us-ccl-history.csv", "us-ccl-measures.csv"] {
        std::io::Write::write_all(&mut packed, &std::fs::read(data().join(name)).unwrap()).unwrap();
    }
    let size = packed.finish().unwrap().len();
    assert!(size <= 300_000, "{size} bytes");
}

#[test]
fn the_lists_of_parties_add_little_to_the_crate() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for name in [
        "us-entity-list.csv",
        "cn-control-list.csv",
        "cn-control-list-notices.csv",
        "cn-unreliable-entities.csv",
        "cn-unreliable-entities-notices.csv",
        "cn-watch-list.csv",
        "cn-watch-list-notices.csv",
        "party-counts.csv",
        "countries.csv",
    ] {
        std::io::Write::write_all(&mut packed, &std::fs::read(data().join(name)).unwrap()).unwrap();
    }
    let size = packed.finish().unwrap().len();
    assert!(size <= 250_000, "{size} bytes");
}
