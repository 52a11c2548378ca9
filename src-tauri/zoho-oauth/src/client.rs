//! An OAuth client: the region it is registered in, its type and its credentials.
#![expect(clippy::disallowed_methods, reason = "compares secrets")]

mod organisation_id;
mod redirect_uri;

pub use organisation_id::OrganisationId;
pub use redirect_uri::{RedirectRefused, RedirectUri};

use std::collections::BTreeMap;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::region::RegionCode;

/// Zoho's client types, named as in its console.
///
/// Source: zoho.com/accounts/protocol/oauth-setup.html. Client-based (JavaScript) is left out: it gets no refresh
/// token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ClientType {
    /// "Mobile-based Applications": custom scheme, PKCE.
    #[default]
    Mobile,
    /// "Server-based Applications": redirects to `http` or `https` only, for instance to a loopback port.
    ServerBased,
    /// "Self Client": no redirect; the user makes the code in the console and pastes it.
    SelfClient,
    /// "Non-browser Applications": no redirect; the user types a short code in any browser (RFC 8628, in Zoho's
    /// dialect).
    NonBrowser,
}

/// A client and its credentials.
#[derive(Clone, Debug)]
pub struct Client {
    /// The region it is registered in.
    pub region: RegionCode,
    /// Its type.
    pub client_type: ClientType,
    /// The client ID, which is public.
    pub client_id: ClientId,
    /// The client secret. Zoho's page for mobile clients leaves open whether they need one; its console shows one.
    pub client_secret: Option<SecretString>,
    /// The redirect URI it is registered with; `None` when the program uses its usual one for the client type.
    pub own_redirect: Option<RedirectUri>,
    /// The secrets for other data centres, where the console issues one for each.
    /// Source: zoho.com/accounts/protocol/oauth/multi-dc.html.
    pub secrets_elsewhere: BTreeMap<RegionCode, SecretString>,
}

impl Client {
    /// Creates a client with one secret for all regions, or none, and the usual redirect URI of its type.
    pub fn new(region: RegionCode, client_type: ClientType, id: &str, secret: Option<SecretString>) -> Self {
        Self {
            region,
            client_type,
            client_id: ClientId::new(id.to_owned()),
            client_secret: secret,
            own_redirect: None,
            secrets_elsewhere: BTreeMap::new(),
        }
    }

    /// Returns the secret to send to a region: the region's own if there is one, else the common one.
    pub fn secret_for(&self, region: &RegionCode) -> Option<&SecretString> {
        self.secrets_elsewhere.get(region).or(self.client_secret.as_ref())
    }

    /// Whether both have the same ID, region and secrets.
    pub fn is_same(&self, other: &Self) -> bool {
        let secrets = |of: &Self| {
            let elsewhere = of.secrets_elsewhere.iter().map(|(region, secret)| (Some(region.clone()), secret));
            let common = of.client_secret.iter().map(|secret| (None, secret));
            let all = elsewhere.chain(common).map(|(region, secret)| (region, secret.expose_secret().to_owned()));
            all.collect::<Vec<_>>()
        };
        self.region == other.region && self.client_id == other.client_id && secrets(self) == secrets(other)
    }
}
