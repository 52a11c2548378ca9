//! Every secret that is kept, to tell whether a text is one of them.
#![expect(clippy::disallowed_methods, reason = "checks the shape of an entered secret")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::region::RegionCode;
use zoho_oauth::text::clean;

use crate::domain::connection::Grant;
use crate::domain::draft::Draft;
use crate::machine::context::secrets_of;

use super::SignIn;

impl SignIn<'_> {
    /// Every access and refresh token.
    pub(in crate::machine) fn tokens(&self) -> impl Iterator<Item = &SecretString> {
        let connections = self.cx.connections.values().map(|c| &c.grant);
        let candidates = self.drafts().filter_map(|draft| Some(&draft.candidate.as_ref()?.grant));
        let revoked = self.queued.values().map(|r| &r.what.token);
        connections.chain(candidates).flat_map(Grant::tokens).chain(revoked)
    }

    /// Every client secret, with the region it was given for.
    pub(super) fn client_secrets(&self) -> impl Iterator<Item = (&RegionCode, &SecretString)> {
        let connections = self.cx.connections.values().map(|c| &c.registration);
        let revoked = self.queued.values().filter_map(|r| r.what.client.as_ref());
        let registered = connections.chain(revoked).flat_map(secrets_of);
        let drafted = self.drafts().flat_map(Draft::client_secrets);
        registered.chain(drafted)
    }

    fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.draft.iter().chain(self.shelved.iter())
    }

    /// Whether a text is a token or secret that Keyfob keeps, or one that it put on the clipboard.
    pub(super) fn is_own_secret(&self, text: &SecretString) -> bool {
        self.is_own(text, |_| true)
    }

    /// Whether a text is one of Keyfob's tokens, or a client secret of a region that `counts` accepts.
    pub(super) fn is_own(&self, text: &SecretString, counts: impl Fn(&RegionCode) -> bool) -> bool {
        let cleaned = clean(text.expose_secret());
        self.cx.clipboard.handed_out(text.expose_secret())
            || self.cx.clipboard.handed_out(&cleaned)
            || self.tokens().any(|own| own.expose_secret() == cleaned)
            || self.client_secrets().any(|(of, own)| own.expose_secret() == cleaned && counts(of))
            || self.cx.clipboard.was_kept(&cleaned, counts)
    }
}
