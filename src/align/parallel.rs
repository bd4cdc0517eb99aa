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
const SHARES: usize = 32;

/// Changes each part.
#[cfg(not(feature = "rayon"))]
pub(super) fn each<T>(parts: &mut [T], work: impl Fn(&mut T)) {
    parts.iter_mut().for_each(work);
}

/// Changes each part.
#[cfg(feature = "rayon")]
pub(super) fn each<T: Send>(parts: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
    use rayon::prelude::*;
    let share = parts.len().div_ceil(rayon::current_num_threads() * SHARES);
    let shares = parts.par_chunks_mut(share.max(1));
    shares.for_each(|share| share.iter_mut().for_each(&work));
}

/// Returns the results of two pieces of work that do not depend on each other.
#[cfg(not(feature = "rayon"))]
pub(super) fn both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

/// Returns the results of two pieces of work that do not depend on each other.
#[cfg(feature = "rayon")]
pub(super) fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}

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
