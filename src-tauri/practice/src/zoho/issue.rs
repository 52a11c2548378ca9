//! Codes and tokens: issued, kept, looked up, and silently dropped when there are too many.
//!
//! *Invariant:* a code is removed when it is exchanged, so it cannot be used twice.

use std::collections::BTreeMap;

use super::consent::Challenge;
use super::limits::{Limit, MINUTE, Meter, TEN_IN_TEN_MINUTES};
use super::mint;

const CODE_LIVES: u64 = MINUTE;
const ACCESS_LIVES: u64 = 60 * MINUTE;
const REFRESH_TOKENS_KEPT: usize = 20;
const ACCESS_TOKENS_KEPT: usize = 10;

/// The numbers of codes and tokens issued to one client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Codes.
    pub codes: usize,
    /// Access tokens.
    pub access_tokens: usize,
    /// Refresh tokens.
    pub refresh_tokens: usize,
}

/// The grant of a code until it is exchanged.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) client_id: String,
    /// Absent for a code created in the console.
    pub(crate) redirect: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) brings_refresh_token: bool,
    pub(crate) challenge: Option<Challenge>,
}

#[derive(Clone)]
pub(crate) struct RefreshToken {
    pub(crate) token: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    spent: Meter,
}

#[derive(Clone)]
pub(crate) struct AccessToken {
    pub(crate) token: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    refresh_token: Option<String>,
    /// Whether it is for the client and no user.
    pub(crate) of_client: bool,
    expires_at: u64,
}

/// All valid codes and tokens.
#[derive(Default)]
pub(crate) struct Issued {
    codes: BTreeMap<String, (Code, u64)>,
    code_meters: BTreeMap<String, Meter>,
    refresh_tokens: Vec<RefreshToken>,
    access_tokens: Vec<AccessToken>,
    counts: BTreeMap<String, Counts>,
    every_access_token: Vec<String>,
}

impl Issued {
    /// Counts a code towards the client's limit, before it is created.
    pub(crate) fn may_issue_code(&mut self, client_id: &str, now: u64) -> bool {
        self.code_meters.entry(client_id.to_owned()).or_default().allows(TEN_IN_TEN_MINUTES, now)
    }

    pub(crate) fn code(&mut self, code: Code, now: u64) -> String {
        self.code_for(code, CODE_LIVES, now)
    }

    /// Creates a code with the given lifetime; the console offers up to ten minutes.
    pub(crate) fn code_for(&mut self, code: Code, lives: u64, now: u64) -> String {
        self.codes.retain(|_, (_, until)| *until > now);
        self.counts.entry(code.client_id.clone()).or_default().codes += 1;
        let name = mint::token();
        self.codes.insert(name.clone(), (code, now.saturating_add(lives)));
        name
    }

    /// Returns a valid code of that client without consuming it.
    pub(crate) fn look_at_code(&self, code: &str, client_id: &str, now: u64) -> Option<&Code> {
        let (code, until) = self.codes.get(code)?;
        (*until > now && code.client_id == client_id).then_some(code)
    }

    pub(crate) fn take_code(&mut self, code: &str) {
        self.codes.remove(code);
    }

    /// Creates a refresh token; the twenty-first silently drops the oldest.
    pub(crate) fn refresh_token(&mut self, client_id: &str, scopes: &[String]) -> String {
        let mine = |kept: &RefreshToken| kept.client_id == client_id;
        if self.refresh_tokens.iter().filter(|kept| mine(kept)).count() >= REFRESH_TOKENS_KEPT
            && let Some(oldest) = self.refresh_tokens.iter().position(mine)
        {
            self.refresh_tokens.remove(oldest);
        }
        self.counts.entry(client_id.to_owned()).or_default().refresh_tokens += 1;
        let token = mint::token();
        self.refresh_tokens.push(RefreshToken {
            token: token.clone(),
            client_id: client_id.to_owned(),
            scopes: scopes.to_vec(),
            spent: Meter::default(),
        });
        token
    }

