//! A client without a redirect: a short code is typed in any browser, and Zoho is asked now and then.

use keyfob_core::intent::SignInIntent;
use keyfob_core::notice::{CopiedWhat, NoticeKind};
use keyfob_core::snapshot::{Approval, Device, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const HALF_A_MINUTE: std::time::Duration = seconds(30);
const PENDING: &str = r#"{"error":"authorization_pending"}"#;
const POLL: &str = "POST accounts.zoho.eu/oauth/v3/device/token device_token";

/// Filled in, for a Non-browser client.
fn ready() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

/// The code is on the screen.
fn pending() -> Scene {
    pending_with(&device_code())
}

fn pending_with(reply: &str) -> Scene {
    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.zoho_says(reply);
    scene.settles();
    scene.forget_what_it_did();
    scene
}

#[track_caller]
fn device(scene: &Scene) -> Device {
    match scene.approval() {
        Approval::Device(device) => device,
        other => panic!("no code is pending: {other:?}"),
    }
}

/// Time passes until Zoho has been asked once more.
#[track_caller]
fn is_asked(scene: &mut Scene) {
    let at = device(scene).asks_at.expect("no question is under way");
    scene.later(at.since(scene.now));
    scene.settles();
    assert_eq!(scene.requests().len(), 1);
}

#[test]
fn a_code_is_asked_for_without_the_secret_and_shown() {
    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v3/device/code device_request"]);
    assert_eq!(scene.approval(), Approval::AskingForCode);
    let call = scene.request();
    assert_eq!(field(call, "client_id").as_deref(), Some(CLIENT_ID));
    assert_eq!(field(call, "client_secret"), None);
    assert_eq!(
        field(call, "scope").as_deref(),
        Some("AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ")
    );
    assert_eq!(field(call, "access_type").as_deref(), Some("offline"));
    assert_eq!(field(call, "prompt").as_deref(), Some("consent"));

    scene.zoho_says(&device_code());
    let shown = device(&scene);
    assert_eq!(
        (shown.user_code.as_str(), shown.page.as_str()),
        ("WDJB-MJHT", "https://accounts.zoho.eu/oauth/v3/device")
    );
    assert_eq!((shown.began, shown.ends), (NINE, NINE.plus(minutes(5))));
    assert_eq!((shown.asked_at, shown.asks_at), (None, Some(NINE.plus(HALF_A_MINUTE))));
    assert!(shown.qr.is_some_and(|qr| qr.path.starts_with("M4 4h7v1h-7z")), "the corner of every QR code");
    scene.did_besides_saving(&[]);
}

#[test]
fn approved_elsewhere_it_becomes_a_connection_that_refreshes_as_any_other() {
    let mut scene = pending();
    scene.later(almost(HALF_A_MINUTE));
    scene.did_besides_saving(&[]);
    scene.later(seconds(1));
    scene.did_besides_saving(&[POLL]);
    let call = scene.request();
    assert_eq!(field(call, "client_secret").as_deref(), Some(CLIENT_SECRET));
    assert_eq!(field(call, "code").as_deref(), Some(DEVICE_CODE));
    scene.zoho_says(PENDING);

    is_asked(&mut scene);
    scene.asks(SignInIntent::GoHome);
    scene.zoho_says(&tokens());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm }, "wherever the person was, it is shown");
    scene.keeps("Finance bot");
    scene.later(minutes(56));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}

#[test]
fn one_question_at_a_time_however_long_its_answer_takes() {
    let mut scene = pending();
    is_asked(&mut scene);
    assert_eq!(device(&scene).asks_at, None);
    scene.later(minutes(2));
    assert_eq!(scene.requests().len(), 1);
    scene.zoho_says(PENDING);
    let shown = device(&scene);
    assert_eq!(shown.asks_at, Some(scene.now.plus(HALF_A_MINUTE)), "counted from the answer");
}

