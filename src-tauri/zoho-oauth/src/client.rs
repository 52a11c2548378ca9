//! An OAuth client: where it is registered at Zoho, of which type it is, and its credentials.

mod organisation_id;
mod redirect_uri;

pub use organisation_id::OrganisationId;
pub use redirect_uri::{RedirectRefused, RedirectUri};

use std::collections::BTreeMap;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::region::RegionCode;

/// Zoho's client types, by the wording of its console.
///
/// Source: zoho.com/accounts/protocol/oauth-setup.html. Client-based (JavaScript) is left out: it brings no refresh token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ClientType {
    /// "Mobile-based Applications": custom scheme, PKCE.
    #[default]
    Mobile,
    /// "Server-based Applications": redirects to `http` or `https` only, so to this machine's loopback.
    ServerBased,
    /// "Self Client": no redirect; the code is made in the console and pasted.
    SelfClient,
    /// "Non-browser Applications": no redirect; a short code is typed in any browser (RFC 8628, in Zoho's dialect).
    NonBrowser,
}

/// The client: where it is registered, and its credentials.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where it was made.
    pub region: RegionCode,
    /// Of what type.
    pub client_type: ClientType,
    /// Public half.
    pub client_id: ClientId,
    /// Secret half. Zoho's page for mobile clients leaves open whether one is needed; its console shows one.
    pub client_secret: Option<SecretString>,
    /// The redirect URI that it is registered with; `None` when the program that uses it has one for its type.
    pub own_redirect: Option<RedirectUri>,
    /// The secrets of other data centres, where the console gives each its own.
    /// Source: zoho.com/accounts/protocol/oauth/multi-dc.html.
    pub secrets_elsewhere: BTreeMap<RegionCode, SecretString>,
}

impl Client {
    /// A client with one secret for all regions, or none, and the usual redirect URI of its type.
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

    /// The secret a region wants: its own where there is one, else the common one.
    pub fn secret_for(&self, region: &RegionCode) -> Option<&SecretString> {
        self.secrets_elsewhere.get(region).or(self.client_secret.as_ref())
    }

    /// Whether it is the same client, made in the same place, with the same secrets.
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
