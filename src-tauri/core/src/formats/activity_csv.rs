//! A connection's activity as a CSV table (RFC 4180), for audits.
//!
//! Invariant: no spreadsheet reads a cell as a formula, whatever the connection's name.

use crate::Moment;
use crate::domain::activity::{Act, Activity, Entry, Happened};
use crate::domain::serde_name::word;
use crate::formats::export;
use crate::formats::new_file::NewFile;

/// The table of a connection of this name, oldest entry first.
pub(crate) fn file(name: &str, activity: &Activity, now: Moment) -> NewFile {
    let mut entries: Vec<_> = activity.newest(now).collect();
    entries.reverse();
    let heads = ["first", "last", "times", "connection", "event", "detail"].map(str::to_owned);
    let rows = std::iter::once(heads).chain(entries.into_iter().map(|entry| row(name, entry)));
    let text: String = rows.map(|row| row.map(|cell| quoted(&cell)).join(",") + "\r\n").collect();
    NewFile { name: export::file_name(&format!("{name} activity"), "csv"), content: text.into() }
}

fn row(name: &str, entry: &Entry) -> [String; 6] {
    let (first, last) = (entry.at.rfc3339(), entry.last.rfc3339());
    [first, last, entry.times.to_string(), name.to_owned(), word(&entry.what, "kind"), detail(&entry.what)]
}

fn detail(what: &Happened) -> String {
    match what {
        Happened::Tested { proof } => word(proof, ""),
        Happened::Copied { shape } => word(shape, ""),
        Happened::Exported { format, refresh_token, client_secret } => {
            let also = [("+refreshToken", refresh_token), ("+clientSecret", client_secret)];
            also.iter().filter(|(_, is_in)| **is_in).fold(word(format, ""), |told, (with, _)| told + with)
        }
        Happened::LiveFileBegun { format } => word(format, ""),
        Happened::Failed { act, problem } => format!("{}: {}", word::<Act>(act, ""), word(problem, "code")),
        Happened::HandedOver { to, .. } => to.clone(),
        Happened::Consented
        | Happened::SignedInAgain
        | Happened::PermissionsAdded
        | Happened::Refreshed
        | Happened::ReadByScript
        | Happened::TakenOver
        | Happened::TokenAdded
        | Happened::ClientTokenIssued
        | Happened::LiveFileStopped
        | Happened::Renamed => String::new(),
    }
}

/// Quotes a cell, and puts an apostrophe before one that a spreadsheet would evaluate
/// (owasp.org/www-community/attacks/CSV_Injection).
fn quoted(cell: &str) -> String {
    let reckons = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = if reckons { format!("'{cell}") } else { cell.to_owned() };
    if safe.contains([',', '"', '\r', '\n', ';', '\t']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests;
