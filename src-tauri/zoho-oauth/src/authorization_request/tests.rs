//! The authorization URL and its parameters, and which responses match.

use std::collections::BTreeMap;

use oauth2::ClientId;

use super::*;
use crate::client::ClientType;
use crate::region::{RegionCode, Regions};

/// A redirect URI of a private-use scheme.
const DEEP_LINK: &str = "cliqkeyfob://callback";

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn consent(redirect_uri: &str) -> AuthorizationRequest {
    let state = CsrfToken::new("state-of-this-attempt".to_owned());
    let verifier = PkceCodeVerifier::new(VERIFIER.to_owned());
    AuthorizationRequest::begin(Nonce { state, verifier }, redirect_uri.to_owned(), Moment::from_millis(1_000))
}

fn registration() -> Client {
    Client {
        region: RegionCode::new("eu").unwrap(),
        client_type: ClientType::Mobile,
        client_id: ClientId::new("1000.CLIENT".to_owned()),
        own_redirect: None,
        client_secret: Some("canary-secret".into()),
        secrets_elsewhere: std::collections::BTreeMap::new(),
    }
}

fn ask(scopes: &[&str], keep_access: bool) -> AccessRequest {
    AccessRequest { scopes: scopes.iter().map(|s| Scope::new(s).unwrap()).collect(), keep_access }
}

fn url(code: &str, redirect_uri: &str, ask: &AccessRequest) -> Url {
    let regions = Regions::built_in();
    let region = regions.find(&RegionCode::new(code).unwrap()).unwrap();
    consent(redirect_uri).authorization_url(&registration(), region, ask).unwrap()
}

fn parameters(url: &Url) -> BTreeMap<String, String> {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let map: BTreeMap<String, String> = pairs.iter().cloned().collect();
    assert_eq!(map.len(), pairs.len(), "no parameter occurs twice");
    map
}

// Shows T3; ASVS 10.2.1.
#[test]
fn the_authorization_url_has_nine_parameters() {
    let url = url("eu", DEEP_LINK, &ask(&["ZohoCliq.Channels.READ", "ZohoCliq.Webhooks.CREATE"], true));
    let wanted = [
        ("access_type", "offline"),
        ("client_id", "1000.CLIENT"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("prompt", "consent"),
        ("redirect_uri", "cliqkeyfob://callback"),
        ("response_type", "code"),
        ("scope", "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Webhooks.CREATE"),
        ("state", "state-of-this-attempt"),
    ];
    let told = parameters(&url);
    assert_eq!(told.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>(), wanted);
}

#[test]
fn neither_verifier_nor_client_secret_is_in_the_url() {
    let url = url("eu", DEEP_LINK, &ask(&["ZohoCliq.Channels.READ"], true));
    assert!(!url.as_str().contains(VERIFIER));
    assert!(!url.as_str().contains("canary"));
}

#[test]
fn the_url_is_on_the_accounts_server_of_the_region() {
    for (code, start) in [
        ("us", "https://accounts.zoho.com/oauth/v2/auth?"),
        ("au", "https://accounts.zoho.com.au/oauth/v2/auth?"),
        ("ca", "https://accounts.zohocloud.ca/oauth/v2/auth?"),
    ] {
        let url = url(code, DEEP_LINK, &ask(&[], true));
        assert!(url.as_str().starts_with(start), "{url}");
    }
}

#[test]
fn the_redirect_uri_is_sent_byte_for_byte() {
    for exact in ["cliqkeyfob://callback", "cliqkeyfob://callback/", "http://localhost:8080", "http://LOCALHOST:80/a b"]
    {
        let url = url("eu", exact, &ask(&[], true));
        assert_eq!(parameters(&url)["redirect_uri"], exact);
    }
}

#[test]
fn an_invalid_redirect_uri_yields_no_url() {
    let regions = Regions::built_in();
    let region = regions.iter().next().unwrap();
    let nothing = consent("callback").authorization_url(&registration(), region, &ask(&[], true));
    assert_eq!(nothing, None);
}

#[test]
fn online_access_requests_no_refresh_token() {
    let url = url("eu", DEEP_LINK, &ask(&["ZohoCliq.Channels.READ"], false));
    assert_eq!(parameters(&url)["access_type"], "online");
    assert_eq!(parameters(&url)["prompt"], "consent");
}

#[test]
fn the_identity_scope_is_requested_exactly_once() {
    assert_eq!(ask(&[IDENTITY], true).with_identity().asked(), IDENTITY);
    assert_eq!(ask(&[], true).with_identity().asked(), IDENTITY);
}

// Shows T2; ASVS 10.1.2.
#[test]
fn only_the_exact_state_matches() {
    let consent = consent(DEEP_LINK);
    let mine = |answer: &str| consent.is_mine(&SecretString::from(answer));
    assert!(mine("state-of-this-attempt"));
    for other in
        ["", "state-of-this-attemp", "state-of-this-attempt ", "State-of-this-attempt", "state-of-that-attempt"]
    {
        assert!(!mine(other), "{other:?}");
    }
}

#[test]
fn a_request_ends_ten_minutes_after_it_began() {
    assert_eq!(consent(DEEP_LINK).ends(), Moment::from_millis(1_000 + 10 * 60 * 1_000));
}

#[test]
fn debug_prints_neither_state_nor_verifier() {
    let state = CsrfToken::new("canary".to_owned());
    let verifier = PkceCodeVerifier::new(VERIFIER.to_owned());
    let nonce = Nonce { state, verifier };
    let printed = format!("{nonce:?} {:?} {:?}", consent(DEEP_LINK), registration());
    for secret in ["canary", VERIFIER, "state-of-this-attempt"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
