use zoho_oauth::request::Request;

use super::{line, plain, script};
use crate::domain::problem::disclosure;
use crate::formats::handover_file::Lock;
use crate::formats::new_file::NewFile;
use crate::messages::browser::Address;
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::{Effect, KeptBy, Sealing, Ticket, Unlock};

/// The line for an effect.
pub fn of_effect(effect: &Effect) -> String {
    match effect {
        Effect::OpenVault(ticket, by) => asked("openVault", *ticket, &[("key", kept_by(by).to_owned())]),
        Effect::Save(ticket, _) => asked("save", *ticket, &[]),
        Effect::CheckRedirect(ticket) => asked("checkRedirect", *ticket, &[]),
        Effect::Listen(ticket, ports) => asked("listen", *ticket, &[("ports", format!("{ports:?}"))]),
        Effect::AnswerLoopback(request, page) => {
            line("answerLoopback", &[("request", plain(request.0)), ("page", plain(*page))])
        }
        Effect::StopListening => line("stopListening", &[]),
        Effect::Draw(ticket) => asked("draw", *ticket, &[]),
        Effect::OpenBrowser(ticket, address) => asked("openBrowser", *ticket, &[("at", of_address(address))]),
        Effect::Send(ticket, call) => asked("send", *ticket, &[("request", of_call(call))]),
        Effect::Confirm(ticket, what) => asked("confirm", *ticket, &[("question", of_question(what))]),
        Effect::StopConfirming(ticket) => asked("stopConfirming", *ticket, &[]),
        Effect::Copy(ticket, _, sensitivity) => asked("copy", *ticket, &[("text", plain(*sensitivity))]),
        Effect::CopyReport(ticket, _) => asked("copyReport", *ticket, &[]),
        Effect::ClearClipboard => line("clearClipboard", &[]),
        Effect::Paste(ticket) => asked("paste", *ticket, &[]),
        Effect::PickFile(ticket) => asked("pickFile", *ticket, &[]),
        Effect::SaveFile(ticket, NewFile { name: _, content: _ }) => asked("saveFile", *ticket, &[]),
        Effect::ChoosePlace(ticket, _) => asked("choosePlace", *ticket, &[]),
        Effect::WriteLiveFile(ticket, _, _, over) => {
            asked("writeLiveFile", *ticket, &[("fingerprints", over.len().to_string())])
        }
        Effect::RemoveLiveFile(ticket, _, of) => {
            asked("removeLiveFile", *ticket, &[("fingerprints", of.len().to_string())])
        }
        Effect::SaveSealed(ticket, Sealing { name: _, content: _, lock }) => {
            asked("saveSealed", *ticket, &[("lock", kind_of_lock(lock).to_owned())])
        }
        Effect::Unseal(ticket, _, with) => asked("unseal", *ticket, &[("with", kind_of_unlock(with).to_owned())]),
        Effect::SaveRegions(ticket, _, over) => {
            asked("saveRegions", *ticket, &[("fingerprints", over.len().to_string())])
        }
        Effect::StartPractice(ticket) => asked("startPractice", *ticket, &[]),
        Effect::TellScript(caller, told) => format!("tell script {}: {}", caller.0, script::of_told(told)),
        Effect::Raise => line("raise", &[]),
        Effect::Withdraw => line("withdraw", &[]),
        Effect::Quit => line("quit", &[]),
        Effect::StartAtLogin(ticket, on) => asked("startAtLogin", *ticket, &[("on", plain(*on))]),
        Effect::LookAt(moment) => line("lookAt", &[("at", moment.rfc3339())]),
    }
}

/// Formats an effect that has an answer, with its ticket's number.
fn asked(name: &str, ticket: Ticket, fields: &[(&str, String)]) -> String {
    line(&format!("{name} {}", ticket.0), fields)
}

fn kept_by(by: &KeptBy) -> &'static str {
    match by {
        KeptBy::Keyring => "keyring",
        KeptBy::Passphrase(_) => "passphrase",
        KeptBy::ThisRun => "thisRun",
    }
}

pub(super) fn kind_of_lock(lock: &Lock) -> &'static str {
    match lock {
        Lock::Passphrase { passphrase: _ } => "passphrase",
        Lock::Key { key: _ } => "key",
    }
}

fn kind_of_unlock(with: &Unlock) -> &'static str {
    match with {
        Unlock::OwnKey => "ownKey",
        Unlock::Passphrase(_) => "passphrase",
    }
}

fn of_address(address: &Address) -> String {
    let kind = match address {
        Address::Public(_) => "public",
        Address::Private(_) => "private",
    };
    format!("{kind} {}", disclosure::public(address.url().host_str().unwrap_or_default()))
}

/// Keyfob chose the path; the query, the form and the header are left out.
fn of_call(call: &Request) -> String {
    let Request { url, form, authorization: _ } = call;
    let method = if form.is_some() { "POST" } else { "GET" };
    format!("{method} {}{}", disclosure::public(url.host_str().unwrap_or_default()), disclosure::public(url.path()))
}

fn of_question(what: &Confirmation) -> String {
    match what {
        Confirmation::AddRegion { region: _ } => line("addRegion", &[]),
        Confirmation::AskRegion { host } => line("askRegion", &[("host", disclosure::public(host))]),
        Confirmation::AllowScripts { name: _, account: _, to_front } => {
            line("allowScripts", &[("toFront", plain(*to_front))])
        }
        Confirmation::PasteSecret { host } => line("pasteSecret", &[("host", disclosure::public(host))]),
        Confirmation::UseCode { host } => line("useCode", &[("host", disclosure::public(host))]),
        Confirmation::UseRefreshToken { host } => line("useRefreshToken", &[("host", disclosure::public(host))]),
        Confirmation::GoElsewhere { host } => line("goElsewhere", &[("host", disclosure::public(host))]),
        Confirmation::Revoke { name: _, account: _, to_front } => line("revoke", &[("toFront", plain(*to_front))]),
        Confirmation::CopyRefreshToken { name: _, account: _ } => line("copyRefreshToken", &[]),
        Confirmation::Export { name: _, account: _, refresh_token, client_secret } => {
            line("export", &[("refreshToken", plain(*refresh_token)), ("clientSecret", plain(*client_secret))])
        }
        Confirmation::Handover { name: _, account: _, to: _, lasts, key } => {
            line("handover", &[("lasts", plain(*lasts)), ("key", super::is_there(key.as_ref()))])
        }
        Confirmation::Forget { name: _, account: _ } => line("forget", &[]),
    }
}
