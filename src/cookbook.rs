//! Eight short programs, each whole and each a test.
//!
//! Copy one, and change the codes and dates. What the words mean is in the
//! [glossary of the design](crate::design#words).
//!
//! 1. [Count both lists](#count-both-lists)
//! 2. [Ask for the status on a day](#ask-for-the-status-on-a-day)
//! 3. [Look up a code and its reasons](#look-up-a-code-and-its-reasons)
//! 4. [Find a chemical by its CAS number](#find-a-chemical-by-its-cas-number)
//! 5. [Compare two lists by what they control](#compare-two-lists-by-what-they-control)
//! 6. [Load this morning's official text](#load-this-mornings-official-text)
//! 7. [Read a list of your own](#read-a-list-of-your-own)
//! 8. [Write a crosswalk as SSSOM](#write-a-crosswalk-as-sssom)
//!
//! # Count both lists
//!
//! A [`Count`](crate::Count) prints its number with its rule, its scope and its edition. If a rule
//! does not apply to a list, [`Count::result`](crate::Count::result) has the reason.
//!
//! ```
//! use export_control::{Comparison, CountingRule, cn_dual_use, us_ccl};
//!
//! fn main() {
//!     let comparison = Comparison::new(us_ccl(), cn_dual_use());
//!     for rule in [CountingRule::Entries, CountingRule::Provisions, CountingRule::CatalogueRows] {
//!         println!("{rule}: {}", rule.meaning());
//!         for count in comparison.counts(rule) {
//!             match count.result() {
//!                 Ok(number) => println!("  {number} in {}, {}", count.list(), count.scope()),
//!                 Err(reason) => println!("  unavailable for {}: {reason}", count.list()),
//!             }
//!         }
//!     }
//! #   assert!(comparison.counts(CountingRule::CatalogueRows)[0].number().is_none());
//! }
//! ```
//!
//! # Ask for the status on a day
//!
//! A [`Status`](crate::Status) is in force, not yet, suspended, repealed or unknown. The program
//! also names the notices that made it so.
//!
//! ```
//! use export_control::{Status, cn_dual_use};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let list = cn_dual_use();
//!     let holmium = list.get("1C909".parse()?).ok_or("not on the list")?;
//!     for day in ["2025-10-28", "2025-12-01", "2027-01-01"] {
//!         println!("{day}: {}", list.status(holmium, Some(day.parse()?)));
//!     }
//!     for event in list.events_of(holmium) {
//!         println!("{event}");
//!     }
//!     let december = list.status(holmium, Some("2025-12-01".parse()?));
//!     assert!(matches!(december, Status::Suspended { .. }));
//!     // After the last day that the sources cover, the status is unknown.
//!     let later = list.status(holmium, Some("2027-01-01".parse()?));
//!     assert!(matches!(later, Status::Unknown { .. }));
//!     Ok(())
//! }
//! ```
//!
//! # Look up a code and its reasons
//!
//! [`Code`](crate::Code) reads what people type. If the list does not have the code,
//! [`nearest`](crate::ControlList::nearest) returns its closest listed ancestor.
//!
//! ```
//! use export_control::{Code, us_ccl};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let list = us_ccl();
//!     let code: Code = "ECCN 3a001b2".parse()?;
//!     assert_eq!(code.to_string(), "3A001.b.2");
//!     let item = list.nearest(code).ok_or("neither listed nor below a listed code")?;
//!     println!("{} {}", item.code(), item.title());
//!     for reason in list.reasons(item) {
//!         let meaning = list.info().reason(*reason).unwrap_or("no meaning recorded");
//!         println!("  {reason}: {meaning}");
//!     }
//!     for row in list.license_requirements(item.code().entry()) {
//!         println!("  {row}");
//!     }
//! #   assert!(!list.reasons(item).is_empty());
//!     Ok(())
//! }
//! ```
//!
//! # Find a chemical by its CAS number
//!
//! A CAS number needs no translation, so the same question works on any list. A wrong check digit
//! is an error, not an empty answer.
//!
//! ```
//! use export_control::identifier::CasNumber;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let thiodiglycol: CasNumber = "111-48-8".parse()?;
//!     for list in export_control::lists() {
//!         for item in list.with_cas(thiodiglycol) {
//!             println!("{}:{} {}", list.id(), item.code(), item.title());
//!         }
//!     }
//! #   assert!(export_control::us_ccl().with_cas(thiodiglycol).next().is_some());
//!     assert!("111-48-9".parse::<CasNumber>().is_err());
//!     Ok(())
//! }
//! ```
//!
//! # Compare two lists by what they control
//!
//! An [`Overlap`](crate::Overlap) is read from a crosswalk. It divides each list into what is
//! shared, shared in part, only there, and undecided.
//!
//! ```
//! use export_control::compare::OverlapBasis;
//! use export_control::{Comparison, CountingRule, Side, Verdict, cn_dual_use, crosswalk, us_ccl};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let crosswalk = crosswalk("us-ccl", "cn-dual-use").ok_or("no crosswalk of this pair")?;
//!     let comparison = Comparison::new(us_ccl(), cn_dual_use());
//!     let overlap = comparison.overlap(crosswalk, OverlapBasis::default())?;
//!     println!("{}", overlap.share(Side::Right, CountingRule::Provisions)?);
//!     let only = overlap.items(Side::Right, Verdict::OnlyHere)?;
//!     for item in only.iter().take(5) {
//!         println!("no counterpart recorded: {} {}", item.code(), item.title());
//!     }
//! #   assert!(!only.is_empty());
//!     Ok(())
//! }
//! ```
//!
//! # Load this morning's official text
//!
//! With the feature `ecfr`, the reader turns the XML of the US list into a
//! [`ControlList`](crate::ControlList) with its official texts. It reports what it skipped or
//! repaired. Replace the bytes with `std::io::BufReader::new(std::fs::File::open(path)?)`. The XML
//! does not say of which day it is, so you do.
//!
#![cfg_attr(feature = "ecfr", doc = "```")]
#![cfg_attr(not(feature = "ecfr"), doc = "```ignore")]
//! use export_control::{Date, Edition, source::ecfr};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let file = r#"<DIV9 N="Supplement No. 1 to Part 774">
//!         <FP-2><B>3A001 Converters, as follows.</B></FP-2>
//!         <FP><I>Items:</I> a. Fast converters;</FP>
//!         <P>b. Cold converters.</P>
//!     </DIV9>"#;
//!     let edition = Edition::new("my copy").with_from("2026-11-24".parse::<Date>()?);
//!     let reading = ecfr::read(file.as_bytes(), edition)?;
//!     for item in reading.list.items() {
//!         println!("{} {}", item.code(), item.text().unwrap_or_default());
//!     }
//!     for observation in &reading.observations {
//!         eprintln!("{observation}");
//!     }
//! #   assert_eq!(reading.list.items().len(), 3);
//!     Ok(())
//! }
//! ```
//!
//! # Read a list of your own
//!
//! A list file is CSV with one row an item. Lines that begin with `#` say what the list is. Every
//! column but `code` may be missing. Replace the bytes with `std::fs::File::open(path)?`.
//!
//! ```
//! use export_control::{ControlList, CountingRule, Scope};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let file = [
//!         "# list: mine",
//!         "# name: My list",
//!         "# edition: first draft",
//!         "code,logic,title",
//!         "3A001,any,Converters",
//!         "3A001.a,,Fast converters",
//!         "3A001.b,all,Cold converters",
//!         "3A001.b.1,,Condition: works below 4 K",
//!         "3A001.b.2,,Condition: not on a chip",
//!     ].join("\n");
//!     let read = |file: &str| {
//!         ControlList::from_csv(file.as_bytes()).map_err(|error| error.in_file("mine.csv"))
//!     };
//!     let count = read(&file)?.count(CountingRule::Provisions, &Scope::default());
//!     println!("{count}");
//!     assert_eq!(count.number(), Some(2));
//!
//!     // An error names the file, the line, what was found and what was expected.
//!     let broken = file.replace("3A001.b,all", "3A001.b,some");
//!     println!("{}", read(&broken).unwrap_err());
//!     Ok(())
//! }
//! ```
//!
//! # Write a crosswalk as SSSOM
//!
//! A [`Mapping`](crate::Mapping) pairs two items, or records that one has no counterpart. The file
//! form is SSSOM TSV, which other tools read.
//!
//! ```
//! use export_control::crosswalk::Justification::ManualMappingCuration;
//! use export_control::{Crosswalk, ListId, Mapping, Relation, Side};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let (balancing, heads) = ("2B229".parse()?, "2B219".parse()?);
//!     let mut pair = Mapping::pair(balancing, heads, Relation::Equal, ManualMappingCuration);
//!     pair.author = Some("A. Reader".into());
//!     pair.reason = "The same balancing machines under another number".into();
//!     let none = Mapping::no_counterpart(Side::Right, "3D225".parse()?, ManualMappingCuration);
//!
//!     let (mine, theirs) = (ListId::new("mine"), ListId::new("theirs"));
//!     let crosswalk = Crosswalk::new(mine, theirs, vec![pair, none])?;
//!     let mut file = Vec::new(); // or std::fs::File::create(path)?
//!     crosswalk.to_sssom(&mut file)?;
//!     assert_eq!(Crosswalk::from_sssom(file.as_slice())?, crosswalk);
//!     Ok(())
//! }
//! ```
