//! Old, new, malformed or unusual HTTP, and redirects.

use super::{GOOD, JSON, Row, answers, says, says_and};
use crate::gate::{Fault, Step};
use crate::means::Means::{self, Empty, Garbled, Redirected, SignInPage, TimedOut, Trouble, Unreachable, Works};

#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let row = |name, fault, means: Means| Row::new(name, fault, &means);
    let size = GOOD.len();
    let ok = |headers: &str| says(format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {size}\r\n{headers}\r\n{GOOD}"));
    let after = |first: &str| says(format!("{first}HTTP/1.1 200 OK\r\n{JSON}content-length: {size}\r\n\r\n{GOOD}"));
    let length = |told: &str| says(format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {told}\r\n\r\n{GOOD}"));
    let going_on = "HTTP/1.1 100 Continue\r\n\r\n";
    vec![
        row("HTTP/1.0", says(format!("HTTP/1.0 200 OK\r\n{JSON}content-length: {size}\r\n\r\n{GOOD}")), Works),
        row("HTTP/1.0 that ends with the connection", says(format!("HTTP/1.0 200 OK\r\n{JSON}\r\n{GOOD}")), Works),
        row("HTTP/0.9, a body and no head", says(GOOD), Unreachable),
        row("HTTP/2 only", says([0, 0, 0, 4, 0, 0, 0, 0, 0]), Unreachable),
        row("HTTP/3.0", says(format!("HTTP/3.0 200 OK\r\ncontent-length: {size}\r\n\r\n{GOOD}")), Unreachable),
        row("no reason", says(format!("HTTP/1.1 200\r\n{JSON}content-length: {size}\r\n\r\n{GOOD}")), Works),
        row("a status of two digits", says("HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n"), Unreachable),
        row("a status of four digits", says("HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n"), Unreachable),
        row("a status that is a word", says("HTTP/1.1 OK 200\r\ncontent-length: 0\r\n\r\n"), Unreachable),
        row("a status nobody knows", answers(299, JSON, GOOD), Works),
        row("a status beyond all", answers(999, JSON, GOOD), Trouble(999)),
        row("lines that end the Unix way", says(format!("HTTP/1.1 200 OK\ncontent-length: {size}\n\n{GOOD}")), Works),
        row("chunks", says(format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n{size:x}\r\n{GOOD}\r\n0\r\n\r\n")), Works),
        row("chunks with trailers", says(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{size:x};a=b\r\n{GOOD}\r\n0\r\nx: y\r\n\r\n")), Works),

        row("a header without a colon", ok("surprise\r\n"), Unreachable),
        row("a blank in a header's name", ok("two words: x\r\n"), Unreachable),
        row("a header on two lines", ok("x: one\r\n two\r\n"), Unreachable),
        row("a NUL in a header", ok("x: a\0b\r\n"), Unreachable),
        row("a header that is not ASCII", ok("x-caf\u{e9}: x\r\n"), Unreachable),
        row("a header's text that is not ASCII", ok("x: caf\u{e9}\r\n"), Works),
        row("cookies", ok("set-cookie: a=b; Domain=.zoho.com\r\nset-cookie: c=d\r\n"), Works),
        row("a header of a megabyte", ok(&format!("x: {}\r\n", "x".repeat(1 << 20))), Unreachable),
        row("ten thousand headers", ok(&"x: y\r\n".repeat(10_000)), Unreachable),
        row("headers without end", Fault::Said(vec![Step::Hear, Step::Say(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Repeat(b"x: y\r\n".repeat(1000), 1 << 30)]), Unreachable),

        row("100 first", after(going_on), Works),
        row("100 a thousand times first", after(&going_on.repeat(1000)), Works),
        row("100 without end", Fault::Said(vec![Step::Hear, Step::Repeat(going_on.repeat(100).into_bytes(), usize::MAX)]), TimedOut),
        row("103 first", after("HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n"), Works),
        row("100 and nothing more", says(going_on), Unreachable),
        row("101, another protocol", says("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"), Empty),

        row("two lengths", says(format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\ncontent-length: 5\r\n\r\n{GOOD}")), Unreachable),
        row("a length below nothing", length("-1"), Unreachable),
        row("a length that is a word", length("long"), Unreachable),
        row("a length beyond all", length("99999999999999999999999"), Unreachable),
        row("a length that is too short", length("20"), Garbled),
        row("a length and silence", says_and(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{GOOD}", size + 1), &[Step::Silence]), TimedOut),
        row("204 with a body", says(format!("HTTP/1.1 204 No Content\r\n\r\n{GOOD}")), Empty),
        row("205", says("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n"), Empty),
    ]
}

#[rustfmt::skip]
pub(super) fn redirects(to: &str) -> Vec<Row> {
    let row = |name, status, location: &str| Row::new(name, answers(status, location, "Moved."), &Redirected);
    let location = &format!("location: {to}\r\n");
    let page = format!("<html><meta http-equiv=refresh content='0;url={to}'><script>location='{to}'</script>");
    vec![
        row("300", 300, location),
        row("301", 301, location),
        row("302, a portal", 302, location),
        row("303", 303, location),
        row("304", 304, ""),
        row("305, use a proxy", 305, location),
        row("307, which keeps the form", 307, location),
        row("308, which keeps the form", 308, location),
        row("307 to another path", 307, "location: /oauth/v3/token\r\n"),
        row("307 to nowhere", 307, ""),
        row("307 to no address", 307, "location: ://\r\n"),
        row("307 twice", 307, &format!("{location}location: https://accounts.zoho.eu/oauth/v2/token\r\n")),
        Row::new("a page that leads elsewhere", answers(200, "content-type: text/html\r\n", page), &SignInPage),
        Row::new("a header that leads elsewhere", answers(200, &format!("content-type: text/html\r\nrefresh: 0; url={to}\r\n"), "<html>"), &SignInPage),
        Row::new("a header that names a place beside a good answer", answers(200, &format!("{JSON}{location}content-location: {to}\r\nalt-svc: h3=\":443\"\r\n"), GOOD), &Works),
    ]
}
