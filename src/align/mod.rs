//! The aligner: proposes a crosswalk for any two lists.

mod glossary;
mod order;
mod score;
mod side;
mod text;
mod vector;

use crate::code::Code;
use crate::list::ControlList;

use side::{Draft, weigh};
use vector::Vocabulary;

/// x
#[derive(Debug, Clone, Default)]
pub struct Aligner {}

/// x
#[derive(Debug, Clone)]
pub struct Alignment {
    /// x
    pub ranked: Vec<(Code, Vec<(Code, f32)>)>,
}

impl Aligner {
    /// x
    pub fn align(&self, left: &ControlList, right: &ControlList) -> Alignment {
        let mut vocabulary = Vocabulary::default();
        let han = side::is_chinese(left) && side::is_chinese(right);
        let drafts = [Draft::new(left, &mut vocabulary, han), Draft::new(right, &mut vocabulary, han)];
        let [a, b] = weigh(drafts, vocabulary.len());
        let entries = score::entries(&a, &b, vocabulary.len());
        let items = score::items(&a, &b, &entries, vocabulary.len());
        let code = |side: &side::Side<'_>, node: u32| side.list.items()[side.nodes[node as usize].item].code;
        let ranked = items
            .iter()
            .enumerate()
            .map(|(at, list)| (code(&a, at as u32), list.iter().map(|c| (code(&b, c.other), c.score)).collect()))
            .collect();
        Alignment { ranked }
    }
}
