//! The ledger and the story of a connection, kept where things are spent and where they happen.
//!
//! Invariant: a request is counted before its answer is known, and taken back only where it brought nothing for certain.

use zoho_oauth::token_response::TokenResponse;

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::draft::Draft;
use crate::domain::kept::Kept;
use crate::domain::problem::Problem;
use crate::domain::quota::{ACCESS_TOKENS, ClientKey, ClientQuota, REFRESH_TOKENS_KEPT, SignIn};

use super::turn::Turn;

impl Turn<'_> {
    /// Something happened with a connection.
    pub(super) fn note(&mut self, id: ConnectionId, what: Happened) {
        let now = self.now;
        if let Some(connection) = self.connection(id) {
            connection.activity.note(what, now);
            self.changed();
        }
    }

    /// Why the draft's client should not be signed in with now; nothing when it may.
    pub(super) fn held_back(&mut self) -> Option<Problem> {
        let now = self.now;
        self.desk.kept.ledger.none_later_than(now);
        let draft = self.desk.kept.draft.as_ref()?;
        let key = draft.client()?;
        let client = self.desk.kept.ledger.of(&key)?;
        if let Some(until) = client.code_free_at(draft.keep_access, now) {
            return Some(Problem::TooManyCodes { until });
        }
        let kept = self.desk.kept.refresh_tokens_kept(draft, client);
        let retires =
            draft.keep_access && kept >= REFRESH_TOKENS_KEPT && draft.answers.may_retire.as_ref() != Some(&key);
        retires.then_some(Problem::WouldRetire { kept })
    }

    /// Zoho denied: until when it may be for the many codes that came before.
    pub(super) fn denied_until(&self) -> Option<Moment> {
        let key = self.desk.kept.draft.as_ref()?.client()?;
        self.desk.kept.ledger.of(&key)?.denied_until(self.now)
    }

    /// The draft's client got a code from Zoho.
    pub(super) fn count_code(&mut self) {
        let now = self.now;
        if let Some(client) = self.drafts_client() {
            self.desk.kept.ledger.count(&client).code(now);
            self.changed();
        }
    }

    /// An exchange brought tokens.
    pub(super) fn count_tokens(&mut self, client: &ClientKey, tokens: &TokenResponse) {
        self.count_issued(client, tokens.refresh.is_some());
    }

    /// An exchange brought nothing; where that is not certain, it counts as if it had.
    pub(super) fn count_lost_exchange(&mut self, problem: &Problem, broke: bool) {
        if (broke || problem.may_have_taken_effect())
            && let Some(draft) = &self.desk.kept.draft
            && let (Some(client), lasting) = (draft.client(), draft.keep_access)
        {
            self.count_issued(&client, lasting);
        }
    }

    fn count_issued(&mut self, client: &ClientKey, lasting: bool) {
        let now = self.now;
        let counted = self.desk.kept.ledger.count(client);
        counted.access_token();
        if lasting {
            counted.refresh_token(now);
        }
        self.changed();
    }

    /// An access token is asked for.
    pub(super) fn count_refresh(&mut self, id: ConnectionId) {
        let now = self.now;
        self.on_ledger(id, |connection, client| {
            connection.grant.spent.spend(ACCESS_TOKENS, now);
            client.access_token();
        });
    }

    /// None came; where that is not certain, as after a connection that `broke`, it counts as if one had.
    pub(super) fn count_failed_refresh(&mut self, id: ConnectionId, problem: &Problem, broke: bool) {
        let now = self.now;
        let at = self.desk.kept.connections.get(&id).map(|c| c.grant.since);
        self.on_ledger(id, |connection, client| {
            if broke || problem.may_have_taken_effect() {
                connection.grant.uncertain.spend(ACCESS_TOKENS, now);
            } else {
                connection.grant.spent.give_back();
                client.access_token_refused();
            }
            if let (Problem::GrantEnded, Some(at)) = (problem, at) {
                client.ended(at);
            }
        });
    }

    /// A refresh brought a refresh token in place of the old one.
    pub(super) fn count_replacement(&mut self, id: ConnectionId) {
        self.on_ledger(id, |_, client| client.refresh_token_replaced());
    }

    fn on_ledger(&mut self, id: ConnectionId, count: impl FnOnce(&mut Connection, &mut ClientQuota)) {
        if let Some(connection) = self.desk.kept.connections.get_mut(id) {
            let client = self.desk.kept.ledger.count(&ClientKey::from(&connection.registration));
            count(connection, client);
        }
    }

    /// Zoho says whose the candidate is.
    pub(super) fn count_for(&mut self, email: &str) {
        let since = self.desk.kept.draft.as_ref().and_then(|d| Some(d.candidate.as_ref()?.grant.since));
        if let (Some(since), Some(client)) = (since, self.drafts_client()) {
            self.desk.kept.ledger.count(&client).belongs_to(since, email);
        }
    }

    /// A sign-in is over at Zoho.
    pub(super) fn count_ended(&mut self, sign_in: &SignIn) {
        self.desk.kept.ledger.ended(sign_in);
        self.changed();
    }

    pub(super) fn drafts_client(&self) -> Option<ClientKey> {
        self.desk.kept.draft.as_ref()?.client()
    }

    /// The clock was set back, or may have been while Keyfob was not running: nobody waits longer than the limit's time
    /// from now.
    pub(super) fn count_from_now(&mut self) {
        let now = self.now;
        self.desk.kept.connections.values_mut().for_each(|c| {
            c.grant.spent.none_later_than(now);
            c.grant.uncertain.none_later_than(now);
        });
    }
}

impl Kept {
    /// How many refresh tokens Zoho keeps for whoever this draft signs in.
    pub(crate) fn refresh_tokens_kept(&self, draft: &Draft, client: &ClientQuota) -> u32 {
        client.kept_by(self.replaced_by(draft).and_then(|c| c.identity.as_ref()).map(|who| who.email.as_str()))
    }
}
