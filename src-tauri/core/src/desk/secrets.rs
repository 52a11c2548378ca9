//! Every secret that is kept, for telling whether a text is one of them.

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::Client;
use zoho_oauth::region::RegionCode;
use zoho_oauth::text::clean;

use crate::domain::connection::Grant;
use crate::domain::draft::Draft;
use crate::domain::kept::Kept;

use super::Desk;

impl Kept {
    /// Every access and refresh token.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &SecretString> {
        let connections = self.connections.values().map(|c| &c.grant);
        let candidates = self.drafts().filter_map(|draft| Some(&draft.candidate.as_ref()?.grant));
        let revoked = self.revocations.values().map(|r| &r.what.token);
        connections.chain(candidates).flat_map(tokens_of).chain(revoked)
    }

    /// Every client secret, with the region it was given for.
    pub(super) fn client_secrets(&self) -> impl Iterator<Item = (&RegionCode, &SecretString)> {
        let connections = self.connections.values().map(|c| &c.registration);
        let revoked = self.revocations.values().filter_map(|r| r.what.client.as_ref());
        let registered = connections.chain(revoked).flat_map(secrets_of);
        let drafted = self.drafts().flat_map(|draft| {
            let common = draft.region.as_ref().zip(draft.client_secret.as_ref());
            common.into_iter().chain(&draft.secrets_elsewhere)
        });
        registered.chain(drafted)
    }

    fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.draft.iter().chain(&self.shelved)
    }
}

pub(super) fn tokens_of(grant: &Grant) -> impl Iterator<Item = &SecretString> {
    [&grant.access].into_iter().chain(&grant.refresh).chain(&grant.previous_refresh)
}

fn secrets_of(client: &Client) -> impl Iterator<Item = (&RegionCode, &SecretString)> {
    let common = client.client_secret.iter().map(|secret| (&client.region, secret));
    common.chain(&client.secrets_elsewhere)
}

impl Desk {
    /// Whether a text is a token or secret that Keyfob keeps, or one that it put on the clipboard.
    pub(super) fn is_own_secret(&self, text: &SecretString) -> bool {
        self.is_own(text, |_| true)
    }

    /// Whether a text is a token of Keyfob's, or a client secret of a region that counts.
    pub(super) fn is_own(&self, text: &SecretString, counts: impl Fn(&RegionCode) -> bool) -> bool {
        let cleaned = clean(text.expose_secret());
        self.handed_out.holds(text.expose_secret())
            || self.handed_out.holds(&cleaned)
            || self.kept.tokens().any(|own| own.expose_secret() == cleaned)
            || self.kept.client_secrets().any(|(of, own)| own.expose_secret() == cleaned && counts(of))
    }
}
