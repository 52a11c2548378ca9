//! The user's approval in a browser, and the address they paste afterwards; for a Self Client, the code from its
//! console.
#![expect(clippy::disallowed_methods, reason = "reads what the tester enters")]

use keyfob_core::redirect_method::loopback;
use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};
use zoho_oauth::authorization_request::{AccessRequest, AuthorizationRequest};
use zoho_oauth::authorization_response::{self, AuthorizationResponse, Granted, Pasted, Unreadable};
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::scope::Scopes;
use zoho_oauth::text::clean;
use zoho_oauth::value::ZohoValue;

use super::person::{Person, Prompt};
use super::question::Echo;
use super::session::{Interruption, Session};
use super::shape::word;
use crate::app::engine::nonce;

/// No program handles this scheme, so the address stays in the browser; Keyfob's own scheme would open Keyfob.
const MOBILE_REDIRECT: &str = "keyfobcheck://callback";

/// Keyfob listens on other ports, so the address stays in the browser.
const SERVER_REDIRECT_PORT: u16 = 28_475;

/// The redirect URI to register for the check; `None` for a client type without one.
pub fn redirect_uri(client: ClientType) -> Option<String> {
    match client {
        ClientType::Mobile => Some(MOBILE_REDIRECT.to_owned()),
        ClientType::ServerBased => Some(loopback(SERVER_REDIRECT_PORT)),
        ClientType::SelfClient | ClientType::NonBrowser => None,
    }
}

/// The access to request: the user's own status, which is the smallest permission of Cliq, and whose account it is.
pub(super) fn asked() -> AccessRequest {
    AccessRequest { scopes: Scopes::granted("ZohoCliq.Profile.READ"), keep_access: true }
}

/// An authorization code to exchange.
pub(super) struct Approved {
    pub(super) code: AuthorizationCode,
    /// `None` for a code from the console.
    pub(super) consent: Option<AuthorizationRequest>,
}

/// What the browser's redirect carried.
pub(super) struct Back {
    code: Option<AuthorizationCode>,
    /// The error code, if it is a word.
    pub(super) error: Option<String>,
    pub(super) echo: Echo,
    accounts_server: Option<String>,
}

impl Back {
    pub(super) fn has_code(&self) -> bool {
        self.code.is_some()
    }
}

impl<P: Person> Session<P> {
    /// Gets a code for this client, through the user's approval or from the console.
    pub(super) async fn approval(&mut self, of: &Client) -> Result<Approved, Interruption> {
        let Some(consent) = self.begin_consent(of) else { return self.console_code().await };
        let url = consent.authorization_url(of, &self.region, &asked()).ok_or(Interruption::Skipped)?;
        let back = self.comes_back(&Prompt::Approve(&url), &consent).await?;
        self.approved.get_or_insert(back.echo);
        let elsewhere = back.accounts_server.as_deref().and_then(|server| self.regions.by_accounts(server));
        if let Some(region) = elsewhere.filter(|region| region.code != self.region.code) {
            let name = region.name.clone();
            self.person.tell(&format!("Your account is in {name}. Begin again, with a client that was made there."));
            self.sees("an approval came back with another region".to_owned());
            return Err(Interruption::Skipped);
        }
        let Some(code) = back.code else {
            let error = back.error.unwrap_or_else(|| "no usual word".to_owned());
            self.person.tell(&format!("Zoho sent an error instead of a code: {error}."));
            self.sees(format!("an approval came back with the error {error}"));
            return Err(Interruption::Skipped);
        };
        self.never_writes(code.secret().as_str());
        Ok(Approved { code, consent: Some(consent) })
    }

    /// Begins an authorization request; `None` for a client without a redirect URI.
    pub(super) fn begin_consent(&mut self, of: &Client) -> Option<AuthorizationRequest> {
        let consent = AuthorizationRequest::begin(nonce(), redirect_uri(of.client_type)?, self.now());
        self.never_writes(consent.state.clone());
        self.never_writes(consent.verifier.clone());
        Some(consent)
    }

    /// Asks the user to paste the address that the browser was redirected to.
    pub(super) async fn comes_back(
        &mut self,
        prompt: &Prompt<'_>,
        consent: &AuthorizationRequest,
    ) -> Result<Back, Interruption> {
        let wrong = "That is not the address that the browser goes to after the approval.";
        self.asks_until(prompt, wrong, |text| read(text, consent)).await
    }

    async fn console_code(&mut self) -> Result<Approved, Interruption> {
        let scopes = asked().with_identity().asked();
        let is_code = |text: &SecretString| {
            let text = clean(text.expose_secret());
            (ZohoValue::of(&text) == Some(ZohoValue::CodeOrToken)).then(|| AuthorizationCode::new(text))
        };
        let code = self.asks_until(&Prompt::ConsoleCode(&scopes), "That is no code of Zoho's.", is_code).await?;
        self.never_writes(code.secret().as_str());
        Ok(Approved { code, consent: None })
    }
}

fn read(text: &SecretString, consent: &AuthorizationRequest) -> Option<Back> {
    let text = text.expose_secret();
    let back = |code, error: Option<String>, echo, accounts_server| {
        Some(Back { code, error: error.and_then(|error| word(&error)), echo, accounts_server })
    };
    match authorization_response::read_pasted(text, &consent.redirect_uri) {
        Ok(Pasted::Answer(AuthorizationResponse::Granted(Granted { code, state, accounts_server, .. }))) => {
            back(Some(code), None, echo(consent, Some(&state)), accounts_server)
        }
        Ok(Pasted::Answer(AuthorizationResponse::Denied { state, error })) => {
            back(None, Some(error), echo(consent, state.as_ref()), None)
        }
        // Keyfob itself rejects this; the check continues, because another question is about what follows.
        Err(Unreadable::NoState) => back(Some(code_in(text)?), None, Echo::Missing, None),
        // The page that adds permissions returns no code.
        Err(Unreadable::NoCode) if consent.enhance_token.is_some() => {
            match authorization_response::read_enhanced_pasted(text, &consent.redirect_uri).ok()? {
                AuthorizationResponse::Back { state } => back(None, None, echo(consent, state.as_ref()), None),
                _ => None,
            }
        }
        _ => None,
    }
}

fn echo(consent: &AuthorizationRequest, state: Option<&SecretString>) -> Echo {
    match state {
        None => Echo::Missing,
        Some(state) if consent.is_mine(state) => Echo::Same,
        Some(_) => Echo::Other,
    }
}

fn code_in(text: &str) -> Option<AuthorizationCode> {
    let (_, query) = text.trim().split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code")?.1;
    Some(AuthorizationCode::new(code.into_owned()))
}

/// Returns the authorization URL with its scopes passed through `spell`.
pub(super) fn spelled(url: &Url, spell: impl Fn(&str) -> String) -> Url {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut spelled = url.clone();
    let each = pairs.iter().map(|(name, value)| match name.as_str() {
        "scope" => (name.clone(), spell(value)),
        _ => (name.clone(), value.clone()),
    });
    spelled.query_pairs_mut().clear().extend_pairs(each);
    spelled
}
