//! Each step of CONTRIBUTING.md is taken: nothing of a list, an edition or a field is missing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use export_control::list::{Availability, LicenseException, Particulars};
use export_control::{
    ChildLogic, Code, ControlList, Edition, Item, ItemState, ListDiff, ListId, ListInfo, MeasureId,
};

/// The folder of the project: the first above this package that has CONTRIBUTING.md.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut above = package.ancestors();
    above
        .find(|folder| folder.join("CONTRIBUTING.md").is_file())
        .expect("the project's folder")
        .to_owned()
}

fn text(name: &str) -> String {
    let path = root().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files that a contributor writes apart from code.
#[derive(Clone)]
struct Written {
    sources: String,
    sums: String,
    changelog: String,
    readme: String,
    pins: String,
}

impl Written {
    fn here() -> Written {
        Written {
            sources: text("data/SOURCES.md"),
            sums: text("data/SHA256SUMS"),
            changelog: text("CHANGELOG.md"),
            readme: text("README.md"),
            pins: text("tests/data/data.rs"),
        }
    }

    /// The section of data/SOURCES.md whose heading names a file.
    fn section(&self, file: &str) -> Option<&str> {
        let sections = self.sources.split("\n## ").skip(1);
        let names = |section: &&str| {
            let heading = section.lines().next().unwrap_or_default();
            heading.split(", ").any(|name| name.trim() == file)
        };
        sections.into_iter().find(names)
    }
}

/// The sha256 sums that a text names.
fn sums(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .collect()
}

/// Names what a list lacks, step by step. `file` is the list's own file.
fn missing(list: &ControlList, file: &str, written: &Written) -> Vec<String> {
    let id = list.id().as_str();
    let name = format!("{id}.csv");
    let mut missing = Vec::new();
    let mut need = |holds: bool, what: String| {
        if !holds {
            missing.push(what);
        }
    };
    let header = |key: &str| {
        let lines = file.lines().map_while(|line| line.strip_prefix("# "));
        let mut values = lines.filter_map(|line| line.split_once(": "));
        values
            .find(|(found, _)| *found == key)
            .map(|(_, value)| value.to_owned())
    };
    need(
        header("list").as_deref() == Some(id),
        format!(
            "data/{name}: the line `# list: {id}`; it has {:?}",
            header("list")
        ),
    );
    for key in ["name", "edition", "from", "through"] {
        let filled = header(key).is_some_and(|value| !value.is_empty());
        need(filled, format!("data/{name}: the line `# {key}: …`"));
    }
    let untitled = list.items().iter().filter(|item| {
        item.state() != ItemState::Reserved
            && (item.title().is_empty()
                || list.info().name_local().is_some() && item.title_local().is_none())
    });
    let untitled: Vec<String> = untitled.map(|item| item.code().to_string()).collect();
    need(
        untitled.is_empty(),
        format!(
            "data/{name}: titles of {} codes, first {}",
            untitled.len(),
            untitled.first().map_or("", |code| code)
        ),
    );
    let edition = list.edition();
    let days = match (edition.from, edition.through) {
        (Some(from), Some(through)) => format!("{from} to {through}"),
        _ => "the days of the edition".to_owned(),
    };
    let section = written.section(&name).unwrap_or_default();
    need(
        !section.is_empty(),
        format!("data/SOURCES.md: a section `## {name}`"),
    );
    need(
        section
            .lines()
            .any(|line| line.starts_with("| covers | ") && line.contains(&days)),
        format!("data/SOURCES.md, {name}: a row `covers` with {days}"),
    );
    need(
        section.contains("<https://"),
        format!("data/SOURCES.md, {name}: the official address"),
    );
    let cited = sums(section);
    need(
        !cited.is_empty(),
        format!("data/SOURCES.md, {name}: the sha256 of each input"),
    );
    for sum in cited {
        let listed = written.sums.lines().any(|line| line.starts_with(sum));
        need(listed, format!("data/SHA256SUMS: the line of {sum}"));
    }
    need(
        written
            .changelog
            .split("\n- ")
            .any(|point| point.contains(&format!("`{id}`")) && point.contains(&days)),
        format!("CHANGELOG.md: a point with `{id}` and {days}"),
    );
    let called = list.info().name().split(" (").next().unwrap_or_default();
    let readme = written.readme.split_whitespace().collect::<Vec<_>>();
    need(
        readme.join(" ").contains(called),
        format!("README.md: the list's name, {called}"),
    );
    need(
        written.pins.contains(&id.replace('-', "_")) || written.pins.contains(&format!("\"{id}\"")),
        format!("tests/data/data.rs: the pinned figures of {id}"),
    );
    missing
}

/// Every list is looked at before the test fails, so that one run names everything.
#[test]
fn no_list_lacks_a_step() {
    let written = Written::here();
    let mut lacking = Vec::new();
    for list in export_control::lists() {
        let id = list.id();
        let file = text(&format!("data/{id}.csv"));
        lacking.extend(missing(list, &file, &written));
        let again = list.to_string();
        let differs = file.lines().zip(again.lines()).position(|(a, b)| a != b);
        if file != again {
            let line = differs.map_or(0, |line| line + 1);
            lacking.push(format!(
                "data/{id}.csv: the form in which the crate writes it, first in line {line}"
            ));
        }
        let history = format!("{id}-history.csv");
        if export_control::history(id.as_str()).is_some() && written.section(&history).is_none() {
            lacking.push(format!("data/SOURCES.md: a section `## {history}`"));
        }
    }
    assert!(lacking.is_empty(), "missing:\n- {}", lacking.join("\n- "));
}

#[test]
fn no_crosswalk_lacks_its_section() {
    let written = Written::here();
    let mut crosswalks = 0;
    for left in export_control::lists() {
        for right in export_control::lists() {
            let Some(crosswalk) =
                export_control::crosswalk(left.id().as_str(), right.id().as_str())
            else {
                continue;
            };
            if crosswalk.left() != left.id() {
                continue; // the same one, named the other way round
            }
            let name = format!("{}--{}.sssom.tsv", left.id(), right.id());
            assert!(
                written.section(&name).is_some(),
                "data/SOURCES.md: a section `## {name}`"
            );
            crosswalk
                .check(left, right)
                .unwrap_or_else(|error| panic!("data/{name}: {error}"));
            crosswalks += 1;
        }
    }
    assert!(crosswalks > 0);
}

/// Takes one step back at a time: the check names that step and no other.
#[test]
fn a_forgotten_step_is_named() {
    let list = export_control::us_ccl();
    let file = text("data/us-ccl.csv");
    let written = Written::here();
    assert_eq!(missing(list, &file, &written), Vec::<String>::new());
    let days = "2025-09-30 to ";
    let sum = "8045c830d5e33a144d6bfb345798a11a499716430e40204b93b2f4ada26c8bc6";
    let changed = |change: &dyn Fn(&mut Written)| {
        let mut written = written.clone();
        change(&mut written);
        missing(list, &file, &written)
    };
    for (missing, expected) in [
        (
            missing(
                list,
                &file.replace("# list: us-ccl", "# list: us"),
                &written,
            ),
            "data/us-ccl.csv: the line `# list: us-ccl`",
        ),
        (
            missing(list, &file.replace("# through: ", "# until: "), &written),
            "data/us-ccl.csv: the line `# through",
        ),
        (
            changed(&|written| written.sources = written.sources.replace(days, "")),
            "data/SOURCES.md, us-ccl.csv: a row `covers` with 2025-09-30 to ",
        ),
        (
            changed(&|written| written.sums = written.sums.replace(sum, "")),
            "data/SHA256SUMS: the line of 8045c830",
        ),
        (
            changed(&|written| written.changelog = written.changelog.replace(days, "")),
            "CHANGELOG.md: a point with `us-ccl` and 2025-09-30 to ",
        ),
        (
            changed(&|written| written.readme = String::new()),
            "README.md: the list's name, US Commerce Control List",
        ),
        (
            changed(&|written| written.pins = String::new()),
            "tests/data/data.rs: the pinned figures of us-ccl",
        ),
    ] {
        let [one] = &missing[..] else {
            panic!("{expected}: {missing:?}");
        };
        assert!(one.starts_with(expected), "{one}");
    }
    let without_section = changed(&|written| {
        written.sources = written.sources.replace("\n## us-ccl.csv", "\n## other.csv");
    });
    assert!(without_section.contains(&"data/SOURCES.md: a section `## us-ccl.csv`".to_owned()));
    let untitled = ControlList::new(
        list.info().clone(),
        list.edition().clone(),
        vec![Item::new("3A001".parse().unwrap())],
    )
    .unwrap();
    assert_eq!(
        missing(&untitled, &file, &written),
        ["data/us-ccl.csv: titles of 1 codes, first 3A001"]
    );
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

/// An item in which every field is filled.
fn complete_item() -> Item {
    let mut particulars = Particulars::new();
    particulars.exceptions = vec![LicenseException::new("LVS", Availability::UpTo(3000))];
    particulars.catalogue_rows = vec![439, 440];
    particulars.elsewhere = vec!["USML XII(b)".parse().unwrap()];
    Item::new(code("3A001"))
        .with_state(ItemState::Reserved)
        .with_through(code("3A009"))
        .with_logic(ChildLogic::All)
        .with_title("Converters")
        .with_title_local("转换器".to_owned())
        .with_text("Converters, whatever their color.".to_owned())
        .with_fingerprint(
            "0123456789ab"
                .parse::<export_control::list::Fingerprint>()
                .ok(),
        )
        .with_reasons(vec!["NS".parse().unwrap()])
        .with_refers_to(vec![code("3B001")])
        .with_cas(vec!["7664-39-3".parse().unwrap()])
        .with_elements(vec!["Ga".parse().unwrap()])
        .with_species(vec!["Bacillus anthracis".parse().unwrap()])
        .with_hs(vec!["2841".parse().unwrap()])
        .with_quantities(vec!["frequency > 31.8 GHz".parse().unwrap()])
        .with_conditions(vec![
            "all".parse().unwrap(),
            "a: power > 5 kW".parse().unwrap(),
        ])
        .with_notes(vec!["purpose=missile parts".parse().unwrap()])
        .with_measure(MeasureId::new("2025-10"))
        .with_in_force("2025-02-04".parse::<export_control::Date>().ok())
        .with_inferred(true)
        .with_source("list".to_owned())
        .with_particulars(particulars)
}

type Change = fn(Item) -> Item;

/// For each field but the code, how its value becomes another.
const CHANGES: [(&str, Change); 21] = [
    ("state", |item| item.with_state(ItemState::Live)),
    ("through", |item| item.with_through(code("3A008"))),
    ("logic", |item| item.with_logic(ChildLogic::Any)),
    ("title", |item| item.with_title("Adapters")),
    ("title_local", |item| {
        item.with_title_local("适配器".to_owned())
    }),
    ("text", |item| {
        item.with_text("Adapters of any color.".to_owned())
    }),
    ("fingerprint", |item| {
        item.with_text(None).with_fingerprint(
            "ba9876543210"
                .parse::<export_control::list::Fingerprint>()
                .ok(),
        )
    }),
    ("reasons", |item| {
        item.with_reasons(vec!["MT".parse().unwrap()])
    }),
    ("refers_to", |item| item.with_refers_to(vec![code("3B002")])),
    ("cas", |item| {
        item.with_cas(vec!["111-48-8".parse().unwrap()])
    }),
    ("elements", |item| {
        item.with_elements(vec!["Ge".parse().unwrap()])
    }),
    ("species", |item| {
        item.with_species(vec!["Yersinia pestis".parse().unwrap()])
    }),
    ("hs", |item| item.with_hs(vec!["2842".parse().unwrap()])),
    ("quantities", |item| {
        item.with_quantities(vec!["frequency > 37 GHz".parse().unwrap()])
    }),
    ("conditions", |item| {
        item.with_conditions(vec!["any".parse().unwrap(), "a".parse().unwrap()])
    }),
    ("notes", |item| {
        item.with_notes(vec!["exclusion=toys".parse().unwrap()])
    }),
    ("measure", |item| {
        item.with_measure(MeasureId::new("2025-18"))
    }),
    ("in_force", |item| {
        item.with_in_force("2025-04-04".parse::<export_control::Date>().ok())
    }),
    ("inferred", |item| item.with_inferred(false)),
    ("source", |item| item.with_source("notice".to_owned())),
    ("particulars", |item| {
        item.with_particulars(Particulars::new())
    }),
];

/// The fields of an item with their values, as `Debug` prints them.
fn fields(item: &Item) -> Vec<(String, String)> {
    let printed = format!("{item:#?}");
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in printed.lines().filter(|line| line.starts_with("    ")) {
        let named = line[4..]
            .split_once(": ")
            .filter(|(name, _)| !name.starts_with(' '));
        match (named, fields.last_mut()) {
            (Some((name, value)), _) => fields.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) => value.push_str(line),
            (None, None) => {}
        }
    }
    fields
}

/// The cells of the tables in docs/list-file.md whose header begins with a name.
fn documented(column: &str) -> Vec<Vec<String>> {
    let text = text("docs/list-file.md");
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {column} |")))
        .take_while(|line| line.starts_with('|'));
    let cells = |line: &str| {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect()
    };
    rows.skip(2).map(cells).collect()
}

fn list_of(item: Item, label: &str) -> ControlList {
    let info = ListInfo::new(ListId::new("mine"), "My list");
    ControlList::new(info, Edition::new(label), vec![item]).expect("a list of one item")
}

#[test]
fn every_field_is_filled_and_changed_in_this_file() {
    let plain = fields(&Item::new(code("3A002")));
    let full = fields(&complete_item());
    assert!(plain.len() > 10, "{plain:?}");
    for ((name, before), (_, after)) in plain.iter().zip(&full) {
        assert_ne!(before, after, "complete_item leaves {name} as it is");
    }
    let named = plain.iter().map(|(name, _)| name.as_str());
    let changed = CHANGES.iter().map(|(name, _)| *name);
    assert!(
        named.clone().eq(std::iter::once("code").chain(changed)),
        "CHANGES has these fields of Item, in this order, without the code: {:?}",
        named.collect::<Vec<_>>()
    );
}

#[test]
fn every_field_is_documented() {
    let columns = documented("column");
    let left_out = documented("field of `Item`");
    let header: Vec<String> = {
        let text = list_of(complete_item(), "first").to_string();
        let line = text.lines().find(|line| !line.starts_with('#')).unwrap();
        line.split(',').map(str::to_owned).collect()
    };
    let columns_said: Vec<&str> = columns.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        columns_said, header,
        "docs/list-file.md has the columns that the crate writes, in this order"
    );
    let said: BTreeSet<&str> = columns
        .iter()
        .map(|row| row[1].as_str())
        .chain(left_out.iter().map(|row| row[0].as_str()))
        .collect();
    for (name, _) in fields(&complete_item()) {
        assert!(
            said.contains(name.as_str()),
            "docs/list-file.md does not have the field {name}"
        );
    }
}

