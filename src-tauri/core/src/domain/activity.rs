//! What happened with a connection, and when.
//!
//! Invariant: an entry holds no secret and no name; what Keyfob does by itself many times a day is one entry of that day.
//! Deliberately absent: words, which the page has by kind.

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

/// The most entries of one connection; the oldest give way.
pub const MOST: usize = 500;

/// Something that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Happened {
    /// It was approved, and kept.
    Consented,
    /// It was approved once more, and its tokens are others since.
    SignedInAgain,
    /// Zoho added permissions to the refresh token it had.
    PermissionsAdded,
    /// A new access token came.
    Refreshed,
    /// The test call showed this.
    Tested { proof: Proof },
    /// It went to the clipboard.
    Copied { shape: Shape },
    /// It went to a file; with these beside the access token.
    Exported { format: FileFormat, refresh_token: bool, client_secret: bool },
    /// It was sealed for somebody, to be taken until then.
    HandedOver { to: String, until: Moment },
    /// A colleague handed it over, and it was kept.
    TakenOver,
    /// Zoho issued a token to the client itself, and it was kept.
    ClientTokenIssued,
    /// The user had its refresh token already, and it was kept.
    TokenAdded,
    /// A program on this computer got the access token.
    ReadByScript,
    /// It has another name.
    Renamed,
    /// A file is kept up to date with its token from now on.
    LiveFileBegun { format: FileFormat },
    /// It is not any more.
    LiveFileStopped,
    /// Something did not work.
    Failed { act: Act, problem: Problem },
}

/// What did not work.
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
    /// Writing the file that is kept up to date.
    WriteFile,
}

/// One line of a connection's story.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When it happened; the first time, where there were several.
    pub at: Moment,
    /// The last time.
    pub last: Moment,
    /// How often.
    pub times: u32,
    /// What it was.
    pub what: Happened,
}

/// A connection's story, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Activity(Vec<Entry>);

impl Activity {
    /// Notes that something happened, and lets go of what is too old or too much.
    pub fn note(&mut self, what: Happened, now: Moment) {
        let same = |entry: &Entry| folds(&entry.what, &what) && day(entry.last) == day(now);
        let before = self.0.iter().rposition(same).map(|at| self.0.remove(at));
        self.0.push(match before {
            Some(entry) => Entry { last: now, times: entry.times.saturating_add(1), what, ..entry },
            None => Entry { at: now, last: now, times: 1, what },
        });
        self.prune(now);
    }

    /// What is still to be told, the newest first.
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

/// What Keyfob does by itself, again and again, is told once a day.
fn folds(one: &Happened, other: &Happened) -> bool {
    match (one, other) {
        (Happened::Refreshed, Happened::Refreshed) | (Happened::ReadByScript, Happened::ReadByScript) => true,
        (Happened::Failed { act, problem }, Happened::Failed { act: also, problem: too }) => {
            act == also && discriminant(problem) == discriminant(too)
        }
        _ => false,
    }
}

/// Days of UTC, so that the same record folds the same way wherever it is read.
fn day(moment: Moment) -> u64 {
    moment.millis() / (24 * 60 * 60 * 1000)
}

/// An entry of another Keyfob's that this one has no word for is let go.
impl<'de> Deserialize<'de> for Activity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<Value>::deserialize(deserializer)?;
        Ok(Self(entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect()))
    }
}

#[cfg(test)]
mod tests;
