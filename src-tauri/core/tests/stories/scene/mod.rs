//! A scene drives a Desk: the story sends events, and the scene records the effects.
//!
//! Invariant: after every event of every story, nothing that can be seen or logged holds a secret; see [`watch`].

mod answers;
mod crowd;
mod effects;
mod openings;
mod sees;
pub mod stages;
mod watch;
mod words;

pub use answers::no_space;
pub use crowd::{Asked, Crowd, access};
pub use sees::{READY, closed, masked};
pub use watch::{found, nothing_private_is_recorded};
pub use words::*;

use keyfob_core::intent::SignInIntent;
use std::collections::VecDeque;
use std::time::Duration;

use keyfob_core::connection::ConnectionId;
use keyfob_core::log_line;
use keyfob_core::loopback::LoopbackRequest;
use keyfob_core::{Desk, Effect, Event, Intent, Moment, Problem};
use secrecy::SecretSlice;
use zoho_oauth::region::RegionCode;

/// One Desk, one clock, and the unanswered effects.
pub struct Scene {
    pub desk: Desk,
    pub now: Moment,
    open: VecDeque<Effect>,
    did: Vec<String>,
    /// The time of the Desk's timer.
    pub looks_at: Option<Moment>,
    /// The record last passed to a save.
    pub saved: Option<SecretSlice<u8>>,
    /// The address last opened in the browser.
    pub browsed: Option<url::Url>,
    /// Whether the story answers the saves that a code or a live file waits for; else they are answered immediately.
    pub slow_disk: bool,
    /// Whether events are random, so that states beyond the diagram in ARCHITECTURE.md may occur.
    pub by_chance: bool,
}

impl Scene {
    /// A new Desk before any event.
    pub fn new() -> Self {
        let (open, did) = (VecDeque::new(), Vec::new());
        Self {
            desk: Desk::default(),
            now: NINE,
            open,
            did,
            looks_at: None,
            saved: None,
            browsed: None,
            slow_disk: false,
            by_chance: false,
        }
    }

    pub fn starts(&mut self, regions_file: Option<&str>) {
        self.starts_with(Ok(regions_file.map(str::to_owned)));
    }

    pub fn starts_with(&mut self, regions_file: Result<Option<String>, Problem>) {
        self.happens(Event::Started { regions_file, system: "linux x86_64 (Debian GNU/Linux 12)".to_owned() });
    }

    /// Restarts Keyfob with only the saved record. The vault is not open yet.
    pub fn is_started_again(&self) -> Self {
        let mut again = Self { now: self.now, saved: self.saved.clone(), by_chance: self.by_chance, ..Self::new() };
        again.starts(None);
        again
    }

    /// The same with the vault open.
    pub fn starts_again(&self) -> Self {
        let mut again = self.is_started_again();
        again.vault_opens(self.saved.clone());
        again.did.remove(0);
        again
    }

    pub fn fills_in(&mut self, region: &str) {
        self.asks(SignInIntent::Start);
        self.asks(SignInIntent::ChooseRegion { region: RegionCode::new(region).unwrap() });
        self.types_credentials();
        self.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    }

    pub fn types_credentials(&mut self) {
        self.asks(SignInIntent::TypeClientId { text: CLIENT_ID.into() });
        self.asks(SignInIntent::TypeClientSecret { text: CLIENT_SECRET.into() });
    }

    /// Signs in, up to the open browser.
    pub fn signs_in(&mut self) {
        self.signs_in_with(STATE);
    }

    pub fn signs_in_with(&mut self, state: &str) {
        self.asks(SignInIntent::SignIn { anyway: false });
        self.redirect_method(Ok(()));
        self.draws_state(state);
        self.settles();
        self.browser_opens();
    }

    /// Keeps the candidate, after successful identity and test calls, and goes home.
    pub fn keeps(&mut self, name: &str) {
        self.zoho_says_at("/oauth/user/info", &identity());
        self.zoho_says_at("/statuses/current", AVAILABLE);
        self.asks(SignInIntent::Keep { name: name.into() });
        self.asks(SignInIntent::GoHome);
        self.settles();
        self.forget_what_it_did();
    }

