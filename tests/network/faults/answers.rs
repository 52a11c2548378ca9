//! Responses from other servers, from a failing Zoho, and from Zoho itself in many forms.

use super::{GOOD, JSON, Row, answers};
use crate::gate::{Fault, Step};
use crate::means::Means::{
    self, ClientUnknown, CodeSpent, Empty, Garbled, GrantEnded, NoToken, Refused, SecretWrong, SignInPage, Throttled,
    TooLong, Trouble, Works,
};

const HTML: &str = "content-type: text/html; charset=UTF-8\r\n";
const TEXT: &str = "content-type: text/plain\r\n";
const PORTAL: &str = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><form>Sign in to the network";
/// The back-off, in seconds, of a throttle without `Retry-After`.
const REST: u64 = 15 * 60;

pub(super) fn rows() -> Vec<Row> {
    [between(), trouble(), throttles(), refusals(), no_tokens(), bodies(), lengths()].into_iter().flatten().collect()
}

#[rustfmt::skip]
fn between() -> Vec<Row> {
    let row = |name, fault, means: Means| Row::new(name, fault, &means);
    vec![
        row("a captive portal", answers(200, HTML, PORTAL), SignInPage),
        row("a portal that calls itself JSON", answers(200, JSON, PORTAL), SignInPage),
        row("a portal that says not what it is", answers(200, "", PORTAL), SignInPage),
        row("a portal after blank lines", answers(200, TEXT, format!("\r\n\r\n  {PORTAL}")), SignInPage),
        row("a portal with a byte order mark", answers(200, TEXT, format!("\u{feff}{PORTAL}")), SignInPage),
        row("XHTML", answers(200, "content-type: application/xhtml+xml\r\n", PORTAL), SignInPage),
        row("XML", answers(200, "content-type: application/xml\r\n", "<?xml version='1.0'?><deny/>"), SignInPage),
        row("a page with an answer within", answers(200, HTML, format!("<html><pre>{GOOD}</pre>")), SignInPage),
        row("a page that is forbidden", answers(403, HTML, "<html>Blocked by policy"), SignInPage),
        row("a page that is not found", answers(404, HTML, "<html>Not found"), SignInPage),
        row("a page behind a password", answers(401, &format!("{HTML}www-authenticate: Basic realm=x\r\n"), "<html>"), SignInPage),
        row("a proxy's sign-in", answers(407, &format!("{HTML}proxy-authenticate: Basic realm=x\r\n"), "<html>"), SignInPage),
        row("a proxy's sign-in without a page", answers(407, "proxy-authenticate: Negotiate\r\n", ""), SignInPage),
        row("a network's sign-in", answers(511, HTML, PORTAL), SignInPage),
        row("a network's sign-in without a page", answers(511, "", ""), SignInPage),
        row("a network's sign-in beside a token", answers(511, JSON, GOOD), SignInPage),
        row("a line of text", answers(200, TEXT, "It works!"), Garbled),
        row("a script", answers(200, "content-type: text/javascript\r\n", "location.href='/login'"), Garbled),
        row("a picture", answers(200, "content-type: image/gif\r\n", "GIF89a\x01\0\x01\0\0\0\0;"), Garbled),
        row("a document", answers(200, "content-type: application/pdf\r\n", "%PDF-1.7\n"), Garbled),
        row("a proxy's script", answers(200, "content-type: application/x-ns-proxy-autoconfig\r\n", "function FindProxyForURL(u,h){}"), Garbled),
        row("the answer as another kind", answers(200, "content-type: application/octet-stream\r\n", GOOD), Works),
        row("the answer as a page", answers(200, HTML, GOOD), Works),
        row("the answer as nothing known", answers(200, "content-type: ;;;\r\n", GOOD), Works),
        row("the answer of two kinds", answers(200, &format!("{HTML}{JSON}"), GOOD), Works),
    ]
}

