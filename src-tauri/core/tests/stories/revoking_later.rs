//! Pending revocations: of tokens that nobody keeps, and of those the user wants to revoke later. They survive a
//! restart, and a token that may be valid is still listed after a power cut at any point.

use keyfob_core::intent::{RevokeIntent, SignInIntent};
use keyfob_core::notice::NoticeKind;
use keyfob_core::revocation::RevocationId;
use keyfob_core::snapshot::{RevocationView, Screen};
use keyfob_core::{Answer, Effect, Intent, Problem};
use secrecy::SecretSlice;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const NEWER: &str = "POST accounts.zoho.eu/oauth/v2/revoke/token";
const OLDER: &str = "POST accounts.zoho.eu/oauth/v2/token/revoke";

fn name() -> String {
    "Finance bot".to_owned()
}

fn unreachable() -> Problem {
    Problem::Unreachable { host: "accounts.zoho.eu".into() }
}

/// The only pending revocation.
#[track_caller]
fn waits(scene: &Scene) -> RevocationView {
    let mut waiting = scene.snapshot().revocations;
    assert_eq!(waiting.len(), 1);
    waiting.remove(0)
}

/// A connection to be revoked later, since Zoho was unreachable at nine.
fn put_off() -> Scene {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

#[test]
fn revoking_later_moves_the_connection_to_the_list() {
    let scene = put_off();
    assert_eq!(scene.snapshot().connections.len(), 0);
    assert_eq!(scene.notices(), [NoticeKind::WillBeRevoked { name: name() }]);
    let waiting = waits(&scene);
    assert_eq!((waiting.name.as_str(), waiting.since), ("Finance bot", NINE));
    assert_eq!((waiting.again_at, waiting.problem), (Some(NINE.plus(seconds(30))), Some(unreachable())));
    assert!(!waiting.asking && waiting.may_ask && !waiting.practice);
    assert_eq!(scene.screen(), Screen::Home, "the home screen shows the list");
}

#[test]
fn it_is_retried_with_back_off_until_zoho_confirms() {
    let mut scene = put_off();
    for rest in [seconds(30), minutes(1), minutes(2), minutes(4), minutes(8), minutes(15), minutes(15)] {
        scene.later(almost(rest));
        scene.did(&[]);
        scene.later(seconds(1));
        scene.did(&[NEWER]);
        assert!(waits(&scene).asking && !waits(&scene).may_ask);
        scene.no_answer(TransportError::Unreachable);
        scene.settles();
        scene.did(&["save"]);
    }
    assert_eq!(scene.notices(), [NoticeKind::WillBeRevoked { name: name() }], "it is reported once");
    scene.later(minutes(15));
    assert_eq!(field(scene.request(), "token").unwrap(), REFRESH);
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
    assert_eq!((scene.snapshot().revocations, scene.screen()), (vec![], Screen::Welcome));
    scene.settles();
    scene.forget_what_it_did();
    scene.later(days(1));
    scene.did(&[]);
    scene.starts_again().did(&[]);
}

#[test]
fn retries_continue_after_a_restart_by_the_wall_clock() {
    let mut again = put_off().starts_again();
    again.did(&[]);
    assert_eq!(waits(&again).problem, Some(unreachable()));
    again.later(seconds(30));
    again.did(&[NEWER]);

    let mut scene = put_off();
    scene.now = NINE.plus(days(3));
    let mut again = scene.starts_again();
    again.did(&[NEWER]);
    again.zoho_says(REVOKED);
    assert_eq!(again.notices(), [NoticeKind::Revoked { name: name() }]);
}

#[test]
fn a_clock_set_back_does_not_delay_it_for_years() {
    let mut scene = put_off();
    scene.the_clock_says(NINE.minus(days(700)));
    scene.did(&[NEWER]);
}

#[test]
fn revoking_now_is_immediate_unless_zoho_throttles() {
    let mut scene = put_off();
    let revocation = waits(&scene).id;
    scene.asks(RevokeIntent::RevokeNow { revocation });
    scene.asks(RevokeIntent::RevokeNow { revocation });
    scene.did(&[NEWER]);
    scene.zoho_says(TOO_MANY);
    scene.settles();
    scene.forget_what_it_did();
    assert_eq!(waits(&scene).again_at, Some(NINE.plus(minutes(15))));
    assert!(!waits(&scene).may_ask);

    scene.asks(RevokeIntent::RevokeNow { revocation });
    scene.later(almost(minutes(15)));
    scene.asks(RevokeIntent::RevokeNow { revocation });
    scene.did(&[]);
    let mut again = scene.starts_again();
    again.asks(RevokeIntent::RevokeNow { revocation });
    again.did(&[]);
    again.later(seconds(1));
    again.did(&[NEWER]);
}

#[test]
fn an_earlier_throttle_is_respected_too() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(TOO_MANY);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.settles();
    scene.forget_what_it_did();
    scene.later(almost(minutes(15)));
    scene.did(&[]);
    scene.later(seconds(1));
    scene.did(&[NEWER]);
}

