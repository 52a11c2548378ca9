//! What came of a consent: tokens that are somebody's, to be looked at before they are kept.
//!
//! Invariant: nothing becomes a connection before a person has said "this is me", and tokens nobody keeps are revoked.

use secrecy::SecretString;

use crate::call::{Call, Outcome};
use crate::cliq;
use crate::connection::{Connection, ConnectionId, Grant, Tested};
use crate::effect::Effect;
use crate::problem::Problem;
use crate::region::{Region, RegionCode};
use crate::snapshot::{NoticeKind, Step};
use crate::token::{self, Tokens};

use super::draft::{Approval, Candidate};
use super::tickets::Question;
use super::turn::Turn;

impl Turn<'_> {
    pub(super) fn candidate_came(&mut self, region: RegionCode, tokens: Tokens) {
        let now = self.now;
        let odd = tokens.odd_lifetime.then_some(Problem::OddLifetime);
        self.edit(|draft| {
            let short = (draft.keep_access && tokens.refresh.is_none()).then_some(Problem::NoRefreshToken);
            let grant = Grant::new(region, tokens, &draft.ask().with_identity(), now);
            draft.candidate = Some(Candidate {
                grant,
                identity: None,
                identity_problem: None,
                tested: None,
                notes: short.into_iter().chain(odd).collect(),
            });
            draft.approval = Approval::Ready(None);
            draft.step = Step::Confirm;
        });
        self.check_candidate();
    }

    /// Asks whose token it is, and proves it at Cliq.
    pub(super) fn check_candidate(&mut self) {
        let now = self.now;
        let Some(candidate) = self.candidate() else { return };
        candidate.identity_problem = None;
        candidate.tested = None;
        let (code, access, fresh) =
            (candidate.grant.region.clone(), candidate.grant.access.clone(), candidate.is_fresh(now));
        self.desk.tickets.forget(|q| matches!(q, Question::Identify | Question::Prove));
        let Some(region) = self.desk.regions.find(&code).filter(|_| fresh).cloned() else {
            self.prove_failed(Problem::TokenDead);
            return;
        };
        self.ask(Question::Identify, |ticket| Effect::Send(ticket, Call::user_info(&region, &access)));
        self.ask(Question::Prove, |ticket| Effect::Send(ticket, Call::own_status(&region, &access)));
    }

    pub(super) fn identified(&mut self, outcome: Outcome) {
        let host = self.candidate_host(|region| region.accounts.host());
        if let Some(candidate) = self.candidate() {
            match cliq::read_identity(outcome, &host) {
                Ok(identity) => candidate.identity = Some(identity),
                Err(problem) => candidate.identity_problem = Some(problem),
            }
            self.changed();
        }
    }

    pub(super) fn proven(&mut self, outcome: Outcome) {
        let (host, at) = (self.candidate_host(|region| region.cliq.host()), self.now);
        if let Some(candidate) = self.candidate() {
            candidate.tested = Some(Tested { at, outcome: cliq::read_proof(outcome, &host, at) });
            self.changed();
        }
    }

    fn prove_failed(&mut self, problem: Problem) {
        let at = self.now;
        if let Some(candidate) = self.candidate() {
            candidate.identity_problem = Some(problem.clone());
            candidate.tested = Some(Tested { at, outcome: Err(problem) });
        }
    }

    /// "Yes, this is me": the candidate becomes a connection.
    pub(super) fn keep(&mut self, name: &str) {
        let Some(draft) = &mut self.desk.kept.draft else { return };
        let (Some(registration), Some(candidate)) = (draft.registration(), draft.candidate.take()) else { return };
        let (asked, replaces) = (draft.scopes.clone(), draft.replaces);
        let old = replaces.and_then(|id| self.desk.kept.connections.remove(&id));
        let id = old.as_ref().map_or_else(|| self.new_id(), |c| c.id);
        let own_name = old.as_ref().map_or_else(|| registration.client_id.to_string(), |c| c.name.clone());
        let name = self.free_name(name, Some(id)).unwrap_or(own_name);
        let mut grant = candidate.grant;
        grant.previous_refresh = old.and_then(|c| c.grant.refresh).filter(|_| grant.refresh.is_some());
        let connection = Connection {
            id,
            name,
            registration,
            asked,
            grant,
            identity: candidate.identity,
            trouble: None,
            tested: candidate.tested,
        };
        self.drop_work(id);
        self.desk.kept.connections.insert(id, connection);
        self.desk.tickets.forget(|q| matches!(q, Question::Identify | Question::Prove));
        self.edit(|draft| {
            draft.kept = Some(id);
            draft.step = Step::Use;
        });
    }

    /// "No": the tokens are revoked, what was typed stays.
    pub(super) fn not_me(&mut self) {
        let Some(candidate) = self.desk.kept.draft.as_mut().and_then(|d| d.candidate.take()) else { return };
        let who = candidate.identity.map_or_else(|| candidate.grant.region.as_str().to_owned(), |i| i.email);
        let token = candidate.grant.refresh.unwrap_or(candidate.grant.access);
        self.revoke_unkept(&candidate.grant.region, &token, who);
        self.desk.tickets.forget(|q| matches!(q, Question::Identify | Question::Prove));
        self.edit(|draft| draft.step = Step::Approve);
    }

    pub(super) fn revoke_unkept(&mut self, region: &RegionCode, token: &SecretString, name: String) {
        if let Some(region) = self.desk.regions.find(region) {
            let call = Call::revoke(region, token);
            self.ask(Question::RevokeUnkept(name), |ticket| Effect::Send(ticket, call));
        }
    }

    pub(super) fn unkept_revoked(&mut self, name: String, outcome: Outcome) {
        let confirmed = token::read_revocation(outcome, "").unwrap_or(false);
        self.desk.notify(if confirmed { NoticeKind::Revoked { name } } else { NoticeKind::RemovedHere { name } });
    }

    fn candidate(&mut self) -> Option<&mut Candidate> {
        self.desk.kept.draft.as_mut()?.candidate.as_mut()
    }

    fn candidate_host(&self, host: impl Fn(&Region) -> &str) -> String {
        let candidate = self.desk.kept.draft.as_ref().and_then(|d| d.candidate.as_ref());
        let region = candidate.and_then(|c| self.desk.regions.find(&c.grant.region));
        region.map(|r| host(r).to_owned()).unwrap_or_default()
    }

    fn new_id(&mut self) -> ConnectionId {
        self.desk.kept.next_id += 1;
        ConnectionId(self.desk.kept.next_id)
    }
}
