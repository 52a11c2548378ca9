//! How the authorization response returns to Keyfob, and the redirect URIs to register at Zoho.

use serde::Serialize;
use zoho_oauth::client::{Client, ClientType, RedirectUri};

/// The redirect URI of the default redirect method, with a private-use scheme (RFC 8252 7.1), which Zoho accepts for
/// Mobile-based clients.
pub const DEEP_LINK: &str = "cliqkeyfob://callback";

/// The loopback ports of a Server-based client. Zoho compares the port too, so they are fixed; the second is for when
/// the first is in use. They are below the ephemeral ports.
pub const LOOPBACK_PORTS: [u16; 2] = [28_473, 28_474];

/// How the authorization response returns.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RedirectMethod {
    /// A link of Keyfob's scheme (RFC 8252 7.1).
    DeepLink,
    /// A request to a loopback port (RFC 8252 7.3).
    Loopback,
    /// A code from Zoho's console that the user pastes.
    ConsoleCode,
    /// Polling while the user approves in any browser (RFC 8628).
    Device,
    /// The client's own redirect URI: the user pastes the address that the browser shows.
    Pasted,
}

impl RedirectMethod {
    /// The redirect method of a client type.
    pub fn of(client_type: ClientType) -> Self {
        match client_type {
            ClientType::Mobile => Self::DeepLink,
            ClientType::ServerBased => Self::Loopback,
            ClientType::SelfClient => Self::ConsoleCode,
            ClientType::NonBrowser => Self::Device,
        }
    }

    /// The redirect method of a client that may have its own redirect URI, which only methods with a redirect URI use.
    pub fn with(client_type: ClientType, own_redirect: Option<&RedirectUri>) -> Self {
        match Self::of(client_type) {
            Self::DeepLink | Self::Loopback if own_redirect.is_some() => Self::Pasted,
            redirect_method @ (Self::DeepLink | Self::Loopback | Self::ConsoleCode | Self::Device | Self::Pasted) => {
                redirect_method
            }
        }
    }

    /// The redirect method of this client.
    pub fn of_client(client: &Client) -> Self {
        Self::with(client.client_type, client.own_redirect.as_ref())
    }
}

/// The redirect URIs to register, byte for byte; empty when Zoho asks for none.
pub fn redirect_uris(client_type: ClientType) -> Vec<String> {
    match RedirectMethod::of(client_type) {
        RedirectMethod::DeepLink => vec![DEEP_LINK.to_owned()],
        RedirectMethod::Loopback => LOOPBACK_PORTS.iter().map(|port| loopback(*port)).collect(),
        RedirectMethod::ConsoleCode | RedirectMethod::Device | RedirectMethod::Pasted => Vec::new(),
    }
}

/// The redirect URI at a port. Uses `localhost`, which Zoho is known to accept, unlike a numeric address.
pub fn loopback(port: u16) -> String {
    format!("http://localhost:{port}/callback")
}
