//! The pages for the user: plain server-rendered HTML that works without scripts and follows the system's light or dark
//! theme.
//!
//! *Invariant:* `maud` inserts and escapes every text from outside; nothing is pre-escaped.

pub(crate) mod consent;
pub(crate) mod console;
pub(crate) mod console_form;
pub(crate) mod device;
pub(crate) mod multi_dc;
pub(crate) mod rehearse;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

pub(crate) const STYLE: &str = include_str!("style.css");
pub(crate) const SCRIPT: &str = include_str!("practice.js");

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Wraps a page in a response that no other site can frame and no cache stores.
pub(crate) fn show(status: StatusCode, page: &Markup) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    (status, headers, page.0.clone()).into_response()
}

/// The layout of every page.
fn frame(title: &str, body: &Markup) -> Markup {
    framed(title, None, body)
}

/// The same, for a page that redirects to another address.
fn framed(title: &str, goes_to: Option<&str>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " - Practice" }
                link rel="stylesheet" href="/practice.css";
                link rel="icon" href="data:,";
                script src="/practice.js" defer {}
                @if let Some(address) = goes_to {
                    noscript { meta http-equiv="refresh" content={ "0;url=" (address) }; }
                }
            }
            body {
                header {
                    p.banner { strong { "Practice" } span { " - not the real Zoho" } }
                    nav aria-label="Practice" {
                        a href="/console" { "API console" }
                        a href="/console/rehearse" { "What can go wrong" }
                    }
                }
                main { (body) }
                p.unseen #said role="status" {}
                footer { "Everything here stays on this computer and is forgotten when Practice ends." }
            }
        }
    }
}

/// A value to copy: shown in full, selectable, with a Copy button.
fn to_copy(label: &str, id: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            div.with-button {
                input.code id=(id) type="text" readonly spellcheck="false" autocomplete="off" value=(value);
                button.quiet type="button" data-copy=(id) hidden { span { "Copy" } span.unseen { " " (label) } }
            }
        }
    }
}
