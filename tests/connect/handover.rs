//! A sealed handover from one Keyfob to another; the connection works in both.

use keyfob_core::intent::{ShareIntent, SignInIntent, TokensIntent};
use std::time::Duration;

use keyfob_core::draft::CandidateSource;
use keyfob_core::export_choice::Shape;
use keyfob_core::handover_file::{Lasts, Lock};
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{Card, OfferView, Snapshot};
use keyfob_core::{Event, Problem};
use keyfob_practice::Endpoint;

use crate::world::{Keyfob, Time, Zoho};

const PASSPHRASE: &str = "quiet rivers carry boats";

fn by_passphrase() -> Lock {
    Lock::Passphrase { passphrase: PASSPHRASE.into() }
}

/// A Zoho with one client, a Keyfob connected to it, and a colleague's empty Keyfob.
struct Office {
    time: Time,
    zoho: Zoho,
    ours: Keyfob,
    card: Card,
    theirs: Keyfob,
}

impl Office {
    async fn opens() -> Self {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let ours = Keyfob::knowing(&[zoho.region()], &time).await;
        let card = zoho.connect(&ours).await;
        let theirs = Keyfob::knowing(&[zoho.region()], &time).await;
        Self { time, zoho, ours, card, theirs }
    }

    /// Returns the sealed file, which shows nothing of its content.
    async fn seals(&self, lock: Lock) -> String {
        self.ours.asks(ShareIntent::BeginHandover { id: self.card.id });
        self.ours.asks_and_allows(ShareIntent::Handover { to: "Ben".to_owned(), lasts: Lasts::Week, lock }).await;
        let file = self.ours.sealed().await;
        assert!(
            file.starts_with("-----BEGIN AGE ENCRYPTED FILE-----") && !file.contains(&self.zoho.registered.client_id)
        );
        file
    }

    fn dropped_on_theirs(&self, file: &str) {
        self.theirs.happens(Event::FileDropped(Ok(file.as_bytes().to_vec().into())));
    }

    /// The same, and enters this passphrase when asked.
    async fn opened_by_theirs(&self, file: &str, passphrase: &str) {
        self.dropped_on_theirs(file);
        self.theirs
            .sees("it asks for the passphrase", |s| matches!(s.offer, Some(OfferView::Sealed { trying: false, .. })))
            .await;
        self.theirs.asks(SignInIntent::OpenSealed { passphrase: passphrase.into() });
    }

    /// The colleague accepts twice and gets a valid token; the sender's stays valid.
    async fn is_taken(&self) {
        self.theirs.asks(SignInIntent::TakeOffer);
        let candidate = self.theirs.candidate().await;
        assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
        assert!(candidate.source == CandidateSource::Handover && candidate.lasts);
        let card = self.theirs.keeps("Finance bot").await;
        self.theirs.asks(ShareIntent::Copy { id: card.id, shape: Shape::Token });
        assert!(self.zoho.zoho.is_alive(&self.theirs.copied().await));
        self.ours.asks(ShareIntent::Copy { id: self.card.id, shape: Shape::Token });
        assert!(self.zoho.zoho.is_alive(&self.ours.copied().await));
        assert_eq!(
            self.zoho.zoho.counts(&self.zoho.registered.client_id).refresh_tokens,
            1,
            "both share one refresh token"
        );
    }
}

fn problem(s: &Snapshot) -> Option<&Problem> {
    match &s.offer {
        Some(OfferView::Sealed { trying: false, problem } | OfferView::Handover { trying: false, problem, .. }) => {
            problem.as_ref()
        }
        _ => None,
    }
}

fn is_offered(s: &Snapshot) -> bool {
    matches!(&s.offer, Some(OfferView::Handover { setup, to, .. }) if setup.name == "Finance bot" && to == "Ben")
}

#[tokio::test]
async fn a_handover_opens_by_its_passphrase() {
    let office = Office::opens().await;
    let file = office.seals(by_passphrase()).await;
    office.opened_by_theirs(&file, "quiet rivers carry stones").await;
    office.theirs.sees("that is not it", |s| problem(s) == Some(&Problem::HandoverLocked)).await;
    office.theirs.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
    office.theirs.sees("it is shown before it is taken", is_offered).await;
    assert_eq!(office.zoho.zoho.requests_to(Endpoint::Token).len(), 1, "nothing is sent before the user accepts");
    office.is_taken().await;
}

// Shows T29.
#[tokio::test]
async fn a_handover_opens_by_the_colleagues_key_only() {
    let office = Office::opens().await;
    let key = office.theirs.sees("it has a key", |s| s.own_key.is_some()).await.own_key.clone().unwrap();
    let file = office.seals(Lock::Key { key }).await;

    let third = Keyfob::knowing(&[office.zoho.region()], &office.time).await;
    third.happens(Event::FileDropped(Ok(file.as_bytes().to_vec().into())));
    let not_theirs = NoticeKind::Trouble { problem: Problem::HandoverNotForYou, about: None };
    third.sees("it is not for them", |s| s.notices.iter().any(|n| n.what == not_theirs)).await;

    office.dropped_on_theirs(&file);
    office.theirs.sees("it opens by itself", is_offered).await;
    office.is_taken().await;
}

#[tokio::test]
async fn declining_a_handover_revokes_nothing() {
    let office = Office::opens().await;
    let file = office.seals(by_passphrase()).await;
    office.opened_by_theirs(&file, PASSPHRASE).await;
    office.theirs.sees("it is offered", is_offered).await;
    office.theirs.asks(SignInIntent::TakeOffer);
    office.theirs.candidate().await;
    office.theirs.asks(SignInIntent::NotMe);
    office.theirs.sees("it is gone", |s| s.draft.as_ref().is_none_or(|d| d.candidate.is_none())).await;
    assert!(office.zoho.zoho.requests_to(Endpoint::Revoke).is_empty());
    office.ours.asks(TokensIntent::Refresh { id: office.card.id });
    office.ours.card("it still refreshes", |c| c.access != office.card.access).await;
}

#[tokio::test]
async fn an_expired_handover_is_refused_without_a_request() {
    let office = Office::opens().await;
    let file = office.seals(by_passphrase()).await;
    office.time.passes(Duration::from_hours(7 * 24 + 1));
    let before = office.zoho.zoho.requests_to(Endpoint::Token).len();
    office.opened_by_theirs(&file, PASSPHRASE).await;
    let over = |n: &keyfob_core::snapshot::NoticeView| {
        matches!(n.what, NoticeKind::Trouble { problem: Problem::HandoverExpired { .. }, .. })
    };
    let seen = office.theirs.sees("it is over", |s| s.notices.iter().any(over)).await;
    assert!(seen.draft.is_none() && seen.offer.is_none());
    assert_eq!(office.zoho.zoho.requests_to(Endpoint::Token).len(), before);
}
