//! Drawing the snapshot.

use crate::Moment;
use crate::connection::{Connection, Tested};
use crate::ledger::ACCESS_TOKENS;
use crate::problem::Problem;
use crate::region::Region;
use crate::revocation::Revocation;
use crate::snapshot::{
    Card, Doing, Keeping, Masked, RegionShown, Revocation as RevocationShown, Screen, Snapshot, Standing, TestResult,
};

use super::keeping::State;
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
            draft: self.kept.draft.as_ref().map(|d| self.draft_shown(d, now)),
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
