//! Requests a device code and polls for its token.
#![expect(clippy::disallowed_methods, reason = "shows the tester a user code")]

use secrecy::ExposeSecret;
use serde_json::Value;
use zoho_oauth::client::ClientType;
use zoho_oauth::device_authorization::{Polled, read_code, read_poll};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::GrantType;

use crate::diagnostics::live_check::approval::asked;
use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::DeviceTimes;
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

/// The most polls. Zoho answers one every half minute.
const MOST_POLLS: usize = 5;

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<DeviceTimes, Interruption> {
    let of = session.client(ClientType::NonBrowser).await?;
    let question = session.question(GrantType::Device);
    let outcome = session.send(Request::device_code(&session.region, &of.client_id, &asked())).await;
    let (interval, lifetime) = (figure(&outcome, "interval"), figure(&outcome, "expires_in"));
    let mut seen = DeviceTimes { code: Shape::of(&outcome), interval, lifetime, polled: None };
    let Ok(device) = read_code(outcome, &session.region, &question, session.now()) else { return Ok(seen) };
    session.never_writes(device.user_code.as_str());
    session.never_writes(device.device_code.clone());

    for _ in 0..MOST_POLLS {
        match session.asks(&Prompt::TypeCode(&device.page, &device.user_code)).await {
            Ok(_) => {}
            Err(Interruption::Skipped) => break,
            Err(Interruption::Stopped) => return Err(Interruption::Stopped),
        }
        let outcome = session.send(Request::device_token(&session.region, &of, &device.device_code)).await;
        seen.polled = Some(Shape::of(&outcome));
        session.keeps(&of, session.region.clone(), outcome.clone());
        match read_poll(outcome, &question, session.now()) {
            Polled::Pending | Polled::SlowDown | Polled::Unheard(_) => {
                session.person.tell("Zoho has no approval yet, or was asked too soon. Wait half a minute.");
            }
            Polled::Granted(_) | Polled::OtherRegion(_) | Polled::Refused(_) => break,
        }
    }
    Ok(seen)
}

fn figure(outcome: &Outcome, name: &str) -> Option<u64> {
    let body: Value = serde_json::from_slice(outcome.as_ref().ok()?.body.expose_secret()).ok()?;
    body.get(name)?.as_u64()
}
