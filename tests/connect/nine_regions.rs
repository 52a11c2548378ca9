//! Nine data centres: the client is registered in one, the user's account is in another, under each multi-DC setting of
//! the console. Each case ends with a token of the right region, or with the message that explains why not.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{ChecksIntent, RevokeIntent, SignInIntent};
use std::time::Duration;

use keyfob_core::confirmation::Decision;
use keyfob_core::draft::RegionSaid;
use keyfob_core::fields::ZohoPage;
use keyfob_core::snapshot::Card;
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use keyfob_core::{Intent, Problem};
use keyfob_practice::{Answer, MultiDc, Practice, Stop};
use zoho_oauth::probe::Proof;
use zoho_oauth::region::RegionCode;

use crate::world::{Keyfob, Time, Zoho};

const NINE: [&str; 9] =
    ["us-test", "eu-test", "in-test", "au-test", "jp-test", "ca-test", "cn-test", "sa-test", "uk-test"];

fn code(name: &str) -> RegionCode {
    RegionCode::new(name).unwrap()
}

/// Nine Zohos that know each other, a client registered in each, and one Keyfob that knows them all.
struct Nine {
    time: Time,
    zohos: Vec<Zoho>,
    keyfob: Keyfob,
}

impl Nine {
    async fn begin(multi_dc: MultiDc) -> Self {
        let time = Time::new();
        let zohos: Vec<Zoho> = NINE.iter().map(|name| Zoho::start(name, &time)).collect();
        Practice::acquaint(&zohos.iter().map(|zoho| &*zoho.zoho).collect::<Vec<_>>());
        for zoho in &zohos {
            zoho.zoho.set_multi_dc(&zoho.registered.client_id, multi_dc);
        }
        let keyfob = Keyfob::knowing(&zohos.iter().map(Zoho::region).collect::<Vec<_>>(), &time).await;
        Self { time, zohos, keyfob }
    }

    fn at(&self, name: &str) -> &Zoho {
        self.zohos.iter().find(|zoho| zoho.zoho.location() == name).unwrap()
    }

    /// Each client's region with each region of the user.
    fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
        NINE.into_iter().flat_map(|client| NINE.into_iter().map(move |person| (client, person)))
    }

    /// A user of one region signs in with a client of another; the link has arrived at Keyfob.
    async fn signs_in(&self, client: &str, person: &str) {
        let zoho = self.at(client);
        zoho.zoho.person_lives_in(person);
        zoho.fill_in(&self.keyfob);
        self.comes_back(client, person).await;
    }

    /// Signs in again with the wizard's input. Each of the nine was added, so the user confirms one that they did not
    /// choose.
    async fn comes_back(&self, client: &str, person: &str) {
        let address = self.keyfob.signs_in().await;
        self.keyfob.link(&self.at(client).accepts(&address));
        if client != person {
            self.keyfob.decides(Decision::Allow).await;
        }
    }

    /// The number of requests to each data centre so far.
    fn heard(&self) -> Vec<usize> {
        self.zohos.iter().map(|zoho| zoho.zoho.requests().len()).collect()
    }

    /// The data centres that had requests since.
    fn asked_since(&self, before: &[usize]) -> Vec<&str> {
        let now = self.heard();
        let asked = NINE.iter().zip(before.iter().zip(&now)).filter(|(_, (before, now))| before != now);
        asked.map(|(name, _)| *name).collect()
    }

    /// The connection is saved, refreshed, tested and revoked, all in the user's region and nowhere else.
    async fn serves_at(&self, person: &str) {
        let before = self.heard();
        let candidate = self.keyfob.candidate().await;
        assert_eq!(candidate.region, code(person));
        let first = self.keyfob.keeps("Finance bot").await;
        self.time.passes(Duration::from_mins(58));
        self.keyfob.looks();
        let card = self.keyfob.card("refreshed", |c| c.expires_at > first.expires_at).await;
        assert_eq!(card.standing, Standing::Fresh);
        self.keyfob.asks(ChecksIntent::Test { id: card.id });
        let tested = |c: &Card| c.tested.as_ref().filter(|t| t.proof == Some(Proof::Works)).map(|t| t.at);
        self.keyfob.card("tested", |c| tested(c) > tested(&first)).await;
        self.keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
        self.keyfob.sees("it is gone", |s| s.connections.is_empty()).await;
        let mine = self.at(person);
        assert!(mine.zoho.issued_access_tokens().iter().all(|token| !mine.zoho.is_alive(token)));
        let asked = self.asked_since(&before);
        assert!(asked.iter().all(|name| *name == person), "{asked:?} were asked for one of {person}");
    }

    /// The sign-in fails without losing input; the wizard is then emptied for the next case.
    async fn keeps_input_and_resets(&self) {
        self.keyfob
            .sees("what was typed stays", |s| s.draft.as_ref().is_some_and(|d| d.furthest == Step::Approve))
            .await;
        self.keyfob.asks(SignInIntent::ForgetDraft);
        self.keyfob.sees("the wizard is empty", |s| s.draft.is_none()).await;
    }
}

