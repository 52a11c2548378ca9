//! A crowd of connections in virtual time: Zoho, the disk and the clock answer automatically, and the story observes.
//!
//! Invariant: at most four refreshes are in flight, besides those the user requested; at most one per connection; and
//! none beyond Zoho's limits. The Desk gets timer events only when it asked for them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use keyfob_core::effect::Opened;
use keyfob_core::quota::ACCESS_TOKENS;
use keyfob_core::snapshot::Card;
use keyfob_core::standing::Standing;
use keyfob_core::{Answer, Desk, Effect, Event, Moment, Problem, Ticket};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::request::{Outcome, Request, TransportError};

use super::words::{NINE, field, renewed_for, reply};
use super::{Scene, masked, minutes, seconds};

/// Zoho's response time.
const ANSWERS_AFTER: Duration = Duration::from_millis(300);
/// How many timer events at one moment are allowed before the Desk is considered to be in a loop.
const LOOKS_AT_ONCE: u32 = 100;

/// A refresh request.
pub struct Asked {
    /// The time of the request, by Zoho's clock.
    pub at: Moment,
    /// The number of the connection.
    pub number: usize,
    /// The expiry of the token that is to be replaced.
    pub ends: Moment,
}

/// Zoho's state for one refresh token.
pub struct Known {
    pub lives: Duration,
    /// The expiry of the last access token, by the machine's clock.
    pub ends: Moment,
    pub tokens: u32,
    /// The times of the most recent requests, by Zoho's clock.
    lately: VecDeque<Moment>,
    being_asked: bool,
}

/// A Desk with many connections, and the world around it.
pub struct Crowd {
    pub desk: Desk,
    /// Zoho's clock.
    pub now: Moment,
    /// How far the machine's clock is ahead of Zoho's.
    ahead: Duration,
    looks_at: Option<Moment>,
    looks: u32,
    pub known: Vec<Known>,
    under_way: VecDeque<(Moment, Ticket, usize)>,
    /// How many of the requests in flight the user may have caused.
    pub by_hand: usize,
    saved_at: Option<(Moment, Ticket, SecretSlice<u8>)>,
    pub saves_take: Duration,
    pub disk: Result<(), Problem>,
    /// The record on the disk.
    pub durable: SecretSlice<u8>,
    pub offline: bool,
    /// The connections to which Zoho responds differently.
    pub refused: BTreeMap<usize, Outcome>,
    /// The requests since this was last taken, in order.
    pub asked: Vec<Asked>,
    /// The Desk's other effects.
    pub also: Vec<Effect>,
    pub events: u64,
}

impl Crowd {
    /// A vault full of connections whose tokens were issued one after another and expire within the next hour. `lives`
    /// is the lifetime of the tokens that Zoho will issue.
    pub fn of(count: usize, lives: impl Fn(usize) -> Duration) -> Self {
        let step = minutes(54) / u32::try_from(count).unwrap();
        // In another order than their numbers.
        let came = |number: usize| NINE.plus(minutes(6)).plus(step * u32::try_from(number * 7 % count).unwrap());
        let record = vault_of(Scene::connected().0.saved.as_ref().unwrap(), count, came);
        let known = |number| Known {
            lives: lives(number),
            ends: came(number).plus(minutes(60)),
            tokens: 0,
            lately: VecDeque::new(),
            being_asked: false,
        };
        Self::opens(record, NINE.plus(minutes(60)), (0..count).map(known).collect())
    }

    fn opens(record: SecretSlice<u8>, now: Moment, known: Vec<Known>) -> Self {
        let mut crowd = Self {
            desk: Desk::default(),
            now,
            ahead: Duration::ZERO,
            looks_at: None,
            looks: 0,
            known,
            under_way: VecDeque::new(),
            by_hand: 0,
            saved_at: None,
            saves_take: seconds(1),
            disk: Ok(()),
            durable: record.clone(),
            offline: false,
            refused: BTreeMap::new(),
            asked: Vec::new(),
            also: Vec::new(),
            events: 0,
        };
        crowd.happens(Event::Started { regions_file: Ok(None), system: String::new() });
        let Some(Effect::OpenVault(ticket, _)) = crowd.also.pop() else { panic!("{:?}", crowd.also) };
        let opened = Opened { record: Some(record), notice: None, own_key: None };
        crowd.happens(Event::Answered(ticket, Answer::VaultOpened(Ok(opened))));
        crowd
    }

    /// The time of the machine's clock.
    pub fn shown(&self) -> Moment {
        self.now.plus(self.ahead)
    }

    /// Sets the machine's clock and, like the engine, sends a timer event.
    pub fn the_clock_is_ahead_by(&mut self, ahead: Duration) {
        self.ahead = ahead;
        self.looks_at = None;
        self.happens(Event::Looked);
    }

    /// Lets the machine sleep; the Desk gets an event on waking.
    pub fn sleeps_for(&mut self, span: Duration) {
        self.now = self.now.plus(span);
        self.happens(Event::Woke);
    }

    pub fn lives_for(&mut self, span: Duration) {
        let end = self.now.plus(span);
        while let Some(event) = self.next_event(end) {
            self.happens(event);
        }
        self.now = end;
    }

    pub fn happens(&mut self, event: Event) {
        self.events += 1;
        for effect in self.desk.handle(event, self.shown()) {
            match effect {
                Effect::LookAt(at) => self.looks_at = Some(at),
                Effect::Send(ticket, call) => self.asks(ticket, &call),
                Effect::Save(ticket, record) => {
                    self.saved_at = Some((self.now.plus(self.saves_take), ticket, record));
                }
                other => self.also.push(other),
            }
        }
    }

