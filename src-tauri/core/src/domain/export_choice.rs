//! What a token is given out as: its shape on the clipboard, its format in a file, and what goes with it.

use serde::{Deserialize, Serialize};

/// The shapes the clipboard takes.
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
    /// A curl command that reads one's own status.
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
    /// The refresh token, for systems that refresh by themselves.
    RefreshToken,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// In which form.
    pub format: FileFormat,
    /// The refresh token too.
    pub refresh_token: bool,
    /// The client secret too.
    pub client_secret: bool,
}

/// The forms a file takes.
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
