//! Those who came to the port: what they ask, read as HTTP, and how long they may stay.
//!
//! **Invariant:** a few at a time, each for a few seconds, each with one request. Where there are too many, whoever has been
//! there longest goes: a browser asks at once, somebody who only holds the line does not. Where the system tells, only this
//! user's programs take a place, so that no other user can use them up.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderMap, HeaderName};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use keyfob_core::Event;
use keyfob_core::loopback::PATH;
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::hall::Newcomer;
use super::replies::Pages;
use super::{Told, html};
use crate::platform::sockets::peer::{Ends, Owner};

const MOST: usize = 64;
/// The whole visit.
const STAY: Duration = Duration::from_secs(10);
/// Until the request is there.
const ASKING: Duration = Duration::from_secs(5);
/// A request with its headers. Other programs' cookies for `localhost` come along.
const LONGEST: usize = 64 * 1024;

/// The connections in hand, oldest first.
#[derive(Default)]
pub(super) struct Guests(VecDeque<AbortHandle>);

impl Guests {
    pub(super) fn let_in(&mut self, newcomer: Newcomer, pages: Pages) {
        let Newcomer { stream, ends, port, told } = newcomer;
        self.0.retain(|guest| !guest.is_finished());
        if self.0.len() >= MOST
            && let Some(longest) = self.0.pop_front()
        {
            longest.abort();
        }
        // One that stays too long is cut off; that is all there is to it.
        let visit = async move { drop(timeout(STAY, serve(stream, ends, port, told, pages)).await) };
        self.0.push_back(tokio::spawn(visit).abort_handle());
    }
}

async fn serve(stream: TcpStream, ends: Ends, port: u16, told: Told, pages: Pages) {
    if speaks_tls(&stream).await {
        return told(Event::HttpsAsked);
    }
    let service = service_fn(|request| answer(request, port, ends, &told, &pages));
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(ASKING).max_buf_size(LONGEST).keep_alive(false);
    // What is not HTTP gets no answer.
    let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
}

/// Whether the first byte is that of a TLS handshake (RFC 8446 5.1); it stays to be read.
async fn speaks_tls(stream: &TcpStream) -> bool {
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    matches!(timeout(ASKING, stream.peek(&mut first)).await, Ok(Ok(1))) && first == [HANDSHAKE]
}

async fn answer(
    request: Request<Incoming>,
    port: u16,
    ends: Ends,
    told: &Told,
    pages: &Pages,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let Some(target) = target(&request, port) else {
        return Ok(html::nothing_here());
    };
    // Nobody answers for a socket that was closed meanwhile.
    if !may_ask(ends.owner().await) {
        told(Event::KnockRefused);
        return Ok(html::nothing_here());
    }
    let (knock, page) = pages.wait();
    told(Event::LoopbackAsked { knock, target });
    Ok(page.await.map_or_else(|_| html::nothing_here(), html::show))
}

/// Only this user's programs, where the system tells; elsewhere any of this machine, and the `state` alone decides.
pub(super) fn may_ask(owner: Owner) -> bool {
    owner == Owner::ThisUser || owner == Owner::Unknown && cfg!(not(target_os = "linux"))
}

/// Path and query, where it is a browser that goes to our address: not by another name of this machine (a page of the web
/// may have one that leads here), and not for a picture or a frame in somebody's page.
fn target(request: &Request<Incoming>, port: u16) -> Option<Vec<u8>> {
    let (uri, headers) = (request.uri(), request.headers());
    let host = only(headers, &HOST)?.to_ascii_lowercase();
    let is_ours = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host == format!("{name}:{port}"));
    let purpose = HeaderName::from_static("sec-fetch-dest");
    let is_page = !headers.contains_key(&purpose) || only(headers, &purpose) == Some("document");
    let is_asked = request.method() == Method::GET && uri.authority().is_none() && uri.path() == PATH;
    let target = uri.path_and_query().filter(|_| is_ours && is_page && is_asked)?;
    Some(target.as_str().as_bytes().to_vec())
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}
