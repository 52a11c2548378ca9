//! How a token leaves Keyfob: its shape on the clipboard, its format in a file, and what goes with it.

use serde::{Deserialize, Serialize};

/// The shape of a token on the clipboard.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    /// The access token alone.
    Token,
    /// `Authorization: Zoho-oauthtoken …`.
    ZohoHeader,
    /// `Authorization: Bearer …`.
    BearerHeader,
    /// A curl command that reads the user's own status.
    Curl,
    /// `.env` lines.
    DotEnv,
    /// A PowerShell snippet.
    PowerShell,
    /// A JSON object.
    Json,
    /// A Postman environment.
    Postman,
    /// Deluge, Zoho's own script language.
    Deluge,
    /// The refresh token, for systems that do their own refreshing.
    RefreshToken,
}

/// The contents of an exported file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// The file format.
    pub format: FileFormat,
    /// Whether it includes the refresh token.
    pub refresh_token: bool,
    /// Whether it includes the client secret.
    pub client_secret: bool,
}

/// The format of an exported file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FileFormat {
    /// `.env`.
    DotEnv,
    /// JSON.
    Json,
    /// A Postman environment.
    Postman,
}
