//! The OAuth client an admin made at Zoho, and what is told of it before it is used.

mod hint;

pub use hint::{Hint, Hints, clean, look_at};

use oauth2::ClientId;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::region::RegionCode;

/// The redirect URI of the default way home: a private-use scheme (RFC 8252 7.1) Zoho accepts for Mobile-based clients.
pub const DEEP_LINK: &str = "cliqkeyfob://callback";

/// Zoho's client types, by the wording of its console.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ClientType {
    /// "Mobile-based Applications": custom scheme, PKCE.
    #[default]
    Mobile,
}

/// The client: where it is registered, its credentials, and the redirect URI Zoho has for it.
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
    /// Byte for byte as registered.
    pub redirect_uri: String,
}
