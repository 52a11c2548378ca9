//! What Keyfob has spent of Zoho's limits: codes, access tokens and refresh tokens, per OAuth client.
//!
//! Invariant: it holds no secret, and counts only Keyfob's own requests; it cannot know what another program spends
//! with the same client. Where Zoho's pages disagree, the smallest figure that allows normal use applies.

mod client;
mod spent;

pub use client::{ClientQuota, Totals};
pub use spent::Spent;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zoho_oauth::client::Client;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::custom_regions::PRACTICE;

/// A limit on a number within a time window.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The maximum number.
    pub most: u32,
    /// The time window.
    pub within: Duration,
}

/// Grant codes per client. Source: www.zoho.com/crm/developer/docs/api/v8/token-validity.html, and the community's
/// "Kaizen #43 - Tokens and Limitations".
pub const CODES: Limit = Limit { most: 10, within: Duration::from_mins(10) };

/// The rate of grant codes above which Zoho may answer `access_denied` for [`CODES_REST`]. Source:
/// www.zoho.com/projects/help/rest-api/faq/oauth.html. Only this page says so, so Keyfob does not enforce it.
pub const FAST_CODES: Limit = Limit { most: 4, within: Duration::from_mins(1) };

/// How long Zoho then answers `access_denied`.
pub const CODES_REST: Duration = Duration::from_mins(10);

/// New access tokens per refresh token. Sources: zoho.com/accounts/protocol/oauth/token-limits.html and
/// zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html.
pub const ACCESS_TOKENS: Limit = Limit { most: 10, within: Duration::from_mins(10) };

/// New refresh tokens per client: five a minute, the smallest figure of Zoho's product pages (others: ten or twenty in
/// ten minutes).
pub const NEW_REFRESH_TOKENS: Limit = Limit { most: 5, within: Duration::from_mins(1) };

/// Refresh tokens kept per user and client; one more silently ends the oldest. Source:
/// zoho.com/accounts/protocol/oauth/token-limits.html.
pub const REFRESH_TOKENS_KEPT: u32 = 20;

/// The count from which Keyfob warns the user that the limit is near.
pub const REFRESH_TOKENS_NEAR: u32 = 15;

/// A client's key in the ledger: its region and client ID.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct ClientKey {
    region: RegionCode,
    client_id: String,
}

/// A sign-in that issued a refresh token: its client and time.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct CountedSignIn {
    /// The client.
    pub client: ClientKey,
    /// When the tokens were issued.
    pub at: Moment,
}

/// The ledger: what each client has spent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotas(BTreeMap<ClientKey, ClientQuota>);

impl From<&Client> for ClientKey {
    fn from(of: &Client) -> Self {
        Self { region: of.region.clone(), client_id: of.client_id.as_str().to_owned() }
    }
}

impl ClientKey {
    /// Whether it belongs to Practice, the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.region == PRACTICE
    }
}

impl Quotas {
    /// A client's quota; `None` when it has spent nothing yet.
    pub fn of(&self, key: &ClientKey) -> Option<&ClientQuota> {
        self.0.get(key)
    }

    /// A client's quota to count in, created if needed.
    pub fn count(&mut self, key: &ClientKey) -> &mut ClientQuota {
        self.0.entry(key.clone()).or_insert_with(|| ClientQuota::new(key.clone()))
    }

    /// Removes a refresh token that has ended.
    pub fn ended(&mut self, sign_in: &CountedSignIn) {
        if self.of(&sign_in.client).is_some() {
            self.count(&sign_in.client).ended(sign_in.at);
        }
    }

    /// Handles a clock that was set back: what seems to be spent in the future counts as spent now.
    pub fn none_later_than(&mut self, now: Moment) {
        self.0.values_mut().for_each(|client| client.none_later_than(now));
    }

    /// The quotas to save: without the clients of Practice, which ends with the app.
    #[must_use]
    pub fn to_keep(&self) -> Self {
        self.0.values().filter(|client| !client.key.is_practice()).cloned().collect()
    }
}

impl FromIterator<ClientQuota> for Quotas {
    fn from_iter<T: IntoIterator<Item = ClientQuota>>(clients: T) -> Self {
        Self(clients.into_iter().map(|client| (client.key.clone(), client)).collect())
    }
}

/// Serialises as a list of clients, each of which holds its key.
impl Serialize for Quotas {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.values())
    }
}

impl<'de> Deserialize<'de> for Quotas {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests;
