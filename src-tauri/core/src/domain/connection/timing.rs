//! When a connection's tokens may and will be renewed, and the connection's state.

use crate::Moment;
use crate::domain::problem::Problem;
use crate::domain::quota::ACCESS_TOKENS;
use crate::domain::standing::{Standing, TestResult};

use super::{Connection, Tested};

impl Connection {
    /// When Keyfob refreshes the connection; `None` when it never does.
    pub(crate) fn refreshes_at(&self, now: Moment) -> Option<Moment> {
        self.grant.renews().then_some(())?;
        let due = self.trouble.as_ref().map_or(Some(self.grant.due_at(now)), |trouble| trouble.tried_again_at(now));
        due.map(|at| self.once_token_is_free(at, now))
    }

    /// `at`, or when the quota allows another access token, whichever is later.
    fn once_token_is_free(&self, at: Moment, now: Moment) -> Moment {
        self.token_free_at(now).map_or(at, |free_at| at.max(free_at))
    }

    /// When the quota allows another access token; `None` when it does now.
    pub(crate) fn token_free_at(&self, now: Moment) -> Option<Moment> {
        self.grant.spent.free_at(ACCESS_TOKENS, now)
    }

    /// Until when and why no access token may be requested: Zoho's limit, as far as Keyfob has counted.
    pub(crate) fn held_back(&self, now: Moment) -> Option<(Moment, Problem)> {
        let until = self.token_free_at(now)?;
        let certain =
            self.grant.spent.used(ACCESS_TOKENS, now).saturating_sub(self.grant.uncertain.used(ACCESS_TOKENS, now));
        Some((until, Problem::TooManyTokens { until, uncertain: certain < ACCESS_TOKENS.most }))
    }

    pub(crate) fn standing(&self, now: Moment) -> Standing {
        match &self.trouble {
            Some(trouble) => match trouble.tried_again_at(now).filter(|_| !trouble.needs_you()) {
                Some(again_at) => {
                    let again_at = self.once_token_is_free(again_at, now);
                    Standing::Waiting { problem: trouble.problem.clone(), again_at }
                }
                None => Standing::NeedsYou { problem: trouble.problem.clone() },
            },
            None if !self.grant.renews() && self.grant.expires_at <= now => Standing::Ended,
            None if self.grant.renews() && !self.grant.is_fresh(now) => match self.token_free_at(now) {
                Some(again_at) => Standing::HeldBack { again_at },
                None => Standing::Due,
            },
            None => Standing::Fresh,
        }
    }
}

impl From<&Tested> for TestResult {
    fn from(tested: &Tested) -> Self {
        let proof = tested.outcome.as_ref().ok().copied();
        Self { at: tested.at, proof, problem: tested.outcome.as_ref().err().cloned() }
    }
}
