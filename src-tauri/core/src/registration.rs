//! The OAuth client an admin made at Zoho, and what is told of it before it is used.

mod organisation_id;
mod redirect_uri;

pub use organisation_id::OrganisationId;
pub use redirect_uri::RedirectUri;

use std::collections::BTreeMap;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::region::RegionCode;

/// The redirect URI of the default way home: a private-use scheme (RFC 8252 7.1) Zoho accepts for Mobile-based clients.
pub const DEEP_LINK: &str = "cliqkeyfob://callback";

/// The ports a Server-based client is sent back to. Zoho compares the port too, so they are fixed; the second is for when
/// the first is taken. Below the ports that systems hand out by themselves.
pub const LOOPBACK_PORTS: [u16; 2] = [28_473, 28_474];

/// Zoho's client types, by the wording of its console.
///
/// Source: zoho.com/accounts/protocol/oauth-setup.html. Client-based (JavaScript) is left out: it brings no refresh token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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

/// How the answer returns.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum WayHome {
    /// A link of our scheme (RFC 8252 7.1).
    DeepLink,
    /// A request to a port of this machine (RFC 8252 7.3).
    Loopback,
    /// A code from Zoho's console, pasted.
    ConsoleCode,
    /// Polling, while the person approves in any browser (RFC 8628).
    Device,
    /// An address of the client's own: the user pastes what the browser shows there.
    Pasted,
}

impl ClientType {
    /// How a client of this type gets its answer.
    pub fn way_home(self) -> WayHome {
        match self {
            Self::Mobile => WayHome::DeepLink,
            Self::ServerBased => WayHome::Loopback,
            Self::SelfClient => WayHome::ConsoleCode,
            Self::NonBrowser => WayHome::Device,
        }
    }

    /// The same, for a client that may have a redirect URI of its own. Zoho asks for none where the way home has none.
    pub fn way_home_with(self, own_redirect: Option<&RedirectUri>) -> WayHome {
        match self.way_home() {
            WayHome::DeepLink | WayHome::Loopback if own_redirect.is_some() => WayHome::Pasted,
            way_home => way_home,
        }
    }

    /// The addresses to register, byte for byte; none where Zoho asks for none.
    pub fn redirect_uris(self) -> Vec<String> {
        match self.way_home() {
            WayHome::DeepLink => vec![DEEP_LINK.to_owned()],
            WayHome::Loopback => LOOPBACK_PORTS.iter().map(|port| loopback(*port)).collect(),
            WayHome::ConsoleCode | WayHome::Device | WayHome::Pasted => Vec::new(),
        }
    }
}

/// The redirect URI at a port. `localhost`, for Zoho is known to take it; an address in numbers is not.
pub fn loopback(port: u16) -> String {
    format!("http://localhost:{port}/callback")
}

/// The client: where it is registered, and its credentials.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Where it was made.
    pub region: RegionCode,
    /// Of what type.
    pub client_type: ClientType,
    /// Public half.
    pub client_id: ClientId,
    /// Secret half. Zoho's page for mobile clients leaves open whether one is needed; its console shows one.
    pub client_secret: Option<SecretString>,
    /// The redirect URI that it is registered with; `None` where that is Keyfob's.
    pub own_redirect: Option<RedirectUri>,
    /// The secrets of other data centres, where the console gives each its own.
    /// Source: zoho.com/accounts/protocol/oauth/multi-dc.html.
    pub secrets_elsewhere: BTreeMap<RegionCode, SecretString>,
}

impl Registration {
    /// How its answer returns.
    pub fn way_home(&self) -> WayHome {
        self.client_type.way_home_with(self.own_redirect.as_ref())
    }

    /// The secret a region wants: its own where there is one, else the common one.
    pub fn secret_for(&self, region: &RegionCode) -> Option<&SecretString> {
        self.secrets_elsewhere.get(region).or(self.client_secret.as_ref())
    }

    /// Whether it is the same client, made in the same place, with the same secrets.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let secrets = |of: &Self| {
            let elsewhere = of.secrets_elsewhere.iter().map(|(region, secret)| (Some(region.clone()), secret));
            let common = of.client_secret.iter().map(|secret| (None, secret));
            let all = elsewhere.chain(common).map(|(region, secret)| (region, secret.expose_secret().to_owned()));
            all.collect::<Vec<_>>()
        };
        self.region == other.region && self.client_id == other.client_id && secrets(self) == secrets(other)
    }
}
