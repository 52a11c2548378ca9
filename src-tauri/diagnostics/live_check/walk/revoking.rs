//! Revokes two access tokens and a refresh token by both paths, and then tries to use them.

use secrecy::SecretString;
use zoho_oauth::error::Error;
use zoho_oauth::request::{Request, TokenKind};
use zoho_oauth::token_response::Ended;

use crate::diagnostics::live_check::person::Person;
use crate::diagnostics::live_check::question::{After, Revoked, Revoking};
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<Revoking, Interruption> {
    let number = session.any_grant().await?;
    let grant = session.grants.get(number).cloned().ok_or(Interruption::Skipped)?;
    let refresh_token = grant.tokens.refresh.clone().ok_or(Interruption::Skipped)?;
    let Ok(second) = session.refreshes(number).await.1 else { return Err(Interruption::Skipped) };
    session.grants.spend(number);

    let of = &grant.of;
    let first = &grant.tokens.access;
    let newer = match Request::revoke_newer(&session.region, of, first, TokenKind::AccessToken) {
        Some(call) => Some(tried_at_cliq(session, session.revokes(call).await, first).await),
        None => None,
    };
    let answer = session.revokes(Request::revoke(&session.region, &second.access)).await;
    let older = tried_at_cliq(session, answer, &second.access).await;

    let (shape, ended) = session.ends(&grant, &refresh_token, TokenKind::RefreshToken).await;
    let after = After::Refresh(session.refreshes(number).await.0);
    let refresh_token_ended = Revoked { shape, ended: ended == Ok(Ended::Now), after };
    let again = session.revokes(Request::revoke(&session.region, &refresh_token)).await.0;
    Ok(Revoking { newer, older, refresh_token: refresh_token_ended, again })
}

async fn tried_at_cliq<P: Person>(
    session: &Session<P>,
    (shape, ended): (Shape, Result<Ended, Error>),
    token: &SecretString,
) -> Revoked {
    let said = session.calls_cliq(Request::own_status(&session.region, token)).await;
    Revoked { shape, ended: ended == Ok(Ended::Now), after: After::Cliq(said) }
}
