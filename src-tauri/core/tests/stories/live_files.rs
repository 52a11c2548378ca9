//! A live file always holds a valid token: rewritten with each new one, with nothing else, gone with its connection.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::activity::{Act, Happened};
use keyfob_core::cli::{Caller, CliRequest};
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::{Export, FileFormat};
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::handover_file::{Lasts, Lock};
use keyfob_core::intent::{AppIntent, CliIntent, RevokeIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::report_place::ReportAbout;
use keyfob_core::snapshot::LiveFileView;
use keyfob_core::standing::Standing;
use keyfob_core::tray::{LineState, Tray, TrayState};
use keyfob_core::{Answer, Desk, Effect, Event, Intent, Problem};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
const PATH: &str = "/home/ada/jobs/finance.env";
const WRITE: &str = "write /home/ada/jobs/finance.env";
const REMOVE: &str = "remove /home/ada/jobs/finance.env";

fn choose(id: ConnectionId) -> Intent {
    Intent::Share(ShareIntent::ChooseLiveFile { id, format: FileFormat::DotEnv })
}

fn chosen(path: &str) -> Answer {
    Answer::PlaceChosen(Ok(Some(path.to_owned())))
}

fn full() -> Problem {
    Problem::LiveFileNotWritten { reason: "no storage space".into() }
}

fn not_written() -> Answer {
    Answer::LiveFileWritten(Err(full()))
}

/// A connection with a live file, chosen and written.
fn keeping_a_file() -> (Scene, ConnectionId) {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.answer(chosen(PATH));
    scene.live_files_are_written();
    scene.settles();
    scene.forget_what_it_did();
    (scene, id)
}

#[track_caller]
fn shown(scene: &Scene, id: ConnectionId) -> LiveFileView {
    scene.card_of(id).live_file.expect("a file is kept up to date")
}

fn happened(scene: &mut Scene, id: ConnectionId) -> Vec<Happened> {
    scene.asks(SignInIntent::Open { id });
    scene.snapshot().page.unwrap().activity.into_iter().map(|entry| entry.what).collect()
}

#[test]
fn a_chosen_live_file_is_written_immediately_like_an_export() {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.did(&["ask where to write zoho-cliq-Finance-bot.env"]);
    assert_eq!(scene.card().live_file, None, "nothing is chosen yet");
    scene.answer(chosen(PATH));
    scene.did_besides_saving(&[WRITE]);
    let before = shown(&scene, id);
    assert_eq!((before.path.as_str(), before.format, before.written_at), (PATH, FileFormat::DotEnv, None));
    assert!(before.writing);

    let text = scene.live_file().to_owned();
    assert!(
        text.contains(ACCESS) && !text.contains(REFRESH) && !text.contains(CLIENT_SECRET),
        "it holds the access token only"
    );
    assert!(text.contains("ZOHO_CLIQ_EXPIRES_AT=2026-11-23T10:00:00Z"), "it holds the expiry");
    let export = Export { format: FileFormat::DotEnv, refresh_token: false, client_secret: false };
    scene.asks(ShareIntent::Export { id, export });
    assert_eq!(scene.file().content.expose_secret(), text);

    scene.later(seconds(2));
    scene.live_files_are_written();
    let after = shown(&scene, id);
    assert_eq!((after.written_at, after.writing, after.problem), (Some(NINE.plus(seconds(2))), false, None));
    assert_eq!(happened(&mut scene, id)[0], Happened::LiveFileBegun { format: FileFormat::DotEnv });
}

#[test]
fn a_live_file_keeps_every_key_and_names_the_servers() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::Json });
    scene.answer(chosen("/home/ada/jobs/finance.json"));
    let json: serde_json::Value = serde_json::from_str(scene.live_file()).unwrap();
    let of_before = ["name", "access_token", "token_type", "expires_at", "expires_at_epoch", "api", "scope"];
    assert!(of_before.iter().all(|key| json.get(key).is_some()), "{json}");
    let servers = ["region", "accounts", "cliq"].map(|key| json[key].as_str().unwrap_or_default());
    assert_eq!(servers, ["eu", "https://accounts.zoho.eu", "https://cliq.zoho.eu"]);

    let (scene, _) = keeping_a_file();
    let again = scene.starts_again();
    let lines: Vec<&str> = again.live_file().lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    for key in of_before {
        assert!(lines.contains(&format!("ZOHO_CLIQ_{}", key.to_uppercase()).as_str()), "{key} in {lines:?}");
    }
}

