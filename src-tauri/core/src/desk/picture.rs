//! Drawing the snapshot.

use crate::Moment;
use crate::connection::{Connection, Tested};
use crate::console_code::ConsoleCode;
use crate::ledger::ACCESS_TOKENS;
use crate::problem::Problem;
use crate::region::{Region, RegionCode};
use crate::registration::look_at;
use crate::revocation::Revocation;
use crate::scope::{IDENTITY, Scope, TASKS, is_known, listed};
use crate::snapshot::{
    Approval as ApprovalShown, Candidate as CandidateShown, Card, CodeShown, Doing, Draft as DraftShown, Keeping,
    Masked, RegionShown, Revocation as RevocationShown, ScopeChoice, Screen, SecretElsewhere, Snapshot, Standing,
    TaskChoice, TestResult, ZohoForm,
};

use super::draft::{Approval, Candidate, Draft};
use super::keeping::State;
use super::tickets::Question;
use super::wizard::{CLIENT_NAME, HOMEPAGE};
use super::{Desk, View};

impl Desk {
    /// What is shown at a moment.
    pub fn snapshot(&self, now: Moment) -> Snapshot {
        let mut connections: Vec<Card> = self.kept.connections.values().map(|c| self.card(c, now)).collect();
        connections.sort_by_cached_key(|card| (card.name.to_lowercase(), card.id));
        Snapshot {
            now,
            screen: self.screen(),
            connections,
            page: self.page(now),
            revocations: self.kept.revocations.values().map(|r| self.revocation(r, now)).collect(),
            draft: self.kept.draft.as_ref().map(|d| self.draft(d, now)),
            regions: self.regions.iter().map(|region| self.region(region)).collect(),
            notices: self.notices.clone(),
            copied: self.copied.clone(),
            offer: self.offer.as_ref().map(|offer| offer.shown(&self.regions)),
            handing_over: self.handing_over(),
            own_key: self.open_vault().and_then(|open| open.own_key.clone()),
            settings: self.kept.settings,
            at_login: self.at_login,
            closing: self.closing,
            quitting: self.open_vault().and_then(|open| open.unsaved.clone()).filter(|_| self.quitting),
            keeping: self.open_vault().map_or(Keeping::NotYet, |v| v.keeping),
            strays: self.strays,
        }
    }

    fn screen(&self) -> Screen {
        match &self.vault.state {
            State::Opening(None) => return Screen::Starting,
            State::Opening(Some(problem)) => {
                return Screen::Vault { problem: problem.clone(), trying: true };
            }
            State::Closed(problem) => {
                return Screen::Vault { problem: problem.clone(), trying: false };
            }
            State::Open(_) => {}
        }
        match (self.view, &self.kept.draft) {
            (View::Wizard, Some(draft)) => Screen::Wizard { step: draft.step },
            (View::Connection(id), _) => Screen::Connection { id },
            (View::Home | View::Wizard, _) if self.is_empty() => Screen::Welcome,
            (View::Home | View::Wizard, _) => Screen::Home,
        }
    }

    fn is_empty(&self) -> bool {
        self.kept.connections.is_empty() && self.kept.revocations.is_empty()
    }

    fn revocation(&self, queued: &Revocation, now: Moment) -> RevocationShown {
        let asking = self.is_being_sent(queued.id);
        RevocationShown {
            id: queued.id,
            name: queued.name.clone(),
            since: queued.since,
            again_at: queued.due_at(now),
            problem: queued.trouble.as_ref().map(|t| t.problem.clone()),
            asking,
            may_ask: !asking && queued.may_be_sent(now),
            practice: queued.is_practice(),
        }
    }

    fn card(&self, connection: &Connection, now: Moment) -> Card {
        let grant = &connection.grant;
        Card {
            id: connection.id,
            name: connection.name.clone(),
            region: grant.region.clone(),
            host: grant.origins.as_ref().map(|origins| origins.host().to_owned()),
            identity: connection.identity.clone(),
            client_id: connection.registration.client_id.to_string(),
            access: Masked::of(&grant.access),
            refresh: grant.refresh.as_ref().map(Masked::of),
            organisation: grant.organisation.clone(),
            renews: grant.renews(),
            has_secret: connection.registration.secret_for(&grant.region).is_some(),
            granted: grant.scopes.clone(),
            missing: grant.scopes.missing(&connection.asked),
            keep_fresh: connection.keep_fresh,
            scripts: connection.scripts,
            live_file: connection.live_file.as_ref().map(|live| self.live_file(connection.id, live)),
            standing: self.standing(connection, now),
            expires_at: grant.expires_at,
            refreshes_at: connection.refreshes_at(now).filter(|_| self.keeps_fresh(connection)),
            doing: self.doing(connection),
            tested: connection.tested.as_ref().map(TestResult::from),
            probes: if self.view == View::Connection(connection.id) {
                self.scope_probes(connection.id)
            } else {
                Vec::new()
            },
            practice: connection.is_practice(),
        }
    }

