//! Requests: the forms that Zoho expects, at the region's own origins, with no secret in a URL or in `Debug`.

use super::*;
use crate::Moment;
use crate::client::ClientType;
use crate::region::{RegionCode, Regions};
use crate::scope::CATALOGUE;

/// A redirect URI of a private-use scheme.
const DEEP_LINK: &str = "cliqkeyfob://callback";

fn canada() -> Region {
    Regions::built_in().find(&RegionCode::new("ca").unwrap()).unwrap().clone()
}

fn registration(client_secret: Option<&str>) -> Client {
    Client {
        region: RegionCode::new("ca").unwrap(),
        client_type: ClientType::Mobile,
        client_id: ClientId::new("1000.CLIENT".to_owned()),
        own_redirect: None,
        client_secret: client_secret.map(SecretString::from),
        secrets_elsewhere: std::collections::BTreeMap::new(),
    }
}

fn consent() -> AuthorizationRequest {
    AuthorizationRequest {
        state: "canary-state".into(),
        verifier: "canary-verifier".into(),
        redirect_uri: DEEP_LINK.to_owned(),
        began: Moment::default(),
        enhance_token: None,
    }
}

fn form(call: &Request) -> Vec<(&str, &str)> {
    call.form.as_ref().unwrap().iter().map(|(name, value)| (*name, value.expose_secret())).collect()
}

fn every_call() -> Vec<Request> {
    let (region, of) = (canada(), registration(Some("canary-secret")));
    let token = SecretString::from("canary-token");
    vec![
        Request::exchange(&region, &of, &AuthorizationCode::new("canary-code".to_owned()), Some(&consent())),
        Request::refresh(&region, &of, &token),
        Request::revoke(&region, &token),
        Request::revoke_newer(&region, &of, &token, TokenKind::RefreshToken).unwrap(),
        Request::user_info(&region, &token),
        Request::own_status(&region, &token),
    ]
}

// Shows T2.
#[test]
fn an_exchange_sends_the_code_with_the_verifier_and_no_scope() {
    let code = AuthorizationCode::new("1000.a.b".to_owned());
    let call = Request::exchange(&canada(), &registration(Some("secret")), &code, Some(&consent()));
    assert_eq!(call.url.as_str(), "https://accounts.zohocloud.ca/oauth/v2/token");
    assert_eq!(
        form(&call),
        [
            ("client_id", "1000.CLIENT"),
            ("client_secret", "secret"),
            ("grant_type", "authorization_code"),
            ("code", "1000.a.b"),
            ("redirect_uri", "cliqkeyfob://callback"),
            ("code_verifier", "canary-verifier"),
        ]
    );
    assert!(call.authorization.is_none());
}

#[test]
fn a_refresh_sends_neither_scope_nor_redirect_uri() {
    let call = Request::refresh(&canada(), &registration(Some("secret")), &"1000.c.d".into());
    assert_eq!(call.url.as_str(), "https://accounts.zohocloud.ca/oauth/v2/token");
    assert_eq!(
        form(&call),
        [
            ("client_id", "1000.CLIENT"),
            ("client_secret", "secret"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "1000.c.d"),
        ]
    );
}

#[test]
fn a_client_without_a_secret_sends_none() {
    let call = Request::refresh(&canada(), &registration(None), &"1000.c.d".into());
    assert_eq!(
        form(&call),
        [("client_id", "1000.CLIENT"), ("grant_type", "refresh_token"), ("refresh_token", "1000.c.d")]
    );
}

#[test]
fn the_newer_revocation_authenticates_the_client_in_a_header() {
    let (token, of) = (SecretString::from("1000.c.d"), registration(Some("secret")));
    let call = Request::revoke_newer(&canada(), &of, &token, TokenKind::RefreshToken).unwrap();
    assert_eq!(call.url.as_str(), "https://accounts.zohocloud.ca/oauth/v2/revoke/token");
    assert_eq!(form(&call), [("token", "1000.c.d"), ("token_type", "refresh_token")]);
    // printf '1000.CLIENT:secret' | base64
    assert_eq!(call.authorization.unwrap().expose_secret(), "Basic MTAwMC5DTElFTlQ6c2VjcmV0");

    let call = Request::revoke_newer(&canada(), &of, &token, TokenKind::AccessToken).unwrap();
    assert_eq!(form(&call)[1], ("token_type", "access_token"));
    assert!(Request::revoke_newer(&canada(), &registration(None), &token, TokenKind::RefreshToken).is_none());
}

#[test]
fn a_colon_in_a_secret_is_encoded_in_basic_credentials() {
    let of = registration(Some("a:b c%\u{e9}"));
    let call = Request::revoke_newer(&canada(), &of, &"1000.c.d".into(), TokenKind::RefreshToken).unwrap();
    // printf '1000.CLIENT:a%%3Ab+c%%25%%C3%%A9' | base64
    assert_eq!(call.authorization.unwrap().expose_secret(), "Basic MTAwMC5DTElFTlQ6YSUzQWIrYyUyNSVDMyVBOQ==");
}

#[test]
fn the_older_revocation_sends_the_token_only() {
    let call = Request::revoke(&canada(), &"1000.c.d".into());
    assert_eq!(call.url.as_str(), "https://accounts.zohocloud.ca/oauth/v2/token/revoke");
    assert_eq!(form(&call), [("token", "1000.c.d")]);
    assert!(call.authorization.is_none());
}

#[test]
fn reads_carry_the_token_in_the_authorization_header() {
    let (region, token) = (canada(), SecretString::from("1000.a.b"));
    for (call, url) in [
        (Request::user_info(&region, &token), "https://accounts.zohocloud.ca/oauth/user/info"),
        (Request::own_status(&region, &token), "https://cliq.zohocloud.ca/api/v2/statuses/current"),
    ] {
        assert_eq!(call.url.as_str(), url);
        assert_eq!(call.authorization.unwrap().expose_secret(), "Zoho-oauthtoken 1000.a.b");
        assert!(call.form.is_none());
    }
}

#[test]
fn each_read_goes_to_the_regions_host_for_one_entry_at_most() {
    let (region, token) = (canada(), SecretString::from("canary-token"));
    let reads = CATALOGUE.iter().filter_map(|resource| resource.read);
    for read in reads {
        let call = Request::read(&region, &token, read);
        let host = if read.of_account { "accounts.zohocloud.ca" } else { "cliq.zohocloud.ca" };
        assert_eq!((call.host().as_str(), call.url.path()), (host, read.path));
        assert_eq!(call.url.query(), read.first_only.then_some("limit=1"), "{read:?}");
        assert!(call.form.is_none() && !call.url.as_str().contains("canary"));
    }
}

#[test]
fn every_request_goes_to_the_region_with_a_clean_url() {
    let region = canada();
    for call in every_call() {
        assert!([region.accounts.host(), region.cliq.host()].contains(&call.host().as_str()));
        assert_eq!(call.url.scheme(), "https");
        assert_eq!(call.url.query(), None);
        assert_eq!(call.url.fragment(), None);
        assert!(!call.url.as_str().contains("canary"));
    }
}

// Shows T11; ASVS 14.1.1.
#[test]
fn debug_prints_no_secret() {
    let reply = Response { status: 200, content_type: None, retry_after: None, body: b"canary-body".to_vec().into() };
    let printed = format!("{:?} {reply:?}", every_call());
    assert!(!printed.contains("canary"), "{printed}");
    let in_numbers = format!("{:?}", b"canary");
    assert!(!printed.contains(in_numbers.trim_matches(['[', ']'])), "{printed}");
}
