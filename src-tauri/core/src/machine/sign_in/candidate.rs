//! The result of a consent: tokens whose account the user confirms before they are kept.
//!
//! Invariant: nothing becomes a connection before the user has confirmed "this is me", and rejected tokens are revoked.

use zoho_oauth::probe;
use zoho_oauth::region::{Region, RegionCode};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::OWN_STATUS;
use zoho_oauth::token_response::TokenResponse;

use crate::domain::activity::{Activity, Happened};
use crate::domain::connection::ConnectionId;
use crate::domain::connection::{Connection, Grant, Tested};
use crate::domain::connection_name::proposed_name;
use crate::domain::custom_regions::region_at;
use crate::domain::draft::{Candidate, CandidateSource};
use crate::domain::problem::Problem;
use crate::domain::revocation::TokenToRevoke;
use crate::domain::script_access::ScriptAccess;
use crate::domain::step::Step;
use crate::machine::fact::Fact;
use crate::machine::question::SignInQuestion;
use crate::messages::effect::Effect;

use super::SignIn;

impl SignIn<'_> {
    pub(super) fn candidate_came(&mut self, region: RegionCode, tokens: TokenResponse) {
        let now = self.cx.now;
        let odd = tokens.odd_lifetime.then_some(Problem::OddLifetime);
        let origins = self.cx.regions.origins(&region);
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

    /// Asks Zoho for the token's owner, and tests the token at Cliq.
    pub(in crate::machine) fn check_candidate(&mut self) {
        let now = self.cx.now;
        let Some(candidate) = self.candidate() else { return };
        candidate.identity_problem = None;
        candidate.tested = None;
        let (code, access, fresh) =
            (candidate.grant.region.clone(), candidate.grant.access.clone(), candidate.is_fresh(now));
        let origins = candidate.grant.origins.clone();
        let without_user = candidate.grant.organisation.is_some().then(|| candidate.grant.read_without_user());
        self.cx.outbox.forget(|q: &SignInQuestion| matches!(q, SignInQuestion::Identify | SignInQuestion::Prove));
        let region = match region_at(self.cx.regions, &code, origins.as_ref()) {
            Ok(region) if fresh => region.clone(),
            Ok(_) => return self.prove_failed(&Problem::TokenDead),
            Err(problem) => return self.prove_failed(&problem),
        };
        if let Some(read) = without_user {
            let call = read.map(|read| Request::read(&region, &access, read));
            return call
                .into_iter()
                .for_each(|call| self.cx.ask(SignInQuestion::Prove, |ticket| Effect::Send(ticket, call)));
        }
        self.cx.ask(SignInQuestion::Identify, |ticket| Effect::Send(ticket, Request::user_info(&region, &access)));
        self.cx.ask(SignInQuestion::Prove, |ticket| Effect::Send(ticket, Request::own_status(&region, &access)));
    }

    pub(super) fn identified(&mut self, outcome: Outcome) {
        let host = self.candidate_host(|region| region.accounts.host());
        let read = probe::read_identity(outcome, &host, self.cx.now).map_err(Problem::from);
        if let Ok(identity) = &read {
            self.count_for(&identity.email);
        }
        if let Some(candidate) = self.candidate() {
            match read {
                Ok(identity) => candidate.identity = Some(identity),
                Err(problem) => candidate.identity_problem = Some(problem),
            }
            self.cx.changed();
        }
    }

    pub(super) fn proven(&mut self, outcome: Outcome) {
        let (host, at) = (self.candidate_host(|region| region.cliq.host()), self.cx.now);
        if let Some(candidate) = self.candidate() {
            candidate.tested = Some(Tested {
                at,
                outcome: probe::read_proof(outcome, &host, at, OWN_STATUS.lock).map_err(Problem::from),
            });
            self.cx.changed();
        }
    }

    fn prove_failed(&mut self, problem: &Problem) {
        let at = self.cx.now;
        if let Some(candidate) = self.candidate() {
            candidate.identity_problem = Some(problem.clone());
            candidate.tested = Some(Tested { at, outcome: Err(problem.clone()) });
        }
    }

    /// "Yes, this is me": makes the candidate a connection, once Zoho has named the account or failed to. Never falls
    /// back to the previous consent's refresh token: it may belong to another account, or allow other things.
    pub(in crate::machine) fn keep(&mut self, name: &str) {
        if !self.candidate().is_some_and(|candidate| candidate.may_be_kept()) {
            return;
        }
        let Some(draft) = self.draft.as_mut() else { return };
        let (Some(registration), Some(candidate)) = (draft.registration(), draft.candidate.take()) else {
            return;
        };
        let (asked, replaces) = (draft.scopes.clone(), draft.replaces);
        let of_another = |old: &Connection| !self.cx.regions.share_secrets(&old.grant.region, &candidate.grant.region);
        let replaces = replaces.filter(|id| !self.cx.connections.get(id).is_some_and(of_another));
        let old = replaces.and_then(|id| self.cx.connections.remove(id));
        if let Some(old) = &old {
            self.cx.clipboard.let_client_go(&old.registration);
        }
        let id = old.as_ref().map_or_else(|| ConnectionId(self.numbers.give()), |c| c.id);
        let proposed = proposed_name(self.cx.regions, &candidate.grant.region);
        let what = match &old {
            Some(_) => Happened::SignedInAgain,
            None => match candidate.source {
                CandidateSource::SignIn => Happened::Consented,
                CandidateSource::Handover => Happened::TakenOver,
                CandidateSource::ExistingToken => Happened::TokenAdded,
                CandidateSource::ClientCredentials => Happened::ClientTokenIssued,
            },
        };
        let (own_name, keep_fresh, scripts, live_file, activity) =
            old.map_or((proposed, true, ScriptAccess::NotAsked, None, Activity::default()), |c| {
                // What the user allowed for one account does not hold for another, nor for an unknown one.
                let same =
                    c.identity.as_ref().zip(candidate.identity.as_ref()).is_some_and(|(was, is)| was.email == is.email);
                let scripts = if same { c.scripts } else { ScriptAccess::NotAsked };
                (c.name, c.keep_fresh, scripts, c.live_file, c.activity)
            });
        let free = |name: &str| self.cx.connections.free_name(name, Some(id));
        let named = free(name).or_else(|| free(&own_name));
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
        self.cx.report(Fact::TokensReplaced(id));
        self.cx.connections.insert(id, connection);
        self.cx.note(id, what);
        self.cx.report(Fact::Kept(id));
        self.cx.outbox.forget(|q: &SignInQuestion| matches!(q, SignInQuestion::Identify | SignInQuestion::Prove));
        self.edit(|draft| {
            draft.kept = Some(id);
            draft.step = Step::Use;
        });
    }

    /// "No": revokes the tokens and keeps what was typed. Does not revoke tokens that others use too: a colleague
    /// handed them over, or they were made elsewhere.
    pub(in crate::machine) fn not_me(&mut self) {
        let Some(draft) = self.draft.as_mut() else { return };
        let client = draft.registration();
        let Some(candidate) = draft.candidate.take() else { return };
        self.cx.outbox.forget(|q: &SignInQuestion| matches!(q, SignInQuestion::Identify | SignInQuestion::Prove));
        self.edit(|draft| draft.step = Step::Approve);
        if matches!(candidate.source, CandidateSource::Handover | CandidateSource::ExistingToken) {
            return;
        }
        let who =
            candidate.identity.map_or_else(|| proposed_name(self.cx.regions, &candidate.grant.region), |i| i.email);
        self.cx.report(Fact::Unkept { name: who, what: TokenToRevoke::of(&candidate.grant, client) });
    }

    fn candidate(&mut self) -> Option<&mut Candidate> {
        self.draft.as_mut()?.candidate.as_mut()
    }

    fn candidate_host(&self, host: impl Fn(&Region) -> &str) -> String {
        let candidate = self.draft.as_ref().and_then(|d| d.candidate.as_ref());
        let region = candidate.and_then(|c| self.cx.regions.find(&c.grant.region));
        region.map(|r| host(r).to_owned()).unwrap_or_default()
    }
}
