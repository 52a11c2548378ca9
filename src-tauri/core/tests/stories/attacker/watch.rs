//! The watch: it knows the only places where a secret may be.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::SignInIntent;
use std::collections::{BTreeMap, BTreeSet};

use keyfob_core::cli::CliReply;
use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_core::effect::Sensitivity;
use keyfob_core::intent::Intent;
use keyfob_core::{Answer, Effect, Event, Snapshot};
use secrecy::ExposeSecret;
use zoho_oauth::request::Request;

use super::world::MARK;

/// The kind of a secret, told by its first letter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Access,
    Refresh,
    ClientSecret,
    Code,
    /// A verifier, or private data of the user that does not concern Keyfob.
    Other,
}

#[derive(Default)]
pub struct Watch {
    leak: Option<String>,
    chosen: BTreeSet<String>,
    may_copy_refresh: u32,
    may_export: u32,
    may_handover: u32,
    may_add_region: u32,
    /// Servers to which the user allowed the client secret to be sent.
    may_ask: BTreeSet<String>,
    /// Servers to which the user allowed the code of a sign-in to be sent.
    may_send_code: BTreeSet<String>,
    scripts_allowed: bool,
    /// Whether the event may remove connections or revocations.
    may_lose: bool,
    held: BTreeSet<u64>,
    /// The origin of each connection's tokens.
    homes: BTreeMap<u64, String>,
    regions: usize,
}

impl Watch {
    pub fn leak(&self) -> Option<&str> {
        self.leak.as_deref()
    }

    fn finds(&mut self, what: String) {
        self.leak.get_or_insert(what);
    }

    /// What the user allows outside the page is no leak, once.
    pub fn allowed(&mut self, question: &Confirmation) {
        match question {
            Confirmation::AddRegion { .. } => self.may_add_region += 1,
            Confirmation::AskRegion { host }
            | Confirmation::PasteSecret { host }
            | Confirmation::UseCode { host }
            | Confirmation::UseRefreshToken { host } => {
                self.may_ask.insert(host.trim_start_matches("https://").to_owned());
            }
            Confirmation::GoElsewhere { host } => {
                let host = host.trim_start_matches("https://").to_owned();
                self.may_ask.insert(host.clone());
                self.may_send_code.insert(host);
            }
            Confirmation::AllowScripts { .. } => self.scripts_allowed = true,
            Confirmation::CopyRefreshToken { .. } => self.may_copy_refresh += 1,
            Confirmation::Export { .. } => self.may_export += 1,
            Confirmation::Handover { .. } => self.may_handover += 1,
            Confirmation::Forget { .. } | Confirmation::Revoke { .. } => {}
        }
    }

    pub fn chosen(&mut self, path: &str) {
        self.chosen.insert(path.to_owned());
    }

    /// Tokens leave the vault only after a response from Zoho, with the user's consent, or to be revoked later.
    pub fn happens(&mut self, event: &Event) {
        self.may_lose |= matches!(
            event,
            Event::Answered(_, Answer::Replied(Ok(_)) | Answer::Confirmed(Decision::Allow))
                | Event::Asked(Intent::SignIn(SignInIntent::Keep { .. } | SignInIntent::NotMe))
        );
    }

    pub fn sees(&mut self, shown: &str) {
        if let Some((kind, place)) = first(shown) {
            self.finds(format!("the snapshot shows {kind:?} of {place:?}"));
        }
    }

    /// Checks the flight recorder's lines of one event and its effects.
    pub fn reads(&mut self, recorded: &[String]) {
        if let Some((line, (kind, place))) = recorded.iter().find_map(|line| Some((line, first(line)?))) {
            self.finds(format!("the flight recorder holds {kind:?} of {place:?}: {line}"));
        }
    }

    /// A connection disappears only for a reason: its ID is among the pending revocations, or its tokens were ended.
    pub fn counts(&mut self, snapshot: &Snapshot) {
        let connections = snapshot.connections.iter().map(|c| c.id.0);
        let held: BTreeSet<u64> = connections.chain(snapshot.revocations.iter().map(|r| r.id.0)).collect();
        let lost = self.held.difference(&held).count();
        let gained = held.difference(&self.held).count();
        if lost > gained && !self.may_lose {
            self.finds("live tokens were dropped without a revocation or the user's consent".to_owned());
        }
        self.held = held;
        self.may_lose = false;
        for card in &snapshot.connections {
            let home = if card.host.is_none() && !card.practice { "zoho" } else { card.region.as_str() };
            let before = self.homes.insert(card.id.0, home.to_owned());
            if before.is_some_and(|before| before != home) {
                self.finds(
                    "a connection has another server's tokens, with the scripts and files of the old ones".to_owned(),
                );
            }
        }
        let added = snapshot.regions.iter().filter(|r| r.region.code.as_str() != "practice").count();
        if self.regions != 0 && added > self.regions {
            match self.may_add_region.checked_sub(1) {
                Some(left) => self.may_add_region = left,
                None => self.finds("a region was added without the user's consent".to_owned()),
            }
        }
        self.regions = added;
    }