#[tokio::test]
async fn a_shared_secret_serves_users_of_any_region() {
    let nine = Nine::begin(MultiDc::Shared).await;
    for (client, person) in Nine::pairs() {
        nine.signs_in(client, person).await;
        nine.serves_at(person).await;
        nine.time.passes(Duration::from_mins(11));
    }
}

// Shows N12.
#[tokio::test]
async fn a_missing_secret_of_a_region_is_asked_for() {
    let nine = Nine::begin(MultiDc::PerRegion).await;
    for (client, person) in Nine::pairs() {
        nine.signs_in(client, person).await;
        if client != person {
            assert_eq!(nine.keyfob.attempt_ends().await, Problem::SecretWrongThere { region: code(person) });
            let secret = nine.at(person).zoho.secret_of(&nine.at(client).registered.client_id).unwrap();
            nine.keyfob.asks(SignInIntent::TypeSecretFor { region: code(person), text: secret.into() });
            nine.comes_back(client, person).await;
        }
        nine.serves_at(person).await;
        nine.time.passes(Duration::from_mins(11));
    }
}

// Shows N12.
#[tokio::test]
async fn a_single_region_client_is_explained_in_other_regions() {
    let nine = Nine::begin(MultiDc::Off).await;
    for (client, person) in Nine::pairs() {
        let before = nine.heard();
        nine.signs_in(client, person).await;
        if client == person {
            nine.serves_at(person).await;
        } else {
            let explained = Problem::MultiDcOff { home: code(client), region: code(person) };
            assert_eq!(nine.keyfob.attempt_ends().await, explained);
            assert_eq!(nine.asked_since(&before).len(), 2, "one shows the page, the other refuses");
            nine.keeps_input_and_resets().await;
        }
        nine.time.passes(Duration::from_mins(11));
    }
}

#[tokio::test]
async fn a_wrong_region_is_corrected_by_asking_the_others() {
    let nine = Nine::begin(MultiDc::Off).await;
    let (chosen, right) = ("us-test", "jp-test");
    let registered = &nine.at(right).registered;
    nine.keyfob.fills_in(chosen, &registered.client_id, &registered.client_secret, &["ZohoCliq.Channels.READ"]);
    let address = nine.keyfob.signs_in().await;
    assert_eq!(nine.at(chosen).zoho.consent(&address, Answer::Accept), Err(Stop::InvalidClient));
    nine.keyfob.asks(SignInIntent::Saw { page: ZohoPage::Client });
    assert_eq!(nine.keyfob.attempt_ends().await, Problem::ClientUnknown { region: code(chosen) });

    let before = nine.heard();
    // Each of the nine was added, so the user confirms each separately.
    for name in NINE.iter().filter(|name| **name != chosen) {
        nine.keyfob.asks_and_allows(SignInIntent::AskRegion { region: code(name) }).await;
    }
    let told = nine.keyfob.sees("all have told", |s| {
        let asked = |said| matches!(said, RegionSaid::NotAsked | RegionSaid::Waiting | RegionSaid::Asking);
        s.draft.as_ref().is_some_and(|d| d.other_regions.iter().all(|other| !asked(other.said)))
    });
    let others = told.await.draft.as_ref().unwrap().other_regions.clone();
    for name in NINE.iter().filter(|name| **name != chosen) {
        let said = others.iter().find(|other| other.region == code(name)).unwrap().said;
        assert_eq!(said, if *name == right { RegionSaid::Knows } else { RegionSaid::DoesNotKnow }, "{name}");
    }
    assert_eq!(others.len(), 8, "Zoho's own ten are not asked about a client of another server");
    assert_eq!(nine.asked_since(&before), NINE.iter().filter(|name| **name != chosen).copied().collect::<Vec<_>>());
    assert!(nine.zohos.iter().all(|zoho| zoho.zoho.issued_access_tokens().is_empty()));

    let address = nine.keyfob.is_sent_to(Intent::SignIn(SignInIntent::SwitchRegion { region: code(right) })).await;
    nine.keyfob.link(&nine.at(right).accepts(&address));
    nine.serves_at(right).await;
}
