//! The units of a device code's times, and whether a Non-browser client gets Cliq's permissions.

use super::{About, Question, Verdict};
use crate::diagnostics::live_check::shape::Shape;

/// An interval of at least this is in milliseconds.
const INTERVAL_MILLIS: u64 = 1_000;

/// A lifetime of at least this is in milliseconds.
const LIFETIME_MILLIS: u64 = 10_000;

/// The responses to a Non-browser client.
#[derive(Clone, Debug)]
pub struct DeviceTimes {
    /// The response to the request for a code.
    pub code: Shape,
    /// `interval`.
    pub interval: Option<u64>,
    /// `expires_in`.
    pub lifetime: Option<u64>,
    /// The last response to a poll for the token.
    pub polled: Option<Shape>,
}

impl Question for DeviceTimes {
    const ABOUT: &'static About = &About {
        number: 12,
        title: "In which units does a Non-browser client get its times, and does it get permissions of Cliq's?",
        steps: "Zoho is asked for a code that you type at Zoho's page in your browser. After that Zoho is asked for the token.",
        assumption: "`interval` and `expires_in` are in milliseconds.",
        otherwise: "Keyfob tells the units by the size of the figures, and asks no more often than every thirty seconds.",
    };

    fn seen(&self) -> Vec<String> {
        let mut seen = vec![format!("the request for a code brought {}", self.code)];
        seen.extend(self.polled.iter().map(|shape| format!("asking for the token brought {shape}")));
        seen
    }

    fn verdict(&self) -> Verdict {
        match (self.interval, self.lifetime) {
            (Some(interval), Some(lifetime)) if interval >= INTERVAL_MILLIS && lifetime >= LIFETIME_MILLIS => {
                Verdict::Confirmed
            }
            (Some(_), Some(_)) => Verdict::Tolerated,
            _ => Verdict::Open,
        }
    }
}
