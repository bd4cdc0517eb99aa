//! What every reader of text needs: characters, words, fingerprints.

pub(crate) mod chars;
pub(crate) mod fingerprint;
