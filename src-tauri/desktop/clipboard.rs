//! The clipboard, and what of ours is on it.
//!
//! **Invariant:** only what Keyfob put there is ever cleared; a text someone else copied meanwhile stays. What was put
//! there is remembered as a hash, not as itself.

use std::io;
use std::time::Duration;

use keyfob_core::effect::Sensitivity;
use keyfob_core::{Answer, Problem, Ticket};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt;
use tokio::sync::oneshot;

use crate::host::Answers;
use crate::queue::Queue;

/// Far more than any address or secret.
const LONGEST_PASTE: usize = 64 * 1024;

/// The program that owns the clipboard may be the one that hangs.
const CLEARING: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(super) struct Clipboard(Queue<Owned>);

struct Owned {
    app: AppHandle,
    secret: Option<Fingerprint>,
}

#[derive(PartialEq, Eq)]
struct Fingerprint([u8; 32]);

impl Clipboard {
    pub(super) fn start(app: AppHandle) -> io::Result<Self> {
        Queue::start("clipboard", Owned { app, secret: None }).map(Self)
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

    /// Clears, and waits until that is done, but not long.
    pub(super) async fn cleared(&self) {
        let (done, seen) = oneshot::channel();
        self.0.put(move |owned| {
            owned.clear();
            let _ = done.send(());
        });
        let _ = tokio::time::timeout(CLEARING, seen).await;
    }
}

impl Owned {
    fn copy(&mut self, text: &SecretString, how: Sensitivity) -> Result<(), Problem> {
        let clipboard = self.app.clipboard();
        self.secret = None;
        let copied = match how {
            Sensitivity::Secret => clipboard.write_secret(text.expose_secret()),
            Sensitivity::Plain => clipboard.write_text(text.expose_secret()),
        };
        copied.map_err(|_| Problem::ClipboardClosed)?;
        self.secret = (how == Sensitivity::Secret).then(|| Fingerprint::of(text.expose_secret()));
        Ok(())
    }

    fn paste(&mut self) -> Result<SecretString, Problem> {
        let text = self.app.clipboard().read_text().map_err(|_| Problem::ClipboardClosed)?;
        let text = SecretString::from(text);
        if text.expose_secret().len() > LONGEST_PASTE {
            return Err(Problem::ClipboardClosed);
        }
        Ok(text)
    }

    fn clear(&mut self) {
        let Some(secret) = self.secret.take() else { return };
        let clipboard = self.app.clipboard();
        let held = clipboard.read_text().map(SecretString::from);
        if held.is_ok_and(|held| Fingerprint::of(held.expose_secret()) == secret) {
            // Where the system refuses, the text is gone with the process.
            let _ = clipboard.clear();
        }
    }
}

impl Fingerprint {
    fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }
}
