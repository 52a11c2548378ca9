//! What came of a consent: tokens that are somebody's, to be looked at before they are kept.
//!
//! Invariant: nothing becomes a connection before a person has said "this is me", and tokens nobody keeps are revoked.

use zoho_oauth::probe;
use zoho_oauth::region::{Region, RegionCode};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::OWN_STATUS;
use zoho_oauth::token_response::TokenResponse;

use crate::domain::activity::{Activity, Happened};
use crate::domain::connection::{Connection, Grant, Tested};
use crate::domain::draft::{Candidate, CandidateSource, Draft};
use crate::domain::problem::Problem;
use crate::domain::revocation::Doomed;
use crate::domain::script_access::ScriptAccess;
use crate::domain::step::Step;
use crate::messages::effect::Effect;

use super::Desk;
use super::fact::Fact;
use super::origins::region_at;
use super::outbox::Question;
use super::turn::Turn;

impl Turn<'_> {
    pub(super) fn candidate_came(&mut self, region: RegionCode, tokens: TokenResponse) {
        let now = self.now;
        let odd = tokens.odd_lifetime.then_some(Problem::OddLifetime);
        let origins = self.desk.regions.origins(&region);
        self.edit(|draft| {
            let short = (draft.keep_access && tokens.refresh.is_none()).then_some(Problem::NoRefreshToken);
            let mut grant = Grant::new(region, tokens, &draft.ask().with_identity(), now);
            grant.origins = origins;
            let notes = short.into_iter().chain(odd).collect();
            draft.propose(Candidate::new(grant, CandidateSource::SignIn, notes));
            draft.console_code = None;
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
        let origins = candidate.grant.origins.clone();
        let without_user = candidate.grant.organisation.is_some().then(|| candidate.grant.read_without_user());
        self.desk.outbox.forget(|q| matches!(q, Question::Identify | Question::Prove));
        let region = match region_at(&self.desk.regions, &code, origins.as_ref()) {
            Ok(region) if fresh => region.clone(),
            Ok(_) => return self.prove_failed(&Problem::TokenDead),
            Err(problem) => return self.prove_failed(&problem),
        };
        if let Some(read) = without_user {
            let call = read.map(|read| Request::read(&region, &access, read));
            return call.into_iter().for_each(|call| self.ask(Question::Prove, |ticket| Effect::Send(ticket, call)));
        }
        self.ask(Question::Identify, |ticket| Effect::Send(ticket, Request::user_info(&region, &access)));
        self.ask(Question::Prove, |ticket| Effect::Send(ticket, Request::own_status(&region, &access)));
    }

    pub(super) fn identified(&mut self, outcome: Outcome) {
        let host = self.candidate_host(|region| region.accounts.host());
        let read = probe::read_identity(outcome, &host, self.now).map_err(Problem::from);
        if let Ok(identity) = &read {
            self.count_for(&identity.email);
        }
        if let Some(candidate) = self.candidate() {
            match read {
                Ok(identity) => candidate.identity = Some(identity),
                Err(problem) => candidate.identity_problem = Some(problem),
            }
            self.changed();
        }
    }

    pub(super) fn proven(&mut self, outcome: Outcome) {
        let (host, at) = (self.candidate_host(|region| region.cliq.host()), self.now);
        if let Some(candidate) = self.candidate() {
            candidate.tested = Some(Tested {
                at,
                outcome: probe::read_proof(outcome, &host, at, OWN_STATUS.lock).map_err(Problem::from),
            });
            self.changed();
        }
    }

    fn prove_failed(&mut self, problem: &Problem) {
        let at = self.now;
        if let Some(candidate) = self.candidate() {
            candidate.identity_problem = Some(problem.clone());
            candidate.tested = Some(Tested { at, outcome: Err(problem.clone()) });
        }
    }

    /// "Yes, this is me": the candidate becomes a connection, once it was told or asked in vain who "me" is. A refresh
    /// token of the consent before is not fallen back to: it may be another account's, or allow other things.
    pub(super) fn keep(&mut self, name: &str) {
        if !self.candidate().is_some_and(|candidate| candidate.may_be_kept()) {
            return;
        }
        let Some(draft) = &mut self.desk.kept.draft else { return };
        let (Some(registration), Some(candidate)) = (draft.registration(), draft.candidate.take()) else {
            return;
        };
        let (asked, replaces) = (draft.scopes.clone(), draft.replaces);
        let of_another =
            |old: &Connection| !self.desk.regions.share_secrets(&old.grant.region, &candidate.grant.region);
        let replaces = replaces.filter(|id| !self.desk.kept.connections.get(id).is_some_and(of_another));
        let old = replaces.and_then(|id| self.desk.kept.connections.remove(id));
        let id = old.as_ref().map_or_else(|| self.desk.kept.new_id(), |c| c.id);
        let proposed = self.desk.proposed_name(&candidate.grant.region);
        let what = match &old {
            Some(_) => Happened::SignedInAgain,
            None => match candidate.source {
                CandidateSource::SignIn => Happened::Consented,
                CandidateSource::HandOver => Happened::TakenOver,
                CandidateSource::ExistingToken => Happened::TokenAdded,
                CandidateSource::ClientCredentials => Happened::ClientTokenIssued,
            },
        };
        let (own_name, keep_fresh, scripts, live_file, activity) =
            old.map_or((proposed, true, ScriptAccess::NotAsked, None, Activity::default()), |c| {
                // What the user allowed for one account does not hold for another, nor where nobody knows whose this is.
                let same =
                    c.identity.as_ref().zip(candidate.identity.as_ref()).is_some_and(|(was, is)| was.email == is.email);
                let scripts = if same { c.scripts } else { ScriptAccess::NotAsked };
                (c.name, c.keep_fresh, scripts, c.live_file, c.activity)
            });
        let named = self
            .desk
            .kept
            .connections
            .free_name(name, Some(id))
            .or_else(|| self.desk.kept.connections.free_name(&own_name, Some(id)));
        let connection = Connection {
            id,
            name: named.unwrap_or(own_name),
            registration,
            asked,
            grant: candidate.grant,
            identity: candidate.identity,
            trouble: None,
            tested: candidate.tested,
            keep_fresh,
            scripts,
            live_file,
            activity,
        };
        self.drop_work(id);
        self.desk.kept.connections.insert(id, connection);
        self.note(id, what);
        self.update_live_file(id);
        self.desk.outbox.forget(|q| matches!(q, Question::Identify | Question::Prove));
        self.edit(|draft| {
            draft.kept = Some(id);
            draft.step = Step::Use;
        });
    }

    /// "No": the tokens are revoked, what was typed stays. Those that others use too stay: a colleague handed them over, or they
    /// were made elsewhere.
    pub(super) fn not_me(&mut self) {
        let Some(draft) = &mut self.desk.kept.draft else { return };
        let client = draft.registration();
        let Some(candidate) = draft.candidate.take() else { return };
        self.desk.outbox.forget(|q| matches!(q, Question::Identify | Question::Prove));
        self.edit(|draft| draft.step = Step::Approve);
        if matches!(candidate.source, CandidateSource::HandOver | CandidateSource::ExistingToken) {
            return;
        }
        let who = candidate.identity.map_or_else(|| self.desk.proposed_name(&candidate.grant.region), |i| i.email);
        self.report(Fact::Unkept { name: who, what: Doomed::of(&candidate.grant, client) });
    }

    fn candidate(&mut self) -> Option<&mut Candidate> {
        self.desk.kept.draft.as_mut()?.candidate.as_mut()
    }

    fn candidate_host(&self, host: impl Fn(&Region) -> &str) -> String {
        let candidate = self.desk.kept.draft.as_ref().and_then(|d| d.candidate.as_ref());
        let region = candidate.and_then(|c| self.desk.regions.find(&c.grant.region));
        region.map(|r| host(r).to_owned()).unwrap_or_default()
    }
}

impl Desk {
    /// Whether Cliq is being asked about the candidate's token.
    pub(crate) fn is_proving(&self) -> bool {
        self.outbox.count(|question| matches!(question, Question::Prove)) > 0
    }

    /// What the draft's connection is called until a person names it: as a colleague calls it, where one handed it on.
    pub(crate) fn name_for(&self, draft: &Draft, code: &RegionCode) -> String {
        if draft.name.is_empty() { self.proposed_name(code) } else { draft.name.clone() }
    }

    /// What a connection is called until a person names it.
    pub(super) fn proposed_name(&self, code: &RegionCode) -> String {
        format!("Cliq {}", self.regions.find(code).map_or(code.as_str(), |region| &region.name))
    }
}
