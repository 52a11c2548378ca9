//! The inputs and responses of Zoho, a browser and the user in the stories.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Moment;
use keyfob_core::custom_regions::RegionForm;
use keyfob_core::fields::FormField;
use secrecy::ExposeSecret;
use zoho_oauth::request::{Outcome, Request, Response};

/// 2026-11-23 09:00 UTC.
pub const NINE: Moment = Moment::from_millis(1_795_424_400_000);
pub const STATE: &str = "state-of-the-first-consent-0123456789";
/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CLIENT_ID: &str = "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123";
pub const CLIENT_SECRET: &str = "0123456789abcdef0123456789abcdef0123456789";
/// The same client's secret for one data centre.
pub const CANADAS_SECRET: &str = "fedcba9876543210fedcba9876543210fedcba9876";
pub const CODE: &str = "1000.c0dec0dec0dec0de.c0dec0dec0dec0de";
pub const DEVICE_CODE: &str = "1004.d0d0d0d0d0d0d0d0.d1d1d1d1d1d1d1d1";
pub const ACCESS: &str = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01";
pub const REFRESH: &str = "1000.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb02";
/// An access token from a refresh.
pub const SECOND_ACCESS: &str = "1000.cccccccccccccccccccccccccccccccc.cccccccccccccccccccccccccccccc03";
/// A refresh token that replaces the first.
pub const SECOND_REFRESH: &str = "1000.dddddddddddddddddddddddddddddddd.dddddddddddddddddddddddddddddd04";
pub const PASSPHRASE: &str = "four words of passphrase";
/// The public key that colleagues seal to.
pub const OWN_KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

pub const AVAILABLE: &str = r#"{"data":{"code":"available"}}"#;
pub const REVOKED: &str = r#"{"status":"success"}"#;
pub const GONE: &str = r#"{"error":"invalid_code"}"#;
pub const TOO_MANY: &str = r#"{"error_description":"You have made too many requests continuously. Please try again after some time.","error":"Access Denied","status":"failure"}"#;

/// The secrets that no window and no log may show.
pub const SECRETS: &[&str] = &[
    STATE,
    VERIFIER,
    CLIENT_SECRET,
    CANADAS_SECRET,
    CODE,
    DEVICE_CODE,
    ACCESS,
    REFRESH,
    SECOND_ACCESS,
    SECOND_REFRESH,
    PASSPHRASE,
];

pub const FORM_FIELDS: [FormField; 3] = [FormField::Name, FormField::Homepage, FormField::RedirectUri];

/// The redirect URI with these parameters.
pub fn link(pairs: &[(&str, &str)]) -> String {
    url::Url::parse_with_params("cliqkeyfob://callback", pairs).unwrap().into()
}

/// Zoho's redirect for the first consent.
pub fn good_link() -> String {
    granted(STATE, "eu", "https://accounts.zoho.eu")
}

/// Zoho's redirect for the consent with this `state`, from this server.
pub fn granted(state: &str, location: &str, server: &str) -> String {
    link(&[("state", state), ("code", CODE), ("location", location), ("accounts-server", server)])
}

/// The form of a region whose servers are at this site.
pub fn region_form(code: &str, site: &str) -> RegionForm {
    let of = |host: &str| format!("https://{host}.{site}.example");
    RegionForm {
        code: code.into(),
        name: "Sandbox".into(),
        accounts: of("accounts"),
        api: of("api"),
        cliq: of("cliq"),
        console: of("console"),
    }
}

/// A response with a status and a JSON body.
pub fn reply(status: u16, body: &str) -> Outcome {
    answer_of_type("application/json;charset=UTF-8", status, body)
}

/// The same with a `Retry-After` header.
pub fn reply_asking_for(retry_after: &str, status: u16, body: &str) -> Outcome {
    reply(status, body).map(|reply| Response { retry_after: Some(retry_after.to_owned()), ..reply })
}

/// The response of a captive portal.
pub fn web_page() -> Outcome {
    answer_of_type("text/html", 200, "<html>Sign in to the hotel's network")
}

#[expect(clippy::unnecessary_wraps, reason = "a response is an outcome")]
fn answer_of_type(content_type: &str, status: u16, body: &str) -> Outcome {
    let content_type = Some(content_type.to_owned());
    Ok(Response { status, content_type, retry_after: None, body: body.as_bytes().to_vec().into() })
}

/// Zoho's response to a request for a device code.
pub fn device_code() -> String {
    format!(
        r#"{{"user_code":"WDJB-MJHT","device_code":"{DEVICE_CODE}","verification_url":"https://accounts.zoho.eu/oauth/v3/device","verification_uri_complete":"https://accounts.zoho.eu/oauth/v3/device?user_code=WDJB-MJHT","interval":30000,"expires_in":300000}}"#
    )
}

/// Zoho's response to a successful exchange.
pub fn tokens() -> String {
    tokens_of(ACCESS, REFRESH)
}

/// The same with these two tokens.
pub fn tokens_of(access: &str, refresh: &str) -> String {
    format!(
        r#"{{"access_token":"{access}","refresh_token":"{refresh}","scope":"AaaServer.profile.READ ZohoCliq.Channels.READ ZohoCliq.Profile.READ","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}}"#
    )
}

/// Zoho's response to a successful exchange for online access, without a refresh token.
pub fn one_hour() -> String {
    format!(r#"{{"access_token":"{ACCESS}","token_type":"Bearer","expires_in":3600}}"#)
}

/// Zoho's response to a successful refresh.
pub fn renewed(access: &str) -> String {
    format!(
        r#"{{"access_token":"{access}","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}}"#
    )
}

/// The response to a refresh with a lifetime in seconds.
pub fn renewed_for(access: &str, seconds: u32) -> String {
    format!(r#"{{"access_token":"{access}","token_type":"Bearer","expires_in":{seconds}}}"#)
}

/// The response to a refresh that also replaces the refresh token.
pub fn rotated(access: &str, refresh: &str) -> String {
    format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"Bearer","expires_in":3600}}"#)
}

/// The response that names the token's account.
pub fn identity() -> String {
    identity_of("ada@firm.example")
}

pub fn identity_of(email: &str) -> String {
    format!(r#"{{"ZUID":1,"Email":"{email}","Display_Name":"Ada"}}"#)
}

/// A request's form field.
pub fn field(call: &Request, name: &str) -> Option<String> {
    call.form.iter().flatten().find(|(n, _)| *n == name).map(|(_, v)| v.expose_secret().to_owned())
}
