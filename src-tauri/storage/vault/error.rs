//! Why an operation on the vault failed: one variant for each thing that the user can do about it.

use crate::storage::keychain::KeychainProblem;
use std::io;
use std::path::PathBuf;

/// Why an operation on the vault failed. No variant contains a secret, and after each the files are unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultProblem {
    /// A newer Keyfob wrote the vault. This one neither reads nor overwrites it.
    #[error("the vault was written by a newer Keyfob (format {version})")]
    Newer {
        /// The version of its format.
        version: u32,
    },
    /// There is a vault, but its key is missing: the keyring was reset or is another one.
    #[error("the key of the vault is missing")]
    KeyMissing,
    /// A passphrase protects the key and is needed to open the vault.
    #[error("the vault needs its passphrase")]
    PassphraseNeeded,
    /// The passphrase is wrong.
    #[error("the passphrase is wrong")]
    PassphraseWrong,
    /// The file with the key is damaged.
    #[error("the file with the vault's key is damaged")]
    KeyDamaged,
    /// The keyring failed.
    #[error(transparent)]
    Keychain(#[from] KeychainProblem),
    /// A folder, a link or a device is in a file's place.
    #[error("{} is not a plain file", .path.display())]
    NotAFile {
        /// Its path.
        path: PathBuf,
    },
    /// A file belongs to another user.
    #[error("{} belongs to another user", .path.display())]
    NotOurs {
        /// The file's path.
        path: PathBuf,
    },
    /// The contents exceed the vault's limit.
    #[error("this is too much for the vault")]
    TooLarge,
    /// The system could not read a file.
    #[error("the vault could not be read: {kind}")]
    ReadFailed {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// The system could not write a file. Nothing was saved.
    #[error("the vault could not be saved: {kind}")]
    SaveFailed {
        /// What the system said.
        kind: io::ErrorKind,
    },
}
