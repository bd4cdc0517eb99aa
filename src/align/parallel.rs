//! Does independent parts of the work one after another, or on all cores with the feature `rayon`.
//! The results are the same bit for bit, because no part sees what another one leaves behind.

/// Returns the result of each part, in order. `state` makes room that parts can use again, one
/// after another. A part must leave it as it found it.
#[cfg(not(feature = "rayon"))]
pub(super) fn map<T, S, R>(
    parts: &[T],
    state: impl Fn() -> S,
    work: impl Fn(&mut S, &T) -> R,
) -> Vec<R> {
    let mut state = state();
    parts.iter().map(|part| work(&mut state, part)).collect()
}

/// Returns the result of each part, in order. `state` makes room that parts can use again, one
/// after another. A part must leave it as it found it.
#[cfg(feature = "rayon")]
pub(super) fn map<T: Sync, S, R: Send>(
    parts: &[T],
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &T) -> R + Sync + Send,
) -> Vec<R> {
    use rayon::prelude::*;
    // A few shares for each core, because some parts take longer than others.
    let share = parts.len().div_ceil(rayon::current_num_threads() * SHARES);
    let shares: Vec<Vec<R>> = parts
        .par_chunks(share.max(1))
        .map(|share| {
            let mut state = state();
            share.iter().map(|part| work(&mut state, part)).collect()
        })
        .collect();
    shares.into_iter().flatten().collect()
}

/// The shares of the work for each core.
#[cfg(feature = "rayon")]
const SHARES: usize = 8;

/// Returns the parts in which a list is read: all of it, because a part has its own vocabulary.
#[cfg(not(feature = "rayon"))]
pub(super) fn parts<T>(list: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::once(list)
}

/// Returns the parts in which a list is read.
#[cfg(feature = "rayon")]
pub(super) fn parts<T>(list: &[T]) -> impl Iterator<Item = &[T]> {
    list.chunks(list.len().div_ceil(rayon::current_num_threads() * 2).max(1))
}
