//! Exchanges a code with a wrong verifier, and one without the secret.

use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::request::Request;

use crate::diagnostics::live_check::approval::Approved;
use crate::diagnostics::live_check::person::Person;
use crate::diagnostics::live_check::question::SecretAndPkce;
use crate::diagnostics::live_check::session::{Interruption, Session};

pub(super) async fn find<P: Person>(
    session: &mut Session<P>,
    client: ClientType,
) -> Result<SecretAndPkce, Interruption> {
    let of = session.client(client).await?;

    let Approved { code, consent } = session.approval(&of).await?;
    let consent = consent.map(|consent| AuthorizationRequest { verifier: "0".repeat(43).into(), ..consent });
    let call = Request::exchange(&session.region, &of, &code, consent.as_ref());
    let (wrong_verifier, _) = session.gets_tokens(&of, call).await;

    let approved = session.approval(&of).await?;
    let bare = Client { client_secret: None, ..of.clone() };
    let (without_secret, brought) = exchange(session, &of, &bare, &approved).await;
    if brought || !without_secret.is_refusal() || of.client_secret.is_none() {
        return Ok(SecretAndPkce { wrong_verifier, without_secret, complete: None, code_lasted: None });
    }
    let (again, brought) = exchange(session, &of, &of, &approved).await;
    if brought {
        return Ok(SecretAndPkce { wrong_verifier, without_secret, complete: Some(again), code_lasted: Some(true) });
    }
    let code_lasted = again.has_error("invalid_code").then_some(false);
    session.person.tell("The code of that approval is used up, so one more is needed.");
    let complete = match session.approval(&of).await {
        Ok(approved) => Some(exchange(session, &of, &of, &approved).await.0),
        Err(Interruption::Skipped) => None,
        Err(Interruption::Stopped) => return Err(Interruption::Stopped),
    };
    Ok(SecretAndPkce { wrong_verifier, without_secret, complete, code_lasted })
}

/// Exchanges the code with the credentials of `shown`, and keeps the tokens as those of `of`.
async fn exchange<P: Person>(
    session: &mut Session<P>,
    of: &Client,
    shown: &Client,
    approved: &Approved,
) -> (crate::diagnostics::live_check::shape::Shape, bool) {
    let call = Request::exchange(&session.region, shown, &approved.code, approved.consent.as_ref());
    let (shape, grant) = session.gets_tokens(of, call).await;
    (shape, grant.is_some())
}