#[test]
fn retry_after_of_an_outage_is_respected() {
    let mut scene = put_off();
    scene.later(seconds(30));
    scene.forget_what_it_did();
    scene.replies(reply_asking_for("600", 503, ""));
    scene.did(&[OLDER]);
    scene.replies(reply_asking_for("600", 503, ""));
    scene.settles();
    assert_eq!(waits(&scene).again_at, Some(scene.now.plus(minutes(10))));
}

#[test]
fn a_token_unknown_to_zoho_leaves_the_list() {
    let mut scene = put_off();
    scene.later(seconds(30));
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.did(&[NEWER, OLDER]);
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    assert_eq!(scene.notices(), [NoticeKind::WasGone { name: name() }]);
    assert_eq!(scene.snapshot().revocations, []);
}

#[test]
fn a_refused_revocation_waits_for_the_user() {
    let mut scene = put_off();
    scene.later(seconds(30));
    scene.replies(reply(404, "{}"));
    scene.zoho_says(r#"{"error":"invalid_client"}"#);
    scene.settles();
    scene.forget_what_it_did();
    assert_eq!((waits(&scene).again_at, waits(&scene).may_ask), (None, true));
    scene.later(days(1));
    scene.did(&[]);
    scene.starts_again().did(&[]);
}

// Shows T22.
#[test]
fn the_user_can_forget_a_pending_revocation() {
    let mut scene = put_off();
    scene.later(seconds(30));
    let revocation = waits(&scene).id;
    scene.asks_and_allows(RevokeIntent::ForgetRevocation { revocation });
    assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
    scene.settles();
    scene.forget_what_it_did();
    scene.zoho_says(REVOKED);
    scene.did(&[]);
    assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
    assert_eq!(scene.starts_again().screen(), Screen::Welcome);
    scene.asks(RevokeIntent::ForgetRevocation { revocation });
    scene.asks(RevokeIntent::RevokeNow { revocation });
    scene.asks(RevokeIntent::RevokeNow { revocation: RevocationId(77) });
    scene.did(&[]);
}

#[test]
fn revoking_later_keeps_the_answer_of_a_request_in_flight() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.did(&[NEWER, "save"]);
    assert!(waits(&scene).asking);
    scene.replies(reply(404, "<html>"));
    scene.did(&[OLDER]);
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
    assert_eq!(scene.snapshot().revocations, []);
}

#[test]
fn revoking_later_without_a_prior_try_asks_zoho_immediately() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.did(&[NEWER, "save"]);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.did(&[]);
}

#[test]
fn rejected_tokens_are_queued_while_zoho_is_unreachable() {
    let mut scene = Scene::candidate();
    scene.zoho_says(&identity());
    scene.asks(SignInIntent::NotMe);
    assert_eq!(waits(&scene).name, "ada@firm.example");
    assert_eq!(scene.notices(), []);
    scene.no_answer(TransportError::TimedOut);
    scene.no_answer(TransportError::TimedOut);
    let will_be = NoticeKind::WillBeRevoked { name: "ada@firm.example".into() };
    assert_eq!(scene.notices(), [will_be]);
    scene.settles();
    scene.forget_what_it_did();
    scene.keeps_what_was_typed();
    scene.later(seconds(30));
    scene.did(&[NEWER]);
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: "ada@firm.example".into() }]);
}

#[test]
fn revocations_are_sent_four_at_a_time() {
    let mut scene = Scene::first_start();
    let names: Vec<String> = (1..=7).map(|n| format!("Bot {n}")).collect();
    let ids: Vec<_> = names.iter().map(|name| scene.connects(name)).collect();
    for id in ids {
        scene.asks(RevokeIntent::RevokeLater { id });
    }
    assert_eq!(scene.requests().len(), 4);
    scene.zoho_says(REVOKED);
    assert_eq!(scene.requests().len(), 4);
    for _ in 0..6 {
        scene.zoho_says(REVOKED);
    }
    assert_eq!(scene.snapshot().revocations, []);
    let told: Vec<_> = names.into_iter().map(|name| NoticeKind::Revoked { name }).collect();
    assert_eq!(scene.notices(), told);
    scene.later(days(1));
}

#[test]
fn practice_revocations_end_with_the_run() {
    let mut scene = Scene::exchanging_at_practice();
    scene.zoho_says(&tokens());
    scene.keeps("Rehearsal");
    let id = scene.card().id;
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.settles();
    assert!(waits(&scene).practice);
    let mut again = scene.starts_again();
    assert_eq!(again.snapshot().revocations, []);
    again.did(&[]);
    again.later(days(1));
    again.did(&[]);
}

