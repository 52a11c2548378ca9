//! The clipboard, and what Keyfob put on it.
//!
//! **Invariant:** Keyfob clears only its own text; a text that the user copied elsewhere meanwhile stays. Keyfob
//! remembers the hash of its text, not the text.
#![expect(clippy::disallowed_methods, reason = "copies to the clipboard")]

use std::io;
use std::time::Duration;

use keyfob::app::host::Answers;
use keyfob::storage::job_queue::Queue;
use keyfob_core::effect::Sensitivity;
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::{Answer, Problem, Ticket};
use secrecy::{ExposeSecret, SecretString};
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt;
use tokio::sync::oneshot;

/// In bytes; far more than any address or secret has.
const LONGEST_PASTE: usize = 64 * 1024;

/// How long [`Clipboard::cleared`] waits: the program that owns the clipboard may hang.
const CLEARING: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(super) struct Clipboard(Queue<Owned<AppHandle>>);

/// The system's clipboard; each operation fails when another program blocks it.
trait Board {
    fn write(&self, text: &str, how: Sensitivity) -> Result<(), Refused>;
    fn read(&self) -> Result<SecretString, Refused>;
    fn empty(&self) -> Result<(), Refused>;
}

#[derive(Debug)]
struct Refused;

struct Owned<B> {
    board: B,
    secret: Option<Fingerprint>,
}

impl Clipboard {
    pub(super) fn start(app: AppHandle) -> io::Result<Self> {
        Queue::start("clipboard", Owned { board: app, secret: None }).map(Self)
    }

    pub(super) fn copy(&self, ticket: Ticket, text: SecretString, how: Sensitivity, to: Answers) {
        self.0.put(move |owned| to.give(ticket, Answer::Copied(owned.copy(&text, how))));
    }

    pub(super) fn paste(&self, ticket: Ticket, to: Answers) {
        self.0.put(move |owned| to.give(ticket, Answer::Pasted(owned.paste())));
    }

    pub(super) fn clear(&self) {
        self.0.put(Owned::clear);
    }

    /// Clears the clipboard and waits until that is done, for [`CLEARING`] at most.
    pub(super) async fn cleared(&self) {
        let (done, seen) = oneshot::channel();
        self.0.put(move |owned| {
            owned.clear();
            let _ = done.send(());
        });
        let _ = tokio::time::timeout(CLEARING, seen).await;
    }
}

impl<B: Board> Owned<B> {
    /// When the write fails, the previous secret may still be there, so its fingerprint stays.
    fn copy(&mut self, text: &SecretString, how: Sensitivity) -> Result<(), Problem> {
        self.board.write(text.expose_secret(), how).map_err(|Refused| Problem::ClipboardClosed)?;
        self.secret = (how == Sensitivity::Secret).then(|| Fingerprint::of(text.expose_secret().as_bytes()));
        Ok(())
    }

    fn paste(&mut self) -> Result<SecretString, Problem> {
        let text = self.board.read().map_err(|Refused| Problem::ClipboardClosed)?;
        if text.expose_secret().len() > LONGEST_PASTE {
            return Err(Problem::ClipboardClosed);
        }
        Ok(text)
    }

    /// When the clipboard cannot be read or emptied now, the next call tries again.
    fn clear(&mut self) {
        let Some(secret) = &self.secret else { return };
        let Ok(held) = self.board.read() else { return };
        if Fingerprint::of(held.expose_secret().as_bytes()) != *secret || self.board.empty().is_ok() {
            self.secret = None;
        }
    }
}

impl Board for AppHandle {
    fn write(&self, text: &str, how: Sensitivity) -> Result<(), Refused> {
        let written = match how {
            Sensitivity::Secret => self.clipboard().write_secret(text),
            Sensitivity::Plain => self.clipboard().write_text(text),
        };
        written.map_err(|_| Refused)
    }

    fn read(&self) -> Result<SecretString, Refused> {
        self.clipboard().read_text().map(SecretString::from).map_err(|_| Refused)
    }

    fn empty(&self) -> Result<(), Refused> {
        self.clipboard().clear().map_err(|_| Refused)
    }
}

#[cfg(test)]
mod tests;
