//! Practice's side of the thirty days: its responses to each refresh token and each test, and what it did.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfob_core::Moment;
use keyfob_practice::{Asked, Endpoint, Practice, Scripted};

use super::chance::Chance;
use super::table::{GOOD, READS, REFRESHES, REFUSED, Read, Refresh};

/// Zoho's limit of new access tokens for one refresh token.
pub const WINDOW: Duration = Duration::from_mins(10);
pub const MOST: usize = 10;

/// All responses of Practice.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<Side>>);

#[derive(Default)]
struct Side {
    refreshes: BTreeMap<String, Refreshes>,
    /// The responses to tests, each with its access token.
    reads: Vec<(Read, String)>,
    next_reads: Vec<Read>,
    calm: bool,
}

/// The responses to one refresh token.
struct Refreshes {
    chance: Chance,
    /// A period in which the same response is repeated.
    spell: Option<(Moment, Refresh)>,
    given: Vec<(Moment, Refresh)>,
    signed_in_at: Moment,
}

impl Answers {
    /// Starts responding at random.
    pub fn begin(&self, zoho: &Practice, mut reads: Chance) {
        let mine = self.clone();
        zoho.answer_by(Endpoint::Token, move |asked| mine.refreshes(asked));
        let mine = self.clone();
        zoho.answer_by(Endpoint::Status, move |asked| Some(mine.reads(asked, &mut reads)));
    }

    /// Responds well from now on.
    pub fn calm(&self) {
        self.0.lock().unwrap().calm = true;
    }

    pub fn knows(&self, refresh_token: &str, chance: Chance, signed_in_at: Moment) {
        let told = Refreshes { chance, spell: None, given: Vec::new(), signed_in_at };
        self.0.lock().unwrap().refreshes.insert(refresh_token.to_owned(), told);
    }

    /// Sets the response to the next test.
    pub fn next_read(&self, read: Option<Read>) {
        self.0.lock().unwrap().next_reads = read.into_iter().collect();
    }

    fn refreshes(&self, asked: &Asked) -> Option<Scripted> {
        let mut side = self.0.lock().unwrap();
        let calm = side.calm;
        let told = side.refreshes.get_mut(asked.form("refresh_token")?)?;
        let at = Moment::from_millis(asked.at);
        let answer = if calm { GOOD } else { told.choose(at) };
        told.given.push((at, answer));
        Some(answer.0())
    }

    fn reads(&self, asked: &Asked, chance: &mut Chance) -> Scripted {
        let mut side = self.0.lock().unwrap();
        let read = side.next_reads.pop().unwrap_or_else(|| chance.of_these(READS));
        let token = asked.authorization.as_deref().and_then(|header| header.split(' ').nth(1));
        side.reads.push((read, token.unwrap_or_default().to_owned()));
        read.0()
    }

    /// The responses to this refresh token so far, without the first `after`.
    pub fn given(&self, refresh_token: &str, after: usize) -> Vec<(Moment, Refresh)> {
        self.0.lock().unwrap().refreshes[refresh_token].given[after..].to_vec()
    }

    /// The last response to this refresh token.
    pub fn last(&self, refresh_token: &str) -> Option<(Moment, Refresh)> {
        self.0.lock().unwrap().refreshes[refresh_token].given.last().copied()
    }

    /// The number of tests answered so far.
    pub fn reads_so_far(&self) -> usize {
        self.0.lock().unwrap().reads.len()
    }

    /// The responses to tests, without the first `after`. Where Practice gave its usual response, an invalid token was
    /// refused, for ten tokens whose responses were lost may have displaced it.
    pub fn read(&self, after: usize, zoho: &Practice) -> Vec<Read> {
        let reads = self.0.lock().unwrap().reads[after..].to_vec();
        let refused = |token: &str| !zoho.is_alive(token);
        let met =
            |(read, token): (Read, String)| if read.2 && refused(&token) { (read.0, REFUSED, read.2) } else { read };
        reads.into_iter().map(met).collect()
    }

    /// The number of a refresh token's responses in the last ten minutes that match; the sign-in counts as a good one.
    pub fn lately(&self, refresh_token: &str, now: Moment, is_so: impl Fn(Moment, &Refresh) -> bool) -> usize {
        let side = self.0.lock().unwrap();
        let told = &side.refreshes[refresh_token];
        let all = told.given.iter().rev().take_while(|(at, _)| now < at.plus(WINDOW));
        all.filter(|(at, answer)| is_so(*at, answer)).count() + usize::from(now < told.signed_in_at.plus(WINDOW))
    }

    /// The number of access tokens issued, including at sign-ins, and the number of bad responses.
    pub fn totals(&self) -> (usize, usize) {
        let side = self.0.lock().unwrap();
        let all = || side.refreshes.values().flat_map(|told| &told.given);
        let issued = all().filter(|(_, answer)| answer.2).count() + side.refreshes.len();
        (issued, all().filter(|(_, answer)| answer.1.is_some()).count())
    }
}

impl Refreshes {
    fn choose(&mut self, at: Moment) -> Refresh {
        if let Some((_, answer)) = self.spell.filter(|(until, _)| at < *until) {
            return answer;
        }
        if self.chance.one_in(60) {
            let answer = self.chance.of_these(REFRESHES);
            let minutes = 10 + self.chance.below(170) as u64;
            self.spell = Some((at.plus(Duration::from_mins(minutes)), answer));
            return answer;
        }
        // Half of them are good, so that there are good days too.
        if self.chance.one_in(2) { GOOD } else { self.chance.of_these(REFRESHES) }
    }
}