/// A story with a power cut after each event, which leaves either the record last passed to a save or the one last
/// known to be durable.
struct PowerCut {
    scene: Scene,
    durable: Option<SecretSlice<u8>>,
}

impl PowerCut {
    fn begins(scene: Scene) -> Self {
        let durable = scene.saved.clone();
        Self { scene, durable }
    }

    /// Plays an event. Whichever record a power cut leaves, the token that is valid at Zoho is listed somewhere.
    #[track_caller]
    fn then(&mut self, happens: impl FnOnce(&mut Scene)) {
        happens(&mut self.scene);
        self.still_listed();
        while self.scene.count(|e| matches!(e, Effect::Save(..))) > 0 {
            let saved = self.scene.saved.clone();
            self.scene.answer(Answer::Saved(Ok(None)));
            self.durable = saved;
            self.still_listed();
        }
    }

    #[track_caller]
    fn still_listed(&self) {
        assert!(lists_the_token(&self.scene), "the token is valid and not listed");
        for record in [&self.scene.saved, &self.durable] {
            let mut left = Scene::new();
            left.now = self.scene.now;
            left.starts(None);
            left.vault_opens(record.clone());
            assert!(lists_the_token(&left), "after a power cut the token is valid and not listed");
        }
    }
}

/// Whether a token is on a card, to be confirmed or pending revocation.
fn lists_the_token(scene: &Scene) -> bool {
    let seen = scene.snapshot();
    let to_confirm = seen.draft.is_some_and(|d| d.candidate.is_some());
    to_confirm || !seen.connections.is_empty() || !seen.revocations.is_empty()
}

// Shows T22.
#[test]
fn a_power_cut_leaves_a_connection_on_its_card_or_the_list() {
    let (scene, id) = Scene::connected();
    let mut story = PowerCut::begins(scene);
    story.then(|s| s.asks(RevokeIntent::RevokeAndDelete { id }));
    story.then(|s| s.replies(reply(404, "<html>")));
    story.then(|s| s.no_answer(TransportError::Unreachable));
    story.then(|s| s.asks(RevokeIntent::RevokeAndDelete { id }));
    story.then(|s| s.zoho_says(TOO_MANY));
    story.then(|s| s.asks(RevokeIntent::RevokeLater { id }));
    story.then(|s| s.later(minutes(15)));
    story.then(|s| s.replies(reply(503, "")));
    story.then(|s| s.no_answer(TransportError::TimedOut));
    story.then(|s| s.later(minutes(1)));
    story.then(|s| s.replies(web_page()));
    story.scene.zoho_says(REVOKED);
    story.scene.settles();
    assert!(!lists_the_token(&story.scene.starts_again()), "a revoked token is still listed");
}

// Shows T22.
#[test]
pub fn a_power_cut_leaves_unkept_tokens_on_the_list() {
    for leaves in [
        Intent::SignIn(SignInIntent::NotMe),
        Intent::SignIn(SignInIntent::ForgetDraft),
        Intent::SignIn(SignInIntent::SignIn { anyway: false }),
    ] {
        let mut story = PowerCut::begins(Scene::candidate());
        story.then(|s| s.asks(leaves.clone()));
        story.then(|s| s.later(minutes(1)));
        let is_revocation = |s: &Scene| s.requests().iter().any(|c| c.url.path().contains("revoke"));
        assert!(is_revocation(&story.scene), "{leaves:?}");
        while is_revocation(&story.scene) {
            story.then(|s| s.no_answer(TransportError::Unreachable));
        }
        story.then(|s| s.later(seconds(30)));
        story.scene.zoho_says(REVOKED);
        story.scene.settles();
        assert!(!lists_the_token(&story.scene.starts_again()));
    }
}

#[test]
fn a_power_cut_leaves_late_tokens_on_the_list() {
    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    let mut story = PowerCut::begins(scene);
    // Tokens that only memory holds cannot be listed. They are from the first save on.
    story.scene.zoho_says(&tokens());
    story.durable.clone_from(&story.scene.saved);
    story.then(|s| s.no_answer(TransportError::Unreachable));
    story.then(|s| s.later(seconds(30)));
    assert_eq!(field(story.scene.request(), "token").unwrap(), REFRESH);
    story.scene.zoho_says(REVOKED);
    assert_eq!(story.scene.notices(), [NoticeKind::Revoked { name: "Cliq Europe".into() }]);
}

// Shows T22.
#[test]
fn signing_in_again_does_not_revoke_the_previous_grant() {
    let (scene, _) = Scene::signed_in_again();
    assert_eq!((scene.requests().len(), scene.snapshot().revocations), (0, vec![]), "a script may still use it");
}
