//! What a handover is sealed with, as the user chose it.
//!
//! Invariant: nothing is sealed with a guessable passphrase. Deliberately absent: sealing.
#![expect(clippy::disallowed_methods, reason = "judges a passphrase and reads a key")]

use std::collections::BTreeSet;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use zoho_oauth::text::clean;

use crate::domain::problem::Problem;

/// What a handover is sealed with.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Lock {
    /// A passphrase that the user sends the colleague separately.
    Passphrase {
        #[cfg_attr(test, ts(type = "string"))]
        passphrase: SecretString,
    },
    /// The public key of the recipient's Keyfob.
    Key { key: String },
}

/// Checks a lock, and strips the blanks around its text.
pub fn fit(lock: Lock) -> Result<Lock, Problem> {
    match lock {
        Lock::Passphrase { passphrase } if is_strong(&passphrase) => {
            Ok(Lock::Passphrase { passphrase: tidy(&passphrase) })
        }
        Lock::Passphrase { .. } => Err(Problem::PassphraseWeak),
        Lock::Key { key } => {
            let key = clean(&key);
            if looks_like_a_key(&key) { Ok(Lock::Key { key }) } else { Err(Problem::KeyUnknown) }
        }
    }
}

/// A passphrase without the blanks around it that copying may add.
pub fn tidy(passphrase: &SecretString) -> SecretString {
    passphrase.expose_secret().trim().into()
}

/// Whether a key has the form of an age X25519 recipient (github.com/C2SP/C2SP/blob/main/age.md); age itself checks if
/// it is valid.
fn looks_like_a_key(key: &str) -> bool {
    let bech32 = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    key.strip_prefix("age1").is_some_and(|rest| rest.len() == 58 && bech32(rest))
}

/// Whether a passphrase withstands an attacker who has the file and years to guess: four words or sixteen characters,
/// and not the same few repeated.
fn is_strong(passphrase: &SecretString) -> bool {
    let text = passphrase.expose_secret().trim();
    let characters: BTreeSet<char> = text.chars().collect();
    let length = text.chars().count();
    let enough = length >= 16 || length >= 12 && text.split_whitespace().count() >= 4;
    enough && characters.len() >= 8
}
