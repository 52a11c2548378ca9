//! The vault: opening it, and saving into it strictly in order.
//!
//! Invariant: one save is under way at a time, and the next holds everything that changed since.

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use zoho_oauth::authorization_response;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::Request;

use crate::domain::custom_regions::read_regions_file;
use crate::domain::draft::Draft;
use crate::domain::keeping::Keeping;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::formats::vault_record;
use crate::messages::effect::{Effect, KeptBy, Opened};

use super::tickets::Question;
use super::turn::Turn;
use super::{Desk, View};

/// A link that comes before the vault is open waits, but not many do.
const WAITING_LINKS: usize = 8;

/// How the vault stands.
#[derive(Debug)]
pub(crate) struct Vault {
    pub(crate) state: State,
    /// What a cold start by link brought, until there is a consent to hold it against.
    waiting_links: Vec<SecretSlice<u8>>,
}

#[derive(Debug)]
pub(crate) enum State {
    /// Being opened; with what was in the way before.
    Opening(Option<Problem>),
    /// Not open, and why.
    Closed(Problem),
    Open(Open),
}

#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) keeping: Keeping,
    /// What others may seal to.
    pub(crate) own_key: Option<String>,
    /// Why the last save failed, until one succeeds.
    pub(crate) unsaved: Option<Problem>,
    saving: bool,
    again: bool,
    next: Option<Next>,
}

/// What is done once what changed is kept, so that a Keyfob that ends in the middle of it knows at its next start.
#[derive(Debug)]
pub(super) enum Next {
    Browse,
    Exchange(RegionCode, Request),
    Poll(RegionCode, Request),
}

impl Default for Vault {
    fn default() -> Self {
        Self { state: State::Opening(None), waiting_links: Vec::new() }
    }
}

impl Desk {
    pub(crate) fn open_vault(&self) -> Option<&Open> {
        match &self.vault.state {
            State::Open(open) => Some(open),
            State::Opening(_) | State::Closed(_) => None,
        }
    }

    fn open_vault_mut(&mut self) -> Option<&mut Open> {
        match &mut self.vault.state {
            State::Open(open) => Some(open),
            State::Opening(_) | State::Closed(_) => None,
        }
    }
}

