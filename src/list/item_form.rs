//! The serialized form of an item: one field for each fact, as if the item held them all itself.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode, Species};
use crate::measure::MeasureId;
use crate::quantity::Quantity;

use super::condition::Condition;
use super::item::{ChildLogic, Item, ItemState, Reason};
use super::note::ScopeNote;
use super::particulars::Particulars;
use crate::text::fingerprint::Fingerprint;

/// The fields in the order in which they are written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Item")]
struct Form<'a> {
    code: Code,
    state: ItemState,
    through: Option<Code>,
    logic: ChildLogic,
    title: Cow<'a, str>,
    title_local: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<Fingerprint>,
    reasons: Cow<'a, [Reason]>,
    refers_to: Cow<'a, [Code]>,
    #[serde(default)]
    cas: Cow<'a, [CasNumber]>,
    #[serde(default)]
    elements: Cow<'a, [Element]>,
    #[serde(default)]
    species: Cow<'a, [Species]>,
    #[serde(default)]
    hs: Cow<'a, [HsCode]>,
    #[serde(default)]
    quantities: Cow<'a, [Quantity]>,
    #[serde(default)]
    conditions: Cow<'a, [Condition]>,
    #[serde(default)]
    notes: Cow<'a, [ScopeNote]>,
    measure: Option<Cow<'a, MeasureId>>,
    in_force: Option<Date>,
    inferred: bool,
    source: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    particulars: Option<Cow<'a, Particulars>>,
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = &self.facts;
        let form = Form {
            code: self.code,
            state: self.state,
            through: facts.through,
            logic: self.logic,
            title: Cow::Borrowed(&self.title),
            title_local: facts.title_local.as_deref().map(Cow::Borrowed),
            text: self.text.as_deref().map(Cow::Borrowed),
            fingerprint: self.fingerprint,
            reasons: Cow::Borrowed(&facts.reasons),
            refers_to: Cow::Borrowed(&facts.refers_to),
            cas: Cow::Borrowed(&facts.cas),
            elements: Cow::Borrowed(facts.elements.as_slice()),
            species: Cow::Borrowed(&facts.species),
            hs: Cow::Borrowed(&facts.hs),
            quantities: Cow::Borrowed(facts.quantities.as_slice()),
            conditions: Cow::Borrowed(&facts.conditions),
            notes: Cow::Borrowed(&facts.notes),
            measure: facts.measure.as_ref().map(Cow::Borrowed),
            in_force: self.in_force,
            inferred: self.inferred,
            source: facts.source.as_deref().map(Cow::Borrowed),
            particulars: facts.particulars.as_deref().map(Cow::Borrowed),
        };
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        let form = Form::deserialize(deserializer)?;
        let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        let mut item = Item::new(form.code)
            .with_state(form.state)
            .with_logic(form.logic)
            .with_title(form.title)
            .with_text(owned(form.text))
            .with_fingerprint(form.fingerprint)
            .with_in_force(form.in_force)
            .with_inferred(form.inferred);
        let facts = &mut item.facts;
        facts.through = form.through;
        facts.title_local = owned(form.title_local);
        facts.reasons = form.reasons.into_owned();
        facts.refers_to = form.refers_to.into_owned();
        facts.cas = form.cas.into_owned();
        facts.elements = form.elements.into_owned().into();
        facts.species = form.species.into_owned();
        facts.hs = form.hs.into_owned();
        facts.quantities = form.quantities.into_owned().into();
        facts.conditions = form.conditions.into_owned();
        facts.notes = form.notes.into_owned();
        facts.measure = form.measure.map(Cow::into_owned);
        facts.source = owned(form.source);
        facts.particulars = form.particulars.map(|one| Box::new(one.into_owned()));
        Ok(item)
    }
}
