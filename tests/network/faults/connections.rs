//! A missing connection, one that breaks, and one that never ends.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::net::SocketAddr;

use super::{GOOD, JSON, Row, says, says_and};
use crate::gate::{Fault, Step};
use crate::means::Means::{self, Garbled, NotAccepted, TimedOut, Unreachable};

/// The head of a good response.
fn head() -> String {
    format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {}\r\n\r\n", GOOD.len())
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

#[rustfmt::skip]
pub(super) fn rows(closed: SocketAddr) -> Vec<Row> {
    let row = |name, fault, means: Means| Row::new(name, fault, &means);
    let half = &GOOD[..GOOD.len() / 2];
    let size = GOOD.len();
    let reset = || [Step::Reset];
    let silence = || [Step::Silence];
    vec![
        row("nobody listens there", Fault::Elsewhere(format!("http://{closed}")), Unreachable),
        row("the name is not found", Fault::Elsewhere("https://accounts.zoho.invalid".into()), Unreachable),
        row("there is no route", Fault::Elsewhere("https://255.255.255.255".into()), Unreachable),
        row("the connection is broken at once", Fault::Bare(vec![Step::Reset]), Unreachable),
        row("it hangs up at once", Fault::Bare(vec![]), Unreachable),
        row("it never says a thing", Fault::Bare(vec![Step::Silence]), TimedOut),
        row("it is a mail server", Fault::Bare(vec![Step::Say(b"220 mail.example ESMTP\r\n".to_vec())]), Unreachable),
        row("it is an SSH server", Fault::Bare(vec![Step::Say(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())]), Unreachable),

        row("it hangs up after the request", says(""), Unreachable),
        row("it breaks after the request", says_and("", &reset()), Unreachable),
        row("it is silent after the request", says_and("", &silence()), TimedOut),
        row("it hangs up in the status line", says("HTTP/1.1 2"), Unreachable),
        row("it breaks in the status line", says_and("HTTP/1.1 2", &reset()), Unreachable),
        row("it hangs up in the headers", says("HTTP/1.1 200 OK\r\ncontent-ty"), Unreachable),
        row("it breaks in the headers", says_and("HTTP/1.1 200 OK\r\ncontent-ty", &reset()), Unreachable),
        row("it is silent in the headers", says_and("HTTP/1.1 200 OK\r\ncontent-ty", &silence()), TimedOut),
        row("the headers drip", Fault::Said(vec![Step::Hear, Step::Drip(head().into_bytes())]), TimedOut),

        row("headers, and it hangs up", says(head()), Garbled),
        row("headers, and it breaks", says_and(head(), &reset()), Garbled),
        row("headers, and silence", says_and(head(), &silence()), TimedOut),
        row("half a body, and it hangs up", says(head() + half), Garbled),
        row("half a body, and it breaks", says_and(head() + half, &reset()), Garbled),
        row("half a body, and silence", says_and(head() + half, &silence()), TimedOut),
        row("half a body whose length was not told", says(format!("HTTP/1.1 200 OK\r\n{JSON}\r\n{half}")), Garbled),
        row("all but the last byte", says(head() + &GOOD[..size - 1]), Garbled),
        row("the body drips", Fault::Said(vec![Step::Hear, Step::Say(head().into_bytes()), Step::Drip(GOOD.into())]), TimedOut),

        row("a chunk is cut", says(format!("{CHUNKED}{size:x}\r\n{half}")), Garbled),
        row("a chunk is cut by a broken connection", says_and(format!("{CHUNKED}{size:x}\r\n{half}"), &reset()), Garbled),
        row("the last chunk does not come", says(format!("{CHUNKED}{size:x}\r\n{GOOD}\r\n")), Garbled),
        row("the last chunk is waited for", says_and(format!("{CHUNKED}{size:x}\r\n{GOOD}\r\n"), &silence()), TimedOut),
        row("a chunk without a size", says(format!("{CHUNKED}\r\n{GOOD}\r\n0\r\n\r\n")), Garbled),
        row("a chunk whose size is a word", says(format!("{CHUNKED}long\r\n{GOOD}\r\n0\r\n\r\n")), Garbled),
        row("a chunk whose size is below nothing", says(format!("{CHUNKED}-1\r\n{GOOD}\r\n0\r\n\r\n")), Garbled),
        row("a chunk whose size is beyond all", says(format!("{CHUNKED}fffffffffffffffff\r\n{GOOD}\r\n0\r\n\r\n")), Garbled),
        row("a chunk longer than its size", says(format!("{CHUNKED}5\r\n{GOOD}\r\n0\r\n\r\n")), Garbled),
    ]
}

pub(super) fn never_accepted(at: SocketAddr) -> Row {
    Row::new("the connection is never accepted", Fault::Elsewhere(format!("http://{at}")), &NotAccepted)
}
