//! The embedded keys and thresholds: what every one must be, and what a file with a broken one gets
//! told.

use export_control::{ControlList, ItemState, ProductGroup};

#[test]
fn keys_are_where_they_can_be() {
    for list in export_control::lists() {
        for item in list.items() {
            let place = format!("{}:{}", list.id(), item.code());
            let any = !(item.cas().is_empty()
                && item.elements().is_empty()
                && item.species().is_empty()
                && item.hs().is_empty());
            assert!(
                !any || matches!(item.state(), ItemState::Live | ItemState::Implied),
                "{place}: keys of {:?}",
                item.state()
            );
            assert!(
                item.elements().is_empty() || item.code().group() == ProductGroup::C,
                "{place}: elements are materials"
            );
            assert!(
                !item.refers_to().contains(&item.code()),
                "{place}: refers to itself"
            );
            assert!(
                item.species().is_empty()
                    || ["1C351", "1C354"].contains(&item.code().entry().to_string().as_str()),
                "{place}"
            );
            // Customs codes of China's list come from the announcement that the row's measure names;
            // thresholds come from there or from the descriptions of the catalogue.
            if list.id().as_str() == "cn-dual-use" && !item.hs().is_empty() {
                let measure = item.measure().expect("a measure").as_str();
                assert!(
                    ["2025-10", "2025-55", "2025-56", "2025-58", "2025-57"].contains(&measure),
                    "{place}: {measure}"
                );
                assert!(list.info().source("hs").is_some() && list.info().source("text").is_some());
            }
            for (at, key) in item.cas().iter().enumerate() {
                assert!(!item.cas()[..at].contains(key), "{place}: {key} twice");
            }
        }
    }
}

#[test]
fn error_texts() {
    let error = |text: &str| {
        ControlList::from_csv(text.as_bytes())
            .expect_err("a broken key")
            .to_string()
    };
    for (text, expected) in [
        (
            "code,cas\n1C350,7664-39-4\n",
            "line 2:2: unnamed: \"7664-39-4\" is not a CAS number: its check digit is 4 where the other digits give 3",
        ),
        (
            "code,title,elements\n1C230,x,Be;Bx\n",
            "line 2:3: unnamed: \"Bx\" is not a chemical element: expected a symbol or a name, such as Dy or dysprosium",
        ),
        (
            "code,hs\n1C230,123\n",
            "line 2:2: unnamed: \"123\" is not a customs code: expected 4, 6, 8 or 10 digits, it has 3",
        ),
        (
            "code,species\n1C351,Abrin;\n",
            "line 2:2: unnamed: \"\" is not a species or toxin: it is empty; expected a name such as Bacillus anthracis",
        ),
        (
            "code,quantities\n3A001,length > 5 m < 3 m\n",
            "line 2:2: unnamed: \"length > 5 m < 3 m\" is not a quantity: the range is upside down: its lower end lies above its upper end",
        ),
        (
            "code,quantities\n3A001,> 5 m;> 5 furlongs\n",
            "line 2:2: unnamed: \"> 5 furlongs\" is not a quantity: unknown unit \"furlongs\"; expected a symbol such as kW, µm or %",
        ),
    ] {
        assert_eq!(error(text), expected);
    }
}
