//! Memory: at most sixteen times the input for inputs over a megabyte, whatever they contain.
//! Errors remain short. It is one test, because the allocator counts for the whole program.

use export_control::list::license::LicenseRequirement;
use export_control::{ControlList, Crosswalk, History, Measure, rules};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Returns the peak memory in bytes while some work is done, beyond what was used before, and the
/// result of the work.
fn peak(work: impl FnOnce() -> Option<String>) -> (usize, Option<String>) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let said = work();
    (MEMORY.peak_usage() - before, said)
}

const SIZE: usize = 1_200_000;

/// Returns a text of about a megabyte: a beginning, and something repeated.
fn repeated(size: usize, begin: &str, unit: impl Fn(usize) -> String) -> String {
    let mut text = begin.to_owned();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text += &unit(at);
    }
    text
}

/// Returns the code of a number, in list order.
fn code(at: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let (entry, rest) = (at / 676, at % 676);
    format!(
        "{}A{:03}.{}{}",
        entry / 1000,
        entry % 1000,
        letter(rest / 26),
        letter(rest)
    )
}

type Reader = fn(&[u8]) -> Option<String>;

fn list(bytes: &[u8]) -> Option<String> {
    ControlList::from_csv(bytes)
        .err()
        .map(|error| error.to_string())
}

fn crosswalk(bytes: &[u8]) -> Option<String> {
    Crosswalk::from_sssom(bytes)
        .err()
        .map(|error| error.to_string())
}

fn measures(bytes: &[u8]) -> Option<String> {
    Measure::from_csv(bytes)
        .err()
        .map(|error| error.to_string())
}

fn licenses(bytes: &[u8]) -> Option<String> {
    LicenseRequirement::from_csv(bytes)
        .err()
        .map(|error| error.to_string())
}

fn history(bytes: &[u8]) -> Option<String> {
    History::from_csv(bytes, Vec::new())
        .err()
        .map(|error| error.to_string())
}

fn content_rules(bytes: &[u8]) -> Option<String> {
    rules::read_content_rules(bytes)
        .err()
        .map(|error| error.to_string())
}

/// Readers of publications: none of these inputs is an error.
#[cfg(feature = "mofcom")]
fn notice(bytes: &[u8]) -> Option<String> {
    export_control::source::mofcom::read(bytes)
        .err()
        .map(|error| error.to_string())
}

#[cfg(feature = "mofcom")]
fn catalogue(bytes: &[u8]) -> Option<String> {
    export_control::source::mofcom::catalogue::read(bytes)
        .err()
        .map(|error| error.to_string())
}

#[cfg(feature = "ecfr")]
fn ecfr(bytes: &[u8]) -> Option<String> {
    export_control::source::ecfr::read(bytes, Default::default())
        .err()
        .map(|error| error.to_string())
}

#[cfg(feature = "mofcom")]
fn chinese_inputs(size: usize) -> Vec<(&'static str, Reader, String)> {
    let begin = "商务部公告2031年第7号 公布虚构决定\n\n";
    let end = "本公告自2031年5月1日起正式实施。\n";
    let table = "rows\tcode\tstate\ttext\n";
    let text = |unit: &dyn Fn(usize) -> String| repeated(size, begin, unit) + end;
    vec![
        (
            "items of a notice",
            notice,
            text(&|at| {
                format!(
                    "（一）3C{:03}.a．虚构物项：\n1．纯度大于等于9%；\n",
                    at % 999
                )
            }),
        ),
        (
            "other lines of a notice",
            notice,
            text(&|_| "虚构的一段话。\n".to_owned()),
        ),
        (
            "blank lines of a notice",
            notice,
            text(&|_| "\n".to_owned()),
        ),
        (
            "rows of a catalogue",
            catalogue,
            repeated(size, table, |at| {
                format!("{at}\t{}\tok\t功率大于5kW的虚构装置\n", code(at))
            }),
        ),
        (
            "notes of a catalogue",
            catalogue,
            repeated(
                size,
                &format!("{table}1\t3A990\tok\t虚构装置。"),
                |at| format!("说明：3A990项不管制第{at}种。"),
            ),
        ),
    ]
}

