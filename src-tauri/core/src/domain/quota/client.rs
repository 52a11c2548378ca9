//! One client's entry in the ledger.

use serde::{Deserialize, Serialize};

use super::{CODES, CODES_REST, ClientKey, FAST_CODES, NEW_REFRESH_TOKENS, REFRESH_TOKENS_KEPT, Spent};
use crate::Moment;

/// What one client has spent.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ClientQuota {
    pub(super) key: ClientKey,
    codes: Spent,
    refresh_tokens: Spent,
    living: Vec<IssuedRefreshToken>,
    totals: Totals,
}

/// All that a client has ever spent, as far as Keyfob knows.
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
    /// The account's e-mail address, once known.
    whose: Option<String>,
}

impl ClientQuota {
    pub(super) fn new(key: ClientKey) -> Self {
        let (codes, refresh_tokens) = (Spent::default(), Spent::default());
        Self { key, codes, refresh_tokens, living: Vec::new(), totals: Totals::default() }
    }

    /// Counts a code that was sent to be exchanged.
    pub fn code(&mut self, now: Moment) {
        self.codes.spend(CODES, now);
        self.totals.codes = self.totals.codes.saturating_add(1);
    }

    /// Counts an access token that was issued or requested.
    pub fn access_token(&mut self) {
        self.totals.access_tokens = self.totals.access_tokens.saturating_add(1);
    }

    /// Takes back the count of a requested access token that was refused.
    pub fn access_token_refused(&mut self) {
        self.totals.access_tokens = self.totals.access_tokens.saturating_sub(1);
    }

    /// Counts an issued refresh token.
    pub fn refresh_token(&mut self, now: Moment) {
        self.refresh_tokens.spend(NEW_REFRESH_TOKENS, now);
        self.living(now, None);
        self.refresh_token_replaced();
    }

    /// Counts a refresh token that was issued in place of another.
    pub fn refresh_token_replaced(&mut self) {
        self.totals.refresh_tokens = self.totals.refresh_tokens.saturating_add(1);
    }

    /// Adds a refresh token that exists, without counting it as issued.
    pub fn living(&mut self, since: Moment, whose: Option<&str>) {
        self.living.push(IssuedRefreshToken { since, whose: whose.map(str::to_owned) });
        self.retire(whose);
    }

    /// Records the owner of the refresh token issued at that moment.
    pub fn belongs_to(&mut self, since: Moment, email: &str) {
        if let Some(found) = self.living.iter_mut().find(|l| l.since == since && l.whose.is_none()) {
            found.whose = Some(email.to_owned());
            self.retire(Some(email));
        }
    }

    /// Removes the refresh token issued at that moment, which has ended.
    pub fn ended(&mut self, since: Moment) {
        if let Some(at) = self.living.iter().position(|l| l.since == since) {
            self.living.remove(at);
        }
    }

    /// Removes the user's oldest refresh token when there are more than Zoho keeps.
    fn retire(&mut self, whose: Option<&str>) {
        let of = |l: &IssuedRefreshToken| l.whose.as_deref() == whose;
        if self.living.iter().filter(|l| of(l)).count() > REFRESH_TOKENS_KEPT as usize
            && let Some((oldest, _)) =
                self.living.iter().enumerate().filter(|(_, l)| of(l)).min_by_key(|(_, l)| l.since)
        {
            self.living.remove(oldest);
        }
    }

    /// How many refresh tokens this user has, or, for `None`, the user with the most. Those of unknown users are added,
    /// as they may be anyone's.
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

    /// How many codes count against the limit now.
    pub fn codes_used(&self, now: Moment) -> u32 {
        self.codes.used(CODES, now)
    }

    /// When the next code is free; `None` when it is now. `lasting`: one that yields a refresh token.
    pub fn code_free_at(&self, lasting: bool, now: Moment) -> Option<Moment> {
        let refresh_token = self.refresh_tokens.free_at(NEW_REFRESH_TOKENS, now).filter(|_| lasting);
        self.codes.free_at(CODES, now).max(refresh_token)
    }

    /// After Zoho denied a code, until when it may deny more; `None` when few were used.
    pub fn denied_until(&self, now: Moment) -> Option<Moment> {
        let fast = self.codes.free_at(FAST_CODES, now).map(|_| now.plus(CODES_REST));
        self.codes.free_at(CODES, now).or(fast)
    }

    /// All that the client has ever spent.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    pub(super) fn none_later_than(&mut self, now: Moment) {
        self.codes.none_later_than(now);
        self.refresh_tokens.none_later_than(now);
    }
}
