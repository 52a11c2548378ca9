//! A setup to give to a colleague: the client, its region and the scopes to request, as a file without secrets.
//!
//! Invariant: a setup holds no secret and no address; a region is only named, and looked up in the table. One with a
//! field that its version does not know is refused as a whole.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::{Scope, Scopes};
use zoho_oauth::text::shown;

use crate::domain::connection::Connection;
use crate::domain::problem::Problem;
use crate::domain::typed_scopes::read_typed;

/// Marks every setup, to tell it from other JSON.
const KIND: &str = "set-up";
const VERSION: u32 = 1;

/// Far more than any setup has; Keyfob did not write a longer one.
const LARGEST: usize = 32 * 1024;
const LONGEST_CLIENT_ID: usize = 200;
const MOST_SCOPES: usize = 200;

/// What a colleague needs to sign in with the same client.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setup {
    /// The connection's name.
    pub name: String,
    /// The region where the client is registered.
    pub region: RegionCode,
    /// The client type.
    pub client_type: ClientType,
    /// The client ID.
    pub client_id: String,
    /// The scopes to request.
    pub scopes: Scopes,
    /// Whether to request lasting access.
    pub keep_access: bool,
}

/// A setup as the file holds it, before it is validated.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SetupPart {
    keyfob: String,
    version: u32,
    name: String,
    region: String,
    client_type: ClientType,
    client_id: String,
    scopes: Vec<String>,
    keep_access: bool,
}

/// The kind and version of a Keyfob file, readable whatever else a newer one holds.
#[derive(Deserialize)]
pub(crate) struct Head {
    pub(crate) keyfob: String,
    pub(crate) version: u32,
}

/// Whether a file claims to be a Keyfob file of any kind.
pub(crate) fn is_keyfobs(file: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(file).is_ok_and(|fields| fields.contains_key("keyfob"))
}

impl Setup {
    /// The setup of a connection.
    pub fn of(connection: &Connection) -> Self {
        let client = &connection.registration;
        let grant = &connection.grant;
        Self {
            name: connection.name.clone(),
            region: client.region.clone(),
            client_type: client.client_type,
            client_id: client.client_id.as_str().to_owned(),
            scopes: connection.asked.clone(),
            keep_access: grant.refresh.is_some() || grant.previous_refresh.is_some(),
        }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        // Strings, booleans and lists only, which always serialise to JSON.
        let mut text = serde_json::to_string_pretty(&SetupPart::from(self)).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a file; `None` when it is not a setup.
    pub fn read(file: &[u8]) -> Option<Result<Self, Problem>> {
        let head: Head = serde_json::from_slice(file).ok().filter(|head: &Head| head.keyfob == KIND)?;
        if head.version > VERSION {
            return Some(Err(Problem::FileNewer { version: head.version }));
        }
        if file.len() > LARGEST {
            return Some(Err(Problem::FileDamaged));
        }
        let part = serde_json::from_slice(file).map_err(|_| Problem::FileDamaged);
        Some(part.and_then(|part: SetupPart| part.read().ok_or(Problem::FileDamaged)))
    }
}

impl From<&Setup> for SetupPart {
    fn from(of: &Setup) -> Self {
        Self {
            keyfob: KIND.to_owned(),
            version: VERSION,
            name: of.name.clone(),
            region: of.region.as_str().to_owned(),
            client_type: of.client_type,
            client_id: of.client_id.clone(),
            scopes: of.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
            keep_access: of.keep_access,
        }
    }
}

impl SetupPart {
    /// The setup; `None` unless the user could have typed each of its values.
    pub(crate) fn read(self) -> Option<Setup> {
        let fits = self.keyfob == KIND && self.version == VERSION && self.scopes.len() <= MOST_SCOPES;
        let scopes: Scopes = self.scopes.iter().map(|name| as_typed(name)).collect::<Option<_>>()?;
        let setup = Setup {
            name: shown(&self.name),
            region: RegionCode::new(&self.region)?,
            client_type: self.client_type,
            client_id: self.client_id,
            scopes,
            keep_access: self.keep_access,
        };
        (fits && is_client_id(&setup.client_id) && !setup.scopes.is_empty()).then_some(setup)
    }
}

/// The scope; `None` unless the user could type it, so a look-alike is refused.
fn as_typed(name: &str) -> Option<Scope> {
    let scope = Scope::new(name).ok().filter(|scope| scope.as_str() == name)?;
    read_typed(name).is_ok_and(|read| read.has(&scope)).then_some(scope)
}

/// Whether it consists of the characters of Zoho's client IDs (zoho.com/accounts/protocol/oauth-setup.html). Looser
/// than their form, which is observed but not documented.
fn is_client_id(text: &str) -> bool {
    (1..=LONGEST_CLIENT_ID).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests;
