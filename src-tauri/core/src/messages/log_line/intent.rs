use super::effect::kind_of_lock;
use super::{line, plain, region};
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::Export;
use crate::domain::serde_name::word;
use crate::messages::intent::{
    AppIntent, ChecksIntent, CliIntent, Intent, RevokeIntent, ShareIntent, SignInIntent, TokensIntent, VaultIntent,
};

/// The line for an intent. A connection appears as its number.
pub(super) fn of_intent(intent: &Intent) -> String {
    match intent {
        Intent::Vault(intent) => of_vault(intent),
        Intent::App(intent) => of_app(intent),
        Intent::SignIn(intent) => of_sign_in(intent),
        Intent::Tokens(intent) => of_tokens(intent),
        Intent::Checks(intent) => of_checks(intent),
        Intent::Share(intent) => of_share(intent),
        Intent::Revoke(intent) => of_revoke(intent),
        Intent::Cli(intent) => of_cli(intent),
    }
}

fn of_vault(intent: &VaultIntent) -> String {
    use VaultIntent as I;
    match intent {
        I::TryVaultAgain => line("tryVaultAgain", &[]),
        I::UsePassphrase { passphrase: _ } => line("usePassphrase", &[]),
        I::UseThisRunOnly => line("useThisRunOnly", &[]),
        I::RetrySave => line("retrySave", &[]),
    }
}

fn of_app(intent: &AppIntent) -> String {
    use AppIntent as I;
    match intent {
        I::Practise => line("practise", &[]),
        I::Dismiss { notice } => line("dismiss", &[("notice", plain(*notice))]),
        I::ChooseOnClose { on_close } => line("chooseOnClose", &[("onClose", plain(*on_close))]),
        I::StayOpen => line("stayOpen", &[]),
        I::PauseRefreshing { on } => line("pauseRefreshing", &[("on", plain(*on))]),
        I::StartAtLogin { on } => line("startAtLogin", &[("on", plain(*on))]),
        I::Quit => line("quit", &[]),
        I::QuitUnsaved => line("quitUnsaved", &[]),
        I::AddRegion { form: _ } => line("addRegion", &[]),
        I::Rename { id, name: _ } => of("rename", *id, &[]),
        I::CopyOwnKey => line("copyOwnKey", &[]),
        I::CopyReport { about } => line("copyReport", &[("about", word(about, "place"))]),
    }
}

fn of_sign_in(intent: &SignInIntent) -> String {
    use SignInIntent as I;
    match intent {
        I::Start => line("start", &[]),
        I::OpenPractice => line("openPractice", &[]),
        I::GoHome => line("goHome", &[]),
        I::Open { id } => of("open", *id, &[]),
        I::GoTo { step } => line("goTo", &[("step", plain(*step))]),
        I::Next => line("next", &[]),
        I::Back => line("back", &[]),
        I::ForgetDraft => line("forgetDraft", &[]),
        I::ChooseRegion { region: code } => line("chooseRegion", &[("region", region(code))]),
        I::ChooseClientType { client_type } => line("chooseClientType", &[("clientType", plain(*client_type))]),
        I::OpenFile => line("openFile", &[]),
        I::GuessRegion { address: _ } => line("guessRegion", &[]),
        I::CopyForForm { field } => line("copyForForm", &[("field", plain(*field))]),
        I::OpenConsole => line("openConsole", &[]),
        I::OpenConnectedApps => line("openConnectedApps", &[]),
        I::TypeClientId { text: _ } => line("typeClientId", &[]),
        I::TypeClientSecret { text: _ } => line("typeClientSecret", &[]),
        I::TypeSecretFor { region: code, text: _ } => line("typeSecretFor", &[("region", region(code))]),
        I::PasteSecretFor { region: code } => line("pasteSecretFor", &[("region", region(code))]),
        I::Paste { field } => line("paste", &[("field", plain(*field))]),
        I::ChooseTask { task: _, on } => line("chooseTask", &[("on", plain(*on))]),
        I::ChooseScope { scope: _, on } => line("chooseScope", &[("on", plain(*on))]),
        I::KeepAccess { on } => line("keepAccess", &[("on", plain(*on))]),
        I::SignIn { anyway } => line("signIn", &[("anyway", plain(*anyway))]),
        I::RetireOldest => line("retireOldest", &[]),
        I::OpenAgain => line("openAgain", &[]),
        I::CopyLink => line("copyLink", &[]),
        I::CopyUserCode => line("copyUserCode", &[]),
        I::HaveAdded => line("haveAdded", &[]),
        I::PasteAddress { text: _ } => line("pasteAddress", &[]),
        I::Saw { page } => line("saw", &[("page", plain(*page))]),
        I::AskOtherRegions => line("askOtherRegions", &[]),
        I::AskRegion { region: code } => line("askRegion", &[("region", region(code))]),
        I::StopAsking => line("stopAsking", &[]),
        I::SwitchRegion { region: code } => line("switchRegion", &[("region", region(code))]),
        I::PasteCode { text: _ } => line("pasteCode", &[]),
        I::UseClientCredentials { organisation: _ } => line("useClientCredentials", &[]),
        I::UseRefreshToken { text: _ } => line("useRefreshToken", &[]),
        I::UseRedirectUri { address: _ } => line("useRedirectUri", &[]),
        I::ChooseLifetime { minutes } => line("chooseLifetime", &[("minutes", plain(*minutes))]),
        I::CopyScopes => line("copyScopes", &[]),
        I::CancelConsent => line("cancelConsent", &[]),
        I::CheckAgain => line("checkAgain", &[]),
        I::Keep { name: _ } => line("keep", &[]),
        I::NotMe => line("notMe", &[]),
        I::SignInAgain { id } => of("signInAgain", *id, &[]),
        I::AddPermissions { id } => of("addPermissions", *id, &[]),
        I::OpenSealed { passphrase: _ } => line("openSealed", &[]),
        I::TakeOffer => line("takeOffer", &[]),
        I::LeaveOffer => line("leaveOffer", &[]),
    }
}

