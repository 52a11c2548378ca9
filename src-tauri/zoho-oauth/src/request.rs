//! Requests to send and responses to read: HTTP without a network.
//!
//! Invariant: secrets are in the form body or the `Authorization` header, never in the URL, and every request goes to
//! an origin of a [`Region`].
#![expect(clippy::disallowed_methods, reason = "builds the form and the header")]

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use oauth2::{AuthorizationCode, ClientId};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use crate::authorization_request::AuthorizationRequest;
use crate::client::{Client, OrganisationId};
use crate::region::Region;
use crate::scope::{FIRST_ONLY, OWN_STATUS, Read, Scopes};

/// A placeholder for a token.
const NO_TOKEN: &str = "none";

/// A request, ready to be sent as it is: GET without a form, POST with one.
#[derive(Clone, Debug)]
pub struct Request {
    /// The URL.
    pub url: Url,
    /// The `application/x-www-form-urlencoded` body of a POST.
    pub form: Option<Vec<(&'static str, SecretString)>>,
    /// The `Authorization` header.
    pub authorization: Option<SecretString>,
}

/// A response: any status, any body up to the transport's size limit.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header, as sent.
    pub content_type: Option<String>,
    /// The `Retry-After` header, as sent.
    pub retry_after: Option<String>,
    /// The body; that of a token response is a secret.
    pub body: SecretSlice<u8>,
}

/// Why there is no complete response.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TransportError {
    /// No connection could be made, so nothing was sent.
    Unreachable,
    /// The connection broke before a response; the server may have handled the request.
    Broken,
    /// Plain http to this computer, where another user's program listens; nothing was sent.
    NotThisUsers,
    /// No response in time.
    TimedOut,
    /// The server's certificate is not trusted.
    Untrusted,
    /// The server sent a redirect, which is never followed, since the body holds secrets.
    Redirected,
    /// The body was over the size limit.
    TooLong,
    /// The body was truncated.
    CutShort,
}

/// The transport's result.
pub type Outcome = Result<Response, TransportError>;

/// Whether the request was sent and its fate is unknown. [`Error`](crate::Error) does not tell this from a server that
/// cannot be reached.
pub fn is_broken(outcome: &Outcome) -> bool {
    matches!(outcome, Err(TransportError::Broken))
}

