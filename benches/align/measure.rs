//! Computes recall, the area under the curve, and calibration.

use export_control::Code;

use crate::truth::{Truth, is_for_tuning};

/// For each query its answers, the best first, with the confidence in the best.
pub type Ranking = std::collections::BTreeMap<Code, (Vec<Code>, f64)>;

/// The queries that count.
#[derive(Clone, Copy)]
pub enum Part {
    Tuning,
    Testing,
    Both,
}

impl Part {
    fn has(self, code: Code) -> bool {
        match self {
            Part::Tuning => is_for_tuning(code),
            Part::Testing => !is_for_tuning(code),
            Part::Both => true,
        }
    }
}

/// Returns the part of the queries that have a right answer among their first ones.
pub fn recall(truth: &Truth, ranking: &Ranking, first: usize, part: Part) -> f64 {
    let queries: Vec<_> = truth
        .iter()
        .filter(|(query, _)| part.has(**query))
        .collect();
    let found = queries.iter().filter(|(query, answers)| {
        ranking.get(query).is_some_and(|(ranked, _)| {
            ranked
                .iter()
                .take(first)
                .any(|answer| answers.contains(answer))
        })
    });
    found.count() as f64 / queries.len().max(1) as f64
}

/// Returns the chance that a query with an answer is surer than a query without one. It says how
/// well being sure tells the two apart.
pub fn area(with: &[f64], without: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = with
        .iter()
        .map(|sure| (*sure, true))
        .chain(without.iter().map(|sure| (*sure, false)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum) = (0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let negatives = equal.iter().filter(|(_, positive)| !positive).count() as f64;
        sum += (equal.len() as f64 - negatives) * (below + negatives / 2.0);
        below += negatives;
    }
    sum / (with.len() * without.len()).max(1) as f64
}

/// Returns for each step of confidence its start, the number of answers in it, their mean
/// confidence, and the part that was right.
pub fn calibration(answers: &[(f64, bool)]) -> Vec<(f64, usize, f64, f64)> {
    let steps = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.01];
    steps
        .windows(2)
        .map(|step| {
            let within: Vec<_> = answers
                .iter()
                .filter(|(sure, _)| (step[0]..step[1]).contains(sure))
                .collect();
            let n = within.len().max(1) as f64;
            let right = within.iter().filter(|(_, right)| *right).count() as f64;
            (
                step[0],
                within.len(),
                within.iter().map(|(sure, _)| sure).sum::<f64>() / n,
                right / n,
            )
        })
        .collect()
}
