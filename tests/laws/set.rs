//! Sets of items against std's `BTreeSet` as the model.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::BTreeSet;

use export_control::{Code, ItemSet};
use lists::{list, list_and_sets};
use proptest::prelude::*;

fn codes(set: &ItemSet<'_>) -> BTreeSet<Code> {
    set.codes().collect()
}

proptest! {
    #[test]
    fn algebra((list, a, b) in list_and_sets()) {
        let (left, right) = (list.set_of(a.iter().copied()).unwrap(), list.set_of(b.iter().copied()).unwrap());
        prop_assert_eq!(codes(&left.union(&right).unwrap()), &a | &b);
        prop_assert_eq!(codes(&left.intersection(&right).unwrap()), &a & &b);
        prop_assert_eq!(codes(&left.difference(&right).unwrap()), &a - &b);
        prop_assert_eq!(codes(&left.symmetric_difference(&right).unwrap()), &a ^ &b);
        prop_assert_eq!(left.is_subset(&right).unwrap(), a.is_subset(&b));
        prop_assert_eq!(left.is_disjoint(&right).unwrap(), a.is_disjoint(&b));
        prop_assert_eq!(left == right, a == b);
        prop_assert_eq!((left.len(), left.is_empty()), (a.len(), a.is_empty()));
        prop_assert!(list.items().iter().all(|item| left.contains(item.code()) == a.contains(&item.code())));
        prop_assert!(left.codes().eq(a.iter().copied()), "list order");
    }

    #[test]
    fn counting_forms_count_what_the_others_build((list, a, b) in list_and_sets()) {
        let (left, right) = (list.set_of(a).unwrap(), list.set_of(b).unwrap());
        prop_assert_eq!(left.union_len(&right).unwrap(), left.union(&right).unwrap().len());
        prop_assert_eq!(left.intersection_len(&right).unwrap(), left.intersection(&right).unwrap().len());
        prop_assert_eq!(left.difference_len(&right).unwrap(), left.difference(&right).unwrap().len());
        prop_assert_eq!(left.symmetric_difference_len(&right).unwrap(), left.symmetric_difference(&right).unwrap().len());
    }

    #[test]
    fn laws((list, a, b) in list_and_sets()) {
        let (left, right) = (list.set_of(a).unwrap(), list.set_of(b).unwrap());
        prop_assert_eq!(left.union(&right).unwrap(), right.union(&left).unwrap());
        prop_assert_eq!(left.intersection(&right).unwrap(), right.intersection(&left).unwrap());
        prop_assert_eq!(left.union(&left).unwrap(), left.clone());
        prop_assert!(left.difference(&left).unwrap().is_empty());
        // shared + only here + only there = all
        let parts = left.intersection_len(&right).unwrap() + left.difference_len(&right).unwrap() + right.difference_len(&left).unwrap();
        prop_assert_eq!(parts, left.union_len(&right).unwrap());
    }

    #[test]
    fn storage((list, a, _) in list_and_sets()) {
        let set = list.set_of(a).unwrap();
        let json = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(list.restore(&serde_json::from_str(&json).unwrap()).unwrap(), set);
    }

    #[test]
    fn a_copy_of_a_list_is_the_same_list((list, a, b) in list_and_sets()) {
        let copy = list.clone();
        let (left, right) = (list.set_of(a.iter().copied()).unwrap(), copy.set_of(b.iter().copied()).unwrap());
        prop_assert_eq!(codes(&left.union(&right).unwrap()), &a | &b);
    }

    #[test]
    fn sets_of_two_lists_never_join(a in list("a"), b in list("b")) {
        prop_assert!(a.live().union(&b.live()).is_err());
        prop_assert!(a.live().intersection_len(&b.live()).is_err());
        prop_assert!(a.live() != b.live());
        prop_assert!(a.restore(&b.live().selection()).is_err());
    }
}

#[test]
fn error_texts() {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    let error = us.live().union(&cn.live()).unwrap_err();
    assert!(error.is_different_lists());
    assert!(
        error.to_string().starts_with("found item sets of us-ccl ("),
        "{error}"
    );
    let error = cn.set_of(["9E999.z".parse().unwrap()]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cn-dual-use:9E999.z: found a code that the list does not have, expected an item of the list"
    );
}
