//! A connection's activity is listed for ninety days and can be saved as a table.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::activity::{Act, Entry, Happened};
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::{Export, FileFormat, Shape};
use keyfob_core::intent::{AppIntent, ChecksIntent, RevokeIntent, ShareIntent, SignInIntent};
use keyfob_core::{Answer, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::probe::Proof;
use zoho_oauth::request::TransportError;

use crate::scene::*;

#[track_caller]
fn activity(scene: &mut Scene, id: ConnectionId) -> Vec<Entry> {
    scene.asks(SignInIntent::Open { id });
    scene.snapshot().page.expect("its page is open").activity
}

#[track_caller]
fn told(scene: &mut Scene, id: ConnectionId) -> Vec<Happened> {
    activity(scene, id).into_iter().map(|entry| entry.what).collect()
}

fn copies(scene: &mut Scene, id: ConnectionId) {
    scene.asks(ShareIntent::Copy { id, shape: Shape::Curl });
    scene.answer(Answer::Copied(Ok(())));
    scene.settles();
}

#[test]
fn activity_lists_each_event_newest_first() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.zoho_says(AVAILABLE);
    copies(&mut scene, id);
    let export = Export { format: FileFormat::Json, refresh_token: true, client_secret: false };
    scene.asks_and_allows(ShareIntent::Export { id, export });
    scene.answer(Answer::FileSaved(Ok(Some("token.json".into()))));
    scene.asks(AppIntent::Rename { id, name: "Other bot".into() });
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);

    let host = || "accounts.zoho.eu".to_owned();
    assert_eq!(
        told(&mut scene, id),
        [
            Happened::Failed { act: Act::Revoke, problem: Problem::Unreachable { host: host() } },
            Happened::Refreshed,
            Happened::Renamed,
            Happened::Exported { format: FileFormat::Json, refresh_token: true, client_secret: false },
            Happened::Copied { shape: Shape::Curl },
            Happened::Tested { proof: Proof::Works },
            Happened::Consented,
        ]
    );
    assert_eq!(activity(&mut scene, id)[6].at, NINE);
}

#[test]
fn actions_without_an_effect_are_not_listed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    scene.answer(Answer::Copied(Err(Problem::ClipboardClosed)));
    let export = Export { format: FileFormat::DotEnv, refresh_token: false, client_secret: false };
    scene.asks(ShareIntent::Export { id, export });
    scene.answer(Answer::FileSaved(Ok(None)));
    scene.asks(AppIntent::Rename { id, name: "Finance bot".into() });
    assert_eq!(told(&mut scene, id), [Happened::Consented]);
}

#[test]
fn the_refreshes_of_a_day_are_one_entry() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..40 {
        scene.later(minutes(55));
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.settles();
    }
    let refreshed: Vec<_> =
        activity(&mut scene, id).into_iter().filter(|e| e.what == Happened::Refreshed).map(|e| e.times).collect();
    assert_eq!(
        (refreshed.len(), refreshed.iter().sum::<u32>()),
        (2, 40),
        "the run from nine o'clock touches two days: {refreshed:?}"
    );
}

#[test]
fn a_repeated_failure_is_one_entry_with_a_count() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    for _ in 0..3 {
        scene.no_answer(TransportError::Unreachable);
        scene.later(minutes(5));
    }
    let entries = activity(&mut scene, id);
    let problem = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    assert_eq!(entries[0].what, Happened::Failed { act: Act::Refresh, problem });
    assert_eq!((entries.len(), entries[0].times), (2, 3));
    assert!(entries[0].last > entries[0].at);
}

// Shows ASVS 16.1.1.
#[test]
fn activity_survives_restarts_and_sign_ins_for_ninety_days() {
    let (mut scene, id) = Scene::connected();
    copies(&mut scene, id);
    let mut scene = scene.starts_again();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&one_hour());
    scene.keeps("Finance bot");
    let story = [Happened::SignedInAgain, Happened::Copied { shape: Shape::Curl }, Happened::Consented];
    assert_eq!(told(&mut scene, id), story);
    scene.later(almost(days(90)));
    assert_eq!(told(&mut scene, id), story);
    scene.later(seconds(1));
    assert_eq!(told(&mut scene, id), []);
}

#[test]
fn only_the_open_page_lists_activity_the_last_thirty_entries() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..34 {
        copies(&mut scene, id);
    }
    assert_eq!(scene.snapshot().page, None);
    let count = activity(&mut scene, id).len();
    assert_eq!((count, scene.snapshot().page.unwrap().older), (30, 5));
    scene.asks(SignInIntent::GoHome);
    assert_eq!(scene.snapshot().page, None);
}

#[test]
fn activity_is_exported_as_csv_without_secrets() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.asks(AppIntent::Rename { id, name: "=cmd|' /C calc'!A1, \"quoted\"".into() });
    copies(&mut scene, id);
    scene.asks(ShareIntent::ExportActivity { id });
    let file = scene.file();
    let text = file.content.expose_secret();
    assert_eq!(file.name, "zoho-cliq-cmd-C-calc-A1-quoted-activity.csv");
    assert_eq!(found(text), None);
    let name = r#""'=cmd|' /C calc'!A1, ""quoted""""#;
    let rows = [
        "first,last,times,connection,event,detail".to_owned(),
        format!("2026-11-23T09:00:00Z,2026-11-23T09:00:00Z,1,{name},consented,"),
        format!("2026-11-23T09:55:00Z,2026-11-23T09:55:00Z,1,{name},refreshed,"),
        format!("2026-11-23T09:55:00Z,2026-11-23T09:55:00Z,1,{name},renamed,"),
        format!("2026-11-23T09:55:00Z,2026-11-23T09:55:00Z,1,{name},copied,curl"),
    ];
    assert_eq!(text, rows.join("\r\n") + "\r\n");

    scene.answer(Answer::FileSaved(Ok(Some("story.csv".into()))));
    assert_eq!(told(&mut scene, id).len(), 4, "saving the table is not an activity");
}
