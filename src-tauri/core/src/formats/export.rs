//! A token in the shape that the user chose, for the clipboard or a file.
//!
//! Invariant: a text holds a refresh token or a client secret only when explicitly requested, and whatever a value
//! holds, the text reads back as exactly that value. Deliberately absent: writing; these are texts.
#![expect(clippy::disallowed_methods, reason = "writes the values that the user ticked")]

mod dot_env;
mod file_name;
mod json;
mod snippet;
mod values;

pub(crate) use file_name::for_connection as file_name;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::region::Region;
use zoho_oauth::scope::Scopes;

use crate::Moment;
use crate::domain::export_choice::{Export, FileFormat, Shape};
use crate::formats::new_file::NewFile;
use values::{Extras, values};

/// What can be exported from a connection.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// The connection's name.
    pub name: &'a str,
    /// The access token.
    pub access: &'a SecretString,
    /// The refresh token, if the grant has one.
    pub refresh: Option<&'a SecretString>,
    /// The client ID.
    pub client_id: &'a ClientId,
    /// The client secret, if there is one.
    pub client_secret: Option<&'a SecretString>,
    /// The region that issued the tokens.
    pub region: &'a Region,
    /// Whether the region is one of Zoho's own, so that other programs know its code as a data centre.
    pub zohos_own: bool,
    /// The granted scopes.
    pub scopes: &'a Scopes,
    /// When the access token expires.
    pub expires_at: Moment,
}

/// The text for the clipboard; `None` only for the refresh token, when there is none.
pub fn shaped(shape: Shape, of: &Holding<'_>) -> Option<SecretString> {
    let token = of.access.expose_secret();
    let access_only = || values(of, Extras::default());
    let text = match shape {
        Shape::Token => token.to_owned(),
        Shape::ZohoHeader => snippet::header(token),
        Shape::BearerHeader => format!("Authorization: Bearer {token}"),
        Shape::Curl => snippet::curl(of.region, token),
        Shape::PowerShell => snippet::power_shell(of.region, token),
        Shape::Deluge => snippet::deluge(of.region, token),
        Shape::DotEnv => dot_env::lines(&access_only()),
        Shape::Json => json::object(&access_only()),
        Shape::Postman => json::postman(of.name, &access_only()),
        Shape::RefreshToken => return of.refresh.cloned(),
    };
    Some(text.into())
}

/// The command with which a script gets the access token; it holds no token.
pub(crate) fn command(name: &str) -> String {
    snippet::command(name)
}

/// The file, with those of the selected secrets that exist.
pub fn file(export: Export, of: &Holding<'_>) -> NewFile {
    let values = values(of, Extras { refresh_token: export.refresh_token, client_secret: export.client_secret });
    let (mut text, ending) = match export.format {
        FileFormat::DotEnv => (dot_env::lines(&values), "env"),
        FileFormat::Json => (json::object(&values), "json"),
        FileFormat::Postman => (json::postman(of.name, &values), "postman_environment.json"),
    };
    text.push('\n');
    NewFile { name: file_name::for_connection(of.name, ending), content: text.into() }
}

#[cfg(test)]
mod tests;
