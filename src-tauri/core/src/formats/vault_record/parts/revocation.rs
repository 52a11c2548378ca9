//! A pending revocation.

use serde::{Deserialize, Serialize};
use zoho_oauth::client::Client;
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::request::TokenKind;

use super::connection::{RegistrationPart, TroublePart};
use super::or_nothing;
use crate::Moment;
use crate::domain::connection::RetryState;
use crate::domain::revocation::{Revocation, RevocationId, TokenToRevoke};
use crate::domain::sealed::Sealed;

#[derive(Deserialize, Serialize)]
pub(in crate::formats::vault_record) struct RevocationPart {
    pub(in crate::formats::vault_record) id: RevocationId,
    name: String,
    region: RegionCode,
    /// Missing in older records and for Zoho's own regions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origins: Option<Origins>,
    token: Sealed,
    kind: TokenKind,
    client: Option<RegistrationPart>,
    /// Missing in older records: the ledger then does not learn that the token ended.
    #[serde(default)]
    came_at: Option<Moment>,
    since: Moment,
    #[serde(deserialize_with = "or_nothing")]
    trouble: Option<TroublePart>,
}

impl From<&Revocation> for RevocationPart {
    fn from(r: &Revocation) -> Self {
        Self {
            id: r.id,
            name: r.name.clone(),
            region: r.what.region.clone(),
            origins: r.what.origins.clone(),
            token: Sealed(r.what.token.clone()),
            kind: r.what.kind,
            client: r.what.client.as_ref().map(RegistrationPart::from),
            came_at: r.what.came_at,
            since: r.since,
            trouble: r.trouble.clone().map(TroublePart::from),
        }
    }
}

impl From<RevocationPart> for Revocation {
    fn from(r: RevocationPart) -> Self {
        Self {
            id: r.id,
            name: r.name,
            what: TokenToRevoke {
                region: r.region,
                origins: r.origins,
                token: r.token.0,
                kind: r.kind,
                client: r.client.map(Client::from),
                came_at: r.came_at,
            },
            since: r.since,
            trouble: r.trouble.map(RetryState::from),
        }
    }
}
