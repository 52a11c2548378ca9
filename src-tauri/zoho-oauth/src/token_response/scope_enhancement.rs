//! The response to a request for the page that adds permissions.

use secrecy::SecretString;

use super::{TokenQuery, header_safe, sound_body, text};
use crate::Moment;
use crate::error::Error;
use crate::request::Outcome;

/// The `token_type` of the token for that page.
const UPDATE_SCOPE: &str = "update_scope";

/// Reads the token for the page that adds permissions, from the response to [`crate::request::Request::enhance`]. It
/// goes into a URL, so a token of another type, which may be an access token, is refused with [`Error::NoToken`].
/// Source: zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html.
pub fn read_enhance_token(outcome: Outcome, query: &TokenQuery, now: Moment) -> Result<SecretString, Error> {
    let body = sound_body(outcome, query, now)?;
    let is_for_the_page = text(&body, "token_type").is_some_and(|kind| kind == UPDATE_SCOPE);
    let token = header_safe(text(&body, "access_token").filter(|_| is_for_the_page), &query.host)?;
    token.ok_or(Error::NoToken)
}
