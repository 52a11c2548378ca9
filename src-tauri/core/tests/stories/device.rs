//! A client without a redirect (RFC 8628): the user types a short code in any browser while Keyfob polls Zoho.

use keyfob_core::intent::SignInIntent;
use keyfob_core::notice::{CopiedWhat, NoticeKind};
use keyfob_core::snapshot::{ApprovalView, DeviceView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const HALF_A_MINUTE: std::time::Duration = seconds(30);
const PENDING: &str = r#"{"error":"authorization_pending"}"#;
const POLL: &str = "POST accounts.zoho.eu/oauth/v3/device/token device_token";

/// The wizard is filled in for a Non-browser client.
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
fn device(scene: &Scene) -> DeviceView {
    match scene.approval() {
        ApprovalView::Device(device) => device,
        other => panic!("no code is pending: {other:?}"),
    }
}

/// Advances the time to the next poll.
#[track_caller]
fn polls(scene: &mut Scene) {
    let at = device(scene).asks_at.expect("a poll is due");
    scene.later(at.since(scene.now));
    scene.settles();
    assert_eq!(scene.requests().len(), 1);
}

#[test]
fn a_code_is_requested_without_the_secret_and_shown() {
    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v3/device/code device_request"]);
    assert_eq!(scene.approval(), ApprovalView::AskingForCode);
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
    assert!(shown.qr.is_some_and(|qr| qr.path.starts_with("M4 4h7v1h-7z")), "the corner pattern of every QR code");
    scene.did_besides_saving(&[]);
}

#[test]
fn approval_on_another_device_yields_a_normal_connection() {
    let mut scene = pending();
    scene.later(almost(HALF_A_MINUTE));
    scene.did_besides_saving(&[]);
    scene.later(seconds(1));
    scene.did_besides_saving(&[POLL]);
    let call = scene.request();
    assert_eq!(field(call, "client_secret").as_deref(), Some(CLIENT_SECRET));
    assert_eq!(field(call, "code").as_deref(), Some(DEVICE_CODE));
    scene.zoho_says(PENDING);

    polls(&mut scene);
    scene.asks(SignInIntent::GoHome);
    scene.zoho_says(&tokens());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm }, "the tokens are shown wherever the user was");
    scene.keeps("Finance bot");
    scene.later(minutes(56));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}

#[test]
fn one_poll_at_a_time_however_slow_the_response() {
    let mut scene = pending();
    polls(&mut scene);
    assert_eq!(device(&scene).asks_at, None);
    scene.later(minutes(2));
    assert_eq!(scene.requests().len(), 1);
    scene.zoho_says(PENDING);
    let shown = device(&scene);
    assert_eq!(shown.asks_at, Some(scene.now.plus(HALF_A_MINUTE)), "the interval begins with the response");
}

#[test]
fn slow_down_is_obeyed() {
    let mut scene = pending();
    polls(&mut scene);
    scene.zoho_says(r#"{"error":"slow_down"}"#);
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(seconds(45))));
    polls(&mut scene);
    scene.zoho_says(PENDING);
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(seconds(45))), "the longer interval stays");
}

