//! Thirty days of the engine and real HTTP against a Practice that answers at random from the whole table of answers.
//!
//! Practice's side remembers what it did, so what Keyfob says after each answer is compared with the truth.

mod answers;
#[path = "../stories/attacker/chance.rs"]
mod chance;
mod table;

use std::sync::Arc;
use std::time::Duration;

use keyfob::host::{Answers as Give, Host};
use keyfob::zoho::{self, Patience};
use keyfob_core::call::{Outcome, Unanswered};
use keyfob_core::connection::ConnectionId;
use keyfob_core::export::Shape;
use keyfob_core::problem::Class;
use keyfob_core::snapshot::{Card, Masked, NoticeKind, Screen, Standing, TestResult};
use keyfob_core::{Answer, Effect, Intent, Moment, Problem, Snapshot};
use keyfob_practice::Trouble;

use self::answers::{Answers, MOST};
use self::chance::Chance;
use self::table::{LATE, NO_ROUTE, PUSHED_OUT, UNTRUSTED};
use crate::proof;
use crate::world::{Keyfob, Time, Zoho};

/// So many undocumented answers in a row call the user.
const UNCLEAR: u32 = 6;

/// The longest rest between two tries.
const LONGEST_REST: Duration = Duration::from_mins(15);

const HOUR: Duration = Duration::from_hours(1);

/// The world, but answers of two statuses stand for what a Zoho on loopback cannot play at once.
struct Network(Arc<dyn Host>);

impl Host for Network {
    fn perform(&self, effect: Effect, answers: Give) {
        match effect {
            Effect::Send(ticket, call) if call.host() == "127.0.0.1" => {
                tokio::spawn(async move {
                    let outcome = met(zoho::send(call, Patience::default()).await);
                    answers.give(ticket, Answer::Replied(outcome));
                });
            }
            other => self.0.perform(other, answers),
        }
    }
}

fn met(outcome: Outcome) -> Outcome {
    match outcome {
        Ok(reply) if reply.status == LATE => Err(Unanswered::TimedOut),
        Ok(reply) if reply.status == UNTRUSTED => Err(Unanswered::Untrusted),
        Ok(reply) if reply.status == NO_ROUTE => Err(Unanswered::Unreachable),
        other => other,
    }
}

/// A connection, and what is known of it besides.
struct Kept {
    id: ConnectionId,
    refresh_token: String,
    masked: Option<Masked>,
    /// How many of its answers were looked at.
    looked_at: usize,
    /// How many of the last in a row are in no documentation.
    unclear: u32,
    /// Until when Keyfob said that it rests.
    rests: Option<(Problem, Moment)>,
}

struct Life {
    time: Time,
    zoho: Zoho,
    keyfob: Keyfob,
    chance: Chance,
    answers: Answers,
    kept: Vec<Kept>,
    /// Until when Cliq barred the test.
    barred: Option<Moment>,
    evictions: usize,
    steps: usize,
}

impl Life {
    async fn begins(seed: u64, connections: usize) -> Self {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let keyfob = Keyfob::within(|world| Arc::new(Network(world)), &[zoho.region()], &time).await;
        let (answers, mut kept) = (Answers::default(), Vec::new());
        for number in 0..connections {
            zoho.fill_in(&keyfob);
            let address = keyfob.signs_in().await;
            keyfob.link(&zoho.accepts(&address));
            keyfob.candidate().await;
            let card = keyfob.keeps(&format!("bot {number}")).await;
            let refresh_token = zoho.zoho.kept_refresh_tokens().pop().unwrap();
            answers.knows(&refresh_token, Chance::of(seed * 100 + number as u64), time.now());
            kept.push(Kept { id: card.id, refresh_token, masked: card.refresh, looked_at: 0, unclear: 0, rests: None });
            time.passes(Duration::from_mins(7));
        }
        answers.begin(&zoho.zoho, Chance::of(seed * 100 + 99));
        let chance = Chance::of(seed);
        Self { time, zoho, keyfob, chance, answers, kept, barred: None, evictions: 0, steps: 0 }
    }

