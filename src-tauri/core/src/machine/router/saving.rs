//! What follows when the vault is open, and when a save has ended.
#![expect(clippy::disallowed_methods, reason = "reads the opened vault")]

use secrecy::{ExposeSecret, SecretString};

use crate::domain::keeping::Keeping;
use crate::domain::kept::Kept;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::machine::store::Saved;
use crate::messages::effect::{KeptBy, Opened};

use super::Router;

impl Router<'_> {
    pub(super) fn start(&mut self, regions_file: Result<Option<String>, Problem>, system: String) {
        self.desk.system = system;
        let taken = regions_file.and_then(|file| file.map_or(Ok(()), |text| self.take_regions(&text)));
        if let Err(problem) = taken {
            self.desk.notices.trouble(problem);
        }
        self.open_with_keyring();
    }

    pub(super) fn open_with_keyring(&mut self) {
        self.desk.store.open_with(KeptBy::Keyring, Keeping::Keyring, &mut self.desk.outbox);
    }

    pub(super) fn open_with_passphrase(&mut self, passphrase: SecretString) {
        if !passphrase.expose_secret().is_empty() {
            self.desk.store.open_with(KeptBy::Passphrase(passphrase), Keeping::Passphrase, &mut self.desk.outbox);
        }
    }

    pub(super) fn open_for_this_run(&mut self) {
        self.desk.store.open_with(KeptBy::ThisRun, Keeping::ThisRun, &mut self.desk.outbox);
    }

    pub(super) fn vault_answered(&mut self, keeping: Keeping, opened: Result<Opened, Problem>) {
        if let Some((kept, notice)) = self.desk.store.vault_opened(keeping, opened) {
            self.begin_with(kept, notice);
        }
    }

    /// Continues where the previous run ended.
    fn begin_with(&mut self, kept: Kept, notice: Option<Problem>) {
        self.desk.kept = kept;
        self.sign_in().bring_back_shelved();
        if let Some(problem) = notice {
            self.desk.notices.trouble(problem);
        }
        self.compare_origins();
        if !self.desk.attended {
            return self.count_from_now();
        }
        self.sign_in().resume();
        for link in self.desk.sign_in.waiting_links.take() {
            self.link_came(link.expose_secret());
        }
        self.share().update_live_files();
        self.count_from_now();
        self.tokens().refresh_what_is_due();
        self.revoke().revoke_what_is_due();
    }

    pub(super) fn save(&mut self) {
        if self.desk.store.begin_save(&self.desk.kept, &mut self.desk.outbox) {
            self.desk.share.unsaved_files.are_being_saved();
        }
    }

    pub(super) fn saved(&mut self, saved: Result<Option<Problem>, Problem>) {
        let (found, problem) = match saved {
            Ok(found) => (found, None),
            Err(problem) => (None, Some(problem)),
        };
        if let Some(found) = found {
            self.desk.notices.trouble(found);
        }
        self.share().write_saved_files();
        match self.desk.store.save_ended(problem) {
            None => {}
            Some(Saved::Outdated) => self.save(),
            Some(Saved::Done { after, recovered }) => {
                if recovered {
                    let unsaved =
                        |n: &NoticeKind| matches!(n, NoticeKind::Trouble { problem: Problem::NotSaved { .. }, .. });
                    self.desk.notices.withdraw(|n| unsaved(&n.what));
                }
                if let Some(after) = after {
                    self.sign_in().is_saved(after);
                }
                self.quit_now_saved();
            }
            Some(Saved::Failed { after: Some(after), problem }) => self.sign_in().is_not_saved(&after, problem),
            Some(Saved::Failed { after: None, problem }) if self.desk.notices.says(&problem) => {}
            Some(Saved::Failed { after: None, problem }) => self.desk.notices.trouble(problem),
        }
    }
}
