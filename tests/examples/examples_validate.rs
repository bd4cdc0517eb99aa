//! The example that reads product files, as its users run it, on files as they are.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/validate.rs"]
mod validate;

use running::{file, outcome, records, run};

/// The rows that a file gives, without the line and the cell: answer, verdict of the US list,
/// problem, remark; and how it ended.
fn verdicts(name: &str, text: &str) -> (Vec<[String; 4]>, Result<(), String>) {
    let path = file(name, text);
    let (out, result) = outcome(validate::run, &[path.to_str().unwrap()]);
    let rows = records(&out).into_iter();
    let cells = ["answer", "us-ccl", "problem", "remark"];
    let rows = rows.map(|row| cells.map(|column| row[column].clone()));
    (rows.collect(), result)
}

fn answers(name: &str, text: &str) -> Vec<String> {
    verdicts(name, text)
        .0
        .into_iter()
        .map(|[answer, ..]| answer)
        .collect()
}

#[test]
fn the_column_is_chosen_by_its_name() {
    for (text, expected) in [
        (
            "Code,Description,ECCN\n4711-1,Router,5A002.a.1\n3A001-X,Adapter,EAR99\n",
            &["5A002.a.1", "EAR99"][..],
        ),
        ("part;eccn\nP1;5A992.c\n", &["5A992.c"]),
        ("part\teccn\nP1\t5A992.c\n", &["5A992.c"]),
        ("part|ECCN\nP1|5A992.c\n", &["5A992.c"]),
        ("Part Number,ECCN Code\nP1,5A992.c\n", &["5A992.c"]),
        ("Part,US ECCN No.\nP1,5A992.c\n", &["5A992.c"]),
        ("Part,Export Control Code\nP1,5A992.c\n", &["5A992.c"]),
        ("物项,管制编码\n甲,1C902\n", &["1C902"]),
        ("# list: x,,\ncode,title,\n3E001,a,\n", &["3E001"]),
        ("Products of 2031,\n,\npart,eccn\nP1,3E001\n", &["3E001"]),
        ("Products of 2031\npart;code\nP1;3E001\n", &["3E001"]),
        ("\u{feff}eccn,part\n3E001,P1\n,\n", &["3E001"]),
        ("part,eccn,\"text; with; signs\"\nP1,3E001,x\n", &["3E001"]),
    ] {
        assert_eq!(answers("columns.csv", text), expected, "{text}");
    }
    for (text, problem) in [
        (
            "US ECCN,EU ECCN\n3E001,3E001\n",
            "found several columns of codes, US ECCN, EU ECCN; name one with --column",
        ),
        (
            "US ECCN;EU ECCN\n3E001;3E001\n",
            "found several columns of codes, US ECCN, EU ECCN; name one with --column",
        ),
    ] {
        let error = run(validate::run, &[file("two.csv", text).to_str().unwrap()]).unwrap_err();
        assert!(error.ends_with(problem), "{error}");
    }
    let path = file("price.csv", "part,price\nP1,3\n");
    let error = run(validate::run, &[path.to_str().unwrap()]).unwrap_err();
    assert!(
        error.contains("found the columns part, price, expected one called eccn, "),
        "{error}"
    );
}

#[test]
fn words_are_not_taken_for_labels() {
    let text = "part,eccn\nP1,3A001 (NS)\nP2,1C010 (MT)\nP3,3A001 NS\nP4,5A992.c/AT\nP5,4A994 N\nP6,3A001 US\n";
    let (rows, result) = verdicts("labels.csv", text);
    let answers: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        answers,
        ["3A001", "1C010", "3A001", "5A992.c", "4A994", "3A001"]
    );
    assert!(
        rows[0][1].starts_with("listed, in force: "),
        "{:?}",
        rows[0]
    );
    assert_eq!(rows[0][3], "\"NS\", which looks like a reason for control");
    assert_eq!(rows[5][3], "\"US\", which looks like a country");
    // A letter alone may be a paragraph: somebody has to look.
    assert!(rows[4][2].ends_with(
        "labels.csv:6:2: beside 4A994 it says \"N\", which looks like a flag, or a paragraph without its dot"
    ));
    assert!(
        result
            .unwrap_err()
            .ends_with(": 1 of 6 rows have an answer that a person has to read")
    );
}