    /// Waits until nothing is under way or due, and checks what is said.
    async fn settles(&mut self) -> Arc<Snapshot> {
        self.steps += 1;
        let (id, now) = (self.kept[self.steps % self.kept.len()].id, self.time.now());
        // Another page than the last one is shown once all that was asked before was heard.
        self.keyfob.asks(Intent::Open { id });
        self.keyfob.sees("a page", |s| s.screen == Screen::Connection { id }).await;
        let rests = |card: &Card| card.doing.is_none() && card.refreshes_at.is_none_or(|at| at > now);
        let picture = self.keyfob.sees("all is done", |s| s.connections.iter().all(rests)).await;
        for kept in &mut self.kept {
            kept.is_told_truly(&self.answers, &picture, now);
        }
        for notice in &picture.notices {
            self.keyfob.asks(Intent::Dismiss { notice: notice.id });
        }
        picture
    }

    /// Up to the next refresh, the user's next press, or the morning after a night with the lid closed.
    async fn goes_on(&mut self, end: Moment) {
        let picture = self.settles().await;
        let now = self.time.now();
        let wanted = picture.connections.iter().filter_map(|card| card.refreshes_at).min().unwrap_or(end);
        if self.chance.one_in(3) {
            let earlier = self.chance.below(usize::try_from(wanted.since(now).as_secs()).unwrap() + 1) as u64;
            self.time.passes(Duration::from_secs(earlier));
            self.presses().await;
        } else {
            let night = if self.chance.one_in(60) { Duration::from_hours(8) } else { Duration::ZERO };
            self.time.passes(wanted.since(now) + night);
            self.keyfob.looks();
        }
    }

    async fn presses(&mut self) {
        let which = self.chance.below(self.kept.len());
        match self.chance.below(8) {
            0 => self.refreshes(which, 14).await,
            1 | 2 => self.refreshes(which, 1).await,
            3 => self.copies(which).await,
            _ => self.tests(which).await,
        }
    }

    /// Refresh, again and again; a press that is not sent says why, and that is so.
    async fn refreshes(&mut self, which: usize, times: usize) {
        for _ in 0..times {
            let Kept { id, refresh_token, .. } = &self.kept[which];
            let (id, refresh_token) = (*id, refresh_token.clone());
            self.keyfob.asks(Intent::Refresh { id });
            let picture = self.settles().await;
            let now = self.time.now();
            for notice in &picture.notices {
                if let NoticeKind::Trouble { problem: Problem::TooManyTokens { until, uncertain }, .. } = &notice.what {
                    let told = self.answers.lately(&refresh_token, now, |_, answer| answer.1.is_none());
                    assert_eq!(*uncertain, told < MOST, "{told} tokens came in ten minutes");
                    assert!(*until > now && *until <= now.plus(answers::WINDOW), "{until:?}");
                }
            }
            self.time.passes(Duration::from_secs(5));
            self.keyfob.looks();
        }
    }

    /// A token that is said to be good is good.
    async fn copies(&mut self, which: usize) {
        self.keyfob.looks();
        let picture = self.settles().await;
        let id = self.kept[which].id;
        if card(&picture, id).standing == Standing::Fresh {
            self.keyfob.asks(Intent::Copy { id, shape: Shape::Token });
            let copied = self.keyfob.copied().await;
            assert!(self.zoho.zoho.is_alive(&copied), "{id:?} is said to be fresh, and its token is over");
        }
    }

