use std::time::Duration;

use zoho_oauth::request::{Response, TransportError};

use super::*;
use crate::diagnostics::live_check::shape::Shape;

fn answer(status: u16, body: &str) -> Shape {
    let body = body.as_bytes().to_vec().into();
    Shape::of(&Ok(Response { status, content_type: None, retry_after: None, body }))
}

fn tokens() -> Shape {
    answer(200, r#"{"access_token":"1000.a.b"}"#)
}

fn refused(error: &str) -> Shape {
    answer(200, &format!(r#"{{"error":"{error}"}}"#))
}

fn nothing() -> Shape {
    Shape::of(&Err(TransportError::TimedOut))
}

fn cliq(status: u16, code: &str, meaning: Meaning) -> CliqSaid {
    CliqSaid { shape: answer(status, &format!(r#"{{"code":"{code}"}}"#)), meaning }
}

#[test]
fn every_question_is_numbered_and_says_what_it_does() {
    let numbers: Vec<u8> = EVERY.iter().map(|about| about.number).collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
    for about in EVERY {
        let texts = [about.steps, about.assumption, about.otherwise];
        assert!(about.title.ends_with('?') && texts.iter().all(|text| text.ends_with('.')), "{about:?}");
    }
}

#[test]
fn a_refusal_counts_only_next_to_a_success() {
    let seen = |wrong_verifier, without_secret, complete| SecretAndPkce {
        wrong_verifier,
        without_secret,
        complete,
        code_lasted: None,
    };
    let verdict = |seen| SecretOfMobile(seen).verdict();
    let no = || refused("invalid_code");
    assert_eq!(verdict(seen(no(), refused("invalid_client_secret"), Some(tokens()))), Verdict::Confirmed);
    assert_eq!(verdict(seen(no(), refused("invalid_client_secret"), Some(no()))), Verdict::Open);
    assert_eq!(verdict(seen(no(), refused("invalid_client_secret"), None)), Verdict::Open);
    assert_eq!(verdict(seen(no(), nothing(), Some(tokens()))), Verdict::Open);
    assert_eq!(verdict(seen(no(), tokens(), None)), Verdict::Tolerated, "no secret is needed");
    assert_eq!(verdict(seen(tokens(), no(), Some(tokens()))), Verdict::Tolerated, "the verifier is not compared");
}

#[test]
fn a_missing_state_is_tolerated_but_a_changed_one_breaks() {
    let verdict = |approved, denied, error: &str| State { approved, denied, error: Some(error.to_owned()) }.verdict();
    let same = Some(Echo::Same);
    assert_eq!(verdict(same, same, "access_denied"), Verdict::Confirmed);
    assert_eq!(verdict(same, Some(Echo::Missing), "access_denied"), Verdict::Tolerated);
    assert_eq!(verdict(same, Some(Echo::Other), "access_denied"), Verdict::Broken);
    assert_eq!(verdict(same, same, "refused_by_user"), Verdict::Broken, "Keyfob's message is for another code");
    assert_eq!(verdict(Some(Echo::Missing), same, "access_denied"), Verdict::Tolerated, "a pasted code signs in");
    assert_eq!(verdict(Some(Echo::Other), same, "access_denied"), Verdict::Broken);
    assert_eq!(verdict(same, None, ""), Verdict::Open);
}

#[test]
fn another_status_is_tolerated_but_another_code_breaks() {
    let seen = |code| TokenErrors {
        code,
        refresh_token: refused("invalid_code"),
        client: refused("invalid_client"),
        secret: refused("invalid_client_secret"),
    };
    assert_eq!(seen(refused("invalid_code")).verdict(), Verdict::Confirmed);
    assert_eq!(seen(answer(400, r#"{"error":"invalid_code"}"#)).verdict(), Verdict::Tolerated);
    assert_eq!(seen(refused("invalid_grant")).verdict(), Verdict::Broken);
    assert_eq!(seen(answer(503, r#"{"error":"invalid_code"}"#)).verdict(), Verdict::Open);
    assert_eq!(seen(nothing()).verdict(), Verdict::Open);
}

#[test]
fn a_code_that_may_have_expired_leaves_the_question_open() {
    let seen = |there, here, seconds| OtherRegion { there, here, after: Duration::from_secs(seconds) };
    let no = || refused("invalid_client");
    assert_eq!(seen(no(), tokens(), 2).verdict(), Verdict::Confirmed);
    assert_eq!(seen(no(), refused("invalid_code"), 2).verdict(), Verdict::Tolerated);
    assert_eq!(seen(no(), refused("invalid_code"), 50).verdict(), Verdict::Open);
    assert_eq!(seen(nothing(), tokens(), 2).verdict(), Verdict::Open, "the other region did not answer");
    assert_eq!(seen(tokens(), refused("invalid_code"), 2).verdict(), Verdict::Open);
}

#[test]
fn one_working_revocation_path_is_enough() {
    let dead = || After::Cliq(cliq(401, "oauthtoken_invalid", Meaning::Dead));
    let alive = || After::Cliq(cliq(200, "", Meaning::Works));
    let ended = |after| Revoked { shape: answer(200, r#"{"status":"success"}"#), ended: true, after };
    let gone = || Revoked { shape: answer(404, ""), ended: false, after: alive() };
    let verdict = |newer, older, refresh_token| {
        Revoking { newer: Some(newer), older, refresh_token, again: answer(400, "{}") }.verdict()
    };
    let refresh_token = || ended(After::Refresh(refused("invalid_code")));
    assert_eq!(verdict(ended(dead()), ended(dead()), refresh_token()), Verdict::Confirmed);
    assert_eq!(verdict(gone(), ended(dead()), refresh_token()), Verdict::Tolerated);
    assert_eq!(verdict(ended(dead()), gone(), refresh_token()), Verdict::Tolerated);
    assert_eq!(verdict(gone(), gone(), refresh_token()), Verdict::Broken);
    assert_eq!(
        verdict(ended(alive()), ended(dead()), refresh_token()),
        Verdict::Broken,
        "Zoho confirmed it, but the token still works"
    );
    assert_eq!(verdict(ended(dead()), ended(dead()), ended(After::Refresh(tokens()))), Verdict::Broken);
    assert_eq!(verdict(ended(dead()), ended(dead()), ended(After::Refresh(nothing()))), Verdict::Open);
}

#[test]
fn a_permission_counts_as_added_when_a_refresh_names_it() {
    let seen = |begun, refreshed| Enhancing { begun, begun_for_mobile: None, back: Some(Echo::Same), refreshed };
    assert_eq!(seen(tokens(), Some((tokens(), true))).verdict(), Verdict::Confirmed);
    assert_eq!(seen(tokens(), Some((tokens(), false))).verdict(), Verdict::Tolerated);
    assert_eq!(seen(tokens(), Some((nothing(), false))).verdict(), Verdict::Open);
    assert_eq!(seen(tokens(), None).verdict(), Verdict::Open);
    assert_eq!(seen(refused("invalid_client_type"), None).verdict(), Verdict::Tolerated);
    assert_eq!(seen(nothing(), None).verdict(), Verdict::Open);
}

#[test]
fn unknown_cliq_codes_count_by_how_keyfob_reads_them() {
    let good = || cliq(200, "", Meaning::Works);
    let missing = || cliq(401, "oauthtoken_scope_invalid", Meaning::NoPermission);
    let verdict = |good, missing, dead| RefusedToken { good, missing, dead }.verdict();
    let dead = |status, code, meaning| Some(cliq(status, code, meaning));
    assert_eq!(verdict(good(), missing(), dead(401, "oauthtoken_invalid", Meaning::Dead)), Verdict::Confirmed);
    assert_eq!(verdict(good(), missing(), dead(401, "other", Meaning::Dead)), Verdict::Tolerated);
    assert_eq!(verdict(good(), missing(), dead(403, "other", Meaning::Other)), Verdict::Tolerated);
    assert_eq!(verdict(good(), missing(), dead(404, "other", Meaning::Other)), Verdict::Broken);
    assert_eq!(verdict(good(), missing(), dead(403, "other", Meaning::NoPermission)), Verdict::Broken);
    assert_eq!(verdict(good(), missing(), dead(503, "other", Meaning::Other)), Verdict::Open);
    assert_eq!(verdict(good(), missing(), None), Verdict::Open);
    let bad = cliq(401, "oauthtoken_invalid", Meaning::Dead);
    assert_eq!(verdict(bad.clone(), missing(), Some(bad)), Verdict::Open, "the token never worked");
}

#[test]
fn the_limit_follows_from_the_number_of_refreshes() {
    let seen = |brought, ended: Option<Shape>, throttled| Limits { failed: FAILING, brought, ended, throttled };
    let limit = || Some(refused("Access Denied"));
    assert_eq!(seen(10, limit(), true).verdict(), Verdict::Confirmed);
    assert_eq!(seen(MOST_REFRESHES, None, false).verdict(), Verdict::Tolerated);
    assert_eq!(seen(4, Some(nothing()), false).verdict(), Verdict::Open);
    assert_eq!(seen(10, Some(refused("too_many")), false).verdict(), Verdict::Broken, "Keyfob does not read the limit");
    for (brought, fits) in
        [(9, "the exchange counts"), (7, "failures count"), (6, "failures and the exchange"), (5, "smaller")]
    {
        let seen = seen(brought, limit(), true);
        assert_eq!(seen.verdict(), Verdict::Tolerated);
        assert!(seen.seen().last().unwrap().contains(fits), "{:?}", seen.seen());
    }
}

#[test]
fn another_case_breaks_but_commas_are_tolerated() {
    let asked = zoho_oauth::scope::Scopes::granted("ZohoCliq.Profile.READ,AaaServer.profile.READ");
    let verdict = |scope: &str, case_stops, blanks_stop| {
        let reply = Named::of(format!(r#"{{"scope":"{scope}"}}"#).as_bytes(), &asked);
        Spelling { reply, case_stops, blanks_stop }.verdict()
    };
    let (usual, yes) = ("AaaServer.profile.READ ZohoCliq.Profile.READ", Some(true));
    assert_eq!(verdict(usual, yes, yes), Verdict::Confirmed);
    assert_eq!(verdict(&usual.replace(' ', ","), yes, yes), Verdict::Tolerated);
    assert_eq!(verdict(&usual.to_lowercase(), yes, yes), Verdict::Broken);
    assert_eq!(verdict(usual, Some(false), yes), Verdict::Tolerated);
    assert_eq!(verdict(usual, yes, None), Verdict::Open);
    assert_eq!(Named::of(b"{}", &asked), None);
}

#[test]
fn client_credentials_that_work_break_the_assumption() {
    let verdict = |without, with, cliq| ClientCredentials { without, with, cliq }.verdict();
    let takes_not = || Some(cliq(401, "oauthtoken_scope_invalid", Meaning::NoPermission));
    let works = || Some(cliq(200, "", Meaning::Works));
    assert_eq!(verdict(refused("missing_org_info"), Some(tokens()), takes_not()), Verdict::Confirmed);
    assert_eq!(verdict(refused("other"), Some(tokens()), takes_not()), Verdict::Confirmed);
    assert_eq!(verdict(refused("other"), None, None), Verdict::Open);
    assert_eq!(verdict(tokens(), None, takes_not()), Verdict::Tolerated);
    assert_eq!(verdict(refused("missing_org_info"), Some(tokens()), works()), Verdict::Tolerated);
}

#[test]
fn time_units_follow_from_the_size() {
    let verdict = |interval, lifetime| DeviceTimes { code: tokens(), interval, lifetime, polled: None }.verdict();
    assert_eq!(verdict(Some(30_000), Some(300_000)), Verdict::Confirmed);
    assert_eq!(verdict(Some(30), Some(300)), Verdict::Tolerated);
    assert_eq!(verdict(Some(30), Some(300_000)), Verdict::Tolerated);
    assert_eq!(verdict(None, Some(300_000)), Verdict::Open);
}
