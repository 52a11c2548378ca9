//! Consents that fail: the reason is shown, and no input is lost.

use keyfob_core::intent::SignInIntent;
use std::time::Duration;

use keyfob_core::notice::CopiedWhat;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};

use crate::scene::*;

#[test]
fn a_denied_consent_ends_the_attempt_and_keeps_the_input() {
    let mut scene = Scene::waiting();
    scene.link(&link(&[("state", STATE), ("error", "access_denied")]));
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.attempt_ended_with(), Problem::Denied);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
    scene.keeps_what_was_typed();

    scene.settles();
    scene.signs_in();
    assert_eq!(scene.said_while_waiting(), None);
}

#[test]
fn another_error_in_the_redirect_is_shown_shortened() {
    let mut scene = Scene::waiting();
    let long = "invalid_thing ".repeat(20);
    scene.link(&link(&[("state", STATE), ("error", &long), ("code", CODE)]));
    scene.did_besides_saving(&["raise"]);
    let Problem::SentBack { error } = scene.attempt_ended_with() else {
        panic!("the attempt did not end with an error from Zoho")
    };
    assert!(error.starts_with("invalid_thing") && error.chars().count() < 100, "{error}");
    scene.keeps_what_was_typed();
}

#[test]
fn an_error_without_a_state_is_shown_and_ends_nothing() {
    let mut scene = Scene::waiting();
    let sent_back = |error: &str| Problem::SentBack { error: error.to_owned() };
    for (error, problem) in [
        ("access_denied", Problem::Denied),
        ("server_error", sent_back("server_error")),
        ("no_org", Problem::NoAccount { services: vec!["ZohoCliq".to_owned()] }),
    ] {
        scene.link(&link(&[("error", error)]));
        scene.did(&[]);
        assert_eq!(scene.said_while_waiting(), Some(problem));
    }
    assert_eq!(scene.strays(), 0);

    scene.asks(SignInIntent::OpenAgain);
    scene.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
    assert_eq!(scene.said_while_waiting(), None);

    scene.link(&good_link());
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
}

// Shows T1.
#[test]
fn text_from_a_forged_link_is_never_shown() {
    // From a link on a web page, and from an address that an attacker talked the user into pasting.
    let sentence = link(&[("error", "your_account_is_locked_call_zoho")]);
    let mut scene = Scene::waiting();
    scene.link(&sentence);
    assert_eq!((scene.said_while_waiting(), scene.strays()), (None, 1));
    scene.asks(SignInIntent::PasteAddress { text: sentence.into() });
    let not_ours = Problem::NotTheAddress { why: keyfob_core::problem::PastedProblem::OtherSignIn };
    assert_eq!(scene.said_while_waiting(), Some(not_ours));
}

// Shows T9, D4.
#[test]
fn without_a_browser_the_address_can_be_copied() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(scene.said_while_waiting(), Some(Problem::BrowserNotOpened));
    scene.forget_what_it_did();

    scene.asks(SignInIntent::CopyLink);
    scene.did(&["copy the address as a secret"]);
    assert!(scene.clipboard().starts_with("https://accounts.zoho.eu/oauth/v2/auth?"));
    scene.answer(Answer::Copied(Ok(())));
    let copied = scene.snapshot().copied.unwrap();
    assert_eq!((copied.what, copied.clears_at), (CopiedWhat::Link, Some(scene.now.plus(seconds(30)))));
    scene.later(seconds(30));
    scene.did(&["clear the clipboard"]);

    scene.link(&good_link());
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
}

// Shows T1; ASVS 10.1.2.
#[test]
fn a_consent_expires_after_ten_minutes() {
    let mut scene = Scene::waiting();
    scene.later(minutes(10));
    assert!(scene.is_waiting(), "the last moment is in time");
    scene.later(Duration::from_millis(1));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
    scene.keeps_what_was_typed();
    scene.only_counts_the_link();
}

#[test]
fn a_redirect_counts_until_the_last_moment_and_not_later() {
    let mut in_time = Scene::waiting();
    in_time.now = NINE.plus(minutes(10));
    in_time.link(&good_link());
    in_time.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);

    let mut late = Scene::waiting();
    late.now = NINE.plus(minutes(10)).plus(Duration::from_millis(1));
    late.link(&good_link());
    late.did_besides_saving(&[]);
    assert_eq!(late.strays(), 1);
}

#[test]
fn pressing_the_button_twice_opens_one_browser() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["check the redirect", "draw"]);
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.did_besides_saving(&["browse accounts.zoho.eu/oauth/v2/auth"]);
}

// Shows T3.
#[test]
fn a_scheme_owned_by_another_program_ends_the_attempt() {
    let owner = Some("Other Fob".to_owned());
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.draws();
    scene.redirect_method(Err(Problem::LinkNotOurs { owner: owner.clone() }));
    scene.did_besides_saving(&["check the redirect", "draw"]);
    assert_eq!(scene.attempt_ended_with(), Problem::LinkNotOurs { owner });
    scene.keeps_what_was_typed();
    scene.settles();

    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.draws();
    scene.settles();
    scene.did_besides_saving(&["draw", "browse accounts.zoho.eu/oauth/v2/auth"]);
    scene.asks(SignInIntent::PasteAddress { text: good_link().into() });
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn a_pending_consent_cannot_be_changed() {
    use zoho_oauth::region::RegionCode;
    for mut scene in [Scene::waiting(), Scene::exchanging(), Scene::candidate()] {
        let before = scene.draft();
        scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("us").unwrap() });
        scene.asks(SignInIntent::GuessRegion { address: "https://cliq.zoho.in".into() });
        scene.asks(SignInIntent::TypeClientId { text: "1000.OTHER".into() });
        scene.asks(SignInIntent::TypeClientSecret { text: "other".into() });
        scene.asks(SignInIntent::ChooseTask { task: "read-channels".into(), on: false });
        scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
        scene.asks(SignInIntent::KeepAccess { on: false });
        assert_eq!(scene.draft(), before);
    }
}
