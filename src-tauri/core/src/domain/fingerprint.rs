//! A hash that recognises a text without storing it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of a secret, or of what Keyfob wrote to a file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(content: &[u8]) -> Self {
        // A hasher buffers up to one block of its input. On the heap, the buffer is wiped when it is freed.
        let mut hasher = Box::new(Sha256::new());
        hasher.update(content);
        Self(hasher.finalize_reset().into())
    }
}
