//! Signing in again for an existing connection.

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{ChecksIntent, CliIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::script_access::ScriptAccess;
use keyfob_core::snapshot::Screen;
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

/// Signs in again, up to the tokens of the second consent.
fn signs_in_again(scene: &mut Scene, id: ConnectionId) {
    scene.asks(SignInIntent::SignInAgain { id });
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
    scene.settles();
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says_at("/token", &tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    scene.forget_what_it_did();
}

#[test]
fn an_ended_grant_is_renewed_under_the_same_id_and_name() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(GONE);
    assert_eq!(scene.card().standing, Standing::NeedsYou { problem: Problem::GrantEnded });

    signs_in_again(&mut scene, id);
    scene.keeps_on_the_page("");
    let card = scene.card();
    assert_eq!((card.id, card.name.as_str(), card.standing), (id, "Finance bot", Standing::Fresh));
    assert_eq!((card.access, card.refresh), (masked(SECOND_ACCESS), Some(masked(SECOND_REFRESH))));

    // There is no fallback to the refresh token of the previous consent.
    scene.later(minutes(55));
    assert_eq!(field(scene.request(), "refresh_token").unwrap(), SECOND_REFRESH);
    scene.zoho_says(GONE);
    assert_eq!(scene.requests().len(), 0);
}

#[test]
fn the_previous_choice_is_filled_in_and_can_be_changed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    let draft = scene.draft();
    assert_eq!(draft.replaces, Some(id));
    scene.keeps_what_was_typed();
    assert!(draft.keep_access);
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    scene.signs_in();
    let scopes = scene.address().query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
    assert_eq!(scopes, "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ,ZohoCliq.Users.READ");
}

#[test]
fn the_old_tokens_work_until_the_new_ones_are_kept() {
    let (mut scene, id) = Scene::connected();
    signs_in_again(&mut scene, id);
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    assert_eq!(scene.clipboard(), ACCESS);
    scene.asks(SignInIntent::NotMe);
    scene.zoho_says_at("/revoke/token", REVOKED);
    assert_eq!(scene.card().access, masked(ACCESS));
    assert_eq!(scene.card().standing, Standing::Fresh);
}

#[test]
fn a_change_of_account_is_shown() {
    let (mut scene, id) = Scene::connected();
    signs_in_again(&mut scene, id);
    assert_eq!(scene.to_confirm().was, None);
    scene.zoho_says_at("/oauth/user/info", &identity_of("eve@firm.example"));
    assert_eq!(scene.to_confirm().was.unwrap().email, "ada@firm.example");
    assert_eq!(scene.to_confirm().name, "Finance bot");

    let (mut scene, id) = Scene::connected();
    signs_in_again(&mut scene, id);
    scene.zoho_says_at("/oauth/user/info", &identity());
    assert_eq!(scene.to_confirm().was, None);
}

#[test]
fn a_change_of_account_resets_the_consent_for_programs() {
    let kept_for = |told: Option<&str>| {
        let (mut scene, id) = Scene::connected();
        scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
        signs_in_again(&mut scene, id);
        match told {
            Some(email) => scene.zoho_says_at("/oauth/user/info", &identity_of(email)),
            None => scene.zoho_says_at("/oauth/user/info", "<html>"),
        }
        scene.zoho_says_at("/statuses/current", AVAILABLE);
        scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
        scene.card().scripts
    };
    assert_eq!(kept_for(Some("ada@firm.example")), ScriptAccess::Allowed);
    assert_eq!(kept_for(Some("eve@firm.example")), ScriptAccess::NotAsked);
    assert_eq!(kept_for(None), ScriptAccess::NotAsked, "the account is unknown");
}

#[test]
fn a_draft_is_laid_aside_and_restored() {
    let (mut scene, id) = Scene::connected();
    scene.fills_in("us");
    let begun = scene.draft();
    signs_in_again(&mut scene, id);
    assert_eq!(scene.draft().replaces, Some(id));
    scene.keeps("");
    assert_eq!(scene.draft(), begun);
    assert_eq!(scene.screen(), Screen::Home);

    scene.asks(SignInIntent::SignInAgain { id });
    scene.asks(SignInIntent::ForgetDraft);
    assert_eq!(scene.draft(), begun);
}

