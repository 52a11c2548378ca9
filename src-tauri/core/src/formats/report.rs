//! A short text about one problem, for support.
//!
//! Invariant: a report holds no secret, e-mail address, client ID, path or name that the user gave, and of the user's
//! input only the code and hosts of an added region. It is in English and its lines are stable, so that it reads the
//! same everywhere.

use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::{Scopes, is_known};
use zoho_oauth::text::shown;

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::keeping::Keeping;
use crate::domain::problem::{Problem, disclosure};
use crate::domain::redirect_method::RedirectMethod;
use crate::domain::report_place::ReportAbout;
use crate::domain::revocation::Revocation;
use crate::domain::serde_name::word;

/// The contents of a report.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The system Keyfob runs on.
    pub(crate) system: &'a str,
    pub(crate) now: Moment,
    pub(crate) problem: &'a Problem,
    pub(crate) about: ReportAbout,
    pub(crate) keeping: Keeping,
    /// Lines about what the problem concerns.
    pub(crate) lines: Vec<String>,
}

impl Report<'_> {
    /// The text, with a newline after each line.
    pub(crate) fn text(&self) -> String {
        let head = [
            format!("Keyfob {}, {}", env!("CARGO_PKG_VERSION"), shown(self.system)),
            self.now.rfc3339(),
            format!("Problem: {}", disclosure::line(self.problem)),
            format!("Shown at: {}", word(&self.about, "place")),
        ];
        let kept = format!("Secrets kept by: {}", word(&self.keeping, ""));
        let lines = head.iter().chain(&self.lines).chain(std::iter::once(&kept));
        lines.fold(String::new(), |text, line| text + line + "\n")
    }
}

/// What may be disclosed of a client.
pub(crate) fn client(
    region: Option<&RegionCode>,
    client_type: ClientType,
    redirect_method: RedirectMethod,
) -> Vec<String> {
    let region = region.map_or("none", RegionCode::as_str);
    let (kind, way) = (word(&client_type, ""), word(&redirect_method, ""));
    vec![format!("Client registered in: {region}"), format!("Client type: {kind}, redirect: {way}")]
}

/// The permissions in Keyfob's catalogue, and the number of others.
pub(crate) fn permissions(scopes: &Scopes) -> String {
    let (known, others): (Vec<_>, Vec<_>) = scopes.iter().partition(|scope| is_known(scope));
    let names = known.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(",");
    format!("Permissions: {names}; others: {}", others.len())
}

/// What may be disclosed of a connection.
pub(crate) fn connection(of: &Connection, now: Moment) -> Vec<String> {
    let grant = &of.grant;
    let lasts = if grant.refresh.is_some() { "yes" } else { "no" };
    let mut lines =
        client(Some(&of.registration.region), of.registration.client_type, RedirectMethod::of_client(&of.registration));
    lines.push(format!("Approved in: {}", grant.region.as_str()));
    lines.push(format!("Access token ends in: {} s, refresh token: {lasts}", grant.expires_at.since(now).as_secs()));
    lines.push(permissions(&grant.scopes));
    if let Some(trouble) = &of.trouble {
        lines.push(format!("Last refresh: {}, {} in a row", disclosure::line(&trouble.problem), trouble.times));
    }
    if let Some(tested) = &of.tested {
        let outcome = tested.outcome.as_ref().map_or_else(disclosure::line, |proof| word(proof, ""));
        lines.push(format!("Last test: {outcome}, {}", tested.at.rfc3339()));
    }
    lines
}

/// What may be disclosed of a revocation.
pub(crate) fn revocation(of: &Revocation) -> Vec<String> {
    let known =
        of.what.client.as_ref().map(|it| client(Some(&it.region), it.client_type, RedirectMethod::of_client(it)));
    let mut lines = known.unwrap_or_default();
    lines.push(format!("Approved in: {}", of.what.region.as_str()));
    let times = of.trouble.as_ref().map_or(0, |trouble| trouble.times);
    lines.push(format!("To end: {}, {times} in a row, since {}", of.what.kind.as_str(), of.since.rfc3339()));
    lines
}

#[cfg(test)]
pub(crate) mod tests;
