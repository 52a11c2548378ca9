//! Tokens and secrets go to the addresses they were given for, or nowhere.
//!
//! Invariant: when an added region's addresses differ from those that something was given for (`regions.json` was
//! edited, or the region was added again), nothing of that is sent there before the user has signed in again.

use zoho_oauth::region::{Origins, Region, RegionCode};

use crate::domain::connection::{ConnectionId, RetryState};
use crate::domain::custom_regions::{is_moved, region_at};
use crate::domain::draft::{Approval, Draft};
use crate::domain::kept::Kept;
use crate::domain::problem::Problem;
use crate::machine::desk::Desk;
use crate::machine::question::SignInQuestion;

use super::Router;

impl Router<'_> {
    /// Holds back what was given for addresses other than the table's, and releases what matches again. What an older
    /// Keyfob kept without addresses gets the current ones, once.
    pub(super) fn compare_origins(&mut self) {
        self.take_origins_of_now();
        let ids: Vec<ConnectionId> = self.desk.kept.connections.keys().copied().collect();
        for id in ids {
            let moved = self.cx().region_of(id).err().filter(is_moved);
            let trouble = self.desk.kept.connections[&id].trouble.as_ref();
            let told = trouble.is_some_and(|t| is_moved(&t.problem));
            if moved.is_some() || told {
                let trouble = moved.map(|problem| RetryState::after(None, problem, None, self.now));
                if let Some(connection) = self.desk.kept.connections.get_mut(id) {
                    connection.trouble = trouble;
                }
                self.desk.outbox.mark_changed();
            }
        }
        let now = self.now;
        let Kept { revocations, .. } = &mut self.desk.kept;
        for queued in revocations.values_mut() {
            let region = region_at(&self.desk.regions, &queued.what.region, queued.what.origins.as_ref());
            let moved = region.err().filter(is_moved);
            if moved.is_some() || queued.trouble.as_ref().is_some_and(|t| is_moved(&t.problem)) {
                queued.trouble = moved.map(|problem| RetryState::after(None, problem, None, now));
                self.desk.outbox.mark_changed();
            }
        }
        self.let_go_of_moved_drafts();
    }

    fn take_origins_of_now(&mut self) {
        let (regions, kept) = (&self.desk.regions, &self.desk.kept);
        let lacks = |origins: &Option<Origins>, code: &RegionCode| origins.is_none() && regions.origins(code).is_some();
        let old = kept.connections.values().filter(|c| lacks(&c.grant.origins, &c.grant.region)).map(|c| c.id);
        for id in old.collect::<Vec<_>>() {
            let Some(connection) = self.desk.kept.connections.get_mut(id) else { continue };
            connection.grant.origins = self.desk.regions.origins(&connection.grant.region);
            self.desk.outbox.mark_changed();
        }
        for what in self.desk.kept.revocations.values_mut().map(|queued| &mut queued.what) {
            if what.origins.is_none() {
                what.origins = self.desk.regions.origins(&what.region);
                let found = what.origins.is_some();
                self.desk.outbox.mark_changed_if(found);
            }
        }
        let drafts = self.desk.kept.draft.iter_mut().chain(&mut self.desk.kept.shelved);
        for grant in drafts.filter_map(|d| Some(&mut d.candidate.as_mut()?.grant)) {
            if grant.origins.is_none() {
                grant.origins = self.desk.regions.origins(&grant.region);
                let found = grant.origins.is_some();
                self.desk.outbox.mark_changed_if(found);
            }
        }
    }

    /// Drops the drafts' secrets that were given for other addresses: the user types them again, or they are not sent.
    fn let_go_of_moved_drafts(&mut self) {
        let regions = &self.desk.regions;
        let moved_for = |draft: &Draft| -> Vec<(RegionCode, Problem)> {
            let each = draft.origins.iter();
            let moved = each.filter_map(|(code, given)| {
                Some((code.clone(), region_at(regions, code, Some(given)).err().filter(is_moved)?))
            });
            moved.collect()
        };
        let in_hand = self.desk.kept.draft.as_ref().map(moved_for).unwrap_or_default();
        let shelved: Vec<_> = self.desk.kept.shelved.iter().map(moved_for).collect();
        if let Some((_, problem)) = in_hand.first() {
            self.sign_in().stop_consent(Some(problem.clone()));
        }
        let all = self.desk.kept.draft.iter_mut().zip([in_hand]).chain(self.desk.kept.shelved.iter_mut().zip(shelved));
        for (draft, moved) in all {
            self.desk.outbox.mark_changed_if(!moved.is_empty());
            for (code, problem) in moved {
                let given = draft.client_secrets().filter(|(region, _)| **region == code);
                given.for_each(|(region, secret)| self.desk.clipboard.let_go(region, secret));
                draft.let_go_for(&code, problem);
            }
        }
    }

    /// Records the addresses of the added regions that the drafts hold secrets for.
    pub(super) fn note_origins_of_drafts(&mut self) {
        let regions = &self.desk.regions;
        for draft in self.desk.kept.draft.iter_mut().chain(&mut self.desk.kept.shelved) {
            let held: Vec<RegionCode> =
                regions.added().map(|r| r.code.clone()).filter(|c| draft.holds_for(c)).collect();
            draft.origins.retain(|code, _| held.contains(code) || regions.find(code).is_none());
            for code in held {
                if let Some(now) = regions.origins(&code) {
                    draft.origins.entry(code).or_insert(now);
                }
            }
        }
    }
}

