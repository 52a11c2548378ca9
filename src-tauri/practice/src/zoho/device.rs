//! Codes for devices without a browser: issued, typed by the user, and polled by the device.
//!
//! *Invariant:* a device code yields tokens once.

use serde_json::{Value, json};

use super::limits::MINUTE;
use super::{Reply, Zoho, mint, registry::Registration, scopes, token, trouble::Trouble};
use crate::{Answer, Asked, ClientType, Units};

const LIVES: u64 = 5 * MINUTE;
const INTERVAL: u64 = 30_000;
/// How long Zoho reports an expired code as expired; later the code is unknown.
const REMEMBERED: u64 = 10 * MINUTE;

/// A pending device authorization.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) user_code: String,
    asks_with: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) offline: bool,
    until: u64,
    asked_at: Option<u64>,
    answered: Answered,
}

#[derive(Clone, PartialEq)]
enum Answered {
    NotYet,
    Accepted,
    Rejected,
    /// The user's account is in this other data centre.
    Elsewhere(String),
}

/// All codes of this data centre.
#[derive(Default)]
pub(crate) struct Devices(Vec<Device>);

impl Devices {
    /// Returns a code that can still be typed; the user may omit the hyphen and use lower case.
    pub(crate) fn find(&self, typed: &str, now: u64) -> Option<&Device> {
        let wanted = plain(typed);
        let fits = |known: &&Device| plain(&known.user_code) == wanted && known.until > now;
        self.0.iter().filter(|known| known.answered == Answered::NotYet).find(fits)
    }

    /// Records the user's answer if the code can still be answered.
    pub(crate) fn answer(&mut self, typed: &str, answer: Answer, now: u64) -> Option<Device> {
        let found = self.find(typed, now)?.asks_with.clone();
        let known = self.0.iter_mut().find(|known| known.asks_with == found)?;
        known.answered = if answer == Answer::Accept { Answered::Accepted } else { Answered::Rejected };
        Some(known.clone())
    }

    /// Passes the code to the data centre of the user's account, if that exists.
    pub(crate) fn send_on(&mut self, device: &Device, location: &str) {
        if let Some(known) = self.0.iter_mut().find(|known| known.asks_with == device.asks_with) {
            known.answered = Answered::Elsewhere(location.to_owned());
        }
    }

    pub(crate) fn adopt(&mut self, device: Device) {
        self.0.push(device);
    }
}

/// Issues a user code and a device code.
pub(crate) fn begin(zoho: &mut Zoho, asked: &Asked, units: Units, now: u64) -> Reply {
    if let Some(withheld) = token::withheld(zoho) {
        return withheld;
    }
    let text = |name| asked.either(name).unwrap_or_default();
    let is_device = |known: &&Registration| known.application.client_type == ClientType::NonBrowser;
    let known = zoho.registry.find(text("client_id")).filter(is_device);
    let Some(known) = known.filter(|_| text("grant_type") == "device_request") else {
        return Reply::error("invalid_client");
    };
    let scopes = scopes::split(text("scope"));
    if scopes::first_unknown(&scopes).is_some() {
        return Reply::error("invalid_scope");
    }
    let spoilt = zoho.troubles.contains(&Trouble::CodesExpireAtOnce);
    let device = Device {
        user_code: mint::user_code(),
        asks_with: mint::device_code(),
        client_id: known.keys.client_id.clone(),
        scopes,
        offline: text("access_type") == "offline",
        until: if spoilt { now } else { now.saturating_add(LIVES) },
        asked_at: None,
        answered: Answered::NotYet,
    };
    zoho.devices.0.retain(|kept| kept.until.saturating_add(REMEMBERED) > now);
    zoho.devices.0.push(device.clone());
    Reply::ok(code(&device, &zoho.home.origin, units))
}

fn code(device: &Device, origin: &str, units: Units) -> Value {
    let page = format!("{origin}/oauth/v3/device");
    let figure = |millis: u64| if units == Units::Seconds { millis / 1_000 } else { millis };
    json!({
        "user_code": device.user_code,
        "device_code": device.asks_with,
        "verification_url": page,
        "verification_uri_complete": format!("{page}?user_code={}", device.user_code),
        "interval": figure(INTERVAL),
        "expires_in": figure(LIVES),
    })
}

/// Answers a poll, at most every thirty seconds.
pub(crate) fn poll(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    let client_id = match token::authenticate(zoho, asked) {
        Ok(client_id) => client_id,
        Err(reply) => return reply,
    };
    let text = |name| asked.either(name).unwrap_or_default();
    if text("grant_type") != "device_token" {
        return Reply::error("invalid_client");
    }
    let mine = |kept: &Device| kept.asks_with == text("code") && kept.client_id == client_id;
    let Some(at) = zoho.devices.0.iter().position(mine) else {
        return Reply::error("invalid_code");
    };
    let device = &mut zoho.devices.0[at];
    let before = device.asked_at.replace(now);
    match &device.answered {
        _ if device.until <= now => Reply::error("expired"),
        _ if before.is_some_and(|before| now < before.saturating_add(INTERVAL)) => Reply::error("slow_down"),
        Answered::NotYet => Reply::error("authorization_pending"),
        Answered::Elsewhere(location) => Reply::ok(json!({ "error": "other_dc", "user_location": location })),
        Answered::Rejected => {
            zoho.devices.0.remove(at);
            Reply::error("access_denied")
        }
        Answered::Accepted => {
            let device = zoho.devices.0.remove(at);
            token::grant(zoho, &client_id, &device.scopes, device.offline, now)
        }
    }
}

fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
