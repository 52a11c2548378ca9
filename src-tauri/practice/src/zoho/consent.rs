//! The authorization request: its parameters, the errors that keep Zoho from showing a page, and the redirect.
//!
//! *Invariant:* nothing is sent to a redirect URI that is not registered, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use url::form_urlencoded::Serializer;

use super::{Home, Zoho, limits::MINUTE, mint, scopes, trouble::Trouble};
use crate::{Turned, journal::first};

/// The button that the user presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The Accept button.
    Accept,
    /// The Reject button.
    Reject,
}

/// Why Zoho shows an error page instead of the consent page. The app is not notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The client is unknown here.
    InvalidClient,
    /// The redirect URI is not one of the registered ones.
    InvalidRedirectUri,
    /// `response_type` is not the page's: `code` or `update_scopes`.
    InvalidResponseType,
    /// A scope does not exist, or none is requested.
    ScopeDoesNotExist,
    /// The enhance token is unknown, used, another client's or ten minutes old.
    InvalidEnhanceToken,
    /// The page was answered already, or is ten minutes old.
    PageIsOver,
    /// The URL is not this Practice's.
    NotHere,
}

/// A valid request.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) redirect: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) offline: bool,
    pub(crate) prompt: bool,
    pub(crate) challenge: Option<Challenge>,
    /// The enhance token, when scopes are added to an existing grant.
    pub(crate) enhance_token: Option<String>,
}

/// The PKCE challenge of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    S256(String),
}

/// The open pages, and the consents given.
#[derive(Default)]
pub(crate) struct Consents {
    open: BTreeMap<String, (Request, u64)>,
    given: BTreeMap<String, Given>,
}

#[derive(Clone, Default)]
struct Given {
    scopes: BTreeSet<String>,
    offline: bool,
}

impl Consents {
    /// Records a page that is about to be shown.
    pub(crate) fn open(&mut self, request: Request, now: u64) -> String {
        self.open.retain(|_, (_, until)| *until > now);
        let ticket = mint::ticket();
        self.open.insert(ticket.clone(), (request, now.saturating_add(10 * MINUTE)));
        ticket
    }

    /// Removes the page; it can be answered once.
    pub(crate) fn close(&mut self, ticket: &str, now: u64) -> Option<Request> {
        let (request, until) = self.open.remove(ticket)?;
        (until > now).then_some(request)
    }

    /// Whether the user consented to all of it before, so that no page is needed.
    pub(crate) fn may_skip(&self, request: &Request) -> bool {
        self.given.get(&request.client_id).is_some_and(|given| {
            let known = request.scopes.iter().all(|scope| given.scopes.contains(scope));
            known && !request.prompt && (given.offline || !request.offline)
        })
    }

    /// Whether this consent yields a refresh token: the first does, a later one only with `prompt=consent`.
    pub(crate) fn brings_refresh_token(&self, request: &Request) -> bool {
        let before = self.given.get(&request.client_id).is_some_and(|given| given.offline);
        request.offline && (request.prompt || !before)
    }

    pub(crate) fn note(&mut self, request: &Request) {
        let given = self.given.entry(request.client_id.clone()).or_default();
        given.scopes.extend(request.scopes.iter().cloned());
        given.offline |= request.offline;
    }
}

/// Reads the URL of the consent page.
pub(crate) fn read(zoho: &Zoho, query: &[(String, String)]) -> Result<Request, Stop> {
    sound(zoho, query, "code")
}

/// Checks the parameters that every consent page requires.
pub(super) fn sound(zoho: &Zoho, query: &[(String, String)], response_type: &str) -> Result<Request, Stop> {
    let text = |name| first(query, name).unwrap_or_default();
    let known = zoho.registry.find(text("client_id")).ok_or(Stop::InvalidClient)?;
    if text("response_type") != response_type {
        return Err(Stop::InvalidResponseType);
    }
    let redirect = text("redirect_uri").to_owned();
    if !known.application.client_type.needs_redirects() || !known.application.redirects.contains(&redirect) {
        return Err(Stop::InvalidRedirectUri);
    }
    let loose = zoho.dialect.has(Turned::AnyScopeSpelling);
    let asked = if loose { scopes::split_loosely(text("scope")) } else { scopes::split(text("scope")) };
    if scopes::first_unknown(&asked).is_some() {
        return Err(Stop::ScopeDoesNotExist);
    }
    Ok(Request {
        client_id: known.keys.client_id.clone(),
        name: known.application.name.clone(),
        redirect,
        scopes: asked,
        state: first(query, "state").filter(|_| !zoho.dialect.has(Turned::StateNotEchoed)).map(str::to_owned),
        offline: text("access_type") == "offline",
        prompt: text("prompt") == "consent",
        challenge: challenge(query),
        enhance_token: None,
    })
}

fn challenge(query: &[(String, String)]) -> Option<Challenge> {
    let value = first(query, "code_challenge")?.to_owned();
    match first(query, "code_challenge_method") {
        Some("S256") => Some(Challenge::S256(value)),
        _ => Some(Challenge::Plain(value)),
    }
}

/// The redirect after Accept.
pub(crate) fn granted(request: &Request, code: &str, home: &Home) -> String {
    way_back(request, &[("code", code), ("location", &home.location), ("accounts-server", &home.origin)])
}

/// The redirect after Accept when scopes were added. Zoho's page shows the first two parameters; the others come with
/// every other Accept, and are assumed.
pub(crate) fn enhanced(request: &Request, home: &Home) -> String {
    let said = [("status", "success"), ("scope_enhanced", "true")];
    let place = [("location", home.location.as_str()), ("accounts-server", &home.origin)];
    way_back(request, &[said, place].concat())
}

/// Why the redirect carries no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    /// The user pressed Reject, or too many codes were requested.
    AccessDenied,
    /// The account does not use the product of a scope.
    NoOrg,
}

/// The redirect without a code.
pub(crate) fn denied(request: &Request, why: Denial) -> String {
    let error = match why {
        Denial::AccessDenied => "access_denied",
        Denial::NoOrg => "no_org",
    };
    way_back(request, &[("error", error)])
}

/// Why this answer of the user yields nothing; `None` when it does yield something.
pub(crate) fn denial(zoho: &Zoho, answer: Answer) -> Option<Denial> {
    if answer == Answer::Reject || zoho.troubles.contains(&Trouble::Refused) {
        Some(Denial::AccessDenied)
    } else {
        zoho.troubles.contains(&Trouble::NoOrg).then_some(Denial::NoOrg)
    }
}

fn way_back(request: &Request, pairs: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    if let Some(state) = &request.state {
        query.append_pair("state", state);
    }
    let query = query.extend_pairs(pairs).finish();
    let joint = if request.redirect.contains('?') { '&' } else { '?' };
    format!("{}{joint}{query}", request.redirect)
}
