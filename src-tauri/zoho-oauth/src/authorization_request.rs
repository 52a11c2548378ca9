//! One authorization request through the browser: `state`, PKCE verifier, redirect URI and start time.
//!
//! Invariant: the verifier is sent only in the exchange's form body; the authorization URL carries its S256 challenge.
#![expect(clippy::disallowed_methods, reason = "builds the URL and compares states")]

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeVerifier, RedirectUrl};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

use crate::Moment;
use crate::client::Client;
use crate::region::Region;
use crate::scope::{IDENTITY, Scope, Scopes};

/// How long a request stays valid, from opening the browser to the redirect.
pub const LIFETIME: Duration = Duration::from_mins(10);

/// Fresh random values that the caller draws: at least 128 bits of `state` and 256 bits of verifier.
#[derive(Debug)]
pub struct Nonce {
    /// Ties the response to this request.
    pub state: CsrfToken,
    /// 43 to 128 characters (RFC 7636, section 4.1).
    pub verifier: PkceCodeVerifier,
}

/// A pending authorization request.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    /// The `state` parameter. Compare it once, with [`Self::is_mine`], which takes constant time.
    pub state: SecretString,
    /// The PKCE verifier.
    pub verifier: SecretString,
    /// The redirect URI, byte for byte as registered.
    pub redirect_uri: String,
    /// When the browser was asked to open.
    pub began: Moment,
    /// The token that Zoho's page for adding permissions requires; `None` when the request is for new tokens.
    pub enhance_token: Option<SecretString>,
}

impl AuthorizationRequest {
    /// Creates a request that begins at `now`.
    pub fn begin(nonce: Nonce, redirect_uri: String, now: Moment) -> Self {
        Self {
            state: nonce.state.into_secret().into(),
            verifier: nonce.verifier.into_secret().into(),
            redirect_uri,
            began: now,
            enhance_token: None,
        }
    }

    /// Whether `answer` equals this request's `state`.
    pub fn is_mine(&self, answer: &SecretString) -> bool {
        self.state.expose_secret().as_bytes().ct_eq(answer.expose_secret().as_bytes()).into()
    }

    /// The last moment at which a response is accepted.
    pub fn ends(&self) -> Moment {
        self.began.plus(LIFETIME)
    }

    /// Returns the S256 code challenge, BASE64URL(SHA256(verifier)) (RFC 7636, section 4.2).
    pub fn code_challenge(&self) -> String {
        // A hasher buffers its input, here the whole verifier. A buffer on the heap can be wiped when it is freed;
        // `oauth2::PkceCodeChallenge` hashes on the stack.
        let mut hasher = Box::new(Sha256::new());
        hasher.update(self.verifier.expose_secret());
        URL_SAFE_NO_PAD.encode(hasher.finalize_reset())
    }

    /// Returns the URL to open in the browser (RFC 6749, section 4.1.1, in Zoho's dialect: comma-separated scopes,
    /// `access_type`, and `prompt=consent`, without which a second consent yields no refresh token). `None` when the
    /// redirect URI is not a URL.
    pub fn authorization_url(&self, registration: &Client, region: &Region, ask: &AccessRequest) -> Option<Url> {
        let (url, _) = BasicClient::new(registration.client_id.clone())
            .set_auth_uri(AuthUrl::from_url(region.accounts.at("/oauth/v2/auth")))
            .set_redirect_uri(RedirectUrl::new(self.redirect_uri.clone()).ok()?)
            .authorize_url(|| CsrfToken::new(self.state.expose_secret().to_owned()))
            .add_scope(oauth2::Scope::new(ask.with_identity().asked()))
            .add_extra_param("access_type", if ask.keep_access { "offline" } else { "online" })
            .add_extra_param("prompt", "consent")
            .add_extra_param("code_challenge", self.code_challenge())
            .add_extra_param("code_challenge_method", "S256")
            .url();
        Some(url)
    }

    /// Returns the URL to open in the browser to add these permissions; `None` without an [`Self::enhance_token`]. Zoho
    /// does not document `state` for this page; compare it if it is returned nevertheless.
    ///
    /// Source: zoho.com/accounts/protocol/oauth/incremental-auth/scope-enhance-request.html.
    pub fn enhancing_url(&self, client_id: &ClientId, region: &Region, added: &Scopes) -> Option<Url> {
        let mut url = region.accounts.at("/oauth/v2/token/addextrascope");
        url.query_pairs_mut()
            .append_pair("response_type", "update_scopes")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", &added.asked())
            .append_pair("enhance_token", self.enhance_token.as_ref()?.expose_secret())
            .append_pair("logout", "false")
            .append_pair("state", self.state.expose_secret());
        Some(url)
    }
}

/// The access that a consent requests.
#[derive(Clone, Debug)]
pub struct AccessRequest {
    /// The scopes that the user chose.
    pub scopes: Scopes,
    /// Whether to request a refresh token too, so that access lasts longer than an hour.
    pub keep_access: bool,
}

impl AccessRequest {
    /// Returns the chosen scopes and [`IDENTITY`], the scope that identifies the account.
    pub fn with_identity(&self) -> Scopes {
        self.scopes.iter().cloned().chain(Scope::new(IDENTITY)).collect()
    }
}

#[cfg(test)]
mod tests;
