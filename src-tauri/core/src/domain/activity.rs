//! A connection's activity: what happened, and when.
//!
//! Invariant: an entry holds no secret and no connection name; what recurs many times a day without the user is one
//! entry per day. Deliberately absent: the text, which the page looks up by kind.

use std::mem::discriminant;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use zoho_oauth::probe::Proof;

use crate::Moment;
use crate::domain::export_choice::{FileFormat, Shape};
use crate::domain::problem::Problem;

/// How long an entry is kept.
pub const KEPT_FOR: Duration = Duration::from_hours(90 * 24);

/// The maximum number of entries per connection; the oldest are dropped first.
pub const MOST: usize = 500;

/// Something that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Happened {
    /// The user approved the connection and kept it.
    Consented,
    /// The user approved it again, which replaced its tokens.
    SignedInAgain,
    /// Zoho added permissions to its existing refresh token.
    PermissionsAdded,
    /// Zoho issued a new access token.
    Refreshed,
    /// The test call ran and proved this.
    Tested { proof: Proof },
    /// It was copied to the clipboard in this shape.
    Copied { shape: Shape },
    /// It was exported to a file, with these besides the access token.
    Exported { format: FileFormat, refresh_token: bool, client_secret: bool },
    /// A handover was sealed for `to`, which expires at `until`.
    HandedOver { to: String, until: Moment },
    /// The user took it from a colleague's handover and kept it.
    TakenOver,
    /// Zoho issued a token to the client itself, and the user kept it.
    ClientTokenIssued,
    /// The user already had its refresh token, and kept it.
    TokenAdded,
    /// A program on this computer read the access token.
    ReadByScript,
    /// It was renamed.
    Renamed,
    /// Keyfob began to keep a file up to date with its token.
    LiveFileBegun { format: FileFormat },
    /// Keyfob stopped keeping that file up to date.
    LiveFileStopped,
    /// An operation failed.
    Failed { act: Act, problem: Problem },
}

/// The operation that failed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// Getting a new access token.
    Refresh,
    /// The test call.
    Test,
    /// Revoking.
    Revoke,
    /// Writing the live file.
    WriteFile,
}

/// An entry of a connection's activity.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When it first happened.
    pub at: Moment,
    /// When it last happened.
    pub last: Moment,
    /// How often it happened.
    pub times: u32,
    /// What happened.
    pub what: Happened,
}

/// A connection's activity, oldest entry first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Activity(Vec<Entry>);

impl Activity {
    /// Adds an entry, and drops entries that are too old or too many.
    pub fn note(&mut self, what: Happened, now: Moment) {
        let same = |entry: &Entry| folds(&entry.what, &what) && day(entry.last) == day(now);
        let before = self.0.iter().rposition(same).map(|at| self.0.remove(at));
        self.0.push(match before {
            Some(entry) => Entry { last: now, times: entry.times.saturating_add(1), what, ..entry },
            None => Entry { at: now, last: now, times: 1, what },
        });
        self.prune(now);
    }

    /// The entries that are still shown, newest first.
    pub fn newest(&self, now: Moment) -> impl Iterator<Item = &Entry> {
        self.0.iter().rev().filter(move |entry| is_told(entry, now))
    }

    fn prune(&mut self, now: Moment) {
        let old = self.0.iter().take_while(|entry| !is_told(entry, now)).count();
        self.0.drain(..old.max(self.0.len().saturating_sub(MOST)));
    }
}

fn is_told(entry: &Entry, now: Moment) -> bool {
    now.since(entry.last) < KEPT_FOR
}

/// Whether two events of one day fold into one entry: these recur without the user.
fn folds(one: &Happened, other: &Happened) -> bool {
    match (one, other) {
        (Happened::Refreshed, Happened::Refreshed) | (Happened::ReadByScript, Happened::ReadByScript) => true,
        (Happened::Failed { act, problem }, Happened::Failed { act: also, problem: too }) => {
            act == also && discriminant(problem) == discriminant(too)
        }
        _ => false,
    }
}

/// The day in UTC, so that a record folds the same way in every time zone.
fn day(moment: Moment) -> u64 {
    moment.millis() / (24 * 60 * 60 * 1000)
}

/// Drops entries that this version of Keyfob does not know.
impl<'de> Deserialize<'de> for Activity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<Value>::deserialize(deserializer)?;
        Ok(Self(entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect()))
    }
}

#[cfg(test)]
mod tests;
