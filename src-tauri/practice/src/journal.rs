//! All requests to Practice, in order, for tests to read back.
//!
//! *Invariant:* `Debug` names fields but never shows a value, so a failed assertion reveals no secret.

use std::collections::VecDeque;
use std::fmt;

/// The number of requests kept; the oldest are dropped, so that a long rehearsal does not grow without bound.
const KEPT: usize = 10_000;

/// The endpoints of Practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// `/oauth/v2/auth`, the consent page.
    Consent,
    /// `/oauth/v2/token`.
    Token,
    /// `/oauth/v2/token/scopeenhance`.
    ScopeEnhance,
    /// `/oauth/v2/token/addextrascope`, the consent page for more scopes.
    AddExtraScope,
    /// `/oauth/v3/device/code`.
    DeviceCode,
    /// `/oauth/v3/device/token`.
    DeviceToken,
    /// Either of the two revocation paths.
    Revoke,
    /// `/oauth/user/info`.
    UserInfo,
    /// `GET /api/v2/statuses/current`.
    Status,
    /// `GET /api/v2/channels`.
    Channels,
    /// `GET /api/v2/users`.
    Users,
    /// `GET /api/v2/chats`.
    Chats,
    /// `GET /api/v2/teams`.
    Teams,
    /// `GET /api/v2/departments`.
    Departments,
    /// `GET /api/v2/designations`.
    Designations,
    /// `GET /api/v3/bots`.
    Bots,
    /// `POST /api/v2/channelsbyname/{name}/message`.
    Message,
    /// The console, its forms, and every other page for the user.
    Page,
}

impl Endpoint {
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/oauth/v2/auth" => Self::Consent,
            "/oauth/v2/token" => Self::Token,
            "/oauth/v2/token/scopeenhance" => Self::ScopeEnhance,
            "/oauth/v2/token/addextrascope" => Self::AddExtraScope,
            "/oauth/v3/device/code" => Self::DeviceCode,
            "/oauth/v3/device/token" => Self::DeviceToken,
            "/oauth/v2/token/revoke" | "/oauth/v2/revoke/token" => Self::Revoke,
            "/oauth/user/info" => Self::UserInfo,
            "/api/v2/statuses/current" => Self::Status,
            "/api/v2/channels" => Self::Channels,
            "/api/v2/users" => Self::Users,
            "/api/v2/chats" => Self::Chats,
            "/api/v2/teams" => Self::Teams,
            "/api/v2/departments" => Self::Departments,
            "/api/v2/designations" => Self::Designations,
            "/api/v3/bots" => Self::Bots,
            _ if path.starts_with("/api/v2/channelsbyname/") => Self::Message,
            _ => Self::Page,
        }
    }

    /// Whether programs call this endpoint, rather than the user's browser.
    pub(crate) fn is_for_programs(self) -> bool {
        !self.asks_a_person() && self != Self::Page
    }

    /// Whether it is a page with Accept and Reject to which an app sends the browser.
    pub(crate) fn asks_a_person(self) -> bool {
        matches!(self, Self::Consent | Self::AddExtraScope)
    }
}

/// A received request.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query parameters, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The form fields, decoded, in order.
    pub form: Vec<(String, String)>,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// When it was received, in Unix milliseconds of the plan's clock.
    pub at: u64,
}

impl Asked {
    /// Returns the first form field of that name.
    pub fn form(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }

    /// Returns the first query parameter of that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// Returns the form field, or else the query parameter: Zoho accepts either.
    pub(crate) fn either(&self, name: &str) -> Option<&str> {
        self.form(name).or_else(|| self.query(name))
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Asked")
            .field("endpoint", &self.endpoint)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .field("authorization", &self.authorization.is_some())
            .finish_non_exhaustive()
    }
}

pub(crate) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(key, _)| key.as_str()).collect()
}

/// The record of requests.
#[derive(Default)]
pub(crate) struct Journal {
    entries: VecDeque<Asked>,
}

impl Journal {
    pub(crate) fn note(&mut self, asked: Asked) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(asked);
    }

    pub(crate) fn read(&self) -> Vec<Asked> {
        self.entries.iter().cloned().collect()
    }

    pub(crate) fn count(&self, endpoint: Endpoint) -> usize {
        self.entries.iter().filter(|asked| asked.endpoint == endpoint).count()
    }
}
