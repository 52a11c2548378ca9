//! Requests a token for the client itself, without an organisation and with one.
#![expect(clippy::disallowed_methods, reason = "reads what the tester enters")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::{Client, ClientType, OrganisationId};
use zoho_oauth::request::Request;

use crate::diagnostics::live_check::approval::asked;
use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::{ClientCredentials, CliqSaid};
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<ClientCredentials, Interruption> {
    let of = match session.client(ClientType::SelfClient).await {
        // Zoho documents client credentials for a Self Client; another client may have them too.
        Err(Interruption::Skipped) => session.any_client().await?,
        of => of?,
    };
    let (without, mut cliq) = tried(session, &of, None).await;
    let with = match session.asks(&Prompt::Organisation).await {
        Ok(organisation) => {
            let (with, said) = tried(session, &of, Some(&organisation)).await;
            cliq = said.or(cliq);
            Some(with)
        }
        Err(Interruption::Skipped) => None,
        Err(Interruption::Stopped) => return Err(Interruption::Stopped),
    };
    Ok(ClientCredentials { without, with, cliq })
}

async fn tried<P: Person>(
    session: &mut Session<P>,
    of: &Client,
    organisation: Option<&SecretString>,
) -> (Shape, Option<CliqSaid>) {
    let call = call(session, of, organisation);
    let (shape, number) = session.gets_tokens(of, call).await;
    let token = number.and_then(|number| session.grants.get(number)).map(|grant| grant.tokens.access.clone());
    match token {
        Some(token) => (shape, Some(session.calls_cliq(Request::own_status(&session.region, &token)).await)),
        None => (shape, None),
    }
}

/// Builds Keyfob's own request if there is an organisation. Keyfob never asks without one, so that request is built
/// here. Source: zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html.
fn call<P: Person>(session: &Session<P>, of: &Client, organisation: Option<&SecretString>) -> Request {
    if let Some(organisation) = organisation.and_then(|number| OrganisationId::new(number.expose_secret())) {
        return Request::client_credentials(&session.region, of, &asked().scopes, &organisation);
    }
    let mut form = vec![
        ("client_id", SecretString::from(of.client_id.as_str())),
        ("grant_type", "client_credentials".into()),
        ("scope", asked().scopes.asked().into()),
    ];
    form.extend(of.client_secret.clone().map(|secret| ("client_secret", secret)));
    Request { url: session.region.accounts.at("/oauth/v2/token"), form: Some(form), authorization: None }
}
