//! The search for the region that knows the client, when the chosen one does not.
//!
//! Invariant: no region is asked without a press, and one that does not share secrets with the client's own only after
//! the user confirmed its server outside the page; Practice neither asks nor is asked. The answers are shown as long as
//! they are about this client and this problem, and are never kept.

mod state;

pub(super) use state::Search;

use std::collections::BTreeMap;

use zoho_oauth::client::Client;
use zoho_oauth::region::{Region, RegionCode, Regions};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response;

use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::{Approval, Draft, OtherRegion, RegionSaid};
use crate::domain::problem::Problem;
use crate::machine::question::SignInQuestion;
use crate::messages::confirmation::Confirmation;

use super::{SignIn, SignInState};

/// How many regions are asked in parallel.
const AT_ONCE: usize = 4;

impl SignIn<'_> {
    /// Asks every other region of Zoho's own that has not answered yet.
    pub(in crate::machine) fn ask_other_regions(&mut self) {
        let Some(client) = self.searches_for() else { return };
        let zohos_own = others_than(self.cx.regions, &client.region)
            .filter(|r| self.cx.regions.share_secrets(&client.region, &r.code));
        let others: Vec<_> = zohos_own.map(|r| r.code.clone()).collect();
        self.ask_each(client, others);
    }

    /// Asks one region, which the secret was not given for, once the user has confirmed its server.
    pub(in crate::machine) fn ask_region(&mut self, code: &RegionCode) {
        let Some(client) = self.searches_for() else { return };
        let region = others_than(self.cx.regions, &client.region).find(|r| r.code == *code).cloned();
        if let Some(region) = region {
            let shown = Confirmation::AskRegion { host: region.accounts.as_str().to_owned() };
            self.cx.confirm(SignInQuestion::ConfirmAskRegion(Box::new(client), region.code), shown);
        }
    }

    /// Asks the confirmed region, if the client is still the one that the user was asked about.
    pub(super) fn ask_confirmed_region(&mut self, about: &Client, code: RegionCode) {
        let Some(client) = self.searches_for().filter(|client| client.is_same(about)) else { return };
        self.ask_each(client, vec![code]);
    }

    fn ask_each(&mut self, client: Client, others: Vec<RegionCode>) {
        let search = self.state.search.get_or_insert_with(|| Search { client, said: BTreeMap::new() });
        for code in others {
            let said = search.said.entry(code).or_insert(RegionSaid::Waiting);
            if *said == RegionSaid::NotTold {
                *said = RegionSaid::Waiting;
            }
        }
        self.ask_next_regions();
    }

    fn ask_next_regions(&mut self) {
        let Some(Search { client, said }) = &mut self.state.search else { return };
        let under_way = said.values().filter(|said| **said == RegionSaid::Asking).count();
        let waiting = self.cx.regions.iter().filter(|r| said.get(&r.code) == Some(&RegionSaid::Waiting));
        let next: Vec<_> = waiting
            .take(AT_ONCE.saturating_sub(under_way))
            .map(|region| (region.code.clone(), Request::about_client(region, client)))
            .collect();
        for (code, call) in next {
            self.region_said(code.clone(), RegionSaid::Asking);
            self.cx.send(SignInQuestion::KnowsClient(code), call);
        }
    }

    pub(super) fn region_told(&mut self, code: RegionCode, outcome: Outcome) {
        let said = match token_response::knows_client(outcome) {
            Some(true) => RegionSaid::Knows,
            Some(false) => RegionSaid::DoesNotKnow,
            None => RegionSaid::NotTold,
        };
        self.region_said(code, said);
        self.ask_next_regions();
    }

    fn region_said(&mut self, code: RegionCode, said: RegionSaid) {
        if let Some(search) = &mut self.state.search {
            search.said.insert(code, said);
        }
    }

    /// Stops asking; the answers so far stay.
    pub(in crate::machine) fn stop_asking(&mut self) {
        self.cx.outbox.forget(|q: &SignInQuestion| matches!(q, SignInQuestion::KnowsClient(_)));
        if let Some(search) = &mut self.state.search {
            search.said.retain(|_, said| !matches!(said, RegionSaid::Waiting | RegionSaid::Asking));
        }
    }

    /// Continues the sign-in at a region that knows the client.
    pub(in crate::machine) fn switch_region(&mut self, code: &RegionCode) {
        if self.state.search.as_ref().is_some_and(|s| s.said.get(code) == Some(&RegionSaid::Knows)) {
            // The region got the secret when it was asked, so the secret stays.
            let code = code.clone();
            self.fill_in(|draft| draft.region = Some(code));
            self.begin_sign_in(false);
        }
    }

    /// Drops a search about another client, or about a problem that is over.
    pub(in crate::machine) fn end_search(&mut self) {
        let client = self.searches_for();
        let holds = |search: &Search| client.as_ref().is_some_and(|client| search.client.is_same(client));
        if !self.state.search.as_ref().is_none_or(holds) {
            self.stop_asking();
            self.state.search = None;
        }
    }

    /// The client that its own region does not know.
    fn searches_for(&self) -> Option<Client> {
        searches_for(self.draft.as_ref()?)
    }
}

/// The client that its own region does not know.
fn searches_for(draft: &Draft) -> Option<Client> {
    // A secret from the vault goes to its own region alone.
    if draft.is_practice() || draft.replaces.is_some() {
        return None;
    }
    match &draft.approval {
        Approval::Ready(Some(Problem::ClientUnknown { region })) if draft.region.as_ref() == Some(region) => {
            draft.registration()
        }
        Approval::Ready(_)
        | Approval::Checking { .. }
        | Approval::Waiting(..)
        | Approval::Exchanging
        | Approval::AskingForCode
        | Approval::Device(_)
        | Approval::AskingForToken => None,
    }
}

fn others_than<'a>(regions: &'a Regions, own: &'a RegionCode) -> impl Iterator<Item = &'a Region> {
    regions.iter().filter(move |r| r.code != *own && r.code != PRACTICE)
}

impl SignInState {
    /// The regions that may know the draft's client, and what they said.
    pub(crate) fn other_regions(&self, draft: &Draft, regions: &Regions) -> Vec<OtherRegion> {
        let Some(client) = searches_for(draft) else { return Vec::new() };
        let said = |code| self.search.as_ref().and_then(|s| s.said.get(code)).copied();
        // Zoho's ten regions do not know a client of a custom server.
        let may_know = |r: &&Region| regions.share_secrets(&client.region, &r.code) || regions.host(&r.code).is_some();
        others_than(regions, &client.region)
            .filter(may_know)
            .map(|r| OtherRegion {
                region: r.code.clone(),
                host: regions.host(&r.code),
                said: said(&r.code).unwrap_or(RegionSaid::NotAsked),
            })
            .collect()
    }
}
