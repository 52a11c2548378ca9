//! The next step of a program's request.
//!
//! Invariant: finding it changes nothing. Zoho is asked only if it may issue a better token, and not after it refused.

use std::time::Duration;

use crate::Moment;
use crate::domain::connection::{Connection, ConnectionId, RetryState};
use crate::domain::export_choice::Shape;
use crate::domain::problem::{Class, Problem};
use crate::domain::script_access::ScriptAccess;
use crate::domain::standing::Standing;
use crate::formats::export;
use crate::messages::cli::{CliAnswer, CliError, CliReply, CliRequest, Listed, ListedState, PERSON_TIME};

use super::state::Waiting;
use super::{Cli, Vault};
use crate::machine::question::ProgramAct;

/// The next step of a request.
pub(super) enum NextStep {
    Waits,
    AsksPerson,
    Refreshes(ConnectionId),
    Tests(ConnectionId),
    JoinsRevocation(ConnectionId),
    Ends(CliReply),
}

impl Cli<'_> {
    pub(super) fn step(&self, waiting: &Waiting, now: Moment) -> NextStep {
        match &self.vault {
            Vault::Opening => return NextStep::Waits,
            Vault::Closed(problem) => return fails_with(CliError::NotOpen { problem: problem.clone() }),
            Vault::Open => {}
        }
        if let Some(id) = waiting.revokes {
            return self.revocation_step(id);
        }
        let Some(name) = waiting.request.name() else {
            return NextStep::Ends(CliReply::Said(self.listed(now)));
        };
        let Some(connection) = self.cx.connections.named(name) else { return fails_with(self.unknown()) };
        match (connection.scripts, waiting.act()) {
            (ScriptAccess::Denied, _) => fails_with(CliError::NotAllowed { denied: true }),
            (ScriptAccess::Allowed, ProgramAct::Read) => self.allowed_step(waiting, connection, now),
            (_, ProgramAct::Revoke) if self.revoke.is_under_way(connection.id) => {
                NextStep::JoinsRevocation(connection.id)
            }
            (_, ProgramAct::Revoke) if self.cx.dialogs.rest(now) => fails_with(CliError::NotAllowed { denied: false }),
            _ if !self.attended || now.since(waiting.since) >= PERSON_TIME => {
                fails_with(CliError::NotAllowed { denied: false })
            }
            _ => NextStep::AsksPerson,
        }
    }

    /// The step of a confirmed revocation, whose outcome `cli/revoke.rs` passes on. A connection whose revocation ended
    /// without an outcome got other tokens, or the user removed it.
    fn revocation_step(&self, id: ConnectionId) -> NextStep {
        if self.revoke.is_under_way(id) {
            NextStep::Waits
        } else if self.cx.connections.contains_key(&id) {
            fails_with(CliError::NotAllowed { denied: false })
        } else {
            fails_with(self.unknown())
        }
    }

    fn unknown(&self) -> CliError {
        CliError::Unknown { names: self.cx.connections.values().map(|c| c.name.clone()).collect() }
    }

    fn allowed_step(&self, waiting: &Waiting, connection: &Connection, now: Moment) -> NextStep {
        let expires_at = connection.grant.expires_at;
        match &waiting.request {
            CliRequest::Token { good_for, shape, issued_after, .. }
                if connection.grant.is_good_for(Duration::from_secs(*good_for), now)
                    && issued_after.is_none_or(|after| self.is_issued_after(after, waiting, connection)) =>
            {
                self.shaped(connection, *shape)
            }
            _ if self.revoke.is_under_way(connection.id) => failed(Problem::GrantEnded, true),
            CliRequest::Test { .. } => self.test_step(waiting, connection),
            CliRequest::Refresh { .. } => {
                let renewed = NextStep::Ends(CliReply::Said(CliAnswer::Refreshed { expires_at }));
                self.renewal(waiting, connection, now).unwrap_or(renewed)
            }
            CliRequest::List | CliRequest::Token { .. } | CliRequest::Revoke { .. } => {
                self.renewal(waiting, connection, now).unwrap_or_else(|| fails_with(CliError::TooShort { expires_at }))
            }
        }
    }

    /// Whether the token was issued after this moment: by its time of issue, or because the refresh that the program
    /// waited for has succeeded. A future moment, as after a clock was set back, counts as the moment of the request.
    fn is_issued_after(&self, after: Moment, waiting: &Waiting, connection: &Connection) -> bool {
        let refreshing = self.tokens.is_refreshing(connection.id);
        let has_come = waiting.begun && !refreshing && connection.trouble.is_none();
        has_come || connection.grant.issued_at > after.min(waiting.since)
    }

    /// The step to a new token, or the problem that prevents one; `None` once one has arrived.
    fn renewal(&self, waiting: &Waiting, connection: &Connection, now: Moment) -> Option<NextStep> {
        let refreshing = self.tokens.is_refreshing(connection.id);
        if waiting.begun {
            let trouble = connection.trouble.as_ref().map(in_the_way);
            return if refreshing { Some(NextStep::Waits) } else { trouble };
        }
        Some(if refreshing {
            NextStep::Refreshes(connection.id)
        } else if !connection.grant.renews() {
            failed(Problem::NoRefreshToken, true)
        } else if let Some(rest) = connection.trouble.as_ref().filter(|t| t.rests_from_scripts(&waiting.request, now)) {
            in_the_way(rest)
        } else if let Some((_, problem)) = connection.held_back(now) {
            failed(problem, false)
        } else {
            NextStep::Refreshes(connection.id)
        })
    }

    fn test_step(&self, waiting: &Waiting, connection: &Connection) -> NextStep {
        if !waiting.begun {
            let refused = connection.trouble.as_ref().filter(|t| t.is_final());
            return refused.map_or(NextStep::Tests(connection.id), in_the_way);
        }
        if self.tokens.is_refreshing(connection.id) || self.checks.is_testing(connection.id) {
            return NextStep::Waits;
        }
        let tested = connection.tested.as_ref();
        let told = tested.filter(|t| t.at >= waiting.since || matches!(t.outcome, Err(Problem::CliqBusy { .. })));
        match (told.map(|t| &t.outcome), &connection.trouble) {
            (Some(Ok(proof)), _) => NextStep::Ends(CliReply::Said(CliAnswer::Tested { proof: *proof })),
            (Some(Err(problem)), _) => failed(problem.clone(), !problem.class().passes()),
            (None, Some(trouble)) => in_the_way(trouble),
            (None, None) => failed(Problem::TokenDead, true),
        }
    }

    fn shaped(&self, connection: &Connection, shape: Shape) -> NextStep {
        match self.cx.holding(connection.id).map(|holding| export::shaped(shape, &holding)) {
            Ok(Some(text)) => NextStep::Ends(CliReply::Token(text)),
            Ok(None) => failed(Problem::NoRefreshToken, true),
            Err(problem) => failed(problem, true),
        }
    }

    fn listed(&self, now: Moment) -> CliAnswer {
        let listed = |c: &Connection| Listed {
            id: c.id,
            name: c.name.clone(),
            region: c.grant.region.clone(),
            state: state_of(&self.settings.standing(c, now)),
            expires_at: c.grant.expires_at,
            scripts: c.scripts,
        };
        let mut connections: Vec<Listed> = self.cx.connections.values().map(listed).collect();
        connections.sort_by_cached_key(|c| (c.name.to_lowercase(), c.id));
        CliAnswer::Listed { now, connections }
    }
}

