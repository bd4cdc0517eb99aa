//! What the official print and XML put right, and what stays a hole.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use export_control::list::Fingerprint;
use export_control::{ChildLogic, Code, ControlList, Item, ItemState};

use super::setting::letters;
use super::{Draft, outline};

/// Puts the last edition of the source right by the official text of the day after, as far as the
/// official print says that it is the same, and carries the same corrections back as far as the
/// source reads the same.
pub(super) fn by_official(drafts: &mut [Draft], official: &ControlList, print: &str, xml: &str) {
    let Some((last, earlier)) = drafts.split_last_mut() else {
        return;
    };
    // Words of the last edition that the print has and the official text of the day after no longer
    // has: what the rule of that day changed.
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
    // Their siblings stood there too, however short.
    let families: BTreeSet<Code> = amended
        .iter()
        .filter(|code| code.depth() > 1)
        .filter_map(|code| code.parent())
        .collect();
    amended.extend(last.items.keys().filter(|code| {
        code.parent()
            .is_some_and(|parent| families.contains(&parent))
    }));

    let printed = |item: &Item| {
        let words = letters(item.text().unwrap_or_default());
        // The words of a paragraph can be broken by a page; its beginning or its end names it well
        // enough.
        print.contains(&words[..words.len().min(60)])
            || words.len() > 60 && print.contains(&words[words.len() - 60..])
    };
    let true_last: BTreeMap<Code, Item> = official
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
        .collect();

    // What the source has and the law does not have on the same day is a list within a note, or a
    // label read wrongly.
    let invented: BTreeSet<Code> = last
        .items
        .keys()
        .filter(|code| !true_last.contains_key(code))
        .copied()
        .collect();
    let misread: HashMap<(Code, State), &Item> = last
        .items
        .values()
        .filter_map(|item| Some((item, true_last.get(&item.code())?)))
        .filter(|(item, official)| State::of(item) != State::of(official))
        .map(|(item, official)| ((item.code(), State::of(item)), official))
        .collect();
    // No rule took effect on the last edition's day, so what stands in it and not in the one before
    // was lost there, and perhaps earlier.
    let lost: Vec<Code> = match earlier.last() {
        Some(before) => true_last
            .keys()
            .filter(|code| !before.items.contains_key(code))
            .copied()
            .collect(),
        None => Vec::new(),
    };
    // An entry that officially says all in its heading announced no paragraph before either, unless
    // one is known.
    let known: BTreeSet<Code> = earlier
        .iter()
        .flat_map(|draft| draft.items.keys().copied())
        .chain(true_last.keys().copied())
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
                // Lost words are lost: that the official text has some on the last day says nothing
                // of an earlier one.
                if !known {
                    *item = item.clone().with_text(None).with_fingerprint(None);
                }
            }
        }
    }
    drop(misread);
    last.items = true_last;
    last.holes.clear();
}

/// Letters that a wording must have for its state in a print of 850 pages to mean something.
const SPEAKING: usize = 20;

/// What is compared of an item.
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

/// Marks what the source lost: a place that is skipped though a later sibling stands, which the
/// list itself never does without reserving it, and a provision that vanishes for a while and comes
/// back with the same words.
pub(super) fn holes(drafts: &mut [Draft]) {
    let known: BTreeSet<Code> = drafts
        .iter()
        .flat_map(|draft| draft.items.keys().copied())
        .collect();
    for draft in drafts.iter_mut() {
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
        let skipped: Vec<Code> = skipped.collect();
        draft.holes.extend(skipped);
    }
    let known_codes = known.clone();
    for code in known {
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
    misfiled(drafts, &known_codes);
    // A parent whose children are all lost on a day looks like a leaf; with the same words it is
    // what it was on other days.
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
    for draft in drafts {
        // A hole within a hole is said once; what is listed is none.
        let holes = std::mem::take(&mut draft.holes);
        draft.holes = holes
            .into_iter()
            .filter(|code| !draft.items.contains_key(code))
            .collect();
        // A paragraph whose parent was lost still stands below it.
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

/// Puts right the entry before one that was lost: the source files the lost entry's paragraphs
/// under it. A paragraph that says what it says neither before nor after is what both days say of
/// it, or not covered where they differ.
fn misfiled(drafts: &mut [Draft], known: &BTreeSet<Code>) {
    for lost in known.iter().copied().filter(|code| code.is_entry()) {
        let mut at = 0;
        while at < drafts.len() {
            let end = at
                + drafts[at..]
                    .iter()
                    .take_while(|draft| draft.holes.contains(&lost))
                    .count();
            // An entry that is lost from the first day on was perhaps never read.
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
