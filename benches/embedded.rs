//! Loading the embedded data: from their packed form, as the library does, and from the files that
//! they are made of, against a bare pass of the csv crate over the same files.

use criterion::{Criterion, criterion_group, criterion_main};
use export_control::list::amendment::{Amendment, Verified};
use export_control::list::license::LicenseRequirement;
use export_control::pack::{self, Source};
use export_control::{ControlList, Crosswalk, History, Measure};

macro_rules! data {
    ($name:literal) => {
        include_str!(concat!("../data/", $name))
    };
}

macro_rules! packed {
    ($name:literal) => {
        Source::new(
            include_bytes!(concat!("../data/packed/", $name, ".bin")),
            include_str!(concat!("../data/packed/", $name, ".txt")),
        )
    };
}

/// Every file behind the four data sets, with its delimiter.
const FILES: [(&str, u8); 9] = [
    (data!("us-ccl.csv"), b','),
    (data!("us-ccl-license-requirements.csv"), b','),
    (data!("us-ccl-amendments.csv"), b','),
    (data!("us-ccl-verified.csv"), b','),
    (data!("cn-dual-use.csv"), b','),
    (data!("cn-measures.csv"), b','),
    (data!("us-ccl--cn-dual-use.sssom.tsv"), b'\t'),
    (data!("us-ccl-history.csv"), b','),
    (data!("us-ccl-measures.csv"), b','),
];

static US: Source = packed!("us-ccl");
static CHINA: Source = packed!("cn-dual-use");
static CROSSWALK: Source = packed!("us-ccl--cn-dual-use");
static HISTORY: Source = packed!("us-ccl-history");

fn reader(file: &'static str, delimiter: u8) -> csv::Reader<&'static [u8]> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .delimiter(delimiter)
        .from_reader(file.as_bytes())
}

/// Everything from its files, checked and typed.
fn from_files() -> Result<(ControlList, ControlList, Crosswalk, History), export_control::Error> {
    let [
        us,
        rows,
        amendments,
        verified,
        china,
        measures,
        crosswalk,
        history,
        rules,
    ] = FILES.map(|(file, _)| file.as_bytes());
    let us = ControlList::from_csv(us)?
        .with_license_requirements(LicenseRequirement::from_csv(rows)?)?
        .with_amendments(
            Amendment::from_csv(amendments)?,
            Verified::from_csv(verified)?,
        )?;
    let china = ControlList::from_csv(china)?.with_measures(Measure::from_csv(measures)?)?;
    let history = History::from_csv(history, Measure::from_csv(rules)?)?.with_titles(&us);
    Ok((us, china, Crosswalk::from_sssom(crosswalk)?, history))
}

fn embedded(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("embedded data");
    // The baseline: every record read into one reused buffer and its bytes summed, nothing kept.
    group.bench_function("bare csv pass", |b| {
        b.iter(|| {
            let mut bytes = 0;
            for (file, delimiter) in FILES {
                let mut reader = reader(file, delimiter);
                let mut record = csv::StringRecord::new();
                while reader.read_record(&mut record).expect("a CSV file") {
                    bytes += record.iter().map(str::len).sum::<usize>();
                }
            }
            bytes
        });
    });
    // The same baseline as a user writes it: one owned record a row.
    group.bench_function("csv pass that keeps its records", |b| {
        b.iter(|| {
            FILES.map(|(file, delimiter)| {
                let records = reader(file, delimiter).into_records();
                records.collect::<Result<Vec<_>, _>>().expect("a CSV file")
            })
        });
    });
    // The drop of what was read is inside the clock too.
    group.bench_function("from the files", |b| {
        b.iter(|| from_files().expect("the tests read every file"))
    });
    group.bench_function("packed, all four", |b| {
        b.iter(|| {
            let lists = [&US, &CHINA].map(pack::unpack_list);
            (
                lists,
                pack::unpack_crosswalk(&CROSSWALK),
                pack::unpack_history(&HISTORY),
            )
        })
    });
    group.bench_function("packed, the US list", |b| b.iter(|| pack::unpack_list(&US)));
    group.finish();
}

criterion_group!(benches, embedded);
criterion_main!(benches);
