//! A kept connection.

use std::collections::BTreeMap;

use oauth2::ClientId;
use serde::{Deserialize, Serialize};
use zoho_oauth::client::{Client, ClientType, OrganisationId, RedirectUri};
use zoho_oauth::probe::{Identity, Proof};
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::scope::Scopes;

use super::{or_nothing, seal, seal_each, unseal, unseal_each};
use crate::Moment;
use crate::domain::activity::Activity;
use crate::domain::connection::{Connection, ConnectionId, Grant, RetryState, Tested};
use crate::domain::live_file::LiveFile;
use crate::domain::problem::Problem;
use crate::domain::quota::Spent;
use crate::domain::script_access::ScriptAccess;
use crate::domain::sealed::Sealed;

#[derive(Deserialize, Serialize)]
pub(in crate::formats::vault_record) struct ConnectionPart {
    pub(in crate::formats::vault_record) id: ConnectionId,
    name: String,
    registration: RegistrationPart,
    asked: Scopes,
    grant: GrantPart,
    identity: Option<Identity>,
    #[serde(deserialize_with = "or_nothing")]
    trouble: Option<TroublePart>,
    #[serde(deserialize_with = "or_nothing")]
    tested: Option<TestedPart>,
    /// Missing in records from before it could be chosen.
    #[serde(default = "yes")]
    keep_fresh: bool,
    /// Likewise.
    #[serde(default, deserialize_with = "or_nothing")]
    scripts: ScriptAccess,
    #[serde(default, deserialize_with = "or_nothing")]
    live_file: Option<LiveFile>,
    #[serde(default, deserialize_with = "or_nothing")]
    activity: Activity,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize, Serialize)]
pub(super) struct RegistrationPart {
    region: RegionCode,
    client_type: ClientType,
    client_id: String,
    /// `None` in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own_redirect: Option<String>,
    client_secret: Option<Sealed>,
    #[serde(default)]
    secrets_elsewhere: BTreeMap<RegionCode, Sealed>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct GrantPart {
    region: RegionCode,
    /// Missing in older records and for Zoho's own regions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origins: Option<Origins>,
    access: Sealed,
    refresh: Option<Sealed>,
    previous_refresh: Option<Sealed>,
    /// `None` in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
    scopes: Scopes,
    /// Missing in older records: the refresh token is then taken to be as old as the access token.
    #[serde(default)]
    since: Option<Moment>,
    #[serde(default, deserialize_with = "or_nothing")]
    spent: Spent,
    /// Missing in older records.
    #[serde(default, deserialize_with = "or_nothing")]
    uncertain: Spent,
    issued_at: Moment,
    expires_at: Moment,
}

#[derive(Deserialize, Serialize)]
pub(super) struct TroublePart {
    problem: Problem,
    times: u32,
    /// Missing in records from before it was saved.
    #[serde(default)]
    tried_at: Moment,
    again_at: Option<Moment>,
    /// Missing in older records.
    #[serde(default)]
    unclear: u32,
}

#[derive(Deserialize, Serialize)]
struct TestedPart {
    at: Moment,
    outcome: Result<Proof, Problem>,
}

impl From<&Connection> for ConnectionPart {
    fn from(c: &Connection) -> Self {
        Self {
            id: c.id,
            name: c.name.clone(),
            registration: RegistrationPart::from(&c.registration),
            asked: c.asked.clone(),
            grant: GrantPart::from(&c.grant),
            identity: c.identity.clone(),
            trouble: c.trouble.clone().map(TroublePart::from),
            tested: c.tested.clone().map(|Tested { at, outcome }| TestedPart { at, outcome }),
            keep_fresh: c.keep_fresh,
            scripts: c.scripts,
            live_file: c.live_file.clone(),
            activity: c.activity.clone(),
        }
    }
}

impl From<ConnectionPart> for Connection {
    fn from(c: ConnectionPart) -> Self {
        Self {
            id: c.id,
            name: c.name,
            registration: c.registration.into(),
            asked: c.asked,
            grant: c.grant.into(),
            identity: c.identity,
            trouble: c.trouble.map(RetryState::from),
            tested: c.tested.map(|TestedPart { at, outcome }| Tested { at, outcome }),
            keep_fresh: c.keep_fresh,
            scripts: c.scripts,
            live_file: c.live_file,
            activity: c.activity,
        }
    }
}

impl From<&Client> for RegistrationPart {
    fn from(of: &Client) -> Self {
        Self {
            region: of.region.clone(),
            client_type: of.client_type,
            client_id: of.client_id.as_str().to_owned(),
            own_redirect: of.own_redirect.as_ref().map(|own| own.as_str().to_owned()),
            client_secret: seal(of.client_secret.as_ref()),
            secrets_elsewhere: seal_each(&of.secrets_elsewhere),
        }
    }
}

impl From<RegistrationPart> for Client {
    fn from(of: RegistrationPart) -> Self {
        Self {
            region: of.region,
            client_type: of.client_type,
            client_id: ClientId::new(of.client_id),
            own_redirect: of.own_redirect.as_deref().and_then(|text| RedirectUri::new(text).ok()),
            client_secret: unseal(of.client_secret),
            secrets_elsewhere: unseal_each(of.secrets_elsewhere),
        }
    }
}

impl From<RetryState> for TroublePart {
    fn from(RetryState { problem, times, tried_at, again_at, unclear }: RetryState) -> Self {
        Self { problem, times, tried_at, again_at, unclear }
    }
}

impl From<TroublePart> for RetryState {
    fn from(TroublePart { problem, times, tried_at, again_at, unclear }: TroublePart) -> Self {
        Self { problem, times, tried_at, again_at, unclear }
    }
}

impl From<&Grant> for GrantPart {
    fn from(g: &Grant) -> Self {
        Self {
            region: g.region.clone(),
            origins: g.origins.clone(),
            access: Sealed(g.access.clone()),
            refresh: seal(g.refresh.as_ref()),
            previous_refresh: seal(g.previous_refresh.as_ref()),
            organisation: g.organisation.clone(),
            scopes: g.scopes.clone(),
            since: Some(g.since),
            spent: g.spent.clone(),
            uncertain: g.uncertain.clone(),
            issued_at: g.issued_at,
            expires_at: g.expires_at,
        }
    }
}

impl From<GrantPart> for Grant {
    fn from(g: GrantPart) -> Self {
        Self {
            region: g.region,
            origins: g.origins,
            access: g.access.0,
            refresh: unseal(g.refresh),
            organisation: g.organisation,
            previous_refresh: unseal(g.previous_refresh),
            scopes: g.scopes,
            since: g.since.unwrap_or(g.issued_at),
            spent: g.spent,
            uncertain: g.uncertain,
            issued_at: g.issued_at,
            expires_at: g.expires_at,
        }
    }
}
