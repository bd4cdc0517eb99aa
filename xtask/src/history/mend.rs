//! Corrects the history by the official print and XML, and marks what remains missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use export_control::list::Fingerprint;
use export_control::{ChildLogic, Code, ControlList, Item, ItemState};

use super::setting::letters;
use super::{Draft, outline};

/// Corrects the last edition of the source by the official text of the day after. It does so as far
/// as the official print shows that the two are the same. It makes the same corrections in earlier
/// editions as long as the source has the same text.
pub(super) fn by_official(drafts: &mut [Draft], official: &ControlList, print: &str, xml: &str) {
    let Some((last, earlier)) = drafts.split_last_mut() else {
        return;
    };
    let true_last = true_edition(last, official, print, xml);
    correct_earlier(earlier, &last.items, &true_last, official);
    last.items = true_last;
    last.holes.clear();
}

/// Returns the items of the last edition, as far as the official text and the print show them.
fn true_edition(
    last: &Draft,
    official: &ControlList,
    print: &str,
    xml: &str,
) -> BTreeMap<Code, Item> {
    let amended = amended(last, print, xml);
    let printed = |item: &Item| {
        let words = letters(item.text().unwrap_or_default());
        // A page break can split the words of a paragraph. Its beginning or its end identifies it
        // well enough.
        print.contains(&words[..words.len().min(60)])
            || words.len() > 60 && print.contains(&words[words.len() - 60..])
    };
    official
        .items()
        .iter()
        .filter(|item| !amended.contains(&item.code()))
        .filter(|item| {
            last.items.contains_key(&item.code())
                || item.state() != ItemState::Live
                || printed(item)
        })
        .map(outline)
        .chain(
            amended
                .iter()
                .filter_map(|code| last.items.get(code).cloned()),
        )
        .map(|item| (item.code(), item))
        .collect()
}

/// Returns the codes that the rule of the day after the last edition changed: their words are in
/// the print but not in the official text of that day.
fn amended(last: &Draft, print: &str, xml: &str) -> BTreeSet<Code> {
    let mut amended: BTreeSet<Code> = BTreeSet::new();
    for item in last.items.values() {
        let words = letters(item.text().unwrap_or_default());
        if item.state() == ItemState::Live
            && words.len() >= SPEAKING
            && print.contains(&words)
            && !xml.contains(&words)
        {
            amended.extend(
                std::iter::once(item.code())
                    .chain(item.code().ancestors().filter(|code| !code.is_entry())),
            );
        }
    }
    // Their siblings were there too, however short they are.
    let families: BTreeSet<Code> = amended
        .iter()
        .filter(|code| code.depth() > 1)
        .filter_map(|code| code.parent())
        .collect();
    amended.extend(last.items.keys().filter(|code| {
        code.parent()
            .is_some_and(|parent| families.contains(&parent))
    }));
    amended
}