impl Turn<'_> {
    pub(super) fn start(&mut self, regions_file: Result<Option<String>, Problem>, system: String) {
        self.desk.system = system;
        let taken = regions_file.and_then(|file| file.map_or(Ok(()), |text| self.take_regions(&text)));
        if let Err(problem) = taken {
            self.desk.trouble(problem);
        }
        self.open_with(KeptBy::Keyring, Keeping::Keyring);
    }

    fn take_regions(&mut self, file: &str) -> Result<(), Problem> {
        read_regions_file(file, &mut self.desk.regions).map_err(|broken| {
            let line = u32::try_from(broken.line).unwrap_or(u32::MAX);
            Problem::RegionsFile { line, reason: zoho_oauth::text::shown(&broken.reason) }
        })?;
        self.desk.regions_file.push(Fingerprint::of(file.as_bytes()));
        Ok(())
    }

    pub(super) fn open_with_keyring(&mut self) {
        self.open_with(KeptBy::Keyring, Keeping::Keyring);
    }

    pub(super) fn open_with_passphrase(&mut self, passphrase: SecretString) {
        if !passphrase.expose_secret().is_empty() {
            self.open_with(KeptBy::Passphrase(passphrase), Keeping::Passphrase);
        }
    }

    pub(super) fn open_for_this_run(&mut self) {
        self.open_with(KeptBy::ThisRun, Keeping::ThisRun);
    }

    fn open_with(&mut self, by: KeptBy, keeping: Keeping) {
        let before = match &self.desk.vault.state {
            State::Open(_) => return,
            State::Closed(problem) => Some(problem.clone()),
            State::Opening(problem) => problem.clone(),
        };
        self.desk.vault.state = State::Opening(before);
        self.desk.tickets.forget(|q| matches!(q, Question::OpenVault(_)));
        self.ask(Question::OpenVault(keeping), |ticket| Effect::OpenVault(ticket, by));
    }

    pub(super) fn vault_opened(&mut self, keeping: Keeping, opened: Result<Opened, Problem>) {
        let read = opened.and_then(|opened| {
            let kept = opened.record.as_ref().map(vault_record::read).transpose()?;
            Ok((kept.unwrap_or_default(), opened.notice, opened.own_key))
        });
        match read {
            Ok((kept, notice, own_key)) => {
                self.desk.kept = kept;
                self.bring_back_shelved();
                let open = Open { keeping, own_key, unsaved: None, saving: false, again: false, next: None };
                self.desk.vault.state = State::Open(open);
                if let Some(problem) = notice {
                    self.desk.trouble(problem);
                }
                self.compare_origins();
                if !self.desk.attended {
                    return self.count_from_now();
                }
                if self.desk.kept.draft.as_ref().is_some_and(Draft::awaits_an_end) {
                    self.desk.view = View::Wizard;
                }
                self.put_away_finished_draft();
                self.end_old_consent();
                self.listen_again();
                self.check_candidate();
                for link in std::mem::take(&mut self.desk.vault.waiting_links) {
                    self.link_arrived(link.expose_secret());
                }
                self.update_live_files();
                self.count_from_now();
                self.refresh_what_is_due();
                self.revoke_what_is_due();
            }
            Err(problem) => self.desk.vault.state = State::Closed(problem),
        }
    }

    /// Keeps a link until the vault is open; true when it did.
    pub(super) fn link_waits(&mut self, link: &[u8]) -> bool {
        if self.desk.open_vault().is_some() {
            return false;
        }
        if self.desk.vault.waiting_links.len() < WAITING_LINKS && link.len() <= authorization_response::LONGEST {
            self.desk.vault.waiting_links.push(link.to_vec().into());
        } else {
            self.desk.strays = self.desk.strays.saturating_add(1);
        }
        true
    }

    /// Does this once what changed in this turn is kept.
    pub(super) fn when_kept(&mut self, next: Next) {
        if let Some(open) = self.desk.open_vault_mut() {
            open.next = Some(next);
        }
        self.changed();
    }

    /// What waits for the save is not done any more.
    pub(super) fn not_when_kept(&mut self) {
        if let Some(open) = self.desk.open_vault_mut() {
            open.next = None;
        }
    }

    pub(super) fn consent_is_kept(&self) -> bool {
        self.desk.open_vault().is_some_and(|open| !matches!(open.next, Some(Next::Browse)))
    }

    pub(super) fn save(&mut self) {
        let Some(open) = self.desk.open_vault_mut() else { return };
        if std::mem::replace(&mut open.saving, true) {
            open.again = true;
            return;
        }
        let record = vault_record::write(&self.desk.kept);
        self.desk.unsaved_files.are_being_saved();
        self.ask(Question::Save, |ticket| Effect::Save(ticket, record));
    }

    pub(super) fn saved(&mut self, saved: Result<Option<Problem>, Problem>) {
        if let Ok(Some(found)) = &saved {
            self.desk.trouble(found.clone());
        }
        self.write_saved_files();
        let Some(open) = self.desk.open_vault_mut() else { return };
        open.saving = false;
        if std::mem::take(&mut open.again) {
            self.save();
            return;
        }
        let (next, recovered) = (open.next.take(), open.unsaved.take().is_some());
        match saved {
            Ok(_) => {
                if recovered {
                    let unsaved =
                        |n: &NoticeKind| matches!(n, NoticeKind::Trouble { problem: Problem::NotSaved { .. }, .. });
                    self.desk.notices.retain(|n| !unsaved(&n.what));
                }
                match next {
                    Some(Next::Browse) => self.open_browser(),
                    Some(Next::Exchange(region, call)) => self.send(Question::Exchange(region), call),
                    Some(Next::Poll(region, call)) => self.send(Question::Poll(region), call),
                    None => {}
                }
                self.quit_now_saved();
            }
            Err(problem) => {
                if let Some(open) = self.desk.open_vault_mut() {
                    open.unsaved = Some(problem.clone());
                }
                match next {
                    Some(Next::Browse | Next::Exchange(..)) => self.stop_consent(Some(problem)),
                    Some(Next::Poll(..)) => self.not_asked(problem),
                    None if self.desk.says(&problem) => {}
                    None => self.desk.trouble(problem),
                }
            }
        }
    }
}
