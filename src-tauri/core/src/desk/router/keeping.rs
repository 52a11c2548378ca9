//! What follows once the vault is open, and once a save has ended.

use secrecy::{ExposeSecret, SecretString};

use crate::domain::custom_regions::read_regions_file;
use crate::domain::draft::Draft;
use crate::domain::keeping::Keeping;
use crate::domain::kept::Kept;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::messages::effect::{KeptBy, Opened};

use crate::desk::View;
use crate::desk::after::After;
use crate::desk::outbox::Question;
use crate::desk::store::Saved;
use crate::desk::turn::Turn;

impl Turn<'_> {
    pub(super) fn start(&mut self, regions_file: Result<Option<String>, Problem>, system: String) {
        self.desk.system = system;
        let taken = regions_file.and_then(|file| file.map_or(Ok(()), |text| self.take_regions(&text)));
        if let Err(problem) = taken {
            self.desk.notices.trouble(problem);
        }
        self.open_with_keyring();
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

    /// Goes on where the run before ended.
    fn begin_with(&mut self, kept: Kept, notice: Option<Problem>) {
        self.desk.kept = kept;
        self.bring_back_shelved();
        if let Some(problem) = notice {
            self.desk.notices.trouble(problem);
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
        for link in self.desk.waiting_links.take() {
            self.link_came(link.expose_secret());
        }
        self.update_live_files();
        self.count_from_now();
        self.refresh_what_is_due();
        self.revoke_what_is_due();
    }

    pub(super) fn save(&mut self) {
        if self.desk.store.begin_save(&self.desk.kept, &mut self.desk.outbox) {
            self.desk.unsaved_files.are_being_saved();
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
        self.write_saved_files();
        match self.desk.store.save_ended(problem) {
            None => {}
            Some(Saved::Outdated) => self.save(),
            Some(Saved::Done { after, recovered }) => {
                if recovered {
                    let unsaved =
                        |n: &NoticeKind| matches!(n, NoticeKind::Trouble { problem: Problem::NotSaved { .. }, .. });
                    self.desk.notices.withdraw(|n| unsaved(&n.what));
                }
                match after {
                    Some(After::Browse) => self.open_browser(),
                    Some(After::Exchange(region, call)) => self.send(Question::Exchange(region), call),
                    Some(After::Poll(region, call)) => self.send(Question::Poll(region), call),
                    None => {}
                }
                self.quit_now_saved();
            }
            Some(Saved::Failed { after, problem }) => match after {
                Some(After::Browse | After::Exchange(..)) => self.stop_consent(Some(problem)),
                Some(After::Poll(..)) => self.not_asked(problem),
                None if self.desk.notices.says(&problem) => {}
                None => self.desk.notices.trouble(problem),
            },
        }
    }
}
