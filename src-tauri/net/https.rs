//! The HTTPS exchange: a [`Request`] goes out, an [`Outcome`] comes back.
//!
//! **Invariant:** a secret goes to the origin it was meant for, or nowhere. No redirect is followed, plain http is spoken
//! with this user's own programs only, and nothing of a request or an answer gets into an error.
//!
//! Deliberately absent: retries, cookies, compression, and connections kept for later. A kept connection that has gone
//! stale leaves open whether a one-use code was spent; a fresh one also follows a changed proxy or trust store.

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

use crate::platform::sockets::listener::{self, Listener};

/// The longest body that is read. No answer of Zoho's that Keyfob asks for is near it.
pub const LONGEST_BODY: usize = 64 * 1024;

const USER_AGENT: &str = concat!("Keyfob/", env!("CARGO_PKG_VERSION"));

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until there is a connection.
    pub connecting: Duration,
    /// Until the last byte of the answer.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connecting: Duration::from_secs(10), whole: Duration::from_secs(30) }
    }
}

/// Sends the call, once, and reads the answer.
pub async fn send(call: Request, patience: Patience) -> Outcome {
    // A call to an address of the wrong kind never leaves; for the person that is a server that cannot be reached.
    let way = way_to(&call.url).ok_or(TransportError::Unreachable)?;
    if matches!(way, Way::Loopback) {
        match listener::at(&call.url) {
            Listener::ThisUser => {}
            Listener::Another => return Err(TransportError::NotThisUsers),
            Listener::Nobody => return Err(TransportError::Unreachable),
        }
    }
    // What fails here is the trust store: without one no certificate is trusted.
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

/// Asks a server for nothing but its headers: it can be reached, and this is its clock, where it tells.
pub async fn reach(address: &Url, patience: Patience) -> Result<Option<Moment>, TransportError> {
    let way = way_to(address).ok_or(TransportError::Unreachable)?;
    let http = http(way, patience).map_err(|_| TransportError::Untrusted)?;
    let asked = http.head(address.clone()).send().await;
    let answer = asked.map_err(|failed| why(&failed, TransportError::Unreachable))?;
    Ok(answer.headers().get(DATE).and_then(|date| Moment::of_http_date(date.to_str().ok()?)))
}

#[derive(Clone, Copy)]
enum Way {
    /// Plain, and never off this machine.
    Loopback,
    /// TLS to this machine.
    Local,
    /// TLS, through the proxy if there is one.
    Beyond,
}

/// How to get there; nothing for an address that secrets must not be sent to.
fn way_to(url: &Url) -> Option<Way> {
    let this_machine = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    // One query is the same for everybody, so it can hold no secret; every other might.
    let tells_nothing = url.query().is_none_or(|query| query == FIRST_ONLY);
    let bare = url.username().is_empty() && url.password().is_none() && tells_nothing && url.fragment().is_none();
    match (url.scheme(), this_machine) {
        _ if !bare => None,
        ("http", true) => Some(Way::Loopback),
        ("https", true) => Some(Way::Local),
        ("https", false) => Some(Way::Beyond),
        _ => None,
    }
}

fn http(way: Way, patience: Patience) -> reqwest::Result<Http> {
    let builder = Http::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .pool_max_idle_per_host(0)
        .connect_timeout(patience.connecting)
        .timeout(patience.whole);
    match way {
        // Practice works on a machine without any trust store.
        Way::Loopback => builder.no_proxy().tls_certs_only([]).build(),
        Way::Local => builder.no_proxy().https_only(true).build(),
        Way::Beyond => builder.https_only(true).build(),
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

/// TLS was spoken and came to no trust: a bad certificate, an old version, a broken promise. Who speaks no TLS at all is
/// not distrusted, only not Zoho.
fn is_distrust(failed: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(failed);
    while let Some(error) = cause {
        if let Some(told) = error.downcast_ref() {
            return !matches!(told, rustls::Error::InvalidMessage(_));
        }
        // An io::Error does not count what it wraps as its source.
        cause = match error.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|wrapped| wrapped as _),
            None => error.source(),
        };
    }
    false
}