/// Makes the corrections of the last edition, from `read` to `corrected`, in earlier editions.
fn correct_earlier(
    earlier: &mut [Draft],
    read: &BTreeMap<Code, Item>,
    corrected: &BTreeMap<Code, Item>,
    official: &ControlList,
) {
    // If the source has a code that the law does not have on the same day, it is a list in a note
    // or a misread label.
    let invented: BTreeSet<Code> = read
        .keys()
        .filter(|code| !corrected.contains_key(code))
        .copied()
        .collect();
    let misread: HashMap<(Code, State), &Item> = read
        .values()
        .filter_map(|item| Some((item, corrected.get(&item.code())?)))
        .filter(|(item, official)| State::of(item) != State::of(official))
        .map(|(item, official)| ((item.code(), State::of(item)), official))
        .collect();
    // No rule took effect on the last edition's day. An item that is in it but not in the edition
    // before was lost there, and perhaps earlier.
    let lost: Vec<Code> = match earlier.last() {
        Some(before) => corrected
            .keys()
            .filter(|code| !before.items.contains_key(code))
            .copied()
            .collect(),
        None => Vec::new(),
    };
    // If an official entry says everything in its heading, it announced no paragraph before either,
    // unless one is known.
    let known: BTreeSet<Code> = earlier
        .iter()
        .flat_map(|draft| draft.items.keys().copied())
        .chain(corrected.keys().copied())
        .collect();
    for draft in earlier {
        draft
            .holes
            .retain(|code| known.contains(code) || official.get(code.entry()).is_none());
        draft
            .items
            .retain(|code, _| !invented.iter().any(|invented| invented.contains(*code)));
        draft.holes.retain(|code| !invented.contains(code));
        draft.holes.extend(&lost);
        for (code, item) in &mut draft.items {
            if let Some(official) = misread.get(&(*code, State::of(item))) {
                let known = item.fingerprint().is_some() || item.state() == ItemState::Implied;
                *item = Item::clone(official);
                // The official text on the last day does not tell what the lost words were on an
                // earlier day.
                if !known {
                    *item = item.clone().with_text(None).with_fingerprint(None);
                }
            }
        }
    }
}

/// The number of letters that a wording must have for a match in a print of 850 pages to mean
/// something.
const SPEAKING: usize = 20;

/// The properties of an item that are compared.
#[derive(PartialEq, Eq, Hash)]
struct State(ItemState, ChildLogic, Option<Code>, Option<Fingerprint>);

impl State {
    fn of(item: &Item) -> State {
        State(
            item.state(),
            item.logic(),
            item.through(),
            item.fingerprint(),
        )
    }
}

/// Marks the items that the source lost. One kind is a place that is skipped although a later
/// sibling exists: the list itself always reserves such a place. The other is a provision that
/// disappears for a while and comes back with the same words.
pub(super) fn holes(drafts: &mut [Draft]) {
    let known: BTreeSet<Code> = drafts
        .iter()
        .flat_map(|draft| draft.items.keys().copied())
        .collect();
    for draft in drafts.iter_mut() {
        let skipped = skipped(draft, &known);
        draft.holes.extend(skipped);
    }
    for code in &known {
        mark_absences(drafts, *code);
    }
    misfiled(drafts, &known);
    restore_logic(drafts);
    for draft in drafts {
        // A gap inside a gap is reported once. A code that is on the list is not a gap.
        let holes = std::mem::take(&mut draft.holes);
        draft.holes = holes
            .into_iter()
            .filter(|code| !draft.items.contains_key(code))
            .collect();
        // A paragraph whose parent was lost is still below it.
        let orphans: Vec<Code> = draft
            .items
            .keys()
            .flat_map(|code| code.ancestors())
            .collect();
        for code in orphans {
            draft.items.entry(code).or_insert_with(|| {
                Item::new(code)
                    .with_state(ItemState::Implied)
                    .with_logic(ChildLogic::Any)
            });
        }
    }
}

/// Returns the known codes that an edition neither has nor reserves, although it has a later
/// sibling.
fn skipped(draft: &Draft, known: &BTreeSet<Code>) -> Vec<Code> {
    let mut last_child: BTreeMap<Code, Code> = BTreeMap::new();
    let mut ranges: Vec<(Code, Code)> = Vec::new();
    for item in draft.items.values() {
        if let Some(parent) = item.code().parent() {
            last_child.insert(parent, item.code());
        }
        ranges.extend(item.through().map(|through| (item.code(), through)));
    }
    let reserved = |code: Code| {
        ranges.iter().any(|(first, through)| {
            first.parent() == code.parent() && *first < code && code <= *through
        })
    };
    let skipped = known.iter().copied().filter(|code| {
        !draft.items.contains_key(code)
            && code
                .parent()
                .is_some_and(|parent| last_child.get(&parent).is_some_and(|last| *last > *code))
            && !reserved(*code)
    });
    skipped.collect()
}

