//! Synthetic lists of any size.
#![allow(dead_code)] // each bench uses its part

use export_control::code::Label;
use export_control::{
    Category, ChildLogic, Code, ControlList, Edition, Item, ListId, ListInfo, ProductGroup,
};

/// A list of about `size` items in the shape of the real ones: some eight items an entry, three
/// levels deep. The seed shifts which entries and paragraphs there are, so that two seeds give
/// lists that overlap.
pub fn list(size: usize, seed: usize) -> ControlList {
    let mut items = Vec::with_capacity(size + 16);
    let mut entry = 0;
    // Every list of this many items has room: 50,000 entries, and paragraphs as wide as needed.
    let width = size.div_ceil(50_000 * 7).max(1);
    'whole: while let Some(head) = head(entry) {
        entry += 1;
        if (entry + seed).is_multiple_of(7) {
            continue;
        }
        let mut push = |code: Code, logic| {
            let item = Item::new(code)
                .with_logic(logic)
                .with_title(format!("synthetic item {code}"));
            items.push(item);
            items.len() >= size
        };
        if push(head, ChildLogic::Any) {
            break;
        }
        for letter in 0..width.min(20) {
            let a = child(
                head,
                Label::letters(&char::from(b'a' + letter as u8).to_string()),
            );
            if push(
                a,
                if (entry + letter).is_multiple_of(3) {
                    ChildLogic::All
                } else {
                    ChildLogic::Any
                },
            ) {
                break 'whole;
            }
            for number in 1..=6 {
                if push(child(a, Label::number(number)), ChildLogic::Leaf) {
                    break 'whole;
                }
            }
        }
    }
    ControlList::new(
        ListInfo::new(ListId::new(format!("synthetic-{seed}")), "synthetic"),
        Edition::default(),
        items,
    )
    .expect("a well-formed list")
}

fn child(code: Code, label: Option<Label>) -> Code {
    label
        .and_then(|label| code.child(label))
        .expect("a shallow paragraph")
}

fn head(entry: usize) -> Option<Code> {
    let (category, rest) = (entry / 5000, entry % 5000);
    Code::from_parts(
        Category::new(u8::try_from(category).ok()?)?,
        *ProductGroup::ALL.get(rest / 1000)?,
        (rest % 1000) as u16,
    )
}
