//! The clients that the user made for the check. The check asks for each once.
#![expect(clippy::disallowed_methods, reason = "reads what the tester enters")]

use std::collections::BTreeMap;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::text::clean;
use zoho_oauth::value::ZohoValue;

use super::approval::redirect_uri;
use super::person::{Person, Prompt};
use super::session::{Interruption, Session};

/// The client types asked for so far, each with its client unless the user skipped it.
#[derive(Debug, Default)]
pub(super) struct Clients(Vec<(ClientType, Option<Client>)>);

impl Clients {
    /// The client of this type, if the user entered one.
    pub(super) fn given(&self, client: ClientType) -> Option<&Client> {
        self.0.iter().find(|(known, _)| *known == client).and_then(|(_, given)| given.as_ref())
    }
}

impl<P: Person> Session<P> {
    /// Returns the client of this type. Asks the user for it the first time.
    pub(super) async fn client(&mut self, client: ClientType) -> Result<Client, Interruption> {
        if self.clients.0.iter().any(|(known, _)| *known == client) {
            return self.clients.given(client).cloned().ok_or(Interruption::Skipped);
        }
        let asked = self.asks_for_client(client).await;
        match &asked {
            Ok(given) => self.clients.0.push((client, Some(given.clone()))),
            Err(Interruption::Skipped) => self.clients.0.push((client, None)),
            Err(Interruption::Stopped) => {}
        }
        asked
    }

    /// Returns any client that can get tokens for the user.
    pub(super) async fn any_client(&mut self) -> Result<Client, Interruption> {
        const THESE: [ClientType; 3] = [ClientType::Mobile, ClientType::ServerBased, ClientType::SelfClient];
        if let Some(given) = THESE.iter().find_map(|client| self.clients.given(*client)) {
            return Ok(given.clone());
        }
        for client in THESE {
            match self.client(client).await {
                Err(Interruption::Skipped) => {}
                other => return other,
            }
        }
        Err(Interruption::Skipped)
    }

    async fn asks_for_client(&mut self, client_type: ClientType) -> Result<Client, Interruption> {
        let redirect = redirect_uri(client_type);
        let prompt = Prompt::ClientId(client_type, redirect.as_deref());
        let wrong = "That is no Client ID: it begins with 1000. and goes on in capitals and digits.";
        let client_id = self.asks_until(&prompt, wrong, client_id_in).await?;
        self.never_writes(client_id.as_str());
        let client_secret = match self.asks(&Prompt::ClientSecret(client_type)).await {
            Ok(text) => Some(SecretString::from(clean(text.expose_secret()))),
            // Whether Zoho gives a Mobile-based client a secret is part of the first question.
            Err(Interruption::Skipped) if client_type == ClientType::Mobile => None,
            Err(left) => return Err(left),
        };
        if let Some(secret) = &client_secret {
            self.never_writes(secret.clone());
        }
        let region = self.region.code.clone();
        let secrets_elsewhere = BTreeMap::new();
        Ok(Client { region, client_type, client_id, own_redirect: None, client_secret, secrets_elsewhere })
    }
}

fn client_id_in(text: &SecretString) -> Option<ClientId> {
    let text = clean(text.expose_secret());
    (ZohoValue::of(&text) == Some(ZohoValue::ClientId)).then(|| ClientId::new(text))
}