#[test]
fn every_field_survives_writing_and_reading() {
    let left_out: BTreeSet<String> = documented("field of `Item`")
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    let list = list_of(complete_item(), "first");
    let again: ControlList = list.to_string().parse().expect("what was written");
    for ((name, before), (_, after)) in fields(&list.items()[0])
        .into_iter()
        .zip(fields(&again.items()[0]))
    {
        if left_out.contains(&name) {
            assert_eq!(after, "None,", "{name} is not in the file");
        } else {
            assert_eq!(before, after, "{name}");
        }
    }
}

#[test]
fn every_field_shows_in_a_diff() {
    let old = list_of(complete_item(), "first");
    for (name, change) in CHANGES {
        let new = list_of(change(complete_item()), "second");
        let diff = ListDiff::between(&old, &new).expect("two editions of one list");
        assert_eq!(diff.changes().len(), 1, "{name}: no change is seen");
        assert_eq!(
            diff.apply(&old).expect("its own old edition"),
            new,
            "{name}"
        );
    }
    assert!(ListDiff::between(&old, &old.clone()).unwrap().is_empty());
}

/// Returns the parts of a finding's form that a program does not have.
fn faults(program: &str) -> Vec<&'static str> {
    let says = |key: &str| {
        program.lines().any(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim().len() > 10)
        })
    };
    [
        (
            program.starts_with("#!/usr/bin/env bash\n"),
            "the line #!/usr/bin/env bash",
        ),
        (says("# Finding: "), "# Finding: a sentence"),
        (says("# Version: "), "# Version: a package and its version"),
        (says("# Behavior: "), "# Behavior: what it does"),
        (says("# Seen: "), "# Seen: the output"),
        (
            program.contains("\nset -euo pipefail\n"),
            "set -euo pipefail",
        ),
        (
            program.contains("mktemp -d"),
            "a temporary folder by mktemp -d",
        ),
        (
            program.contains("exit 1"),
            "exit 1 if the behavior has changed",
        ),
        (
            !program.contains("export-control") && !program.contains("export_control"),
            "no use of this crate",
        ),
    ]
    .into_iter()
    .filter(|(holds, _)| !holds)
    .map(|(_, what)| what)
    .collect()
}

