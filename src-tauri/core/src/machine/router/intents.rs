//! Which machine an intent is for.

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::notice::CopiedWhat;
use crate::machine::question::{DeskQuestion, SignInQuestion};
use crate::messages::effect::{Effect, Sensitivity};
use crate::messages::intent::Intent;

use super::turn::Turn;

impl Turn<'_> {
    pub(super) fn intent_came(&mut self, intent: Intent) {
        match intent {
            Intent::TryVaultAgain => self.open_with_keyring(),
            Intent::UsePassphrase { passphrase } => self.open_with_passphrase(passphrase),
            Intent::UseThisRunOnly => self.open_for_this_run(),
            Intent::RetrySave => self.cx().changed(),

            Intent::Dismiss { notice } => self.desk.notices.withdraw(|n| n.id == notice),
            Intent::ChooseOnClose { on_close } => self.choose_on_close(on_close),
            Intent::StayOpen => self.stay_open(),
            Intent::PauseRefreshing { on } => self.pause_refreshing(on),
            Intent::StartAtLogin { on } => {
                self.cx().ask(DeskQuestion::AtLogin, |ticket| Effect::StartAtLogin(ticket, on));
            }
            Intent::Quit => self.quit_asked(),
            Intent::QuitUnsaved => self.cx().emit(Effect::Quit),
            Intent::Practise => self.practise(),
            Intent::AddRegion { form } => self.add_region(&form),
            Intent::Rename { id, name } => self.rename(id, &name),
            Intent::CopyOwnKey => self.copy_own_key(),
            Intent::CopyReport { about } => self.copy_report(about),

            Intent::Start => self.sign_in().start_wizard(),
            Intent::OpenPractice => self.sign_in().open_practice(),
            Intent::GoHome => self.sign_in().go_home(),
            Intent::Open { id } => self.sign_in().open_connection(id),
            Intent::GoTo { step } => self.sign_in().go_to(step),
            Intent::Next => self.sign_in().next(),
            Intent::Back => self.sign_in().back(),
            Intent::ForgetDraft => self.sign_in().forget_draft(),
            Intent::ChooseRegion { region } => self.sign_in().choose_region(&region),
            Intent::ChooseClientType { client_type } => self.sign_in().choose_client_type(client_type),
            Intent::OpenFile => self.sign_in().cx.ask(SignInQuestion::File, Effect::PickFile),
            Intent::GuessRegion { address } => self.sign_in().guess_region(&address),
            Intent::CopyForForm { field } => self.sign_in().copy_for_form(field),
            Intent::UseRedirectUri { address } => self.sign_in().use_redirect_uri(&address),
            Intent::OpenConsole => self.sign_in().open_console(),
            Intent::OpenConnectedApps => self.sign_in().open_connected_apps(),
            Intent::TypeClientId { text } => self.sign_in().type_client_id(&text),
            Intent::TypeClientSecret { text } => self.sign_in().type_client_secret(&text),
            Intent::TypeSecretFor { region, text } => self.sign_in().type_secret_for(region, &text),
            Intent::PasteSecretFor { region } => {
                self.sign_in().cx.ask(SignInQuestion::PasteSecretFor(region), Effect::Paste);
            }
            Intent::Paste { field } => self.sign_in().cx.ask(SignInQuestion::Paste(field), Effect::Paste),
            Intent::ChooseTask { task, on } => self.sign_in().choose_task(&task, on),
            Intent::ChooseScope { scope, on } => self.sign_in().choose_scope(&scope, on),
            Intent::KeepAccess { on } => self.sign_in().keep_access(on),
            Intent::SignIn { anyway } => self.sign_in().begin_sign_in(anyway),
            Intent::RetireOldest => self.sign_in().retire_oldest(),
            Intent::OpenAgain => self.sign_in().open_again(),
            Intent::CopyLink => self.sign_in().copy_link(),
            Intent::CopyUserCode => self.sign_in().copy_user_code(),
            Intent::HaveAdded => drop(self.sign_in().has_added()),
            Intent::PasteAddress { text } => self.sign_in().address_pasted(&text),
            Intent::PasteCode { text } => self.sign_in().code_pasted(&text),
            Intent::UseClientCredentials { organisation } => self.sign_in().use_client_credentials(&organisation),
            Intent::UseRefreshToken { text } => self.sign_in().use_refresh_token(&text),
            Intent::ChooseLifetime { minutes } => self.sign_in().choose_lifetime(minutes),
            Intent::CopyScopes => self.sign_in().copy_scopes(),
            Intent::Saw { page } => self.sign_in().saw(page),
            Intent::AskOtherRegions => self.sign_in().ask_other_regions(),
            Intent::AskRegion { region } => self.sign_in().ask_region(&region),
            Intent::StopAsking => self.sign_in().stop_asking(),
            Intent::SwitchRegion { region } => self.sign_in().switch_region(&region),
            Intent::CancelConsent => self.sign_in().stop_consent(None),
            Intent::CheckAgain => self.sign_in().check_candidate(),
            Intent::Keep { name } => self.sign_in().keep(&name),
            Intent::NotMe => self.sign_in().not_me(),
            Intent::SignInAgain { id } => self.sign_in().sign_in_again(id),
            Intent::AddPermissions { id } => self.sign_in().add_permissions(id),
            Intent::OpenSealed { passphrase } => self.sign_in().open_sealed(&passphrase),
            Intent::TakeOffer => self.sign_in().take_offer(),
            Intent::LeaveOffer => self.sign_in().leave_offer(),

            Intent::KeepFresh { id, on } => self.tokens().keep_fresh(id, on),
            Intent::Refresh { id } => self.tokens().refresh(id),

            Intent::Test { id } => self.checks().test(id),
            Intent::ProbeScopes { id } => self.checks().probe_scopes(id),
            Intent::StopProbing { id } => self.checks().stop_probing(id),

            Intent::Copy { id, shape } => self.share().copy(id, shape),
            Intent::Export { id, export } => self.share().export(id, export),
            Intent::ExportActivity { id } => self.share().export_activity(id),
            Intent::ChooseLiveFile { id, format } => self.share().choose_live_file(id, format),
            Intent::WriteLiveFile { id } => self.share().write_live_file(id),
            Intent::StopLiveFile { id } => self.share().stop_live_file(id),
            Intent::SaveSetUp { id } => self.share().save_set_up(id),
            Intent::BeginHandOver { id } => self.share().begin_hand_over(id),
            Intent::StopHandOver => self.share().stop_hand_over(),
            Intent::HandOver { to, lasts, lock } => self.share().hand_over(&to, lasts, lock),

            Intent::RevokeAndDelete { id } => self.revoke().revoke_and_delete(id),
            Intent::DeleteHere { id } => self.revoke().delete_here(id),
            Intent::RevokeLater { id } => self.revoke().revoke_later(id),
            Intent::RevokeNow { revocation } => self.revoke().revoke_now(revocation),
            Intent::ForgetRevocation { revocation } => self.revoke().forget_revocation(revocation),

            Intent::AllowScripts { id, on } => self.cli().allow_scripts(id, on),
            Intent::CopyCommand { id } => self.cli().copy_command(id),
        }
    }

    /// What is under way is not stopped; what a user asks for is done all the same.
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

    /// The half of Keyfob's key that others seal to; no secret.
    fn copy_own_key(&mut self) {
        if let Some(key) = self.desk.open_vault().and_then(|open| open.own_key.clone()) {
            self.cx().put_on_clipboard(CopiedWhat::OwnKey, key.into(), Sensitivity::Plain);
        }
    }
}
