//! The pages that the browser gets at the loopback port, with words from the window's catalogue.
//!
//! **Invariant:** a page contains no part of the request, and runs and loads nothing; it may only open the link that
//! asks Keyfob to show its window.

use std::borrow::Cow;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use hyper::{Response, StatusCode};
use keyfob_core::loopback::{FRONT, LoopbackPage};

use crate::text::{self, LANGUAGE};

const STYLE: &str = include_str!("page.css");

/// Allows [`STYLE`] alone, and no frame around the page.
const POLICY: &str = "default-src 'none'; style-src 'sha256-lmJFKYf8QtpuyP+aln/EMiJBiMyY8nsM1iCLgObedcg='; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(super) fn show(page: LoopbackPage) -> Response<Full<Bytes>> {
    let (title, why, status, comes_back) = match page {
        LoopbackPage::Done => ("loopback.done", "loopback.done.why", StatusCode::OK, true),
        LoopbackPage::Refused => ("loopback.refused", "loopback.refused.why", StatusCode::OK, true),
        LoopbackPage::GoBack => ("loopback.goBack", "loopback.goBack.why", StatusCode::OK, false),
        LoopbackPage::NotThis => ("loopback.notThis", "loopback.notThis.why", StatusCode::BAD_REQUEST, false),
    };
    respond(status, document(&words(title), &words(why), comes_back))
}

/// The page for every other address.
pub(super) fn nothing_here() -> Response<Full<Bytes>> {
    respond(StatusCode::NOT_FOUND, String::new())
}

fn document(title: &str, why: &str, comes_back: bool) -> String {
    // After a delay, so that the user reads the page before the browser asks for permission.
    let by_itself =
        if comes_back { format!(r#"<meta http-equiv="refresh" content="1;url={FRONT}">"#) } else { String::new() };
    let by_hand = if comes_back {
        format!(r#"<p><a id="front" href="{FRONT}">{}</a></p>"#, words("loopback.back"))
    } else {
        String::new()
    };
    format!(
        r#"<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{by_itself}<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1><p>{why}</p>{by_hand}</main></body></html>"#
    )
}

fn respond(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, hyper::header::HeaderValue::from_static(value));
    }
    response
}

/// Escapes text for HTML.
fn words(key: &str) -> Cow<'static, str> {
    let plain = text::words(key);
    if plain.contains(['&', '<', '>', '"']) {
        let escaped = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        Cow::Owned(escaped)
    } else {
        Cow::Borrowed(plain)
    }
}

#[cfg(test)]
mod tests {

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_only_this_style() {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        assert!(POLICY.contains(&format!("style-src 'sha256-{hash}'")), "the hash is {hash}");
    }

    #[test]
    fn every_page_has_its_words() {
        for (title, why) in
            ["done", "refused", "goBack", "notThis"].map(|p| (format!("loopback.{p}"), format!("loopback.{p}.why")))
        {
            assert!(!words(&title).is_empty() && !words(&why).is_empty(), "{title}");
        }
        assert!(!words("loopback.back").is_empty());
    }
}
