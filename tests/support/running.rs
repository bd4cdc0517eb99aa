//! Runs an example as a user does, and keeps its output.
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;

/// The work of an example.
pub type Work<A> = fn(&A, &mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Runs an example with arguments. Returns its output and how it ended.
pub fn outcome<A: Parser>(work: Work<A>, arguments: &[&str]) -> (String, Result<(), String>) {
    let arguments =
        match A::try_parse_from(std::iter::once("example").chain(arguments.iter().copied())) {
            Ok(arguments) => arguments,
            Err(error) => return (String::new(), Err(error.to_string())),
        };
    let mut out = Vec::new();
    let result = work(&arguments, &mut out).map_err(|error| error.to_string());
    (String::from_utf8(out).expect("text"), result)
}

/// Returns the output of an example, or its error.
pub fn run<A: Parser>(work: Work<A>, arguments: &[&str]) -> Result<String, String> {
    let (out, result) = outcome(work, arguments);
    result.map(|()| out)
}

/// Returns the records of a table that an example printed, with each cell by its column's name. In
/// some tables, a further list is a further column.
pub fn records(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.expect("a table")
}

/// Returns a path that only this test uses.
pub fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("export-control-{}-{name}", std::process::id()))
}

/// Writes a file that only this test uses.
pub fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = temporary(name);
    std::fs::write(&path, text).expect("a temporary file");
    path
}

/// Returns the error for a name that no embedded list has.
pub fn no_such_list(name: &str) -> String {
    let names: Vec<&str> = export_control::lists()
        .map(|list| list.id().as_str())
        .collect();
    format!(
        "found the list name {name:?}, expected one of {}",
        names.join(", ")
    )
}

/// Returns a number as the examples print it.
pub fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

/// Returns a text with its white space collapsed.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