#[rustfmt::skip]
fn trouble() -> Vec<Row> {
    let row = |name, status, headers: &str, body: &str| Row::new(name, answers(status, headers, body), &Trouble(status));
    vec![
        row("500", 500, HTML, "<html>Oops"),
        row("500 beside a token", 500, JSON, GOOD),
        row("500 beside an error", 500, JSON, r#"{"error":"invalid_code"}"#),
        row("501", 501, TEXT, "Not here."),
        row("502 of something between", 502, HTML, "<html>Bad Gateway"),
        row("503", 503, "", ""),
        row("503 that says how long", 503, "retry-after: 120\r\n", ""),
        row("503 that says how long for nonsense", 503, "retry-after: \u{1f552}\r\n", ""),
        row("503 for ever", 503, "retry-after: 99999999999999999999\r\n", ""),
        row("504", 504, HTML, "<html>Gateway Timeout"),
        row("505", 505, "", ""),
        row("507", 507, JSON, "{}"),
        row("520", 520, HTML, "<html>Unknown Error"),
        row("599", 599, JSON, "{}"),
    ]
}

#[rustfmt::skip]
fn throttles() -> Vec<Row> {
    let many = |error: &str| format!(r#"{{"error_description":"…","error":"{error}","status":"failure"}}"#);
    let row = |name, fault, seconds| Row::new(name, fault, &Throttled(seconds));
    let after = |text: &str| answers(429, &format!("{JSON}retry-after: {text}\r\n"), "{}");
    vec![
        row("429", answers(429, JSON, "{}"), REST),
        row("429 with nothing", answers(429, "", ""), REST),
        row("429 with a page", answers(429, HTML, "<html>Slow down"), REST),
        row("429 beside a token", answers(429, JSON, GOOD), REST),
        row("429 for two minutes", after("120"), 120),
        // The refresh gets it at 9:56.
        Row { name: "429 as a date", fault: after("Mon, 23 Nov 2026 10:06:00 GMT"), means: [REST, 600, REST].map(Throttled) },
        row("429 until long ago", after("Thu, 01 Jan 1970 00:00:00 GMT"), 60),
        row("429 for no time", after("0"), 60),
        row("429 for ever", after("99999999999999999999"), REST),
        row("429 until the end of time", after("Fri, 31 Dec 9999 23:59:59 GMT"), REST),
        row("429 for less than no time", after("-30"), REST),
        row("429 for half a second", after("0.5"), REST),
        row("429 for a word", after("a while"), REST),
        row("429 for nothing", after(""), REST),
        row("429 for two times", answers(429, "retry-after: 300\r\nretry-after: 5\r\n", ""), 300),
        row("the throttle in English", answers(200, JSON, many("Access Denied")), REST),
        row("the throttle with 400", answers(400, JSON, many("Access Denied")), REST),
        row("the throttle that says how long", answers(400, &format!("{JSON}retry-after: 600\r\n"), many("Access Denied")), 600),
        row("the throttle in Chinese", answers(200, JSON, many("拒绝访问")), REST),
        row("the throttle in French", answers(400, JSON, many("Accès refusé")), REST),
        row("the throttle in Japanese", answers(200, JSON, many("アクセスが拒否されました")), REST),
        row("the throttle in Arabic", answers(200, JSON, many("تم رفض الوصول")), REST),
        row("the throttle in German", answers(400, JSON, many("Zugriff verweigert")), REST),
        row("the throttle in escapes", answers(200, JSON, many("\\u62d2\\u7edd\\u8bbf\\u95ee")), REST),
    ]
}

#[rustfmt::skip]
fn refusals() -> Vec<Row> {
    let row = |name, body: &str, means| Row { name, fault: answers(200, JSON, body), means };
    let both = |error: &str| format!(r#"{{"access_token":"1000.good.a","status":"success","error":{error}}}"#);
    let ended = || [CodeSpent, GrantEnded, Works];
    let everywhere = |error| [Refused(error), Refused(error), Refused(error)];
    vec![
        row("invalid_code", r#"{"error":"invalid_code"}"#, ended()),
        row("invalid_code with 400", r#"{"error":"invalid_code","status":"failure"}"#, ended()),
        row("an error beside a token", &both(r#""invalid_code""#), ended()),
        row("an error after a token, twice", r#"{"error":null,"access_token":"1000.good.a","error":"invalid_code"}"#, ended()),
        row("invalid_client", r#"{"error":"invalid_client"}"#, [ClientUnknown, ClientUnknown, Refused("invalid_client")]),
        row("invalid_client_secret", r#"{"error":"invalid_client_secret"}"#, [SecretWrong, SecretWrong, Refused("invalid_client_secret")]),
        row("access_denied", r#"{"error":"access_denied"}"#, everywhere("access_denied")),
        row("general_error", r#"{"error":"general_error"}"#, everywhere("general_error")),
        row("an error nobody knows, beside a token", &both(r#""server_says_no""#), everywhere("server_says_no")),
        row("an error that is empty, beside a token", &both(r#""""#), everywhere("")),
        row("an error that is a number, beside a token", &both("500"), everywhere("")),
        row("an error that is a list, beside a token", &both(r#"["invalid_code"]"#), everywhere("")),
        row("an error that is false, beside a token", &both("false"), everywhere("")),
        row("an error of markup", r#"{"error":"<script>x</script>"}"#, everywhere("<script>x</script>")),
        row("an error of two lines", r#"{"error":"a\r\nb\u0000c\u202e"}"#, everywhere("a bc")),
    ]
}

#[rustfmt::skip]
fn no_tokens() -> Vec<Row> {
    let row = |name, body: &str| Row { name, fault: answers(200, JSON, body), means: [NoToken, NoToken, Garbled] };
    let unfit = |name, token: &str| Row::new(name, answers(200, JSON, format!(r#"{{"access_token":"{token}"}}"#)), &Garbled);
    vec![
        row("nothing in it", "{}"),
        row("a token that is null", r#"{"access_token":null}"#),
        row("a token that is empty", r#"{"access_token":""}"#),
        row("a token that is a number", r#"{"access_token":1000}"#),
        row("a token that is true", r#"{"access_token":true}"#),
        row("a token in a list", r#"{"access_token":["1000.a"]}"#),
        row("a token a step down", r#"{"data":{"access_token":"1000.a"}}"#),
        row("a token of another name", r#"{"Access_Token":"1000.a","accessToken":"1000.b"}"#),
        row("a token before nothing", r#"{"access_token":"1000.a","access_token":null}"#),
        row("an id token only", r#"{"id_token":"a.b.c","expires_in":3600}"#),
        unfit("a token with a NUL", "1000.a\\u0000b"),
        unfit("a token with a line's end", "1000.a\\r\\nx: y"),
        unfit("a token with a blank", "1000.a b"),
        unfit("a token that is not ASCII", "1000.caf\u{e9}"),
        unfit("a token of half a letter", "1000.\\ud800"),
    ]
}

#[rustfmt::skip]
fn bodies() -> Vec<Row> {
    let row = |name, headers: &str, body: &[u8], means: Means| Row::new(name, answers(200, headers, body), &means);
    let json = |name, body: &str, means: Means| row(name, JSON, body.as_bytes(), means);
    let in_words = |big: bool| -> Vec<u8> { GOOD.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect() };
    let deep = format!(r#"{{"access_token":"1000.good.a","status":"success","x":{}{}}}"#, "[".repeat(5000), "]".repeat(5000));
    vec![
        row("nothing", JSON, b"", Empty),
        row("nothing of no kind", "", b"", Empty),
        json("blanks only", " \r\n\t ", Empty),
        json("a byte order mark only", "\u{feff}", Empty),
        json("a byte order mark first", &format!("\u{feff}{GOOD}"), Works),
        json("two byte order marks", &format!("\u{feff}\u{feff}{GOOD}"), Works),
        json("blanks around it", &format!("\n\n{GOOD}\n\n"), Works),
        row("UTF-16", "content-type: application/json;charset=UTF-16\r\n", &in_words(true), Garbled),
        row("UTF-16, the other way round", JSON, &in_words(false), Garbled),
        row("a charset that is not so", "content-type: application/json;charset=UTF-16\r\n", GOOD.as_bytes(), Works),
        row("a charset nobody knows", "content-type: application/json;charset=klingon\r\n", GOOD.as_bytes(), Works),
        row("not UTF-8", "content-type: application/json;charset=ISO-8859-1\r\n", b"{\"access_token\":\"1000.good.a\",\"status\":\"success\",\"x\":\"caf\xe9\"}", Garbled),
        row("UTF-8 cut in a letter", JSON, b"{\"access_token\":\"1000.good.a\",\"status\":\"success\",\"x\":\"\xe6\x8b\"}", Garbled),
        json("a NUL after it", &format!("{GOOD}\0"), Garbled),
        json("a NUL before it", &format!("\0{GOOD}"), Garbled),
        json("NULs only", "\0\0\0\0", Garbled),
        json("two answers", &format!("{GOOD}{GOOD}"), Garbled),
        json("a list of one", &format!("[{GOOD}]"), Garbled),
        json("a text", r#""1000.good.a""#, Garbled),
        json("a number", "3600", Garbled),
        json("true", "true", Garbled),
        json("null", "null", Garbled),
        json("a comma too many", r#"{"access_token":"1000.good.a","status":"success",}"#, Garbled),
        json("single quotes", "{'access_token':'1000.good.a','status':'success'}", Garbled),
        json("a comment", &format!("/* Zoho */{GOOD}"), Garbled),
        json("a call around it", &format!("callback({GOOD})"), Garbled),
        json("a guard before it", &format!(")]}}'\n{GOOD}"), Garbled),
        json("a form", "access_token=1000.good.a&status=success", Garbled),
        json("five thousand steps deep", &deep, Garbled),
        json("a number beyond all", r#"{"access_token":"1000.good.a","status":"success","x":1e9999}"#, Garbled),
        json("a name that comes twice", r#"{"access_token":"1000.bad","access_token":"1000.good.a","status":"failure","status":"success"}"#, Works),
        json("a name in escapes", r#"{"\u0061ccess_token":"1000.good.a","status":"success"}"#, Works),
        json("much that is unknown", &GOOD.replacen('{', r#"{"x":[1,{"y":null}],"__proto__":{},"":0,"#, 1), Works),
    ]
}

#[rustfmt::skip]
fn lengths() -> Vec<Row> {
    let row = |name, fault, means: Means| Row::new(name, fault, &means);
    let padded = |length: usize| format!("{GOOD}{}", " ".repeat(length - GOOD.len()));
    let most = keyfob::net::https::LONGEST_BODY;
    let packed = |how: &str| answers(200, &format!("{JSON}content-encoding: {how}\r\n"), GZIPPED);
    let chunks = |text: &str, bytes: usize| {
        let chunk = format!("{:x}\r\n{text}\r\n", text.len()).into_bytes();
        let head = format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n").into_bytes();
        Fault::Said(vec![Step::Hear, Step::Say(head), Step::Repeat(chunk, bytes)])
    };
    vec![
        row("as long as is read", answers(200, JSON, padded(most)), Works),
        row("one byte more", answers(200, JSON, padded(most + 1)), TooLong),
        row("a page that is too long", answers(200, HTML, PORTAL.repeat(1000)), TooLong),
        row("an error that is too long", answers(200, JSON, format!(r#"{{"error":"{}"}}"#, "x".repeat(most))), TooLong),
        row("chunks without end", chunks(&" ".repeat(16 * 1024), 1 << 30), TooLong),
        row("small chunks without end", chunks(&" ".repeat(200), 1 << 20), TooLong),
        row("a length of a terabyte", answers_with_length("1099511627776", padded(most * 2)), TooLong),
        row("packed, though nobody asked", packed("gzip"), Garbled),
        row("packed as Brotli", packed("br"), Garbled),
        row("packed as Zstandard", packed("zstd"), Garbled),
        row("packed twice", packed("gzip, gzip"), Garbled),
        row("packed, it says, and is not", answers(200, &format!("{JSON}content-encoding: gzip\r\n"), GOOD), Works),
        row("as it is, it says", answers(200, &format!("{JSON}content-encoding: identity\r\n"), GOOD), Works),
    ]
}

fn answers_with_length(length: &str, body: impl AsRef<[u8]>) -> Fault {
    let head = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {length}\r\n\r\n");
    super::says([head.as_bytes(), body.as_ref()].concat())
}

/// A gzip stream, which is binary data to a client that does not unpack it.
const GZIPPED: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