    /// The test call, sometimes with a token that other programs have just pushed out.
    async fn tests(&mut self, which: usize) {
        self.keyfob.looks();
        let before = self.settles().await;
        let (id, now) = (self.kept[which].id, self.time.now());
        let read = self.answers.read(0).len();
        let pushed_out = self.chance.one_in(4);
        if pushed_out {
            self.zoho.zoho.trouble(Trouble::PushedOut);
            self.answers.next_read(Some(PUSHED_OUT));
        }
        self.keyfob.asks(Intent::Test { id });
        let picture = self.settles().await;
        self.zoho.zoho.back_to_normal();
        self.answers.next_read(None);
        let read = self.answers.read(read);
        self.evictions += usize::from(pushed_out && !read.is_empty());
        let tested = |picture: &Snapshot| card(picture, id).tested.clone();
        let tested = tested(&picture).filter(|result| tested(&before).as_ref() != Some(result));
        self.test_is_told_truly(&read, tested.as_ref(), now);
    }

    fn test_is_told_truly(&mut self, read: &[table::Read], tested: Option<&TestResult>, now: Moment) {
        let dead = |read: &table::Read| read.1.is_err_and(|(_, problem)| problem(now) == Problem::TokenDead);
        let Some(last) = read.last() else {
            let problem = tested.and_then(|result| result.problem.clone());
            let barred = self.barred.map(|until| Problem::CliqBusy { until });
            assert!(problem.is_none() || problem == barred, "{problem:?} without a call, {barred:?}");
            return;
        };
        assert!(read[..read.len() - 1].iter().all(dead) && read.len() <= 2, "a refused token is replaced once");
        let expected = match last.1 {
            // Where no other token was to be had, nothing new is said, or that this one is over.
            Err(_) if dead(last) && read.len() == 1 => {
                let problem = tested.and_then(|result| result.problem.clone());
                assert!(problem.is_none_or(|problem| problem == Problem::TokenDead));
                return;
            }
            Err(_) if dead(last) => Err(Problem::NewTokenDead),
            Err((class, problem)) => {
                let problem = problem(now);
                assert_eq!(problem.class(), class);
                Err(problem)
            }
            Ok(proof) => Ok(proof),
        };
        if let Err(Problem::CliqBusy { until }) = expected {
            self.barred = Some(until);
        }
        let result = tested.expect("a test that was answered has a result");
        assert_eq!((result.at, result.proof, result.problem.clone()), (now, expected.clone().ok(), expected.err()));
    }

    /// All is well again, and Keyfob begins anew with what it saved: each grant works.
    async fn ends(mut self) -> (usize, usize) {
        self.answers.calm();
        self.time.passes(LONGEST_REST);
        self.keyfob.looks();
        self.settles().await;
        let Self { keyfob, zoho, time, kept, answers, .. } = self;
        let keyfob = keyfob.starts_again(&[zoho.region()], &time).await;
        time.passes(Duration::from_mins(1));
        for Kept { id, refresh_token, .. } in &kept {
            let before = answers.given(refresh_token, 0).len();
            keyfob.asks(Intent::Refresh { id: *id });
            let came = |s: &Snapshot| card(s, *id).doing.is_none() && answers.given(refresh_token, 0).len() > before;
            let picture = keyfob.sees("a new token", came).await;
            assert_eq!(card(&picture, *id).standing, Standing::Fresh);
            assert!(zoho.zoho.keeps_refresh_token(refresh_token));
        }
        let (issued, failed) = answers.totals();
        let counts = zoho.zoho.counts(&zoho.registered.client_id);
        assert_eq!(counts.access_tokens, issued + self.evictions * MOST, "Practice issued what the table says");
        assert_eq!(counts.refresh_tokens, kept.len(), "nobody had to sign in again");
        (issued, failed)
    }
}

fn card(picture: &Snapshot, id: ConnectionId) -> &Card {
    picture.connections.iter().find(|card| card.id == id).expect("no connection goes")
}

