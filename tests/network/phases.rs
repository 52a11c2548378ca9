//! A fault in each of the three kinds of request to Zoho, and its effects: the right message, no repeated request, and
//! success once the fault is over.

use keyfob_core::intent::{RevokeIntent, TokensIntent};
use std::time::Duration;

use keyfob::cli::problem::in_words;
use keyfob::net::https::Patience;
use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{ApprovalView, Card, Snapshot};
use keyfob_core::standing::Standing;
use url::form_urlencoded::byte_serialize;

use crate::gate::{Fault, Gate};
use crate::means::Means;
use crate::world::{Keyfob, Time, Zoho};

const PLACE: &str = "here";
const NAME: &str = "Finance bot";
/// Longer than any test needs, and shorter than its time limit.
const PATIENT: Patience = Patience { connecting: Duration::from_secs(15), whole: Duration::from_secs(15) };
/// The time-out for faults that only a time-out ends.
const WAIT: Duration = Duration::from_millis(300);

/// The kinds of request to Zoho.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    Exchange,
    Refresh,
    Revoke,
}

pub const PHASES: [Phase; 3] = [Phase::Exchange, Phase::Refresh, Phase::Revoke];

/// A Zoho that may fail, for Keyfob to use.
pub struct Scene {
    pub time: Time,
    pub zoho: Zoho,
    pub gate: Gate,
}

impl Scene {
    /// Produces a fault and checks what the user sees: a problem, or none.
    pub async fn meets(self, phase: Phase, fault: Fault, means: &Means) {
        match phase {
            Phase::Exchange => self.exchange(fault, means).await,
            Phase::Refresh => self.refresh(fault, means).await,
            Phase::Revoke => self.revoke(fault, means).await,
        }
    }

    async fn exchange(self, fault: Fault, means: &Means) {
        let origin = self.goes_wrong(fault);
        let keyfob = self.is_told(&origin, means).await;
        if matches!(means, Means::Works) {
            return;
        }
        if self.was_there(&origin) {
            assert_eq!(self.gate.visits(), 1, "a code is never sent twice");
        }
        // The input is not lost.
        let keyfob = self.is_well_again(keyfob, &origin, &self.zoho.registered.client_id).await;
        keyfob.link(&self.agrees(&keyfob, &self.gate.origin).await);
        keyfob.sees("the next sign-in yields tokens", has_candidate).await;
    }

    /// Signs in for the first time at this origin, and checks the message.
    pub async fn is_told(&self, origin: &str, means: &Means) -> Keyfob {
        let keyfob = Keyfob::knowing(&[(PLACE, origin)], &self.time).await;
        keyfob.has(patience(means));
        self.zoho.fill_in(&keyfob);
        keyfob.link(&self.agrees(&keyfob, origin).await);
        let seen = keyfob.sees("the exchange ends", |s| has_candidate(s) || attempt(s).is_some()).await;
        self.judges(means, attempt(&seen), origin);
        keyfob
    }

    async fn refresh(self, fault: Fault, means: &Means) {
        let (keyfob, card) = self.connected().await;
        let origin = self.goes_wrong(fault);
        let keyfob = self.moves(keyfob, &origin).await;
        keyfob.has(patience(means));
        self.time.passes(Duration::from_mins(56));
        keyfob.looks();
        let has_come = move |c: &Card| trouble(c).is_some() || c.expires_at > card.expires_at;
        let now = keyfob.card("the refresh ends", has_come).await;
        self.judges(means, trouble(&now), &origin);
        if trouble(&now).is_none() {
            return;
        }
        if self.was_there(&origin) {
            assert_eq!(self.gate.visits(), 1, "a refresh is not repeated immediately");
        }
        assert_eq!((&now.access, &now.refresh), (&card.access, &card.refresh), "both tokens are still there");
        let keyfob = self.is_well_again(keyfob, &origin, NAME).await;
        self.time.passes(Duration::from_mins(15));
        match now.standing {
            Standing::NeedsYou { .. } => keyfob.asks(TokensIntent::Refresh { id: card.id }),
            _ => keyfob.looks(),
        }
        keyfob.card("fresh again", |c| c.standing == Standing::Fresh).await;
    }

    async fn revoke(self, fault: Fault, means: &Means) {
        let (keyfob, card) = self.connected().await;
        let token = self.zoho.zoho.issued_access_tokens().pop().unwrap();
        let origin = self.goes_wrong(fault);
        let keyfob = self.moves(keyfob, &origin).await;
        keyfob.has(patience(means));
        keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
        let seen = keyfob.sees("the revocation ends", |s| not_revoked(s, card.id).is_some() || is_gone(s)).await;
        self.judges(means, not_revoked(&seen, card.id), &origin);
        if is_gone(&seen) {
            return;
        }
        assert_eq!(seen.connections.len(), 1, "a valid token stays on its card");
        if self.was_there(&origin) {
            assert!((1..=2).contains(&self.gate.visits()), "by the newer path, and perhaps by the older");
        }
        let keyfob = self.is_well_again(keyfob, &origin, NAME).await;
        keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
        keyfob.sees("it is revoked", is_gone).await;
        assert!(!self.zoho.zoho.is_alive(&token));
    }