#[test]
fn findings_have_their_form() {
    let example = text("CONTRIBUTING.md");
    let example = example
        .split("```sh\n")
        .nth(1)
        .expect("the form of a finding");
    let example = example.split("```").next().unwrap();
    assert_eq!(faults(example), Vec::<&str>::new());
    let broken = example
        .replace("# Version: ", "# Package: ")
        .replace("mktemp -d", "pwd")
        .replace("pandas==", "export-control==");
    assert_eq!(
        faults(&broken),
        [
            "# Version: a package and its version",
            "a temporary folder by mktemp -d",
            "no use of this crate"
        ]
    );
    let Ok(folder) = std::fs::read_dir(root().join("findings")) else {
        return; // none is recorded yet
    };
    for file in folder {
        let path = file.expect("a file of findings/").path();
        if path.extension().is_some_and(|end| end == "sh") {
            let program = std::fs::read_to_string(&path).expect("a program");
            let faults = faults(&program);
            assert!(
                faults.is_empty(),
                "{} lacks:\n- {}",
                path.display(),
                faults.join("\n- ")
            );
        }
    }
}

/// CONTRIBUTING.md names files by their paths.
#[test]
fn the_steps_name_files_that_are_there() {
    let steps = text("CONTRIBUTING.md");
    let mut named = 0;
    for path in steps.split('`').skip(1).step_by(2) {
        let real = ["src/", "tests/", "xtask/", "data/", "docs/", ".ci/"]
            .iter()
            .any(|folder| path.starts_with(folder))
            && !path.contains(['*', ' '])
            && !["ID", "LEFT", "NAME"]
                .iter()
                .any(|word| path.contains(word));
        if real {
            assert!(root().join(path).exists(), "CONTRIBUTING.md names {path}");
            named += 1;
        }
    }
    assert!(named > 15, "{named}");
}
