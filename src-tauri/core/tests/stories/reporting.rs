//! A report of a problem for the support: requested by the place of the problem, and free of private data.

use keyfob_core::connection::ConnectionId;
use keyfob_core::custom_regions::RegionForm;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::handover_file::{Lasts, Lock};
use keyfob_core::intent::{AppIntent, ChecksIntent, RevokeIntent, ShareIntent, SignInIntent, VaultIntent};
use keyfob_core::notice::{Copied, CopiedWhat, NoticeKind};
use keyfob_core::report_place::ReportAbout;
use keyfob_core::{Answer, Effect, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

/// Copies the report of this place and returns it.
#[track_caller]
fn reported(scene: &mut Scene, about: ReportAbout) -> String {
    scene.asks(AppIntent::CopyReport { about });
    let text = scene.report().to_owned();
    scene.answer(Answer::Copied(Ok(())));
    let copied = Copied { what: CopiedWhat::Report { about }, at: scene.now, clears_at: None };
    assert_eq!(scene.snapshot().copied, Some(copied), "the button shows it, and the clipboard is not cleared");

    for line in ["Keyfob ", "20", "Problem: ", "Shown at: ", "Secrets kept by: "] {
        assert!(text.lines().any(|l| l.starts_with(line)), "{line} is missing: {text}");
    }
    assert_eq!(found(&text), None);
    for private in ["ada@", "firm.example", CLIENT_ID, &CLIENT_ID[5..], "Ada", "Finance", OWN_KEY, "WDJB", "/home"] {
        assert!(!text.contains(private), "{private} is private: {text}");
    }
    text
}

#[track_caller]
fn nothing_is_copied(scene: &mut Scene, about: ReportAbout) {
    scene.asks(AppIntent::CopyReport { about });
    assert_eq!(scene.count(|e| matches!(e, Effect::Copy(..) | Effect::CopyReport(..))), 0, "{about:?}");
}

#[test]
fn an_approval_report_has_problem_and_client_without_its_id() {
    let mut scene = Scene::exchanging();
    scene.zoho_says(r#"{"error":"invalid_client"}"#);
    let text = reported(&mut scene, ReportAbout::Approval);
    let expected = format!(
        "Keyfob {}, linux x86_64 (Debian GNU/Linux 12)\n2026-11-23T09:00:00Z\nProblem: clientUnknown (region=eu)\n\
         Shown at: approval\nClient registered in: eu\nClient type: mobile, redirect: deepLink\n\
         Permissions: ZohoCliq.Channels.READ,ZohoCliq.Profile.READ; others: 0\nSecrets kept by: keyring\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(text, expected);
}

#[test]
fn a_report_works_with_a_pending_browser_or_device_sign_in() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::PasteAddress { text: CLIENT_ID.into() });
    let text = reported(&mut scene, ReportAbout::Approval);
    assert!(text.contains("Problem: notTheAddress (why=clientId)"), "{text}");

    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: zoho_oauth::client::ClientType::NonBrowser });
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.zoho_says(&device_code());
    scene.settles();
    nothing_is_copied(&mut scene, ReportAbout::Approval);
    scene.later(seconds(31));
    scene.no_answer(TransportError::TimedOut);
    let text = reported(&mut scene, ReportAbout::Approval);
    assert!(text.contains("Problem: timedOut (host=accounts.zoho.eu)"), "{text}");
    assert!(text.contains("Client type: nonBrowser, redirect: device"), "{text}");
}

#[test]
fn a_candidate_report_has_its_notes_and_the_failed_save() {
    let mut scene = Scene::exchanging();
    scene.zoho_says(&one_hour());
    scene.saving_fails();
    let text = reported(&mut scene, ReportAbout::Note { nth: 0 });
    assert!(text.contains("Problem: noRefreshToken") && text.contains("Approved in: eu"), "{text}");
    let text = reported(&mut scene, ReportAbout::Saving);
    assert!(text.contains("Problem: notSaved (reason=no space left)"), "{text}");
    nothing_is_copied(&mut scene, ReportAbout::Note { nth: 1 });
}

