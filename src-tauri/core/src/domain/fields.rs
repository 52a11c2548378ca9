//! Fields of Zoho's form and of Keyfob's, and the Zoho error pages that the wizard explains.

use serde::{Deserialize, Serialize};

/// A field of Zoho's client form.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FormField {
    /// "Client Name".
    Name,
    /// "Homepage URL".
    Homepage,
    /// The first of the "Authorized Redirect URIs".
    RedirectUri,
    /// The second of the "Authorized Redirect URIs".
    SecondRedirectUri,
}

/// A field with a Paste button.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PasteField {
    /// The client id.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The address Zoho came back with.
    Address,
    /// A code from Zoho's console.
    Code,
    /// A refresh token that the user already has.
    RefreshToken,
}

/// A Zoho page that says why Zoho does not ask for consent. Zoho does not report it to the client.
///
/// Source: help.zoho.com community "Kaizen #4 - Troubleshooting OAuth2.0".
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ZohoPage {
    /// "Invalid Client Id".
    Client,
    /// "Invalid Redirect Uri".
    Redirect,
    /// "Scope does not exist".
    Scope,
    /// "Invalid response type": the address was changed on its way to Zoho.
    ResponseType,
}

/// A field of the wizard's approval step that a problem can be about.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CorrectedField {
    /// The address Zoho came back with.
    Address,
    /// A code from Zoho's console.
    ConsoleCode,
    /// A refresh token that the user already has.
    ExistingToken,
    /// The organisation to get a token for.
    Organisation,
}
