//! Sends a request to the running Keyfob, or else answers it from the vault.
//!
//! **Invariant:** the vault is opened only with the lock held, so of two commands at the same time never both ask Zoho.

use std::path::Path;
use std::time::Duration;

use keyfob_core::cli::{CliAnswer, CliReply, CliRequest, PERSON_TIME};
use tokio::time::{Instant, sleep, timeout};

use super::{CliResponse, standalone};
use crate::ipc::socket::Talk;
use crate::storage::folders::Folders;
use crate::storage::instance_lock::{Instance, NotClaimed};
use crate::storage::vault::Vault;

/// How long to wait: other commands may hold the lock one after another, each as long as Zoho takes to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// The pause between two tries for the lock.
const PAUSE: Duration = Duration::from_millis(50);

/// No Keyfob answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unasked {
    #[error("Keyfob is running, but did not answer. Quitting it and opening it again may help.")]
    Silent,
    #[error("Keyfob's folder cannot be used: {0}.")]
    NoFolder(std::io::ErrorKind),
    #[error("Keyfob made a mistake and could not answer. What was saved is safe; please try again.{0}")]
    Broke(&'static str),
}

/// Sends the request and waits for the answer. Calls `waits` when the user has to confirm first.
pub(super) async fn ask(folders: &Folders, request: &CliRequest, waits: impl Fn()) -> Result<CliResponse, Unasked> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(told) = of_the_running_one(&folders.kept, request, &waits).await {
            return Ok(CliResponse { told, not_saved: None });
        }
        // Without a vault the user has not begun yet, and no folder is created.
        if !Vault::is_in(&folders.kept) {
            return Ok(CliResponse { told: CliReply::Said(nothing(request)), not_saved: None });
        }
        match Instance::claim(&folders.kept) {
            Ok(instance) => {
                let answer = standalone::ask(folders, request).await;
                drop(instance);
                return answer;
            }
            Err(NotClaimed::Taken) => sleep(PAUSE).await,
            Err(NotClaimed::Failed(why)) => return Err(Unasked::NoFolder(why)),
        }
    }
    Err(Unasked::Silent)
}

/// Asks the running Keyfob. `None` when none runs, or when it ends before it has answered and so releases its lock.
async fn of_the_running_one(folder: &Path, request: &CliRequest, waits: &impl Fn()) -> Option<CliReply> {
    let mut talk = Talk::begin(folder, request).await?;
    let mut patience = PATIENCE;
    loop {
        match timeout(patience, talk.hears()).await.ok()?? {
            CliReply::Asking => {
                waits();
                patience += PERSON_TIME;
            }
            told => return Some(told),
        }
    }
}

fn nothing(request: &CliRequest) -> CliAnswer {
    use keyfob_core::Moment;
    use keyfob_core::cli::CliError;

    match request {
        CliRequest::List => CliAnswer::Listed { now: Moment::default(), connections: Vec::new() },
        _ => CliAnswer::NotDone { why: CliError::Unknown { names: Vec::new() } },
    }
}
