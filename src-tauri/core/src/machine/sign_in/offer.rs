//! The offer in a colleague's file, shown before any of it is taken.
//!
//! Invariant: an offer changes nothing and sends nothing until the user takes it, and one for a region that is not in
//! the table is not even shown.
#![expect(clippy::disallowed_methods, reason = "parses an opened file")]

mod state;

pub(crate) use state::Offer;

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use zoho_oauth::region::{Origins, Region, RegionCode};
use zoho_oauth::text::shown;

use crate::domain::connection::Grant;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::Draft;
use crate::domain::open_page::OpenPage;
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::formats::handover_file::{Handover, tidy};
use crate::formats::setup_file::Setup;
use crate::machine::fact::Fact;
use crate::machine::question::SignInQuestion;
use crate::messages::effect::{Effect, NotUnsealed, Unlock};

use super::SignIn;

impl SignIn<'_> {
    pub(super) fn setup_came(&mut self, read: Result<Setup, Problem>) {
        match read.and_then(|setup| self.knows(&setup.region).map(|_| setup)) {
            Ok(setup) => self.offer(Offer::Setup(setup)),
            Err(problem) => self.cx.notices.trouble(problem),
        }
    }

    /// Tries the vault's own key first: if that opens the file, the user does not have to type anything.
    pub(super) fn sealed_came(&mut self, file: SecretSlice<u8>) {
        self.offer(Offer::Sealed { file: file.clone(), trying: true, problem: None });
        self.cx.ask(SignInQuestion::Unseal, |ticket| Effect::Unseal(ticket, file, Unlock::OwnKey));
    }

    fn offer(&mut self, offer: Offer) {
        self.leave_offer();
        if self.store.opened().is_some() {
            self.state.offer = Some(offer);
        }
    }

    pub(in crate::machine) fn leave_offer(&mut self) {
        self.cx.outbox.forget(|q: &SignInQuestion| matches!(q, SignInQuestion::Unseal | SignInQuestion::TakeOver));
        self.state.offer = None;
    }

    pub(in crate::machine) fn open_sealed(&mut self, passphrase: &SecretString) {
        let Some(Offer::Sealed { file, trying: trying @ false, problem }) = &mut self.state.offer else {
            return;
        };
        if passphrase.expose_secret().trim().is_empty() {
            return;
        }
        (*trying, *problem) = (true, None);
        let (file, unlock) = (file.clone(), Unlock::Passphrase(tidy(passphrase)));
        self.cx.ask(SignInQuestion::Unseal, |ticket| Effect::Unseal(ticket, file, unlock));
    }

    pub(super) fn unsealed(&mut self, opened: Result<SecretSlice<u8>, NotUnsealed>) {
        let Some(Offer::Sealed { trying, problem, .. }) = &mut self.state.offer else {
            return;
        };
        *trying = false;
        let read = match opened {
            Ok(contents) => Handover::read(&contents, self.cx.now).and_then(|it| self.may_be_taken(it)),
            Err(NotUnsealed::NeedsPassphrase) => return,
            Err(NotUnsealed::WrongPassphrase) => {
                *problem = Some(Problem::HandoverLocked);
                return;
            }
            Err(NotUnsealed::NotForUs) => Err(Problem::HandoverNotForYou),
            Err(NotUnsealed::Damaged) => Err(Problem::FileDamaged),
        };
        self.state.offer = None;
        match read {
            Ok(it) => self.offer(Offer::Handover { handover: Box::new(it), trying: false, problem: None }),
            Err(problem) => self.cx.notices.trouble(problem),
        }
    }

    pub(in crate::machine) fn take_offer(&mut self) {
        if let Some(Offer::Setup(setup)) = self.state.offer.take_if(|o| matches!(o, Offer::Setup(_))) {
            let draft = Draft { step: Step::Credentials, ..Draft::from_setup(setup) };
            self.take_up(draft);
        } else {
            self.cx.report(Fact::HandoverTaken);
        }
    }

    pub(super) fn take_up(&mut self, draft: Draft) {
        self.lay_draft_aside();
        *self.draft = Some(draft);
        *self.page = OpenPage::Wizard;
    }
}

impl SignIn<'_> {
    pub(super) fn knows(&self, code: &RegionCode) -> Result<&Region, Problem> {
        self.cx.regions.find(code).ok_or_else(|| Problem::FileRegion { region: code.clone() })
    }

    /// Checks that a region has the servers that the file was made for: each user chooses the codes of added regions,
    /// so the colleague's may mean another server.
    fn is_made_for(&self, code: &RegionCode, made_for: Option<&Origins>) -> Result<(), Problem> {
        let here = Origins::from(self.knows(code)?);
        let elsewhere = |made_for: Option<&str>, here: &str| Problem::HandoverElsewhere {
            region: code.clone(),
            made_for: made_for.map(shown),
            here: here.to_owned(),
        };
        match made_for {
            Some(made_for) => match made_for.difference(&here) {
                Some((made_for, here)) => Err(elsewhere(Some(made_for), here)),
                None => Ok(()),
            },
            None if self.cx.regions.origins(code).is_some() => Err(elsewhere(None, here.host())),
            None => Ok(()),
        }
    }

    /// Checks a handover. Two connections with one refresh token would end each other when one is revoked.
    pub(super) fn may_be_taken(&self, it: Handover) -> Result<Handover, Problem> {
        let practice = [&it.region, &it.setup.region].map(|code| *code == PRACTICE);
        for code in [&it.region, &it.setup.region] {
            self.is_made_for(code, it.origins.get(code))?;
        }
        if practice[0] != practice[1] {
            return Err(Problem::FileDamaged);
        }
        let same = |grant: &Grant| {
            let mut held = grant.refresh.iter().chain(&grant.previous_refresh);
            held.any(|token| token.expose_secret() == it.refresh.expose_secret())
        };
        match self.cx.connections.values().find(|c| same(&c.grant)) {
            Some(here) => Err(Problem::HandoverHere { name: here.name.clone() }),
            None => Ok(it),
        }
    }
}

impl Draft {
    pub(crate) fn from_setup(it: Setup) -> Self {
        Self {
            name: it.name,
            region: Some(it.region),
            client_type: it.client_type,
            client_id: it.client_id,
            scopes: it.scopes,
            keep_access: it.keep_access,
            ..Self::default()
        }
    }
}