#[test]
fn slow_down_is_obeyed() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.zoho_says(r#"{"error":"slow_down"}"#);
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(seconds(45))));
    is_asked(&mut scene);
    scene.zoho_says(PENDING);
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(seconds(45))), "from then on");
}

#[test]
fn seconds_and_milliseconds_are_understood_and_nothing_makes_it_hurry() {
    let units = |interval: &str, lifetime: &str| {
        let reply = device_code().replace("\"interval\":30000", &format!("\"interval\":{interval}"));
        let scene = pending_with(&reply.replace("300000", lifetime));
        let shown = device(&scene);
        (shown.asks_at.unwrap().since(NINE).as_secs(), shown.ends.since(NINE).as_secs())
    };
    assert_eq!(units("30000", "300000"), (30, 300));
    assert_eq!(units("30", "300"), (30, 300));
    assert_eq!(units("\"60000\"", "\"600000\""), (60, 600));
    assert_eq!(units("5", "60"), (30, 60));
    assert_eq!(units("5000", "60000"), (30, 60));
    assert_eq!(units("-1", "5"), (30, 300));
    assert_eq!(units("null", "1e300"), (30, 300));
    assert_eq!(units("1e300", "null"), (300, 300));
    assert_eq!(units("45", "1800"), (45, 1_800));
}

#[test]
fn an_account_in_another_region_is_asked_about_there() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#);
    scene.forget_what_it_did();
    is_asked(&mut scene);
    scene.did_besides_saving(&["POST accounts.zoho.in/oauth/v3/device/token device_token"]);
    scene.zoho_says(PENDING);
    is_asked(&mut scene);
    scene.zoho_says(&tokens());
    let candidate = scene.to_confirm();
    assert!(candidate.elsewhere && candidate.region == RegionCode::new("in").unwrap());
    scene.keeps("Finance bot");
    scene.later(minutes(56));
    scene.did_besides_saving(&["POST accounts.zoho.in/oauth/v2/token refresh_token"]);
}

#[test]
fn a_region_nobody_knows_is_named_and_hears_nothing() {
    for (named, shown) in [("mars", "mars"), ("https://evil.example", "https://evil.example"), ("", "")] {
        let mut scene = pending();
        is_asked(&mut scene);
        scene.forget_what_it_did();
        scene.zoho_says(&format!(r#"{{"error":"other_dc","user_location":"{named}"}}"#));
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: shown.into() });
        scene.later(minutes(10));
        scene.did_besides_saving(&["raise"]);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn two_regions_that_name_each_other_end_it() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#);
    is_asked(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"eu"}"#);
    assert_eq!(scene.attempt_ended_with(), Problem::Refused { error: "other_dc".into() });
    assert!(scene.requests().is_empty());
}

#[test]
fn a_code_that_ran_out_is_said_to_have_and_the_button_begins_anew() {
    for gone in ["expired", "invalid_code"] {
        let mut scene = pending();
        is_asked(&mut scene);
        scene.zoho_says(&format!(r#"{{"error":"{gone}"}}"#));
        assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
        scene.keeps_what_was_typed();
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v3/device/code device_request"]);
    }
}

#[test]
pub fn when_the_time_is_over_it_is_asked_about_once_more() {
    let mut scene = pending();
    while scene.now < NINE.plus(minutes(5)) {
        is_asked(&mut scene);
        if scene.now < NINE.plus(minutes(5)) {
            scene.zoho_says(PENDING);
        }
    }
    assert_eq!(device(&scene).ends, scene.now, "the last question");
    let mut late = scene.starts_again();
    scene.zoho_says(PENDING);
    assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
    scene.later(minutes(10));
    assert!(scene.requests().is_empty());

    late.later(HALF_A_MINUTE);
    late.zoho_says(&tokens());
    assert_eq!(late.screen(), Screen::Wizard { step: Step::Confirm }, "who approved at the last moment is heard");
}

#[test]
fn a_machine_that_slept_asks_once_on_waking() {
    let mut scene = pending();
    scene.the_clock_says(NINE.plus(minutes(180)));
    assert_eq!(scene.requests().len(), 1);
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
    assert!(scene.requests().is_empty());
}

#[test]
fn a_clock_that_was_set_back_does_not_make_it_wait_for_hours() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.zoho_says(PENDING);
    scene.the_clock_says(NINE.minus(minutes(180)));
    let shown = device(&scene);
    assert_eq!((shown.began, shown.asks_at), (scene.now, Some(scene.now.plus(HALF_A_MINUTE))));
}

#[test]
fn while_the_network_is_away_the_code_stays_and_zoho_is_asked_again() {
    let mut scene = pending();
    let troubles = [
        Err(TransportError::Unreachable),
        Err(TransportError::TimedOut),
        web_page(),
        reply(502, ""),
        reply(200, r#"{"error":"something_new"}"#),
        reply(200, r#"{"status":"success"}"#),
    ];
    for outcome in troubles {
        is_asked(&mut scene);
        scene.replies(outcome);
        assert!(device(&scene).problem.is_some());
    }
    is_asked(&mut scene);
    scene.zoho_says(PENDING);
    assert_eq!(device(&scene).problem, None);
    is_asked(&mut scene);
    scene.zoho_says(&tokens());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm });
}

#[test]
fn a_throttle_is_waited_for_and_the_last_moment_asked_about() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.replies(reply_asking_for("120", 429, ""));
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(minutes(2))));
    scene.later(minutes(2));
    scene.replies(reply(200, TOO_MANY));
    assert_eq!(device(&scene).asks_at, Some(device(&scene).ends), "a quarter of an hour is longer than the code lives");
}