impl Kept {
    fn is_told_truly(&mut self, answers: &Answers, picture: &Snapshot, now: Moment) {
        let card = card(picture, self.id);
        assert_eq!(card.refresh, self.masked, "the refresh token stays");
        let issued = answers.lately(&self.refresh_token, now, |_, answer| answer.2);
        assert!(issued <= MOST, "{issued} new tokens in ten minutes, at {now:?}");
        self.counts_unclear(answers, now);
        let Some((at, (_, meaning, _))) = answers.last(&self.refresh_token) else { return };
        match (&card.standing, meaning) {
            (Standing::Fresh, None) => assert_eq!(card.expires_at, at.plus(HOUR)),
            // Cliq refused the last token in its first minute, and none may be asked for before that is over.
            (Standing::Due, None) => {
                assert!(card.expires_at <= now && card.refreshes_at <= Some(at.plus(Duration::from_mins(1))));
            }
            // Not one that Zoho gave: Cliq refused the last token, and Keyfob holds itself back.
            (Standing::Waiting { problem: Problem::TooManyTokens { .. }, .. }, None) => {
                let broke = |problem: &Problem| matches!(problem, Problem::Unreachable { .. });
                let may_be = |problem: Problem| problem.may_have_taken_effect() || broke(&problem);
                let spent = |at, answer: &table::Refresh| answer.1.is_none_or(|(_, problem)| may_be(problem(at)));
                assert!(answers.lately(&self.refresh_token, now, spent) >= MOST);
            }
            (Standing::Waiting { problem, again_at }, Some((class, expected))) => {
                assert_eq!((problem, problem.class()), (&expected(at), class));
                assert!(*again_at > now && *again_at <= at.plus(LONGEST_REST), "{again_at:?} at {now:?}, after {at:?}");
                assert_eq!(card.refreshes_at, Some(*again_at));
                assert!(self.unclear < UNCLEAR, "{} in a row call the user", self.unclear);
            }
            (Standing::NeedsYou { problem }, Some((class, expected))) => {
                assert_eq!((problem, problem.class()), (&expected(at), class));
                assert!(self.unclear >= UNCLEAR, "{problem:?} passes by itself, and the user is called");
                assert!(card.refreshes_at.is_some(), "it is still tried");
            }
            (standing, _) => panic!("{standing:?} after {:?}", meaning.map(|(_, problem)| problem(at))),
        }
        self.rests = match (&card.standing, card.refreshes_at) {
            (Standing::Waiting { problem, .. } | Standing::NeedsYou { problem }, Some(at)) => {
                Some((problem.clone(), at))
            }
            _ => None,
        };
    }

    /// A press within the rest that brings the same answer again is no further try.
    fn counts_unclear(&mut self, answers: &Answers, now: Moment) {
        let new = answers.given(&self.refresh_token, self.looked_at);
        self.looked_at += new.len();
        assert!(new.len() <= 2, "{} requests for one connection at once", new.len());
        for (at, (_, meaning, _)) in new {
            let problem = meaning.map(|(_, problem)| problem(at));
            let again = |(earlier, until): &(Problem, Moment)| Some(earlier) == problem.as_ref() && *until > now;
            match meaning {
                Some((Class::Unclear, _)) if self.rests.as_ref().is_some_and(again) => {}
                Some((Class::Unclear, _)) => self.unclear += 1,
                _ => self.unclear = 0,
            }
        }
    }
}

async fn lives_through(seed: u64, days: u64, connections: usize) -> (usize, usize) {
    println!("seed {seed}");
    let mut life = Life::begins(seed, connections).await;
    let end = life.time.now().plus(Duration::from_hours(24 * days));
    while life.time.now() < end {
        life.goes_on(end).await;
    }
    life.ends().await
}

#[tokio::test]
async fn thirty_days_of_random_answers_are_told_truly() {
    let (days, connections) = (proof::rounds(3, 30), proof::rounds(4, 5));
    let (mut issued, mut failed, lives) = (0, 0, proof::rounds(1, 2));
    for seed in (1..).take(lives) {
        let life = lives_through(seed, days as u64, connections).await;
        (issued, failed) = (issued + life.0, failed + life.1);
    }
    let all = lives * days * connections;
    proof::figure("days of a connection with random answers over HTTP, each told truly", all, "all, at least 30");
    let hours = all * 24;
    assert!(issued > hours / 2 && failed > hours / 4, "{failed} failures and {issued} tokens in {hours} hours");
}
