//! What the engine handled lately, in memory: each event, and the effects that came of it, as `keyfob_core::log_line` tells
//! them.
//!
//! **Invariant:** it holds the last [`KEPT`] entries of at most [`LONGEST`] bytes each, whatever happens. Time is an argument.
//! An event is recorded before it is handled, so the last entry of an engine that panicked names what it was at.
//!
//! Deliberately absent: what may be told of an event; and a file, but for the one a broken engine leaves (`left.rs`).

mod left;

pub use left::{Left, Unusable};

use std::collections::VecDeque;
use std::fmt::{self, Display, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyfob_core::Moment;
use serde::{Deserialize, Serialize};

/// So many entries are kept.
pub const KEPT: usize = 500;

/// So many of them follow a report.
pub const IN_A_REPORT: usize = 50;

/// The most bytes an entry's event and effects have together; what is longer is cut.
pub const LONGEST: usize = 400;

/// The most bytes one line of an entry has, of an event or of an effect.
const LINE: usize = 160;

/// Stands between two effects.
const BETWEEN: &str = "; ";

/// Stands where a line was cut.
const CUT: &str = "…";

/// One event, and what came of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When it was handled, as RFC 3339 writes it, in UTC.
    pub at: String,
    /// The event.
    pub event: String,
    /// The effects, in order; `None` while the event is handled, and for ever where that broke the engine.
    pub effects: Option<Vec<String>>,
    /// How many effects more there were.
    pub left_out: usize,
}

/// The entries; every copy is the same recorder.
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

    /// Records what came of the event that was begun last.
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

    /// A report, followed by the newest entries.
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

/// The entries as one line of JSON, its end included.
pub fn as_json(entries: &[Entry]) -> String {
    serde_json::to_string(entries).unwrap_or_default() + "\n"
}

/// The entries in such a JSON; `None` when it is another text, has more entries than are kept, or an entry that is too long
/// or would do more than be shown in a terminal.
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

/// At most [`LINE`] bytes of it, on one line.
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