#[test]
fn unconfirmed_tokens_are_laid_aside_with_their_draft() {
    let (mut scene, id) = Scene::connected();
    scene.fills_in("eu");
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.settles();

    scene.asks(SignInIntent::SignInAgain { id });
    assert!(scene.draft().candidate.is_none());
    // The responses for the draft laid aside do not count for this one.
    scene.zoho_says_at("/oauth/user/info", &identity_of("eve@firm.example"));
    scene.zoho_says_at("/statuses/current", AVAILABLE);
    scene.forget_what_it_did();
    scene.asks(SignInIntent::ForgetDraft);
    scene.did_besides_saving(&["GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current"]);
    scene.keeps("Second bot");
    assert_eq!(scene.snapshot().connections.len(), 2);
}

#[test]
fn a_second_press_continues_the_pending_sign_in() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.settles();
    scene.signs_in();
    scene.asks(SignInIntent::GoHome);
    scene.forget_what_it_did();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.did_besides_saving(&[]);
    assert!(scene.is_waiting());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
}

#[test]
fn unkept_tokens_are_revoked_when_another_sign_in_starts() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    signs_in_again(&mut scene, first);
    scene.asks(SignInIntent::SignInAgain { id: second });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    assert_eq!(scene.draft().replaces, Some(second));

    // Tokens still in flight are revoked too.
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    scene.asks(SignInIntent::SignInAgain { id: first });
    scene.settles();
    scene.signs_in();
    scene.link(&good_link());
    scene.asks(SignInIntent::SignInAgain { id: second });
    scene.forget_what_it_did();
    scene.zoho_says(&tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    assert_eq!(field(scene.request(), "token").unwrap(), SECOND_REFRESH);
}

#[test]
fn requests_in_flight_for_the_old_tokens_are_dropped() {
    let (mut scene, id) = Scene::connected();
    signs_in_again(&mut scene, id);
    scene.asks(TokensIntent::Refresh { id });
    scene.asks(ChecksIntent::Test { id });
    scene.zoho_says_at("/oauth/user/info", &identity());
    scene.asks(SignInIntent::Keep { name: String::new() });
    scene.settles();
    let kept = scene.card();
    assert_eq!(kept.doing, None);

    // The responses for the old tokens arrive only now.
    scene.forget_what_it_did();
    scene.zoho_says_at("/token", GONE);
    scene.zoho_says_at("/statuses/current", r#"{"code":"oauthtoken_invalid"}"#);
    scene.zoho_says_at("/statuses/current", r#"{"code":"oauthtoken_invalid"}"#);
    scene.did(&[]);
    assert_eq!(scene.card(), kept);
}

#[test]
fn a_connection_deleted_meanwhile_is_kept_as_a_new_one() {
    let (mut scene, id) = Scene::connected();
    signs_in_again(&mut scene, id);
    scene.removes_here(id);
    assert_eq!(scene.draft().replaces, None);
    scene.keeps("Again");
    assert_eq!(scene.card().name, "Again");
    assert_ne!(scene.card().id, id);
}

#[test]
fn an_account_of_another_region_is_kept_with_its_region() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.settles();
    scene.signs_in();
    scene.link(&granted(STATE, "in", "https://accounts.zoho.in"));
    scene.zoho_says(&tokens());
    scene.keeps("");
    assert_eq!(Some(scene.card().region), RegionCode::new("in"));
}

impl Scene {
    /// Keeps the candidate and stays on the page.
    fn keeps_on_the_page(&mut self, name: &str) {
        self.zoho_says_at("/oauth/user/info", &identity());
        self.zoho_says_at("/statuses/current", AVAILABLE);
        self.asks(SignInIntent::Keep { name: name.into() });
        self.settles();
    }
}
