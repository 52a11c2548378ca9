//! The steps that answer each question, in order.

mod client_credentials;
mod device;
mod enhancing;
mod limits;
mod other_region;
mod refused_token;
mod revoking;
mod scopes;
mod secret_and_pkce;
mod state;
mod token_errors;

use zoho_oauth::client::ClientType;

use super::person::Person;
use super::question::{SecretOfMobile, SecretOfServerBased};
use super::session::Session;

const BEFORE: &str = "This check asks Zoho up to twelve questions with a client that you made for it; docs/live-check.md in Keyfob's sources says how to make one. It stores nothing, \
                      and revokes at the end what Zoho gave. Enter alone skips a question, q ends the check.";

/// Asks all questions.
pub(crate) async fn walk<P: Person>(session: &mut Session<P>) {
    session.person.tell(BEFORE);
    session.finds(async |s| secret_and_pkce::find(s, ClientType::Mobile).await.map(SecretOfMobile)).await;
    session.finds(async |s| secret_and_pkce::find(s, ClientType::ServerBased).await.map(SecretOfServerBased)).await;
    session.finds(state::find).await;
    session.finds(token_errors::find).await;
    session.finds(other_region::find).await;
    session.finds(revoking::find).await;
    session.finds(enhancing::find).await;
    session.finds(refused_token::find).await;
    session.finds(limits::find).await;
    session.finds(scopes::find).await;
    session.finds(client_credentials::find).await;
    session.finds(device::find).await;
}
