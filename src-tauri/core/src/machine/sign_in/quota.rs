//! What Zoho's limits mean for the sign-in, and counting what it spends.

use crate::Moment;
use crate::domain::problem::Problem;
use crate::domain::quota::{ClientKey, REFRESH_TOKENS_KEPT};

use super::SignIn;

impl SignIn<'_> {
    /// Why the draft's client should not be used to sign in now; `None` when it may.
    pub(super) fn held_back(&mut self) -> Option<Problem> {
        let now = self.cx.now;
        self.cx.ledger.none_later_than(now);
        let draft = self.draft.as_ref()?;
        let key = draft.client()?;
        let client = self.cx.ledger.of(&key)?;
        if let Some(until) = client.code_free_at(draft.keep_access, now) {
            return Some(Problem::TooManyCodes { until });
        }
        let kept = draft.refresh_tokens_kept(self.cx.connections, client);
        let retires =
            draft.keep_access && kept >= REFRESH_TOKENS_KEPT && draft.answers.may_retire.as_ref() != Some(&key);
        retires.then_some(Problem::WouldRetire { kept })
    }

    /// Until when a denial by Zoho may be due to too many earlier codes.
    pub(super) fn denied_until(&self) -> Option<Moment> {
        let key = self.draft.as_ref()?.client()?;
        self.cx.ledger.of(&key)?.denied_until(self.cx.now)
    }

    /// Counts a code that Zoho issued to the draft's client.
    pub(super) fn count_code(&mut self) {
        let now = self.cx.now;
        if let Some(client) = self.drafts_client() {
            self.cx.ledger.count(&client).code(now);
            self.cx.changed();
        }
    }

    /// Counts a failed exchange if Zoho may have issued tokens.
    pub(super) fn count_lost_exchange(&mut self, problem: &Problem, broke: bool) {
        if (broke || problem.may_have_taken_effect())
            && let Some(draft) = &self.draft
            && let (Some(client), lasting) = (draft.client(), draft.keep_access)
        {
            self.cx.count_issued(&client, lasting);
        }
    }

    /// Records the candidate's owner, as named by Zoho.
    pub(super) fn count_for(&mut self, email: &str) {
        let since = self.draft.as_ref().and_then(|d| Some(d.candidate.as_ref()?.grant.since));
        if let (Some(since), Some(client)) = (since, self.drafts_client()) {
            self.cx.ledger.count(&client).belongs_to(since, email);
        }
    }

    pub(super) fn drafts_client(&self) -> Option<ClientKey> {
        self.draft.as_ref()?.client()
    }
}
