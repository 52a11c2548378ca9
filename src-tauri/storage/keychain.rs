//! The one secret that Keyfob stores in the desktop's keyring: the key of its vault.
//!
//! **Invariant:** no call waits longer than its `patience`, and no problem contains the secret.
//!
//! Deliberately absent: a store of Keyfob's own, and a store that stays open. The next call finds a keyring that has
//! started, or restarted, after Keyfob.

mod os;
mod timeout_thread;

use keyfob_core::Problem;
use secrecy::SecretString;
use std::time::Duration;
use timeout_thread::TimeoutThread;

/// A store that keeps one secret of this user under this program's name. Calls block.
pub trait Keychain: Send + Sync {
    /// Returns the secret; `None` when the keyring is open, works, and has no entry under Keyfob's name.
    fn load(&self, patience: Duration) -> Result<Option<SecretString>, KeychainProblem>;
    /// Stores `secret` in place of the previous one. A call that timed out does not write later.
    fn store(&self, secret: &SecretString, patience: Duration) -> Result<(), KeychainProblem>;
    /// Deletes the secret, if there is one.
    fn delete(&self, patience: Duration) -> Result<(), KeychainProblem>;
    /// Checks with a separate entry that what is stored can be read and deleted again.
    fn probe(&self, patience: Duration) -> Result<(), KeychainProblem>;
}

/// Why a call failed: one variant for each thing that the user can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainProblem {
    /// No keyring answers on this desktop.
    #[error("no keyring is running")]
    Absent,
    /// The keyring is locked, the user did not unlock it when it asked, or it was never set up.
    #[error("the keyring is locked")]
    Locked,
    /// The call timed out. The keyring may be asking for its password in another window.
    #[error("the keyring did not answer in time")]
    Slow,
    /// The keyring returned something else than was stored.
    #[error("the keyring gave back something else than it was given")]
    Unfaithful,
    /// The keyring refused.
    #[error("the keyring refused: {reason}")]
    Refused {
        /// A fixed sentence; the keyring's own message could contain the secret.
        reason: &'static str,
    },
}

/// The problem shown to the user.
impl From<KeychainProblem> for Problem {
    fn from(why: KeychainProblem) -> Self {
        match why {
            KeychainProblem::Absent => Self::KeyringAbsent,
            KeychainProblem::Locked => Self::KeyringLocked,
            KeychainProblem::Slow => Self::KeyringSlow,
            KeychainProblem::Unfaithful | KeychainProblem::Refused { .. } => Self::KeyringFaulty,
        }
    }
}

/// The keyring of the desktop: Secret Service, Keychain or Credential Manager.
#[derive(Debug, Default)]
pub struct OsKeychain {
    thread: TimeoutThread,
}

impl Keychain for OsKeychain {
    fn load(&self, patience: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        self.thread.ask(patience, |given_up| {
            let found = os::load()?;
            if found.is_some() {
                return Ok(found);
            }
            // A keyring that is locked, or whose files are missing, may answer that it has no such entry. That is
            // reliable only if it can store an entry now. A probe checks that, and unlocks the keyring if possible.
            os::probe()?;
            if given_up.is_so() { Err(KeychainProblem::Slow) } else { os::load() }
        })
    }

    fn store(&self, secret: &SecretString, patience: Duration) -> Result<(), KeychainProblem> {
        let secret = secret.clone();
        self.thread.ask(patience, move |given_up| {
            // Unlocking may take forever. The probe does it with an entry that does not matter, so that unlocking the
            // keyring long after the timeout does not cause an unexpected write.
            os::probe()?;
            if given_up.is_so() {
                return Err(KeychainProblem::Slow);
            }
            os::store(&secret)
        })
    }

    fn delete(&self, patience: Duration) -> Result<(), KeychainProblem> {
        self.thread.ask(patience, |_| os::delete())
    }

    fn probe(&self, patience: Duration) -> Result<(), KeychainProblem> {
        self.thread.ask(patience, |_| os::probe())
    }
}
