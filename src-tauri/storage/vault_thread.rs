//! The vault on a thread of its own: the keyring behind it may take its time.
//!
//! **Invariant:** what was asked first is done first; saves above all. Deliberately absent: how the vault is made, and
//! which keyring holds its key.

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

/// A locked keyring shows a dialog of its own meanwhile. After this long the window says so, ten seconds at most after the
/// start of the program.
const PATIENCE: Duration = Duration::from_secs(8);

/// The way to the thread.
#[derive(Clone, Debug)]
pub struct VaultThread(Queue<Owned>);

struct Owned {
    folder: PathBuf,
    keychain: Arc<dyn Keychain>,
    vault: Option<Vault>,
    /// What the user has to be told of it, until an opening or a save succeeds.
    notice: Option<Problem>,
}

impl VaultThread {
    /// Starts it for the vault in `folder`, whose lock is held.
    pub fn start(folder: PathBuf, keychain: Arc<dyn Keychain>) -> io::Result<Self> {
        let owned = Owned { folder, keychain, vault: None, notice: None };
        Queue::start("vault", owned).map(Self)
    }

    /// Opens the vault; `then` hears what was kept.
    pub fn open(&self, by: KeptBy, then: impl FnOnce(Result<effect::Opened, Problem>) + Send + 'static) {
        self.0.put(move |owned| then(owned.open(by)));
    }

    /// Opens a file that a colleague sealed to our key; `then` hears what is in it.
    pub fn unseal(
        &self,
        file: SecretSlice<u8>,
        then: impl FnOnce(Result<SecretSlice<u8>, NotUnsealed>) + Send + 'static,
    ) {
        self.0.put(move |owned| then(owned.unseal(&file)));
    }

    /// Saves; `then` hears whether it is kept, and what the user should know about the vault.
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
            // Nothing has shown yet that the key can be kept. The time to learn that is before a browser opens.
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
        // A save that fails may have set a file aside, too; the next that succeeds says so.
        if let Some(file) = vault.take_set_aside().first() {
            self.notice = Some(Problem::VaultChanged { set_aside: file.display().to_string() });
        }
        saved.map_err(|problem| not_saved(&problem))?;
        Ok(self.notice.take())
    }
}

/// The gravest of what opening found.
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
