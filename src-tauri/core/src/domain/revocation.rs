//! Tokens that are to end at Zoho.
//!
//! Invariant: one that Zoho has not answered for is kept, sealed, until it does or the user forgets it.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use zoho_oauth::client::Client;
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::request::TokenKind;

use crate::Moment;
use crate::domain::connection::{Connection, Grant, RetryState};
use crate::domain::custom_regions::PRACTICE;
use crate::domain::problem::Problem;
use crate::domain::quota::{ClientKey, SignIn};

/// A revocation's number; never used again for another, nor for a connection.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct RevocationId(#[cfg_attr(test, ts(type = "number"))] pub u64);

/// What Zoho has to be told for a token to end.
#[derive(Clone, Debug)]
pub struct TokenToRevoke {
    /// Where it was issued.
    pub region: RegionCode,
    /// The addresses of that region then, where it is one the user added: it is sent to no others.
    pub origins: Option<Origins>,
    /// The token.
    pub token: SecretString,
    /// Which it is.
    pub kind: TokenKind,
    /// The client it was issued to, where that is still known.
    pub client: Option<Client>,
    /// When it came, where that is still known: the ledger knows it by this.
    pub came_at: Option<Moment>,
}

impl TokenToRevoke {
    /// Of the two tokens, the one whose end is the end of both.
    pub fn new(region: RegionCode, refresh: Option<SecretString>, access: SecretString) -> Self {
        let kind = if refresh.is_some() { TokenKind::RefreshToken } else { TokenKind::AccessToken };
        Self { region, origins: None, token: refresh.unwrap_or(access), kind, client: None, came_at: None }
    }

    /// A grant's.
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
    /// The sign-in it came of, as the ledger knows it.
    pub(crate) fn sign_in(&self) -> Option<SignIn> {
        let client = ClientKey::from(self.client.as_ref()?);
        Some(SignIn { client, at: self.came_at? })
    }
}

impl From<&Connection> for TokenToRevoke {
    fn from(connection: &Connection) -> Self {
        Self::of(&connection.grant, Some(connection.registration.clone()))
    }
}

/// One that waits to be sent, or for its answer.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// Its number.
    pub id: RevocationId,
    /// What the connection was called, or whose tokens they would have been.
    pub name: String,
    /// What is sent.
    pub what: TokenToRevoke,
    /// Since when it waits.
    pub since: Moment,
    /// What the last try left behind.
    pub trouble: Option<RetryState>,
}

impl Revocation {
    /// Of the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.what.region == PRACTICE
    }

    /// When it is sent by itself, seen at `now`; never again where Zoho refused.
    pub fn due_at(&self, now: Moment) -> Option<Moment> {
        self.trouble.as_ref().map_or(Some(now), |trouble| trouble.tried_again_at(now))
    }

    /// Whether the user may have it sent now: a throttle that is asked again lasts longer.
    pub fn may_be_sent(&self, now: Moment) -> bool {
        let throttled = self.trouble.as_ref().is_some_and(|t| matches!(t.problem, Problem::Throttled { .. }));
        !throttled || self.due_at(now) <= Some(now)
    }
}
