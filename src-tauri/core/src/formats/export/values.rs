//! The exported values, shared by all formats: named as in Zoho's token response, with the servers to use them at.
//!
//! Invariant: beside any token or secret in a text are the servers that accept it.
#![expect(clippy::disallowed_methods, reason = "writes the values that the user ticked")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::request::token_endpoint;
use zoho_oauth::scope::Scope;

use super::Holding;

/// The secrets that the user selected.
#[derive(Clone, Copy, Default)]
pub(super) struct Extras {
    pub(super) refresh_token: bool,
    pub(super) client_secret: bool,
}

/// A value and its name.
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// A value; a secret is hidden in formats that support that.
pub(super) enum Value {
    Plain(String),
    Number(i64),
    Secret(String),
}

/// The values, in reading order. A program that does its own refreshing needs the client ID and token endpoint too.
pub(super) fn values(of: &Holding<'_>, extras: Extras) -> Vec<Named> {
    let refresh = of.refresh.filter(|_| extras.refresh_token);
    let secret = of.client_secret.filter(|_| extras.client_secret);
    let scopes: Vec<&str> = of.scopes.iter().map(Scope::as_str).collect();

    let plain = |name, text: &str| Some(Named::new(name, Value::Plain(text.to_owned())));
    let secretly = |name, text: &SecretString| Some(Named::new(name, Value::Secret(text.expose_secret().to_owned())));
    [
        plain("name", of.name),
        secretly("access_token", of.access),
        plain("token_type", "Bearer"),
        plain("expires_at", &of.expires_at.rfc3339()),
        Some(Named::new("expires_at_epoch", Value::Number(of.expires_at.unix_seconds()))),
        plain("region", of.region.code.as_str()),
        of.zohos_own.then(|| of.region.code.as_str().to_ascii_uppercase()).and_then(|dc| plain("dc", &dc)),
        plain("accounts", of.region.accounts.as_str()),
        plain("cliq", of.region.cliq.as_str()),
        plain("api", of.region.cliq.at("/api/v2").as_str()),
        plain("scope", &scopes.join(" ")),
        refresh.and_then(|token| secretly("refresh_token", token)),
        refresh.and_then(|_| plain("token_endpoint", token_endpoint(of.region).as_str())),
        refresh.or(secret).and_then(|_| plain("client_id", of.client_id)),
        secret.and_then(|secret| secretly("client_secret", secret)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Named {
    fn new(name: &'static str, value: Value) -> Self {
        Self { name, value }
    }
}

impl Value {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Plain(text) | Self::Secret(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}
