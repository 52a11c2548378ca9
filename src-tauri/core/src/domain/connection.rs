//! A connection: a named client with its grant. There are many.

mod retry;
mod timing;

pub use retry::RetryState;

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zoho_oauth::client::{Client, OrganisationId};
use zoho_oauth::probe::{Identity, Proof};
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::scope::{IDENTITY, Read, Scope, Scopes};
use zoho_oauth::token_response::TokenResponse;

use crate::Moment;
use crate::domain::activity::Activity;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::live_file::LiveFile;
use crate::domain::problem::Problem;
use crate::domain::quota::{ACCESS_TOKENS, Spent};
use crate::domain::script_access::ScriptAccess;

/// A refresh begins this long before the access token expires, and a copied token has at least this long left.
pub const GOOD_FOR: Duration = Duration::from_mins(5);

/// A connection's number; never reused.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct ConnectionId(#[cfg_attr(test, ts(type = "number"))] pub u64);

/// Tokens in hand.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The region that issued them: every later request goes there.
    pub region: RegionCode,
    /// For a region that the user added, its addresses when the tokens were issued: they are sent to no others.
    pub origins: Option<Origins>,
    /// The access token.
    pub access: SecretString,
    /// The refresh token; `None` for a grant without lasting access.
    pub refresh: Option<SecretString>,
    /// The organisation for which the client gets tokens without a user; `None` for every other grant.
    pub organisation: Option<OrganisationId>,
    /// The refresh token before the current one, kept until the current one has worked.
    pub previous_refresh: Option<SecretString>,
    /// The scopes that Zoho says it granted.
    pub scopes: Scopes,
    /// When the refresh token was issued: the ledger identifies it by this.
    pub since: Moment,
    /// The recently issued access tokens.
    pub spent: Spent,
    /// Those whose response was lost: Zoho may not have issued them.
    pub uncertain: Spent,
    /// When the access token was issued, by the wall clock.
    pub issued_at: Moment,
    /// When the access token expires, by the wall clock.
    pub expires_at: Moment,
}

/// The difference that is tolerated between two clocks.
const SKEW: Duration = Duration::from_mins(1);

impl Grant {
    /// The tokens of a first exchange at one of Zoho's own regions. Where Zoho names no scopes, the requested ones are
    /// taken to be granted (RFC 6749 5.1).
    pub fn new(region: RegionCode, tokens: TokenResponse, asked: &Scopes, now: Moment) -> Self {
        let mut spent = Spent::default();
        spent.spend(ACCESS_TOKENS, now);
        Self {
            region,
            origins: None,
            since: now,
            spent,
            uncertain: Spent::default(),
            access: tokens.access,
            refresh: tokens.refresh,
            organisation: None,
            previous_refresh: None,
            scopes: tokens.scopes.unwrap_or_else(|| asked.clone()),
            issued_at: now,
            expires_at: tokens.expires_at,
        }
    }

    /// Applies the response to a refresh. A response without a refresh token keeps the old one.
    pub fn renew(&mut self, tokens: TokenResponse, now: Moment) {
        self.access = tokens.access;
        self.issued_at = now;
        self.expires_at = tokens.expires_at;
        if let Some(replacement) = tokens.refresh {
            self.previous_refresh = self.refresh.replace(replacement);
        } else {
            self.previous_refresh = None;
        }
        if let Some(scopes) = tokens.scopes {
            self.scopes = scopes;
        }
    }

    /// The harmless call that shows whether Cliq accepts a token without a user: the first one that the grant's
    /// permissions allow and that needs no user.
    pub(crate) fn read_without_user(&self) -> Option<Read> {
        self.scopes.iter().filter(|scope| scope.is_proven_without_user()).find_map(Scope::read)
    }

    /// Every token in the grant.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &SecretString> {
        [&self.access].into_iter().chain(&self.refresh).chain(&self.previous_refresh)
    }

    /// Whether a new access token can be obtained without a user.
    pub fn renews(&self) -> bool {
        self.refresh.is_some() || self.organisation.is_some()
    }

    /// Whether the access token may be handed out: it is valid for another [`GOOD_FOR`], if it ever was for that long.
    /// One that Cliq refused counts as expired, however new it is.
    pub fn is_fresh(&self, now: Moment) -> bool {
        now < self.due_at(now) && now < self.expires_at
    }

    /// Whether the access token is too old to be handed out and can be renewed.
    pub(crate) fn needs_renewal(&self, now: Moment) -> bool {
        !self.is_fresh(now) && self.renews()
    }

    /// Whether the access token has expired and cannot be renewed.
    pub(crate) fn has_ended(&self, now: Moment) -> bool {
        self.expires_at <= now && !self.renews()
    }

    /// Whether the access token is valid for at least `span`, by a clock that can be trusted.
    pub fn is_good_for(&self, span: Duration, now: Moment) -> bool {
        !self.is_of_the_future(now) && self.expires_at >= now.plus(span)
    }

    /// When a refresh is due: [`GOOD_FOR`] and a little before expiry, but not within a minute of the last one. A token
    /// from the future was recorded under a wrong clock, so its times are ignored.
    pub fn due_at(&self, now: Moment) -> Moment {
        if self.is_of_the_future(now) {
            return now;
        }
        self.expires_at.minus(GOOD_FOR).minus(self.earlier()).max(self.issued_at.plus(SKEW))
    }

    fn is_of_the_future(&self, now: Moment) -> bool {
        self.issued_at > now.plus(SKEW)
    }

    /// Jitter of up to half a minute per token, so that tokens issued together do not refresh together forever.
    fn earlier(&self) -> Duration {
        const SPREAD: u64 = 30_000;
        let mixed = self.issued_at.millis().wrapping_add(self.since.millis()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Duration::from_millis((mixed >> 32) % SPREAD)
    }
}

/// A client that was approved, with its tokens.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its number.
    pub id: ConnectionId,
    /// What the user calls it.
    pub name: String,
    /// The OAuth client.
    pub registration: Client,
    /// The requested scopes.
    pub asked: Scopes,
    /// Its tokens.
    pub grant: Grant,
    /// The account that owns the tokens; `None` when Zoho did not say.
    pub identity: Option<Identity>,
    /// Why the last refresh or use failed, if it did.
    pub trouble: Option<RetryState>,
    /// The last test call.
    pub tested: Option<Tested>,
    /// Whether it is refreshed automatically.
    pub keep_fresh: bool,
    /// Whether programs may read its token.
    pub scripts: ScriptAccess,
    /// The file that is kept up to date with its token.
    pub live_file: Option<LiveFile>,
    /// Its activity.
    pub activity: Activity,
}

impl Connection {
    /// The granted and the requested scopes, without the implied one that names the account.
    pub fn has_or_asked(&self) -> Scopes {
        let both = self.grant.scopes.iter().chain(self.asked.iter());
        both.filter(|scope| scope.as_str() != IDENTITY).cloned().collect()
    }

    /// Whether it belongs to Practice, the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.grant.region == PRACTICE
    }
}

/// A test call's result.
#[derive(Clone, Debug)]
pub struct Tested {
    /// When it ran.
    pub at: Moment,
    /// What it showed.
    pub outcome: Result<Proof, Problem>,
}