#[test]
fn what_zoho_refuses_ends_it_with_the_reason() {
    let eu = || RegionCode::new("eu").unwrap();
    let refusals = [
        (r#"{"error":"access_denied"}"#, Problem::Denied),
        (r#"{"error":"invalid_client"}"#, Problem::ClientUnknown { region: eu() }),
        (r#"{"error":"invalid_client_secret"}"#, Problem::SecretWrong),
    ];
    for (body, problem) in refusals {
        let mut scene = pending();
        is_asked(&mut scene);
        scene.zoho_says(body);
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn no_code_comes_of_a_refusal_or_of_an_answer_that_is_none() {
    let host = || "accounts.zoho.eu".to_owned();
    let answers = [
        (r#"{"error":"invalid_scope"}"#.to_owned(), Problem::ScopeUnknown),
        (r#"{"error":"invalid_client"}"#.to_owned(), Problem::ClientUnknown { region: RegionCode::new("eu").unwrap() }),
        (
            device_code().replace("WDJB-MJHT\",\"device", "<b>type this</b>\",\"device"),
            Problem::Garbled { host: host() },
        ),
        (device_code().replace("device_code", "other"), Problem::Garbled { host: host() }),
        ("{}".to_owned(), Problem::Garbled { host: host() }),
    ];
    for (body, problem) in answers {
        let mut scene = ready();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.zoho_says(&body);
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn a_page_at_another_server_is_never_opened() {
    let mut scene = pending();
    scene.asks(SignInIntent::OpenAgain);
    scene.browser_opens();
    assert_eq!(scene.address().as_str(), "https://accounts.zoho.eu/oauth/v3/device?user_code=WDJB-MJHT");
    for evil in [
        "https://evil.example",
        "http://accounts.zoho.eu",
        "https://accounts.zoho.eu:444",
        "https://u:p@accounts.zoho.eu",
    ] {
        let mut scene = pending_with(&device_code().replace("https://accounts.zoho.eu", evil));
        assert_eq!(device(&scene).page, "https://accounts.zoho.eu/oauth/v3/device");
        scene.asks(SignInIntent::OpenAgain);
        assert_eq!(scene.address().as_str(), "https://accounts.zoho.eu/oauth/v3/device");
    }
}

#[test]
fn the_code_is_copied_in_the_open_and_the_address_is_not() {
    let mut scene = pending();
    scene.asks(SignInIntent::CopyUserCode);
    assert_eq!(scene.clipboard(), "WDJB-MJHT");
    scene.answer(Answer::Copied(Ok(())));
    let copied = scene.snapshot().copied.unwrap();
    assert_eq!((copied.what, copied.clears_at), (CopiedWhat::UserCode, None));
    scene.asks(SignInIntent::CopyLink);
    assert_eq!(scene.clipboard(), "https://accounts.zoho.eu/oauth/v3/device?user_code=WDJB-MJHT");
    scene.answer(Answer::Copied(Ok(())));
    assert_eq!(scene.snapshot().copied.unwrap().clears_at, Some(scene.now.plus(seconds(30))));
}

#[test]
fn a_browser_that_does_not_open_is_said_and_the_code_stays() {
    let mut scene = pending();
    scene.asks(SignInIntent::OpenAgain);
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(device(&scene).problem, Some(Problem::BrowserNotOpened));
}

#[test]
fn cancelled_nothing_more_is_asked_and_tokens_that_still_come_are_revoked() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.forget_what_it_did();
    scene.asks(SignInIntent::CancelConsent);
    assert_eq!(scene.approval(), READY);
    scene.zoho_says(&tokens());
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: "Cliq Europe".into() }]);
    scene.later(minutes(10));
    scene.did_besides_saving(&[]);

    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::CancelConsent);
    assert_eq!(scene.approval(), READY);
}

#[test]
fn while_it_is_pending_what_it_asks_for_does_not_change() {
    let mut scene = pending();
    let before = scene.draft();
    scene.asks(SignInIntent::TypeClientId { text: "1000.OTHER".into() });
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::Mobile });
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(scene.draft(), before);
}

#[test]
fn a_restart_goes_on_where_it_was_and_asks_no_sooner() {
    let mut scene = pending();
    is_asked(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#);
    scene.settles();
    scene.later(seconds(10));
    let mut again = scene.starts_again();
    assert_eq!(device(&again), device(&scene));
    again.later(seconds(19));
    again.did_besides_saving(&[]);
    again.later(seconds(1));
    again.did_besides_saving(&["POST accounts.zoho.in/oauth/v3/device/token device_token"]);

    let mut asking = ready();
    asking.asks(SignInIntent::SignIn { anyway: false });
    asking.settles();
    assert_eq!(asking.starts_again().approval(), READY);
}

#[test]
pub fn zoho_is_asked_only_after_the_save_that_says_so_and_where_it_fails_the_next_time() {
    let mut scene = pending();
    scene.slow_disk = true;
    scene.later(HALF_A_MINUTE);
    scene.did(&["save"]);
    scene.saving_fails();
    scene.did_besides_saving(&[]);
    assert_eq!(device(&scene).problem, Some(no_space()));
    scene.later(HALF_A_MINUTE);
    scene.settles();
    scene.did_besides_saving(&[POLL]);
}

// Shows S2.
#[test]
fn a_code_whose_tokens_went_with_a_keyfob_that_ended_is_said_to_be() {
    for (hears, then) in [(None, Problem::ExchangeCutOff), (Some(PENDING), Problem::DeviceCodeExpired)] {
        let mut scene = pending();
        is_asked(&mut scene);
        let mut again = scene.starts_again();
        if let Some(answer) = hears {
            is_asked(&mut again);
            again.zoho_says(answer);
            again = again.starts_again();
        }
        is_asked(&mut again);
        again.zoho_says(r#"{"error":"invalid_code"}"#);
        assert_eq!(again.attempt_ended_with(), then);
        again.keeps_what_was_typed();
    }
}

#[test]
fn a_stray_link_does_not_disturb_it() {
    let mut scene = pending();
    scene.link(&good_link());
    assert_eq!(scene.strays(), 1);
    assert!(scene.requests().is_empty());
    device(&scene);
}
