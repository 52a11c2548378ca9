//! A handover as the user does it: dialogs, a file, a passphrase; on two desktops with a keyring each.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use keyfob_practice::Endpoint;

use crate::dialog;
use crate::fixture::World;
use crate::journey::file_dialog;
use crate::patience::until;
use crate::scan::{Secret, in_bytes};
use crate::stage::Theme;
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(20);
const HANDOVER: &str = "Hand over “Finance bot”?";
const PASSPHRASE: &str = "quiet rivers carry boats";

#[tokio::test]
async fn a_colleague_opens_a_handover_and_gets_a_working_token() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    let window = Window::open(stage).await;
    world.fill_in(&window).await;
    world.go_to_consent(&window).await.clicks("#accept").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.types("connection-name", "Finance bot").await;
    window.clicks("keep").await;
    window.clicks("done").await;

    // Two different passphrases seal nothing; the same one twice seals to the file that the user chooses.
    let file = stage.home().join("Finance bot.keyfob.age");
    window.clicks("card-menu").await;
    window.clicks("menu-handover").await;
    window.types("handover-to", "Ben in the back office").await;
    window.types("handover-passphrase", PASSPHRASE).await;
    window.types("handover-again", "quiet rivers carry stones").await;
    window.clicks("seal").await;
    assert!(window.has("handover-dialog").await);
    window.types("handover-again", PASSPHRASE).await;
    window.is_painted().await;
    stage.photograph_as("handover");
    window.clicks("seal").await;
    dialog::asks(stage, HANDOVER);
    stage.photograph_as("handover-confirm");
    dialog::answers(stage, HANDOVER, 'H');
    file_dialog(stage, file.to_str().unwrap());
    until("the file is there", PATIENCE, || file.exists());
    window.reads_at_last("notice", "Ben in the back office").await;
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let sealed = fs::read(&file).unwrap();
    assert!(sealed.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----"));
    let secrets = [("client secret", world.registered.client_secret.clone()), ("access token", world.newest_token())];
    let secrets = secrets.map(|(name, text)| Secret { name, text });
    assert_eq!(in_bytes(&secrets, "the sealed file", &sealed), []);
    window.close(stage).await;

    // The colleague's desktop: the file, the passphrase, and the same account.
    let theirs = world.colleague(Theme::Dark);
    let here = theirs.home().join("from-a-colleague.age");
    fs::copy(&file, &here).unwrap();
    let window = Window::open(&theirs).await;
    window.clicks("open-file").await;
    window.clicks("choose-file").await;
    file_dialog(&theirs, here.to_str().unwrap());
    window.types("sealed-passphrase", "quiet rivers carry stones").await;
    window.clicks("open-sealed").await;
    window.sees("[data-test=\"offer-problem\"]").await;
    window.types("sealed-passphrase", PASSPHRASE).await;
    window.clicks("open-sealed").await;
    window.reads_at_last("offered", "Finance bot").await;
    window.is_painted().await;
    theirs.photograph_as("handover-offered");
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1, "nothing is sent before the user accepts");
    window.clicks("take-offer").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.clicks("copy").await;
    let newest = || theirs.clipboard().as_deref() == Some(&world.newest_token());
    until("the clipboard holds the token", PATIENCE, newest);
    assert!(zoho.is_alive(&world.newest_token()) && zoho.requests_to(Endpoint::Consent).len() == 1);
    let page = window.everything().await;
    assert_eq!(in_bytes(&secrets, "the page", page.as_bytes()), []);
    window.close(&theirs).await;
}
