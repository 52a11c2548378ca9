use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};

use super::*;
use crate::client::ClientType;
use crate::region::{RegionCode, Regions};
use crate::request::Response;
use crate::scope::Scope;
use crate::token_response::GrantType;

const NOW: Moment = Moment::from_millis(1_795_424_400_000);

fn europe() -> Region {
    Regions::built_in().find(&RegionCode::new("eu").unwrap()).unwrap().clone()
}

fn question() -> TokenQuery {
    let region = europe();
    let host = region.accounts.host().to_owned();
    TokenQuery {
        asked: GrantType::Device,
        host,
        home: region.code.clone(),
        region: region.code,
        redirect_uri: String::new(),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an answer is an outcome")]
fn reply(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    Ok(Response { status, content_type: None, retry_after: None, body: body.into().into() })
}

fn code(body: &str) -> Result<DeviceCode, Error> {
    read_code(reply(200, body), &europe(), &question(), NOW)
}

fn sent(call: &Request) -> Vec<(&'static str, &str)> {
    call.form.iter().flatten().map(|(name, value)| (*name, value.expose_secret())).collect()
}

#[test]
fn the_requests_are_as_zoho_documents_them() {
    let of = Client {
        region: RegionCode::new("eu").unwrap(),
        client_type: ClientType::NonBrowser,
        client_id: ClientId::new("1000.ID".into()),
        own_redirect: None,
        client_secret: Some("secret".into()),
        secrets_elsewhere: std::collections::BTreeMap::new(),
    };
    let scopes = ["ZohoCliq.Users.READ", "ZohoCliq.Profile.READ"].iter().filter_map(|s| Scope::new(s).ok()).collect();
    let ask = AccessRequest { scopes, keep_access: false };
    let begin = Request::device_code(&europe(), &of.client_id, &ask);
    assert_eq!(begin.url.as_str(), "https://accounts.zoho.eu/oauth/v3/device/code");
    assert_eq!(
        sent(&begin),
        [
            ("client_id", "1000.ID"),
            ("grant_type", "device_request"),
            ("scope", "AaaServer.profile.READ,ZohoCliq.Profile.READ,ZohoCliq.Users.READ"),
            ("access_type", "online"),
            ("prompt", "consent"),
        ]
    );
    let poll = Request::device_token(&europe(), &of, &SecretString::from("1004.a.b"));
    assert_eq!(poll.url.as_str(), "https://accounts.zoho.eu/oauth/v3/device/token");
    assert_eq!(
        sent(&poll),
        [("client_id", "1000.ID"), ("client_secret", "secret"), ("grant_type", "device_token"), ("code", "1004.a.b")]
    );
}

#[test]
fn a_response_with_only_the_codes_is_enough() {
    let given = code(r#"{"user_code":"ABCD1234","device_code":"1004.a.b"}"#).unwrap();
    assert_eq!(given.page.as_str(), "https://accounts.zoho.eu/oauth/v3/device");
    assert_eq!(given.direct, given.page);
    assert_eq!((given.interval, given.lifetime), (SHORTEST_INTERVAL, USUAL_LIFETIME));
}

#[test]
fn a_code_that_users_cannot_type_is_rejected() {
    for odd in ["", "abc", "with blank", "much-too-long-for-anybody-to-type", "\\u202eABCD", "ÄÖÜ-1234"] {
        let body = format!(r#"{{"user_code":"{odd}","device_code":"1004.a.b"}}"#);
        assert_eq!(code(&body).unwrap_err(), Error::Garbled { host: "accounts.zoho.eu".into() }, "{odd}");
    }
}

#[test]
fn each_poll_response_has_its_meaning() {
    let polled = |status, body: &str| read_poll(reply(status, body), &question(), NOW);
    assert!(matches!(polled(200, r#"{"error":"authorization_pending"}"#), Polled::Pending));
    assert!(matches!(polled(400, r#"{"error":"authorization_pending"}"#), Polled::Pending));
    assert!(matches!(polled(429, r#"{"error":"slow_down"}"#), Polled::SlowDown));
    assert!(matches!(polled(200, r#"{"error":"other_dc"}"#), Polled::OtherRegion(named) if named.is_empty()));
    assert!(matches!(polled(200, r#"{"error":"expired"}"#), Polled::Refused(Error::DeviceCodeExpired)));
    assert!(matches!(polled(429, "{}"), Polled::Unheard(Error::Throttled { .. })));
    assert!(matches!(polled(500, "{}"), Polled::Unheard(Error::ServerTrouble { .. })));
    let both = r#"{"error":"authorization_pending","access_token":"1000.a"}"#;
    assert!(matches!(polled(200, both), Polled::Pending), "an error beside a token is an error");
    assert!(matches!(polled(200, r#"{"access_token":"1000.a"}"#), Polled::Granted(_)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_yield_no_code_and_no_token(status in any::<u16>(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read_code(reply(status, bytes.clone()), &europe(), &question(), NOW).is_err());
        let polled = read_poll(reply(status, bytes), &question(), NOW);
        prop_assert!(matches!(polled, Polled::Unheard(_) | Polled::Refused(_)), "{:?}", polled);
    }

    #[test]
    fn page_and_interval_stay_in_bounds_for_any_fields(
        device_code in any::<String>(), page in any::<String>(),
        host in "[a-z.@:/\\\\#?0-9]{0,30}", interval in any::<f64>(), lifetime in any::<f64>(),
    ) {
        for page in [page, format!("https://accounts.zoho.eu{host}"), format!("https://{host}")] {
            let body = serde_json::json!({
                "user_code": "ABCD-EFGH", "device_code": device_code, "verification_url": page,
                "verification_uri_complete": page, "interval": interval, "expires_in": lifetime,
            });
            if let Ok(given) = code(&body.to_string()) {
                for url in [&given.page, &given.direct] {
                    prop_assert_eq!(url.origin().ascii_serialization(), "https://accounts.zoho.eu");
                    prop_assert!(url.username().is_empty());
                }
                prop_assert!((SHORTEST_INTERVAL..=LONGEST_INTERVAL).contains(&given.interval));
                prop_assert!((60..=1_800).contains(&given.lifetime.as_secs()));
            }
        }
    }

    #[test]
    fn an_error_of_any_name_yields_no_token(error in "[a-z_]{1,30}", token in any::<String>()) {
        let body = serde_json::json!({ "error": error, "access_token": token }).to_string();
        prop_assert!(!matches!(read_poll(reply(200, body), &question(), NOW), Polled::Granted(_)));
    }
}
