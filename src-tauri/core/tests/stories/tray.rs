//! The tray: its summary, and what closing the window means.

use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{AppIntent, ShareIntent, TokensIntent};
use keyfob_core::settings::{Closing, OnClose};
use keyfob_core::standing::Standing;
use keyfob_core::tray::{LineState, MOST_LINES, Tray, TrayState};
use keyfob_core::{Answer, Event, Problem};

use crate::scene::*;

fn tray(scene: &Scene) -> Tray {
    Tray::of(&scene.snapshot(), scene.now)
}

fn names(tray: &Tray) -> Vec<&str> {
    tray.lines.iter().map(|line| line.name.as_str()).collect()
}

#[test]
fn the_tray_is_closed_or_empty_without_connections() {
    let mut scene = Scene::new();
    scene.starts(None);
    assert_eq!((tray(&scene).state, tray(&scene).lines), (TrayState::Closed, vec![]));
    scene.vault_opens(None);
    assert_eq!((tray(&scene).state, tray(&scene).count), (TrayState::Empty, 0));
}

#[test]
fn a_line_shows_the_remaining_time_and_counts_down() {
    let (mut scene, id) = Scene::connected();
    let line = tray(&scene).lines.remove(0);
    assert_eq!((line.id, line.name.as_str(), line.state), (id, "Finance bot", LineState::Left { minutes: 60 }));
    assert!(line.copies && line.refreshes);
    let snapshot = scene.snapshot();
    scene.now = scene.now.plus(minutes(18));
    assert_eq!(Tray::of(&snapshot, scene.now).lines[0].state, LineState::Left { minutes: 42 });
    assert_eq!(Tray::of(&snapshot, scene.now), tray(&scene), "an old snapshot is enough");

    scene.asks(TokensIntent::Refresh { id });
    let line = tray(&scene).lines.remove(0);
    assert_eq!((line.state, line.refreshes), (LineState::Refreshing, false));
}

#[test]
fn the_worst_state_is_shown_and_those_needing_the_user_first() {
    let mut scene = Scene::first_start();
    let [_, second, third] = ["Alpha", "Beta", "Gamma"].map(|name| scene.connects(name));
    assert_eq!((tray(&scene).state, tray(&scene).count), (TrayState::Fresh, 3));

    scene.asks(TokensIntent::Refresh { id: second });
    scene.no_answer(zoho_oauth::request::TransportError::Unreachable);
    assert_eq!((tray(&scene).state, tray(&scene).count), (TrayState::Waiting, 1));
    assert_eq!(tray(&scene).lines[1].state, LineState::Waiting { minutes: 1 });

    scene.asks(TokensIntent::Refresh { id: third });
    scene.zoho_says(GONE);
    let tray = tray(&scene);
    assert_eq!((tray.state, tray.count), (TrayState::NeedsYou, 1));
    assert_eq!(names(&tray), ["Gamma", "Alpha", "Beta"]);
    assert!(!tray.lines[0].copies && tray.lines[1].copies);
}

#[test]
fn waiting_for_free_quota_is_no_problem() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..9 {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed_for(SECOND_ACCESS, 300));
    }
    scene.later(minutes(4));
    assert!(matches!(scene.card().standing, Standing::HeldBack { .. }));
    assert_eq!((tray(&scene).state, tray(&scene).lines[0].state), (TrayState::Due, LineState::Waiting { minutes: 6 }));
}

#[test]
fn a_long_menu_is_cut_with_a_count_of_the_rest() {
    let mut scene = Scene::first_start();
    for number in 0..MOST_LINES + 3 {
        scene.connects(&format!("Bot {number:02}"));
    }
    assert_eq!((tray(&scene).lines.len(), tray(&scene).more), (MOST_LINES, 3));
}

#[test]
fn with_nothing_kept_fresh_closing_the_window_quits() {
    let mut scene = Scene::first_start();
    scene.happens(Event::CloseAsked { tray: true });
    scene.did(&["quit"]);
}

#[test]
fn the_first_close_asks_and_the_answer_is_saved() {
    for (on_close, does) in [(OnClose::Stay, "withdraw"), (OnClose::Quit, "quit")] {
        let (mut scene, _) = Scene::connected();
        scene.happens(Event::CloseAsked { tray: true });
        scene.did(&[]);
        assert_eq!(scene.snapshot().closing, Some(Closing { tray: true }));

        scene.asks(AppIntent::ChooseOnClose { on_close });
        scene.did_besides_saving(&[does]);
        assert_eq!(scene.snapshot().closing, None);
        scene.settles();
        let mut scene = scene.starts_again();
        scene.happens(Event::CloseAsked { tray: false });
        scene.did_besides_saving(&[does]);
    }
}

