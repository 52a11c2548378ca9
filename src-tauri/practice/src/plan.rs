//! How a Practice is set up: where it listens, which data centre it plays, who sits in front of it.

use std::time::Duration;

use crate::{Clock, Dialect};

/// What to start. `Plan::default()` is the region called Practice on any free port.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The data centre it plays, as the callback's `location` says it.
    pub location: String,
    /// Who is signed in.
    pub person: Person,
    /// Where the time comes from.
    pub clock: Clock,
    /// How long an answer takes while "Slow" is rehearsed.
    pub slow: Duration,
    /// How a device is told its times.
    pub units: Units,
    /// Which beliefs about Zoho it turns round.
    pub dialect: Dialect,
}

/// The units of a device code's times: Zoho's older page says milliseconds, others read seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// 30000 and 300000.
    #[default]
    Milliseconds,
    /// 30 and 300.
    Seconds,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            port: 0,
            location: "practice".to_owned(),
            person: Person::default(),
            clock: Clock::real(),
            slow: Duration::from_secs(8),
            units: Units::default(),
            dialect: Dialect::default(),
        }
    }
}

/// The user who is signed in at this Zoho.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Zoho's number for the user.
    pub zuid: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
}

impl Person {
    pub(crate) fn display_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

impl Default for Person {
    fn default() -> Self {
        Self {
            zuid: "700000001".to_owned(),
            first_name: "Alex".to_owned(),
            last_name: "Practice".to_owned(),
            email: "admin@practice.example".to_owned(),
        }
    }
}
