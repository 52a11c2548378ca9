//! Every kind of response that was seen or is conceivable, with its meaning.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use super::*;

/// What a row expects.
enum Means {
    /// Tokens with this lifetime; the refresh token is `r` or absent.
    Token { refresh: bool, seconds: u64 },
    /// A token whose lifetime makes no sense, so that an hour is assumed.
    Odd,
    /// An error.
    Is(Error),
}

use GrantType::{Exchange, Refresh};
use Means::{Is, Odd, Token};

const JSON: &str = "application/json;charset=UTF-8";
const HTML: &str = "text/html;charset=UTF-8";

const HOUR_TOKEN: Means = Token { refresh: false, seconds: 3600 };
const HOUR_BOTH: Means = Token { refresh: true, seconds: 3600 };

/// A token response with these fields.
fn living(fields: &str) -> String {
    format!(r#"{{"access_token":"a",{fields}}}"#)
}

/// Zoho's throttle, in any language.
fn throttle(error: &str, description: &str) -> String {
    format!(r#"{{"error_description":"{description}","error":"{error}","status":"failure"}}"#)
}

type Row = (&'static str, GrantType, u16, &'static str, String, Means);

#[rustfmt::skip]
fn tokens() -> Vec<Row> {
    let full = r#"{"access_token":"a","refresh_token":"r","scope":"ZohoCliq.Channels.READ ZohoCliq.Profile.READ","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}"#;
    vec![
        ("a first exchange", Exchange, 200, JSON, full.into(), HOUR_BOTH),
        ("an online consent brings no refresh token", Exchange, 200, JSON, living(r#""token_type":"Bearer","expires_in":3600"#), HOUR_TOKEN),
        ("a refresh brings none either", Refresh, 200, JSON, living(r#""api_domain":"https://www.zohoapis.eu","expires_in":3600"#), HOUR_TOKEN),
        ("a refresh may replace the refresh token", Refresh, 200, JSON, living(r#""refresh_token":"r","expires_in":3600"#), HOUR_BOTH),
        ("an empty refresh token is none", Exchange, 200, JSON, living(r#""refresh_token":"""#), HOUR_TOKEN),
        ("a null refresh token is none", Exchange, 200, JSON, living(r#""refresh_token":null"#), HOUR_TOKEN),
        ("the status does not matter, the body does", Exchange, 400, JSON, full.into(), HOUR_BOTH),
        ("nor does the content type", Exchange, 200, HTML, full.into(), HOUR_BOTH),
        ("an unknown field is passed over", Exchange, 200, JSON, living(r#""id_token":"x","extra":{"deep":[1,2]}"#), HOUR_TOKEN),
        ("blanks around it", Exchange, 200, JSON, format!("\r\n  {full}\n"), HOUR_BOTH),
        ("a byte order mark before it", Exchange, 200, JSON, format!("\u{feff}{full}"), HOUR_BOTH),
        ("an error that is null is no error", Exchange, 200, JSON, living(r#""error":null"#), HOUR_TOKEN),
        ("of a field that comes twice the last counts", Exchange, 200, JSON, r#"{"access_token":"x","access_token":"a"}"#.into(), HOUR_TOKEN),

        ("no lifetime is an hour", Exchange, 200, JSON, r#"{"access_token":"a"}"#.into(), HOUR_TOKEN),
        ("a null lifetime is an hour", Exchange, 200, JSON, living(r#""expires_in":null"#), HOUR_TOKEN),
        ("half an hour", Exchange, 200, JSON, living(r#""expires_in":1800"#), Token { refresh: false, seconds: 1800 }),
        ("a lifetime as text", Exchange, 200, JSON, living(r#""expires_in":" 3600 ""#), HOUR_TOKEN),
        ("a lifetime in milliseconds", Exchange, 200, JSON, living(r#""expires_in":3600000"#), HOUR_TOKEN),
        ("a lifetime in milliseconds as text", Exchange, 200, JSON, living(r#""expires_in":"3600000""#), HOUR_TOKEN),
        ("the old form, with both units", Exchange, 200, JSON, living(r#""expires_in_sec":3600,"expires_in":3600000"#), HOUR_TOKEN),
        ("the seconds win", Exchange, 200, JSON, living(r#""expires_in":7200000,"expires_in_sec":1800"#), Token { refresh: false, seconds: 1800 }),
        ("a whole day is seconds still", Exchange, 200, JSON, living(r#""expires_in":86400"#), Token { refresh: false, seconds: 86_400 }),
        ("a minute is the least", Exchange, 200, JSON, living(r#""expires_in":60"#), Token { refresh: false, seconds: 60 }),
        ("less than a minute makes no sense", Exchange, 200, JSON, living(r#""expires_in":59"#), Odd),
        ("just over a day would be a minute and a half", Exchange, 200, JSON, living(r#""expires_in":90000"#), Token { refresh: false, seconds: 90 }),
        ("nothing left", Exchange, 200, JSON, living(r#""expires_in":0"#), Odd),
        ("less than nothing", Exchange, 200, JSON, living(r#""expires_in":-3600"#), Odd),
        ("a year in milliseconds", Exchange, 200, JSON, living(r#""expires_in":31536000000"#), Odd),
        ("beyond every number", Exchange, 200, JSON, living(r#""expires_in":"1e999""#), Odd),
        ("not a number", Exchange, 200, JSON, living(r#""expires_in":"NaN""#), Odd),
        ("a word", Exchange, 200, JSON, living(r#""expires_in":"an hour""#), Odd),
        ("a list", Exchange, 200, JSON, living(r#""expires_in":[3600]"#), Odd),
        ("seconds that make no sense do not hide behind good ones", Exchange, 200, JSON, living(r#""expires_in_sec":-1,"expires_in":3600"#), Odd),
    ]
}

#[rustfmt::skip]
fn refusals() -> Vec<Row> {
    let error = |code: &str| format!(r#"{{"error":"{code}"}}"#);
    let unknown_client = || Is(Error::ClientUnknown { region: RegionCode::new("eu").unwrap() });
    let mismatch = || Is(Error::RedirectMismatch { redirect_uri: "cliqkeyfob://callback".to_owned() });
    let refused = |error: &str| Is(Error::Refused { error: error.to_owned() });
    let rest = || Is(Error::Throttled { until: NOW.plus(THROTTLE_REST) });
    let many = "You have made too many requests continuously. Please try again after some time.";
    vec![
        ("a code that was used or is too old", Exchange, 200, JSON, error("invalid_code"), Is(Error::CodeSpent)),
        ("a refresh token that was revoked or retired", Refresh, 200, JSON, error("invalid_code"), Is(Error::GrantEnded)),
        ("an error with HTTP 400", Exchange, 400, JSON, error("invalid_code"), Is(Error::CodeSpent)),
        ("an error with HTTP 401", Refresh, 401, JSON, error("invalid_client"), unknown_client()),
        ("a client id this region does not know", Exchange, 200, JSON, error("invalid_client"), unknown_client()),
        ("a wrong secret", Exchange, 200, JSON, error("invalid_client_secret"), Is(Error::SecretWrong)),
        ("another redirect URI", Exchange, 200, JSON, error("invalid_redirect_uri"), mismatch()),
        ("a scope Zoho does not know", Exchange, 200, JSON, error("invalid_scope"), Is(Error::ScopeUnknown)),
        ("access denied as a code", Refresh, 200, JSON, error("access_denied"), refused("access_denied")),
        ("the account lives elsewhere", Exchange, 200, JSON, error("other_dc"), refused("other_dc")),
        ("a code of the RFC that Zoho does not use", Refresh, 400, JSON, error("invalid_grant"), refused("invalid_grant")),
        ("a code nobody knows", Exchange, 200, JSON, error("general_error"), refused("general_error")),
        ("codes are told by their very spelling", Exchange, 200, JSON, error("INVALID_CODE"), refused("INVALID_CODE")),
        ("an error wins over a token", Exchange, 200, JSON, living(r#""error":"invalid_code""#), Is(Error::CodeSpent)),
        ("so does an empty one", Exchange, 200, JSON, living(r#""error":"""#), refused("")),
        ("so does one that is no text", Exchange, 200, JSON, living(r#""error":{"code":"invalid_code"}"#), refused("")),
        ("a long error is cut short", Exchange, 200, JSON, error(&"x ".repeat(250)), refused(&format!("{}…", "x ".repeat(40)))),
        ("a failure without a description is no throttle", Refresh, 200, JSON, r#"{"error":"Access Denied","status":"failure"}"#.into(), refused("Access Denied")),
        ("a description without a failure is no throttle", Refresh, 200, JSON, r#"{"error":"Access Denied","error_description":"x"}"#.into(), refused("Access Denied")),
        ("a code with a description is no throttle", Refresh, 200, JSON, throttle("general_error", "x"), refused("general_error")),

        ("the throttle with HTTP 200", Refresh, 200, JSON, throttle("Access Denied", many), rest()),
        ("the throttle with HTTP 400", Exchange, 400, JSON, throttle("Access Denied", many), rest()),
        ("in Chinese", Refresh, 200, JSON, throttle("拒绝访问", "您的请求过于频繁，请稍后再试。"), rest()),
        ("in French", Refresh, 400, JSON, throttle("Accès refusé", "Trop de requêtes."), rest()),
        ("in German", Refresh, 200, JSON, throttle("Zugriff verweigert", "Zu viele Anfragen."), rest()),
        ("in Spanish, one word of plain letters", Refresh, 200, JSON, throttle("Denegado", "Demasiadas solicitudes."), rest()),
        ("in Japanese", Exchange, 400, JSON, throttle("アクセスが拒否されました", "しばらくしてからもう一度お試しください。"), rest()),
        ("HTTP 429 without a word", Refresh, 429, JSON, String::new(), rest()),
        ("HTTP 429 with a page", Refresh, 429, HTML, "<html>Slow down</html>".into(), rest()),
    ]
}

#[rustfmt::skip]
fn nonsense() -> Vec<Row> {
    let host = || HOST.to_owned();
    let garbled = || Is(Error::Garbled { host: host() });
    let page = || Is(Error::WebPage { host: host() });
    let empty = || Is(Error::EmptyAnswer { host: host() });
    let trouble = |status| Is(Error::ServerTrouble { host: host(), status });
    vec![
        ("nothing", Exchange, 200, JSON, String::new(), empty()),
        ("nothing, and no content", Exchange, 204, JSON, String::new(), empty()),
        ("blanks", Exchange, 200, HTML, " \r\n\t".into(), empty()),
        ("a byte order mark and nothing", Exchange, 200, JSON, "\u{feff}".into(), empty()),
        ("a page", Exchange, 200, HTML, "<!DOCTYPE html><title>Zoho</title>".into(), page()),
        ("a page that calls itself JSON", Exchange, 200, JSON, "\n<html></html>".into(), page()),
        ("a portal's text that calls itself a page", Exchange, 200, "Text/HTML", "Please sign in to the network".into(), page()),
        ("a page where nothing is found", Exchange, 404, HTML, "<html>Not found</html>".into(), page()),
        ("plain text", Exchange, 200, "text/plain", "OK".into(), garbled()),
        ("cut short", Exchange, 200, JSON, r#"{"access_token":"a","refresh_tok"#.into(), garbled()),
        ("cut short inside a token", Exchange, 200, JSON, r#"{"access_token":"1000.ab"#.into(), garbled()),
        ("two answers in one", Exchange, 200, JSON, r#"{"access_token":"a"}{"access_token":"b"}"#.into(), garbled()),
        ("a list", Exchange, 200, JSON, r#"[{"access_token":"a"}]"#.into(), garbled()),
        ("a number", Exchange, 200, JSON, "3600".into(), garbled()),
        ("a text", Exchange, 200, JSON, r#""1000.a.b""#.into(), garbled()),
        ("null", Exchange, 200, JSON, "null".into(), garbled()),
        ("half a letter", Exchange, 200, JSON, r#"{"access_token":"\ud800"}"#.into(), garbled()),
        ("deeper than anyone reads", Exchange, 200, JSON, format!(r#"{{"access_token":"a","x":{}{}}}"#, "[".repeat(5000), "]".repeat(5000)), garbled()),
        ("a token that would break a header", Exchange, 200, JSON, r#"{"access_token":"a\r\nX-Evil: 1"}"#.into(), garbled()),
        ("a token with a NUL", Exchange, 200, JSON, r#"{"access_token":"a\u0000"}"#.into(), garbled()),
        ("a refresh token of another script", Exchange, 200, JSON, living(r#""refresh_token":"é""#), garbled()),

        ("an empty object", Exchange, 200, JSON, "{}".into(), Is(Error::NoToken)),
        ("a refresh token alone", Exchange, 200, JSON, r#"{"refresh_token":"r"}"#.into(), Is(Error::NoToken)),
        ("an empty token", Exchange, 200, JSON, r#"{"access_token":""}"#.into(), Is(Error::NoToken)),
        ("a null token", Exchange, 200, JSON, r#"{"access_token":null}"#.into(), Is(Error::NoToken)),
        ("a number for a token", Exchange, 200, JSON, r#"{"access_token":1000}"#.into(), Is(Error::NoToken)),
        ("a token inside something", Exchange, 200, JSON, r#"{"data":{"access_token":"a"}}"#.into(), Is(Error::NoToken)),
        ("a token in other letters", Exchange, 200, JSON, r#"{"Access_Token":"a"}"#.into(), Is(Error::NoToken)),
        ("only a status", Refresh, 200, JSON, r#"{"status":"success"}"#.into(), Is(Error::NoToken)),

        ("Zoho is down", Refresh, 500, HTML, "<html>".into(), trouble(500)),
        ("Zoho is down, and says so in JSON", Exchange, 503, JSON, r#"{"error":"invalid_code"}"#.into(), trouble(503)),
        ("something between is down", Refresh, 502, JSON, r#"{"access_token":"a"}"#.into(), trouble(502)),
        ("a proxy wants a sign-in", Exchange, 407, JSON, String::new(), page()),
        ("a network wants a sign-in", Refresh, 511, JSON, "{}".into(), page()),
        ("a status beyond all", Refresh, 999, JSON, String::new(), trouble(999)),
    ]
}

// Shows N5.
#[test]
fn every_response_has_one_meaning() {
    let rows: Vec<Row> = [tokens(), refusals(), nonsense()].into_iter().flatten().collect();
    assert!(rows.len() >= 40);
    for (what, asked, status, content_type, body, means) in rows {
        let found = read(reply(status, content_type, body), &question(asked), NOW).map(|t| {
            let refresh = t.refresh.as_ref().map(|r| r.expose_secret().to_owned());
            (t.access.expose_secret().to_owned(), refresh, t.expires_at, t.odd_lifetime)
        });
        let token = |refresh: bool, seconds, odd| {
            let ends = NOW.plus(Duration::from_secs(seconds));
            Ok(("a".to_owned(), refresh.then(|| "r".to_owned()), ends, odd))
        };
        let wanted = match means {
            Token { refresh, seconds } => token(refresh, seconds, false),
            Odd => token(false, 3600, true),
            Is(error) => Err(error),
        };
        assert_eq!(found, wanted, "{what}");
    }
}

#[test]
fn invalid_utf8_is_garbled() {
    let found = read(
        reply(200, JSON, [b"{\"access_token\":\"".as_slice(), &[0xff], b"\"}"].concat()),
        &question(Exchange),
        NOW,
    );
    assert_eq!(found.unwrap_err(), Error::Garbled { host: HOST.to_owned() });
}
