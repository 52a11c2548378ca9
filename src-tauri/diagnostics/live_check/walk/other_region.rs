//! Sends a code to another region's server, and then to the right one.

use zoho_oauth::region::Region;
use zoho_oauth::request::Request;

use crate::diagnostics::live_check::person::{Person, Prompt};
use crate::diagnostics::live_check::question::OtherRegion;
use crate::diagnostics::live_check::session::{Interruption, Session};

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<OtherRegion, Interruption> {
    let of = session.any_client().await?;
    let other = other(session).await?;
    let approved = session.approval(&of).await?;
    let pasted = session.now();
    let to = |region: &Region| Request::exchange(region, &of, &approved.code, approved.consent.as_ref());
    let (there, here) = (to(&other), to(&session.region));
    let there = session.gets_tokens(&of, there).await.0;
    let here = session.gets_tokens(&of, here).await.0;
    Ok(OtherRegion { there, here, after: session.now().since(pasted) })
}

async fn other<P: Person>(session: &mut Session<P>) -> Result<Region, Interruption> {
    let likely = session.regions.iter().find(|region| region.code != session.region.code).cloned();
    let prompt = likely.ok_or(Interruption::Skipped)?;
    for _ in 0..3 {
        let text = session.asks(&Prompt::OtherRegion(&prompt)).await?;
        if let Some(other) = session.other_region(&text) {
            return Ok(other);
        }
        session.person.tell("That is no other region of Zoho's.");
    }
    Err(Interruption::Skipped)
}
