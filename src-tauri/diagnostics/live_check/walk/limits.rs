//! Refreshes until Zoho's rate limit.

use zoho_oauth::error::Error;
use zoho_oauth::request::Request;

use super::token_errors::wrong_secret;
use crate::diagnostics::live_check::person::Person;
use crate::diagnostics::live_check::question::{FAILING, Limits, MOST_REFRESHES};
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<Limits, Interruption> {
    let number = session.fresh_grant().await?;
    let grant = session.grants.get(number).cloned().ok_or(Interruption::Skipped)?;
    let refresh_token = grant.tokens.refresh.ok_or(Interruption::Skipped)?;
    session.grants.spend(number);
    let wrong = wrong_secret(&grant.of);
    let mut seen = Limits { failed: 0, brought: 0, ended: None, throttled: false };
    for _ in 0..FAILING {
        let call = Request::refresh(&session.region, &wrong, &refresh_token);
        seen.failed += usize::from(Shape::of(&session.send(call).await).is_refusal());
    }
    for _ in 0..MOST_REFRESHES {
        match session.refreshes(number).await {
            (_, Ok(_)) => seen.brought += 1,
            (shape, Err(error)) => {
                seen.throttled = matches!(error, Error::Throttled { .. });
                seen.ended = Some(shape);
                break;
            }
        }
    }
    Ok(seen)
}
