//! How a consent ends when it does not end well: said plainly, and nothing typed is lost.

use std::time::Duration;

use keyfob_core::call::Unanswered;
use keyfob_core::problem::PastedProblem;
use keyfob_core::snapshot::{Approval, NoticeKind, Screen, Step};
use keyfob_core::{Answer, Intent, Problem};

use crate::scene::*;

#[test]
fn the_person_presses_reject() {
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
fn zoho_sends_the_browser_back_with_another_error() {
    let mut scene = Scene::waiting();
    let long = "invalid_thing ".repeat(20);
    scene.link(&link(&[("state", STATE), ("error", &long), ("code", CODE)]));
    scene.did_besides_saving(&["raise"]);
    let Problem::SentBack { error } = scene.attempt_ended_with() else { panic!("it was sent back") };
    assert!(error.starts_with("invalid_thing") && error.chars().count() < 100, "{error}");
    scene.keeps_what_was_typed();
}

#[test]
fn an_error_without_a_state_is_said_and_ends_nothing() {
    let mut scene = Scene::waiting();
    for (error, problem) in [
        ("access_denied", Problem::Denied),
        ("server_error", Problem::SentBack { error: "server_error".into() }),
    ] {
        scene.link(&link(&[("error", error)]));
        scene.did(&[]);
        assert_eq!(scene.said_while_waiting(), Some(problem));
    }
    assert_eq!(scene.strays(), 0);

    scene.asks(Intent::OpenAgain);
    scene.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
    assert_eq!(scene.said_while_waiting(), None);

    scene.link(&scene.good_link());
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
}

#[test]
fn no_browser_opens() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::SignIn { anyway: false });
    scene.way_home(Ok(()));
    scene.draws();
    scene.settles();
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(scene.said_while_waiting(), Some(Problem::BrowserNotOpened));
    scene.forget_what_it_did();

    scene.asks(Intent::CopyLink);
    scene.did(&["copy the address"]);
    assert!(scene.clipboard().starts_with("https://accounts.zoho.eu/oauth/v2/auth?"));

    scene.link(&scene.good_link());
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
}

#[test]
fn ten_minutes_pass() {
    let mut scene = Scene::waiting();
    scene.later(minutes(10));
    assert!(scene.is_waiting(), "the last moment still counts");
    scene.later(Duration::from_millis(1));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
    scene.keeps_what_was_typed();
    scene.forget_what_it_did();

    scene.link(&scene.good_link());
    scene.did(&[]);
    assert_eq!(scene.strays(), 1);
}

#[test]
fn an_answer_in_the_last_moment_counts_and_a_later_one_does_not() {
    let mut in_time = Scene::waiting();
    in_time.now = NINE.plus(minutes(10));
    in_time.link(&in_time.good_link());
    in_time.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);

    let mut late = Scene::waiting();
    late.now = NINE.plus(minutes(10)).plus(Duration::from_millis(1));
    late.link(&late.good_link());
    late.did_besides_saving(&[]);
    assert_eq!(late.strays(), 1);
}

#[test]
fn a_clock_set_back_gives_a_consent_ten_minutes_more_and_not_ten_years() {
    let mut scene = Scene::waiting();
    scene.the_clock_says(NINE.minus(Duration::from_secs(10 * 365 * 86_400)));
    assert!(scene.is_waiting());
    scene.later(minutes(11));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
}

#[test]
fn a_clock_set_forward_ends_a_consent() {
    let mut scene = Scene::waiting();
    scene.the_clock_says(NINE.plus(Duration::from_secs(10 * 365 * 86_400)));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
    scene.keeps_what_was_typed();
}

#[test]
fn the_person_stops_while_the_way_home_is_proven() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::SignIn { anyway: false });
    scene.asks(Intent::CancelConsent);
    scene.settles();
    scene.forget_what_it_did();

    scene.way_home(Ok(()));
    scene.draws();
    scene.did(&[]);
    assert_eq!(scene.approval(), Approval::Ready { problem: None });
    scene.keeps_what_was_typed();
}

#[test]
fn the_person_stops_before_the_consent_is_kept_and_no_browser_opens() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::SignIn { anyway: false });
    scene.way_home(Ok(()));
    scene.draws();
    scene.asks(Intent::OpenAgain);
    scene.asks(Intent::CopyLink);
    scene.did_besides_saving(&["prove the way home", "draw"]);

    scene.asks(Intent::CancelConsent);
    scene.settles();
    scene.did_besides_saving(&[]);
    assert_eq!(scene.approval(), Approval::Ready { problem: None });
}

#[test]
fn the_person_stops_while_the_browser_is_open() {
    let mut scene = Scene::waiting();
    scene.asks(Intent::CancelConsent);
    scene.keeps_what_was_typed();
    scene.forget_what_it_did();
    scene.link(&scene.good_link());
    scene.did(&[]);
    assert_eq!(scene.strays(), 1);
}

#[test]
fn tokens_that_come_after_the_person_stopped_are_revoked() {
    let mut scene = Scene::exchanging();
    scene.asks(Intent::CancelConsent);
    scene.keeps_what_was_typed();
    scene.settles();
    scene.forget_what_it_did();

    scene.zoho_says(&tokens());
    scene.did(&["POST accounts.zoho.eu/oauth/v2/token/revoke"]);
    assert_eq!(field(scene.request(), "token").unwrap(), REFRESH);
    scene.keeps_what_was_typed();

    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: "Cliq Europe".into() }]);
}

