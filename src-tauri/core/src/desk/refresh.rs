//! Keeping tokens fresh.
//!
//! Invariant: one refresh per connection at a time, whoever asks; those who wait share its answer. Nothing but a
//! refusal by Zoho ends a grant, and even then its tokens stay until a person acts.

use zoho_oauth::region::Region;
use zoho_oauth::request::{Outcome, Request, is_broken};
use zoho_oauth::token_response::{self, GrantType, TokenQuery};

use crate::Moment;
use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{Connection, ConnectionId, Trouble};
use crate::domain::export_choice::{Export, Shape};
use crate::domain::problem::Problem;
use crate::domain::standing::Standing;

use super::Desk;
use super::fact::Fact;
use super::origins::region_at;
use super::outbox::Question;
use super::testing::Attempt;
use super::turn::Turn;

/// The most refreshes under way at once, over all connections.
const AT_ONCE: usize = 4;

/// Work under way for a connection.
#[derive(Debug, Default)]
pub(crate) struct Busy {
    pub(crate) refreshing: bool,
    pub(crate) testing: bool,
    pub(crate) revoking: bool,
    waiters: Vec<Waiter>,
}

/// What goes on once the token is fresh.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Waiter {
    Copy(Shape),
    Export(Export),
    Test(Attempt),
    Probe,
    /// The person came back from adding permissions.
    Added,
}

impl Turn<'_> {
    /// Asks for a new access token; with something that waits for it, where there is. Not while it is being revoked.
    pub(super) fn refresh(&mut self, id: ConnectionId, waiter: Option<Waiter>) {
        if !self.desk.kept.connections.contains_key(&id) || self.desk.is_being_revoked(id) {
            return;
        }
        let busy = self.desk.busy.entry(id).or_default();
        busy.waiters.extend(waiter.filter(|w| !busy.waiters.contains(w)));
        if std::mem::replace(&mut busy.refreshing, true) {
            return;
        }
        match self.refresh_call(id) {
            Ok(call) => {
                self.count_refresh(id);
                self.send(Question::Refresh(id), call);
            }
            Err(problem) => self.refresh_failed(id, problem, None),
        }
    }

    fn refresh_call(&self, id: ConnectionId) -> Result<Request, Problem> {
        let connection = self.desk.kept.connections.get(&id).ok_or(Problem::NoRefreshToken)?;
        let resting = connection.trouble.as_ref().filter(|t| matches!(t.problem, Problem::Throttled { .. }));
        if let Some(trouble) = resting.filter(|t| t.tried_again_at(self.now) > Some(self.now)) {
            return Err(trouble.problem.clone());
        }
        if !connection.grant.renews() {
            return Err(Problem::NoRefreshToken);
        }
        if let Some((_, problem)) = connection.held_back(self.now) {
            return Err(problem);
        }
        let (region, client, grant) = (self.desk.region_of(id)?, &connection.registration, &connection.grant);
        match (&grant.refresh, &grant.organisation) {
            (Some(token), _) => Ok(Request::refresh(region, client, token)),
            (None, Some(organisation)) => {
                Ok(Request::client_credentials(region, client, &connection.asked, organisation))
            }
            (None, None) => Err(Problem::NoRefreshToken),
        }
    }

    pub(super) fn refreshed(&mut self, id: ConnectionId, outcome: Outcome) {
        let Some(question) = self.desk.refresh_question(id) else {
            return;
        };
        let (asked, broke) = (token_response::retry_after(&outcome, self.now), is_broken(&outcome));
        let read = token_response::read(outcome, &question, self.now).map_err(Problem::from);
        if let Err(problem) = &read {
            self.count_failed_refresh(id, problem, broke);
        }
        match read {
            Ok(tokens) => self.renewed(id, tokens),
            Err(Problem::GrantEnded) if self.falls_back(id) => self.refresh(id, None),
            Err(problem) => self.refresh_failed(id, problem, asked),
        }
    }

    fn renewed(&mut self, id: ConnectionId, tokens: token_response::TokenResponse) {
        let now = self.now;
        if tokens.refresh.is_some() {
            self.count_replacement(id);
        }
        let Some(connection) = self.desk.kept.connections.get_mut(id) else { return };
        // It is good for a while yet.
        self.desk.handed_out.remember(&connection.grant.access);
        connection.grant.renew(tokens, now);
        connection.trouble = None;
        self.note(id, Happened::Refreshed);
        let waiters = self.stop_refreshing(id);
        self.report(Fact::Renewed(id, waiters));
    }

    /// A replacement that never worked gives way to the refresh token before it, once.
    fn falls_back(&mut self, id: ConnectionId) -> bool {
        let Some(connection) = self.connection(id) else {
            return false;
        };
        let Some(previous) = connection.grant.previous_refresh.take() else {
            return false;
        };
        connection.grant.refresh = Some(previous);
        self.desk.busy.entry(id).or_default().refreshing = false;
        self.changed();
        true
    }

    fn refresh_failed(&mut self, id: ConnectionId, problem: Problem, asked: Option<Moment>) {
        let now = self.now;
        let waiters = self.stop_refreshing(id);
        let not_asked = matches!(problem, Problem::NoRefreshToken | Problem::TooManyTokens { .. });
        if !waiters.is_empty() || not_asked {
            self.desk.notices.trouble_with(id, problem.clone());
        }
        self.report(Fact::NotRenewed(id, waiters));
        let Some(connection) = self.connection(id) else { return };
        let rests = |t: &Trouble| t.problem == problem && t.tried_again_at(now) > Some(now);
        let same_rest = connection.trouble.as_ref().is_some_and(rests);
        if !not_asked && !same_rest {
            connection.trouble = Some(Trouble::after(connection.trouble.as_ref(), problem.clone(), asked, now));
            self.note(id, Happened::Failed { act: Act::Refresh, problem });
        }
    }

    fn stop_refreshing(&mut self, id: ConnectionId) -> Vec<Waiter> {
        let Some(busy) = self.desk.busy.get_mut(&id) else {
            return Vec::new();
        };
        busy.refreshing = false;
        std::mem::take(&mut busy.waiters)
    }

    /// A copy was asked for since, or something else to be copied.
    pub(super) fn forget_waiting_copies(&mut self) {
        for busy in self.desk.busy.values_mut() {
            busy.waiters.retain(|w| !matches!(w, Waiter::Copy(_)));
        }
    }

    pub(super) fn forget_waiting_probe(&mut self, id: ConnectionId) {
        if let Some(busy) = self.desk.busy.get_mut(&id) {
            busy.waiters.retain(|w| *w != Waiter::Probe);
        }
    }

    /// Refreshes what is due, a few at a time: first those whose token ended longest ago or ends soonest.
    pub(super) fn refresh_what_is_due(&mut self) {
        self.desk.find_places(self.now);
        if self.desk.kept.settings.paused {
            return;
        }
        let ends = |id: ConnectionId| Some((self.desk.kept.connections.get(&id)?.grant.expires_at, id));
        let mut due: Vec<_> = self.desk.due.until(self.now).filter_map(ends).collect();
        due.sort_unstable();
        for (_, id) in due.into_iter().take(AT_ONCE.saturating_sub(self.desk.refreshes_under_way())) {
            self.refresh(id, None);
        }
    }

    /// What is under way is not stopped; what a person asks for is done all the same.
    pub(super) fn pause_refreshing(&mut self, on: bool) {
        if self.desk.open_vault().is_some() {
            self.desk.kept.settings.paused = on;
            self.changed();
            self.refresh_what_is_due();
        }
    }

    /// The same for one of them.
    pub(super) fn keep_fresh(&mut self, id: ConnectionId, on: bool) {
        if let Some(connection) = self.connection(id) {
            connection.keep_fresh = on;
            self.changed();
            self.refresh_what_is_due();
        }
    }

    /// When the next refresh is due; when a place is free, for those that are due and wait for one.
    pub(super) fn next_refresh(&self) -> Option<Moment> {
        let (paused, full) = (self.desk.kept.settings.paused, self.desk.refreshes_under_way() >= AT_ONCE);
        let next = if full { self.desk.due.first_after(self.now) } else { self.desk.due.first() };
        next.filter(|_| !paused)
    }
}

