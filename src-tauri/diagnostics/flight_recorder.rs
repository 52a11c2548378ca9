//! The latest events that the engine handled and their effects, in memory, as `keyfob_core::log_line` describes them.
//!
//! **Invariant:** it holds the last [`KEPT`] entries, of at most [`LONGEST`] bytes each. Time is an argument. An event
//! is recorded before it is handled, so the last entry of an engine that panicked names the event it was handling.
//!
//! Deliberately absent: the rules for what an entry may say; and a file, except the one that a panicking engine leaves
//! (`left.rs`).

mod crash_file;

pub use crash_file::{CrashFile, Unusable};

use std::collections::VecDeque;
use std::fmt::{self, Display, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyfob_core::Moment;
use serde::{Deserialize, Serialize};

/// The number of entries kept.
pub const KEPT: usize = 500;

/// The number of entries appended to a report.
pub const IN_A_REPORT: usize = 50;

/// The most bytes that an entry's event and effects have together; the rest is cut.
pub const LONGEST: usize = 400;

/// The most bytes of one line of an entry: an event or an effect.
const LINE: usize = 160;

/// Separates two effects.
const BETWEEN: &str = "; ";

/// Marks where a line was cut.
const CUT: &str = "…";

/// One event and its effects.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When it was handled, in RFC 3339 format, in UTC.
    pub at: String,
    /// The event.
    pub event: String,
    /// The effects, in order; `None` until the event has been handled, which never happens if the engine panics.
    pub effects: Option<Vec<String>>,
    /// The number of further effects, left out.
    pub left_out: usize,
}

/// The entries, which all clones share.
#[derive(Clone, Debug, Default)]
pub struct FlightRecorder(Arc<Mutex<VecDeque<Entry>>>);

impl FlightRecorder {
    /// Records an event that is about to be handled.
    pub fn begins(&self, at: Moment, event: &str) {
        let mut entries = self.lock();
        while entries.len() >= KEPT {
            entries.pop_front();
        }
        entries.push_back(Entry { at: at.rfc3339(), event: cut(event), effects: None, left_out: 0 });
    }

    /// Records the effects of the event begun last.
    pub fn ends(&self, effects: &[String]) {
        if let Some(entry) = self.lock().back_mut() {
            let mut room = LONGEST.saturating_sub(entry.event.len());
            let lines = effects.iter().map(|effect| cut(effect));
            let kept: Vec<String> = lines
                .map_while(|line| {
                    room = room.checked_sub(line.len() + BETWEEN.len())?;
                    Some(line)
                })
                .collect();
            entry.left_out = effects.len() - kept.len();
            entry.effects = Some(kept);
        }
    }

    /// All entries, the oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().iter().cloned().collect()
    }

    /// Returns the report followed by the newest entries.
    pub fn appended_to(&self, report: &str) -> String {
        let entries = self.lock();
        let newest = entries.iter().skip(entries.len().saturating_sub(IN_A_REPORT));
        let head = format!("{report}What Keyfob handled last, the newest at the end:\n");
        newest.fold(head, with_line)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entries as lines.
pub fn as_text(entries: &[Entry]) -> String {
    entries.iter().fold(String::new(), with_line)
}

/// The entries as one line of JSON, with its line break.
pub fn as_json(entries: &[Entry]) -> String {
    serde_json::to_string(entries).unwrap_or_default() + "\n"
}

/// Reads the JSON of [`as_json`]; `None` when it is something else, has more than [`KEPT`] entries, or has an entry
/// that is too long or contains control characters.
pub fn read_json(bytes: &[u8]) -> Option<Vec<Entry>> {
    let entries: Vec<Entry> = serde_json::from_slice(bytes).ok()?;
    (entries.len() <= KEPT && entries.iter().all(is_fit)).then_some(entries)
}

impl Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.at, self.event)?;
        match &self.effects {
            None => out.write_str(" -> not finished"),
            Some(effects) if effects.is_empty() && self.left_out == 0 => Ok(()),
            Some(effects) => {
                write!(out, " -> {}", effects.join(BETWEEN))?;
                if self.left_out > 0 { write!(out, "{BETWEEN}{} more", self.left_out) } else { Ok(()) }
            }
        }
    }
}

fn with_line(mut text: String, entry: &Entry) -> String {
    // Writing to a String does not fail.
    let _ = writeln!(text, "{entry}");
    text
}

fn is_fit(entry: &Entry) -> bool {
    let Entry { at, event, effects, left_out: _ } = entry;
    let lines = || [at, event].into_iter().chain(effects.iter().flatten());
    let length: usize = lines().skip(1).map(String::len).sum();
    length <= LONGEST && at.len() <= LINE && !lines().any(|line| line.contains(char::is_control))
}

/// Cuts a text to [`LINE`] bytes, on one line.
fn cut(line: &str) -> String {
    let mut line = line.replace(char::is_control, " ");
    if line.len() > LINE {
        line.truncate(line.floor_char_boundary(LINE - CUT.len()));
        line.push_str(CUT);
    }
    line
}

#[cfg(test)]
mod tests;
