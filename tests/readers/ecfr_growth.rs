//! The growth of the eCFR reader with its input. It keeps a small multiple of the input, and twice
//! the input takes at most about twice the work.
#![cfg(feature = "ecfr")]

#[path = "../support/doubling.rs"]
mod doubling;

use doubling::Work;
use export_control::Edition;
use export_control::source::ecfr;

/// A document that repeats one thing.
struct Kind {
    name: &'static str,
    before: &'static str,
    unit: fn(usize) -> String,
    after: &'static str,
}

const ENTRY: &str = "<FP-2><B>3A001 Sets</B></FP-2><FP-1><I>Reason for Control:</I> NS</FP-1>\n";
const ITEMS: &str = "<FP-2><B>3A001 Sets</B></FP-2><FP-1><I>Reason for Control:</I> NS</FP-1><FP><I>Items:</I></FP>\n";
const TABLE: &str =
    "<FP-2><B>3A001 Sets</B></FP-2><TABLE><THEAD><TR><TH>Control(s)</TH></TR></THEAD><TBODY>\n";

const fn kind(
    name: &'static str,
    before: &'static str,
    unit: fn(usize) -> String,
    after: &'static str,
) -> Kind {
    Kind {
        name,
        before,
        unit,
        after,
    }
}

/// Returns a symbol of six capital letters, different for each number.
fn symbol(number: usize) -> String {
    let letter = |place: u32| char::from(b'A' + (number / 26_usize.pow(place) % 26) as u8);
    (0..6).map(letter).collect()
}

const KINDS: &[Kind] = &[
    kind(
        "exceptions of different symbols",
        "<FP-2><B>3A001 Sets</B></FP-2><FP>List Based License Exceptions</FP>",
        |at| format!("<FP>{}: $3000 for some of the sets</FP>\n", symbol(at)),
        "",
    ),
    kind(
        "exceptions, then words for STA",
        "<FP-2><B>3A001 Sets</B></FP-2><FP>List Based License Exceptions</FP>",
        |at| match at % 3 {
            0 => format!("<FP>{}: N/A for some</FP>\n", symbol(at)),
            1 => "<FP>Special Conditions for STA</FP>\n".to_owned(),
            _ => "<FP>Words that go on with the line before</FP>\n".to_owned(),
        },
        "",
    ),
    kind(
        "paragraphs",
        ITEMS,
        |at| {
            format!(
                "<P>b.{}.a.{}. Pumps of more than 3 kW;</P>\n",
                at / 900 % 900 + 1,
                at % 900 + 1
            )
        },
        "",
    ),
    kind(
        "paragraphs of one label",
        ITEMS,
        |_| "<P>a. Pumps of some size;</P>\n".to_owned(),
        "",
    ),
    kind(
        "ranges that reserve",
        ITEMS,
        |at| {
            format!(
                "<P>b.{}. through .{}. [Reserved]</P>\n",
                at * 7 % 90 + 1,
                at * 7 % 90 + 5
            )
        },
        "",
    ),
    kind(
        "labels within one text",
        "<FP-2><B>3A001 Sets</B></FP-2><FP><I>Items:</I></FP><P>a. Pumps",
        |at| format!("; a.{}. Small ones", at % 999 + 1),
        "</P>",
    ),
    kind(
        "labeled text in notes",
        ITEMS,
        |at| {
            format!(
                "<NOTE><P>c.{}. Small ones of the pumps</P></NOTE>\n",
                at % 999 + 1
            )
        },
        "",
    ),
    kind(
        "labeled cells",
        ITEMS,
        |at| {
            format!(
                "<TABLE><TR><TD>d.{}. Small ones of the pumps</TD></TR></TABLE>\n",
                at % 999 + 1
            )
        },
        "",
    ),
    kind(
        "unknown entities",
        "<FP-2><B>3A001 Sets ",
        |at| format!("&{};", symbol(at)),
        "</B></FP-2>",
    ),
    kind(
        "control characters",
        "<FP-2><B>3A001 Sets ",
        |_| "a\u{1b}b\u{7}".to_owned(),
        "</B></FP-2>",
    ),
    kind(
        "text outside elements",
        ENTRY,
        |_| "some stray text here and there<X/>\n".to_owned(),
        "",
    ),
    kind(
        "titles",
        ENTRY,
        |_| "<HD1>Of one kind or another kind</HD1>\n".to_owned(),
        "",
    ),
    kind(
        "headings without a code",
        "",
        |_| "<FP-2><B>Sets of many pumps and fans</B></FP-2>\n".to_owned(),
        "",
    ),
    kind(
        "entries",
        "",
        |at| {
            let (digit, letter) = (at / 4995 % 10, char::from(b'A' + (at / 999 % 5) as u8));
            format!(
                "<FP-2><B>{digit}{letter}{:03} Sets of pumps</B></FP-2>\n",
                at % 999 + 1
            )
        },
        "",
    ),
    kind(
        "license rows",
        TABLE,
        |_| "<TR><TD>NX applies to 3A001.b and fans</TD><TD>NS Colum 1</TD></TR>\n".to_owned(),
        "</TBODY></TABLE>",
    ),
    kind(
        "controls in one license row",
        "<FP-2><B>3A001 Sets</B></FP-2><TABLE><THEAD><TR><TH>Control(s)</TH></TR></THEAD><TBODY><TR><TD>",
        |at| format!("NS applies to 3A001.b.{} for fans ", at % 999 + 1),
        "</TD><TD>NS Column 1</TD></TR></TBODY></TABLE>",
    ),
    kind(
        "codes in one license row",
        "<FP-2><B>3A001 Sets</B></FP-2><TABLE><THEAD><TR><TH>Control(s)</TH></TR></THEAD><TBODY><TR><TD>NS applies to fans of ",
        |at| format!("3A001.b.{}, .c to ", at % 999 + 1),
        "</TD><TD>NS Column 1</TD></TR></TBODY></TABLE>",
    ),
    kind(
        "related controls",
        ENTRY,
        |at| {
            format!(
                "<FP-1><I>Related Controls:</I> See 3A{:03}.a.</FP-1>\n",
                at % 999
            )
        },
        "",
    ),
    kind(
        "reasons",
        "<FP-2><B>3A001 Sets</B></FP-2><FP-1><I>Reason for Control:</I> ",
        |at| symbol(at)[..2].to_owned() + ", ",
        "</FP-1>",
    ),
    kind(
        "lines with a label before the list",
        ENTRY,
        |at| format!("<P>b.{}. Pumps of some size</P>\n", at % 999 + 1),
        "",
    ),
    kind(
        "paragraphs broken off",
        ITEMS,
        |at| {
            format!(
                "<P>c.{}. Pumps <TABLE><TR><TD>of some size</TD></TR></TABLE></P>\n",
                at % 999 + 1
            )
        },
        "",
    ),
    kind(
        "emphasis in emphasis",
        "<FP-2><B>3A001 Sets ",
        |_| "<E T=\"51\"></E><I>x</I>".to_owned(),
        "</B></FP-2>",
    ),
    kind(
        "white space",
        "<FP-2><B>3A001 Sets",
        |_| " \t\u{a0}x".to_owned(),
        "</B></FP-2>",
    ),
];

