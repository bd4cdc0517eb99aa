//! Random codes and lists for the property tests.
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeSet;

use export_control::code::Label;
use export_control::{
    Category, ChildLogic, Code, ControlList, Edition, Item, ItemState, ListId, ListInfo,
    ProductGroup,
};
use proptest::prelude::*;

/// Returns labels of either kind, mostly the small ones that lists use.
pub fn label() -> impl Strategy<Value = Label> {
    prop_oneof![
        4 => (1u16..12).prop_map(|number| Label::number(number).unwrap()),
        1 => (1u16..=999).prop_map(|number| Label::number(number).unwrap()),
        4 => "[a-f]".prop_map(|letters| Label::letters(&letters).unwrap()),
        1 => "[a-z]{1,2}".prop_map(|letters| Label::letters(&letters).unwrap()),
    ]
}

pub fn entry() -> impl Strategy<Value = Code> {
    (0u8..10, 0usize..5, 0u16..=999).prop_map(|(category, group, number)| {
        Code::from_parts(
            Category::new(category).unwrap(),
            ProductGroup::ALL[group],
            number,
        )
        .unwrap()
    })
}

/// Returns any codes.
pub fn code() -> impl Strategy<Value = Code> {
    (entry(), prop::collection::vec(label(), 0..=10)).prop_map(|(entry, labels)| {
        labels
            .into_iter()
            .fold(entry, |code, label| code.child(label).unwrap())
    })
}

/// Returns codes from a small set, so that random lists overlap and nest.
fn small_code() -> impl Strategy<Value = Code> {
    let entry = (1u8..3, 0usize..2, 1u16..4).prop_map(|(category, group, number)| {
        Code::from_parts(
            Category::new(category).unwrap(),
            ProductGroup::ALL[group],
            number,
        )
        .unwrap()
    });
    (
        entry,
        prop::collection::vec(
            (1u16..4).prop_map(|number| Label::number(number).unwrap()),
            0..4,
        ),
    )
        .prop_map(|(entry, labels)| {
            labels
                .into_iter()
                .fold(entry, |code, label| code.child(label).unwrap())
        })
}

fn item(code: Code) -> impl Strategy<Value = Item> {
    let state = prop_oneof![6 => Just(ItemState::Live), 1 => Just(ItemState::Reserved), 1 => Just(ItemState::Implied), 1 => Just(ItemState::Empty)];
    let logic = prop_oneof![
        4 => Just(ChildLogic::Any),
        2 => Just(ChildLogic::All),
        1 => Just(ChildLogic::AllOrOwn),
        1 => Just(ChildLogic::OneOfEach),
        1 => (2..9u8).prop_map(ChildLogic::AtLeast),
    ];
    (state, logic, any::<bool>(), "[ -~]{0,12}|[一-龥]{0,4}").prop_map(
        move |(state, logic, inferred, title)| {
            let mut item = Item::new(code)
                .with_state(state)
                .with_logic(logic)
                .with_inferred(inferred)
                .with_title(title);
            if code.is_entry() {
                item = item.with_reasons(vec!["NS".parse().unwrap()]);
            }
            item
        },
    )
}

/// Returns lists in which every item has its parents.
pub fn list(name: &'static str) -> impl Strategy<Value = ControlList> {
    prop::collection::btree_set(small_code(), 0..40).prop_flat_map(move |codes| {
        let closed: BTreeSet<Code> = codes
            .iter()
            .flat_map(|code| std::iter::once(*code).chain(code.ancestors()))
            .collect();
        let items: Vec<_> = closed.into_iter().map(item).collect();
        items.prop_map(move |items| {
            ControlList::new(
                ListInfo::new(ListId::new(name), name),
                Edition::default(),
                items,
            )
            .unwrap()
        })
    })
}

/// Returns lists with two sets of their items, as the model sees them.
pub fn list_and_sets() -> impl Strategy<Value = (ControlList, BTreeSet<Code>, BTreeSet<Code>)> {
    list("a").prop_flat_map(|list| {
        let codes: Vec<Code> = list.items().iter().map(|item| item.code()).collect();
        let subset = || {
            prop::sample::subsequence(codes.clone(), 0..=codes.len())
                .prop_map(|codes| codes.into_iter().collect::<BTreeSet<Code>>())
        };
        (Just(list), subset(), subset())
    })
}
