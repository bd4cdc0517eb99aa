//! Pairs the items of the old edition with those of the new one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::bag::{Bag, Word};
use crate::code::Code;
use crate::list::{Item, ItemState};
use crate::text::fingerprint::{Fingerprint, essence};

/// The basis of the pairing of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum PairingBasis {
    /// The words of the official texts.
    Texts,
    /// Fingerprints of the official texts: equal wordings are known, likeness is not.
    Fingerprints,
    /// The crate's own titles.
    Titles,
    /// The codes alone.
    Codes,
}

impl PairingBasis {
    fn of(old: &[&Item], new: &[&Item]) -> PairingBasis {
        let both = |has: fn(&Item) -> bool| {
            old.iter().any(|item| has(item)) && new.iter().any(|item| has(item))
        };
        if both(|item| item.text.is_some()) {
            PairingBasis::Texts
        } else if both(|item| item.text.is_some() || item.fingerprint.is_some()) {
            PairingBasis::Fingerprints
        } else if both(|item| !item.title.is_empty()) {
            PairingBasis::Titles
        } else {
            PairingBasis::Codes
        }
    }

    /// Returns the wording of an item. It is `None` if nothing is recorded, or if the item's place
    /// is only kept free.
    fn content(self, item: &Item) -> Option<Fingerprint> {
        if !matches!(item.state, ItemState::Live | ItemState::Empty) {
            return None;
        }
        match self {
            PairingBasis::Texts | PairingBasis::Fingerprints => item.fingerprint(),
            PairingBasis::Titles => Some(&*item.title)
                .filter(|title| !title.is_empty())
                .map(Fingerprint::of),
            PairingBasis::Codes => None,
        }
    }

    fn words(self, item: &Item) -> Option<&str> {
        match self {
            PairingBasis::Texts => item.text.as_deref(),
            PairingBasis::Titles => Some(&*item.title).filter(|title| !title.is_empty()),
            PairingBasis::Fingerprints | PairingBasis::Codes => None,
        }
    }
}

/// Two items that differ; one of them is missing where an item is new or gone.
pub(super) struct Pair {
    /// The position in the old edition.
    pub(super) old: Option<usize>,
    /// The position in the new one.
    pub(super) new: Option<usize>,
    /// True if both have the same official words, if that was found out.
    pub(super) same_words: Option<bool>,
}

/// The pairs that differ.
pub(super) fn pair(old: &[&Item], new: &[&Item]) -> (PairingBasis, Vec<Pair>) {
    let basis = PairingBasis::of(old, new);
    let mut pairing = Pairing::new(basis, old, new);
    if !pairing.open.0.is_empty() && !pairing.open.1.is_empty() {
        pairing.read();
        pairing.by_place();
        pairing.by_wording();
        for _ in 0..2 {
            pairing.by_parent();
            pairing.by_children();
        }
        pairing.by_likeness();
        pairing.by_parent();
        pairing.by_children();
    }
    pairing.by_code();
    (basis, pairing.finish())
}

/// The items of both sides, of which some have a counterpart and the others wait for one.
struct Pairing<'a> {
    basis: PairingBasis,
    old: &'a [&'a Item],
    new: &'a [&'a Item],
    /// For each old item its counterpart.
    forth: Vec<Option<usize>>,
    /// For each new item its counterpart.
    back: Vec<Option<usize>>,
    /// Positions without a counterpart when codes and wordings were compared, on both sides.
    open: (Vec<usize>, Vec<usize>),
    /// The wording of each open item.
    contents: (HashMap<usize, Fingerprint>, HashMap<usize, Fingerprint>),
}