    /// Adds a connection with its own client and tokens. No other sign-in may be pending.
    pub fn connects(&mut self, name: &str) -> ConnectionId {
        let before: Vec<_> = self.snapshot().connections.iter().map(|c| c.id).collect();
        self.fills_in("eu");
        self.asks(SignInIntent::TypeClientId { text: format!("1000.{:0>30}", before.len() + 1) });
        self.signs_in();
        self.link(&good_link());
        let tail = format!("{:032}", before.len() + 1);
        self.zoho_says(&tokens_of(&format!("1000.{:a>32}.{tail}", ""), &format!("1000.{:b>32}.{tail}", "")));
        self.keeps(name);
        let connections = self.snapshot().connections;
        connections.iter().map(|c| c.id).find(|id| !before.contains(id)).expect("a new connection")
    }

    /// Sends an intent.
    #[track_caller]
    pub fn asks(&mut self, intent: impl Into<Intent>) {
        self.happens(Event::Asked(intent.into()));
    }

    /// A link with Keyfob's scheme arrives.
    pub fn link(&mut self, link: &str) {
        self.link_bytes(link.as_bytes());
    }

    pub fn link_bytes(&mut self, link: &[u8]) {
        self.happens(Event::LinkArrived(link.to_vec()));
    }

    /// A local program sends a request with this target to the port.
    #[track_caller]
    pub fn port_is_asked(&mut self, target: &[u8]) {
        self.happens(Event::LoopbackAsked { request: LoopbackRequest(1), target: target.to_vec() });
    }

    #[track_caller]
    pub fn happens(&mut self, event: Event) {
        let (told, recorded) = (format!("{event:?}"), log_line::of_event(&event));
        let before = self.desk.stages();
        let effects = self.desk.handle(event, self.now);
        if !self.by_chance {
            stages::note(&before, &self.desk.stages());
        }
        watch::nothing_secret(&told, &effects, &self.desk, self.now);
        watch::nothing_private_is_recorded(&recorded, &effects, &self.snapshot());
        for effect in effects {
            if let Effect::LookAt(at) = effect {
                self.looks_at = Some(at);
                continue;
            }
            self.did.push(effects::described(&effect));
            match &effect {
                Effect::Save(_, record) => self.saved = Some(record.clone()),
                Effect::OpenBrowser(_, address) => self.browsed = Some(address.url().clone()),
                _ => {}
            }
            self.open.push_back(effect);
        }
        if !self.slow_disk && (self.a_code_waits_for_the_disk() || self.a_file_waits_for_the_disk()) {
            self.settles();
        }
    }

    /// Lets time pass, with a timer event whenever the Desk asked for one.
    #[track_caller]
    pub fn later(&mut self, span: Duration) {
        let end = self.now.plus(span);
        let mut looks = 0;
        while let Some(at) = self.looks_at.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.looks_at = None;
            self.happens(Event::Looked);
            looks += 1;
            assert!(looks < 5_000, "the Desk sets its timer in an endless loop");
        }
        self.now = end;
    }

    /// The wall clock is set or the machine wakes up.
    #[track_caller]
    pub fn the_clock_says(&mut self, now: Moment) {
        self.now = now;
        self.looks_at = None;
        self.happens(Event::Looked);
        self.later(Duration::ZERO);
    }

    /// Asserts the effects since the last call.
    #[track_caller]
    pub fn did(&mut self, expected: &[&str]) {
        assert_eq!(std::mem::take(&mut self.did), expected);
    }

    /// The same without saves.
    #[track_caller]
    pub fn did_besides_saving(&mut self, expected: &[&str]) {
        self.did.retain(|what| what != "save");
        self.did(expected);
    }

    /// Drops the questions to the user from the recorded effects.
    pub fn forget_asking(&mut self) {
        self.did.retain(|what| !what.starts_with("ask to "));
    }

    /// The last effect other than a save.
    pub fn last_done(&self) -> Option<String> {
        self.did.iter().rev().find(|what| *what != "save").cloned()
    }

    pub fn forget_what_it_did(&mut self) {
        self.did.clear();
    }
}

/// One second less.
pub fn almost(span: Duration) -> Duration {
    span.saturating_sub(seconds(1))
}

pub const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub const fn minutes(count: u64) -> Duration {
    Duration::from_mins(count)
}

pub const fn days(count: u64) -> Duration {
    Duration::from_hours(24 * count)
}