#[test]
fn a_cancelled_choice_keeps_no_file() {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.answer(Answer::PlaceChosen(Ok(None)));
    assert_eq!(scene.card().live_file, None);

    scene.asks(choose(id));
    let reason = "that is not a folder on this computer".to_owned();
    scene.answer(Answer::PlaceChosen(Err(Problem::FileNotWritten { reason: reason.clone() })));
    assert_eq!(scene.troubles(), [Problem::FileNotWritten { reason }]);
    scene.did(&["ask where to write zoho-cliq-Finance-bot.env", "ask where to write zoho-cliq-Finance-bot.env"]);
}

#[test]
fn an_expiring_token_is_refreshed_before_it_is_written() {
    let (mut scene, id) = Scene::connected();
    scene.now = NINE.plus(minutes(57));
    scene.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::Json });
    scene.answer(chosen("/home/ada/jobs/finance.json"));
    scene.did_besides_saving(&["ask where to write zoho-cliq-Finance-bot.json", REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&["write /home/ada/jobs/finance.json"]);
    let read: serde_json::Value = serde_json::from_str(scene.live_file()).unwrap();
    assert_eq!(
        (read["access_token"].as_str(), read["expires_at"].as_str()),
        (Some(SECOND_ACCESS), Some("2026-11-23T10:57:00Z"))
    );
}

#[test]
fn every_new_token_is_written_whoever_requested_it() {
    let (mut scene, id) = keeping_a_file();
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[REFRESH_CALL, WRITE]);
    assert!(scene.live_file().contains(SECOND_ACCESS));
    scene.live_files_are_written();
    assert_eq!(shown(&scene, id).written_at, Some(scene.now));

    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(ACCESS));
    assert!(scene.live_file().contains(ACCESS), "a token requested by the user is written too");
}

#[test]
fn writes_run_one_at_a_time_and_the_last_token_stays() {
    let (mut scene, id) = keeping_a_file();
    for access in [SECOND_ACCESS, ACCESS, SECOND_ACCESS] {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(access));
    }
    assert_eq!(scene.count(|e| matches!(e, Effect::WriteLiveFile(..))), 1, "one at a time");
    scene.settles();
    scene.forget_what_it_did();
    scene.answer(Answer::LiveFileWritten(Ok(())));
    scene.did_besides_saving(&[WRITE]);
    assert!(scene.live_file().contains(SECOND_ACCESS));
    scene.answer(not_written());
    scene.did_besides_saving(&[]);
}

