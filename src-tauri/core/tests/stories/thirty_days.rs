//! Thirty days against a Zoho that responds to each refresh at random from a table of success and temporary failures.
//!
//! The model of Zoho records what it did, and the tests compare it with what Keyfob shows.

use keyfob_core::intent::{AppIntent, TokensIntent};
use std::time::Duration;

use keyfob_core::connection::ConnectionId;
use keyfob_core::standing::Standing;
use keyfob_core::{Moment, Problem};
use zoho_oauth::request::{Outcome, TransportError};

use crate::attacker::chance::Chance;
use crate::proof;
use crate::scene::*;

/// A response, its problem, and whether Zoho issued a token nevertheless.
type Row = (fn() -> Outcome, &'static str, bool);

const GOOD: &str = "";

/// Outcomes from Zoho and the network that do not end the grant.
const ANSWERS: &[Row] = &[
    (|| reply(200, &renewed(SECOND_ACCESS)), GOOD, true),
    (|| reply(400, &renewed(SECOND_ACCESS)), GOOD, true),
    (|| reply(200, TOO_MANY), "Throttled", false),
    (|| reply(400, TOO_MANY), "Throttled", false),
    (|| reply_asking_for("60", 429, ""), "Throttled", false),
    (|| reply(500, ""), "ServerTrouble", false),
    (|| reply(502, &renewed(SECOND_ACCESS)), "ServerTrouble", true),
    (|| reply_asking_for("120", 503, ""), "ServerTrouble", false),
    (|| reply(504, ""), "ServerTrouble", true),
    (|| reply(407, ""), "WebPage", false),
    (|| reply(511, "<html>"), "WebPage", false),
    (web_page, "WebPage", false),
    (|| reply(200, ""), "EmptyAnswer", true),
    (|| reply(200, "{\"access_tok"), "Garbled", true),
    (|| reply(200, "{}"), "NoToken", false),
    (|| reply(200, r#"{"error":"general_error"}"#), "Refused", false),
    (|| reply(400, r#"{"error":"access_denied"}"#), "Refused", false),
    (|| Err(TransportError::TooLong), "TooLong", true),
    (|| Err(TransportError::CutShort), "Garbled", true),
    (|| Err(TransportError::TimedOut), "TimedOut", true),
    (|| Err(TransportError::TimedOut), "TimedOut", false),
    (|| Err(TransportError::Unreachable), "Unreachable", false),
    (|| Err(TransportError::Broken), "Unreachable", true),
    (|| Err(TransportError::Broken), "Unreachable", false),
    (|| Err(TransportError::Untrusted), "Untrusted", false),
    (|| Err(TransportError::Redirected), "Redirected", false),
];

/// Zoho's limit for new access tokens.
const WINDOW: Duration = Duration::from_mins(10);
const MOST: usize = 10;

/// After how many undocumented errors in a row the user may be needed.
const UNCLEAR: u32 = 6;

/// The state of Zoho.
#[derive(Default)]
struct Zoho {
    issued: Vec<Moment>,
    /// Those of them that reached Keyfob.
    told: Vec<Moment>,
    unclear: u32,
    failures: u32,
}

impl Zoho {
    fn within(moments: &[Moment], now: Moment) -> usize {
        moments.iter().filter(|at| now < at.plus(WINDOW)).count()
    }

    fn answers_all(&mut self, scene: &mut Scene, chance: &mut Chance) {
        while !scene.requests().is_empty() {
            self.answers(scene, chance);
        }
    }

    /// Answers the open refresh and checks the card.
    fn answers(&mut self, scene: &mut Scene, chance: &mut Chance) {
        // Half of them succeed, so that there are good days too.
        let (answer, name, issues) = if chance.one_in(2) { ANSWERS[0] } else { chance.of_these(ANSWERS) };
        if issues {
            self.issued.push(scene.now);
        }
        if name == GOOD {
            self.told.push(scene.now);
        }
        let is_unclear = matches!(name, "NoToken" | "Refused");
        self.unclear = if is_unclear { self.unclear + 1 } else { 0 };
        self.failures += u32::from(name != GOOD);
        scene.replies(answer());
        self.checks_the_card(scene, name);
    }

    fn checks_the_card(&self, scene: &Scene, name: &str) {
        let now = scene.now;
        assert!(Self::within(&self.issued, now) <= MOST, "an eleventh token in ten minutes at {now:?}");
        let card = scene.card();
        assert_eq!(card.refresh, Some(masked(REFRESH)), "the refresh token stays");
        match &card.standing {
            Standing::Fresh => assert_eq!(name, GOOD),
            Standing::Waiting { problem, again_at } => {
                assert!(format!("{problem:?}").starts_with(name), "{problem:?} is shown for {name}");
                assert!(*again_at > now && *again_at <= now.plus(minutes(15)), "the retry is not within 15 minutes");
                assert!(self.unclear < UNCLEAR, "{} errors in a row need the user", self.unclear);
            }
            Standing::NeedsYou { problem } => {
                assert!(self.unclear >= UNCLEAR, "{problem:?} is temporary and does not need the user");
            }
            other => panic!("{other:?} after {name:?}"),
        }
    }

    /// Checks the reason shown for a refresh that was not sent.
    fn checks_a_refusal(&self, problem: &Problem, now: Moment) {
        if let Problem::TooManyTokens { uncertain, .. } = problem {
            let told = Self::within(&self.told, now);
            assert_eq!(*uncertain, told < MOST, "{told} tokens in ten minutes");
        }
    }
}

fn lives_through(seed: u64) -> (u32, usize) {
    let (mut scene, id): (Scene, ConnectionId) = Scene::connected();
    let (mut zoho, mut chance) = (Zoho::default(), Chance::of(seed));
    zoho.issued.push(scene.now);
    zoho.told.push(scene.now);
    let end = scene.now.plus(days(30));
    while scene.now < end {
        let wanted = scene.looks_at.unwrap_or(end).since(scene.now);
        // Now and then the user presses Refresh, sometimes many times.
        let presses = if chance.one_in(40) { 14 } else { usize::from(chance.one_in(4)) };
        scene.later(if presses > 0 { wanted.min(seconds(20)) } else { wanted });
        for _ in 0..presses {
            scene.asks(TokensIntent::Refresh { id });
            scene.troubles().iter().for_each(|problem| zoho.checks_a_refusal(problem, scene.now));
            for notice in scene.snapshot().notices {
                scene.asks(AppIntent::Dismiss { notice: notice.id });
            }
            zoho.answers_all(&mut scene, &mut chance);
            scene.later(seconds(5));
        }
        zoho.answers_all(&mut scene, &mut chance);
        scene.settles();
        scene.forget_what_it_did();
    }
    scene.later(minutes(16));
    scene.asks(TokensIntent::Refresh { id });
    if !scene.requests().is_empty() {
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    assert_eq!(scene.card().standing, Standing::Fresh);
    (zoho.failures, zoho.issued.len())
}

// Shows N14.
#[test]
fn thirty_days_of_random_answers_lose_nothing() {
    let lives = proof::rounds(1, 50);
    let all: Vec<_> = (1..).take(lives).map(lives_through).collect();
    let (failures, issued) = all.iter().fold((0, 0), |sum, life| (sum.0 + life.0, sum.1 + life.1));
    proof::figure("days of random answers, each told truly", lives * 30, "all, at least 30");
    assert!(failures > 100 && issued > 500, "{failures} failures and {issued} tokens are no thirty days");
}
