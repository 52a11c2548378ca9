//! Compares what Keyfob shows of a connection with Practice's responses.

use std::time::Duration;

use keyfob_core::connection::ConnectionId;
use keyfob_core::problem::Class;
use keyfob_core::snapshot::{Card, Masked};
use keyfob_core::standing::{Standing, TestResult};
use keyfob_core::{Moment, Problem, Snapshot};

use super::answers::{Answers, MOST};
use super::table::{Read, Refresh};

/// The number of consecutive undocumented responses after which the user is asked.
const UNCLEAR: u32 = 6;

/// The longest back-off.
pub const LONGEST_REST: Duration = Duration::from_mins(15);

const HOUR: Duration = Duration::from_hours(1);

/// A connection and the expectations of it.
pub struct Kept {
    pub id: ConnectionId,
    pub refresh_token: String,
    masked: Option<Masked>,
    /// How many of its responses were checked.
    looked_at: usize,
    /// How many of the last consecutive ones are undocumented.
    unclear: u32,
    /// The problem and end of the back-off that Keyfob showed.
    rests: Option<(Problem, Moment)>,
}

impl Kept {
    pub fn new(card: &Card, refresh_token: String) -> Self {
        Self { id: card.id, refresh_token, masked: card.refresh.clone(), looked_at: 0, unclear: 0, rests: None }
    }

    /// Checks that its card shows what the responses so far mean, and that no limit was exceeded.
    pub fn is_told_truly(&mut self, answers: &Answers, picture: &Snapshot, now: Moment) {
        let card = card(picture, self.id);
        assert_eq!(card.refresh, self.masked, "the refresh token stays");
        let issued = answers.lately(&self.refresh_token, now, |_, answer| answer.2);
        assert!(issued <= MOST, "{issued} new tokens in ten minutes, at {now:?}");
        self.counts_unclear(answers, now);
        let Some((at, (_, meaning, _))) = answers.last(&self.refresh_token) else { return };
        match (&card.standing, meaning) {
            (Standing::Fresh, None) => assert_eq!(card.expires_at, at.plus(HOUR)),
            // Cliq refused the last token in its first minute, and none may be requested before that minute is over.
            (Standing::Due, None) => {
                assert!(card.expires_at <= now && card.refreshes_at <= Some(at.plus(Duration::from_mins(1))));
            }
            // The token is not from Zoho's last response: Cliq refused that one, and Keyfob holds back.
            (Standing::HeldBack { .. }, None) => {
                let broke = |problem: &Problem| matches!(problem, Problem::Unreachable { .. });
                let may_be = |problem: Problem| problem.may_have_taken_effect() || broke(&problem);
                let spent = |at, answer: &Refresh| answer.1.is_none_or(|(_, problem)| may_be(problem(at)));
                assert!(answers.lately(&self.refresh_token, now, spent) >= MOST);
            }
            (Standing::Waiting { problem, again_at }, Some((class, expected))) => {
                assert_eq!((problem, problem.class()), (&expected(at), class));
                assert!(*again_at > now && *again_at <= at.plus(LONGEST_REST), "{again_at:?} at {now:?}, after {at:?}");
                assert_eq!(card.refreshes_at, Some(*again_at));
                assert!(self.unclear < UNCLEAR, "after {} in a row the user is asked", self.unclear);
            }
            (Standing::NeedsYou { problem }, Some((class, expected))) => {
                assert_eq!((problem, problem.class()), (&expected(at), class));
                assert!(self.unclear >= UNCLEAR, "{problem:?} is temporary, but the user is asked");
                assert!(card.refreshes_at.is_some(), "it is still retried");
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

    /// A press within the back-off that gets the same response again does not count as another try.
    fn counts_unclear(&mut self, answers: &Answers, now: Moment) {
        let new = answers.given(&self.refresh_token, self.looked_at);
        self.looked_at += new.len();
        assert!(new.len() <= 2, "{} requests for one connection in one step", new.len());
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

/// Checks that a test's result is what its responses mean. `barred`: until when Cliq bars the next test.
pub fn test_is_told_truly(
    barred: &mut Option<Moment>,
    read: &[Read],
    before: Option<&TestResult>,
    tested: Option<&TestResult>,
    now: Moment,
) {
    let news = tested.filter(|_| tested != before).and_then(|result| result.problem.clone());
    let dead = |read: &Read| read.1.is_err_and(|(_, problem)| problem(now) == Problem::TokenDead);
    let Some(last) = read.last() else {
        let barred = barred.map(|until| Problem::CliqBusy { until });
        assert!(news.is_none() || news == barred, "{news:?} without a call, {barred:?}");
        return;
    };
    assert!(read[..read.len() - 1].iter().all(dead) && read.len() <= 2, "a refused token is replaced once");
    let expected = match last.1 {
        // If no other token could be had, the result is unchanged, or says that this one is invalid.
        Err(_) if dead(last) && read.len() == 1 => {
            assert!(news.is_none_or(|problem| problem == Problem::TokenDead));
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
        *barred = Some(until);
    }
    let result = tested.expect("a test that was answered has a result");
    assert_eq!((result.at, result.proof, result.problem.clone()), (now, expected.clone().ok(), expected.err()));
}

/// The connection's card.
pub fn card(picture: &Snapshot, id: ConnectionId) -> &Card {
    picture.connections.iter().find(|card| card.id == id).expect("the connection exists")
}