#[cfg(feature = "ecfr")]
fn documents(size: usize) -> Vec<(&'static str, Reader, String)> {
    let begin = "<DIV9 N=\"Supplement No. 1 to Part 774\"><FP-2><B>3A001 Sets</B></FP-2>\
                 <FP-1><I>Reason for Control:</I> NS</FP-1><FP><I>Items:</I></FP>\n";
    let text = |unit: &dyn Fn(usize) -> String| repeated(size, begin, unit) + "</DIV9>\n";
    vec![
        (
            "paragraphs of an entry",
            ecfr,
            text(&|at| {
                let (outer, inner) = (at / 900 % 900 + 1, at % 900 + 1);
                format!("<P>b.{outer}.a.{inner}. Pumps of more than 3 kW;</P>\n")
            }),
        ),
        (
            "paragraphs whose parents are not printed",
            ecfr,
            text(&|at| {
                let (outer, inner) = (at / 900 % 900 + 1, at % 900 + 1);
                format!("<P>b.{outer}.a.{inner}.a.1.a.1. Pumps;</P>\n")
            }),
        ),
        (
            "entries",
            ecfr,
            text(&|at| {
                let (digit, letter) = (at / 4995 % 10, char::from(b'A' + (at / 999 % 5) as u8));
                format!(
                    "<FP-2><B>{digit}{letter}{:03} Sets</B></FP-2>\n",
                    at % 999 + 1
                )
            }),
        ),
        (
            "titles",
            ecfr,
            text(&|_| "<HD1>Of one kind or another</HD1>\n".to_owned()),
        ),
        (
            "paragraphs of one label",
            ecfr,
            text(&|_| "<P>a. Pumps of some size;</P>\n".to_owned()),
        ),
        (
            "paragraphs without a label",
            ecfr,
            text(&|_| "<P>Pumps of some size;</P>\n".to_owned()),
        ),
        ("empty elements", ecfr, text(&|_| "<X/>".to_owned())),
    ]
}

const SSSOM: &str = "subject_id\tpredicate_id\tobject_id\tmapping_justification";
const HISTORY: &str = "# list: a\n# version: 2024-01-01\n# through: 2025-12-31\ncode,intervals\n";

