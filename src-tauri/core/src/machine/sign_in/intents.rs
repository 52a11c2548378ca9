//! The user's intents for this machine.

use crate::machine::question::SignInQuestion;
use crate::messages::effect::Effect;
use crate::messages::intent::SignInIntent;

use super::SignIn;

impl SignIn<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: SignInIntent) {
        match intent {
            SignInIntent::Start => self.start_wizard(),
            SignInIntent::OpenPractice => self.open_practice(),
            SignInIntent::GoHome => self.go_home(),
            SignInIntent::Open { id } => self.open_connection(id),
            SignInIntent::GoTo { step } => self.go_to(step),
            SignInIntent::Next => self.next(),
            SignInIntent::Back => self.back(),
            SignInIntent::ForgetDraft => self.forget_draft(),
            SignInIntent::ChooseRegion { region } => self.choose_region(&region),
            SignInIntent::ChooseClientType { client_type } => self.choose_client_type(client_type),
            SignInIntent::OpenFile => self.cx.ask(SignInQuestion::File, Effect::PickFile),
            SignInIntent::GuessRegion { address } => self.guess_region(&address),
            SignInIntent::CopyForForm { field } => self.copy_for_form(field),
            SignInIntent::UseRedirectUri { address } => self.use_redirect_uri(&address),
            SignInIntent::OpenConsole => self.open_console(),
            SignInIntent::OpenConnectedApps => self.open_connected_apps(),
            SignInIntent::TypeClientId { text } => self.type_client_id(&text),
            SignInIntent::TypeClientSecret { text } => self.type_client_secret(&text),
            SignInIntent::TypeSecretFor { region, text } => self.type_secret_for(region, &text),
            SignInIntent::PasteSecretFor { region } => {
                self.cx.ask(SignInQuestion::PasteSecretFor(region), Effect::Paste);
            }
            SignInIntent::Paste { field } => self.cx.ask(SignInQuestion::Paste(field), Effect::Paste),
            SignInIntent::ChooseTask { task, on } => self.choose_task(&task, on),
            SignInIntent::ChooseScope { scope, on } => self.choose_scope(&scope, on),
            SignInIntent::KeepAccess { on } => self.keep_access(on),
            SignInIntent::SignIn { anyway } => self.begin_sign_in(anyway),
            SignInIntent::RetireOldest => self.retire_oldest(),
            SignInIntent::OpenAgain => self.open_again(),
            SignInIntent::CopyLink => self.copy_link(),
            SignInIntent::CopyUserCode => self.copy_user_code(),
            SignInIntent::HaveAdded => drop(self.has_added()),
            SignInIntent::PasteAddress { text } => self.address_pasted(&text),
            SignInIntent::PasteCode { text } => self.code_pasted(&text),
            SignInIntent::UseClientCredentials { organisation } => self.use_client_credentials(&organisation),
            SignInIntent::UseRefreshToken { text } => self.use_refresh_token(&text),
            SignInIntent::ChooseLifetime { minutes } => self.choose_lifetime(minutes),
            SignInIntent::CopyScopes => self.copy_scopes(),
            SignInIntent::Saw { page } => self.saw(page),
            SignInIntent::AskOtherRegions => self.ask_other_regions(),
            SignInIntent::AskRegion { region } => self.ask_region(&region),
            SignInIntent::StopAsking => self.stop_asking(),
            SignInIntent::SwitchRegion { region } => self.switch_region(&region),
            SignInIntent::CancelConsent => self.stop_consent(None),
            SignInIntent::CheckAgain => self.check_candidate(),
            SignInIntent::Keep { name } => self.keep(&name),
            SignInIntent::NotMe => self.not_me(),
            SignInIntent::SignInAgain { id } => self.sign_in_again(id),
            SignInIntent::AddPermissions { id } => self.add_permissions(id),
            SignInIntent::OpenSealed { passphrase } => self.open_sealed(&passphrase),
            SignInIntent::TakeOffer => self.take_offer(),
            SignInIntent::LeaveOffer => self.leave_offer(),
        }
    }
}
