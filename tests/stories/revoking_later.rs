//! Revocations that wait for Zoho: what nobody keeps, and what the user wants finished later. They outlive the run, and
//! wherever the power is cut, a token that may be alive is still listed.

use keyfob_core::intent::{AppIntent, RevokeIntent, SignInIntent};
use keyfob_core::notice::NoticeKind;
use keyfob_core::revocation::RevocationId;
use keyfob_core::snapshot::{Revocation, Screen};
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

/// The only revocation that waits.
#[track_caller]
fn waits(scene: &Scene) -> Revocation {
    let mut waiting = scene.snapshot().revocations;
    assert_eq!(waiting.len(), 1);
    waiting.remove(0)
}

/// A connection off its card; Zoho was out of reach at nine.
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
fn finish_later_takes_the_card_away_and_lists_what_is_left_to_do() {
    let scene = put_off();
    assert_eq!(scene.snapshot().connections.len(), 0);
    assert_eq!(scene.notices(), [NoticeKind::WillBeRevoked { name: name() }]);
    let waiting = waits(&scene);
    assert_eq!((waiting.name.as_str(), waiting.since), ("Finance bot", NINE));
    assert_eq!((waiting.again_at, waiting.problem), (Some(NINE.plus(seconds(30))), Some(unreachable())));
    assert!(!waiting.asking && waiting.may_ask && !waiting.practice);
    assert_eq!(scene.screen(), Screen::Home, "the list is there to be seen");
}

#[test]
fn it_is_tried_again_later_each_time_until_zoho_answers() {
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
    assert_eq!(scene.notices(), [NoticeKind::WillBeRevoked { name: name() }], "it is said once");
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
fn it_goes_on_after_a_restart_by_the_wall_clock() {
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
fn a_clock_set_back_does_not_make_it_wait_for_years() {
    let mut scene = put_off();
    scene.the_clock_says(NINE.minus(days(700)));
    scene.did(&[NEWER]);
}

#[test]
fn now_means_now_but_a_throttle_is_left_its_rest() {
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
fn a_throttle_met_before_is_left_its_rest_too() {
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
fn trouble_that_says_how_long_is_left_alone_so_long() {
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
fn what_zoho_no_longer_knows_is_gone() {
    let mut scene = put_off();
    scene.later(seconds(30));
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.did(&[NEWER, OLDER]);
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    assert_eq!(scene.notices(), [NoticeKind::WasGone { name: name() }]);
    assert_eq!(scene.snapshot().revocations, []);
}

#[test]
fn what_zoho_refuses_waits_for_the_person() {
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
fn a_person_may_forget_one_and_is_told_what_that_means() {
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
fn finish_later_while_zoho_is_being_asked_keeps_its_answer() {
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
fn finish_later_out_of_the_blue_asks_zoho_at_once() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.did(&[NEWER, "save"]);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.did(&[]);
}

#[test]
fn tokens_of_somebody_else_wait_by_themselves_when_zoho_cannot_be_told() {
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
fn a_few_are_sent_at_once_and_the_rest_follow() {
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
fn practice_is_not_told_after_its_end() {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.types_credentials();
    scene.signs_in();
    scene.link(&link(&[("state", STATE), ("code", CODE)]));
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

/// A story whose power is cut after each thing that happens in it: with the record last asked to be saved, and with the
/// one last known to be durable.
struct PowerCut {
    scene: Scene,
    durable: Option<SecretSlice<u8>>,
}

impl PowerCut {
    fn begins(scene: Scene) -> Self {
        let durable = scene.saved.clone();
        Self { scene, durable }
    }

    /// Something happens; whichever record is left, the token that lives at Zoho is listed somewhere.
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
        assert!(lists_the_token(&self.scene), "the token lives and the screen does not list it");
        for record in [&self.scene.saved, &self.durable] {
            let mut left = Scene::new();
            left.now = self.scene.now;
            left.starts(None);
            left.vault_opens(record.clone());
            assert!(lists_the_token(&left), "the power was cut, the token lives, and it is not listed");
        }
    }
}

/// On a card, to be confirmed, or waiting to be revoked.
fn lists_the_token(scene: &Scene) -> bool {
    let seen = scene.snapshot();
    let to_confirm = seen.draft.is_some_and(|d| d.candidate.is_some());
    to_confirm || !seen.connections.is_empty() || !seen.revocations.is_empty()
}

// Shows T22.
#[test]
fn wherever_the_power_is_cut_a_connection_is_on_its_card_or_on_the_list() {
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
    assert!(!lists_the_token(&story.scene.starts_again()), "now it has ended, and is listed no more");
}

// Shows T22.
#[test]
pub fn wherever_the_power_is_cut_tokens_nobody_keeps_are_on_the_list() {
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
fn wherever_the_power_is_cut_tokens_that_came_too_late_are_on_the_list() {
    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    let mut story = PowerCut::begins(scene);
    // What only this run's memory held until now cannot be on a list; from the first save on it is.
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
fn the_grant_from_before_is_left_alone_when_a_person_signs_in_again() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.keeps("Finance bot");
    assert_eq!((scene.requests().len(), scene.snapshot().revocations), (0, vec![]), "a script may still live by it");
}
