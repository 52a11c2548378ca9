//! Passes each intent to the machine that it is for.

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::notice::CopiedWhat;
use crate::machine::question::DeskQuestion;
use crate::messages::effect::{Effect, Sensitivity};
use crate::messages::intent::{AppIntent, Intent, VaultIntent};

use super::Router;

impl Router<'_> {
    pub(super) fn intent_came(&mut self, intent: Intent) {
        match intent {
            Intent::Vault(intent) => self.vault_intent(intent),
            Intent::App(intent) => self.app_intent(intent),
            Intent::SignIn(intent) => self.sign_in().intent(intent),
            Intent::Tokens(intent) => self.tokens().intent(intent),
            Intent::Checks(intent) => self.checks().intent(intent),
            Intent::Share(intent) => self.share().intent(intent),
            Intent::Revoke(intent) => self.revoke().intent(intent),
            Intent::Cli(intent) => self.cli().intent(intent),
        }
    }

    fn vault_intent(&mut self, intent: VaultIntent) {
        match intent {
            VaultIntent::TryVaultAgain => self.open_with_keyring(),
            VaultIntent::UsePassphrase { passphrase } => self.open_with_passphrase(passphrase),
            VaultIntent::UseThisRunOnly => self.open_for_this_run(),
            VaultIntent::RetrySave => self.cx().changed(),
        }
    }

    fn app_intent(&mut self, intent: AppIntent) {
        match intent {
            AppIntent::Dismiss { notice } => self.desk.notices.withdraw(|n| n.id == notice),
            AppIntent::ChooseOnClose { on_close } => self.choose_on_close(on_close),
            AppIntent::StayOpen => self.stay_open(),
            AppIntent::PauseRefreshing { on } => self.pause_refreshing(on),
            AppIntent::StartAtLogin { on } => {
                self.cx().ask(DeskQuestion::AtLogin, |ticket| Effect::StartAtLogin(ticket, on));
            }
            AppIntent::Quit => self.quit_asked(),
            AppIntent::QuitUnsaved => self.cx().emit(Effect::Quit),
            AppIntent::Practise => self.practise(),
            AppIntent::AddRegion { form } => self.add_region(&form),
            AppIntent::Rename { id, name } => self.rename(id, &name),
            AppIntent::CopyOwnKey => self.copy_own_key(),
            AppIntent::CopyReport { about } => self.copy_report(about),
        }
    }

    /// Pauses or resumes automatic refreshing. Refreshes in flight continue, and the user can still request others.
    fn pause_refreshing(&mut self, on: bool) {
        if self.desk.open_vault().is_some() {
            self.desk.kept.settings.paused = on;
            self.cx().changed();
            self.tokens().refresh_what_is_due();
        }
    }

    fn rename(&mut self, id: ConnectionId, name: &str) {
        let name = self.desk.kept.connections.free_name(name, Some(id));
        if let (Some(name), Some(connection)) = (name, self.desk.kept.connections.get_mut(id))
            && connection.name != name
        {
            connection.name = name;
            self.cx().note(id, Happened::Renamed);
        }
    }

    /// Copies the public half of the vault's key, which others seal to.
    fn copy_own_key(&mut self) {
        if let Some(key) = self.desk.open_vault().and_then(|open| open.own_key.clone()) {
            self.cx().put_on_clipboard(CopiedWhat::OwnKey, key.into(), Sensitivity::Plain);
        }
    }
}
