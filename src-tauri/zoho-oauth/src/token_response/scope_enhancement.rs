//! The answer to a request for the page that adds permissions.

use secrecy::SecretString;

use super::{TokenQuery, header_safe, sound_body, text};
use crate::Moment;
use crate::error::Error;
use crate::request::Outcome;

/// What Zoho calls the token that its page takes.
const UPDATE_SCOPE: &str = "update_scope";

/// Reads the token for the page that adds permissions, as an answer to [`crate::request::Request::enhance`]. It goes into an
/// address, so a token of another type, which may be an access token, is none: [`Error::NoToken`].
/// Source: zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html.
pub fn read_enhance_token(outcome: Outcome, query: &TokenQuery, now: Moment) -> Result<SecretString, Error> {
    let body = sound_body(outcome, query, now)?;
    let is_for_the_page = text(&body, "token_type").is_some_and(|kind| kind == UPDATE_SCOPE);
    let token = header_safe(text(&body, "access_token").filter(|_| is_for_the_page), &query.host)?;
    token.ok_or(Error::NoToken)
}