impl Desk {
    /// Refuses to change an added region's addresses while something is bound to the current ones.
    pub(super) fn may_be_added(&self, region: &Region) -> Result<(), Problem> {
        let Some(now) = self.regions.added().find(|r| r.code == region.code) else { return Ok(()) };
        if Origins::from(now) == Origins::from(region) && now.console == region.console {
            return Ok(());
        }
        let code = &region.code;
        let origins = Origins::from(now);
        let bound = |given: &Option<Origins>| given.as_ref().is_none_or(|given| *given == origins);
        let connections = self.kept.connections.values();
        let connections = connections.filter(|c| c.grant.region == *code && bound(&c.grant.origins)).map(|c| &c.name);
        let revocations = self.kept.revocations.values();
        let revocations = revocations.filter(|r| r.what.region == *code && bound(&r.what.origins)).map(|r| &r.name);
        let users: Vec<String> = connections.chain(revocations).cloned().collect();
        let mut drafts = self.kept.draft.iter().chain(&self.kept.shelved);
        let candidate =
            |d: &Draft| d.candidate.as_ref().is_some_and(|c| c.grant.region == *code && bound(&c.grant.origins));
        let unfinished = drafts.any(|d| d.approval.is_under_way() || d.holds_for(code) || candidate(d))
            || self.sign_in.offer.as_ref().is_some_and(|offer| offer.names(code))
            || self.sign_in.search.as_ref().is_some_and(|search| search.awaits(code))
            || self.outbox.count(|q| is_asked(q, code)) > 0;
        if users.is_empty() && !unfinished {
            return Ok(());
        }
        Err(Problem::RegionInUse { region: code.clone(), users, unfinished })
    }
}

/// Whether a region is being asked; tokens in its answer are bound to its current addresses.
fn is_asked(question: &SignInQuestion, code: &RegionCode) -> bool {
    matches!(
        question,
        SignInQuestion::Exchange(of)
        | SignInQuestion::Discard(of, _)
        | SignInQuestion::DeviceCode(of)
        | SignInQuestion::Poll(of) if of == code
    )
}

impl Draft {
    /// Whether it holds anything that only this region may get.
    fn holds_for(&self, code: &RegionCode) -> bool {
        let asked = match &self.approval {
            Approval::Device(device) => device.region == *code,
            Approval::Ready(_)
            | Approval::Checking { .. }
            | Approval::Waiting(..)
            | Approval::Exchanging
            | Approval::AskingForCode
            | Approval::AskingForToken => false,
        };
        let own = self.client_secret.is_some() || self.console_code.is_some() || self.approval.is_under_way();
        asked || own && self.region.as_ref() == Some(code) || self.secrets_elsewhere.contains_key(code)
    }

    fn let_go_for(&mut self, code: &RegionCode, problem: Problem) {
        self.origins.remove(code);
        self.secrets_elsewhere.remove(code);
        if self.region.as_ref() == Some(code) {
            (self.client_secret, self.console_code) = (None, None);
        }
        if !matches!(self.approval, Approval::Ready(Some(Problem::ExchangeCutOff))) {
            self.approval = Approval::Ready(Some(problem));
        }
    }
}
