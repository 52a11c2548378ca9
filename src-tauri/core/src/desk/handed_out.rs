//! Secrets that may be outside Keyfob, to recognise them where they come back.

use std::collections::BTreeSet;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::domain::connection::Grant;

use super::secrets::tokens_of;

/// What Keyfob put on the clipboard in this run, and tokens that it kept and no longer keeps, as hashes.
#[derive(Debug, Default)]
pub(super) struct HandedOut(BTreeSet<[u8; 32]>);

impl HandedOut {
    /// Adds one.
    pub(super) fn remember(&mut self, text: &SecretString) {
        self.0.insert(fingerprint(text.expose_secret()));
    }

    /// Adds every token of a grant.
    pub(super) fn remember_all(&mut self, grant: &Grant) {
        tokens_of(grant).for_each(|token| self.remember(token));
    }

    /// Whether a text is one of them.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.0.contains(&fingerprint(text))
    }
}

fn fingerprint(text: &str) -> [u8; 32] {
    Sha256::digest(text.trim()).into()
}
