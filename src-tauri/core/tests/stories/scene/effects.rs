//! Effects in words, and the answer that each of them expects.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::cli::CliReply;
use keyfob_core::confirmation::Confirmation;
use keyfob_core::effect::{KeptBy, Opened, Sensitivity, Unlock};
use keyfob_core::handover_file::Lock;
use keyfob_core::{Answer, Effect, Ticket};
use oauth2::PkceCodeVerifier;
use secrecy::ExposeSecret;
use zoho_oauth::authorization_request::Nonce;

use super::words::field;

pub fn described(effect: &Effect) -> String {
    match effect {
        Effect::OpenVault(_, KeptBy::Keyring) => "open the vault with the keyring".into(),
        Effect::OpenVault(_, KeptBy::Passphrase(_)) => "open the vault with a passphrase".into(),
        Effect::OpenVault(_, KeptBy::ThisRun) => "keep things for this run".into(),
        Effect::Save(..) => "save".into(),
        Effect::CheckRedirect(_) => "check the redirect".into(),
        Effect::Listen(_, ports) => format!("listen on {ports:?}"),
        Effect::AnswerLoopback(_, page) => format!("show {page:?}"),
        Effect::StopListening => "stop listening".into(),
        Effect::Draw(_) => "draw".into(),
        Effect::OpenBrowser(_, address) => {
            let url = address.url();
            format!("browse {}{}", url.host_str().unwrap_or_default(), url.path())
        }
        Effect::Send(_, call) => {
            let kind = field(call, "grant_type").map(|g| format!(" {g}")).unwrap_or_default();
            let verb = if call.form.is_some() { "POST" } else { "GET" };
            format!("{verb} {}{}{kind}", call.host(), call.url.path())
        }
        Effect::Confirm(_, what) => match what {
            Confirmation::AddRegion { region } => format!("ask to add {}", region.accounts.as_str()),
            Confirmation::AskRegion { host } => format!("ask to send the secret to {host}"),
            Confirmation::PasteSecret { host } => format!("ask to use the secret at {host}"),
            Confirmation::UseCode { host } => format!("ask to use the file at {host}"),
            Confirmation::UseRefreshToken { host } => format!("ask to send the refresh token to {host}"),
            Confirmation::GoElsewhere { host } => format!("ask to send the code to {host}"),
            Confirmation::AllowScripts { name, to_front: true, .. } => {
                format!("ask in front to let scripts read {name}")
            }
            Confirmation::AllowScripts { name, to_front: false, .. } => format!("ask to let scripts read {name}"),
            Confirmation::CopyRefreshToken { name, .. } => format!("ask to copy the refresh token of {name}"),
            Confirmation::Export { name, refresh_token, client_secret, .. } => {
                format!("ask to export {name}, refresh token {refresh_token}, client secret {client_secret}")
            }
            Confirmation::Handover { name, to, .. } => format!("ask to hand {name} over to {to}"),
            Confirmation::Forget { name, .. } => format!("ask to forget {name}"),
            Confirmation::Revoke { name, to_front: true, .. } => format!("ask in front to revoke {name}"),
            Confirmation::Revoke { name, to_front: false, .. } => format!("ask to revoke {name}"),
        },
        Effect::StopConfirming(_) => "stop asking".into(),
        Effect::Copy(_, text, Sensitivity::Secret) if text.expose_secret().contains("state=") => {
            "copy the address as a secret".into()
        }
        Effect::Copy(_, _, Sensitivity::Secret) => "copy a secret".into(),
        Effect::Copy(_, text, Sensitivity::Plain) if text.expose_secret().contains("state=") => {
            "copy the address as plain text".into()
        }
        Effect::Copy(_, text, Sensitivity::Plain) => format!("copy {}", text.expose_secret()),
        Effect::CopyReport(..) => "copy a report".into(),
        Effect::ClearClipboard => "clear the clipboard".into(),
        Effect::Paste(_) => "paste".into(),
        Effect::PickFile(_) => "pick a file".into(),
        Effect::SaveFile(_, file) => format!("save a file as {}", file.name),
        Effect::ChoosePlace(_, name) => format!("ask where to write {name}"),
        Effect::WriteLiveFile(_, path, ..) => format!("write {path}"),
        Effect::RemoveLiveFile(_, path, _) => format!("remove {path}"),
        Effect::SaveSealed(_, sealing) => match &sealing.lock {
            Lock::Passphrase { .. } => format!("seal with a passphrase as {}", sealing.name),
            Lock::Key { key } => format!("seal to {key} as {}", sealing.name),
        },
        Effect::Unseal(_, _, Unlock::OwnKey) => "unseal with our own key".into(),
        Effect::Unseal(_, _, Unlock::Passphrase(_)) => "unseal with a passphrase".into(),
        Effect::SaveRegions(..) => "save the regions".into(),
        Effect::StartPractice(_) => "start Practice".into(),
        Effect::TellScript(caller, told) => match told {
            CliReply::Asking => format!("tell {} that the user is asked", caller.0),
            CliReply::Token(_) => format!("give {} the token", caller.0),
            CliReply::Said(said) => format!("tell {}: {said:?}", caller.0),
        },
        Effect::Raise => "raise".into(),
        Effect::Withdraw => "withdraw".into(),
        Effect::Quit => "quit".into(),
        Effect::StartAtLogin(_, on) => format!("start at login: {on}"),
        Effect::LookAt(at) => format!("look at {at:?}"),
    }
}