/// Marks the editions in which a code is absent between two that have it with the same words.
fn mark_absences(drafts: &mut [Draft], code: Code) {
    let states: Vec<Option<Option<Fingerprint>>> = drafts
        .iter()
        .map(|draft| draft.items.get(&code).map(|item| item.fingerprint()))
        .collect();
    let mut before: Option<(usize, Fingerprint)> = None;
    for (at, state) in states.iter().enumerate() {
        let Some(fingerprint) = state else {
            continue;
        };
        if let (Some((last, words)), Some(fingerprint)) = (before, fingerprint)
            && last + 1 < at
            && words == *fingerprint
        {
            for draft in &mut drafts[last + 1..at] {
                draft.holes.insert(code);
            }
        }
        before = fingerprint.map(|words| (at, words));
    }
}

/// Restores the logic of parents. If all children of a parent are lost on a day, it looks like a
/// leaf. With the same words, its logic is the same as on other days.
fn restore_logic(drafts: &mut [Draft]) {
    let parents: HashMap<(Code, Fingerprint), ChildLogic> = drafts
        .iter()
        .flat_map(|draft| draft.items.values())
        .filter(|item| item.logic() != ChildLogic::Leaf)
        .filter_map(|item| Some(((item.code(), item.fingerprint()?), item.logic())))
        .collect();
    for draft in drafts.iter_mut() {
        for parent in draft.holes.iter().filter_map(|hole| hole.parent()) {
            if let Some(item) = draft
                .items
                .get_mut(&parent)
                .filter(|item| item.state() == ItemState::Live && item.logic() == ChildLogic::Leaf)
                && let Some(logic) = item
                    .fingerprint()
                    .and_then(|words| parents.get(&(parent, words)))
            {
                *item = item.clone().with_logic(*logic);
            }
        }
    }
}

/// Corrects the entry before a lost one, because the source has the lost entry's paragraphs under
/// it. If a paragraph's text differs from both the day before and the day after, it gets the text
/// of these days. If these two differ, it is marked as not covered.
fn misfiled(drafts: &mut [Draft], known: &BTreeSet<Code>) {
    for lost in known.iter().copied().filter(|code| code.is_entry()) {
        let mut at = 0;
        while at < drafts.len() {
            let end = at
                + drafts[at..]
                    .iter()
                    .take_while(|draft| draft.holes.contains(&lost))
                    .count();
            // If an entry is lost from the first day on, it may never have been read.
            if at > 0 && end > at && end < drafts.len() {
                let (before, rest) = drafts.split_at_mut(at);
                let (within, after) = rest.split_at_mut(end - at);
                if let (Some(before), Some(after)) = (before.last(), after.first()) {
                    for draft in within {
                        refile(draft, before, after, lost, known);
                        let below = known.range(lost..).take_while(|code| lost.contains(**code));
                        draft
                            .holes
                            .extend(below.filter(|code| before.items.contains_key(code)));
                    }
                }
            }
            at = end.max(at + 1);
        }
    }
}

fn refile(draft: &mut Draft, before: &Draft, after: &Draft, lost: Code, known: &BTreeSet<Code>) {
    let Some(host) = draft
        .items
        .range(..lost)
        .next_back()
        .map(|(code, _)| code.entry())
    else {
        return;
    };
    for code in known
        .range(host..lost)
        .copied()
        .filter(|code| host.contains(*code))
    {
        let state = |draft: &Draft| draft.items.get(&code).map(State::of);
        let (was, is, will) = (state(before), state(draft), state(after));
        if is == was || is == will {
            continue;
        }
        draft.items.remove(&code);
        match before.items.get(&code) {
            Some(item) if was == will => {
                draft.items.insert(code, item.clone());
            }
            None if was == will
                && !before.holes.contains(&code)
                && !after.holes.contains(&code) => {}
            _ => {
                draft.holes.insert(code);
            }
        }
    }
}