#[test]
fn numbers_of_data_tools_come_back() {
    let text =
        "part,eccn\nP1,30\nP2,30.0\nP3,0.0\nP4,0\nP5,inf\nP6,1.79769313486232E+308\nP7,3e+101\n";
    let (rows, result) = verdicts("numbers.csv", text);
    assert!(
        result
            .unwrap_err()
            .ends_with(": 7 of 7 rows have no readable code")
    );
    assert!(
        rows.iter().all(|row| row[0].is_empty()),
        "nothing is repaired in silence"
    );
    assert!(
        rows[0][2].contains("probably 3E001") && rows[0][2].contains("; us-ccl has 3E001"),
        "{}",
        rows[0][2]
    );
    assert!(
        rows[2][2].contains("999 codes give it") && rows[2][2].contains("; us-ccl has "),
        "{}",
        rows[2][2]
    );
    assert!(
        rows[4][2].contains("codes give it") && rows[5][2].contains("; us-ccl has 47: 1E350, "),
        "{}",
        rows[5][2]
    );
    assert!(
        rows[6][2].contains("probably 3E101; format"),
        "{}",
        rows[6][2]
    );
    assert_eq!(
        answers(
            "guards.csv",
            "part,eccn\nP1,'3E001\nP2,\"=\"\"3E001\"\"\"\nP3,3E001\n"
        ),
        ["3E001"; 3]
    );
}

#[test]
fn habits_get_words_of_their_own() {
    let text = "part,eccn\nP1,5D002 (TSU)\nP2,5D002ENC3\nP3,5D002 ENC\nP4,5A992.c MMKT\nP5,EAR99 (NLR)\nP6,EAR99 / NLR\n\
                P7,N/A\nP8,NLR\nP9,NEC\nP10,\nP11,XI(c)\nP12,CATEGORY XI (D)\nP13,ML5b\nP14,US: 5D992.c\nP15,EU 5A002\n\
                P16,AL: N ECCN: 3E991\n";
    let (rows, result) = verdicts("habits.csv", text);
    let found: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        found,
        [
            "5D002",
            "5D002",
            "5D002",
            "5A992.c",
            "EAR99",
            "EAR99",
            "not listed",
            "no license required",
            "not listed",
            "unknown",
            "USML XI(c)",
            "USML XI(d)",
            "ML5.b",
            "5D992.c",
            "5A002",
            "not listed",
            "3E991",
        ]
    );
    assert_eq!(rows[4][1], "on no entry of the list (EAR99)");
    assert!(rows[9][2].ends_with("the cell gives no answer"));
    assert_eq!(
        rows[10][1],
        "an entry of a munitions list (USML), which is not compared"
    );
    assert_eq!(rows[14][1], "not asked: the answer is for EU");
    assert_eq!(rows[15][3], "named for AL (DE)");
    assert!(
        result
            .unwrap_err()
            .ends_with(": 3 of 16 rows have an answer that a person has to read")
    );
}

#[test]
fn two_codes_are_two_verdicts_and_no_cell_is_a_formula() {
    let (rows, result) = verdicts(
        "pair.csv",
        "eccn\n\"3A001.b.2, 5A002\"\n3A001-3A005\n=1+2\n",
    );
    let found: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(found, ["3A001.b.2", "5A002", "3A001", "3A005", ""]);
    assert!(rows[2][2].contains("\"to 3A005\", which looks like the end of a range"));
    assert!(result.is_err());
    let path = file("formula.csv", "eccn\n=1+2\n@x\n-1\n\"+3A001\"\n");
    let (out, _) = outcome(validate::run, &[path.to_str().unwrap()]);
    for row in csv::Reader::from_reader(out.as_bytes()).records() {
        let row = row.unwrap();
        assert!(
            !row.iter()
                .any(|cell| cell.starts_with(['=', '+', '-', '@'])),
            "{row:?}"
        );
    }
    assert_eq!(
        verdicts("good.csv", "eccn\n3A001 (NS)\nEAR99\nN/A\n").1,
        Ok(())
    );
}
