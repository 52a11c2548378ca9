//! The clipboard: what Keyfob puts there, and until when.
//!
//! Invariant: the clipboard holds one thing, so a later copy replaces one that waits for its token or is in flight.
#![expect(clippy::disallowed_methods, reason = "hashes what was copied")]

use std::collections::BTreeSet;

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::Client;
use zoho_oauth::region::RegionCode;
use zoho_oauth::value::ZohoValue;

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::{ConnectionId, Grant};
use crate::domain::export_choice::Shape;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::notice::{Copied, CopiedWhat};
use crate::domain::problem::Problem;
use crate::messages::effect::{CLIPBOARD_TIME, Effect, Sensitivity};

use crate::machine::question::ClipboardQuestion;

use super::Context;

/// What is on the clipboard, what waits to be copied, and which secrets may be outside Keyfob.
#[derive(Debug, Default)]
pub(crate) struct Clipboard {
    copied: Option<Copied>,
    /// A copy that waits for a new access token.
    waiting: Option<(ConnectionId, Shape)>,
    /// Hashes of what Keyfob put on the clipboard in this run, and of tokens that it no longer keeps.
    handed_out: BTreeSet<Fingerprint>,
    /// Hashes of client secrets that it no longer keeps, with the regions they were given for.
    let_go: BTreeSet<(Fingerprint, RegionCode)>,
}

impl Clipboard {
    /// What Keyfob copied last, until it is cleared.
    pub(crate) fn copied(&self) -> Option<&Copied> {
        self.copied.as_ref()
    }

    /// Lets a copy wait for the connection's new access token.
    pub(in crate::machine) fn wait(&mut self, id: ConnectionId, shape: Shape) {
        self.waiting = Some((id, shape));
    }

    /// Takes the copy that waited for a token of this connection.
    pub(in crate::machine) fn stop_waiting(&mut self, id: ConnectionId) -> Option<Shape> {
        self.waiting.take_if(|(of, _)| *of == id).map(|(_, shape)| shape)
    }

    /// Drops the copy that waits.
    pub(in crate::machine) fn forget_waiting(&mut self) {
        self.waiting = None;
    }

    /// Remembers a secret that may be outside Keyfob from now on.
    pub(in crate::machine) fn remember(&mut self, text: &SecretString) {
        self.handed_out.insert(fingerprint(text.expose_secret()));
    }

    /// The same for every token of a grant.
    pub(in crate::machine) fn remember_all(&mut self, grant: &Grant) {
        grant.tokens().for_each(|token| self.remember(token));
    }

    /// Remembers a client secret that is no longer kept for this region. The user may still have it.
    pub(in crate::machine) fn let_go(&mut self, region: &RegionCode, secret: &SecretString) {
        // A text that is still being typed is not one.
        if ZohoValue::of(secret.expose_secret()) == Some(ZohoValue::ClientSecret) {
            self.let_go.insert((fingerprint(secret.expose_secret()), region.clone()));
        }
    }

    /// The same for all secrets of a client.
    pub(in crate::machine) fn let_client_go(&mut self, client: &Client) {
        secrets_of(client).for_each(|(region, secret)| self.let_go(region, secret));
    }

    /// Whether a text is a client secret that was kept for a region that `counts` accepts.
    pub(in crate::machine) fn was_kept(&self, text: &str, counts: impl Fn(&RegionCode) -> bool) -> bool {
        let print = fingerprint(text);
        self.let_go.iter().any(|(of, region)| *of == print && counts(region))
    }

    /// Whether a text is a secret that may be outside Keyfob.
    pub(in crate::machine) fn handed_out(&self, text: &str) -> bool {
        self.handed_out.contains(&fingerprint(text))
    }
}

/// Every secret of a client, with the region it was given for.
pub(in crate::machine) fn secrets_of(client: &Client) -> impl Iterator<Item = (&RegionCode, &SecretString)> {
    let common = client.client_secret.iter().map(|secret| (&client.region, secret));
    common.chain(&client.secrets_elsewhere)
}

fn fingerprint(text: &str) -> Fingerprint {
    Fingerprint::of(text.trim().as_bytes())
}

impl Context<'_> {
    pub(in crate::machine) fn put_on_clipboard(
        &mut self,
        what: CopiedWhat,
        text: SecretString,
        sensitivity: Sensitivity,
    ) {
        self.forget_copies();
        if matches!(what, CopiedWhat::Token { .. }) {
            self.clipboard.remember(&text);
        }
        self.ask(ClipboardQuestion(what, sensitivity), |ticket| Effect::Copy(ticket, text, sensitivity));
    }

    pub(in crate::machine) fn put_report_on_clipboard(&mut self, what: CopiedWhat, report: String) {
        self.forget_copies();
        self.ask(ClipboardQuestion(what, Sensitivity::Plain), |ticket| Effect::CopyReport(ticket, report));
    }

    fn forget_copies(&mut self) {
        self.clipboard.forget_waiting();
        self.outbox.forget(|_: &ClipboardQuestion| true);
    }

    pub(in crate::machine) fn copy_ended(&mut self, question: ClipboardQuestion, copied: Result<(), Problem>) {
        let ClipboardQuestion(what, sensitivity) = question;
        match copied {
            Ok(()) => {
                let clears_at = (sensitivity == Sensitivity::Secret).then(|| self.now.plus(CLIPBOARD_TIME));
                if let CopiedWhat::Token { id, shape } = what {
                    self.note(id, Happened::Copied { shape });
                }
                self.clipboard.copied = Some(Copied { what, at: self.now, clears_at });
            }
            Err(problem) => self.notices.trouble(problem),
        }
    }

    pub(in crate::machine) fn clear_clipboard_in_time(&mut self) {
        if self.clipboard_ends().is_some_and(|ends| ends <= self.now) {
            self.clipboard.copied = None;
            self.emit(Effect::ClearClipboard);
        }
    }

    /// When to clear the clipboard: immediately when the clock was set back, since the elapsed time is unknown.
    pub(in crate::machine) fn clipboard_ends(&self) -> Option<Moment> {
        let copied = self.clipboard.copied.as_ref()?;
        copied.clears_at.map(|ends| if copied.at > self.now { self.now } else { ends })
    }
}