    /// The next event before `end`; advances the time to it.
    fn next_event(&mut self, end: Moment) -> Option<Event> {
        let answers_at = self.under_way.front().map(|(at, ..)| *at);
        let saved_at = self.saved_at.as_ref().map(|(at, ..)| *at);
        let looks_at = self.looks_at.map(|at| at.minus(self.ahead));
        let next = [looks_at, answers_at, saved_at].into_iter().flatten().min()?.max(self.now);
        if next > end {
            return None;
        }
        if std::mem::replace(&mut self.now, next) < next {
            self.looks = 0;
        }
        Some(if answers_at.is_some_and(|at| at <= next) {
            let (_, ticket, number) = self.under_way.pop_front().unwrap();
            Event::Answered(ticket, Answer::Replied(self.answers(number)))
        } else if saved_at.is_some_and(|at| at <= next) {
            let (_, ticket, record) = self.saved_at.take().unwrap();
            if self.disk.is_ok() {
                self.durable = record;
            }
            Event::Answered(ticket, Answer::Saved(self.disk.clone().map(|()| None)))
        } else {
            self.looks += 1;
            assert!(self.looks < LOOKS_AT_ONCE, "the Desk sets its timer in an endless loop");
            self.looks_at = None;
            Event::Looked
        })
    }

    fn asks(&mut self, ticket: Ticket, call: &Request) {
        let token = field(call, "refresh_token").unwrap();
        let number: usize = token.rsplit('.').next().unwrap().parse().unwrap();
        self.under_way.push_back((self.now.plus(ANSWERS_AFTER), ticket, number));
        assert!(self.under_way.len() <= 4 + self.by_hand, "{} in flight", self.under_way.len());

        let known = &mut self.known[number];
        assert!(!std::mem::replace(&mut known.being_asked, true), "two refreshes of one connection in flight");
        self.asked.push(Asked { at: self.now, number, ends: known.ends });
        known.lately.push_back(self.now);
        if known.lately.len() > ACCESS_TOKENS.most as usize {
            let first = known.lately.pop_front().unwrap();
            assert!(self.now.since(first) >= ACCESS_TOKENS.within, "more requests than Zoho allows");
        }
    }

    fn answers(&mut self, number: usize) -> Outcome {
        let shown = self.shown();
        let known = &mut self.known[number];
        known.being_asked = false;
        if self.offline {
            return Err(TransportError::Unreachable);
        }
        if let Some(refusal) = self.refused.get(&number) {
            return refusal.clone();
        }
        known.tokens += 1;
        known.ends = shown.plus(known.lives);
        let lives = u32::try_from(known.lives.as_secs()).unwrap();
        reply(200, &renewed_for(&access(number, known.tokens), lives))
    }

    /// Restarts Keyfob with only the record on the disk.
    pub fn starts_again(mut self) -> Self {
        self.known.iter_mut().for_each(|known| known.being_asked = false);
        Self::opens(self.durable, self.now, self.known)
    }

    /// The connections whose tokens were requested since this was last taken, in order.
    pub fn take_asked(&mut self) -> Vec<usize> {
        self.asked.drain(..).map(|asked| asked.number).collect()
    }

    pub fn card(&self, number: usize) -> Card {
        self.desk.snapshot(self.shown()).connections.into_iter().find(|c| c.name == number.to_string()).unwrap()
    }

    /// Asserts that Keyfob holds each last token that Zoho issued, and that it is valid.
    #[track_caller]
    pub fn all_is_well(&self) {
        let cards = self.desk.snapshot(self.shown()).connections;
        assert_eq!(cards.len(), self.known.len());
        for card in cards {
            let number: usize = card.name.parse().unwrap();
            let known = &self.known[number];
            assert_eq!((card.expires_at, card.access), (known.ends, masked(&access(number, known.tokens))));
            let good = card.expires_at > self.shown() && matches!(card.standing, Standing::Fresh | Standing::Due);
            assert!(good, "{:?}, {:?} left", card.standing, card.expires_at.since(self.shown()));
        }
    }
}

/// The nth access token of a connection.
pub fn access(number: usize, nth: u32) -> String {
    format!("1000.{number}.{nth}")
}

/// Copies the only connection of a record many times, each with its own name and refresh token, twenty per client.
fn vault_of(record: &SecretSlice<u8>, count: usize, came: impl Fn(usize) -> Moment) -> SecretSlice<u8> {
    let mut record: serde_json::Value = serde_json::from_slice(record.expose_secret()).unwrap();
    let one = record["connections"][0].clone();
    let many = (0..count).map(|number| {
        let mut another = one.clone();
        let (at, ends) = (came(number).millis(), came(number).plus(minutes(60)).millis());
        another["id"] = number.into();
        another["name"] = number.to_string().into();
        another["registration"]["client_id"] = format!("1000.{:0>30}", number / 20).into();
        another["grant"]["access"] = access(number, 0).into();
        another["grant"]["refresh"] = format!("1000.refresh.{number}").into();
        another["grant"]["spent"] = [at].into_iter().collect();
        (another["grant"]["since"], another["grant"]["issued_at"]) = (at.into(), at.into());
        another["grant"]["expires_at"] = ends.into();
        another
    });
    record["connections"] = many.collect();
    record["next_id"] = count.into();
    record["ledger"] = serde_json::Value::Null;
    serde_json::to_vec(&record).unwrap().into()
}