fn inputs(size: usize) -> Vec<(&'static str, Reader, String)> {
    let long = |length: usize| "c".repeat(length);
    let mapping = "a:3A001\tskos:exactMatch\tb:3A001\tsemapv:LexicalMatching";
    let wide: String = (0..400).map(|at| format!("\tc{at}")).collect();
    let mut all = vec![
        (
            "blank lines",
            list as Reader,
            repeated(size, "# list: a\ncode\n", |_| "\n".to_owned()),
        ),
        (
            "returns alone",
            list,
            repeated(size, "code\r", |_| "\r".to_owned()),
        ),
        (
            "short codes",
            list,
            repeated(size, "code\n", |at| format!("{}\n", code(at))),
        ),
        (
            "empty rows",
            list,
            repeated(size, "code,title\n", |_| ",\n".to_owned()),
        ),
        (
            "catalogue rows again and again",
            list,
            repeated(size, "code,catalogue_rows\n3A001,1", |_| {
                ";1-1000".to_owned()
            }),
        ),
        (
            "catalogue rows of every item",
            list,
            repeated(size, "code,catalogue_rows\n", |at| {
                format!("{},1-1000\n", code(at))
            }),
        ),
        (
            "reasons",
            list,
            repeated(size, "code,reasons\n3A001,N", |_| ";N".to_owned()),
        ),
        (
            "references",
            list,
            repeated(size, "code,refers_to\n3A001,3A001", |_| ";3A001".to_owned()),
        ),
        (
            "one huge title",
            list,
            format!("code,title\n3A001,{}\n", long(size)),
        ),
        (
            "a huge line of the preamble",
            list,
            format!("# {}\ncode\n", long(size)),
        ),
        (
            "many lines of the preamble",
            list,
            repeated(size, "# list: a\n", |at| format!("# source {at}: x\n")) + "code\n",
        ),
        (
            "an open quotation mark",
            list,
            format!("code,title\n3A001,\"{}", long(size)),
        ),
        (
            "many columns",
            list,
            repeated(size, "code", |_| ",x".to_owned()),
        ),
        ("a long name of a column", crosswalk, {
            let begin = format!("{SSSOM}\t{}\n", long(size / 3));
            repeated(size, &begin, |at| {
                format!(
                    "{}\tx\n",
                    mapping.replace("b:3A001", &format!("b:{}", code(at)))
                )
            })
        }),
        ("many columns of other tools", crosswalk, {
            let cells = "\tx".repeat(400);
            repeated(size, &format!("{SSSOM}{wide}\n"), |at| {
                format!(
                    "{}{cells}\n",
                    mapping.replace("b:3A001", &format!("b:{}", code(at)))
                )
            })
        }),
        (
            "rows of other tools",
            crosswalk,
            repeated(size, &format!("{SSSOM}\n"), |_| {
                "a:3A001\tx:y\tb:3A001\tsemapv:z\n".to_owned()
            }),
        ),
        (
            "rows of a sign",
            crosswalk,
            repeated(size, &format!("{SSSOM}\n"), |_| "a\t\t\t\n".to_owned()),
        ),
        (
            "broken codes of many lists",
            crosswalk,
            repeated(size, &format!("{SSSOM}\n"), |at| {
                format!("l{at}:x\ty\tl{at}:z\tsemapv:w\n")
            }),
        ),
        (
            "much evidence",
            crosswalk,
            repeated(
                size,
                &format!("{SSSOM}\tmatch_string\n{mapping}\ta"),
                |_| "|a".to_owned(),
            ),
        ),
        (
            "mappings",
            crosswalk,
            repeated(size, &format!("{SSSOM}\n"), |at| {
                format!(
                    "{}\n",
                    mapping.replace("b:3A001", &format!("b:{}", code(at)))
                )
            }),
        ),
        (
            "a long description",
            crosswalk,
            repeated(size, "#comment: x\n", |_| "#x\n".to_owned()) + SSSOM + "\n",
        ),
        (
            "short measures",
            measures,
            repeated(size, "measure,in_force\n", |at| format!("{at},\n")),
        ),
        (
            "codes of a measure",
            measures,
            repeated(size, "measure,in_force,changes\n1,,3A001", |_| {
                ";3A001".to_owned()
            }),
        ),
        (
            "license rows",
            licenses,
            repeated(
                size,
                "entry,reasons,applies_to,codes,columns,sections,destinations\n",
                |_| "3A001,,entry,,,,\n".to_owned(),
            ),
        ),
        (
            "destinations",
            licenses,
            repeated(
                size,
                "entry,reasons,applies_to,codes,columns,sections,destinations\n3A001,,entry,,,,a",
                |_| ";a".to_owned(),
            ),
        ),
        (
            "a history",
            history,
            repeated(size, HISTORY, |at| format!("{},0:leaf\n", code(at))),
        ),
        (
            "rules",
            content_rules,
            repeated(size, "id,list,content,threshold,citation\n", |at| {
                format!("{at},a,b,exempt,c\n")
            }),
        ),
    ];
    #[cfg(feature = "mofcom")]
    all.extend(chinese_inputs(size));
    #[cfg(feature = "ecfr")]
    all.extend(documents(size));
    all.shrink_to_fit();
    all
}

#[test]
fn memory() {
    memory_is_a_small_multiple_of_the_input();
    twice_the_input_is_twice_the_memory();
}

fn memory_is_a_small_multiple_of_the_input() {
    // Tables and the like are made only once, so they are made before the measurement.
    for text in ["code\n3A001\n", SSSOM] {
        let _ = (list(text.as_bytes()), crosswalk(text.as_bytes()));
    }
    let (mut most, mut more) = ((0.0, ""), Vec::new());
    for (name, read, text) in inputs(SIZE) {
        let (peak, said) = peak(|| read(text.as_bytes()));
        let times = peak as f64 / text.len() as f64;
        println!(
            "{times:6.2} times: {name}: {}",
            said.as_deref().unwrap_or("read")
        );
        if times > 16.0 {
            more.push(format!("{name}: {peak} bytes for {} bytes", text.len()));
        }
        if let Some(said) = said {
            assert!(said.chars().count() <= 300, "{name}: {said}");
            assert!(!said.chars().any(char::is_control), "{name}: {said:?}");
        }
        if times > most.0 {
            most = (times, name);
        }
    }
    println!("most: {:.2} times, {}", most.0, most.1);
    assert!(more.is_empty(), "{more:#?}");
}

/// Twice the input takes about twice the memory.
fn twice_the_input_is_twice_the_memory() {
    for ((name, read, small), (_, _, large)) in inputs(SIZE).into_iter().zip(inputs(2 * SIZE)) {
        let (few, _) = peak(|| read(small.as_bytes()));
        let (many, _) = peak(|| read(large.as_bytes()));
        let ratio = many as f64 / few as f64;
        assert!(ratio <= 2.2, "{name}: {ratio:.2}");
    }
}
