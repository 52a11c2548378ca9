//! A code that the user types at Zoho, and when Zoho is asked about it.

use zoho_oauth::device_authorization::DeviceCode;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::problem::Problem;

/// A pending device code.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) code: DeviceCode,
    /// Where it is asked about.
    pub(crate) region: RegionCode,
    /// Where it was before.
    pub(crate) before: Vec<RegionCode>,
    pub(crate) began: Moment,
    /// When it was last asked about.
    pub(crate) asked_at: Option<Moment>,
    pub(crate) problem: Option<Problem>,
    /// A question is under way.
    pub(crate) asking: bool,
    /// Keyfob ended while a question was under way, and Zoho has not said since that the code waits: the answer may have
    /// held tokens.
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

    /// After a throttle not before Zoho allows it, but once in any case when the code's time is over.
    pub(crate) fn asks_at(&self) -> Moment {
        let at = self.asked_at.unwrap_or(self.began).plus(self.code.interval);
        match self.problem {
            Some(Problem::Throttled { until }) => at.max(until.min(self.ends())),
            _ => at,
        }
    }

    /// Zoho said that it waits for the user.
    pub(crate) fn waits(&mut self) {
        self.problem = None;
        self.cut_off = false;
    }
}