impl Request {
    /// The grant `authorization_code` (RFC 6749, section 4.1.3) with the PKCE verifier (RFC 7636, section 4.5). Zoho
    /// takes no `scope` here. A code made in the console belongs to no consent, so its exchange has neither redirect
    /// URI nor verifier.
    pub fn exchange(
        region: &Region,
        of: &Client,
        code: &AuthorizationCode,
        consent: Option<&AuthorizationRequest>,
    ) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "authorization_code".into()));
        form.push(("code", code.secret().clone().into()));
        if let Some(consent) = consent {
            form.push(("redirect_uri", consent.redirect_uri.clone().into()));
            form.push(("code_verifier", consent.verifier.clone()));
        }
        Self::post(token_endpoint(region), form)
    }

    /// The grant `refresh_token` (RFC 6749, section 6), without `scope` and `redirect_uri`, as Zoho's own SDKs send it.
    pub fn refresh(region: &Region, of: &Client, refresh_token: &SecretString) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "refresh_token".into()));
        form.push(("refresh_token", refresh_token.clone()));
        Self::post(token_endpoint(region), form)
    }

    /// The grant `client_credentials` (RFC 6749, section 4.4), for an organisation's Cliq.
    /// Source: zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html.
    pub fn client_credentials(region: &Region, of: &Client, scopes: &Scopes, organisation: &OrganisationId) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "client_credentials".into()));
        form.push(("scope", scopes.asked().into()));
        form.push(("soid", format!("ZohoCliq.{}", organisation.as_str()).into()));
        Self::post(token_endpoint(region), form)
    }

    /// Requests the token that Zoho's page for adding permissions to a refresh token requires.
    /// Source: zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html.
    pub fn enhance(region: &Region, of: &Client, refresh_token: &SecretString) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "update_scopes_token".into()));
        form.push(("refresh_token", refresh_token.clone()));
        Self::post(region.accounts.at("/oauth/v2/token/scopeenhance"), form)
    }

    /// Tests whether a region knows a client: a refresh with a placeholder, so that it cannot yield tokens.
    pub fn about_client(region: &Region, of: &Client) -> Self {
        Self::refresh(region, of, &NO_TOKEN.into())
    }

    /// Revocation by the newer path, which requires the client's credentials; `None` for a client without a secret.
    /// Source: www.zoho.com/developer/oauth/revoke-oauth-token.html.
    pub fn revoke_newer(region: &Region, of: &Client, token: &SecretString, kind: TokenKind) -> Option<Self> {
        let form = vec![("token", token.clone()), ("token_type", kind.as_str().into())];
        let call = Self::post(region.accounts.at("/oauth/v2/revoke/token"), form);
        Some(Self { authorization: Some(basic(region, of)?), ..call })
    }

    /// Revocation by the older path, which Zoho's own SDKs use.
    /// Source: zoho.com/accounts/protocol/oauth/revoke-refresh-token.html.
    pub fn revoke(region: &Region, token: &SecretString) -> Self {
        Self::post(region.accounts.at("/oauth/v2/token/revoke"), vec![("token", token.clone())])
    }

    /// A read of the account that the token belongs to.
    pub fn user_info(region: &Region, access_token: &SecretString) -> Self {
        Self::get(region.accounts.at("/oauth/user/info"), access_token)
    }

    /// A harmless read of Cliq: the user's own status.
    pub fn own_status(region: &Region, access_token: &SecretString) -> Self {
        Self::get(own_status_at(region), access_token)
    }

    /// A harmless read at the region's Cliq or Accounts. Its query, if any, is a constant.
    pub fn read(region: &Region, access_token: &SecretString, read: Read) -> Self {
        let origin = if read.of_account { &region.accounts } else { &region.cliq };
        let mut url = origin.at(read.path);
        url.set_query(read.first_only.then_some(FIRST_ONLY));
        Self::get(url, access_token)
    }

    /// The host, for messages.
    pub fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn post(url: Url, form: Vec<(&'static str, SecretString)>) -> Self {
        Self { url, form: Some(form), authorization: None }
    }

    fn get(url: Url, access_token: &SecretString) -> Self {
        let header = format!("Zoho-oauthtoken {}", access_token.expose_secret());
        Self { url, form: None, authorization: Some(header.into()) }
    }
}

/// The token endpoint of a region.
pub fn token_endpoint(region: &Region) -> Url {
    region.accounts.at("/oauth/v2/token")
}

/// The URL of the user's own status.
pub fn own_status_at(region: &Region) -> Url {
    region.cliq.at(OWN_STATUS.path)
}

/// The client ID, and the secret for this region if there is one.
pub(crate) fn credentials(region: &Region, of: &Client) -> Vec<(&'static str, SecretString)> {
    let id: &ClientId = &of.client_id;
    let mut form = vec![("client_id", SecretString::from(id.as_str()))];
    form.extend(of.secret_for(&region.code).cloned().map(|secret| ("client_secret", secret)));
    form
}

/// The header of HTTP Basic authentication, with each half form-encoded first (RFC 6749, section 2.3.1).
fn basic(region: &Region, of: &Client) -> Option<SecretString> {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let secret = encoded(of.secret_for(&region.code)?.expose_secret());
    let pair = format!("{}:{secret}", encoded(of.client_id.as_str()));
    Some(format!("Basic {}", BASE64.encode(pair)).into())
}

/// The type of the token to revoke.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// A refresh token. Revoking it also ends the access tokens issued with it.
    RefreshToken,
    /// An access token, for a grant without a refresh token.
    AccessToken,
}

impl TokenKind {
    /// The `token_type` as Zoho and RFC 7009, section 2.1, write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RefreshToken => "refresh_token",
            Self::AccessToken => "access_token",
        }
    }
}

#[cfg(test)]
mod tests;
