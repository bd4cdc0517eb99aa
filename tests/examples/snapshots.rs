//! What every example prints, in each of its forms: a change of any output shows in a diff.
//!
//! An output of more than a hundred lines is kept by its beginning, its end, its number of lines
//! and a hash of the whole. `INSTA_UPDATE=always cargo test --test snapshots` writes them anew.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/align.rs"]
mod align;
#[allow(dead_code)]
#[path = "../../examples/changes.rs"]
mod changes;
#[allow(dead_code)]
#[path = "../../examples/chemicals.rs"]
mod chemicals;
#[allow(dead_code)]
#[path = "../../examples/compare.rs"]
mod compare;
#[allow(dead_code)]
#[path = "../../examples/crosswalk.rs"]
mod crosswalk;
#[allow(dead_code)]
#[path = "../../examples/de_minimis.rs"]
mod de_minimis;
#[allow(dead_code)]
#[path = "../../examples/false_friends.rs"]
mod false_friends;
#[allow(dead_code)]
#[path = "../../examples/find.rs"]
mod find;
#[allow(dead_code)]
#[path = "../../examples/growth.rs"]
mod growth;
#[allow(dead_code)]
#[path = "../../examples/history.rs"]
mod history;
#[allow(dead_code)]
#[path = "../../examples/items.rs"]
mod items;
#[allow(dead_code)]
#[path = "../../examples/only_in.rs"]
mod only_in;
#[allow(dead_code)]
#[path = "../../examples/overlap.rs"]
mod overlap;
#[allow(dead_code)]
#[path = "../../examples/press_claim.rs"]
mod press_claim;
#[allow(dead_code)]
#[path = "../../examples/rare_earths.rs"]
mod rare_earths;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/status.rs"]
mod status;
#[allow(dead_code)]
#[path = "../../examples/timeline.rs"]
mod timeline;
#[allow(dead_code)]
#[path = "../../examples/validate.rs"]
mod validate;

use running::{file, run};

fn words(arguments: &str) -> Vec<&str> {
    arguments.split_whitespace().collect()
}

/// An example, its arguments, and what it prints.
type Case = (&'static str, &'static str, fn() -> Result<String, String>);

const CASES: &[Case] = &[
    ("compare", "", || run(compare::run, &words(""))),
    ("compare", "--format csv", || {
        run(compare::run, &words("--format csv"))
    }),
    ("compare", "--format json", || {
        run(compare::run, &words("--format json"))
    }),
    ("compare", "--as-of 2025-12-01 --suspended", || {
        run(compare::run, &words("--as-of 2025-12-01 --suspended"))
    }),
    ("compare", "cn-dual-use us-ccl", || {
        run(compare::run, &words("cn-dual-use us-ccl"))
    }),
    ("press_claim", "", || run(press_claim::run, &words(""))),
    ("items", "cn-dual-use", || {
        run(items::run, &words("cn-dual-use"))
    }),
    ("items", "us-ccl --all", || {
        run(items::run, &words("us-ccl --all"))
    }),
    (
        "items",
        "cn-dual-use --as-of 2025-10-28 --format json",
        || {
            run(
                items::run,
                &words("cn-dual-use --as-of 2025-10-28 --format json"),
            )
        },
    ),
    ("find", "maraging steel", || {
        run(find::run, &words("maraging steel"))
    }),
    ("find", "7440-55-3", || run(find::run, &words("7440-55-3"))),
    ("find", "gallium --format csv", || {
        run(find::run, &words("gallium --format csv"))
    }),
    ("find", "7664-39-3 --format json", || {
        run(find::run, &words("7664-39-3 --format json"))
    }),
    ("chemicals", "", || run(chemicals::run, &words(""))),
    ("chemicals", "--format csv", || {
        run(chemicals::run, &words("--format csv"))
    }),
    ("rare_earths", "--as-of 2025-12-01", || {
        run(rare_earths::run, &words("--as-of 2025-12-01"))
    }),
    ("rare_earths", "", || run(rare_earths::run, &words(""))),
    ("status", "1C909 --as-of 2025-12-01", || {
        run(status::run, &words("1C909 --as-of 2025-12-01"))
    }),
    ("status", "3A090", || run(status::run, &words("3A090"))),
    ("status", "--suspended", || {
        run(status::run, &words("--suspended"))
    }),
    ("status", "--suspended --as-of 2026-11-24", || {
        run(status::run, &words("--suspended --as-of 2026-11-24"))
    }),
    ("timeline", "", || run(timeline::run, &words(""))),
    ("de_minimis", "--share 0.1%", || {
        run(de_minimis::run, &words("--share 0.1%"))
    }),
    ("changes", "us-ccl 2022-10-06 2023-12-31", || {
        run(changes::run, &words("us-ccl 2022-10-06 2023-12-31"))
    }),
    (
        "changes",
        "us-ccl 2022-10-06 2023-12-31 --format csv",
        || {
            run(
                changes::run,
                &words("us-ccl 2022-10-06 2023-12-31 --format csv"),
            )
        },
    ),
    ("changes", "cn-dual-use 2025-01-01 2025-12-31", || {
        run(changes::run, &words("cn-dual-use 2025-01-01 2025-12-31"))
    }),
    ("history", "3A090 --below", || {
        run(history::run, &words("3A090 --below"))
    }),
    ("growth", "", || run(growth::run, &words(""))),
    ("overlap", "", || run(overlap::run, &words(""))),
    ("overlap", "eu-annex-i cn-dual-use us-ccl", || {
        run(overlap::run, &words("eu-annex-i cn-dual-use us-ccl"))
    }),
    (
        "overlap",
        "eu-annex-i cn-dual-use us-ccl --format csv",
        || {
            run(
                overlap::run,
                &words("eu-annex-i cn-dual-use us-ccl --format csv"),
            )
        },
    ),
    ("overlap", "us-ccl eu-annex-i --format json", || {
        run(overlap::run, &words("us-ccl eu-annex-i --format json"))
    }),
    ("compare", "eu-annex-i cn-dual-use", || {
        run(compare::run, &words("eu-annex-i cn-dual-use"))
    }),
    ("overlap", "--suspended --format csv", || {
        run(overlap::run, &words("--suspended --format csv"))
    }),
    ("only_in", "cn-dual-use", || {
        run(only_in::run, &words("cn-dual-use"))
    }),
    ("only_in", "us-ccl", || run(only_in::run, &words("us-ccl"))),
    ("false_friends", "", || run(false_friends::run, &words(""))),
    ("crosswalk", "", || run(crosswalk::run, &words(""))),
    ("crosswalk", "--of-right 3C002", || {
        run(crosswalk::run, &words("--of-right 3C002"))
    }),
];

