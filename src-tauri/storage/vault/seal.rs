//! Sealing with age; `key` and `authenticity` use the crate for keys, `transfer` for other people's files.
//!
//! **Invariant:** a wrong key is distinguished from damage, which relies on the envelope's checksum having matched.
#![allow(clippy::disallowed_types, reason = "seals and opens the record")]

use super::VaultProblem;
use age::{DecryptError, Decryptor, Identity, Recipient};
use secrecy::SecretSlice;
use std::io::{self, Read};
use std::iter;

pub(super) enum Unsealed {
    Contents(SecretSlice<u8>),
    WrongKey,
    Damaged,
}

pub(super) fn seal(to: &impl Recipient, contents: &[u8]) -> Result<Vec<u8>, VaultProblem> {
    age::encrypt(to, contents).map_err(|_| VaultProblem::SaveFailed { kind: io::ErrorKind::Other })
}

pub(super) fn unseal(with: &dyn Identity, sealed: &[u8]) -> Unsealed {
    let Ok(age_file) = Decryptor::new_buffered(sealed) else {
        return Unsealed::Damaged;
    };
    let mut reader = match age_file.decrypt(iter::once(with)) {
        Ok(reader) => reader,
        Err(DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed) => {
            return Unsealed::WrongKey;
        }
        Err(_) => return Unsealed::Damaged,
    };
    // Full capacity from the start, so that growing leaves no copy in memory.
    let mut contents = Vec::with_capacity(sealed.len());
    let read = reader.read_to_end(&mut contents);
    let contents = SecretSlice::from(contents);
    if read.is_ok() { Unsealed::Contents(contents) } else { Unsealed::Damaged }
}
