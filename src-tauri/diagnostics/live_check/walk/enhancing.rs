//! Adds a permission to a refresh token of a Server-based client.

use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::client::ClientType;
use zoho_oauth::request::Request;
use zoho_oauth::scope::{Scope, Scopes};
use zoho_oauth::token_response::{self, GrantType};

use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::Enhancing;
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

/// A permission that nothing else in this check uses.
const ADDED: &str = "ZohoCliq.Channels.READ";

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<Enhancing, Interruption> {
    let of = session.client(ClientType::ServerBased).await?;
    let number = match session.grant_of(ClientType::ServerBased) {
        Some(number) => number,
        None => session.new_grant(Some(of.clone())).await?,
    };
    let begun_for_mobile = match session.grant_of(ClientType::Mobile) {
        Some(number) => asks_for_page(session, number).await.map(|(shape, _)| shape),
        None => None,
    };
    let (begun, page) = asks_for_page(session, number).await.ok_or(Interruption::Skipped)?;
    let mut seen = Enhancing { begun, begun_for_mobile, back: None, refreshed: None };
    let Some(consent) = page else { return Ok(seen) };

    let added = Scopes::granted(ADDED);
    let url = consent.enhancing_url(&of.client_id, &session.region, &added).ok_or(Interruption::Skipped)?;
    match session.comes_back(&Prompt::ApproveMore(&url), &consent).await {
        Ok(back) if back.error.is_none() => seen.back = Some(back.echo),
        Ok(_) | Err(Interruption::Skipped) => return Ok(seen),
        Err(Interruption::Stopped) => return Err(Interruption::Stopped),
    }
    let (shape, read) = session.refreshes(number).await;
    let is_named = |scopes: &Scopes| Scope::new(ADDED).is_ok_and(|added| scopes.has(&added));
    let named = read.ok().and_then(|tokens| tokens.scopes).is_some_and(|scopes| is_named(&scopes));
    seen.refreshed = Some((shape, named));
    Ok(seen)
}

/// Requests the page that adds permissions to a grant. Returns the response's shape, and the authorization request to
/// open the page with if Zoho gives its token.
async fn asks_for_page<P: Person>(
    session: &mut Session<P>,
    number: usize,
) -> Option<(Shape, Option<AuthorizationRequest>)> {
    let grant = session.grants.get(number)?.clone();
    let call = Request::enhance(&session.region, &grant.of, grant.tokens.refresh.as_ref()?);
    let outcome = session.send(call).await;
    let shape = Shape::of(&outcome);
    let given = token_response::read(outcome, &session.question(GrantType::Refresh), session.now()).ok();
    let Some(given) = given else { return Some((shape, None)) };
    session.never_writes(given.access.clone());
    let consent = session.begin_consent(&grant.of)?;
    Some((shape, Some(AuthorizationRequest { enhance_token: Some(given.access), ..consent })))
}