    /// Creates a connection while nothing is wrong.
    pub async fn connected(&self) -> (Keyfob, Card) {
        let keyfob = Keyfob::knowing(&[(PLACE, &self.gate.origin)], &self.time).await;
        keyfob.has(PATIENT);
        self.zoho.fill_in(&keyfob);
        keyfob.link(&self.agrees(&keyfob, &self.gate.origin).await);
        keyfob.candidate().await;
        let card = keyfob.keeps(NAME).await;
        (keyfob, card)
    }

    /// Accepts at Practice as the user, and returns a redirect from the server in front of it.
    pub async fn agrees(&self, keyfob: &Keyfob, origin: &str) -> String {
        let practice = self.zoho.zoho.origin();
        let address = keyfob.signs_in_anyway().await;
        let link = self.zoho.accepts(&address.replacen(origin, practice, 1));
        let in_link = |origin: &str| byte_serialize(origin.as_bytes()).collect::<String>();
        assert!(link.contains(&in_link(practice)));
        link.replace(&in_link(practice), &in_link(origin))
    }

    /// Sets the fault; returns the region's current origin.
    fn goes_wrong(&self, fault: Fault) -> String {
        let origin = match &fault {
            Fault::Elsewhere(origin) => origin.clone(),
            _ => self.gate.origin.clone(),
        };
        self.gate.does(fault);
        origin
    }

    async fn is_well_again(&self, keyfob: Keyfob, origin: &str, saved: &str) -> Keyfob {
        self.gate.is_well();
        let keyfob = if self.was_there(origin) {
            keyfob
        } else {
            self.starts_again(keyfob, origin, &self.gate.origin, saved).await
        };
        keyfob.has(PATIENT);
        keyfob
    }

    async fn moves(&self, keyfob: Keyfob, origin: &str) -> Keyfob {
        if self.was_there(origin) { keyfob } else { self.starts_again(keyfob, &self.gate.origin, origin, NAME).await }
    }

    /// Restarts Keyfob once this is saved.
    async fn starts_again(&self, keyfob: Keyfob, from: &str, origin: &str, saved: &str) -> Keyfob {
        keyfob.record_with(saved).await;
        keyfob.starts_again_at(&[(PLACE, origin)], from, origin, &self.time).await
    }

    fn was_there(&self, origin: &str) -> bool {
        origin == self.gate.origin
    }

    fn judges(&self, means: &Means, found: Option<Problem>, origin: &str) {
        let host = url::Url::parse(origin).unwrap().host_str().unwrap().to_owned();
        let wanted = means.problem(&host, self.time.now());
        assert_eq!(found, wanted);
        if matches!(means, Means::Untrusted) {
            assert_eq!(self.gate.heard(), 0, "an untrusted server receives nothing");
        }
        if let (Some(problem), Some(sentence)) = (found, means.sentence(&host)) {
            let told = in_words(&problem);
            assert!(told.starts_with(&sentence), "{told:?} begins with {sentence:?}");
        }
    }
}

fn patience(means: &Means) -> Patience {
    match means {
        Means::TimedOut => Patience { whole: WAIT, ..PATIENT },
        Means::NotAccepted => Patience { connecting: WAIT, ..PATIENT },
        _ => PATIENT,
    }
}

fn attempt(seen: &Snapshot) -> Option<Problem> {
    match seen.draft.as_ref().map(|draft| &draft.approval) {
        Some(ApprovalView::Ready { problem, .. }) => problem.clone(),
        _ => None,
    }
}

fn has_candidate(seen: &Snapshot) -> bool {
    seen.draft.as_ref().is_some_and(|draft| draft.candidate.is_some())
}

fn trouble(card: &Card) -> Option<Problem> {
    match &card.standing {
        Standing::Waiting { problem, .. } | Standing::NeedsYou { problem } => Some(problem.clone()),
        _ => None,
    }
}

fn not_revoked(seen: &Snapshot, of: ConnectionId) -> Option<Problem> {
    seen.notices.iter().find_map(|notice| match &notice.what {
        NoticeKind::NotRevoked { id, problem, .. } if *id == of => Some(problem.clone()),
        _ => None,
    })
}

fn is_gone(seen: &Snapshot) -> bool {
    let ended = |what: &NoticeKind| matches!(what, NoticeKind::Revoked { .. } | NoticeKind::WasGone { .. });
    seen.connections.is_empty() && seen.notices.iter().any(|notice| ended(&notice.what))
}