    /// Creates an access token; the eleventh valid one of a refresh token silently drops the oldest.
    pub(crate) fn access_token(&mut self, client_id: &str, scopes: &[String], from: Option<&str>, now: u64) -> String {
        self.access_tokens.retain(|kept| kept.expires_at > now);
        let mine = |kept: &AccessToken| from.is_some() && kept.refresh_token.as_deref() == from;
        if self.access_tokens.iter().filter(|kept| mine(kept)).count() >= ACCESS_TOKENS_KEPT
            && let Some(oldest) = self.access_tokens.iter().position(mine)
        {
            self.access_tokens.remove(oldest);
        }
        self.counts.entry(client_id.to_owned()).or_default().access_tokens += 1;
        let token = mint::token();
        self.every_access_token.push(token.clone());
        self.access_tokens.push(AccessToken {
            token: token.clone(),
            client_id: client_id.to_owned(),
            scopes: scopes.to_vec(),
            refresh_token: from.map(str::to_owned),
            of_client: false,
            expires_at: now.saturating_add(ACCESS_LIVES),
        });
        token
    }

    /// Creates an access token for the client and no user.
    pub(crate) fn client_token(&mut self, client_id: &str, scopes: &[String], now: u64) -> String {
        let token = self.access_token(client_id, scopes, None, now);
        if let Some(issued) = self.access_tokens.last_mut() {
            issued.of_client = true;
        }
        token
    }

    /// Ends this access token, as if other programs had requested as many of the same refresh token as Zoho keeps;
    /// returns whether it has a refresh token.
    pub(crate) fn push_out(&mut self, access_token: &str, now: u64) -> bool {
        let known = self.find_access(access_token, now).filter(|known| known.refresh_token.is_some()).cloned();
        if let Some(AccessToken { client_id, scopes, refresh_token, .. }) = &known {
            for _ in 0..ACCESS_TOKENS_KEPT {
                self.access_token(client_id, scopes, refresh_token.as_deref(), now);
            }
        }
        known.is_some()
    }

    pub(crate) fn find_refresh(&self, token: &str) -> Option<&RefreshToken> {
        self.refresh_tokens.iter().find(|kept| kept.token == token)
    }

    /// Adds scopes to a refresh token.
    pub(crate) fn add_scopes(&mut self, token: &str, scopes: &[String]) {
        if let Some(kept) = self.refresh_tokens.iter_mut().find(|kept| kept.token == token) {
            for scope in scopes {
                if !kept.scopes.contains(scope) {
                    kept.scopes.push(scope.clone());
                }
            }
        }
    }

    /// Counts a refresh towards the refresh token's limit; `false` when the limit is exceeded.
    pub(crate) fn may_refresh(&mut self, token: &str, limit: Limit, now: u64) -> bool {
        let found = self.refresh_tokens.iter_mut().find(|kept| kept.token == token);
        found.is_some_and(|kept| kept.spent.allows(limit, now))
    }

    pub(crate) fn find_access(&self, token: &str, now: u64) -> Option<&AccessToken> {
        self.access_tokens.iter().find(|kept| kept.token == token && kept.expires_at > now)
    }

    /// Revokes a refresh token and every access token issued with it.
    pub(crate) fn revoke_refresh(&mut self, token: &str) {
        self.refresh_tokens.retain(|kept| kept.token != token);
        self.access_tokens.retain(|kept| kept.refresh_token.as_deref() != Some(token));
    }

    pub(crate) fn revoke_access(&mut self, token: &str) {
        self.access_tokens.retain(|kept| kept.token != token);
    }

    pub(crate) fn counts(&self, client_id: &str) -> Counts {
        self.counts.get(client_id).copied().unwrap_or_default()
    }

    pub(crate) fn kept_refresh_tokens(&self) -> Vec<String> {
        self.refresh_tokens.iter().map(|kept| kept.token.clone()).collect()
    }

    pub(crate) fn every_access_token(&self) -> &[String] {
        &self.every_access_token
    }
}