/// The output, or the two ends of a long one.
fn shown(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    if lines.len() <= 100 {
        return output.to_owned();
    }
    let hash = output
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!(
        "{}\n[{} lines, {hash:016x}]\n{}\n",
        lines[..40].join("\n"),
        lines.len(),
        lines[lines.len() - 10..].join("\n")
    )
}

#[test]
fn every_example_prints_what_it_printed() {
    for (name, arguments, print) in CASES {
        let output = print().unwrap_or_else(|error| panic!("{name} {arguments}: {error}"));
        let form = arguments.replace([' ', '/', '%'], "_").replace("--", "");
        let command = format!("{name} {arguments}");
        insta::with_settings!({ description => command, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}__{form}"), shown(&output));
        });
    }
}

#[test]
fn files_of_a_user() {
    let products = file(
        "snapshot-products.csv",
        "product,eccn\npump,2b350.i\nlaser,6A005\nchair,EAR99\nmotor,3A001 (NS)\n",
    );
    let left = file(
        "snapshot-left.csv",
        "code,text\n1A001,Rotor balancing machines\n1A001.a,For flexible rotors\n",
    );
    let right = file(
        "snapshot-right.csv",
        "code,text\n2B229,Machines for balancing rotors\n2B229.a,Flexible rotors\n",
    );
    let path = |path: &std::path::PathBuf| path.display().to_string();
    let (verdicts, _) = running::outcome(validate::run, &[&path(&products)]);
    insta::assert_snapshot!(
        "validate",
        verdicts.replace(&path(&products), "products.csv")
    );
    let proposed = run(align::run, &[&path(&left), &path(&right), "--hide-codes"]);
    let proposed = proposed.unwrap_or_else(|error| error);
    // The lists are called by their files, which carry the number of the test's process.
    let process = format!("{}-", std::process::id());
    insta::assert_snapshot!("align", proposed.replace(&process, ""));
}

/// Every help text has two lines to copy, and says what each rule counts if it takes one.
#[test]
fn every_help_has_examples() {
    use clap::CommandFactory;
    for mut command in [
        align::Arguments::command(),
        changes::Arguments::command(),
        chemicals::Arguments::command(),
        compare::Arguments::command(),
        crosswalk::Arguments::command(),
        de_minimis::Arguments::command(),
        false_friends::Arguments::command(),
        find::Arguments::command(),
        growth::Arguments::command(),
        history::Arguments::command(),
        items::Arguments::command(),
        only_in::Arguments::command(),
        overlap::Arguments::command(),
        press_claim::Arguments::command(),
        rare_earths::Arguments::command(),
        status::Arguments::command(),
        timeline::Arguments::command(),
        validate::Arguments::command(),
    ] {
        let name = command.get_name().to_owned();
        let help = command.render_long_help().to_string();
        let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
        let lines = examples.lines().take_while(|line| !line.is_empty());
        let own = lines.filter(|line| line.trim_start().starts_with(&name));
        assert_eq!(own.count(), 2, "{help}");
        if help.contains("--rule") {
            for rule in export_control::CountingRule::ALL {
                let row = format!("  {rule:<15} {}", rule.meaning());
                assert!(help.contains(&row), "{name}: {row}");
            }
        }
    }
}
