//! A year of 1,000 connections, in virtual time.
//!
//! 1. The Desk says when it wants to look, and is not asked in between; nothing but that and Zoho's answers moves it.
//! 2. Each token is replaced once, in the minutes before its end, and never after it: a good one is always at hand.
//! 3. Never more than four requests are under way, and never more than ten for a refresh token within ten minutes.
//! 4. After a year all that holds as on the first day: nothing drifts, nothing is lost.
//!
//! One in a hundred has tokens that live an hour, as Zoho's do; those of the others live a day, the longest that Keyfob
//! believes in, so that the year is over in seconds. Left out of every run is the year in which all live an hour, which
//! is nine million refreshes: `cargo test --release -p keyfob-core --test stories a_year -- --ignored --nocapture`.

use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::time::Duration;

use keyfob_core::call::Call;
use keyfob_core::connection::GOOD_FOR;
use keyfob_core::ledger::ACCESS_TOKENS;
use keyfob_core::snapshot::Standing;
use keyfob_core::{Answer, Desk, Effect, Event, Moment, Ticket};
use secrecy::{ExposeSecret, SecretSlice};

use crate::scene::*;

const CONNECTIONS: usize = 1_000;
const HOUR: Duration = minutes(60);
const DAY: Duration = days(1);
const YEAR: Duration = days(365);
/// How long Zoho takes.
const ANSWERS_AFTER: Duration = Duration::from_millis(300);
/// The disk is slow, so that the year is not spent writing.
const SAVES_TAKE: Duration = days(30);
/// How long before its end a token may be replaced: the five minutes, the spread, and what four at once may add.
const BEFORE_THE_END: RangeInclusive<Duration> = seconds(4 * 60)..=seconds(5 * 60 + 30);

/// What Zoho knows of one refresh token.
struct Known {
    lives: Duration,
    ends: Moment,
    tokens: u32,
    /// When the last few were asked for.
    lately: VecDeque<Moment>,
    asked: bool,
}

struct Year {
    desk: Desk,
    now: Moment,
    looks_at: Option<Moment>,
    known: Vec<Known>,
    under_way: VecDeque<(Moment, Ticket, usize)>,
    saved_at: Option<(Moment, Ticket)>,
    events: u64,
}

impl Year {
    /// A vault full of connections, whose tokens came one after another and end within the next hour. `lives`: how long
    /// those live that Zoho will give.
    fn begins(lives: impl Fn(usize) -> Duration) -> Self {
        let began = NINE.plus(HOUR);
        let step = minutes(54) / u32::try_from(CONNECTIONS).unwrap();
        let came = |number: usize| NINE.plus(minutes(6)).plus(step * u32::try_from(number).unwrap());
        let mut scene = Scene::connected().0.is_started_again();
        scene.now = began;
        scene.vault_opens(Some(vault_of(scene.saved.as_ref().unwrap(), came)));
        let known = |number| {
            let (lives, ends) = (lives(number), came(number).plus(HOUR));
            Known { lives, ends, tokens: 0, lately: VecDeque::new(), asked: false }
        };
        Self {
            desk: scene.desk,
            now: began,
            looks_at: scene.looks_at,
            known: (0..CONNECTIONS).map(known).collect(),
            under_way: VecDeque::new(),
            saved_at: None,
            events: 0,
        }
    }

    /// Quarter by quarter.
    #[expect(clippy::print_stdout, reason = "how much it was is worth seeing")]
    fn goes_by(&mut self) {
        let began = self.now;
        for quarter in 1..=4 {
            self.lives_until(began.plus(YEAR * quarter / 4));
            self.nothing_is_lost();
        }
        for known in &self.known {
            let expected = expected(known.lives);
            assert!(expected.contains(&known.tokens), "{} tokens, not {expected:?}", known.tokens);
        }
        let refreshes: u64 = self.known.iter().map(|k| u64::from(k.tokens)).sum();
        println!("{} connections, {} events, {refreshes} refreshes", self.known.len(), self.events);
    }

    fn lives_until(&mut self, end: Moment) {
        while let Some(event) = self.next_event(end) {
            self.events += 1;
            for effect in self.desk.handle(event, self.now) {
                match effect {
                    Effect::LookAt(at) => self.looks_at = Some(at),
                    Effect::Send(ticket, call) => self.asks(ticket, &call),
                    Effect::Save(ticket, _) => self.saved_at = Some((self.now.plus(SAVES_TAKE), ticket)),
                    other => panic!("nobody asked for this: {other:?}"),
                }
            }
        }
    }

