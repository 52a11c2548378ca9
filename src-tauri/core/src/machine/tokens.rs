//! Keeping access tokens fresh.
//!
//! Invariant: one refresh per connection at a time, whoever requests it; all that wait share its result. Only a refusal
//! by Zoho ends a grant, and even then its tokens stay until the user acts.

mod due;
mod intents;
mod state;

use zoho_oauth::request::{Outcome, Request, is_broken};
use zoho_oauth::token_response::{self, TokenResponse};

use crate::Moment;
use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{ConnectionId, RetryState};
use crate::domain::problem::Problem;

use super::context::Context;
use super::fact::Fact;
use super::question::TokensQuestion;
use super::revoke::RevokeState;
pub(crate) use state::TokensState;

/// The most refreshes in flight in parallel, over all connections.
const MAX_PARALLEL: usize = 4;

/// The machine that renews access tokens. It does not know who waits for one.
pub(super) struct Tokens<'a> {
    pub(super) state: &'a mut TokensState,
    /// Whether tokens are refreshed only on request.
    pub(super) paused: bool,
    /// Connections whose tokens are being revoked: no new token is requested.
    pub(super) revoking: &'a RevokeState,
    pub(super) cx: Context<'a>,
}

impl Tokens<'_> {
    /// Requests a new access token, unless a request is in flight or the tokens are being revoked.
    pub(super) fn refresh(&mut self, id: ConnectionId) {
        if !self.cx.connections.contains_key(&id) || self.revoking.is_under_way(id) || !self.state.begins(id) {
            return;
        }
        match self.request(id) {
            Ok(request) => {
                self.cx.count_refresh(id);
                self.cx.send(TokensQuestion::Refresh(id), request);
            }
            Err(problem) => self.failed(id, problem, None),
        }
    }

    fn request(&self, id: ConnectionId) -> Result<Request, Problem> {
        let now = self.cx.now;
        let connection = self.cx.connections.get(&id).ok_or(Problem::NoRefreshToken)?;
        let resting = connection.trouble.as_ref().filter(|t| matches!(t.problem, Problem::Throttled { .. }));
        if let Some(trouble) = resting.filter(|t| t.tried_again_at(now) > Some(now)) {
            return Err(trouble.problem.clone());
        }
        if !connection.grant.renews() {
            return Err(Problem::NoRefreshToken);
        }
        if let Some((_, problem)) = connection.held_back(now) {
            return Err(problem);
        }
        let (region, client, grant) = (self.cx.region_of(id)?, &connection.registration, &connection.grant);
        match (&grant.refresh, &grant.organisation) {
            (Some(token), _) => Ok(Request::refresh(region, client, token)),
            (None, Some(organisation)) => {
                Ok(Request::client_credentials(region, client, &connection.asked, organisation))
            }
            (None, None) => Err(Problem::NoRefreshToken),
        }
    }

    pub(super) fn answer(&mut self, question: TokensQuestion, outcome: Outcome) {
        match question {
            TokensQuestion::Refresh(id) => self.refreshed(id, outcome),
        }
    }

    fn refreshed(&mut self, id: ConnectionId, outcome: Outcome) {
        let Some(query) = self.cx.refresh_query(id) else { return };
        let (asked, broke) = (token_response::retry_after(&outcome, self.cx.now), is_broken(&outcome));
        let read = token_response::read(outcome, &query, self.cx.now).map_err(Problem::from);
        if let Err(problem) = &read {
            self.cx.count_failed_refresh(id, problem, broke);
        }
        match read {
            Ok(tokens) => self.renewed(id, tokens),
            Err(Problem::GrantEnded) if self.falls_back(id) => self.refresh(id),
            Err(problem) => self.failed(id, problem, asked),
        }
    }

    fn renewed(&mut self, id: ConnectionId, tokens: TokenResponse) {
        let now = self.cx.now;
        if tokens.refresh.is_some() {
            self.cx.count_replacement(id);
        }
        let Some(connection) = self.cx.connection(id) else { return };
        let replaced = connection.grant.access.clone();
        connection.grant.renew(tokens, now);
        connection.trouble = None;
        self.cx.note(id, Happened::Refreshed);
        self.state.ends(id);
        self.cx.report(Fact::Renewed { id, replaced });
    }

    /// Restores the previous refresh token, once, when its replacement never worked.
    fn falls_back(&mut self, id: ConnectionId) -> bool {
        let Some(connection) = self.cx.connection(id) else { return false };
        let Some(previous) = connection.grant.previous_refresh.take() else { return false };
        connection.grant.refresh = Some(previous);
        self.state.ends(id);
        self.cx.changed();
        true
    }

    fn failed(&mut self, id: ConnectionId, problem: Problem, asked: Option<Moment>) {
        let now = self.cx.now;
        self.state.ends(id);
        let not_asked = matches!(problem, Problem::NoRefreshToken | Problem::TooManyTokens { .. });
        if not_asked {
            self.cx.notices.trouble_with(id, problem.clone());
        }
        self.cx.report(Fact::NotRenewed { id, problem: problem.clone() });
        let Some(connection) = self.cx.connection(id) else { return };
        let rests = |t: &RetryState| t.problem == problem && t.tried_again_at(now) > Some(now);
        let same_rest = connection.trouble.as_ref().is_some_and(rests);
        if !not_asked && !same_rest {
            connection.trouble = Some(RetryState::after(connection.trouble.as_ref(), problem.clone(), asked, now));
            self.cx.note(id, Happened::Failed { act: Act::Refresh, problem });
        }
    }

    /// Drops the refresh of a connection whose tokens are being replaced or removed.
    pub(super) fn drop_refresh(&mut self, id: ConnectionId) {
        self.cx.outbox.forget(|question: &TokensQuestion| *question == TokensQuestion::Refresh(id));
        self.state.ends(id);
    }

    /// Refreshes what is due, a few at a time, in order of expiry.
    pub(super) fn refresh_what_is_due(&mut self) {
        self.find_places();
        if self.paused {
            return;
        }
        let ends = |id: ConnectionId| Some((self.cx.connections.get(&id)?.grant.expires_at, id));
        let mut due: Vec<_> = self.state.due.until(self.cx.now).filter_map(ends).collect();
        due.sort_unstable();
        for (_, id) in due.into_iter().take(MAX_PARALLEL.saturating_sub(self.state.under_way())) {
            self.refresh(id);
        }
    }

    /// Turns automatic refreshing of a connection on or off.
    pub(super) fn keep_fresh(&mut self, id: ConnectionId, on: bool) {
        if let Some(connection) = self.cx.connection(id) {
            connection.keep_fresh = on;
            self.cx.changed();
            self.refresh_what_is_due();
        }
    }

    /// When the next refresh is due. While no slot is free, those that wait for one do not count.
    pub(super) fn wakes_at(&self) -> Option<Moment> {
        let full = self.state.under_way() >= MAX_PARALLEL;
        let next = if full { self.state.due.first_after(self.cx.now) } else { self.state.due.first() };
        next.filter(|_| !self.paused)
    }

    /// Updates the order of refreshes for connections that changed.
    pub(super) fn find_places(&mut self) {
        for id in self.cx.connections.take_touched() {
            let at = self.refreshes_at(id);
            self.state.due.place(id, at);
        }
    }

    /// When a connection is refreshed automatically: before its token expires, or when its problem may be over.
    fn refreshes_at(&self, id: ConnectionId) -> Option<Moment> {
        let busy = self.state.is_refreshing(id) || self.revoking.is_under_way(id);
        let connection = self.cx.connections.get(&id).filter(|c| c.keep_fresh && !busy)?;
        connection.refreshes_at(self.cx.now)
    }
}
