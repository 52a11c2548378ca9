//! Files sealed for or by other people: plain age files as text, which any age program opens.
//!
//! **Invariant:** a file from outside takes no more work than one of Keyfob's, and no more memory than its own length.
//! Deliberately absent: the content under the seal, and the file's path.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "seals and opens handovers")]

use std::io::Read;
use std::iter;

use age::armor::ArmoredReader;
use age::{DecryptError, Decryptor, Identity, scrypt, x25519};
use keyfob_core::Problem;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::handover_file::Lock;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::WORK_FACTOR;
use super::key::MOST_WORK;

/// Seals `content` and returns the file's text. `work_factor` applies to a passphrase ([`super::WORK_FACTOR`] except in
/// tests).
pub fn seal(content: &SecretSlice<u8>, lock: &Lock, work_factor: u8) -> Result<String, Problem> {
    let content = content.expose_secret();
    let sealed = match lock {
        Lock::Passphrase { passphrase } => {
            let mut recipient = scrypt::Recipient::new(passphrase.clone());
            recipient.set_work_factor(work_factor.clamp(1, MOST_WORK));
            age::encrypt_and_armor(&recipient, content)
        }
        Lock::Key { key } => {
            let recipient: x25519::Recipient = key.parse().map_err(|_| Problem::KeyUnknown)?;
            age::encrypt_and_armor(&recipient, content)
        }
    };
    sealed.map_err(|_| Problem::FileNotWritten { reason: "it could not be sealed".to_owned() })
}

/// Opens a file with a passphrase. This takes about a second.
pub fn open_with_passphrase(passphrase: &SecretString, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(WORK_FACTOR);
    open_with(Some(&identity), file)
}

/// Opens a file with an identity. Without one, fails with what the file needs.
pub fn open_with(identity: Option<&dyn Identity>, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
    let sealed =
        Decryptor::new_buffered(ArmoredReader::new(file.trim_ascii_start())).map_err(|_| NotUnsealed::Damaged)?;
    let by_passphrase = sealed.is_scrypt();
    let not_opened = if by_passphrase { NotUnsealed::NeedsPassphrase } else { NotUnsealed::NotForUs };
    let mut reader = sealed.decrypt(iter::once(identity.ok_or(not_opened)?)).map_err(|why| match why {
        DecryptError::NoMatchingKeys => not_opened,
        DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed if by_passphrase => {
            NotUnsealed::WrongPassphrase
        }
        _ => NotUnsealed::Damaged,
    })?;
    // Full capacity from the start, so that growing leaves no copy in memory.
    let mut content = Vec::with_capacity(file.len());
    let read = reader.read_to_end(&mut content);
    let content = SecretSlice::from(content);
    read.map(|_| content).map_err(|_| NotUnsealed::Damaged)
}
