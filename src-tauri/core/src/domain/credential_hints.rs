//! Soft warnings about credentials: they say what a value looks like and never refuse it.
#![expect(clippy::disallowed_methods, reason = "compares input with secrets")]

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use zoho_oauth::text::clean;
use zoho_oauth::value::ZohoValue;

/// What a pasted value looks like, when it does not look like the expected one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Hint {
    /// A one-time code or a token, `1000.x.y`.
    LooksLikeCode,
    /// A client id in the secret's field.
    LooksLikeClientId,
    /// A client secret in the id's field.
    LooksLikeSecret,
    /// A Cliq webhook token, which needs no sign-in.
    LooksLikeWebhookToken,
    /// Permissions.
    LooksLikeScopes,
    /// A web address.
    LooksLikeAddress,
    /// An organisation's number.
    LooksLikeOrganisationId,
    /// None of these; probably truncated.
    Unusual,
    /// A secret that Keyfob stores or copied. Only for a text on the clipboard.
    Own,
}

impl Hint {
    /// The hint for a rejected text in a field that expects `expected`.
    pub(crate) fn instead_of(expected: ZohoValue, text: &str) -> Self {
        Self::from(ZohoValue::of(&clean(text)).filter(|found| *found != expected))
    }
}

impl From<Option<ZohoValue>> for Hint {
    fn from(found: Option<ZohoValue>) -> Self {
        match found {
            Some(ZohoValue::CodeOrToken) => Self::LooksLikeCode,
            Some(ZohoValue::ClientId) => Self::LooksLikeClientId,
            Some(ZohoValue::ClientSecret) => Self::LooksLikeSecret,
            Some(ZohoValue::WebhookToken) => Self::LooksLikeWebhookToken,
            Some(ZohoValue::Scopes) => Self::LooksLikeScopes,
            Some(ZohoValue::Address) => Self::LooksLikeAddress,
            Some(ZohoValue::OrganisationId) => Self::LooksLikeOrganisationId,
            None => Self::Unusual,
        }
    }
}

/// Hints for both fields.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Hints {
    /// About the client id.
    pub client_id: Option<Hint>,
    /// About the client secret.
    pub client_secret: Option<Hint>,
}

/// Checks both values; an empty one gets no hint.
pub fn look_at(client_id: &str, client_secret: Option<&SecretString>) -> Hints {
    let unless = |expected: ZohoValue, text: &str| match ZohoValue::of(text) {
        _ if text.is_empty() => None,
        Some(found) if found == expected => None,
        found => Some(Hint::from(found)),
    };
    Hints {
        client_id: unless(ZohoValue::ClientId, client_id),
        client_secret: client_secret.and_then(|s| unless(ZohoValue::ClientSecret, s.expose_secret())),
    }
}

#[cfg(test)]
mod tests;