#[test]
fn tokens_that_come_after_the_draft_was_thrown_away_are_revoked() {
    let mut scene = Scene::exchanging();
    scene.asks(Intent::ForgetDraft);
    scene.settles();
    scene.forget_what_it_did();
    scene.zoho_says(&one_hour());
    scene.did(&["POST accounts.zoho.eu/oauth/v2/token/revoke"]);
    assert_eq!(field(scene.request(), "token").unwrap(), ACCESS);

    scene.no_answer(Unanswered::TimedOut);
    assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: "Cliq Europe".into() }]);
}

#[test]
fn a_refusal_that_comes_after_the_person_stopped_changes_nothing() {
    let mut scene = Scene::exchanging();
    scene.asks(Intent::CancelConsent);
    scene.settles();
    scene.forget_what_it_did();
    let before = scene.snapshot();
    scene.zoho_says(GONE);
    scene.did(&[]);
    assert_eq!(scene.snapshot(), before);
}

#[test]
fn pressing_the_button_twice_opens_one_browser() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::SignIn { anyway: false });
    scene.asks(Intent::SignIn { anyway: false });
    scene.did_besides_saving(&["prove the way home", "draw"]);
    scene.way_home(Ok(()));
    scene.draws();
    scene.settles();
    scene.asks(Intent::SignIn { anyway: true });
    scene.did_besides_saving(&["browse accounts.zoho.eu/oauth/v2/auth"]);
}

#[test]
fn links_lead_to_another_program() {
    let owner = Some("Other Fob".to_owned());
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::SignIn { anyway: false });
    scene.draws();
    scene.way_home(Err(Problem::LinkNotOurs { owner: owner.clone() }));
    scene.did_besides_saving(&["prove the way home", "draw"]);
    assert_eq!(scene.attempt_ended_with(), Problem::LinkNotOurs { owner });
    scene.keeps_what_was_typed();
    scene.settles();

    scene.asks(Intent::SignIn { anyway: true });
    scene.draws();
    scene.settles();
    scene.did_besides_saving(&["draw", "browse accounts.zoho.eu/oauth/v2/auth"]);
    scene.asks(Intent::PasteAddress { text: scene.good_link().into() });
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn the_address_pasted_by_hand_does_what_the_link_does() {
    let whole = Scene::waiting().good_link();
    let query = whole.split_once('?').unwrap().1.to_owned();
    for pasted in [whole.clone(), format!("  \"{whole}\"\n"), format!("?{query}"), query] {
        let mut scene = Scene::waiting();
        scene.asks(Intent::PasteAddress { text: pasted.into() });
        scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
        scene.zoho_says(&tokens());
        assert!(scene.to_confirm().lasts);
        assert_eq!(scene.strays(), 0);
    }
}

#[test]
fn the_address_may_be_pasted_with_a_button() {
    use keyfob_core::intent::PasteField;
    let mut scene = Scene::waiting();
    scene.asks(Intent::Paste { field: PasteField::Address });
    scene.did(&["paste"]);
    scene.answer(Answer::Pasted(Ok(scene.good_link().into())));
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn what_is_wrong_with_a_pasted_text_is_said() {
    let mut scene = Scene::waiting();
    for (pasted, why) in [
        ("hello", PastedProblem::NotAnAddress),
        ("https://accounts.zoho.eu/oauth/v2/auth?client_id=1", PastedProblem::NotAnAddress),
        (&*"x".repeat(1 << 20), PastedProblem::NotAnAddress),
        ("cliqkeyfob://callback?state=a", PastedProblem::NoCode),
        ("cliqkeyfob://callback?code=1000.a.b", PastedProblem::OtherSignIn),
        ("cliqkeyfob://callback?state=another&code=1000.a.b", PastedProblem::OtherSignIn),
    ] {
        scene.asks(Intent::PasteAddress { text: pasted.into() });
        scene.did(&[]);
        assert_eq!(scene.said_while_waiting(), Some(Problem::NotTheAddress { why }), "{}", &pasted[..5]);
    }
    assert_eq!(scene.strays(), 0, "a person's own mistake is no stranger's link");

    scene.asks(Intent::PasteAddress { text: scene.good_link().into() });
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn what_a_consent_asks_for_does_not_change_while_it_is_pending() {
    use keyfob_core::region::RegionCode;
    for mut scene in [Scene::waiting(), Scene::exchanging(), Scene::candidate()] {
        let before = scene.draft();
        scene.asks(Intent::ChooseRegion { region: RegionCode::new("us").unwrap() });
        scene.asks(Intent::GuessRegion { address: "https://cliq.zoho.in".into() });
        scene.asks(Intent::TypeClientId { text: "1000.OTHER".into() });
        scene.asks(Intent::TypeClientSecret { text: "other".into() });
        scene.asks(Intent::ChooseTask { task: "read-channels".into(), on: false });
        scene.asks(Intent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
        scene.asks(Intent::KeepAccess { on: false });
        assert_eq!(scene.draft(), before);
    }
}