impl RetryState {
    /// Whether programs may not make Keyfob ask Zoho again: within half a minute, while Zoho has said to wait, and
    /// after a final refusal unless the program explicitly requests a refresh.
    fn rests_from_scripts(&self, request: &CliRequest, now: Moment) -> bool {
        const PAUSE: Duration = Duration::from_secs(30);
        let asks = matches!(request, CliRequest::Refresh { .. });
        match self.tried_again_at(now) {
            None if !asks => true,
            Some(at) if at <= now => false,
            Some(_) if self.problem.class() == Class::RateLimited => true,
            _ => now.since(self.tried_at) < PAUSE,
        }
    }
}

pub(super) fn fails_with(why: CliError) -> NextStep {
    NextStep::Ends(why.into())
}

fn failed(problem: Problem, needs_you: bool) -> NextStep {
    fails_with(CliError::Failed { problem, needs_you })
}

fn in_the_way(trouble: &RetryState) -> NextStep {
    failed(trouble.problem.clone(), trouble.needs_you())
}

fn state_of(standing: &Standing) -> ListedState {
    match standing {
        Standing::Fresh => ListedState::Fresh,
        Standing::Due => ListedState::Due,
        Standing::Resting => ListedState::Resting,
        Standing::HeldBack { .. } | Standing::Waiting { .. } => ListedState::Waiting,
        Standing::Ended | Standing::NeedsYou { .. } => ListedState::NeedsYou,
    }
}
