//! A named registration with its grant; there are many.

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

/// A refresh begins this long before the access token ends, and a copied token has at least as long left.
pub const GOOD_FOR: Duration = Duration::from_mins(5);

/// A connection's number; never used again for another.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct ConnectionId(#[cfg_attr(test, ts(type = "number"))] pub u64);

/// Tokens in hand.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Where they were issued: every later call of theirs goes there.
    pub region: RegionCode,
    /// The addresses of that region when they were issued, where it is one the user added: they are sent to no others.
    pub origins: Option<Origins>,
    /// The access token.
    pub access: SecretString,
    /// The refresh token, where access was to last.
    pub refresh: Option<SecretString>,
    /// The organisation that the client gets tokens for without a user; `None` for every other grant.
    pub organisation: Option<OrganisationId>,
    /// The refresh token before this one, kept until this one has worked.
    pub previous_refresh: Option<SecretString>,
    /// What Zoho says it granted.
    pub scopes: Scopes,
    /// When the refresh token came: the ledger knows it by this.
    pub since: Moment,
    /// The access tokens of the last while.
    pub spent: Spent,
    /// Those of them whose answer was lost: Zoho may not have issued them.
    pub uncertain: Spent,
    /// When the access token came, by the wall clock.
    pub issued_at: Moment,
    /// The access token's end, by the wall clock.
    pub expires_at: Moment,
}

/// What two clocks may differ by without either being wrong.
const SKEW: Duration = Duration::from_mins(1);

impl Grant {
    /// The tokens of a first exchange at one of Zoho's own regions. Where Zoho names no scopes, the asked ones are taken to be granted (RFC 6749 5.1).
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

    /// Takes over what a refresh brought. A reply without a refresh token keeps the old one.
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

    /// The harmless call that shows whether Cliq takes a token that stands for no user: the first one that its permissions
    /// allow and that needs none.
    pub(crate) fn read_without_user(&self) -> Option<Read> {
        self.scopes.iter().filter(|scope| scope.is_proven_without_user()).find_map(Scope::read)
    }

    /// Every token in it.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &SecretString> {
        [&self.access].into_iter().chain(&self.refresh).chain(&self.previous_refresh)
    }

    /// Whether another access token can be had without a user.
    pub fn renews(&self) -> bool {
        self.refresh.is_some() || self.organisation.is_some()
    }

    /// Whether the access token is good to be given out: for [`GOOD_FOR`] more, if it ever was good that long. One that
    /// Cliq refused has ended, however new it is.
    pub fn is_fresh(&self, now: Moment) -> bool {
        now < self.due_at(now) && now < self.expires_at
    }

    /// Whether the access token is not good enough to be given out, and a better one can be had.
    pub(crate) fn needs_renewal(&self, now: Moment) -> bool {
        !self.is_fresh(now) && self.renews()
    }

    /// Whether the access token has expired and no other can be had.
    pub(crate) fn has_ended(&self, now: Moment) -> bool {
        self.expires_at <= now && !self.renews()
    }

    /// Whether the access token is good for so long more, by a clock that can be believed.
    pub fn is_good_for(&self, span: Duration, now: Moment) -> bool {
        !self.is_of_the_future(now) && self.expires_at >= now.plus(span)
    }

    /// When a refresh is due: [`GOOD_FOR`] and a little before the end, but not within a minute of the last one. A token
    /// from the future was issued by a clock that was wrong, so nothing it says counts.
    pub fn due_at(&self, now: Moment) -> Moment {
        if self.is_of_the_future(now) {
            return now;
        }
        self.expires_at.minus(GOOD_FOR).minus(self.earlier()).max(self.issued_at.plus(SKEW))
    }

    fn is_of_the_future(&self, now: Moment) -> bool {
        self.issued_at > now.plus(SKEW)
    }

    /// Half a minute at most, another for each token, so that those that came together do not go together for ever.
    fn earlier(&self) -> Duration {
        const SPREAD: u64 = 30_000;
        let mixed = self.issued_at.millis().wrapping_add(self.since.millis()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Duration::from_millis((mixed >> 32) % SPREAD)
    }
}

/// A registration that was approved.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its number.
    pub id: ConnectionId,
    /// What the user calls it.
    pub name: String,
    /// The OAuth client.
    pub registration: Client,
    /// What was asked for.
    pub asked: Scopes,
    /// Its tokens.
    pub grant: Grant,
    /// Whose tokens they are, where Zoho told.
    pub identity: Option<Identity>,
    /// What the last refresh or use left behind.
    pub trouble: Option<RetryState>,
    /// The last test call.
    pub tested: Option<Tested>,
    /// It is refreshed by itself.
    pub keep_fresh: bool,
    /// Whether programs may have its token.
    pub scripts: ScriptAccess,
    /// The file that is kept up to date with its token.
    pub live_file: Option<LiveFile>,
    /// What happened with it.
    pub activity: Activity,
}

impl Connection {
    /// What it may do and what was asked for besides; the permission that names the account goes without saying.
    pub fn has_or_asked(&self) -> Scopes {
        let both = self.grant.scopes.iter().chain(self.asked.iter());
        both.filter(|scope| scope.as_str() != IDENTITY).cloned().collect()
    }

    /// Of the Zoho inside the app.
    pub fn is_practice(&self) -> bool {
        self.grant.region == PRACTICE
    }
}

/// A test call's result.
#[derive(Clone, Debug)]
pub struct Tested {
    /// When.
    pub at: Moment,
    /// What it showed.
    pub outcome: Result<Proof, Problem>,
}
