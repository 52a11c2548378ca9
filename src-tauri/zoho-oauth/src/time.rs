//! The time, as an argument.
//!
//! Invariant: this crate reads no clock; the caller supplies every `Moment`.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A wall-clock time: milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Moment(#[cfg_attr(feature = "ts", ts(type = "number"))] u64);

impl Moment {
    /// Creates the moment `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Returns the milliseconds since the Unix epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Returns the moment `span` later, saturating at the largest value.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(whole_millis(span)))
    }

    /// Returns the moment `span` earlier, saturating at the epoch.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(whole_millis(span)))
    }

    /// Reads a `Date` header (RFC 9110, section 5.6.7, in the current form); `None` when it is invalid or before the
    /// epoch.
    pub fn of_http_date(text: &str) -> Option<Self> {
        let date = DateTime::parse_from_rfc2822(text).ok()?;
        u64::try_from(date.timestamp_millis()).ok().map(Self)
    }

    /// Returns the time since `earlier`; zero when the clock was set back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The calendar date; the calendar's last day for anything later.
    fn on_the_calendar(self) -> DateTime<Utc> {
        let millis = i64::try_from(self.0).unwrap_or(i64::MAX);
        DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Returns the whole seconds since the Unix epoch.
    pub fn unix_seconds(self) -> i64 {
        self.on_the_calendar().timestamp()
    }

    /// Formats the moment in UTC, to the second, as in RFC 3339.
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
    fn a_server_clock_is_read_from_a_valid_date_header() {
        let read = |text| Moment::of_http_date(text).map(Moment::millis);
        assert_eq!(read("Mon, 23 Nov 2026 09:00:00 GMT"), Some(1_795_424_400_000));
        for other in ["", "yesterday", "Mon, 23 Nov 1926 09:00:00 GMT", "1795424400"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
