//! A fixed set of names, looked up in constant time.

/// A table of names: a name's slot follows from its length and a few of its bytes, and the next
/// free one takes what collides.
pub(super) struct Names {
    slots: Vec<Option<(&'static str, u8)>>,
}

/// A power of two, several times the number of names.
const SLOTS: usize = 1024;

impl Names {
    /// The table of names, each with its position.
    pub(super) fn new(names: impl Iterator<Item = &'static str>) -> Names {
        let mut slots = vec![None; SLOTS];
        for (name, at) in names.zip(0u8..=u8::MAX) {
            let mut slot = slot(name);
            while slots[slot].is_some() {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = Some((name, at));
        }
        Names { slots }
    }

    /// The position of a name.
    pub(super) fn get(&self, name: &str) -> Option<u8> {
        let mut slot = slot(name);
        while let Some((found, at)) = self.slots[slot] {
            if found == name {
                return Some(at);
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }
}

fn slot(name: &str) -> usize {
    let bytes = name.as_bytes();
    let at = |position: usize| bytes.get(position).copied().map_or(0, usize::from);
    let mixed =
        bytes.len() + at(0) * 31 + at(bytes.len() / 2) * 97 + at(bytes.len().wrapping_sub(1)) * 389;
    mixed % SLOTS
}
