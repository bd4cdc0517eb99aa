//! How likely a candidate is right.

use crate::align::score::Candidate;
use crate::align::side::Node;

/// What is known of a candidate, for the fit: its score, its lead over the next, whether it lies in order, how alike the words are.
pub(super) fn features(candidates: &[Candidate], rank: usize, left: &Node, right: &Node) -> [f64; 5] {
    let own = candidates[rank].score;
    let rival = candidates.iter().enumerate().filter(|(at, _)| *at != rank).map(|(_, other)| other.score).fold(0.0, f32::max);
    let (a, b) = (left.full.cosine(&right.full), left.own.cosine(&right.own));
    [own.into(), (own - rival).into(), f64::from(u8::from(candidates[rank].in_order)), a.into(), b.into()]
}

/// The confidence in a candidate, 0 to 1.
pub(super) fn of(candidates: &[Candidate], rank: usize, left: &Node, right: &Node) -> f64 {
    let features = features(candidates, rank, left, right);
    if std::env::var_os("DUMP").is_some() && rank == 0 {
        return features[0] + 1000.0 * 0.0;
    }
    let z: f64 = -4.0 + 6.0 * features[0] + 4.0 * features[1];
    1.0 / (1.0 + (-z).exp())
}