#[test]
fn signing_in_again_writes_the_new_token_to_the_same_file() {
    let (mut scene, id) = keeping_a_file();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.settles();
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says_at("/token", &tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    scene.keeps("Finance bot");
    assert!(scene.live_file().contains(SECOND_ACCESS));
    assert_eq!(shown(&scene, id).path, PATH);
}

#[test]
fn a_failed_write_is_reported_and_the_token_stays_fresh() {
    let (mut scene, id) = keeping_a_file();
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.answer(not_written());
    let card = scene.card();
    assert_eq!((card.standing, card.access), (Standing::Fresh, masked(SECOND_ACCESS)));
    let live = card.live_file.unwrap();
    assert_eq!((live.problem, live.written_at), (Some(full()), Some(NINE)));
    let tray = Tray::of(&scene.snapshot(), scene.now);
    assert_eq!((tray.state, tray.lines[0].state), (TrayState::Waiting, LineState::FileNotWritten));
    assert!(scene.troubles().is_empty(), "it is shown with the file, not as a notice");
    assert_eq!(happened(&mut scene, id)[0], Happened::Failed { act: Act::WriteFile, problem: full() });

    // The next token retries the write, and so does the button.
    scene.forget_what_it_did();
    scene.later(minutes(55));
    scene.zoho_says(&renewed(ACCESS));
    scene.answer(not_written());
    scene.did_besides_saving(&[REFRESH_CALL, WRITE]);
    scene.asks(ShareIntent::WriteLiveFile { id });
    scene.did_besides_saving(&[WRITE]);
    scene.live_files_are_written();
    assert_eq!((shown(&scene, id).problem, shown(&scene, id).written_at), (None, Some(scene.now)));

    // Without a valid token the button requests one first.
    scene.now = scene.now.plus(minutes(57));
    scene.asks(ShareIntent::WriteLiveFile { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[REFRESH_CALL, WRITE]);
}

// Shows T15.
#[test]
fn a_file_replaced_by_the_user_is_left_and_reported() {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.answer(chosen(PATH));
    let written = Fingerprint::of(scene.live_file().as_bytes());
    scene.live_files_are_written();
    let replaced = Problem::LiveFileReplaced { path: PATH.into() };
    for access in [SECOND_ACCESS, ACCESS] {
        scene.later(minutes(55));
        scene.zoho_says(&renewed(access));
        let next = Fingerprint::of(scene.live_file().as_bytes());
        assert_eq!(scene.live_file_replaces(), [written, next], "only content written by Keyfob is replaced");
        scene.answer(Answer::LiveFileWritten(Err(replaced.clone())));
        assert_eq!(shown(&scene, id).problem, Some(replaced.clone()));
    }

    // The user overwrites the file anyway.
    scene.asks(ShareIntent::WriteLiveFile { id });
    assert_eq!(scene.live_file_replaces(), []);
    let again = Fingerprint::of(scene.live_file().as_bytes());
    scene.live_files_are_written();
    assert_eq!(shown(&scene, id).problem, None);
    scene.settles();
    let scene = scene.starts_again();
    assert_eq!(scene.live_file_replaces(), [again], "the next start knows what was written");
}

/// The contents of both files on a slow disk.
struct Disk {
    vault: Option<SecretSlice<u8>>,
    file: String,
}

impl Disk {
    /// Keyfob is killed now, with each pending write done or not done: the next start recognizes the file as its own.
    #[track_caller]
    fn survives(&self, scene: &Scene, step: &str) {
        let vaults = [self.vault.as_ref(), scene.being_saved()];
        let writes = scene.count(|e| matches!(e, Effect::WriteLiveFile(..))) > 0;
        let files = [Some(self.file.as_str()), writes.then(|| scene.live_file())];
        for vault in vaults.into_iter().flatten() {
            let mut killed = Scene::new();
            (killed.saved, killed.now) = (Some(vault.clone()), scene.now);
            let again = killed.starts_again();
            for file in files.into_iter().flatten() {
                let (known, held) = (again.live_file_replaces(), Fingerprint::of(file.as_bytes()));
                assert!(known.is_empty() || known.contains(&held), "{step}: Keyfob does not recognize its own file");
            }
        }
    }

    #[track_caller]
    fn saves(&mut self, scene: &mut Scene) {
        self.vault = scene.being_saved().cloned();
        scene.answer(Answer::Saved(Ok(None)));
    }

    #[track_caller]
    fn writes(&mut self, scene: &mut Scene) {
        scene.live_file().clone_into(&mut self.file);
        scene.answer(Answer::LiveFileWritten(Ok(())));
    }
}

// Shows T15.
#[test]
fn killed_at_any_step_keyfob_still_knows_its_own_file() {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.answer(chosen(PATH));
    let file = scene.live_file().to_owned();
    scene.live_files_are_written();
    scene.settles();
    let mut disk = Disk { vault: scene.saved.clone(), file };
    scene.slow_disk = true;
    for access in [SECOND_ACCESS, ACCESS] {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(access));
        disk.survives(&scene, "while the new token is saved");
        assert!(shown(&scene, id).writing, "a write is pending");
        disk.saves(&mut scene);
        disk.survives(&scene, "while the file is written");
        disk.writes(&mut scene);
        disk.survives(&scene, "while it is saved that it was written");
        disk.saves(&mut scene);
        disk.survives(&scene, "afterwards");
    }

    // A second token comes while the first is being saved.
    for access in [SECOND_ACCESS, ACCESS] {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(access));
        disk.survives(&scene, "between two tokens");
    }
    disk.saves(&mut scene);
    assert_eq!(
        scene.count(|e| matches!(e, Effect::WriteLiveFile(..))),
        0,
        "the fingerprint of the new content is not saved yet"
    );
    disk.saves(&mut scene);
    assert!(scene.live_file().contains(ACCESS));
    disk.survives(&scene, "while the second is written");
}