    /// What nobody keeps fresh is not about to be refreshed.
    pub(super) fn standing(&self, connection: &Connection, now: Moment) -> Standing {
        match connection.standing(now) {
            Standing::Due if !self.keeps_fresh(connection) => Standing::Resting,
            told => told,
        }
    }

    fn doing(&self, connection: &Connection) -> Option<Doing> {
        let probing = self.is_probing(connection.id).then_some(Doing::Probing);
        let Some(busy) = self.busy.get(&connection.id) else {
            return probing;
        };
        if busy.revoking {
            Some(Doing::Revoking)
        } else if busy.refreshing {
            Some(Doing::Refreshing)
        } else {
            busy.testing.then_some(Doing::Testing).or(probing)
        }
    }

    fn region(&self, region: &Region) -> RegionShown {
        RegionShown { region: region.clone(), host: self.regions.host(&region.code) }
    }

    fn draft(&self, draft: &Draft, now: Moment) -> DraftShown {
        let secret = draft.client_secret.as_ref();
        let replaced = self.kept.replaced_by(draft);
        DraftShown {
            furthest: draft.furthest(),
            replaces: replaced.map(|c| c.id),
            gives_up: replaced.map(|c| draft.gives_up(c)).unwrap_or_default(),
            region: draft.region.clone(),
            host: draft.region.as_ref().and_then(|code| self.regions.host(code)),
            guess: draft.answers.guess.clone(),
            region_problem: draft.answers.region_refused.clone(),
            client_type: draft.client_type,
            way_home: draft.way_home(),
            own_redirect: draft.own_redirect.as_ref().map(|own| own.as_str().to_owned()),
            redirect_refused: draft.answers.redirect_refused,
            form: ZohoForm {
                name: CLIENT_NAME.to_owned(),
                homepage: HOMEPAGE.to_owned(),
                redirect_uris: draft.redirect_uris(),
            },
            redirect_uri: draft.redirect_uri(),
            client_id: draft.client_id.clone(),
            client_secret: secret.map(Masked::of),
            secrets_elsewhere: secrets_elsewhere(draft),
            hints: look_at(&draft.client_id, secret),
            paste_refused: draft.answers.paste_refused.clone(),
            tasks: TASKS.iter().map(|task| task_choice(task, draft)).collect(),
            scopes: scope_choices(draft),
            scope_refused: draft.answers.scope_refused.clone(),
            adds: match &draft.approval {
                Approval::Waiting(..) => draft.approval.is_enhancing(),
                _ => self.enhanceable(now).is_some(),
            },
            keep_access: draft.keep_access,
            meters: self.meters_ahead(draft, now),
            asked: draft.ask().with_identity().asked(),
            lifetime: draft.lifetime,
            console_code: draft.console_code.as_ref().map(code_shown),
            organisation: draft.organisation.clone(),
            organisation_refused: draft.answers.organisation_refused,
            unproven_without_user: draft.scopes.iter().filter(|s| !s.is_proven_without_user()).cloned().collect(),
            approval: approval(&draft.approval),
            other_regions: self.other_regions(),
            candidate: draft.candidate.as_ref().map(|c| self.candidate(c, draft)),
            kept: draft.kept,
        }
    }

    fn candidate(&self, candidate: &Candidate, draft: &Draft) -> CandidateShown {
        let old = self.kept.replaced_by(draft);
        let was = old
            .and_then(|c| c.identity.clone())
            .filter(|was| candidate.identity.as_ref().is_some_and(|is| is.email != was.email));
        CandidateShown {
            name: old.map_or_else(|| self.name_for(draft, &candidate.grant.region), |c| c.name.clone()),
            region: candidate.grant.region.clone(),
            host: candidate.grant.origins.as_ref().map(|origins| origins.host().to_owned()),
            elsewhere: draft.region.as_ref() != Some(&candidate.grant.region),
            identity: candidate.identity.clone(),
            identity_problem: candidate.identity_problem.clone(),
            was,
            granted: candidate.grant.scopes.clone(),
            missing: candidate.grant.scopes.missing(&candidate.asked(draft)),
            tested: candidate.tested.as_ref().map(TestResult::from),
            notes: candidate.notes.clone(),
            lasts: candidate.grant.renews(),
            source: candidate.source,
            organisation: candidate.grant.organisation.clone(),
            testing: self.tickets.count(|q| matches!(q, Question::Prove)) > 0,
            unsaved: self.open_vault().and_then(|v| v.unsaved.clone()),
        }
    }
}

