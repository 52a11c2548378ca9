//! Asks the user for one approval, unless there was one, and for one denial.

use zoho_oauth::client::{Client, ClientType};

use crate::diagnostics::live_check::approval::asked;
use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::State;
use crate::diagnostics::live_check::session::{Interruption, Session};

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<State, Interruption> {
    let of = client(session).await?;
    if session.approved.is_none() {
        // The grant is kept for later questions.
        match session.new_grant(Some(of.clone())).await {
            Err(Interruption::Stopped) => return Err(Interruption::Stopped),
            Ok(_) | Err(Interruption::Skipped) => {}
        }
    }
    let consent = session.begin_consent(&of).ok_or(Interruption::Skipped)?;
    let url = consent.authorization_url(&of, &session.region, &asked()).ok_or(Interruption::Skipped)?;
    let (denied, error) = match session.comes_back(&Prompt::Deny(&url), &consent).await {
        Ok(back) if !back.has_code() => (Some(back.echo), back.error),
        Ok(_) => {
            session.person.tell("That address is one of an approval.");
            (None, None)
        }
        Err(Interruption::Skipped) => (None, None),
        Err(Interruption::Stopped) => return Err(Interruption::Stopped),
    };
    Ok(State { approved: session.approved, denied, error })
}

/// A client with a redirect URI.
async fn client<P: Person>(session: &mut Session<P>) -> Result<Client, Interruption> {
    for client in [ClientType::Mobile, ClientType::ServerBased] {
        match session.client(client).await {
            Err(Interruption::Skipped) => {}
            other => return other,
        }
    }
    Err(Interruption::Skipped)
}
