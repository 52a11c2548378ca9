//! Calls Cliq with a valid token, with one that lacks a permission, and with a revoked one.

use zoho_oauth::request::{Request, TokenKind};
use zoho_oauth::scope::{Read, Scope};

use crate::diagnostics::live_check::person::Person;
use crate::diagnostics::live_check::question::RefusedToken;
use crate::diagnostics::live_check::session::{Interruption, Session};

/// A permission that this check never requests.
const MISSING: &str = "ZohoCliq.Departments.READ";

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<RefusedToken, Interruption> {
    let number = session.any_grant().await?;
    let grant = session.grants.get(number).cloned().ok_or(Interruption::Skipped)?;
    let Ok(tokens) = session.refreshes(number).await.1 else { return Err(Interruption::Skipped) };
    let read: Read = Scope::new(MISSING).ok().and_then(|scope| scope.read()).ok_or(Interruption::Skipped)?;
    let good = session.calls_cliq(Request::own_status(&session.region, &tokens.access)).await;
    let missing = session.calls_cliq(Request::read(&session.region, &tokens.access, read)).await;
    let (_, ended) = session.ends(&grant, &tokens.access, TokenKind::AccessToken).await;
    let dead = match ended {
        Ok(_) => Some(session.calls_cliq(Request::own_status(&session.region, &tokens.access)).await),
        Err(_) => None,
    };
    Ok(RefusedToken { good, missing, dead })
}