#[test]
fn cancelling_the_close_asks_again_next_time() {
    let (mut scene, _) = Scene::connected();
    scene.happens(Event::CloseAsked { tray: false });
    scene.asks(AppIntent::StayOpen);
    assert_eq!(scene.snapshot().closing, None);
    scene.happens(Event::CloseAsked { tray: false });
    assert_eq!(scene.snapshot().closing, Some(Closing { tray: false }));
    scene.did(&[]);
}

#[test]
fn a_setting_changed_while_the_window_is_open_closes_nothing() {
    let (mut scene, _) = Scene::connected();
    scene.asks(AppIntent::ChooseOnClose { on_close: OnClose::Quit });
    scene.did_besides_saving(&[]);
    assert_eq!(scene.snapshot().settings.on_close, Some(OnClose::Quit));
}

#[test]
fn pausing_stops_automatic_refreshes_but_not_the_users() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::PauseRefreshing { on: true });
    assert!(tray(&scene).paused);
    assert_eq!(scene.card().refreshes_at, None);
    scene.settles();
    scene.forget_what_it_did();
    scene.later(minutes(90));
    scene.did(&[]);

    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.clipboard(), SECOND_ACCESS);
}

#[test]
fn one_connection_can_be_paused_alone_across_a_restart() {
    let mut scene = Scene::first_start();
    let [resting, other] = ["Alpha", "Beta"].map(|name| scene.connects(name));
    scene.asks(TokensIntent::KeepFresh { id: resting, on: false });
    assert_eq!((scene.card_of(resting).keep_fresh, scene.card_of(resting).refreshes_at), (false, None));
    assert_eq!(scene.card_of(resting).standing, Standing::Fresh, "its token has not expired yet");
    scene.settles();
    let mut scene = scene.starts_again();
    scene.later(minutes(56));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card_of(other).standing, Standing::Fresh);
    assert_eq!(scene.card_of(resting).standing, Standing::Resting);
    assert_eq!((tray(&scene).state, tray(&scene).lines[0].state), (TrayState::Fresh, LineState::Resting));

    scene.settles();
    scene.forget_what_it_did();
    scene.asks(ShareIntent::Copy { id: resting, shape: Shape::Token });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene.zoho_says(&renewed(ACCESS));
    assert_eq!(scene.clipboard(), ACCESS, "a requested token is valid");
    scene.settles();
    scene.later(minutes(56));
    scene.forget_what_it_did();
    scene.asks(TokensIntent::KeepFresh { id: resting, on: true });
    assert_eq!(scene.last_done().as_deref(), Some("POST accounts.zoho.eu/oauth/v2/token refresh_token"));
}

#[test]
fn resuming_refreshes_what_is_due_also_after_a_restart() {
    let (mut scene, _) = Scene::connected();
    scene.asks(AppIntent::PauseRefreshing { on: true });
    scene.settles();
    scene.later(minutes(90));
    let mut scene = scene.starts_again();
    scene.did(&[]);
    scene.asks(AppIntent::PauseRefreshing { on: false });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}

#[test]
fn before_the_vault_opens_pausing_fails_and_closing_quits() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_fails(Problem::KeyringLocked);
    scene.forget_what_it_did();
    scene.asks(AppIntent::PauseRefreshing { on: true });
    assert!(!scene.snapshot().settings.paused);
    scene.happens(Event::CloseAsked { tray: true });
    scene.did(&["quit"]);
}

#[test]
fn starting_at_login_follows_the_systems_answer() {
    let mut scene = Scene::first_start();
    scene.happens(Event::StartsAtLogin(true));
    assert!(scene.snapshot().at_login);
    scene.asks(AppIntent::StartAtLogin { on: false });
    scene.did(&["start at login: false"]);
    assert!(scene.snapshot().at_login, "the setting changes only with the answer");
    scene.answer(Answer::StartsAtLogin(Ok(false)));
    assert!(!scene.snapshot().at_login);

    let refused = Problem::LoginUnchanged { reason: "read-only".into() };
    scene.asks(AppIntent::StartAtLogin { on: true });
    scene.answer(Answer::StartsAtLogin(Err(refused.clone())));
    assert_eq!((scene.snapshot().at_login, scene.troubles()), (false, vec![refused]));
}
