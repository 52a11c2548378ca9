//! The one secret Keyfob asks the desktop to keep: the key of its vault.
//!
//! **Invariant:** no call waits longer than the patience it is given, and no problem carries what was kept.
//!
//! Deliberately absent: a store of our own, and a store opened once and held. A keyring that starts after Keyfob, or
//! restarts under it, is found at the next call.

mod os;
mod timeout_thread;

use keyfob_core::Problem;
use secrecy::SecretString;
use std::time::Duration;
use timeout_thread::TimeoutThread;

/// A place that keeps one secret for this user, under this program's name. Calls block.
pub trait Keychain: Send + Sync {
    /// What is kept; `None` when the keyring is open, works, and has nothing under our name.
    fn load(&self, patience: Duration) -> Result<Option<SecretString>, KeychainProblem>;
    /// Keeps `secret` in place of what was kept before. A call that was given up does not write later.
    fn store(&self, secret: &SecretString, patience: Duration) -> Result<(), KeychainProblem>;
    /// Forgets it. Having nothing to forget is no problem.
    fn delete(&self, patience: Duration) -> Result<(), KeychainProblem>;
    /// Proves with an entry of its own that what is put can be read and deleted again.
    fn probe(&self, patience: Duration) -> Result<(), KeychainProblem>;
}

/// Why the keychain did not do as asked. One for each different thing the user could do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainProblem {
    /// No keyring answers on this desktop.
    #[error("no keyring is running")]
    Absent,
    /// The keyring is locked, was not unlocked when it asked, or was never set up.
    #[error("the keyring is locked")]
    Locked,
    /// No answer in time. The keyring may be asking for its password in another window.
    #[error("the keyring did not answer in time")]
    Slow,
    /// What was read is not what was written.
    #[error("the keyring gave back something else than it was given")]
    Unfaithful,
    /// The keyring answered that it will not.
    #[error("the keyring refused: {reason}")]
    Refused {
        /// A fixed sentence of ours; the keyring's own words could hold the secret.
        reason: &'static str,
    },
}

/// What the user is told of it.
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
            // A keyring that is locked, or whose files are away, may answer that it has no such entry. "Nothing" is
            // true only of one that can keep an entry now; a probe finds that out, and unlocks it where it can be.
            os::probe()?;
            if given_up.is_so() { Err(KeychainProblem::Slow) } else { os::load() }
        })
    }

    fn store(&self, secret: &SecretString, patience: Duration) -> Result<(), KeychainProblem> {
        let secret = secret.clone();
        self.thread.ask(patience, move |given_up| {
            // Unlocking may take for ever. It happens here, on an entry that does not matter, so that the user who
            // unlocks the keyring long after we gave up does not set off a write nobody expects.
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
