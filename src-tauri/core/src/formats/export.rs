//! A token in the shape the user needs it, for the clipboard or a file.
//!
//! Invariant: a refresh token or a client secret is in a text only where it was asked for by name, and whatever a value
//! holds, the text reads back as that value and as nothing else. Deliberately absent: writing; these are texts.

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

/// What there is to hand out of one connection.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// What the user calls the connection.
    pub name: &'a str,
    /// The access token.
    pub access: &'a SecretString,
    /// The refresh token, where access was to last.
    pub refresh: Option<&'a SecretString>,
    /// The client's public half.
    pub client_id: &'a ClientId,
    /// The client's secret half, where it has one.
    pub client_secret: Option<&'a SecretString>,
    /// Where the tokens were issued.
    pub region: &'a Region,
    /// The region is one of Zoho's own, so that programs of others know its code as a data centre.
    pub zohos_own: bool,
    /// What was granted.
    pub scopes: &'a Scopes,
    /// The access token's end.
    pub expires_at: Moment,
}

/// The text for the clipboard; nothing only when a refresh token is wanted and there is none.
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

/// The command that gives a script the access token; it holds none.
pub(crate) fn command(name: &str) -> String {
    snippet::command(name)
}

/// The file, with what was ticked where it is there.
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
