//! The clipboard's shapes, word for word.

use super::*;

#[test]
fn the_token_and_both_headers_have_their_shape() {
    let kept = finance();
    assert_eq!(kept.shaped(Shape::Token), "1000.aaaa.bbbb");
    assert_eq!(kept.shaped(Shape::ZohoHeader), "Authorization: Zoho-oauthtoken 1000.aaaa.bbbb");
    assert_eq!(kept.shaped(Shape::BearerHeader), "Authorization: Bearer 1000.aaaa.bbbb");
}

#[test]
fn the_refresh_token_shape_is_none_without_one() {
    let mut kept = finance();
    assert_eq!(kept.shaped(Shape::RefreshToken), "1000.refresh.canary");
    kept.refresh = None;
    assert!(shaped(Shape::RefreshToken, &kept.holding()).is_none());
}

#[test]
fn a_curl_command_reads_the_users_status_in_the_region() {
    assert_eq!(
        finance().shaped(Shape::Curl),
        "curl --silent --show-error --header 'Authorization: Zoho-oauthtoken 1000.aaaa.bbbb' \
         'https://cliq.zohocloud.ca/api/v2/statuses/current'"
    );
}

#[test]
fn a_power_shell_snippet_reads_the_users_status() {
    assert_eq!(
        finance().shaped(Shape::PowerShell),
        "$headers = @{ Authorization = 'Zoho-oauthtoken 1000.aaaa.bbbb' }\n\
         Invoke-RestMethod -Uri 'https://cliq.zohocloud.ca/api/v2/statuses/current' -Headers $headers"
    );
}

#[test]
fn a_deluge_snippet_reads_the_users_status() {
    assert_eq!(
        finance().shaped(Shape::Deluge),
        "headers = Map();\n\
         headers.put(\"Authorization\", \"Zoho-oauthtoken 1000.aaaa.bbbb\");\n\
         response = invokeurl\n\
         [\n\
         \turl: \"https://cliq.zohocloud.ca/api/v2/statuses/current\"\n\
         \ttype: GET\n\
         \theaders: headers\n\
         ];\n\
         info response;"
    );
}

#[test]
fn dot_env_values_are_quoted_only_if_needed() {
    assert_eq!(
        finance().shaped(Shape::DotEnv),
        "ZOHO_CLIQ_NAME='Finance bot'\n\
         ZOHO_CLIQ_ACCESS_TOKEN=1000.aaaa.bbbb\n\
         ZOHO_CLIQ_TOKEN_TYPE=Bearer\n\
         ZOHO_CLIQ_EXPIRES_AT=2026-01-01T00:00:00Z\n\
         ZOHO_CLIQ_EXPIRES_AT_EPOCH=1767225600\n\
         ZOHO_CLIQ_REGION=ca\n\
         ZOHO_CLIQ_DC=CA\n\
         ZOHO_ACCOUNTS_URL=https://accounts.zohocloud.ca\n\
         ZOHO_CLIQ_URL=https://cliq.zohocloud.ca\n\
         ZOHO_CLIQ_API=https://cliq.zohocloud.ca/api/v2\n\
         ZOHO_CLIQ_SCOPE='ZohoCliq.Channels.READ ZohoCliq.Profile.READ'"
    );
}

#[test]
fn json_keeps_the_names_of_zohos_token_response() {
    let wanted = r#"{
  "name": "Finance bot",
  "access_token": "1000.aaaa.bbbb",
  "token_type": "Bearer",
  "expires_at": "2026-01-01T00:00:00Z",
  "expires_at_epoch": 1767225600,
  "region": "ca",
  "dc": "CA",
  "accounts": "https://accounts.zohocloud.ca",
  "cliq": "https://cliq.zohocloud.ca",
  "api": "https://cliq.zohocloud.ca/api/v2",
  "scope": "ZohoCliq.Channels.READ ZohoCliq.Profile.READ"
}"#;
    assert_eq!(finance().shaped(Shape::Json), wanted);
}

#[test]
fn postman_gets_an_environment_that_hides_the_token() {
    let environment: serde_json::Value = serde_json::from_str(&finance().shaped(Shape::Postman)).unwrap();
    let variable = |key: &str, value: &str, kind: &str| serde_json::json!({ "key": key, "value": value, "type": kind, "enabled": true });
    let wanted = serde_json::json!({
        "name": "Finance bot",
        "values": [
            variable("name", "Finance bot", "default"),
            variable("access_token", "1000.aaaa.bbbb", "secret"),
            variable("token_type", "Bearer", "default"),
            variable("expires_at", "2026-01-01T00:00:00Z", "default"),
            variable("expires_at_epoch", "1767225600", "default"),
            variable("region", "ca", "default"),
            variable("dc", "CA", "default"),
            variable("accounts", "https://accounts.zohocloud.ca", "default"),
            variable("cliq", "https://cliq.zohocloud.ca", "default"),
            variable("api", "https://cliq.zohocloud.ca/api/v2", "default"),
            variable("scope", "ZohoCliq.Channels.READ ZohoCliq.Profile.READ", "default"),
        ],
        "_postman_variable_scope": "environment",
    });
    assert_eq!(environment, wanted);
}

#[test]
fn access_token_shapes_hold_no_other_secret() {
    let kept = finance();
    for shape in [
        Shape::Token,
        Shape::ZohoHeader,
        Shape::BearerHeader,
        Shape::Curl,
        Shape::DotEnv,
        Shape::PowerShell,
        Shape::Json,
        Shape::Postman,
        Shape::Deluge,
    ] {
        let text = kept.shaped(shape);
        assert!(text.contains("1000.aaaa.bbbb"), "{shape:?}");
        assert!(!text.contains("canary"), "{shape:?}");
        assert!(!text.contains("1000.CLIENT"), "{shape:?}");
    }
}

#[test]
fn the_earliest_and_latest_expiry_are_written() {
    let mut kept = finance();
    for (millis, wanted) in [(0, "1970-01-01T00:00:00Z"), (951_782_400_000, "2000-02-29T00:00:00Z")] {
        kept.expires_at = Moment::from_millis(millis);
        assert!(kept.shaped(Shape::DotEnv).contains(&format!("ZOHO_CLIQ_EXPIRES_AT={wanted}\n")), "{wanted}");
    }
    kept.expires_at = Moment::from_millis(u64::MAX);
    assert!(kept.shaped(Shape::DotEnv).contains("ZOHO_CLIQ_EXPIRES_AT=+262142-12-31T23:59:59Z\n"));
}