fn document(kind: &Kind, length: usize) -> String {
    let mut text = format!("<DIV9 N=\"Supplement No. 1 to Part 774\">{}", kind.before);
    let mut at = 0;
    while text.len() < length {
        text.push_str(&(kind.unit)(at));
        at += 1;
    }
    text + kind.after + "</DIV9>\n"
}

/// Returns the number of bytes in the texts of a reading, and the number of its items and
/// observations.
fn kept(xml: &str) -> (usize, usize) {
    let reading = ecfr::read(xml.as_bytes(), Edition::default()).unwrap();
    let notes = reading.observations.iter().map(|note| note.detail.len());
    let items = reading.list.items();
    let texts = items.iter().map(|item| item.text().map_or(0, str::len));
    let exceptions = items.iter().flat_map(|item| &item.particulars().exceptions);
    let words = exceptions
        .map(|exception| exception.symbol.len() + exception.text.as_ref().map_or(0, String::len));
    let rows = reading.list.all_license_requirements().iter().map(|row| {
        let words = row
            .text
            .as_ref()
            .map_or(0, |(first, second)| first.len() + second.len());
        words + row.codes.len() * size_of_val(&row.codes[..1.min(row.codes.len())])
    });
    let bytes = notes.chain(texts).chain(words).chain(rows).sum();
    (bytes, items.len() + reading.observations.len())
}

#[test]
fn what_is_kept_is_a_small_multiple_of_the_input() {
    for kind in KINDS {
        let (small, large) = (document(kind, 20_000), document(kind, 40_000));
        let (few, many) = (kept(&small), kept(&large));
        let name = kind.name;
        assert!(
            many.0 <= large.len() * 8,
            "{name}: {} bytes of {}",
            many.0,
            large.len()
        );
        assert!(
            many.0 * 10 <= few.0 * 22 + 10_000,
            "{name}: {} bytes, then {}",
            few.0,
            many.0
        );
        assert!(
            many.1 * 10 <= few.1 * 22 + 40,
            "{name}: {} things, then {}",
            few.1,
            many.1
        );
    }
}

fn works() -> Vec<Work<'static>> {
    let work = |kind: &'static Kind| Work {
        name: kind.name,
        text: Box::new(|length| document(kind, length)),
        read: |text| {
            let reading = ecfr::read(text.as_bytes(), Edition::default()).unwrap();
            // Thresholds and elements are read when they are asked for.
            for item in reading.list.items() {
                std::hint::black_box((item.quantities(), item.elements()));
            }
        },
    };
    KINDS.iter().map(work).collect()
}

#[test]
#[ignore = "run by the test below, under valgrind"]
fn one_reading() {
    doubling::one_reading(&works());
}

#[test]
#[ignore = "needs valgrind"]
fn twice_the_input_is_twice_the_work() {
    doubling::check(&works());
}