#[test]
fn the_file_is_written_even_when_nothing_can_be_saved() {
    let (mut scene, id) = keeping_a_file();
    scene.slow_disk = true;
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[REFRESH_CALL]);
    scene.saving_fails();
    scene.did_besides_saving(&[WRITE]);
    assert!(scene.live_file().contains(SECOND_ACCESS), "the job gets the new token");
}

#[test]
fn a_failed_refresh_leaves_the_file_unchanged() {
    let (mut scene, id) = keeping_a_file();
    scene.later(minutes(55));
    scene.no_answer(TransportError::Unreachable);
    scene.did_besides_saving(&[REFRESH_CALL]);
    scene.later(seconds(30));
    scene.zoho_says(GONE);
    scene.did_besides_saving(&[REFRESH_CALL]);
    assert_eq!(scene.card().standing, Standing::NeedsYou { problem: Problem::GrantEnded });
    assert_eq!(shown(&scene, id).path, PATH, "signing in again continues to use the file");
}

#[test]
fn stopping_leaves_the_file_in_place() {
    let (mut scene, id) = keeping_a_file();
    scene.asks(ShareIntent::StopLiveFile { id });
    assert_eq!(scene.card().live_file, None);
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.asks(ShareIntent::WriteLiveFile { id });
    scene.did_besides_saving(&[REFRESH_CALL]);
    scene.removes_here(id);
    assert_eq!(scene.count(|e| matches!(e, Effect::RemoveLiveFile(..))), 0);
}

// Shows T15.
#[test]
pub fn a_live_file_is_removed_with_its_connection() {
    let (mut scene, id) = keeping_a_file();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    assert_eq!(scene.count(|e| matches!(e, Effect::RemoveLiveFile(..))), 0, "Zoho has not responded yet");
    scene.zoho_says(REVOKED);
    assert_eq!(scene.last_done().as_deref(), Some(REMOVE));
    scene.answer(Answer::LiveFileRemoved(Ok(())));
    assert!(scene.troubles().is_empty());

    for remove in [Scene::removes_here, |scene: &mut Scene, id| scene.asks(RevokeIntent::RevokeLater { id })] {
        let (mut scene, id) = keeping_a_file();
        remove(&mut scene, id);
        let left = Problem::LiveFileLeft { path: PATH.into(), reason: "permission denied".into() };
        scene.answer(Answer::LiveFileRemoved(Err(left.clone())));
        assert_eq!(scene.troubles(), [left], "the user learns which file to delete");
    }
}

#[test]
fn a_file_being_written_is_removed_after_the_write() {
    let (mut scene, id) = keeping_a_file();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[REFRESH_CALL, WRITE]);
    scene.removes_here(id);
    scene.forget_what_it_did();
    scene.answer(Answer::LiveFileWritten(Ok(())));
    scene.did_besides_saving(&[REMOVE]);
}

#[test]
fn a_file_that_was_never_written_is_not_removed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(choose(id));
    scene.answer(chosen(PATH));
    scene.answer(not_written());
    scene.removes_here(id);
    assert_eq!(scene.count(|e| matches!(e, Effect::RemoveLiveFile(..))), 0);
}

