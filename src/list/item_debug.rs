//! Prints an item for a developer: all of its facts, one after the other.

use std::fmt;

use super::facts::ItemFacts;
use super::item::Item;

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Item {
            code,
            title,
            text,
            fingerprint,
            facts,
            in_force,
            logic,
            state,
            inferred,
        } = self;
        let ItemFacts {
            through,
            title_local,
            reasons,
            refers_to,
            cas,
            elements,
            species,
            hs,
            quantities,
            conditions,
            notes,
            measure,
            source,
            particulars,
        } = &**facts;
        f.debug_struct("Item")
            .field("code", code)
            .field("state", state)
            .field("through", through)
            .field("logic", logic)
            .field("title", title)
            .field("title_local", title_local)
            .field("text", text)
            .field("fingerprint", fingerprint)
            .field("reasons", reasons)
            .field("refers_to", refers_to)
            .field("cas", cas)
            .field("elements", elements)
            .field("species", species)
            .field("hs", hs)
            .field("quantities", quantities)
            .field("conditions", conditions)
            .field("notes", notes)
            .field("measure", measure)
            .field("in_force", in_force)
            .field("inferred", inferred)
            .field("source", source)
            .field("particulars", particulars)
            .finish()
    }
}