pub fn fits(effect: &Effect, answer: &Answer) -> bool {
    matches!(
        (effect, answer),
        (Effect::OpenVault(..), Answer::VaultOpened(_))
            | (Effect::Save(..), Answer::Saved(_))
            | (Effect::CheckRedirect(_), Answer::RedirectChecked(_))
            | (Effect::Listen(..), Answer::Listening(_))
            | (Effect::Draw(_), Answer::Drawn(_))
            | (Effect::OpenBrowser(..), Answer::BrowserOpened(_))
            | (Effect::Send(..), Answer::Replied(_))
            | (Effect::Confirm(..), Answer::Confirmed(_))
            | (Effect::Copy(..) | Effect::CopyReport(..), Answer::Copied(_))
            | (Effect::Paste(_), Answer::Pasted(_))
            | (Effect::PickFile(_), Answer::FilePicked(_))
            | (Effect::SaveFile(..) | Effect::SaveSealed(..), Answer::FileSaved(_))
            | (Effect::ChoosePlace(..), Answer::PlaceChosen(_))
            | (Effect::WriteLiveFile(..), Answer::LiveFileWritten(_))
            | (Effect::RemoveLiveFile(..), Answer::LiveFileRemoved(_))
            | (Effect::Unseal(..), Answer::Unsealed(_))
            | (Effect::SaveRegions(..), Answer::RegionsSaved(_))
            | (Effect::StartAtLogin(..), Answer::StartsAtLogin(_))
            | (Effect::StartPractice(_), Answer::PracticeStarted(_))
    )
}

pub fn ticket(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::OpenVault(t, _)
        | Effect::Save(t, _)
        | Effect::CheckRedirect(t)
        | Effect::Listen(t, _)
        | Effect::Draw(t)
        | Effect::OpenBrowser(t, _)
        | Effect::Send(t, _)
        | Effect::Confirm(t, _)
        | Effect::Copy(t, ..)
        | Effect::CopyReport(t, _)
        | Effect::Paste(t)
        | Effect::PickFile(t)
        | Effect::SaveFile(t, _)
        | Effect::SaveSealed(t, _)
        | Effect::ChoosePlace(t, _)
        | Effect::WriteLiveFile(t, ..)
        | Effect::RemoveLiveFile(t, ..)
        | Effect::Unseal(t, ..)
        | Effect::SaveRegions(t, ..)
        | Effect::StartAtLogin(t, _)
        | Effect::StartPractice(t) => Some(*t),
        Effect::AnswerLoopback(..)
        | Effect::StopListening
        | Effect::StopConfirming(_)
        | Effect::ClearClipboard
        | Effect::TellScript(..)
        | Effect::Raise
        | Effect::Withdraw
        | Effect::Quit
        | Effect::LookAt(_) => None,
    }
}

/// A copy of the answer.
pub fn echo_of(answer: &Answer) -> Answer {
    match answer {
        Answer::VaultOpened(opened) => Answer::VaultOpened(opened.as_ref().map_err(Clone::clone).map(|o| Opened {
            record: o.record.clone(),
            notice: o.notice.clone(),
            own_key: o.own_key.clone(),
        })),
        Answer::Saved(saved) => Answer::Saved(saved.clone()),
        Answer::RedirectChecked(proof) => Answer::RedirectChecked(proof.clone()),
        Answer::Listening(found) => Answer::Listening(found.clone()),
        Answer::Drawn(nonce) => Answer::Drawn(Nonce {
            state: nonce.state.clone(),
            verifier: PkceCodeVerifier::new(nonce.verifier.secret().clone()),
        }),
        Answer::BrowserOpened(opened) => Answer::BrowserOpened(opened.clone()),
        Answer::Replied(outcome) => Answer::Replied(outcome.clone()),
        Answer::Confirmed(decision) => Answer::Confirmed(*decision),
        Answer::Copied(copied) => Answer::Copied(copied.clone()),
        Answer::Pasted(pasted) => Answer::Pasted(pasted.clone()),
        Answer::FilePicked(picked) => Answer::FilePicked(picked.clone()),
        Answer::FileSaved(saved) => Answer::FileSaved(saved.clone()),
        Answer::PlaceChosen(chosen) => Answer::PlaceChosen(chosen.clone()),
        Answer::LiveFileWritten(written) => Answer::LiveFileWritten(written.clone()),
        Answer::LiveFileRemoved(removed) => Answer::LiveFileRemoved(removed.clone()),
        Answer::Unsealed(opened) => Answer::Unsealed(opened.clone()),
        Answer::RegionsSaved(saved) => Answer::RegionsSaved(saved.clone()),
        Answer::StartsAtLogin(on) => Answer::StartsAtLogin(on.clone()),
        Answer::PracticeStarted(started) => Answer::PracticeStarted(started.clone()),
    }
}
