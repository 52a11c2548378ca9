//! Pending revocations of tokens at Zoho.
//!
//! Invariant: a revocation stays in the vault until Zoho answers that the token ended, or the user forgets it.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use zoho_oauth::client::Client;
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::request::TokenKind;

use crate::Moment;
use crate::domain::connection::{Connection, Grant, RetryState};
use crate::domain::custom_regions::PRACTICE;
use crate::domain::problem::Problem;
use crate::domain::quota::{ClientKey, CountedSignIn};

/// A revocation's number; never reused, nor shared with a connection.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct RevocationId(#[cfg_attr(test, ts(type = "number"))] pub u64);

/// A token to revoke, with what the request needs.
#[derive(Clone, Debug)]
pub struct TokenToRevoke {
    /// The region that issued it.
    pub region: RegionCode,
    /// For a region that the user added, its addresses at that time: the token is sent to no others.
    pub origins: Option<Origins>,
    /// The token.
    pub token: SecretString,
    /// The kind of token.
    pub kind: TokenKind,
    /// The client it was issued to, if still known.
    pub client: Option<Client>,
    /// When it was issued, if still known: the ledger identifies it by this.
    pub came_at: Option<Moment>,
}

impl TokenToRevoke {
    /// The refresh token if there is one, since revoking it ends both, else the access token.
    pub fn new(region: RegionCode, refresh: Option<SecretString>, access: SecretString) -> Self {
        let kind = if refresh.is_some() { TokenKind::RefreshToken } else { TokenKind::AccessToken };
        Self { region, origins: None, token: refresh.unwrap_or(access), kind, client: None, came_at: None }
    }

    /// The token to revoke of a grant.
    pub fn of(grant: &Grant, client: Option<Client>) -> Self {
        let (origins, came_at) = (grant.origins.clone(), Some(grant.since));
        Self {
            origins,
            client,
            came_at,
            ..Self::new(grant.region.clone(), grant.refresh.clone(), grant.access.clone())
        }
    }
}

impl TokenToRevoke {
    /// The sign-in that issued it, as the ledger identifies it.
    pub(crate) fn sign_in(&self) -> Option<CountedSignIn> {
        let client = ClientKey::from(self.client.as_ref()?);
        Some(CountedSignIn { client, at: self.came_at? })
    }
}

impl From<&Connection> for TokenToRevoke {
    fn from(connection: &Connection) -> Self {
        Self::of(&connection.grant, Some(connection.registration.clone()))
    }
}

/// A revocation that is to be sent, or awaits its response.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// Its number.
    pub id: RevocationId,
    /// The connection's name, or the owner of tokens that were not kept.
    pub name: String,
    /// The token to revoke.
    pub what: TokenToRevoke,
    /// When it was requested.
    pub since: Moment,
    /// Why the last attempt failed, if it did.
    pub trouble: Option<RetryState>,
}

impl Revocation {
    /// Whether it belongs to Practice, the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.what.region == PRACTICE
    }

    /// When it is sent automatically, seen at `now`; `None` when Zoho refused it for good.
    pub fn due_at(&self, now: Moment) -> Option<Moment> {
        self.trouble.as_ref().map_or(Some(now), |trouble| trouble.tried_again_at(now))
    }

    /// Whether the user may send it now: a request during a throttle prolongs it.
    pub fn may_be_sent(&self, now: Moment) -> bool {
        let throttled = self.trouble.as_ref().is_some_and(|t| matches!(t.problem, Problem::Throttled { .. }));
        !throttled || self.due_at(now) <= Some(now)
    }
}