fn of_tokens(intent: &TokensIntent) -> String {
    use TokensIntent as I;
    match intent {
        I::KeepFresh { id, on } => of("keepFresh", *id, &[("on", plain(*on))]),
        I::Refresh { id } => of("refresh", *id, &[]),
    }
}

fn of_checks(intent: &ChecksIntent) -> String {
    use ChecksIntent as I;
    match intent {
        I::Test { id } => of("test", *id, &[]),
        I::ProbeScopes { id } => of("probeScopes", *id, &[]),
        I::StopProbing { id } => of("stopProbing", *id, &[]),
    }
}

fn of_share(intent: &ShareIntent) -> String {
    use ShareIntent as I;
    match intent {
        I::Copy { id, shape } => of("copy", *id, &[("shape", plain(*shape))]),
        I::Export { id, export: Export { format, refresh_token, client_secret } } => {
            let (refresh_token, client_secret) = (plain(*refresh_token), plain(*client_secret));
            let format = ("format", plain(*format));
            of("export", *id, &[format, ("refreshToken", refresh_token), ("clientSecret", client_secret)])
        }
        I::ExportActivity { id } => of("exportActivity", *id, &[]),
        I::ChooseLiveFile { id, format } => of("chooseLiveFile", *id, &[("format", plain(*format))]),
        I::WriteLiveFile { id } => of("writeLiveFile", *id, &[]),
        I::StopLiveFile { id } => of("stopLiveFile", *id, &[]),
        I::SaveSetup { id } => of("saveSetup", *id, &[]),
        I::BeginHandover { id } => of("beginHandover", *id, &[]),
        I::StopHandover => line("stopHandover", &[]),
        I::Handover { to: _, lasts, lock } => {
            line("handover", &[("lasts", plain(*lasts)), ("lock", kind_of_lock(lock).to_owned())])
        }
    }
}

fn of_revoke(intent: &RevokeIntent) -> String {
    use RevokeIntent as I;
    match intent {
        I::RevokeAndDelete { id } => of("revokeAndDelete", *id, &[]),
        I::DeleteHere { id } => of("deleteHere", *id, &[]),
        I::RevokeLater { id } => of("revokeLater", *id, &[]),
        I::RevokeNow { revocation } => line("revokeNow", &[("revocation", plain(revocation.0))]),
        I::ForgetRevocation { revocation } => line("forgetRevocation", &[("revocation", plain(revocation.0))]),
    }
}

fn of_cli(intent: &CliIntent) -> String {
    use CliIntent as I;
    match intent {
        I::AllowScripts { id, on } => of("allowScripts", *id, &[("on", plain(*on))]),
        I::CopyCommand { id } => of("copyCommand", *id, &[]),
    }
}

/// Formats an intent about a connection.
fn of(name: &str, id: ConnectionId, fields: &[(&str, String)]) -> String {
    line(&format!("{name} #{}", plain(id.0)), fields)
}
