//! The vault on a separate thread, since the keyring may be slow.
//!
//! **Invariant:** requests are handled in order. Deliberately absent: the vault's format, and which keyring holds its
//! key.
#![expect(clippy::disallowed_methods, reason = "hands the passphrase to the vault")]

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::effect::{self, KeptBy, NotUnsealed};
use secrecy::{ExposeSecret, SecretSlice};

use crate::diagnostics::log;
use crate::storage::job_queue::Queue;
use crate::storage::keychain::Keychain;
use crate::storage::vault::{Generation, Key, Opened, Vault, VaultProblem, WORK_FACTOR};

/// Time limit of a call to the keyring. A locked one shows its own dialog meanwhile; after this time, at most ten
/// seconds after the program's start, the window says so.
const PATIENCE: Duration = Duration::from_secs(8);

/// A handle to the thread.
#[derive(Clone, Debug)]
pub struct VaultThread(Queue<Owned>);

struct Owned {
    folder: PathBuf,
    keychain: Arc<dyn Keychain>,
    vault: Option<Vault>,
    /// A notice for the user, kept until the vault is opened or saved.
    notice: Option<Problem>,
}

impl VaultThread {
    /// Starts the thread for the vault in `folder`. The caller must hold the folder's lock.
    pub fn start(folder: PathBuf, keychain: Arc<dyn Keychain>) -> io::Result<Self> {
        let owned = Owned { folder, keychain, vault: None, notice: None };
        Queue::start("vault", owned).map(Self)
    }

    /// Opens the vault and passes the result to `then`.
    pub fn open(&self, by: KeptBy, then: impl FnOnce(Result<effect::Opened, Problem>) + Send + 'static) {
        self.0.put(move |owned| then(owned.open(by)));
    }

    /// Opens a file that a colleague sealed to the vault's key, and passes its content to `then`.
    pub fn unseal(
        &self,
        file: SecretSlice<u8>,
        then: impl FnOnce(Result<SecretSlice<u8>, NotUnsealed>) + Send + 'static,
    ) {
        self.0.put(move |owned| then(owned.unseal(&file)));
    }

    /// Saves, and passes the result to `then`, with a notice about the vault for the user.
    pub fn save(&self, record: SecretSlice<u8>, then: impl FnOnce(Result<Option<Problem>, Problem>) + Send + 'static) {
        self.0.put(move |owned| then(owned.save(&record)));
    }
}

impl Owned {
    fn open(&mut self, by: KeptBy) -> Result<effect::Opened, Problem> {
        let key = match by {
            KeptBy::Keyring => Key::Keyring { keychain: Arc::clone(&self.keychain), patience: PATIENCE },
            KeptBy::Passphrase(passphrase) => Key::Passphrase { passphrase, work_factor: WORK_FACTOR },
            KeptBy::ThisRun => Key::ThisRunOnly,
        };
        let mut opened = Vault::open(&self.folder, key).map_err(not_opened)?;
        self.notice = notice(&opened).or(self.notice.take());
        if let Some(why) = &opened.not_renewed {
            log::line(format_args!("the vault's key was not kept anew: {why}"));
        }
        if opened.contents.is_none() {
            // Whether the key can be stored is still unknown, and must be known before a browser opens.
            opened.vault.prove().map_err(not_opened)?;
        }
        let own_key = opened.vault.own_key();
        self.vault = Some(opened.vault);
        Ok(effect::Opened { record: opened.contents, notice: self.notice.take(), own_key })
    }

    fn unseal(&self, file: &SecretSlice<u8>) -> Result<SecretSlice<u8>, NotUnsealed> {
        let vault = self.vault.as_ref().ok_or(NotUnsealed::NotForUs)?;
        vault.unseal(file.expose_secret())
    }

    fn save(&mut self, record: &SecretSlice<u8>) -> Result<Option<Problem>, Problem> {
        let not_saved = |reason: &dyn ToString| Problem::NotSaved { reason: reason.to_string() };
        let vault = self.vault.as_mut().ok_or_else(|| not_saved(&"the vault is not open"))?;
        let saved = vault.save(record);
        // A failed save may have moved a file aside as well; the next successful one reports it.
        if let Some(file) = vault.take_set_aside().first() {
            self.notice = Some(Problem::VaultChanged { set_aside: file.display().to_string() });
        }
        saved.map_err(|problem| not_saved(&problem))?;
        Ok(self.notice.take())
    }
}

/// The most serious notice about an opened vault.
fn notice(opened: &Opened) -> Option<Problem> {
    let recovered = opened.generation != Generation::Fresh;
    let name = |file: &PathBuf| file.display().to_string();
    if let Some(file) = opened.not_authentic.first() {
        Some(Problem::VaultNotAuthentic { set_aside: name(file), recovered })
    } else if let Some(file) = opened.set_aside.first() {
        Some(Problem::VaultDamaged { set_aside: name(file), recovered })
    } else {
        opened.is_older.then_some(Problem::VaultOlder)
    }
}

fn not_opened(problem: VaultProblem) -> Problem {
    match problem {
        VaultProblem::Newer { version } => Problem::VaultNewer { version },
        VaultProblem::KeyMissing => Problem::KeyMissing,
        VaultProblem::PassphraseNeeded => Problem::PassphraseNeeded,
        VaultProblem::PassphraseWrong => Problem::PassphraseWrong,
        VaultProblem::Keychain(why) => why.into(),
        other => Problem::VaultUnreadable { reason: other.to_string() },
    }
}
