//! Why the vault could not do as asked; one for each different thing the user could do about it.

use crate::storage::keychain::KeychainProblem;
use std::io;
use std::path::PathBuf;

/// None of these carries anything secret, and after each the files are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultProblem {
    /// A newer Keyfob wrote it. This one neither reads it nor writes over it.
    #[error("the vault was written by a newer Keyfob (format {version})")]
    Newer {
        /// The format it is in.
        version: u32,
    },
    /// There is a vault, but the key it was sealed with is not to be had: the keyring was reset, or is another one.
    #[error("the key of the vault is missing")]
    KeyMissing,
    /// The key is held by a passphrase; open it with that.
    #[error("the vault needs its passphrase")]
    PassphraseNeeded,
    /// That is not the passphrase.
    #[error("the passphrase is wrong")]
    PassphraseWrong,
    /// The file with the key in it is damaged.
    #[error("the file with the vault's key is damaged")]
    KeyDamaged,
    /// The keyring did not do as asked.
    #[error(transparent)]
    Keychain(#[from] KeychainProblem),
    /// A folder, a link or a device stands in a file's place.
    #[error("{} is not a plain file", .path.display())]
    NotAFile {
        /// Where it stands.
        path: PathBuf,
    },
    /// A file belongs to another user of this computer.
    #[error("{} belongs to another user", .path.display())]
    NotOurs {
        /// Which file.
        path: PathBuf,
    },
    /// More was to be saved than a vault will keep.
    #[error("this is too much for the vault")]
    TooLarge,
    /// The system would not let us read.
    #[error("the vault could not be read: {kind}")]
    ReadFailed {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// The system would not let us write. Nothing was saved.
    #[error("the vault could not be saved: {kind}")]
    SaveFailed {
        /// What the system said.
        kind: io::ErrorKind,
    },
}
