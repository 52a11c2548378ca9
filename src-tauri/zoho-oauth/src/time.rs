//! The time, passed in.
//!
//! Invariant: nothing in this crate reads a clock; every `Moment` came from outside with an event.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A wall-clock time: milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Moment(#[cfg_attr(feature = "ts", ts(type = "number"))] u64);

impl Moment {
    /// The moment `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// This moment and `span` later; the end of time at most.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(whole_millis(span)))
    }

    /// This moment and `span` earlier; the epoch at least.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(whole_millis(span)))
    }

    /// The time in a `Date` header (RFC 9110 5.6.7, the form that is sent today).
    pub fn of_http_date(text: &str) -> Option<Self> {
        let date = DateTime::parse_from_rfc2822(text).ok()?;
        u64::try_from(date.timestamp_millis()).ok().map(Self)
    }

    /// How long after `earlier` this is; `None` when the clock was set back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// On the calendar; what lies beyond it is its last day.
    fn on_the_calendar(self) -> DateTime<Utc> {
        let millis = i64::try_from(self.0).unwrap_or(i64::MAX);
        DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Whole seconds since the Unix epoch.
    pub fn unix_seconds(self) -> i64 {
        self.on_the_calendar().timestamp()
    }

    /// In UTC, to the second, as RFC 3339 writes it.
    pub fn rfc3339(self) -> String {
        self.on_the_calendar().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

fn whole_millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_clock_is_read_from_its_header_or_not() {
        let read = |text| Moment::of_http_date(text).map(Moment::millis);
        assert_eq!(read("Mon, 23 Nov 2026 09:00:00 GMT"), Some(1_795_424_400_000));
        for other in ["", "yesterday", "Mon, 23 Nov 1926 09:00:00 GMT", "1795424400"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
