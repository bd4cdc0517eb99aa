//! Runs an example as its user does, and keeps what it printed.
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;

/// An example's work.
pub type Work<A> = fn(&A, &mut dyn Write) -> Result<(), Box<dyn Error>>;

/// Runs an example with arguments; gives what it printed and how it ended.
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

/// What an example printed, or how it failed.
pub fn run<A: Parser>(work: Work<A>, arguments: &[&str]) -> Result<String, String> {
    let (out, result) = outcome(work, arguments);
    result.map(|()| out)
}

/// The records of a table that an example printed, each cell by its column's name: a further list is
/// a further column in some of them.
pub fn records(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.expect("a table")
}

/// A path of the test's own.
pub fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("export-control-{}-{name}", std::process::id()))
}

/// A file of the test's own.
pub fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = temporary(name);
    std::fs::write(&path, text).expect("a temporary file");
    path
}

/// The error for a name that no embedded list has.
pub fn no_such_list(name: &str) -> String {
    let names: Vec<&str> = export_control::lists()
        .map(|list| list.id().as_str())
        .collect();
    format!(
        "found the list name {name:?}, expected one of {}",
        names.join(", ")
    )
}

/// A number as the examples print it to readers.
pub fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

/// A text with its white space squeezed.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
