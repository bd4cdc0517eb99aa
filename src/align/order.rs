//! Pairs items in order. Lists of one family keep their order. Of all ways to pair their items one
//! to one without crossings, the weightiest is therefore likely right. Only the order tells items
//! with equal texts apart.

/// A possible pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) weight: f32,
}

/// Returns the weightiest chain in which both sides strictly rise, as positions in `pairs`.
///
/// It takes one pass with a tree of maxima. The effort grows with the number of pairs times the
/// logarithm of the right side's length.
pub(super) fn chain(pairs: &[Pair]) -> Vec<usize> {
    let width = pairs
        .iter()
        .map(|pair| pair.right as usize + 1)
        .max()
        .unwrap_or(0);
    // For each prefix of the right side, the weightiest chain that ends in it.
    let mut best: Vec<(f32, u32)> = vec![(0.0, u32::MAX); width + 1];
    let mut before: Vec<u32> = vec![u32::MAX; pairs.len()];
    let mut order: Vec<u32> = (0..pairs.len() as u32).collect();
    order.sort_unstable_by_key(|at| (pairs[*at as usize].left, pairs[*at as usize].right));
    let mut end = (0.0, u32::MAX);
    for row in order.chunk_by(|a, b| pairs[*a as usize].left == pairs[*b as usize].left) {
        // All pairs of a row are looked up before any is entered, so that none follows another.
        let ends: Vec<(u32, f32)> = row
            .iter()
            .map(|at| {
                let pair = pairs[*at as usize];
                let (mut weight, mut last) = (0.0, u32::MAX);
                let mut place = pair.right as usize;
                while place > 0 {
                    if best[place].0 > weight {
                        (weight, last) = best[place];
                    }
                    place &= place - 1;
                }
                before[*at as usize] = last;
                (*at, weight + pair.weight)
            })
            .collect();
        for (at, weight) in ends {
            let mut place = pairs[at as usize].right as usize + 1;
            while place <= width {
                if best[place].0 < weight {
                    best[place] = (weight, at);
                }
                place += place & place.wrapping_neg();
            }
            if end.0 < weight {
                end = (weight, at);
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = end.1;
    while let Some(previous) = before.get(at as usize) {
        chain.push(at as usize);
        at = *previous;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the weight of the heaviest chain, by trying every one.
    fn heaviest(pairs: &[Pair], left: i64, right: i64) -> f32 {
        pairs
            .iter()
            .filter(|pair| i64::from(pair.left) > left && i64::from(pair.right) > right)
            .map(|pair| pair.weight + heaviest(pairs, pair.left.into(), pair.right.into()))
            .fold(0.0, f32::max)
    }

    /// Numbers below `end` in an order that looks random and is the same in every run: the
    /// linear congruential generator of Knuth's MMIX. A crate for this one test would be built for
    /// every example too.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: u64) -> u32 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % end) as u32
        }
    }

    #[test]
    fn no_chain_is_weightier() {
        let mut numbers = Numbers(1);
        for _ in 0..10_000 {
            let pairs: Vec<Pair> = (0..numbers.below(9))
                .map(|_| Pair {
                    left: numbers.below(6),
                    right: numbers.below(6),
                    weight: (1 + numbers.below(8)) as f32,
                })
                .collect();
            let found: Vec<Pair> = chain(&pairs).into_iter().map(|at| pairs[at]).collect();
            assert!(
                found
                    .windows(2)
                    .all(|two| two[0].left < two[1].left && two[0].right < two[1].right),
                "{pairs:?} give a chain that does not rise: {found:?}"
            );
            assert_eq!(
                found.iter().map(|pair| pair.weight).sum::<f32>(),
                heaviest(&pairs, -1, -1),
                "{pairs:?} give the chain {found:?}"
            );
        }
    }
}