#[test]
fn a_file_belongs_to_one_connection_only() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    scene.asks(choose(first));
    scene.answer(chosen(PATH));
    scene.live_files_are_written();
    scene.forget_what_it_did();
    scene.asks(choose(second));
    scene.answer(chosen(PATH));
    scene.did_besides_saving(&["ask where to write zoho-cliq-Second.env"]);
    assert_eq!(scene.card_of(second).live_file, None);
    assert_eq!(scene.troubles(), [Problem::LiveFileTaken { name: "First".into() }]);

    scene.asks(choose(first));
    scene.answer(chosen(PATH));
    assert_eq!(scene.troubles().len(), 1, "a connection may choose its own file again");
}

#[test]
fn a_connection_without_a_refresh_token_has_no_live_file() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.asks(choose(id));
    scene.did(&[]);
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
    scene.asks(choose(ConnectionId(77)));
    scene.did(&[]);
}

#[test]
fn a_restart_writes_the_file_with_a_valid_token() {
    let (scene, id) = keeping_a_file();
    let mut again = scene.starts_again();
    again.did_besides_saving(&[WRITE]);
    assert!(again.live_file().contains(ACCESS));
    assert_eq!(shown(&again, id).written_at, Some(NINE));

    let mut late = scene.is_started_again();
    late.now = NINE.plus(minutes(59));
    late.vault_opens(scene.saved.clone());
    late.zoho_says(&renewed(SECOND_ACCESS));
    late.did_besides_saving(&["open the vault with the keyring", REFRESH_CALL, WRITE]);
}

#[test]
fn a_refresh_by_the_command_line_alone_writes_the_file_too() {
    let (mut scene, id) = keeping_a_file();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    let mut alone = Scene::new();
    (alone.desk, alone.now) = (Desk::unattended(), scene.now.plus(minutes(30)));
    alone.starts(None);
    alone.vault_opens(scene.saved.clone());
    alone.did(&["open the vault with the keyring"]);
    let request = CliRequest::Refresh { name: "Finance bot".into() };
    alone.happens(Event::ScriptAsked { caller: Caller(1), request });
    alone.zoho_says(&renewed(SECOND_ACCESS));
    assert!(alone.live_file().contains(SECOND_ACCESS));
}

// Shows T15, T29.
#[test]
fn the_files_path_is_in_no_export_or_report() {
    let (mut scene, id) = keeping_a_file();
    scene.asks(ShareIntent::SaveSetup { id });
    assert!(!scene.file().content.expose_secret().contains("/home/ada"));
    scene.answer(Answer::FileSaved(Ok(None)));
    scene.asks(ShareIntent::BeginHandover { id });
    let lock = Lock::Passphrase { passphrase: PASSPHRASE.into() };
    scene.asks_and_allows(ShareIntent::Handover { to: "Ben".into(), lasts: Lasts::Day, lock });
    let sealed = String::from_utf8(scene.sealing().content.expose_secret().to_vec()).unwrap();
    assert!(sealed.contains(REFRESH) && !sealed.contains("/home/ada"));
    scene.asks(ShareIntent::ExportActivity { id });
    assert!(scene.file().content.expose_secret().contains("liveFileBegun"));
    assert!(!scene.file().content.expose_secret().contains("/home/ada"));

    scene.asks(ShareIntent::WriteLiveFile { id });
    scene.answer(not_written());
    scene.asks(AppIntent::CopyReport { about: ReportAbout::LiveFile { id } });
    let report = scene.report();
    assert!(report.contains("Problem: liveFileNotWritten (reason=no storage space)"), "{report}");
    assert!(report.contains("Shown at: liveFile") && !report.contains("/home"), "{report}");
}

#[test]
fn a_practice_connection_keeps_a_file_for_this_run() {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.types_credentials();
    scene.signs_in();
    scene.link(&granted(STATE, "practice", "http://127.0.0.1:40001"));
    scene.zoho_says(&tokens());
    scene.keeps("Rehearsal");
    let id = scene.card().id;
    scene.asks(choose(id));
    scene.answer(chosen(PATH));
    scene.live_files_are_written();
    scene.settles();
    assert_eq!(shown(&scene, id).written_at, Some(NINE));
    let kept = String::from_utf8(scene.saved.unwrap().expose_secret().to_vec()).unwrap();
    assert!(!kept.contains(PATH));
}
