//! The response to a request at the one-time port: the private address, a short page, or nothing.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::Notify;
use url::Url;

use crate::text::{LANGUAGE, words};

const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The private address, which is sent once.
pub(super) struct Once {
    host: String,
    path: String,
    address: HeaderValue,
    is_given: AtomicBool,
}

impl Once {
    pub(super) fn new(port: u16, path: String, address: &Url) -> io::Result<Self> {
        let mut address = HeaderValue::from_str(address.as_str()).map_err(io::Error::other)?;
        // A sensitive header's `Debug` does not show its value.
        address.set_sensitive(true);
        Ok(Self { host: format!("127.0.0.1:{port}"), path, address, is_given: AtomicBool::new(false) })
    }

    pub(super) fn answer(&self, request: &Request<Incoming>, given: &Notify) -> Response<Full<Bytes>> {
        if !self.is_asked(request) {
            return respond(StatusCode::NOT_FOUND, String::new());
        }
        if self.is_given.swap(true, Ordering::SeqCst) {
            return respond(StatusCode::GONE, opened_already());
        }
        given.notify_one();
        let mut response = respond(StatusCode::FOUND, String::new());
        response.headers_mut().insert(LOCATION, self.address.clone());
        response
    }

    /// Whether a browser navigates to the address: not by another name of this computer, not for a frame or a script,
    /// and not as a prefetch.
    fn is_asked(&self, request: &Request<Incoming>) -> bool {
        let (uri, headers) = (request.uri(), request.headers());
        let is_or_absent = |name: &str, value: &str| !headers.contains_key(name) || only(headers, name) == Some(value);
        request.method() == Method::GET
            && uri.authority().is_none()
            && uri.path_and_query().is_some_and(|target| target.as_str() == self.path)
            && only(headers, HOST.as_str()) == Some(&self.host)
            && is_or_absent("sec-fetch-mode", "navigate")
            && is_or_absent("sec-fetch-dest", "document")
            && !["sec-purpose", "purpose", "x-moz", "x-purpose"].iter().any(|ahead| headers.contains_key(*ahead))
    }
}

/// The page for a browser that loads the address again.
fn opened_already() -> String {
    let (title, why) = (words("redirect.again"), words("redirect.again.why"));
    format!(
        r#"<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head><body><h1>{title}</h1><p>{why}</p></body></html>"#
    )
}

fn respond(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The value of a header that occurs exactly once, as text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}