impl Connection {
    /// When it refreshes by itself; nothing when it will not.
    pub(super) fn refreshes_at(&self, now: Moment) -> Option<Moment> {
        self.grant.renews().then_some(())?;
        let due = self.trouble.as_ref().map_or(Some(self.grant.due_at(now)), |trouble| trouble.tried_again_at(now));
        due.map(|at| self.once_token_is_free(at, now))
    }

    /// Then, or when another access token may be asked for.
    fn once_token_is_free(&self, at: Moment, now: Moment) -> Moment {
        self.token_free_at(now).map_or(at, |free_at| at.max(free_at))
    }

    /// When another access token may be asked for; nothing when it may be now.
    pub(super) fn token_free_at(&self, now: Moment) -> Option<Moment> {
        self.grant.spent.free_at(ACCESS_TOKENS, now)
    }

    /// Why no access token may be asked for now: Zoho's limit, as far as Keyfob knows what it spent.
    pub(super) fn held_back(&self, now: Moment) -> Option<(Moment, Problem)> {
        let until = self.token_free_at(now)?;
        let certain =
            self.grant.spent.used(ACCESS_TOKENS, now).saturating_sub(self.grant.uncertain.used(ACCESS_TOKENS, now));
        Some((until, Problem::TooManyTokens { until, uncertain: certain < ACCESS_TOKENS.most }))
    }

    pub(super) fn standing(&self, now: Moment) -> Standing {
        match &self.trouble {
            Some(trouble) => match trouble.tried_again_at(now).filter(|_| !trouble.needs_you()) {
                Some(again_at) => {
                    let again_at = self.once_token_is_free(again_at, now);
                    Standing::Waiting { problem: trouble.problem.clone(), again_at }
                }
                None => Standing::NeedsYou { problem: trouble.problem.clone() },
            },
            None if !self.grant.renews() && self.grant.expires_at <= now => Standing::Ended,
            None if self.grant.renews() && !self.grant.is_fresh(now) => match self.held_back(now) {
                Some((again_at, problem)) => Standing::Waiting { problem, again_at },
                None => Standing::Due,
            },
            None => Standing::Fresh,
        }
    }
}

impl From<&Tested> for TestResult {
    fn from(tested: &Tested) -> Self {
        let proof = tested.outcome.as_ref().ok().copied();
        Self { at: tested.at, proof, problem: tested.outcome.as_ref().err().cloned() }
    }
}

fn code_shown(waiting: &ConsoleCode) -> CodeShown {
    CodeShown { code: Masked::of(&waiting.code), began: waiting.began, ends: waiting.ends }
}

fn approval(approval: &Approval) -> ApprovalShown {
    match approval {
        Approval::Ready(problem) => ApprovalShown::Ready { problem: problem.clone() },
        Approval::Checking { .. } => ApprovalShown::Checking,
        Approval::Waiting(consent, problem) => {
            ApprovalShown::Waiting { began: consent.began, ends: consent.ends(), problem: problem.clone() }
        }
        Approval::Exchanging => ApprovalShown::Exchanging,
        Approval::AskingForCode => ApprovalShown::AskingForCode,
        Approval::Device(device) => ApprovalShown::Device(device.shown()),
        Approval::AskingForToken => ApprovalShown::AskingForToken,
    }
}

pub(super) fn task_choice(task: &crate::scope::Task, draft: &Draft) -> TaskChoice {
    let scopes = task.scopes.iter().map(|&s| s.to_owned()).collect();
    TaskChoice { id: task.id.to_owned(), scopes, risk: task.risk, on: draft.has_task(task) }
}

fn scope_choices(draft: &Draft) -> Vec<ScopeChoice> {
    let own = draft.scopes.iter().filter(|s| !is_known(s)).cloned();
    let choice = |scope: Scope| {
        let fixed = scope.as_str() == IDENTITY;
        ScopeChoice { on: fixed || draft.scopes.has(&scope), fixed, known: is_known(&scope), scope }
    };
    listed().chain(own).map(choice).collect()
}

fn secrets_elsewhere(draft: &Draft) -> Vec<SecretElsewhere> {
    let shown =
        |(region, secret): (&RegionCode, _)| SecretElsewhere { region: region.clone(), secret: Masked::of(secret) };
    draft.secrets_elsewhere.iter().map(shown).collect()
}
