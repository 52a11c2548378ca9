//! The connections to the loopback port: their requests, and their limits.
//!
//! **Invariant:** a few connections at a time, each for a few seconds and one request. When there are too many, the
//! oldest is closed: a browser sends its request immediately, a program that only holds the connection open does not.
//! On systems that tell which user owns a socket, only this user's connections count, so that no other user can exhaust
//! them.

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

use super::pending::Accepted;
use super::replies::Pages;
use super::{OnRequest, html};
use crate::platform::sockets::peer::{Ends, Owner};

const MOST: usize = 64;
/// Time limit of a connection.
const STAY: Duration = Duration::from_secs(10);
/// Time limit for receiving the request.
const ASKING: Duration = Duration::from_secs(5);
/// The largest request head, in bytes. It may hold cookies that other programs set for `localhost`.
const LONGEST: usize = 64 * 1024;

/// The open connections, oldest first.
#[derive(Default)]
pub(super) struct Connections(VecDeque<AbortHandle>);

impl Connections {
    pub(super) fn accept(&mut self, accepted: Accepted, pages: Pages) {
        let Accepted { stream, ends, port, on_request } = accepted;
        self.0.retain(|guest| !guest.is_finished());
        if self.0.len() >= MOST
            && let Some(longest) = self.0.pop_front()
        {
            longest.abort();
        }
        // A connection that lasts too long is closed.
        let visit = async move { drop(timeout(STAY, serve(stream, ends, port, on_request, pages)).await) };
        self.0.push_back(tokio::spawn(visit).abort_handle());
    }
}

async fn serve(stream: TcpStream, ends: Ends, port: u16, on_request: OnRequest, pages: Pages) {
    if speaks_tls(&stream).await {
        return on_request(Event::HttpsAsked);
    }
    let service = service_fn(|request| answer(request, port, ends, &on_request, &pages));
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(ASKING).max_buf_size(LONGEST).keep_alive(false);
    // A connection that does not speak HTTP gets no response.
    let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
}

/// Whether the first byte is that of a TLS handshake (RFC 8446, section 5.1). Does not consume it.
async fn speaks_tls(stream: &TcpStream) -> bool {
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    matches!(timeout(ASKING, stream.peek(&mut first)).await, Ok(Ok(1))) && first == [HANDSHAKE]
}

async fn answer(
    request: Request<Incoming>,
    port: u16,
    ends: Ends,
    on_request: &OnRequest,
    pages: &Pages,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let Some(target) = target(&request, port) else {
        return Ok(html::nothing_here());
    };
    // A socket that was closed meanwhile has no owner.
    if !may_ask(ends.owner().await) {
        on_request(Event::LoopbackRefused);
        return Ok(html::nothing_here());
    }
    let (request, page) = pages.wait();
    on_request(Event::LoopbackAsked { request, target });
    Ok(page.await.map_or_else(|_| html::nothing_here(), html::show))
}

/// Whether to accept a connection of this owner: only this user's on systems that tell the owner, any on others, where
/// only `state` protects.
pub(super) fn may_ask(owner: Owner) -> bool {
    owner == Owner::ThisUser || owner == Owner::Unknown && cfg!(not(target_os = "linux"))
}

/// The path and query; `None` unless a browser navigates to the callback. Other host names are refused, since a web
/// page may have one that resolves to this computer, and so are requests for an image or a frame of another page.
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
