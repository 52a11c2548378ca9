//! A request to send and an answer to read: HTTP without a network.
//!
//! Invariant: secrets travel in the form body or the Authorization header, never in the URL, and no call is made to
//! an origin that is not a [`Region`]'s.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use oauth2::{AuthorizationCode, ClientId};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use crate::authorization_request::AuthorizationRequest;
use crate::client::{Client, OrganisationId};
use crate::region::Region;
use crate::scope::{FIRST_ONLY, OWN_STATUS, Read, Scopes};

/// Stands where a token would.
const NO_TOKEN: &str = "none";

/// A request, ready to be sent as it is: GET without a form, POST with one.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where to.
    pub url: Url,
    /// `application/x-www-form-urlencoded` body, for POST.
    pub form: Option<Vec<(&'static str, SecretString)>>,
    /// `Authorization` header.
    pub authorization: Option<SecretString>,
}

/// Whatever came back: any status, any body up to the size the transport allows.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type`, as sent.
    pub content_type: Option<String>,
    /// The `Retry-After`, as sent.
    pub retry_after: Option<String>,
    /// The body; a token reply is a secret.
    pub body: SecretSlice<u8>,
}

/// Why no whole answer came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TransportError {
    /// No connection could be made, so nothing was sent.
    Unreachable,
    /// The connection broke before an answer; the request may have been handled.
    Broken,
    /// Plain http to this computer, and another user's program listens there; nothing was sent.
    NotThisUsers,
    /// No answer in time.
    TimedOut,
    /// The certificate is not trusted.
    Untrusted,
    /// A redirect; never followed, for the body holds secrets.
    Redirected,
    /// A body over the limit.
    TooLong,
    /// A body that ended early.
    CutShort,
}

/// What the transport answers.
pub type Outcome = Result<Response, TransportError>;

/// Whether the request went out and nobody knows what became of it; the user reads of [`TransportError::Broken`] as of a
/// server that cannot be reached.
pub fn is_broken(outcome: &Outcome) -> bool {
    matches!(outcome, Err(TransportError::Broken))
}

impl Request {
    /// `authorization_code` (RFC 6749 4.1.3), with the verifier of RFC 7636. Zoho takes no `scope` here. A code that was
    /// made in the console belongs to no consent; neither redirect URI nor verifier goes with it.
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

    /// `refresh_token` (RFC 6749 6). Neither `scope` nor `redirect_uri`: Zoho's own kits send neither.
    pub fn refresh(region: &Region, of: &Client, refresh_token: &SecretString) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "refresh_token".into()));
        form.push(("refresh_token", refresh_token.clone()));
        Self::post(token_endpoint(region), form)
    }

    /// `client_credentials` (RFC 6749 4.4), for an organisation's Cliq.
    /// Source: zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html.
    pub fn client_credentials(region: &Region, of: &Client, scopes: &Scopes, organisation: &OrganisationId) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "client_credentials".into()));
        form.push(("scope", scopes.asked().into()));
        form.push(("soid", format!("ZohoCliq.{}", organisation.as_str()).into()));
        Self::post(token_endpoint(region), form)
    }

    /// Asks for what the page to add permissions to a refresh token wants.
    /// Source: zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html.
    pub fn enhance(region: &Region, of: &Client, refresh_token: &SecretString) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "update_scopes_token".into()));
        form.push(("refresh_token", refresh_token.clone()));
        Self::post(region.accounts.at("/oauth/v2/token/scopeenhance"), form)
    }

    /// Whether a region knows a client: a refresh with a text that is no token, so that it can bring none.
    pub fn about_client(region: &Region, of: &Client) -> Self {
        Self::refresh(region, of, &NO_TOKEN.into())
    }

    /// Revocation by the newer path, which asks for the client's credentials; nothing for a client without a secret.
    /// Source: www.zoho.com/developer/oauth/revoke-oauth-token.html.
    pub fn revoke_newer(region: &Region, of: &Client, token: &SecretString, kind: TokenKind) -> Option<Self> {
        let form = vec![("token", token.clone()), ("token_type", kind.as_str().into())];
        let call = Self::post(region.accounts.at("/oauth/v2/revoke/token"), form);
        Some(Self { authorization: Some(basic(region, of)?), ..call })
    }

    /// Revocation by the older path, which Zoho's own kits use.
    /// Source: zoho.com/accounts/protocol/oauth/revoke-refresh-token.html.
    pub fn revoke(region: &Region, token: &SecretString) -> Self {
        Self::post(region.accounts.at("/oauth/v2/token/revoke"), vec![("token", token.clone())])
    }

    /// Whose token this is.
    pub fn user_info(region: &Region, access_token: &SecretString) -> Self {
        Self::get(region.accounts.at("/oauth/user/info"), access_token)
    }

    /// A harmless read of Cliq: one's own status.
    pub fn own_status(region: &Region, access_token: &SecretString) -> Self {
        Self::get(own_status_at(region), access_token)
    }

    /// A harmless read, at the region's own Cliq or Accounts. The query it may have is a constant.
    pub fn read(region: &Region, access_token: &SecretString, read: Read) -> Self {
        let origin = if read.of_account { &region.accounts } else { &region.cliq };
        let mut url = origin.at(read.path);
        url.set_query(read.first_only.then_some(FIRST_ONLY));
        Self::get(url, access_token)
    }

    /// The host, for a sentence.
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

/// Where tokens are asked for.
pub fn token_endpoint(region: &Region) -> Url {
    region.accounts.at("/oauth/v2/token")
}

/// Where one's own status is read.
pub fn own_status_at(region: &Region) -> Url {
    region.cliq.at(OWN_STATUS.path)
}

/// The client's id, and the secret this region wants where there is one.
pub(crate) fn credentials(region: &Region, of: &Client) -> Vec<(&'static str, SecretString)> {
    let id: &ClientId = &of.client_id;
    let mut form = vec![("client_id", SecretString::from(id.as_str()))];
    form.extend(of.secret_for(&region.code).cloned().map(|secret| ("client_secret", secret)));
    form
}

/// Basic credentials, each half form-encoded first (RFC 6749 2.3.1).
fn basic(region: &Region, of: &Client) -> Option<SecretString> {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let secret = encoded(of.secret_for(&region.code)?.expose_secret());
    let pair = format!("{}:{secret}", encoded(of.client_id.as_str()));
    Some(format!("Basic {}", BASE64.encode(pair)).into())
}

/// Which of the two tokens is named to Zoho.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Its end is also the end of the access tokens it brought.
    RefreshToken,
    /// Where there is no other.
    AccessToken,
}

impl TokenKind {
    /// As Zoho and RFC 7009 2.1 write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RefreshToken => "refresh_token",
            Self::AccessToken => "access_token",
        }
    }
}

#[cfg(test)]
mod tests;
