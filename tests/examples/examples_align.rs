//! The example `align`, as its users run it, on files of the test's own.

#[allow(dead_code)]
#[path = "../../examples/align.rs"]
mod align;
#[path = "../support/running.rs"]
mod running;

use export_control::crosswalk::{Finding, Review};
use export_control::{Crosswalk, Side};
use running::{file, run};

const LEFT: &str = "code,text\n\
    1A001,Balancing machines for rotors\n\
    1A001.a,For flexible rotors longer than 600 mm\n\
    1A001.b,For hollow rotor parts\n\
    1A002,Amiton (CAS 78-53-5)\n\
    1D001,Software for running machines of 1A001\n\
    1E009,Wholly unheard-of knitting patterns\n";
const RIGHT: &str = "code,text\n\
    2B229,Machines that balance rotors\n\
    2B229.a,\"Flexible rotors, length above 500 mm\"\n\
    2B229.b,Parts of hollow rotors\n\
    2C355,\"Precursors, among them CAS 78-53-5\"\n\
    2D001,Software for cutting metal with 2B001\n\
    2D229,Software for operating what 2B229 names\n";

#[test]
fn two_files_become_a_crosswalk() {
    let (left, right) = (file("left.csv", LEFT), file("right.csv", RIGHT));
    let out = run(
        align::run,
        &[
            left.to_str().unwrap(),
            right.to_str().unwrap(),
            "--hide-codes",
        ],
    )
    .unwrap();
    let crosswalk = Crosswalk::from_sssom(out.as_bytes()).unwrap();
    assert!(
        crosswalk
            .mappings()
            .iter()
            .all(|mapping| mapping.review() == Review::Proposed && mapping.confidence.is_some())
    );
    let right_of = |text: &str| {
        crosswalk
            .of_left(text.parse().unwrap())
            .next()
            .and_then(|mapping| mapping.right())
            .map(|code| code.to_string())
    };
    assert_eq!(right_of("1A001").as_deref(), Some("2B229"), "{out}");
    assert_eq!(
        right_of("1D001").as_deref(),
        Some("2D229"),
        "by what it refers to\n{out}"
    );
    assert!(out.contains("cas: 78-53-5"), "{out}");
    let patterns = crosswalk.of_left("1E009".parse().unwrap()).next().unwrap();
    assert!(
        matches!(
            patterns.finding,
            Finding::NoCounterpart {
                side: Side::Left,
                ..
            }
        ),
        "{out}"
    );
    let again = run(
        align::run,
        &[
            left.to_str().unwrap(),
            right.to_str().unwrap(),
            "--hide-codes",
        ],
    )
    .unwrap();
    assert_eq!(out, again, "the same input gives the same output");
    let more = run(
        align::run,
        &[
            left.to_str().unwrap(),
            right.to_str().unwrap(),
            "--top",
            "3",
            "--down-to",
            "0",
        ],
    )
    .unwrap();
    assert!(more.lines().count() > out.lines().count());
    let rows: Vec<(&str, f64)> = more
        .lines()
        .skip_while(|line| !line.starts_with("subject_id"))
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let confidence = fields.iter().find_map(|field| field.parse().ok());
            (fields[0], confidence.unwrap())
        })
        .collect();
    let fall = |two: &[(&str, f64)]| two[0].0 != two[1].0 || two[0].1 >= two[1].1;
    assert!(rows.windows(2).all(fall), "the best first\n{more}");
    assert!(rows.iter().any(|(_, confidence)| *confidence < 0.5));
    let likely = run(
        align::run,
        &[
            left.to_str().unwrap(),
            right.to_str().unwrap(),
            "--top",
            "3",
        ],
    )
    .unwrap();
    assert!(
        likely.lines().count() < more.lines().count(),
        "below the threshold on demand alone\n{likely}"
    );
}

#[test]
fn bad_files_are_said_with_their_place() {
    let good = file("good.csv", RIGHT);
    let of = |name: &str, text: &str| {
        run(
            align::run,
            &[file(name, text).to_str().unwrap(), good.to_str().unwrap()],
        )
        .unwrap_err()
    };
    assert!(
        of("columns.csv", "eccn,note\n")
            .contains("columns.csv:1: found no column of texts among eccn, note, expected one called text, description or title")
    );
    assert!(
        of("code.csv", "code,text\nEAR99,x\n")
            .contains("code.csv:2: \"EAR99\" is not an item code")
    );
    assert!(
        of("twice.csv", "code,text\n3A001,x\n3a001,y\n")
            .contains("twice.csv:3: the code 3A001 is here a second time")
    );
    assert!(
        of("crlf.csv", "code,text\r\n3A001,x\r\n\r\nfoo,y\r\n")
            .contains("crlf.csv:4: \"foo\" is not an item code")
    );
    assert!(
        of("open.csv", "code,text\n3A001,\"x\n3A002,y\n")
            .contains("open.csv:2: found a quotation mark that is not closed")
    );
    assert!(
        of("two.csv", "code,text\n3A001,\"x\ny\"\n3A002,y\n")
            .contains("two.csv:2: found a line break within a field")
    );
    assert!(
        of("more.csv", "code,text\n3A001,x\n\n3A002,y,z\n")
            .contains("more.csv:4: found 3 fields, expected 2, as in the header")
    );
    assert!(of("nothing.csv", "").contains("nothing.csv:1: found an empty file"));
    assert!(of("rows.csv", "code,text\n").contains("rows.csv:1: found a header without rows"));
    // Windows-1252 is read as what it is.
    // An older encoding is read.
    let latin = file("latin.csv", b"code,text\n3A001,\xe9\n");
    assert!(
        run(
            align::run,
            &[latin.to_str().unwrap(), good.to_str().unwrap()]
        )
        .is_ok()
    );
    assert!(
        run(align::run, &["/no/such.csv", good.to_str().unwrap()])
            .unwrap_err()
            .starts_with("/no/such.csv: ")
    );
    assert!(
        run(
            align::run,
            &[good.to_str().unwrap(), good.to_str().unwrap()]
        )
        .unwrap_err()
        .contains("both files are named ")
    );
    let error = run(
        align::run,
        &[
            good.to_str().unwrap(),
            good.to_str().unwrap(),
            "--at-least",
            "0.2",
        ],
    )
    .unwrap_err();
    assert_eq!(
        error,
        "found the confidence 0.2, expected a number from 0.5 to 1"
    );
    let error = run(
        align::run,
        &[
            good.to_str().unwrap(),
            good.to_str().unwrap(),
            "--down-to",
            "0.7",
        ],
    )
    .unwrap_err();
    assert_eq!(
        error,
        "found the confidence 0.7 for --down-to, expected a number from 0 to 0.5"
    );
    let error = run(
        align::run,
        &[good.to_str().unwrap(), good.to_str().unwrap(), "--top", "0"],
    )
    .unwrap_err();
    assert!(
        error.contains("invalid value '0' for '--top <K>'"),
        "{error}"
    );
}
