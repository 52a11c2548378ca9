//! A device's code from the page to the user's answer, across data centres.

use super::World;
use super::neighbours::{HomeOfPerson, nowhere};
use crate::zoho::device::Device;
use crate::{Answer, Trouble};

impl World {
    /// Answers the code that the user typed; `None` when it is unknown or expired.
    pub(crate) fn answer_device(&self, typed: &str, answer: Answer) -> Option<Device> {
        let now = self.now();
        let (device, registration, elsewhere) = {
            let mut zoho = self.zoho();
            let refused = zoho.troubles.contains(&Trouble::Refused);
            let device = zoho.devices.answer(typed, if refused { Answer::Reject } else { answer }, now)?;
            let registration = zoho.registry.find(&device.client_id)?.clone();
            if refused || answer == Answer::Reject {
                return Some(device);
            }
            (device, registration, zoho.troubles.remove(&Trouble::OtherRegion))
        };
        match self.home_of_person(elsewhere) {
            HomeOfPerson::Here => {}
            HomeOfPerson::At(other) => {
                self.zoho().devices.send_on(&device, &other.home.location);
                let mut there = other.zoho();
                if there.registry.adopt(registration) {
                    there.devices.adopt(device.clone());
                }
            }
            HomeOfPerson::Nowhere => self.zoho().devices.send_on(&device, &nowhere().location),
        }
        Some(device)
    }
}
