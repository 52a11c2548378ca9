//! A device code from its request to its end: shown to the user, and polled (RFC 8628).
//!
//! Invariant: one poll is in flight at a time, and none follows another sooner than Zoho allows, whatever the clock,
//! sleep and restarts do. Keyfob polls once more when the code has expired: an approval at the last moment counts.

use zoho_oauth::device_authorization::{self, LONGEST_INTERVAL, Polled, SLOWER_BY};
use zoho_oauth::region::{Region, RegionCode};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::text::shown;
use zoho_oauth::token_response::{GrantType, TokenQuery};

use crate::Moment;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::{Approval, Device, Draft};
use crate::domain::elsewhere::Elsewhere;
use crate::domain::notice::CopiedWhat;
use crate::domain::problem::Problem;
use crate::machine::question::SignInQuestion;
use crate::messages::effect::Sensitivity;

use super::SignIn;
use super::after::After;

impl SignIn<'_> {
    pub(super) fn ask_for_device_code(&mut self) {
        let Some(draft) = self.draft.as_mut() else { return };
        let Some(registration) = draft.registration() else { return };
        draft.approval = Approval::AskingForCode;
        let ask = draft.ask();
        match self.cx.regions.find(&registration.region) {
            Some(region) => {
                let call = Request::device_code(region, &registration.client_id, &ask);
                self.cx.send(SignInQuestion::DeviceCode(registration.region), call);
                self.cx.changed();
            }
            None => self.stop_consent(self.region_is_gone()),
        }
    }

    pub(super) fn device_code_came(&mut self, code: &RegionCode, outcome: Outcome) {
        let now = self.cx.now;
        let Some(region) = self.cx.regions.find(code) else { return };
        match device_authorization::read_code(outcome, region, &question(region), now).map_err(Problem::from) {
            Ok(given) => {
                let device = Device::new(given, code.clone(), now);
                self.edit(|draft| draft.approval = Approval::Device(Box::new(device)));
            }
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    /// Polls when it is time. A clock that was set back does not make it wait.
    pub(super) fn poll_in_time(&mut self) {
        let now = self.cx.now;
        let Some(Approval::Device(device)) = self.approval() else { return };
        device.began = device.began.min(now);
        device.asked_at = device.asked_at.map(|at| at.min(now));
        if device.asking || device.asks_at() > now {
            return;
        }
        device.asked_at = Some(now);
        device.asking = true;
        let (code, secret) = (device.region.clone(), device.code.device_code.clone());
        let registration = self.draft.as_ref().and_then(Draft::registration);
        let Some((region, registration)) = self.cx.regions.find(&code).zip(registration) else {
            let gone = Problem::UnknownRegion { server: code.as_str().to_owned() };
            return self.stop_consent(Some(gone));
        };
        let call = Request::device_token(region, &registration, &secret);
        self.once_saved(After::Poll(code, call));
    }

    /// Skips a poll that could not be saved beforehand; the next one follows.
    pub(super) fn not_asked(&mut self, problem: Problem) {
        self.goes_on(|device| device.problem = Some(problem));
    }

    /// When the next poll is due: now, if the clock was set back.
    pub(super) fn next_poll(&self) -> Option<Moment> {
        let Approval::Device(device) = &self.draft.as_ref()?.approval else { return None };
        let set_back = device.asked_at.unwrap_or(device.began) > self.cx.now;
        (!device.asking).then(|| if set_back { self.cx.now } else { device.asks_at() })
    }

    pub(super) fn polled(&mut self, code: RegionCode, outcome: Outcome) {
        let now = self.cx.now;
        let Some(question) = self.cx.regions.find(&code).map(question) else { return };
        match device_authorization::read_poll(outcome, &question, now) {
            Polled::Granted(tokens) => {
                self.show_approval();
                if let Some(client) = self.drafts_client() {
                    self.cx.count_tokens(&client, &tokens);
                }
                self.candidate_came(code, tokens);
            }
            Polled::Pending => self.goes_on(Device::waits),
            Polled::SlowDown => self.goes_on(|device| {
                device.waits();
                device.code.interval = device.code.interval.saturating_add(SLOWER_BY).min(LONGEST_INTERVAL);
            }),
            Polled::Unheard(error) => self.goes_on(|device| device.problem = Some(error.into())),
            Polled::OtherRegion(named) => self.goes_on_elsewhere(&named),
            Polled::Refused(error) => {
                let problem = self.spent_or(error.into());
                self.show_approval();
                self.stop_consent(Some(problem));
            }
        }
    }

    /// Tells a code whose tokens were lost when Keyfob ended from one that expired: Zoho says the same of both.
    fn spent_or(&mut self, problem: Problem) -> Problem {
        match self.approval() {
            Some(Approval::Device(device)) if device.cut_off && problem == Problem::DeviceCodeExpired => {
                Problem::ExchangeCutOff
            }
            _ => problem,
        }
    }

    /// Waits for the next poll, unless the code has expired. The interval counts from the response, or a slow network
    /// could deliver two polls to Zoho too close together.
    fn goes_on(&mut self, change: impl FnOnce(&mut Device)) {
        let now = self.cx.now;
        let Some(Approval::Device(device)) = self.approval() else { return };
        device.asked_at = Some(now);
        device.asking = false;
        change(device);
        if device.ends() <= now {
            let problem = self.spent_or(Problem::DeviceCodeExpired);
            self.stop_consent(Some(problem));
        }
        self.cx.changed();
    }

    /// Continues at the region that has the account, if it is in the table. Each region is polled in one stretch only,
    /// or two could send Keyfob back and forth.
    fn goes_on_elsewhere(&mut self, named: &str) {
        let found = RegionCode::new(named).filter(|code| self.cx.regions.find(code).is_some());
        let Some(Approval::Device(device)) = self.approval() else { return };
        let is_practice = |code: &RegionCode| *code == PRACTICE;
        let found = found.filter(|code| is_practice(code) == is_practice(&device.region));
        let problem = match found {
            Some(code) if code != device.region && !device.before.contains(&code) => {
                let user_code = device.code.user_code.clone();
                let there = self.cx.regions.find(&code).map(|region| Elsewhere::by_device(region.clone(), user_code));
                return there.into_iter().for_each(|there| self.go_elsewhere(there));
            }
            Some(_) => Problem::Refused { error: "other_dc".to_owned() },
            None => Problem::UnknownRegion { server: shown(named) },
        };
        self.show_approval();
        self.stop_consent(Some(problem));
    }

    /// Polls this region from now on, with the same code.
    pub(in crate::machine) fn poll_at(&mut self, region: &Region) {
        let Some(Approval::Device(device)) = self.approval() else { return };
        device.before.push(std::mem::replace(&mut device.region, region.code.clone()));
        self.goes_on(Device::waits);
    }

    pub(in crate::machine) fn copy_user_code(&mut self) {
        if let Some(Approval::Device(device)) = self.approval() {
            let text = device.code.user_code.clone();
            self.cx.put_on_clipboard(CopiedWhat::UserCode, text.into(), Sensitivity::Plain);
        }
    }
}

fn question(region: &Region) -> TokenQuery {
    TokenQuery::new(GrantType::Device, region, &region.code)
}