impl Desk {
    /// Whether it is refreshed without a person asking.
    pub(crate) fn keeps_fresh(&self, connection: &Connection) -> bool {
        connection.keep_fresh && !self.kept.settings.paused
    }

    /// What nobody keeps fresh is not about to be refreshed.
    pub(crate) fn standing(&self, connection: &Connection, now: Moment) -> Standing {
        match connection.standing(now) {
            Standing::Due if !self.keeps_fresh(connection) => Standing::Resting,
            told => told,
        }
    }

    /// When it is refreshed by itself, unless that is paused: before it ends, or when its trouble may be over.
    fn refreshes_at(&self, id: ConnectionId, now: Moment) -> Option<Moment> {
        let busy = self.busy.get(&id).is_some_and(|b| b.refreshing || b.revoking);
        let connection = self.kept.connections.get(&id).filter(|c| c.keep_fresh && !busy)?;
        connection.refreshes_at(now)
    }

    /// Those that something happened with find their place again.
    pub(super) fn find_places(&mut self, now: Moment) {
        for id in self.kept.connections.take_touched() {
            self.due.place(id, self.refreshes_at(id, now));
        }
    }

    fn refreshes_under_way(&self) -> usize {
        self.outbox.count(|q| matches!(q, Question::Refresh(_)))
    }

    /// Whether the token at hand is not good enough to be given out, and a better one can be had.
    pub(super) fn needs_refresh(&self, id: ConnectionId, now: Moment) -> bool {
        let connection = self.kept.connections.get(&id);
        connection.is_some_and(|c| !c.grant.is_fresh(now) && c.grant.renews())
    }

    /// Whether the access token is over and no other can be had.
    pub(super) fn has_ended(&self, id: ConnectionId, now: Moment) -> bool {
        let connection = self.kept.connections.get(&id);
        connection.is_some_and(|c| c.grant.expires_at <= now && !c.grant.renews())
    }

    pub(super) fn is_being_revoked(&self, id: ConnectionId) -> bool {
        self.busy.get(&id).is_some_and(|b| b.revoking)
    }

    pub(super) fn region_of(&self, id: ConnectionId) -> Result<&Region, Problem> {
        let grant = &self.kept.connections.get(&id).ok_or(Problem::TokenDead)?.grant;
        region_at(&self.regions, &grant.region, grant.origins.as_ref())
    }

    pub(super) fn refresh_question(&self, id: ConnectionId) -> Option<TokenQuery> {
        let region = self.region_of(id).ok()?;
        let connection = self.kept.connections.get(&id)?;
        let asked = if connection.grant.refresh.is_some() { GrantType::Refresh } else { GrantType::ClientCredentials };
        Some(TokenQuery::new(asked, region, &connection.registration.region))
    }
}