impl<'a> Pairing<'a> {
    /// Pairs what has the same code and the same wording, or no wording to tell apart.
    fn new(basis: PairingBasis, old: &'a [&'a Item], new: &'a [&'a Item]) -> Pairing<'a> {
        let mut pairing = Pairing {
            basis,
            old,
            new,
            forth: vec![None; old.len()],
            back: vec![None; new.len()],
            open: (Vec::new(), Vec::new()),
            contents: (HashMap::new(), HashMap::new()),
        };
        let (mut at, mut to) = (0, 0);
        while at < old.len() || to < new.len() {
            let order = match (old.get(at), new.get(to)) {
                (Some(old), Some(new)) => old.code.cmp(&new.code),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            match order {
                std::cmp::Ordering::Less => {
                    pairing.open.0.push(at);
                    at += 1;
                }
                std::cmp::Ordering::Greater => {
                    pairing.open.1.push(to);
                    to += 1;
                }
                std::cmp::Ordering::Equal => {
                    match unsettled(basis, old[at], new[to]) {
                        None => pairing.join(at, to),
                        Some(wordings) => {
                            pairing.open.0.push(at);
                            pairing.open.1.push(to);
                            if let Some((old, new)) = wordings {
                                pairing.contents.0.insert(at, old);
                                pairing.contents.1.insert(to, new);
                            }
                        }
                    }
                    at += 1;
                    to += 1;
                }
            }
        }
        pairing
    }

    fn join(&mut self, old: usize, new: usize) {
        self.forth[old] = Some(new);
        self.back[new] = Some(old);
    }

    fn free(&self) -> (Vec<usize>, Vec<usize>) {
        let old = self
            .open
            .0
            .iter()
            .copied()
            .filter(|at| self.forth[*at].is_none())
            .collect();
        let new = self
            .open
            .1
            .iter()
            .copied()
            .filter(|at| self.back[*at].is_none())
            .collect();
        (old, new)
    }

    fn read(&mut self) {
        let basis = self.basis;
        let read = |open: &[usize], items: &[&Item], known: &mut HashMap<usize, Fingerprint>| {
            for at in open {
                if !known.contains_key(at) {
                    let content = basis.content(items[*at]);
                    known.extend(content.map(|content| (*at, content)));
                }
            }
        };
        read(&self.open.0, self.old, &mut self.contents.0);
        read(&self.open.1, self.new, &mut self.contents.1);
    }

    /// The wording of an item together with that of everything above it, up to its entry.
    fn place(&self, items: &[&Item], at: usize) -> Vec<Option<Fingerprint>> {
        std::iter::once(items[at].code)
            .chain(items[at].code.ancestors())
            .map(|code| find(items, code).and_then(|at| self.basis.content(items[at])))
            .collect()
    }

    /// Pairs items whose wording, and whose parents' wordings, only they have.
    fn by_place(&mut self) {
        // An item that nothing on the other side words alike has no counterpart by its place either.
        let of_side = |contents: &HashMap<usize, Fingerprint>| -> HashSet<Fingerprint> {
            contents.values().copied().collect()
        };
        let sides = (of_side(&self.contents.0), of_side(&self.contents.1));
        let places = |open: &[usize],
                      items: &[&Item],
                      contents: &HashMap<usize, Fingerprint>,
                      others: &HashSet<Fingerprint>| {
            let shared = |at: &&usize| contents.get(at).is_some_and(|one| others.contains(one));
            Unique::of(
                open.iter()
                    .filter(shared)
                    .map(|at| (self.place(items, *at), *at)),
            )
        };
        let old = places(&self.open.0, self.old, &self.contents.0, &sides.1);
        let new = places(&self.open.1, self.new, &self.contents.1, &sides.0);
        for (old, new) in old.joined(&new) {
            self.join(old, new);
        }
    }

    /// Pairs items whose wording no other item of either edition has.
    fn by_wording(&mut self) {
        let (old, new) = self.free();
        let mut occurrences: HashMap<Fingerprint, (u32, u32)> = HashMap::new();
        for content in old.iter().filter_map(|at| self.contents.0.get(at)) {
            occurrences.entry(*content).or_default().0 += 1;
        }
        let mut shared = false;
        for content in new.iter().filter_map(|at| self.contents.1.get(at)) {
            let counts = occurrences.entry(*content).or_default();
            counts.1 += 1;
            shared |= counts.0 > 0;
        }
        if !shared {
            return;
        }
        occurrences.retain(|_, counts| *counts == (1, 1));
        if occurrences.is_empty() {
            return;
        }
        // A wording that is also elsewhere, unchanged, is common property and names no provision.
        for (at, item) in self.old.iter().enumerate() {
            if self.forth[at].is_some()
                && let Some(content) = self.basis.content(item)
            {
                occurrences.remove(&content);
            }
        }
        for (at, item) in self.new.iter().enumerate() {
            if self.back[at].is_some()
                && let Some(content) = self.basis.content(item)
            {
                occurrences.remove(&content);
            }
        }
        let unique = |open: &[usize], contents: &HashMap<usize, Fingerprint>, items: &[&Item]| {
            let telling = |at: &usize| {
                self.basis
                    .words(items[*at])
                    .is_none_or(|words| essence(words).take(TELLING).count() == TELLING)
            };
            Unique::of(open.iter().filter(|at| telling(at)).filter_map(|at| {
                let content = contents.get(at)?;
                occurrences.contains_key(content).then_some((*content, *at))
            }))
        };
        let pairs: Vec<_> = unique(&old, &self.contents.0, self.old)
            .joined(&unique(&new, &self.contents.1, self.new))
            .collect();
        for (old, new) in pairs {
            self.join(old, new);
        }
    }

    /// Pairs children of paired parents that have the same wording, which no other child on their
    /// side has.
    fn by_parent(&mut self) {
        let families = |open: Vec<usize>, items: &[&Item]| {
            let mut families: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
            for at in open {
                if let Some(parent) = items[at].code.parent() {
                    families.entry(parent).or_default().push(at);
                }
            }
            families
        };
        let (old, new) = self.free();
        let (old, new) = (families(old, self.old), families(new, self.new));
        // Parents come before their children, so that a child's children can follow it in the same
        // pass.
        for (parent, siblings) in old {
            let Some(children) = find(self.old, parent)
                .and_then(|parent| self.forth[parent])
                .and_then(|parent| new.get(&self.new[parent].code))
            else {
                continue;
            };
            let old = Unique::of(
                siblings
                    .iter()
                    .filter_map(|at| Some((*self.contents.0.get(at)?, *at))),
            );
            let new = Unique::of(
                children
                    .iter()
                    .filter_map(|at| Some((*self.contents.1.get(at)?, *at))),
            );
            let pairs: Vec<_> = old.joined(&new).collect();
            for (old, new) in pairs {
                self.join(old, new);
            }
        }
    }

    /// Pairs parents most of whose children were paired with one another.
    fn by_children(&mut self) {
        let (old, new) = self.free();
        if old.is_empty() || new.is_empty() {
            return;
        }
        let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
        let mut families: (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
        for above in old {
            for at in children(self.old, above) {
                *families.0.entry(above).or_default() += 1;
                let over =
                    self.forth[at].and_then(|to| find(self.new, self.new[to].code.parent()?));
                if let Some(over) = over.filter(|over| self.back[*over].is_none()) {
                    *votes.entry((above, over)).or_default() += 1;
                }
            }
        }
        for over in new {
            let family = children(self.new, over).count();
            families.1.extend((family > 0).then_some((over, family)));
        }
        // More than half of both families: no other pair can have as many. One child alone does not
        // make a family.
        for ((old, new), votes) in votes {
            let size = families
                .0
                .get(&old)
                .max(families.1.get(&new))
                .copied()
                .unwrap_or(0);
            if votes > 1 && votes * 2 > size && self.old[old].state == self.new[new].state {
                self.join(old, new);
            }
        }
    }

    /// Pairs items whose words are alike and whose figures and codes are equal; items that kept
    /// their code need only be alike.
    fn by_likeness(&mut self) {
        let (old, new) = self.free();
        let bags = |open: &[usize],
                    items: &[&'a Item],
                    contents: &HashMap<usize, Fingerprint>|
         -> Vec<(usize, Bag<'a>)> {
            open.iter()
                .filter(|at| contents.contains_key(at))
                .filter_map(|at| {
                    self.basis
                        .words(items[*at])
                        .map(|words| (*at, Bag::of(words)))
                })
                .collect()
        };
        let old_bags = bags(&old, self.old, &self.contents.0);
        let new_bags = bags(&new, self.new, &self.contents.1);
        let mut holders: HashMap<Word<'_>, Vec<usize>> = HashMap::new();
        for (place, (_, bag)) in new_bags.iter().enumerate() {
            for word in bag.distinct() {
                holders.entry(word).or_default().push(place);
            }
        }
        let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
        for (at, bag) in &old_bags {
            let code = self.old[*at].code;
            let mut places: Vec<usize> = bag
                .distinct()
                .filter_map(|word| holders.get(&word))
                .filter(|holders| holders.len() <= RARE)
                .flatten()
                .copied()
                .collect();
            places.extend(new_bags.binary_search_by_key(&code, |(to, _)| self.new[*to].code));
            places.sort_unstable();
            places.dedup();
            for place in places {
                let (to, other) = &new_bags[place];
                let same_code = self.new[*to].code == code;
                // A same code speaks for the pair, so that it wins if two are equally alike. Equal
                // wordings that are still free occur in several places, and name no provision.
                let told_apart = self.contents.0.get(at) != self.contents.1.get(to);
                let comparable =
                    same_code || told_apart && bag.words.len() >= FEW && bag.figures_equal(other);
                if !comparable {
                    continue;
                }
                let likeness = bag.likeness(other);
                let enough = match same_code {
                    true => likeness >= ALIKE_SAME_CODE,
                    false => likeness >= ALIKE,
                };
                if enough {
                    candidates.push((
                        likeness + f64::from(u8::from(same_code)) * SAME_CODE_BONUS,
                        *at,
                        *to,
                    ));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
        // The best come first. Of those that are equally good and contend for one item none is
        // taken, whichever side is called old.
        let mut at = 0;
        while at < candidates.len() {
            let end =
                at + candidates[at..].partition_point(|candidate| candidate.0 >= candidates[at].0);
            let level: Vec<(usize, usize)> = candidates[at..end]
                .iter()
                .map(|(_, old, new)| (*old, *new))
                .filter(|(old, new)| self.forth[*old].is_none() && self.back[*new].is_none())
                .collect();
            let mut counts: (HashMap<usize, u32>, HashMap<usize, u32>) = Default::default();
            for (old, new) in &level {
                *counts.0.entry(*old).or_default() += 1;
                *counts.1.entry(*new).or_default() += 1;
            }
            for (old, new) in level {
                if counts.0[&old] == 1 && counts.1[&new] == 1 {
                    self.join(old, new);
                }
            }
            at = end;
        }
    }

    /// Pairs what is left under one code, unless the words at hand have nothing to do with each
    /// other.
    fn by_code(&mut self) {
        let (old, _) = self.free();
        for at in old {
            let Some(to) = find(self.new, self.old[at].code).filter(|to| self.back[*to].is_none())
            else {
                continue;
            };
            let both_speak = self.contents.0.contains_key(&at) && self.contents.1.contains_key(&to);
            let strange = self.basis == PairingBasis::Texts
                && both_speak
                && self
                    .basis
                    .words(self.old[at])
                    .zip(self.basis.words(self.new[to]))
                    .is_some_and(|(old, new)| {
                        let (old, new) = (Bag::of(old), Bag::of(new));
                        old.words.len().min(new.words.len()) >= FEW && old.likeness(&new) < STRANGE
                    });
            if !strange {
                self.join(at, to);
            }
        }
    }

    fn finish(self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (at, to) in self.forth.iter().enumerate() {
            match to {
                Some(to) if self.old[at] == self.new[*to] => {}
                to => pairs.push(Pair {
                    old: Some(at),
                    new: *to,
                    same_words: to.and_then(|to| self.same_words(at, to)),
                }),
            }
        }
        let come = self.back.iter().enumerate();
        let come = come.filter(|(_, from)| from.is_none());
        pairs.extend(come.map(|(to, _)| Pair {
            old: None,
            new: Some(to),
            same_words: None,
        }));
        pairs
    }

    /// Returns whether two items have the same official words, if both were read.
    fn same_words(&self, old: usize, new: usize) -> Option<bool> {
        let official = matches!(self.basis, PairingBasis::Texts | PairingBasis::Fingerprints);
        let (old, new) = (self.contents.0.get(&old)?, self.contents.1.get(&new)?);
        official.then_some(old == new)
    }
}

/// The least number of signs in a wording that names a provision by itself. A shorter one, such as
/// "Si-C;", may occur anywhere.
const TELLING: usize = 12;
/// The least number of words in a text whose likeness to another means something.
const FEW: usize = 5;
/// The most items with a word that brings two of them together.
const RARE: usize = 40;
/// The least likeness of two items under different codes that are one provision.
const ALIKE: f64 = 0.75;
/// The least likeness of two items under one code that are one provision.
const ALIKE_SAME_CODE: f64 = 0.4;
/// The bonus to likeness for a same code.
const SAME_CODE_BONUS: f64 = 0.3;
/// The likeness below which two long texts under one code are two provisions.
const STRANGE: f64 = 0.15;

fn find(items: &[&Item], code: Code) -> Option<usize> {
    items.binary_search_by_key(&code, |item| item.code).ok()
}

/// Returns the positions of the items one level below the item at a position.
fn children(items: &[&Item], above: usize) -> impl Iterator<Item = usize> {
    let code = items[above].code;
    let below = items[above + 1..].iter().enumerate();
    below
        .take_while(move |(_, item)| code.contains(item.code))
        .filter(move |(_, item)| item.code.parent() == Some(code))
        .map(move |(at, _)| above + 1 + at)
}

/// Returns `None` if two items of one code need no other counterpart: they have the same wording, or
/// none that could be compared. Otherwise returns the wordings, if they were read to tell that.
fn unsettled(
    basis: PairingBasis,
    old: &Item,
    new: &Item,
) -> Option<Option<(Fingerprint, Fingerprint)>> {
    if old.state != new.state {
        return Some(None);
    }
    let same = match basis {
        PairingBasis::Codes => true,
        PairingBasis::Titles => old.title == new.title,
        PairingBasis::Texts | PairingBasis::Fingerprints => {
            old.text.is_some() && old.text == new.text
        }
    };
    if same {
        return None;
    }
    let wordings = basis.content(old).zip(basis.content(new))?;
    (wordings.0 != wordings.1).then_some(Some(wordings))
}

/// Keys that one item alone has, with that item.
struct Unique<K>(HashMap<K, Option<usize>>);

impl<K: Hash + Eq> Unique<K> {
    fn of(keys: impl Iterator<Item = (K, usize)>) -> Unique<K> {
        let mut unique = HashMap::new();
        for (key, at) in keys {
            unique
                .entry(key)
                .and_modify(|at| *at = None)
                .or_insert(Some(at));
        }
        Unique(unique)
    }

    fn joined<'a>(&'a self, other: &'a Unique<K>) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.0
            .iter()
            .filter_map(|(key, at)| Some(((*at)?, (*other.0.get(key)?)?)))
    }
}
