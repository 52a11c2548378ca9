//! The URL that a user pasted, in the forms that browsers, chat and mail programs give it.
//!
//! Invariant: only the query is taken from it. Its `state` alone decides whether it answers the pending request, so
//! leniency about the rest admits nobody.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::text::clean;

/// Returns the query after `redirect_uri` in a text; `None` when the text does not contain that URL.
///
/// A browser may show the URL without its scheme, insist on `https`, or write the loopback host as an IP address. A
/// chat program puts brackets around it, writes `&amp;`, or wraps the whole URL in one of its own.
pub(super) fn query_in(text: &str, redirect_uri: &str) -> Option<String> {
    let text = clean(&text.replace("&amp;", "&").replace("&#38;", "&"));
    let unwrapped = || percent_decode_str(&text).decode_utf8().ok().map(Cow::into_owned);
    let found = query_behind(&text, redirect_uri);
    found.or_else(|| query_behind(&unwrapped()?, redirect_uri))
}

/// Whether a text is the redirect URI without any response, as when a site drops the query.
pub(super) fn is_bare(text: &str, redirect_uri: &str) -> bool {
    let lower = clean(text).to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let is_it = |address: &String| address.split_once("://").map_or(address.as_str(), |(_, rest)| rest) == rest;
    addresses(redirect_uri).iter().any(|address| is_it(address) || is_it(&format!("{address}/")))
}

fn query_behind(text: &str, redirect_uri: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    addresses(redirect_uri).iter().find_map(|address| {
        let end = lower.find(address.as_str())? + address.len();
        let rest = &text[end..];
        // A redirect URI with a query has the response appended to that query.
        let after_query = || rest.strip_prefix('&').filter(|_| address.contains('?'));
        let query = rest.strip_prefix("/?").or_else(|| rest.strip_prefix('?')).or_else(after_query)?;
        let query = query.split(['#', '>', ')', ']', '|']).next().unwrap_or_default();
        Some(query.trim_end_matches(['.', '!', '…']).to_owned())
    })
}

/// The ways to write the URL, in lower case; `http` and `https` URLs without their scheme.
fn addresses(redirect_uri: &str) -> Vec<String> {
    let lower = redirect_uri.to_ascii_lowercase();
    let Some((scheme, rest)) = lower.split_once("://") else { return vec![lower] };
    if !matches!(scheme, "http" | "https") {
        return vec![format!("{scheme}://{rest}"), format!("{scheme}:///{rest}"), format!("{scheme}:{rest}")];
    }
    let rest = rest.trim_end_matches('/');
    match rest.strip_prefix("localhost") {
        Some(port_and_path) => ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}{port_and_path}")).into(),
        None => vec![rest.to_owned()],
    }
}
