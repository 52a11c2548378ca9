//! Practice's side of thirty days: what it answers each refresh token and each test, and what it did.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfob_core::Moment;
use keyfob_practice::{Asked, Endpoint, Practice, Scripted};

use super::chance::Chance;
use super::table::{GOOD, READS, REFRESHES, REFUSED, Read, Refresh};

/// Zoho's limit for new access tokens of one refresh token.
pub const WINDOW: Duration = Duration::from_mins(10);
pub const MOST: usize = 10;

/// Everything Practice answered.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<Side>>);

#[derive(Default)]
struct Side {
    refreshes: BTreeMap<String, Refreshes>,
    /// With the access token that each was given for.
    reads: Vec<(Read, String)>,
    next_reads: Vec<Read>,
    calm: bool,
}

/// What one refresh token was answered.
struct Refreshes {
    chance: Chance,
    /// For a while the same answer comes again and again.
    spell: Option<(Moment, Refresh)>,
    given: Vec<(Moment, Refresh)>,
    signed_in_at: Moment,
}

impl Answers {
    /// From now on Practice answers at random.
    pub fn begin(&self, zoho: &Practice, mut reads: Chance) {
        let mine = self.clone();
        zoho.answer_by(Endpoint::Token, move |asked| mine.refreshes(asked));
        let mine = self.clone();
        zoho.answer_by(Endpoint::Status, move |asked| Some(mine.reads(asked, &mut reads)));
    }

    /// From now on all is well.
    pub fn calm(&self) {
        self.0.lock().unwrap().calm = true;
    }

    pub fn knows(&self, refresh_token: &str, chance: Chance, signed_in_at: Moment) {
        let told = Refreshes { chance, spell: None, given: Vec::new(), signed_in_at };
        self.0.lock().unwrap().refreshes.insert(refresh_token.to_owned(), told);
    }

    /// The next test is answered so.
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

    /// What this refresh token was answered so far, after the first so many.
    pub fn given(&self, refresh_token: &str, after: usize) -> Vec<(Moment, Refresh)> {
        self.0.lock().unwrap().refreshes[refresh_token].given[after..].to_vec()
    }

    /// The last of them.
    pub fn last(&self, refresh_token: &str) -> Option<(Moment, Refresh)> {
        self.0.lock().unwrap().refreshes[refresh_token].given.last().copied()
    }

    /// How many tests were answered so far.
    pub fn reads_so_far(&self) -> usize {
        self.0.lock().unwrap().reads.len()
    }

    /// What the tests were answered, after the first so many. Where Practice answered by itself, a token that is over, as
    /// ten whose answers were lost may have pushed it out, was refused.
    pub fn read(&self, after: usize, zoho: &Practice) -> Vec<Read> {
        let reads = self.0.lock().unwrap().reads[after..].to_vec();
        let refused = |token: &str| !zoho.is_alive(token);
        let met =
            |(read, token): (Read, String)| if read.2 && refused(&token) { (read.0, REFUSED, read.2) } else { read };
        reads.into_iter().map(met).collect()
    }

    /// How many of a refresh token's answers of the last ten minutes are like this; the sign-in counts as a good one.
    pub fn lately(&self, refresh_token: &str, now: Moment, is_so: impl Fn(Moment, &Refresh) -> bool) -> usize {
        let side = self.0.lock().unwrap();
        let told = &side.refreshes[refresh_token];
        let all = told.given.iter().rev().take_while(|(at, _)| now < at.plus(WINDOW));
        all.filter(|(at, answer)| is_so(*at, answer)).count() + usize::from(now < told.signed_in_at.plus(WINDOW))
    }

    /// How many access tokens were issued for all of them, the sign-ins' too; and how many answers were not good.
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
        // Half of all are good, so that there are good days too.
        if self.chance.one_in(2) { GOOD } else { self.chance.of_these(REFRESHES) }
    }
}