#[test]
fn a_candidate_report_has_failed_identity_and_test_calls() {
    let mut scene = Scene::candidate();
    nothing_is_copied(&mut scene, ReportAbout::Identity);
    nothing_is_copied(&mut scene, ReportAbout::Proof);
    scene.no_answer(TransportError::TimedOut);
    scene.replies(reply(401, r#"{"code":"oauthtoken_invalid"}"#));
    let text = reported(&mut scene, ReportAbout::Identity);
    assert!(text.contains("Problem: timedOut (host=accounts.zoho.eu)\nShown at: identity\n"), "{text}");
    assert!(text.contains("Approved in: eu"), "{text}");
    let text = reported(&mut scene, ReportAbout::Proof);
    assert!(text.contains("Problem: tokenDead\nShown at: proof\n"), "{text}");
}

#[test]
fn a_revocation_report_says_why_it_is_pending() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.settles();
    let revocation = scene.snapshot().revocations[0].id;
    let text = reported(&mut scene, ReportAbout::Revocation { revocation });
    for line in [
        "Problem: unreachable (host=accounts.zoho.eu)",
        "Shown at: revocation",
        "Client type: mobile, redirect: deepLink",
        "Approved in: eu",
        "To end: refresh_token, 1 in a row, since 2026-11-23T09:00:00Z",
    ] {
        assert!(text.lines().any(|l| l == line), "{line} is missing: {text}");
    }

    scene.asks_and_allows(RevokeIntent::ForgetRevocation { revocation });
    nothing_is_copied(&mut scene, ReportAbout::Revocation { revocation });
}

#[test]
fn a_connection_report_has_its_status() {
    let (mut scene, id) = Scene::connected();
    nothing_is_copied(&mut scene, ReportAbout::Connection { id });
    nothing_is_copied(&mut scene, ReportAbout::Test { id });

    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(418, "{}"));
    let text = reported(&mut scene, ReportAbout::Test { id });
    assert!(text.contains("Problem: cliqUnclear (status=418)\nShown at: test\n"), "{text}");

    scene.later(minutes(55));
    scene.zoho_says(r#"{"error":"invalid_client_secret"}"#);
    let text = reported(&mut scene, ReportAbout::Connection { id });
    for line in [
        "Problem: secretWrong",
        "Shown at: connection",
        "Client registered in: eu",
        "Approved in: eu",
        "Access token ends in: 300 s, refresh token: yes",
        "Last refresh: secretWrong, 1 in a row",
        "Last test: cliqUnclear (status=418), 2026-11-23T09:00:00Z",
    ] {
        assert!(text.lines().any(|l| l == line), "{line} is missing: {text}");
    }

    nothing_is_copied(&mut scene, ReportAbout::Test { id: ConnectionId(99) });
}

#[test]
fn a_notice_report_exists_for_problems_only() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    let last = scene.snapshot().notices.pop().unwrap();
    assert!(matches!(last.what, NoticeKind::NotRevoked { .. }), "{last:?}");
    let text = reported(&mut scene, ReportAbout::Notice { notice: last.id });
    assert!(text.contains("Problem: unreachable (host=accounts.zoho.eu)\nShown at: notice\n"), "{text}");
    assert!(text.contains("Approved in: eu"), "{text}");
    nothing_is_copied(&mut scene, ReportAbout::Notice { notice: last.id + 1 });

    scene.asks(ShareIntent::SaveSetup { id });
    scene.answer(Answer::FileSaved(Ok(Some("/home/ada/Finance bot.json".into()))));
    let saved = scene.snapshot().notices.pop().unwrap();
    assert!(matches!(saved.what, NoticeKind::FileSaved { .. }), "{saved:?}");
    nothing_is_copied(&mut scene, ReportAbout::Notice { notice: saved.id });
}

#[test]
fn a_vault_report_contains_no_path() {
    let mut scene = Scene::new();
    scene.starts(None);
    nothing_is_copied(&mut scene, ReportAbout::Vault);
    let reason = "/home/Ada Lovelace/.local/share/vault.age is not a plain file".to_owned();
    scene.vault_fails(Problem::VaultUnreadable { reason });
    let text = reported(&mut scene, ReportAbout::Vault);
    assert!(text.contains("Problem: vaultUnreadable (reason=… is not a plain file)\nShown at: vault\n"), "{text}");
    assert!(text.ends_with("Secrets kept by: notYet\n"), "{text}");

    scene.asks(VaultIntent::UseThisRunOnly);
    scene.vault_opens(None);
    nothing_is_copied(&mut scene, ReportAbout::Vault);
}

#[test]
fn a_form_report_contains_no_input() {
    let mut scene = Scene::in_the_wizard();
    nothing_is_copied(&mut scene, ReportAbout::RegionForm);
    let typed = || "ada@firm.example".to_owned();
    let form = RegionForm {
        code: "own".into(),
        name: typed(),
        accounts: typed(),
        api: typed(),
        cliq: typed(),
        console: typed(),
    };
    scene.asks(AppIntent::AddRegion { form });
    let text = reported(&mut scene, ReportAbout::RegionForm);
    assert!(text.contains("Problem: regionRefused (reason=the accounts address"), "{text}");
    assert!(text.contains("Client registered in: none"), "{text}");

    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    nothing_is_copied(&mut scene, ReportAbout::Handover);
    let lock = Lock::Passphrase { passphrase: "finance".into() };
    scene.asks(ShareIntent::Handover { to: "Ada".into(), lasts: Lasts::Day, lock });
    let text = reported(&mut scene, ReportAbout::Handover);
    assert!(text.contains("Problem: passphraseWeak\nShown at: handover\nClient registered in: eu\n"), "{text}");

    nothing_is_copied(&mut scene, ReportAbout::Offer);
    scene.asks(SignInIntent::OpenFile);
    scene.answer(Answer::FilePicked(Ok(Some(b"age-encryption.org/v1\n-> ".to_vec().into()))));
    scene.answer(Answer::Unsealed(Err(NotUnsealed::NeedsPassphrase)));
    scene.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
    scene.answer(Answer::Unsealed(Err(NotUnsealed::WrongPassphrase)));
    let text = reported(&mut scene, ReportAbout::Offer);
    assert!(text.contains("Problem: handoverLocked\nShown at: offer\nSecrets kept by: keyring\n"), "{text}");
}
