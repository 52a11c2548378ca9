//! One client's page of the ledger.

use serde::{Deserialize, Serialize};

use super::{CODES, CODES_REST, ClientKey, FAST_CODES, NEW_REFRESH_TOKENS, REFRESH_TOKENS_KEPT, Spent};
use crate::Moment;

/// What was spent with one client.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ClientQuota {
    pub(super) key: ClientKey,
    codes: Spent,
    refresh_tokens: Spent,
    living: Vec<IssuedRefreshToken>,
    totals: Totals,
}

/// All that was ever spent with a client, as far as Keyfob knows.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Grant codes.
    pub codes: u32,
    /// Access tokens.
    pub access_tokens: u32,
    /// Refresh tokens.
    pub refresh_tokens: u32,
}

/// A refresh token that Zoho keeps, as far as Keyfob knows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct IssuedRefreshToken {
    since: Moment,
    /// The account's e-mail address, once it was told.
    whose: Option<String>,
}

impl ClientQuota {
    pub(super) fn new(key: ClientKey) -> Self {
        let (codes, refresh_tokens) = (Spent::default(), Spent::default());
        Self { key, codes, refresh_tokens, living: Vec::new(), totals: Totals::default() }
    }

    /// A code was sent to be exchanged.
    pub fn code(&mut self, now: Moment) {
        self.codes.spend(CODES, now);
        self.totals.codes = self.totals.codes.saturating_add(1);
    }

    /// An access token was issued, or asked for.
    pub fn access_token(&mut self) {
        self.totals.access_tokens = self.totals.access_tokens.saturating_add(1);
    }

    /// The one asked for was refused.
    pub fn access_token_refused(&mut self) {
        self.totals.access_tokens = self.totals.access_tokens.saturating_sub(1);
    }

    /// A refresh token was issued.
    pub fn refresh_token(&mut self, now: Moment) {
        self.refresh_tokens.spend(NEW_REFRESH_TOKENS, now);
        self.living(now, None);
        self.refresh_token_replaced();
    }

    /// A refresh token was issued in place of another.
    pub fn refresh_token_replaced(&mut self) {
        self.totals.refresh_tokens = self.totals.refresh_tokens.saturating_add(1);
    }

    /// A refresh token is there, whoever counted it.
    pub fn living(&mut self, since: Moment, whose: Option<&str>) {
        self.living.push(IssuedRefreshToken { since, whose: whose.map(str::to_owned) });
        self.retire(whose);
    }

    /// It is known whose the refresh token of that moment is.
    pub fn belongs_to(&mut self, since: Moment, email: &str) {
        if let Some(found) = self.living.iter_mut().find(|l| l.since == since && l.whose.is_none()) {
            found.whose = Some(email.to_owned());
            self.retire(Some(email));
        }
    }

    /// The refresh token of that moment is no more.
    pub fn ended(&mut self, since: Moment) {
        if let Some(at) = self.living.iter().position(|l| l.since == since) {
            self.living.remove(at);
        }
    }

    /// Zoho keeps so many of the user's, and ends the oldest.
    fn retire(&mut self, whose: Option<&str>) {
        let of = |l: &IssuedRefreshToken| l.whose.as_deref() == whose;
        if self.living.iter().filter(|l| of(l)).count() > REFRESH_TOKENS_KEPT as usize
            && let Some((oldest, _)) =
                self.living.iter().enumerate().filter(|(_, l)| of(l)).min_by_key(|(_, l)| l.since)
        {
            self.living.remove(oldest);
        }
    }

    /// How many refresh tokens this user has; where it is not known who will sign in, the user with most. Those of
    /// nobody known may be anybody's.
    pub fn kept_by(&self, email: Option<&str>) -> u32 {
        let of = |email: Option<&str>| self.living.iter().filter(|l| l.whose.as_deref() == email).count();
        let known = match email {
            Some(_) => of(email),
            None => {
                self.living.iter().filter_map(|l| l.whose.as_deref()).map(|who| of(Some(who))).max().unwrap_or_default()
            }
        };
        u32::try_from(known + of(None)).unwrap_or(u32::MAX)
    }

    /// How many codes count now.
    pub fn codes_used(&self, now: Moment) -> u32 {
        self.codes.used(CODES, now)
    }

    /// When the next code is free; `None` when it is now. `lasting`: one that brings a refresh token.
    pub fn code_free_at(&self, lasting: bool, now: Moment) -> Option<Moment> {
        let refresh_token = self.refresh_tokens.free_at(NEW_REFRESH_TOKENS, now).filter(|_| lasting);
        self.codes.free_at(CODES, now).max(refresh_token)
    }

    /// Until when codes may be held back, where Zoho denied one: `None` when there were not many.
    pub fn denied_until(&self, now: Moment) -> Option<Moment> {
        let fast = self.codes.free_at(FAST_CODES, now).map(|_| now.plus(CODES_REST));
        self.codes.free_at(CODES, now).or(fast)
    }

    /// All that was ever spent.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    pub(super) fn none_later_than(&mut self, now: Moment) {
        self.codes.none_later_than(now);
        self.refresh_tokens.none_later_than(now);
    }
}