    /// The first thing to happen before the end, and it is that late.
    fn next_event(&mut self, end: Moment) -> Option<Event> {
        let answers_at = self.under_way.front().map(|(at, ..)| *at);
        let saved_at = self.saved_at.map(|(at, _)| at);
        let next = [self.looks_at, answers_at, saved_at].into_iter().flatten().min()?.max(self.now);
        if next > end {
            return None;
        }
        self.now = next;
        Some(if answers_at.is_some_and(|at| at <= next) {
            let (_, ticket, number) = self.under_way.pop_front().unwrap();
            Event::Answered(ticket, Answer::Replied(reply(200, &self.gives(number))))
        } else if saved_at.is_some_and(|at| at <= next) {
            Event::Answered(self.saved_at.take().unwrap().1, Answer::Saved(Ok(())))
        } else {
            self.looks_at = None;
            Event::Looked
        })
    }

    fn asks(&mut self, ticket: Ticket, call: &Call) {
        let token = field(call, "refresh_token").unwrap();
        let number: usize = token.rsplit('.').next().unwrap().parse().unwrap();
        self.under_way.push_back((self.now.plus(ANSWERS_AFTER), ticket, number));
        assert!(self.under_way.len() <= 4, "{} under way", self.under_way.len());

        let known = &mut self.known[number];
        assert!(!std::mem::replace(&mut known.asked, true), "asked twice at once");
        let left = known.ends.since(self.now);
        assert!(BEFORE_THE_END.contains(&left), "asked {left:?} before the end, token {}", known.tokens);
        known.lately.push_back(self.now);
        if known.lately.len() > ACCESS_TOKENS.most as usize {
            let first = known.lately.pop_front().unwrap();
            assert!(self.now.since(first) >= ACCESS_TOKENS.within, "more than Zoho gives");
        }
    }

    fn gives(&mut self, number: usize) -> String {
        let known = &mut self.known[number];
        known.asked = false;
        known.tokens += 1;
        known.ends = self.now.plus(known.lives);
        renewed_for(&access(number, known.tokens), u32::try_from(known.lives.as_secs()).unwrap())
    }

    /// Each token Zoho gave last is at hand, and good.
    fn nothing_is_lost(&self) {
        let cards = self.desk.snapshot(self.now).connections;
        assert_eq!(cards.len(), self.known.len());
        for card in cards {
            let number: usize = card.name.parse().unwrap();
            let known = &self.known[number];
            assert_eq!((card.expires_at, card.access), (known.ends, masked(&access(number, known.tokens))));
            let good = card.expires_at > self.now && matches!(card.standing, Standing::Fresh | Standing::Due);
            assert!(good, "{:?}, {:?} left", card.standing, card.expires_at.since(self.now));
        }
    }
}

/// Each lives its time, less the minutes before its end.
fn expected(lives: Duration) -> RangeInclusive<u32> {
    let most = |left| u32::try_from(YEAR.as_millis() / lives.saturating_sub(left).as_millis()).unwrap();
    most(GOOD_FOR)..=most(*BEFORE_THE_END.end()) + 1
}

fn access(number: usize, nth: u32) -> String {
    format!("1000.{number}.{nth}")
}

/// The only connection of a record, many times: each has a name and a refresh token of its own, twenty a client.
fn vault_of(record: &SecretSlice<u8>, came: impl Fn(usize) -> Moment) -> SecretSlice<u8> {
    let mut record: serde_json::Value = serde_json::from_slice(record.expose_secret()).unwrap();
    let one = record["connections"][0].clone();
    let many = (0..CONNECTIONS).map(|number| {
        let mut another = one.clone();
        let (at, ends) = (came(number).millis(), came(number).plus(HOUR).millis());
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
    record["next_id"] = CONNECTIONS.into();
    record["ledger"] = serde_json::Value::Null;
    serde_json::to_vec(&record).unwrap().into()
}

#[test]
fn a_year_of_a_thousand_connections_brings_one_request_per_expiry_and_no_drift() {
    Year::begins(|number| if number.is_multiple_of(100) { HOUR } else { DAY }).goes_by();
}

#[test]
#[ignore = "nine million refreshes; see above"]
fn the_same_where_every_token_lives_an_hour() {
    Year::begins(|_| HOUR).goes_by();
}
