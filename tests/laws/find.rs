//! Search: every lookup against a walk over the whole list, and the ranking of a search.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::BTreeSet;

use export_control::identifier::Element;
use export_control::list::MatchedBy;
use export_control::{Code, ControlList, Item};
use lists::list;
use proptest::prelude::*;

fn codes<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<Code> {
    items.map(|item| item.code()).collect()
}

fn walk(list: &ControlList, test: impl Fn(&Item) -> bool) -> Vec<Code> {
    codes(list.items().iter().filter(|item| test(item)))
}

#[test]
fn look_ups_find_what_a_walk_finds() {
    for list in export_control::lists() {
        for item in list.items() {
            for cas in item.cas() {
                assert_eq!(
                    codes(list.with_cas(*cas)),
                    walk(list, |other| other.cas().contains(cas))
                );
            }
            for species in item.species() {
                assert_eq!(
                    codes(list.with_species(species)),
                    walk(list, |other| other.species().contains(species))
                );
            }
            for hs in item.hs() {
                let found: BTreeSet<Code> = codes(list.with_hs(*hs)).into_iter().collect();
                let model = walk(list, |other| {
                    other
                        .hs()
                        .iter()
                        .any(|other| hs.contains(*other) || other.contains(*hs))
                });
                assert!(found.into_iter().eq(model), "{hs}");
            }
        }
        for element in Element::all() {
            assert_eq!(
                codes(list.with_element(element)),
                walk(list, |item| item.elements().contains(&element))
            );
        }
        for item in list.items().iter().filter(|item| item.code().is_entry()) {
            assert_eq!(
                codes(list.referring_to(item.code())),
                walk(list, |other| other.refers_to().contains(&item.code()))
            );
        }
    }
}

#[test]
fn headings_of_customs_codes_find_their_divisions() {
    let cn = export_control::cn_dual_use();
    let of = |hs: &str| {
        codes(cn.with_hs(hs.parse().unwrap()))
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(of("2841"), "1C117.d.1 6C001.b");
    assert_eq!(of("2841801000"), "1C117.d.1");
    assert_eq!(of("284180"), "1C117.d.1");
    assert_eq!(
        export_control::us_ccl()
            .with_hs("2841".parse().unwrap())
            .count(),
        0,
        "the US list publishes none"
    );
}

#[test]
fn keys_rank_first_and_say_so() {
    let us = export_control::us_ccl();
    let hits = us.find("7664-39-3");
    assert_eq!(
        hits[0].matched[0],
        MatchedBy::Cas("7664-39-3".parse().unwrap())
    );
    assert_eq!(hits[0].score, 1.0);
    let hits = us.find("3a001b2");
    assert_eq!(hits[0].item.code().to_string(), "3A001.b.2");
    assert!(hits[0].matched[0].to_string().starts_with("code 3A001.b.2"));
    let hits = us.find("Bacillus anthracis");
    assert!(hits[0].matched[0].to_string() == "species Bacillus anthracis" && hits[0].score == 1.0);
    let hits = us.find("tungsten");
    assert!(hits.iter().any(|hit| {
        hit.item.code().to_string() == "1C226"
            && hit
                .matched
                .iter()
                .any(|m| matches!(m, MatchedBy::Element(_)))
    }));
    assert!(
        us.find("").is_empty() && us.find("the of and").is_empty() && us.find("zzzzqqq").is_empty()
    );
}

#[test]
fn words_in_both_languages() {
    let cn = export_control::cn_dual_use();
    for query in ["water cannon", "水炮"] {
        assert_eq!(
            cn.find(query)[0].item.code().to_string(),
            "0A901",
            "{query}"
        );
    }
    let hits = cn.find("water cannons");
    assert!(
        hits.windows(2).all(|pair| pair[0].score >= pair[1].score),
        "the best first"
    );
    assert!(hits.iter().all(|hit| hit.score > 0.0 && hit.score <= 1.0));
    assert_eq!(
        hits[0].matched,
        [MatchedBy::Words(vec![
            "cannon".to_owned(),
            "water".to_owned()
        ])]
    );
}

proptest! {
    /// A search finds an item by any word of its title, and finds nothing that has none of the
    /// words.
    #[test]
    fn words_find_their_items(list in list("a"), at in any::<prop::sample::Index>()) {
        prop_assume!(!list.items().is_empty());
        let item = &list.items()[at.index(list.items().len())];
        let words = |title: &str| -> BTreeSet<String> {
            title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() == 2 && word.is_ascii()).map(str::to_lowercase).collect()
        };
        let stop = ["an", "of", "or", "to", "in", "on", "by", "as"];
        for word in words(item.title()).iter().filter(|word| !stop.contains(&word.as_str())) {
            let found = list.find(word);
            // Digits alone are a key.
            if !word.contains(char::is_alphabetic) {
                prop_assert!(!found.iter().any(|hit| matches!(hit.matched[..], [MatchedBy::Words(_)])));
                continue;
            }
            prop_assert!(found.iter().any(|hit| hit.item.code() == item.code()), "{} in {:?}", word, item.title());
            for hit in found.iter().filter(|hit| matches!(hit.matched[..], [MatchedBy::Words(_)])) {
                prop_assert!(words(hit.item.title()).contains(word));
            }
        }
    }

    #[test]
    fn any_query_is_answered(list in list("a"), query in "\\PC{0,30}") {
        prop_assert!(list.find(&query).iter().all(|hit| hit.score > 0.0 && !hit.matched.is_empty()));
    }

    /// The index follows from the items. A list that was searched equals one that was not, and its
    /// copy gives the same results.
    #[test]
    fn the_index_is_no_part_of_a_list(list in list("a")) {
        let copy = list.clone();
        let found = codes(list.find("a1 x").into_iter().map(|hit| hit.item));
        prop_assert_eq!(&list, &copy);
        prop_assert_eq!(codes(copy.find("a1 x").into_iter().map(|hit| hit.item)), found);
    }
}

/// A search finds what our own tables print, and what people write beside a code.
#[test]
fn codes_and_numbers_are_read_as_they_are_printed() {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    let by_code = |list: &ControlList, query: &str| -> Vec<String> {
        let hits = list.find(query).into_iter();
        hits.filter(|hit| matches!(hit.matched[0], MatchedBy::Code(_)))
            .map(|hit| hit.item.code().to_string())
            .collect()
    };
    for (query, codes) in [
        ("us-ccl:3A001.b", &["3A001.b"][..]),
        ("3A001 (NS)", &["3A001"]),
        ("ECCN 3A001.b.2, 5A002", &["3A001.b.2", "5A002"]),
        ("US: 3A001", &["3A001"]),
        ("'3E001", &["3E001"]),
        ("cn-dual-use:3A001", &[]),
        ("3A001 in stock", &[]),
        ("30", &[]),
    ] {
        assert_eq!(by_code(us, query), codes, "{query}");
    }
    assert_eq!(by_code(cn, "cn-dual-use:1C902"), ["1C902"]);
    assert!(cn.find("us-ccl:3A001").is_empty(), "another list's code");
    for (label, bare) in [
        ("HS 8102100001", "8102100001"),
        ("HTS code: 2841", "2841"),
        ("CAS 7664-39-3", "7664-39-3"),
    ] {
        let of = |query: &str| -> Vec<Code> {
            let hits = cn.find(query).into_iter();
            hits.filter(|hit| hit.score == 1.0)
                .map(|hit| hit.item.code())
                .collect()
        };
        assert!(!of(bare).is_empty(), "{bare}");
        assert_eq!(of(label), of(bare), "{label}");
    }
}