    pub fn wants(&mut self, effect: &Effect) {
        match effect {
            Effect::Send(_, call) => self.is_sent(call),
            Effect::Copy(_, text, sensitivity) => self.is_copied(text.expose_secret(), *sensitivity),
            Effect::CopyReport(_, report) => self.is_copied(report, Sensitivity::Plain),
            Effect::SaveFile(_, file) => {
                let secret = holds(file.content.expose_secret(), |kind| kind != Kind::Access);
                let may = secret.is_none() || spend(&mut self.may_export);
                self.leaks_unless(may, "a file is saved with", secret);
            }
            Effect::SaveSealed(..) => {
                let may = spend(&mut self.may_handover);
                self.leaks_unless(may, "a file is sealed with", Some((Kind::Refresh, None)));
            }
            Effect::WriteLiveFile(_, path, content, _) => {
                let secret = holds(content.expose_secret(), |kind| kind != Kind::Access);
                let may = secret.is_none() && self.chosen.contains(path);
                self.leaks_unless(may, "a live file is written with", secret);
            }
            Effect::SaveRegions(_, text, _) => {
                let secret = first(text);
                self.leaks_unless(secret.is_none(), "the file of regions has", secret);
            }
            Effect::OpenBrowser(_, address) => {
                let secret = first(address.url().as_str());
                self.leaks_unless(secret.is_none(), "an address is opened with", secret);
            }
            Effect::TellScript(_, CliReply::Token(_)) if !self.scripts_allowed => {
                self.finds("a script is given a token without the user's consent".to_owned());
            }
            _ => {}
        }
    }

    fn leaks_unless(&mut self, may: bool, what: &str, secret: Option<(Kind, Option<&'static str>)>) {
        if !may {
            self.finds(format!("{what} {secret:?}"));
        }
    }

    fn is_copied(&mut self, text: &str, sensitivity: Sensitivity) {
        let secret = match sensitivity {
            Sensitivity::Plain => first(text),
            Sensitivity::Secret => holds(text, |kind| kind != Kind::Access),
        };
        let refresh = sensitivity == Sensitivity::Secret && secret.is_some_and(|(kind, _)| kind == Kind::Refresh);
        let may = secret.is_none() || refresh && spend(&mut self.may_copy_refresh);
        self.leaks_unless(may, "the clipboard is given", secret);
    }

    /// A secret is sent only to servers of its region, or where the user allowed it. Zoho's ten regions count as one.
    fn is_sent(&mut self, call: &Request) {
        let host = call.host();
        let to = region_of(&host);
        let form = call.form.iter().flatten().map(|(_, value)| value.expose_secret());
        for text in form.chain(call.authorization.as_ref().map(ExposeSecret::expose_secret)) {
            let Some((kind, place)) = first(text) else { continue };
            let may = match kind {
                Kind::Other => text.starts_with("verifier-"),
                Kind::ClientSecret if self.may_ask.contains(&host) => true,
                Kind::Code if self.may_send_code.contains(&host) => true,
                // The attacker's server knows what it issued, so that is no secret.
                _ => place == Some("evil") || place.is_some() && place == to,
            };
            if !may {
                self.finds(format!("{host} is sent {kind:?} of {place:?}"));
            }
        }
        if let Some((kind, _)) = first(call.url.as_str()) {
            self.finds(format!("an address has {kind:?}"));
        }
    }
}

fn spend(allowance: &mut u32) -> bool {
    let may = *allowance > 0;
    *allowance = allowance.saturating_sub(1);
    may
}

/// The region that a host belongs to. Zoho's ten regions count as one.
pub fn region_of(host: &str) -> Option<&'static str> {
    match host {
        "127.0.0.1" => Some("practice"),
        _ if host.ends_with(".own.example") => Some("own"),
        _ if host.ends_with(".evil.example") => Some("evil"),
        _ if host.contains("zoho") => Some("eu"),
        _ => None,
    }
}

/// The first secret in a text, with its region.
fn first(text: &str) -> Option<(Kind, Option<&'static str>)> {
    holds(text, |_| true)
}

/// The same for some kinds only.
fn holds(text: &str, which: impl Fn(Kind) -> bool) -> Option<(Kind, Option<&'static str>)> {
    text.match_indices(MARK).map(|(at, _)| told(text, at)).find(|(kind, _)| which(*kind))
}

fn told(text: &str, at: usize) -> (Kind, Option<&'static str>) {
    let kind = match text[..at].bytes().last() {
        Some(b'a') => Kind::Access,
        Some(b'b' | b'd') => Kind::Refresh,
        Some(b'c' | b'e') => Kind::ClientSecret,
        Some(b'8' | b'9') => Kind::Code,
        _ => Kind::Other,
    };
    let place = match text.get(at + MARK.len()..at + MARK.len() + 2) {
        Some("00") => Some("eu"),
        Some("01") => Some("own"),
        Some("02") => Some("evil"),
        Some("03") => Some("practice"),
        _ => None,
    };
    (kind, place)
}
