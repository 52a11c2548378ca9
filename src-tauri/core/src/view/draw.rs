//! Draws the snapshot from the state of the Desk.

mod draft;
mod offer;
mod page;
mod remedy;

use zoho_oauth::region::Region;

use crate::Moment;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::keeping::Keeping;
use crate::domain::live_file::LiveFile;
use crate::domain::notice::Notice;
use crate::domain::problem::Problem;
use crate::domain::revocation::Revocation;
use crate::domain::standing::TestResult;
use crate::view::snapshot::{
    Card, Doing, LiveFileView, Masked, NoticeView, PassphraseFor, RegionShown, RevocationView, Screen, Snapshot,
};

use crate::domain::open_page::OpenPage;
use crate::machine::desk::Desk;
use crate::machine::store::State;

impl Desk {
    /// The snapshot at a moment.
    pub fn snapshot(&self, now: Moment) -> Snapshot {
        let mut connections: Vec<Card> = self.kept.connections.values().map(|c| self.card(c, now)).collect();
        connections.sort_by_cached_key(|card| (card.name.to_lowercase(), card.id));
        Snapshot {
            screen: self.screen(),
            connections,
            page: self.page(now),
            revocations: self.kept.revocations.values().map(|r| self.revocation(r, now)).collect(),
            draft: self.kept.draft.as_ref().map(|d| self.draft_shown(d, now)),
            regions: self.regions.iter().map(|region| self.region(region)).collect(),
            notices: self.notices.shown().iter().map(notice).collect(),
            copied: self.clipboard.copied().cloned(),
            offer: self.sign_in.offer.as_ref().map(|offer| offer::shown(offer, &self.regions)),
            handing_over: self.handing_over(),
            own_key: self.open_vault().and_then(|open| open.own_key.clone()),
            settings: self.kept.settings,
            at_login: self.at_login,
            closing: self.closing,
            quitting: self.open_vault().and_then(|open| open.unsaved.clone()).filter(|_| self.quitting),
            keeping: self.open_vault().map_or(Keeping::NotYet, |v| v.keeping),
            strays: self.sign_in.strays,
        }
    }

    fn screen(&self) -> Screen {
        match self.store.state() {
            State::Opening(None) => return Screen::Starting,
            State::Opening(Some(problem)) => return closed(problem, true),
            State::Closed(problem) => return closed(problem, false),
            State::Open(_) => {}
        }
        match (self.page, &self.kept.draft) {
            (OpenPage::Wizard, Some(draft)) => Screen::Wizard { step: draft.step },
            (OpenPage::Connection(id), _) => Screen::Connection { id },
            (OpenPage::Home | OpenPage::Wizard, _) if self.is_empty() => Screen::Welcome,
            (OpenPage::Home | OpenPage::Wizard, _) => Screen::Home,
        }
    }

    fn is_empty(&self) -> bool {
        self.kept.connections.is_empty() && self.kept.revocations.is_empty()
    }

    fn revocation(&self, queued: &Revocation, now: Moment) -> RevocationView {
        let asking = self.revoke.is_sent(queued.id);
        RevocationView {
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
        let standing = self.kept.settings.standing(connection, now);
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
            action: remedy::of_standing(&standing, connection.id),
            standing,
            expires_at: grant.expires_at,
            refreshes_at: connection.refreshes_at(now).filter(|_| self.kept.settings.keeps_fresh(connection)),
            doing: self.doing(connection),
            tested: connection.tested.as_ref().map(TestResult::from),
            test_action: (connection.tested.as_ref().and_then(|tested| tested.outcome.as_ref().err()))
                .map(|problem| remedy::of_connection(problem, connection.id)),
            probes: if self.page == OpenPage::Connection(connection.id) {
                self.checks.scope_probes(connection)
            } else {
                Vec::new()
            },
            practice: connection.is_practice(),
        }
    }

    fn doing(&self, connection: &Connection) -> Option<Doing> {
        let id = connection.id;
        if self.revoke.is_under_way(id) {
            Some(Doing::Revoking)
        } else if self.tokens.is_refreshing(id) {
            Some(Doing::Refreshing)
        } else if self.checks.is_testing(id) {
            Some(Doing::Testing)
        } else {
            self.checks.is_probing(id).then_some(Doing::Probing)
        }
    }

    fn region(&self, region: &Region) -> RegionShown {
        RegionShown { region: region.clone(), host: self.regions.host(&region.code) }
    }

    fn live_file(&self, id: ConnectionId, live: &LiveFile) -> LiveFileView {
        LiveFileView {
            path: live.path.clone(),
            format: live.format,
            written_at: live.written_at,
            problem: live.problem.clone(),
            action: live.problem.as_ref().map(|problem| remedy::of_connection(problem, id)),
            writing: self.share.is_live_file_pending(id),
        }
    }
}

fn notice(notice: &Notice) -> NoticeView {
    NoticeView { id: notice.id, what: notice.what.clone(), action: remedy::of_notice(notice) }
}

fn closed(problem: &Problem, trying: bool) -> Screen {
    Screen::Vault { problem: problem.clone(), trying, passphrase: PassphraseFor::help_with(problem) }
}
