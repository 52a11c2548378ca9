//! The HTTPS exchange: a [`Request`] goes out, an [`Outcome`] comes back.
//!
//! **Invariant:** a secret is sent to the origin it was meant for, or not at all. Redirects are not followed, plain
//! http goes only to this user's own programs, and errors contain no part of a request or a response.
//!
//! Deliberately absent: retries, cookies, compression and connection reuse. When a reused connection turns out to be
//! stale, it is unknown whether a one-time code was spent; a new one also follows a changed proxy or trust store.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the HTTP exchange sends requests, with their secrets"
)]

use std::error::Error;
use std::io;
use std::time::Duration;

use keyfob_core::Moment;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client as Http, RequestBuilder, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url, form_urlencoded};
use zoho_oauth::request::{Outcome, Request, Response, TransportError};
use zoho_oauth::scope::FIRST_ONLY;

use crate::platform::sockets::listener::{self, PortOwner};

/// The longest body that is read, in bytes. Zoho's answers are far shorter.
pub const LONGEST_BODY: usize = 64 * 1024;

const USER_AGENT: &str = concat!("Keyfob/", env!("CARGO_PKG_VERSION"));

/// Time limits of a request.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For connecting.
    pub connecting: Duration,
    /// For the whole exchange, up to the last byte of the response.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connecting: Duration::from_secs(10), whole: Duration::from_secs(30) }
    }
}

/// Sends the request once and reads the response.
pub async fn send(call: Request, patience: Patience) -> Outcome {
    // Nothing is sent to such an address; the user reads that the server cannot be reached.
    let way = way_to(&call.url).ok_or(TransportError::Unreachable)?;
    if matches!(way, Route::Loopback) {
        match listener::at(&call.url) {
            PortOwner::ThisUser => {}
            PortOwner::Another => return Err(TransportError::NotThisUsers),
            PortOwner::Nobody => return Err(TransportError::Unreachable),
        }
    }
    // This fails without a trust store, and then no certificate is trusted.
    let http = http(way, patience).map_err(|_| TransportError::Untrusted)?;
    let request = request(&http, &call).ok_or(TransportError::Unreachable)?;
    let lost = |failed: &reqwest::Error| {
        if failed.is_connect() { TransportError::Unreachable } else { TransportError::Broken }
    };
    let answer = request.send().await.map_err(|failed| why(&failed, lost(&failed)))?;
    if answer.status().is_redirection() {
        return Err(TransportError::Redirected);
    }
    read(answer).await
}

/// Sends HEAD to a server. Returns the time in its `Date` header; `None` when there is none. Fails when it cannot be
/// reached.
pub async fn reach(address: &Url, patience: Patience) -> Result<Option<Moment>, TransportError> {
    let way = way_to(address).ok_or(TransportError::Unreachable)?;
    let http = http(way, patience).map_err(|_| TransportError::Untrusted)?;
    let asked = http.head(address.clone()).send().await;
    let answer = asked.map_err(|failed| why(&failed, TransportError::Unreachable))?;
    Ok(answer.headers().get(DATE).and_then(|date| Moment::of_http_date(date.to_str().ok()?)))
}

#[derive(Clone, Copy)]
enum Route {
    /// Plain http on this computer.
    Loopback,
    /// TLS to this computer.
    Local,
    /// TLS to another computer, through the proxy when one is set.
    Beyond,
}

/// How to connect; `None` for an address to which no secret may be sent.
fn way_to(url: &Url) -> Option<Route> {
    let this_machine = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    // This query is a constant, so it holds no secret; any other might.
    let tells_nothing = url.query().is_none_or(|query| query == FIRST_ONLY);
    let bare = url.username().is_empty() && url.password().is_none() && tells_nothing && url.fragment().is_none();
    match (url.scheme(), this_machine) {
        _ if !bare => None,
        ("http", true) => Some(Route::Loopback),
        ("https", true) => Some(Route::Local),
        ("https", false) => Some(Route::Beyond),
        _ => None,
    }
}

fn http(way: Route, patience: Patience) -> reqwest::Result<Http> {
    let builder = Http::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .pool_max_idle_per_host(0)
        .connect_timeout(patience.connecting)
        .timeout(patience.whole);
    match way {
        // Practice must work on a computer without a trust store.
        Route::Loopback => builder.no_proxy().tls_certs_only([]).build(),
        Route::Local => builder.no_proxy().https_only(true).build(),
        Route::Beyond => builder.https_only(true).build(),
    }
}

fn request(http: &Http, call: &Request) -> Option<RequestBuilder> {
    let mut request = match &call.form {
        Some(form) => {
            http.post(call.url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(encoded(form))
        }
        None => http.get(call.url.clone()),
    };
    if let Some(authorization) = &call.authorization {
        let mut value = HeaderValue::from_str(authorization.expose_secret()).ok()?;
        value.set_sensitive(true);
        request = request.header(AUTHORIZATION, value);
    }
    Some(request)
}

fn encoded(form: &[(&'static str, SecretString)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form {
        body.append_pair(name, value.expose_secret());
    }
    body.finish()
}

async fn read(mut answer: reqwest::Response) -> Outcome {
    let status = answer.status().as_u16();
    let (content_type, retry_after) = (header(&answer, CONTENT_TYPE), header(&answer, RETRY_AFTER));
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|failed| why(&failed, TransportError::CutShort))? {
        if body.len() + part.len() > LONGEST_BODY {
            return Err(TransportError::TooLong);
        }
        body.extend_from_slice(&part);
    }
    Ok(Response { status, content_type, retry_after, body: body.into() })
}

fn header(answer: &reqwest::Response, name: HeaderName) -> Option<String> {
    answer.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn why(failed: &reqwest::Error, otherwise: TransportError) -> TransportError {
    if failed.is_timeout() {
        TransportError::TimedOut
    } else if is_distrust(failed) {
        TransportError::Untrusted
    } else {
        otherwise
    }
}

/// Whether TLS verification failed: a bad certificate, an old version or a broken handshake. A server that speaks no
/// TLS at all does not count.
fn is_distrust(failed: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(failed);
    while let Some(error) = cause {
        if let Some(told) = error.downcast_ref() {
            return !matches!(told, rustls::Error::InvalidMessage(_));
        }
        // `io::Error::source` skips the error that it wraps.
        cause = match error.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|wrapped| wrapped as _),
            None => error.source(),
        };
    }
    false
}
