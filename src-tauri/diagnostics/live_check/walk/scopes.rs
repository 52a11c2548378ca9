//! Reads the spelling in a token response, and shows two approval pages with other spellings.

use zoho_oauth::client::{Client, ClientType};

use crate::diagnostics::live_check::approval::{asked, spelled};
use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::Spelling;
use crate::diagnostics::live_check::session::{Interruption, Session};

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<Spelling, Interruption> {
    let of = session.any_client().await?;
    if session.named.is_none() {
        session.any_grant().await?;
    }
    let reply = session.named;
    let case_stops = stops(session, &of, "small letters only", str::to_ascii_lowercase).await?;
    let blanks_stop = stops(session, &of, "blanks between them", |scopes| scopes.replace(',', " ")).await?;
    Ok(Spelling { reply, case_stops, blanks_stop })
}

/// Whether Zoho shows an error for permissions in this spelling; `None` when the user does not say.
async fn stops<P: Person>(
    session: &mut Session<P>,
    of: &Client,
    what: &str,
    spell: fn(&str) -> String,
) -> Result<Option<bool>, Interruption> {
    if matches!(of.client_type, ClientType::SelfClient | ClientType::NonBrowser) {
        return Ok(None);
    }
    let consent = session.begin_consent(of).ok_or(Interruption::Skipped)?;
    let url = consent.authorization_url(of, &session.region, &asked()).ok_or(Interruption::Skipped)?;
    match session.agrees(&Prompt::ShowsError(&spelled(&url, spell), what)).await {
        Ok(stops) => Ok(Some(stops)),
        Err(Interruption::Skipped) => Ok(None),
        Err(Interruption::Stopped) => Err(Interruption::Stopped),
    }
}