#[test]
fn seconds_and_milliseconds_are_read_and_intervals_clamped() {
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
fn an_account_in_another_region_is_polled_there() {
    let mut scene = pending();
    polls(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#);
    scene.forget_what_it_did();
    polls(&mut scene);
    scene.did_besides_saving(&["POST accounts.zoho.in/oauth/v3/device/token device_token"]);
    scene.zoho_says(PENDING);
    polls(&mut scene);
    scene.zoho_says(&tokens());
    let candidate = scene.to_confirm();
    assert!(candidate.elsewhere && candidate.region == RegionCode::new("in").unwrap());
    scene.keeps("Finance bot");
    scene.later(minutes(56));
    scene.did_besides_saving(&["POST accounts.zoho.in/oauth/v2/token refresh_token"]);
}

#[test]
fn an_unknown_region_is_named_and_gets_no_request() {
    for (named, shown) in [("mars", "mars"), ("https://evil.example", "https://evil.example"), ("", "")] {
        let mut scene = pending();
        polls(&mut scene);
        scene.forget_what_it_did();
        scene.zoho_says(&format!(r#"{{"error":"other_dc","user_location":"{named}"}}"#));
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: shown.into() });
        scene.later(minutes(10));
        scene.did_besides_saving(&["raise"]);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn two_regions_that_name_each_other_end_the_attempt() {
    let mut scene = pending();
    polls(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#);
    polls(&mut scene);
    scene.zoho_says(r#"{"error":"other_dc","user_location":"eu"}"#);
    assert_eq!(scene.attempt_ended_with(), Problem::Refused { error: "other_dc".into() });
    assert!(scene.requests().is_empty());
}

#[test]
fn an_expired_code_is_reported_and_a_new_one_can_be_requested() {
    for gone in ["expired", "invalid_code"] {
        let mut scene = pending();
        polls(&mut scene);
        scene.zoho_says(&format!(r#"{{"error":"{gone}"}}"#));
        assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
        scene.keeps_what_was_typed();
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v3/device/code device_request"]);
    }
}

#[test]
pub fn an_expired_code_is_polled_once_more() {
    let mut scene = pending();
    while scene.now < NINE.plus(minutes(5)) {
        polls(&mut scene);
        if scene.now < NINE.plus(minutes(5)) {
            scene.zoho_says(PENDING);
        }
    }
    assert_eq!(device(&scene).ends, scene.now, "the last poll");
    let mut late = scene.starts_again();
    scene.zoho_says(PENDING);
    assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
    scene.later(minutes(10));
    assert!(scene.requests().is_empty());

    late.later(HALF_A_MINUTE);
    late.zoho_says(&tokens());
    assert_eq!(late.screen(), Screen::Wizard { step: Step::Confirm }, "an approval at the last moment counts");
}

#[test]
fn a_machine_that_slept_polls_once_on_waking() {
    let mut scene = pending();
    scene.the_clock_says(NINE.plus(minutes(180)));
    assert_eq!(scene.requests().len(), 1);
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(scene.attempt_ended_with(), Problem::DeviceCodeExpired);
    assert!(scene.requests().is_empty());
}

#[test]
fn a_clock_set_back_does_not_delay_polling_for_hours() {
    let mut scene = pending();
    polls(&mut scene);
    scene.zoho_says(PENDING);
    scene.the_clock_says(NINE.minus(minutes(180)));
    let shown = device(&scene);
    assert_eq!((shown.began, shown.asks_at), (scene.now, Some(scene.now.plus(HALF_A_MINUTE))));
}

#[test]
fn a_failed_poll_keeps_the_code_and_is_repeated() {
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
        polls(&mut scene);
        scene.replies(outcome);
        assert!(device(&scene).problem.is_some());
    }
    polls(&mut scene);
    scene.zoho_says(PENDING);
    assert_eq!(device(&scene).problem, None);
    polls(&mut scene);
    scene.zoho_says(&tokens());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm });
}

#[test]
fn a_throttle_delays_the_poll_at_most_to_the_codes_expiry() {
    let mut scene = pending();
    polls(&mut scene);
    scene.replies(reply_asking_for("120", 429, ""));
    assert_eq!(device(&scene).asks_at, Some(scene.now.plus(minutes(2))));
    scene.later(minutes(2));
    scene.replies(reply(200, TOO_MANY));
    assert_eq!(
        device(&scene).asks_at,
        Some(device(&scene).ends),
        "a quarter of an hour is longer than the code's lifetime"
    );
}

#[test]
fn a_refusal_ends_the_attempt_with_its_reason() {
    let eu = || RegionCode::new("eu").unwrap();
    let refusals = [
        (r#"{"error":"access_denied"}"#, Problem::Denied),
        (r#"{"error":"invalid_client"}"#, Problem::ClientUnknown { region: eu() }),
        (r#"{"error":"invalid_client_secret"}"#, Problem::SecretWrong),
    ];
    for (body, problem) in refusals {
        let mut scene = pending();
        polls(&mut scene);
        scene.zoho_says(body);
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn a_refused_or_garbled_code_request_ends_the_attempt() {
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
fn the_code_is_copied_as_plain_text_and_the_address_as_secret() {
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
fn a_browser_failure_is_reported_and_the_code_stays() {
    let mut scene = pending();
    scene.asks(SignInIntent::OpenAgain);
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(device(&scene).problem, Some(Problem::BrowserNotOpened));
}

#[test]
fn cancelling_stops_polling_and_revokes_late_tokens() {
    let mut scene = pending();
    polls(&mut scene);
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
fn a_pending_device_sign_in_cannot_be_changed() {
    let mut scene = pending();
    let before = scene.draft();
    scene.asks(SignInIntent::TypeClientId { text: "1000.OTHER".into() });
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::Mobile });
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(scene.draft(), before);
}

#[test]
fn a_restart_resumes_polling_no_sooner() {
    let mut scene = pending();
    polls(&mut scene);
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
pub fn a_poll_waits_for_its_save_and_a_failed_save_skips_it() {
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
fn a_code_spent_before_a_restart_is_reported_as_cut_off() {
    for (hears, then) in [(None, Problem::ExchangeCutOff), (Some(PENDING), Problem::DeviceCodeExpired)] {
        let mut scene = pending();
        polls(&mut scene);
        let mut again = scene.starts_again();
        if let Some(answer) = hears {
            polls(&mut again);
            again.zoho_says(answer);
            again = again.starts_again();
        }
        polls(&mut again);
        again.zoho_says(r#"{"error":"invalid_code"}"#);
        assert_eq!(again.attempt_ended_with(), then);
        again.keeps_what_was_typed();
    }
}

#[test]
fn a_stray_link_does_not_disturb_polling() {
    let mut scene = pending();
    scene.link(&good_link());
    assert_eq!(scene.strays(), 1);
    assert!(scene.requests().is_empty());
    device(&scene);
}
