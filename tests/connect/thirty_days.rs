//! Thirty days of the engine with real HTTP, against a Practice that responds at random from a table of all responses.
//!
//! Practice records what it did, so what Keyfob reports after each response is compared with the truth.

mod answers;
#[path = "../../src-tauri/core/tests/stories/attacker/chance.rs"]
mod chance;
mod network;
mod table;
mod truth;

use keyfob_core::intent::{AppIntent, ChecksIntent, ShareIntent, SignInIntent, TokensIntent};
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::export_choice::Shape;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{Card, Screen};
use keyfob_core::standing::Standing;
use keyfob_core::{Moment, Problem, Snapshot};
use keyfob_practice::Trouble;

use self::answers::{Answers, MOST};
use self::chance::Chance;
use self::network::Network;
use self::table::PUSHED_OUT;
use self::truth::{Kept, LONGEST_REST, card, test_is_told_truly};
use crate::proof;
use crate::world::{Keyfob, Time, Zoho};

struct Life {
    time: Time,
    zoho: Zoho,
    keyfob: Keyfob,
    chance: Chance,
    answers: Answers,
    kept: Vec<Kept>,
    /// Until when Cliq bars the test call.
    barred: Option<Moment>,
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
            kept.push(Kept::new(&card, refresh_token));
            time.passes(Duration::from_mins(7));
        }
        answers.begin(&zoho.zoho, Chance::of(seed * 100 + 99));
        let chance = Chance::of(seed);
        Self { time, zoho, keyfob, chance, answers, kept, barred: None, steps: 0 }
    }

    /// Waits until nothing is pending or due, and checks what Keyfob shows.
    async fn settles(&mut self) -> Arc<Snapshot> {
        self.steps += 1;
        let (id, now) = (self.kept[self.steps % self.kept.len()].id, self.time.now());
        // Showing another page than last time proves that all earlier requests were handled.
        self.keyfob.asks(SignInIntent::Open { id });
        self.keyfob.sees("a page", |s| s.screen == Screen::Connection { id }).await;
        let rests = |card: &Card| card.doing.is_none() && card.refreshes_at.is_none_or(|at| at > now);
        let picture = self.keyfob.sees("all is done", |s| s.connections.iter().all(rests)).await;
        for kept in &mut self.kept {
            kept.is_told_truly(&self.answers, &picture, now);
        }
        for notice in &picture.notices {
            self.keyfob.asks(AppIntent::Dismiss { notice: notice.id });
        }
        picture
    }

    /// Continues to the next refresh, the user's next press, or the morning after a night with the lid closed.
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

    /// Presses Refresh repeatedly; a press that is not sent gives its reason, which must be true.
    async fn refreshes(&mut self, which: usize, times: usize) {
        for _ in 0..times {
            let Kept { id, refresh_token, .. } = &self.kept[which];
            let (id, refresh_token) = (*id, refresh_token.clone());
            self.keyfob.asks(TokensIntent::Refresh { id });
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

    /// A token shown as valid is valid.
    async fn copies(&mut self, which: usize) {
        self.keyfob.looks();
        let picture = self.settles().await;
        let id = self.kept[which].id;
        if card(&picture, id).standing == Standing::Fresh {
            self.keyfob.asks(ShareIntent::Copy { id, shape: Shape::Token });
            let copied = self.keyfob.copied().await;
            assert!(self.zoho.zoho.is_alive(&copied), "{id:?} is shown as fresh, but its token is invalid");
        }
    }

    /// Runs the test call, sometimes with a token that other programs have just displaced.
    async fn tests(&mut self, which: usize) {
        self.keyfob.looks();
        let before = self.settles().await;
        let (id, now) = (self.kept[which].id, self.time.now());
        let before_it = self.answers.reads_so_far();
        if self.chance.one_in(4) {
            self.zoho.zoho.trouble(Trouble::PushedOut);
            self.answers.next_read(Some(PUSHED_OUT));
        }
        self.keyfob.asks(ChecksIntent::Test { id });
        let picture = self.settles().await;
        self.zoho.zoho.back_to_normal();
        self.answers.next_read(None);
        let read = self.answers.read(before_it, &self.zoho.zoho);
        let tested = |picture: &Snapshot| card(picture, id).tested.clone();
        test_is_told_truly(&mut self.barred, &read, tested(&before).as_ref(), tested(&picture).as_ref(), now);
    }

    /// All responses are good again, and Keyfob restarts with what it saved: each grant works.
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
            keyfob.asks(TokensIntent::Refresh { id: *id });
            let came = |s: &Snapshot| card(s, *id).doing.is_none() && answers.given(refresh_token, 0).len() > before;
            let picture = keyfob.sees("a new token", came).await;
            assert_eq!(card(&picture, *id).standing, Standing::Fresh);
            assert!(zoho.zoho.keeps_refresh_token(refresh_token));
        }
        let (issued, failed) = answers.totals();
        let counts = zoho.zoho.counts(&zoho.registered.client_id);
        let of_others = counts.access_tokens.checked_sub(issued).expect("Practice issued what the table says");
        assert!(of_others > 0 && of_others.is_multiple_of(MOST), "others displace a token with {MOST}: {of_others}");
        assert_eq!(counts.refresh_tokens, kept.len(), "nobody had to sign in again");
        (issued, failed)
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

// Shows T21, N14.
#[tokio::test]
async fn thirty_days_of_random_responses_are_reported_truly() {
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
