//! How the answer to a sign-in gets back to Keyfob, and the addresses that are registered at Zoho for that.

use serde::Serialize;
use zoho_oauth::client::{Client, ClientType, RedirectUri};

/// The redirect URI of the default redirect method: a private-use scheme (RFC 8252 7.1) Zoho accepts for Mobile-based clients.
pub const DEEP_LINK: &str = "cliqkeyfob://callback";

/// The ports a Server-based client is sent back to. Zoho compares the port too, so they are fixed; the second is for when
/// the first is taken. Below the ports that systems hand out by themselves.
pub const LOOPBACK_PORTS: [u16; 2] = [28_473, 28_474];

/// How the answer returns.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RedirectMethod {
    /// A link of our scheme (RFC 8252 7.1).
    DeepLink,
    /// A request to a port of this machine (RFC 8252 7.3).
    Loopback,
    /// A code from Zoho's console, pasted.
    ConsoleCode,
    /// Polling, while the user approves in any browser (RFC 8628).
    Device,
    /// An address of the client's own: the user pastes what the browser shows there.
    Pasted,
}

impl RedirectMethod {
    /// How a client of this type gets its answer.
    pub fn of(client_type: ClientType) -> Self {
        match client_type {
            ClientType::Mobile => Self::DeepLink,
            ClientType::ServerBased => Self::Loopback,
            ClientType::SelfClient => Self::ConsoleCode,
            ClientType::NonBrowser => Self::Device,
        }
    }

    /// The same, for a client that may have a redirect URI of its own. Zoho asks for none where the redirect method has none.
    pub fn with(client_type: ClientType, own_redirect: Option<&RedirectUri>) -> Self {
        match Self::of(client_type) {
            Self::DeepLink | Self::Loopback if own_redirect.is_some() => Self::Pasted,
            redirect_method => redirect_method,
        }
    }

    /// How this client gets its answer.
    pub fn of_client(client: &Client) -> Self {
        Self::with(client.client_type, client.own_redirect.as_ref())
    }
}

/// The addresses to register, byte for byte; none where Zoho asks for none.
pub fn redirect_uris(client_type: ClientType) -> Vec<String> {
    match RedirectMethod::of(client_type) {
        RedirectMethod::DeepLink => vec![DEEP_LINK.to_owned()],
        RedirectMethod::Loopback => LOOPBACK_PORTS.iter().map(|port| loopback(*port)).collect(),
        RedirectMethod::ConsoleCode | RedirectMethod::Device | RedirectMethod::Pasted => Vec::new(),
    }
}

/// The redirect URI at a port. `localhost`, for Zoho is known to take it; an address in numbers is not.
pub fn loopback(port: u16) -> String {
    format!("http://localhost:{port}/callback")
}
