//! Properties of every response, known or not.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn asked() -> impl Strategy<Value = GrantType> {
    prop_oneof![Just(GrantType::Exchange), Just(GrantType::Refresh)]
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        "[ -~]{0,20}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|m| json!(m)),
        ]
    })
}

/// An object with Zoho's own field names, holding anything.
fn zoho_like() -> impl Strategy<Value = Map<String, Value>> {
    let name = prop::sample::select(vec![
        "access_token",
        "refresh_token",
        "error",
        "error_description",
        "status",
        "expires_in",
        "expires_in_sec",
        "scope",
    ]);
    prop::collection::btree_map(name, any_json(), 0..8)
        .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

proptest! {
    // Shows N9.
    #[test]
    fn no_bytes_whatever_make_it_panic(
        bytes in any::<Vec<u8>>(), status in any::<u16>(), content_type in any::<String>(), asked in asked(),
    ) {
        let _ = read(reply(status, &content_type, bytes.clone()), &question(asked), NOW);
        let _ = read_revocation(reply(status, &content_type, bytes), HOST, NOW);
    }

    // Shows N5.
    #[test]
    fn success_is_an_access_token_without_an_error(body in zoho_like(), status in 200_u16..600, asked in asked()) {
        let text = serde_json::to_string(&body).unwrap();
        let has_error = body.get("error").is_some_and(|e| !e.is_null());
        let token = body.get("access_token").and_then(Value::as_str).filter(|t| !t.is_empty());
        let found = read(reply(status, "application/json", text), &question(asked), NOW);
        if let Ok(tokens) = found {
            prop_assert!(!has_error && status < 500 && status != 429);
            prop_assert_eq!(Some(tokens.access.expose_secret()), token);
            let lifetime = tokens.expires_at.since(NOW);
            prop_assert!((Duration::from_mins(1)..=Duration::from_hours(24)).contains(&lifetime));
        } else {
            let fits = |name| body.get(name).and_then(Value::as_str).is_none_or(|t| t.bytes().all(|b| b.is_ascii_graphic()));
            let should = token.is_some() && fits("access_token") && fits("refresh_token");
            // 407 comes from a proxy, whatever the body.
            prop_assert!(!should || has_error || status >= 500 || status == 429 || status == 407);
        }
    }

    // Shows N7.
    #[test]
    fn a_truncated_response_is_never_a_success(cut in 0_usize..150) {
        let whole = r#"{"access_token":"1000.a.b","refresh_token":"1000.c.d","scope":"ZohoCliq.Channels.READ","expires_in":3600}"#;
        let body = &whole[..cut.min(whole.len() - 1)];
        prop_assert!(read(reply(200, "application/json", body), &question(GrantType::Exchange), NOW).is_err());
    }

    #[test]
    fn an_error_text_is_short_and_printable(error in any::<String>(), asked in asked()) {
        let body = json!({ "error": error }).to_string();
        let problem = read(reply(200, "application/json", body), &question(asked), NOW).unwrap_err();
        if let Error::Refused { error } = problem {
            prop_assert!(error.chars().count() <= 81 && !error.contains(char::is_control));
        }
    }
}
