//! The packed form of a crosswalk.

use std::sync::Arc;

use indexmap::IndexSet;

use super::{Crosswalk, ExtraFields, Mapping, Metadata, Names};
use crate::packed::{Reader, Source, Writer};

impl Crosswalk {
    /// Returns the two files of the packed form.
    pub(crate) fn pack(&self) -> (Vec<u8>, String) {
        let Crosswalk {
            left,
            right,
            header,
            columns,
            mappings,
            aside,
            by_right,
        } = self;
        let mut to = Writer::default();
        to.value(left);
        to.value(right);
        to.value(&header.lines().to_vec());
        to.value(&columns.iter().cloned().collect::<Vec<String>>());
        let mut names: Vec<Names> = Vec::new();
        for row in mappings.iter().map(|mapping| &mapping.extra).chain(aside) {
            if !names.contains(row.names()) {
                names.push(Arc::clone(row.names()));
            }
        }
        to.value(&names.iter().map(|names| names.to_vec()).collect::<Vec<_>>());
        to.value(by_right);
        to.value(&mappings.len());
        for mapping in mappings {
            pack_mapping(mapping, &names, &mut to);
        }
        to.value(&aside.len());
        for row in aside {
            row.pack(&names, &mut to);
        }
        to.finish()
    }

    /// Returns the crosswalk of a packed form, or `None` if the files have another form.
    pub(crate) fn unpack(source: &'static Source) -> Option<Crosswalk> {
        let mut from = source.section(0)?;
        let (left, right) = (from.value()?, from.value()?);
        let header = Metadata::new(from.value::<Vec<Box<str>>>()?);
        let columns: IndexSet<String> = from.value::<Vec<String>>()?.into_iter().collect();
        let names = from.value::<Vec<Vec<Box<str>>>>()?.into_iter();
        let names: Vec<Names> = names.map(Into::into).collect();
        let by_right = from.value()?;
        let count: usize = from.value()?;
        let mut mappings = Vec::with_capacity(count);
        for _ in 0..count {
            mappings.push(unpack_mapping(&names, &mut from)?);
        }
        let count: usize = from.value()?;
        let mut aside = Vec::with_capacity(count);
        for _ in 0..count {
            aside.push(ExtraFields::unpack(&names, &mut from)?);
        }
        Some(Crosswalk {
            left,
            right,
            header,
            columns,
            mappings,
            aside,
            by_right,
        })
    }
}

fn pack_mapping(mapping: &Mapping, names: &[Names], to: &mut Writer) {
    let Mapping {
        finding,
        justification,
        author,
        confidence,
        differences,
        jointly,
        see,
        evidence,
        reason,
        extra,
        found,
    } = mapping;
    to.value(finding);
    to.value(justification);
    to.value(author);
    to.value(confidence);
    to.value(differences);
    to.value(jointly);
    to.value(see);
    to.value(evidence);
    to.value(reason);
    to.value(found);
    extra.pack(names, to);
}

fn unpack_mapping(names: &[Names], from: &mut Reader) -> Option<Mapping> {
    Some(Mapping {
        finding: from.value()?,
        justification: from.value()?,
        author: from.value()?,
        confidence: from.value()?,
        differences: from.value()?,
        jointly: from.value()?,
        see: from.value()?,
        evidence: from.value()?,
        reason: from.value()?,
        found: from.value()?,
        extra: ExtraFields::unpack(names, from)?,
    })
}
