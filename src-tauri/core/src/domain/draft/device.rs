//! A device code that the user types at Zoho, and when Zoho is polled for it.

use zoho_oauth::device_authorization::DeviceCode;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::problem::Problem;

/// A pending device code.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) code: DeviceCode,
    /// The region that is polled.
    pub(crate) region: RegionCode,
    /// The regions that were polled before.
    pub(crate) before: Vec<RegionCode>,
    pub(crate) began: Moment,
    /// When it was last polled.
    pub(crate) asked_at: Option<Moment>,
    pub(crate) problem: Option<Problem>,
    /// A poll is in flight.
    pub(crate) asking: bool,
    /// Keyfob quit while a poll was in flight, and Zoho has not said since that the code is pending: the lost response
    /// may have held tokens.
    pub(crate) cut_off: bool,
}

impl Device {
    pub(crate) fn new(code: DeviceCode, region: RegionCode, now: Moment) -> Self {
        Self {
            code,
            region,
            before: Vec::new(),
            began: now,
            asked_at: None,
            problem: None,
            asking: false,
            cut_off: false,
        }
    }

    pub(crate) fn ends(&self) -> Moment {
        self.began.plus(self.code.lifetime)
    }

    /// When the next poll is due: after a throttle not before Zoho allows it, but at the latest when the code expires.
    pub(crate) fn asks_at(&self) -> Moment {
        let at = self.asked_at.unwrap_or(self.began).plus(self.code.interval);
        match self.problem {
            Some(Problem::Throttled { until }) => at.max(until.min(self.ends())),
            _ => at,
        }
    }

    /// Zoho said that the code waits for the user.
    pub(crate) fn waits(&mut self) {
        self.problem = None;
        self.cut_off = false;
    }
}
