//! A pending device code.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;
use zoho_oauth::device_authorization::DeviceCode;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::draft::Device;
use crate::domain::sealed::Sealed;

#[derive(Deserialize, Serialize)]
pub(super) struct DevicePart {
    user_code: String,
    device_code: Sealed,
    page: String,
    direct: String,
    interval: Duration,
    lifetime: Duration,
    region: RegionCode,
    before: Vec<RegionCode>,
    began: Moment,
    asked_at: Option<Moment>,
    /// Whether a poll was in flight when this was written, or an earlier one was cut off.
    #[serde(default)]
    unheard: bool,
}

impl From<&Device> for DevicePart {
    fn from(d: &Device) -> Self {
        Self {
            user_code: d.code.user_code.clone(),
            device_code: Sealed(d.code.device_code.clone()),
            page: d.code.page.to_string(),
            direct: d.code.direct.to_string(),
            interval: d.code.interval,
            lifetime: d.code.lifetime,
            region: d.region.clone(),
            before: d.before.clone(),
            began: d.began,
            asked_at: d.asked_at,
            unheard: d.asking || d.cut_off,
        }
    }
}

impl DevicePart {
    /// The device code; `None` when one of its pages is not a URL.
    pub(super) fn read(self) -> Option<Device> {
        let code = DeviceCode {
            user_code: self.user_code,
            device_code: self.device_code.0,
            page: Url::parse(&self.page).ok()?,
            direct: Url::parse(&self.direct).ok()?,
            interval: self.interval,
            lifetime: self.lifetime,
        };
        let mut device = Device::new(code, self.region, self.began);
        device.before = self.before;
        device.asked_at = self.asked_at;
        device.cut_off = self.unheard;
        Some(device)
    }
}
