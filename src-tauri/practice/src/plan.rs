//! The configuration of a Practice: its port, its data centre and its signed-in user.

use std::time::Duration;

use crate::{Clock, Dialect};

/// The configuration of a Practice. `Plan::default()` is the region `practice` on any free port.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// The data centre, as in the callback's `location`.
    pub location: String,
    /// The signed-in user.
    pub person: Person,
    /// The source of the time.
    pub clock: Clock,
    /// The delay of each response while [`Trouble::Slow`](crate::Trouble::Slow) is on.
    pub slow: Duration,
    /// The units of a device code's times.
    pub units: Units,
    /// The assumptions about Zoho that it inverts.
    pub dialect: Dialect,
}

/// The units of a device code's times: Zoho's older page gives milliseconds, other clients read seconds.
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

/// The user signed in at this Zoho.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Zoho's ID of the user.
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
