//! One attempt in the browser: `state`, PKCE verifier, redirect URI, when it began.
//!
//! Invariant: the verifier leaves only in the exchange's form body; the authorization URL holds its S256 challenge.

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

/// How long an attempt may take, from the browser's opening to the link's return.
pub const LIFETIME: Duration = Duration::from_mins(10);

/// Fresh random values, drawn outside this crate: 128 bits of `state` and 256 bits of verifier at least.
#[derive(Debug)]
pub struct Nonce {
    /// Ties the answer to this attempt.
    pub state: CsrfToken,
    /// RFC 7636: 43 to 128 characters.
    pub verifier: PkceCodeVerifier,
}

/// A pending attempt.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    /// To be compared once, in constant time.
    pub state: SecretString,
    /// The PKCE verifier.
    pub verifier: SecretString,
    /// Where the answer goes, byte for byte as registered.
    pub redirect_uri: String,
    /// When the browser was asked to open.
    pub began: Moment,
    /// Where it only adds permissions to a refresh token: what Zoho's page for that wants.
    pub enhance_token: Option<SecretString>,
}

impl AuthorizationRequest {
    /// An attempt that begins now.
    pub fn begin(nonce: Nonce, redirect_uri: String, now: Moment) -> Self {
        Self {
            state: nonce.state.into_secret().into(),
            verifier: nonce.verifier.into_secret().into(),
            redirect_uri,
            began: now,
            enhance_token: None,
        }
    }

    /// Whether `answer` is this attempt's state.
    pub fn is_mine(&self, answer: &SecretString) -> bool {
        self.state.expose_secret().as_bytes().ct_eq(answer.expose_secret().as_bytes()).into()
    }

    /// The last moment an answer counts.
    pub fn ends(&self) -> Moment {
        self.began.plus(LIFETIME)
    }

    /// BASE64URL(SHA256(verifier)), the challenge of the method S256 (RFC 7636, section 4.2).
    pub fn code_challenge(&self) -> String {
        // A hasher keeps a copy of what it reads, here the whole verifier. On the heap a program can have that copy wiped
        // when it is freed; `oauth2::PkceCodeChallenge` hashes on the stack.
        let mut hasher = Box::new(Sha256::new());
        hasher.update(self.verifier.expose_secret());
        URL_SAFE_NO_PAD.encode(hasher.finalize_reset())
    }

    /// The address to open in the browser (RFC 6749 4.1.1, Zoho's dialect: comma-separated scopes, `access_type`,
    /// and `prompt=consent`, without which a second consent brings no refresh token).
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

    /// The address to open in the browser to add these permissions; `None` when the consent is for new tokens. Zoho
    /// does not name `state` here; where it sends it back all the same, it is compared.
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

/// What a consent asks for.
#[derive(Clone, Debug)]
pub struct AccessRequest {
    /// The permissions the user chose.
    pub scopes: Scopes,
    /// A refresh token too, so that access lasts longer than an hour.
    pub keep_access: bool,
}

impl AccessRequest {
    /// The chosen scopes, and the one that names the account.
    pub fn with_identity(&self) -> Scopes {
        self.scopes.iter().cloned().chain(Scope::new(IDENTITY)).collect()
    }
}

#[cfg(test)]
mod tests;
