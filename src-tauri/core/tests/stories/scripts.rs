//! Requests of programs on the command line.
//!
//! 1. No program gets a token before the user allows it for that connection. After a denial nobody is asked again.
//! 2. A token is valid for as long as requested; if necessary it is refreshed once for all who wait.
//! 3. Every program gets a reply, whatever happens meanwhile.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::activity::Happened;
use keyfob_core::cli::{Caller, CliAnswer, CliError, CliReply, CliRequest, ListedState, PERSON_TIME};
use keyfob_core::confirmation::Decision;
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{AppIntent, CliIntent, RevokeIntent, SignInIntent, TokensIntent};
use keyfob_core::script_access::ScriptAccess;
use keyfob_core::{Answer, Desk, Effect, Event, Moment, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::probe::Proof;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const BOT: &str = "Finance bot";

fn token(name: &str, good_for: u64) -> CliRequest {
    CliRequest::Token { name: name.to_owned(), good_for, shape: Shape::Token, issued_after: None }
}

fn refresh() -> CliRequest {
    CliRequest::Refresh { name: BOT.to_owned() }
}

fn test() -> CliRequest {
    CliRequest::Test { name: BOT.to_owned() }
}

impl Scene {
    #[track_caller]
    pub fn script(&mut self, caller: u64, request: CliRequest) {
        self.happens(Event::ScriptAsked { caller: Caller(caller), request });
    }

    #[track_caller]
    pub fn is_told(&mut self, what: &[&str]) {
        self.did_besides_saving(what);
    }

    /// Sends a request and returns why it failed.
    #[track_caller]
    pub fn script_fails(&mut self, request: CliRequest) -> CliError {
        let effects = self.desk.handle(Event::ScriptAsked { caller: Caller(99), request }, self.now);
        let told = effects.into_iter().find_map(|effect| match effect {
            Effect::TellScript(Caller(99), CliReply::Said(CliAnswer::NotDone { why })) => Some(why),
            _ => None,
        });
        told.expect("the request fails")
    }
}

/// A connection whose token the user lets programs read.
fn open_to_scripts() -> (Scene, ConnectionId) {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.settles();
    scene.forget_what_it_did();
    (scene, id)
}

// Shows T28; ASVS 10.1.1.
#[test]
fn programs_wait_while_the_user_is_asked_once() {
    let (mut scene, _) = Scene::connected();
    assert_eq!(scene.card().scripts, ScriptAccess::NotAsked);
    scene.script(1, token(BOT, 300));
    scene.is_told(&["tell 1 that the user is asked", "ask in front to let scripts read Finance bot"]);
    scene.script(2, token(BOT, 300));
    scene.is_told(&["tell 2 that the user is asked"]);

    scene.allows();
    scene.is_told(&["give 1 the token", "give 2 the token"]);
    assert_eq!(scene.card().scripts, ScriptAccess::Allowed);
    scene.script(3, token(BOT, 300));
    scene.is_told(&["give 3 the token"]);
}

#[test]
fn consent_is_not_asked_again_while_zoho_responds() {
    let (mut scene, id) = Scene::connected();
    scene.asks(TokensIntent::KeepFresh { id, on: false });
    scene.later(minutes(58));
    scene.forget_what_it_did();
    scene.script(1, token(BOT, 300));
    scene.allows();
    scene.later(PERSON_TIME);
    scene.is_told(&[
        "tell 1 that the user is asked",
        "ask in front to let scripts read Finance bot",
        "POST accounts.zoho.eu/oauth/v2/token refresh_token",
    ]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.is_told(&["give 1 the token"]);
}

// Shows T28.
#[test]
fn a_denied_program_is_refused_without_another_question() {
    let (mut scene, _) = Scene::connected();
    scene.script(1, refresh());
    scene.answer(Answer::Confirmed(Decision::Deny));
    assert_eq!(scene.last_done().unwrap(), r"tell 1: NotDone { why: NotAllowed { denied: true } }");
    scene.forget_what_it_did();
    for request in [token(BOT, 0), refresh(), test()] {
        assert_eq!(scene.script_fails(request), CliError::NotAllowed { denied: true });
    }
    let again = scene.starts_again();
    assert_eq!(again.card().scripts, ScriptAccess::Denied, "the denial is saved");
}

#[test]
fn a_dismissed_question_fails_all_waiting_and_can_be_repeated() {
    let (mut scene, _) = Scene::connected();
    scene.script(1, token(BOT, 300));
    scene.script(2, refresh());
    scene.forget_what_it_did();
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    let turned_away = "NotDone { why: NotAllowed { denied: false } }";
    scene.did(&[&format!("tell 1: {turned_away}"), &format!("tell 2: {turned_away}")]);
    assert_eq!(scene.card().scripts, ScriptAccess::NotAsked);
    scene.script(3, token(BOT, 300));
    scene.is_told(&["tell 3 that the user is asked", "ask to let scripts read Finance bot"]);
}

// Shows T28.
#[test]
fn an_unanswered_question_ends_and_is_not_raised_repeatedly() {
    let (mut scene, id) = Scene::connected();
    scene.script(1, token(BOT, 300));
    scene.forget_what_it_did();
    scene.later(PERSON_TIME);
    scene.is_told(&["tell 1: NotDone { why: NotAllowed { denied: false } }", "stop asking"]);

    scene.script(2, token(BOT, 300));
    scene.is_told(&["tell 2 that the user is asked", "ask to let scripts read Finance bot"]);
    scene.happens(Event::ScriptLeft(Caller(2)));
    scene.is_told(&["stop asking"]);
    scene.later(minutes(10));
    scene.forget_what_it_did();
    scene.script(3, token(BOT, 300));
    scene.is_told(&["tell 3 that the user is asked", "ask in front to let scripts read Finance bot"]);
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.settles();
    scene.zoho_says(REVOKED);
    assert_eq!(scene.last_done().unwrap(), "stop asking");
    assert_eq!(scene.count(|e| matches!(e, Effect::TellScript(Caller(3), CliReply::Said(_)))), 1);
}

#[test]
fn one_refresh_gives_all_callers_the_new_token() {
    let (mut scene, id) = open_to_scripts();
    scene.later(almost(minutes(58)));
    scene.replies(Err(TransportError::Unreachable));
    scene.forget_what_it_did();
    scene.asks(TokensIntent::Refresh { id });
    scene.forget_what_it_did();
    for caller in 0..64 {
        scene.script(caller, token(BOT, 300));
    }
    scene.is_told(&[]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    let expected: Vec<String> = (0..64).map(|caller| format!("give {caller} the token")).collect();
    scene.is_told(&expected.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(scene.card().access, masked(SECOND_ACCESS));
}

#[test]
fn a_token_lasts_as_long_as_requested_or_is_refreshed() {
    let (mut scene, _) = open_to_scripts();
    scene.later(minutes(10));
    scene.script(1, token(BOT, 50 * 60));
    scene.is_told(&["give 1 the token"]);
    scene.script(2, token(BOT, 50 * 60 + 1));
    scene.is_told(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.is_told(&["give 2 the token"]);
    let ends = scene.card().expires_at;

    scene.script(3, token(BOT, 61 * 60));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().expires_at, ends);
    scene.is_told(&[
        "POST accounts.zoho.eu/oauth/v2/token refresh_token",
        &format!("tell 3: NotDone {{ why: TooShort {{ expires_at: {ends:?} }} }}"),
    ]);
}

#[test]
fn a_token_issued_by_a_wrong_clock_is_not_given_out() {
    let (mut scene, _) = open_to_scripts();
    scene.now = Moment::from_millis(1_000_000_000_000);
    scene.script(1, token(BOT, 300));
    scene.is_told(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.is_told(&["give 1 the token"]);
}

#[test]
fn a_token_read_is_formatted_and_listed_once_a_day() {
    let (mut scene, id) = open_to_scripts();
    let given = |scene: &mut Scene, shape| {
        let request = CliRequest::Token { name: BOT.to_owned(), good_for: 300, shape, issued_after: None };
        let effects = scene.desk.handle(Event::ScriptAsked { caller: Caller(1), request }, scene.now);
        effects.into_iter().find_map(|effect| match effect {
            Effect::TellScript(_, CliReply::Token(text)) => Some(text.expose_secret().to_owned()),
            _ => None,
        })
    };
    assert_eq!(given(&mut scene, Shape::Token).unwrap(), ACCESS);
    assert_eq!(given(&mut scene, Shape::ZohoHeader).unwrap(), format!("Authorization: Zoho-oauthtoken {ACCESS}"));
    scene.asks(SignInIntent::Open { id });
    let told = scene.snapshot().page.unwrap().activity;
    assert_eq!((&told[0].what, told[0].times), (&Happened::ReadByScript, 2));
}

#[test]
fn a_problem_is_reported_without_a_useless_request() {
    let (mut scene, _) = open_to_scripts();
    scene.script(1, refresh());
    scene.no_answer(TransportError::Unreachable);
    let unreachable = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    scene.forget_what_it_did();
    let failed = |problem: &Problem, needs_you| CliError::Failed { problem: problem.clone(), needs_you };
    assert_eq!(scene.script_fails(refresh()), failed(&unreachable, false), "the back-off of half a minute applies");
    scene.now = scene.now.plus(almost(seconds(30)));
    assert_eq!(scene.script_fails(refresh()), failed(&unreachable, false));
    scene.script(2, token(BOT, 300));
    scene.is_told(&["give 2 the token"]);

    scene.now = scene.now.plus(seconds(1));
    scene.script(3, refresh());
    scene.is_told(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(GONE);
    scene.forget_what_it_did();
    scene.now = scene.now.plus(minutes(56));
    assert_eq!(scene.script_fails(token(BOT, 300)), failed(&Problem::GrantEnded, true));
    assert_eq!(scene.script_fails(test()), failed(&Problem::GrantEnded, true));
    assert!(scene.notices().is_empty(), "a program's failure shows no notice: {:?}", scene.notices());
}

#[test]
fn the_limit_of_ten_in_ten_minutes_applies_to_programs_too() {
    let (mut scene, _) = open_to_scripts();
    for caller in 1..10 {
        scene.script(caller, refresh());
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    let why = scene.script_fails(refresh());
    let until = scene.now.plus(minutes(10));
    assert_eq!(why, CliError::Failed { problem: Problem::TooManyTokens { until, uncertain: false }, needs_you: false });
    scene.forget_what_it_did();
    scene.script(20, token(BOT, 300));
    scene.is_told(&["give 20 the token"]);
}

#[test]
fn a_test_reports_cliqs_answer() {
    let (mut scene, _) = open_to_scripts();
    scene.script(1, test());
    scene.script(2, test());
    scene.is_told(&["GET cliq.zoho.eu/api/v2/statuses/current"]);
    scene.zoho_says_at("/statuses/current", AVAILABLE);
    let works = format!("{:?}", CliAnswer::Tested { proof: Proof::Works });
    scene.is_told(&[&format!("tell 1: {works}"), &format!("tell 2: {works}")]);
}

#[test]
fn a_connection_is_found_by_name_or_id_and_listed_with_status() {
    let (mut scene, id) = open_to_scripts();
    let other = scene.connects("Zeta");
    scene.forget_what_it_did();
    for name in [BOT, "finance BOT", &format!("#{}", id.0)] {
        scene.script(1, token(name, 0));
        scene.is_told(&["give 1 the token"]);
    }
    assert_eq!(
        scene.script_fails(token("Finance", 0)),
        CliError::Unknown { names: vec![BOT.to_owned(), "Zeta".to_owned()] }
    );
    let effects = scene.desk.handle(Event::ScriptAsked { caller: Caller(1), request: CliRequest::List }, scene.now);
    let Some(Effect::TellScript(_, CliReply::Said(CliAnswer::Listed { connections, .. }))) = effects.first() else {
        panic!("the list is not returned immediately: {effects:?}")
    };
    let told: Vec<_> = connections.iter().map(|c| (c.id, c.name.as_str(), c.state, c.scripts)).collect();
    let fresh = ListedState::Fresh;
    assert_eq!(told, [(id, BOT, fresh, ScriptAccess::Allowed), (other, "Zeta", fresh, ScriptAccess::NotAsked)]);
}

#[test]
fn the_page_shows_and_copies_the_command_for_a_script() {
    let (mut scene, id) = open_to_scripts();
    for (name, command) in [
        (BOT, "keyfob token 'Finance bot'"),
        ("Maya's bot", r"keyfob token 'Maya'\''s bot'"),
        ("-x $(reboot)", "keyfob token -- '-x $(reboot)'"),
    ] {
        scene.asks(AppIntent::Rename { id, name: name.to_owned() });
        scene.settles();
        scene.forget_what_it_did();
        scene.asks(SignInIntent::Open { id });
        assert_eq!(scene.snapshot().page.unwrap().command, command);
        scene.asks(CliIntent::CopyCommand { id });
        scene.did(&[&format!("copy {command}")]);
    }
}

#[test]
fn programs_wait_for_the_vault_and_learn_if_it_fails() {
    let (scene, _) = open_to_scripts();
    let mut again = scene.is_started_again();
    again.forget_what_it_did();
    again.script(1, token(BOT, 300));
    again.is_told(&[]);
    again.vault_fails(Problem::KeyringLocked);
    again.is_told(&["tell 1: NotDone { why: NotOpen { problem: KeyringLocked } }"]);
    assert_eq!(again.script_fails(CliRequest::List), CliError::NotOpen { problem: Problem::KeyringLocked });
}

#[test]
fn without_a_user_only_the_requested_action_runs() {
    let (mut scene, id) = open_to_scripts();
    scene.connects("Zeta");
    let mut alone = Scene::new();
    (alone.desk, alone.now) = (Desk::unattended(), scene.now.plus(days(3)));
    alone.starts(None);
    alone.vault_opens(scene.saved.clone());
    alone.later(minutes(5));
    assert_eq!((alone.looks_at, alone.last_done().as_deref()), (None, Some("open the vault with the keyring")));
    alone.forget_what_it_did();
    assert_eq!(alone.script_fails(token("Zeta", 300)), CliError::NotAllowed { denied: false });

    alone.script(1, token(BOT, 300));
    alone.is_told(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    alone.zoho_says(&renewed(SECOND_ACCESS));
    alone.did(&["give 1 the token", "save"]);
    alone.settles();
    assert_eq!(alone.starts_again().card_of(id).access, masked(SECOND_ACCESS), "the next run finds the token");
}

// Shows ASVS 13.2.6.
#[test]
fn the_number_of_waiting_programs_is_limited() {
    let (mut scene, _) = Scene::connected();
    for caller in 0..256 {
        scene.script(caller, token(BOT, 300));
    }
    assert_eq!(scene.script_fails(token(BOT, 300)), CliError::Busy);
}

#[test]
fn a_clock_set_back_does_not_keep_programs_waiting() {
    let (mut scene, _) = Scene::connected();
    scene.script(1, token(BOT, 300));
    scene.now = Moment::from_millis(1_000_000_000_000);
    scene.looks_at = None;
    scene.happens(Event::Looked);
    scene.forget_what_it_did();
    scene.later(PERSON_TIME);
    scene.is_told(&["tell 1: NotDone { why: NotAllowed { denied: false } }", "stop asking"]);
}
