//! What Keyfob has spent of Zoho's limits: codes, access tokens and refresh tokens, per OAuth client.
//!
//! Invariant: it holds no secret, and counts what Keyfob itself asked for; what another program spends with the same
//! client it cannot know. Where pages of Zoho's disagree, the smallest figure that fits how people work is used.

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

/// So many within a time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// How many.
    pub most: u32,
    /// In how long.
    pub within: Duration,
}

/// Grant codes per client. Source: www.zoho.com/crm/developer/docs/api/v8/token-validity.html, and the community's
/// "Kaizen #43 - Tokens and Limitations".
pub const CODES: Limit = Limit { most: 10, within: Duration::from_mins(10) };

/// Grant codes that come so fast that Zoho may answer `access_denied` for [`CODES_REST`]. Source:
/// www.zoho.com/projects/help/rest-api/faq/oauth.html. One page says so, so nobody is held back by it beforehand.
pub const FAST_CODES: Limit = Limit { most: 4, within: Duration::from_mins(1) };

/// How long it then does.
pub const CODES_REST: Duration = Duration::from_mins(10);

/// New access tokens per refresh token. Sources: zoho.com/accounts/protocol/oauth/token-limits.html and
/// zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html.
pub const ACCESS_TOKENS: Limit = Limit { most: 10, within: Duration::from_mins(10) };

/// New refresh tokens per client: five a minute, the smallest figure of Zoho's product pages (others: ten or twenty in
/// ten minutes).
pub const NEW_REFRESH_TOKENS: Limit = Limit { most: 5, within: Duration::from_mins(1) };

/// Refresh tokens kept per user and client; one more ends the oldest, without a word. Source:
/// zoho.com/accounts/protocol/oauth/token-limits.html.
pub const REFRESH_TOKENS_KEPT: u32 = 20;

/// From this count on, Keyfob warns the user that the limit is near.
pub const REFRESH_TOKENS_NEAR: u32 = 15;

/// A client at Zoho: where it was made, and its public half.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct ClientKey {
    region: RegionCode,
    client_id: String,
}

/// One approval that brought a refresh token: whose client's, and when.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SignIn {
    /// The client.
    pub client: ClientKey,
    /// When the tokens came.
    pub at: Moment,
}

/// What was spent, client by client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotas(BTreeMap<ClientKey, ClientQuota>);

impl From<&Client> for ClientKey {
    fn from(of: &Client) -> Self {
        Self { region: of.region.clone(), client_id: of.client_id.as_str().to_owned() }
    }
}

impl ClientKey {
    /// Of the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.region == PRACTICE
    }
}

impl Quotas {
    /// What is known of a client; `None` when nothing was spent yet.
    pub fn of(&self, key: &ClientKey) -> Option<&ClientQuota> {
        self.0.get(key)
    }

    /// The same, to be counted on.
    pub fn count(&mut self, key: &ClientKey) -> &mut ClientQuota {
        self.0.entry(key.clone()).or_insert_with(|| ClientQuota::new(key.clone()))
    }

    /// A refresh token is no more.
    pub fn ended(&mut self, sign_in: &SignIn) {
        if self.of(&sign_in.client).is_some() {
            self.count(&sign_in.client).ended(sign_in.at);
        }
    }

    /// The clock was set back: what seems to be spent in the future was spent by now.
    pub fn none_later_than(&mut self, now: Moment) {
        self.0.values_mut().for_each(|client| client.none_later_than(now));
    }

    /// Without the clients of the Zoho inside the app, which ends with it.
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

/// A list of clients: each holds its own key.
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
