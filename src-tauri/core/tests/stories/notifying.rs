//! The user is notified when they are needed, when a failure is over, before something is lost, and of nothing else.

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{SignInIntent, TokensIntent, VaultIntent};
use keyfob_core::notification::{About, MOST, Notification, NotificationChange, NotificationTracker};
use zoho_oauth::request::TransportError;

use crate::scene::*;

/// The user, and whether they look at the window.
#[derive(Default)]
struct User {
    tracker: NotificationTracker,
    looks: bool,
}

impl User {
    /// Asserts which notifications change now, in short form.
    #[track_caller]
    fn is_notified(&mut self, scene: &Scene, expected: &[&str]) {
        let changes = self.tracker.changes(&scene.snapshot(), self.looks, scene.now);
        let said: Vec<_> = changes.iter().map(in_words).collect();
        assert_eq!(said, expected);
        assert_eq!(found(&format!("{changes:?}")), None, "a notification holds a secret");
    }

    /// Lets time pass, checking every half a minute that nothing is notified.
    #[track_caller]
    fn is_not_notified_for(&mut self, scene: &mut Scene, span: std::time::Duration) {
        let end = scene.now.plus(span);
        while scene.now < end {
            scene.later(seconds(30));
            self.is_notified(scene, &[]);
        }
    }
}

fn in_words(changes: &NotificationChange) -> String {
    let about = |about: &About| match about {
        About::Connection(id) => format!("#{}", id.0),
        About::Many(_) => "many".to_owned(),
        About::Keyfob(_) => "Keyfob".to_owned(),
    };
    match changes {
        NotificationChange::Close(it) => format!("take back {}", about(it)),
        NotificationChange::Show(Notification { about: it, reason, name, count, over }) => {
            let over = if *over { " is over" } else { "" };
            format!("{} {name}({count}) {reason:?}{over}", about(it))
        }
    }
}

fn refused(scene: &mut Scene, id: ConnectionId) {
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(GONE);
}

#[test]
fn routine_and_short_failures_are_not_notified() {
    let (mut scene, _) = Scene::connected();
    let mut user = User::default();
    for _ in 0..3 {
        user.is_not_notified_for(&mut scene, minutes(55));
        scene.no_answer(TransportError::Unreachable);
        user.is_not_notified_for(&mut scene, minutes(1));
        scene.zoho_says(&renewed(SECOND_ACCESS));
        user.is_notified(&scene, &[]);
    }
}

#[test]
fn a_needed_user_is_notified_once_and_again_on_recovery() {
    let (mut scene, id) = Scene::connected();
    let mut user = User::default();
    refused(&mut scene, id);
    user.is_notified(&scene, &["#1 Finance bot(1) NeedsYou"]);
    user.is_not_notified_for(&mut scene, minutes(30));

    // Neither recovered nor worse, then recovered.
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(TransportError::Unreachable);
    user.is_notified(&scene, &[]);
    scene.later(minutes(1));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    user.is_notified(&scene, &["#1 Finance bot(1) NeedsYou is over"]);
    user.is_not_notified_for(&mut scene, minutes(50));
}

#[test]
fn an_expired_token_is_notified_after_five_minutes_offline() {
    let (mut scene, id) = Scene::connected();
    let mut user = User::default();
    let ends = scene.card().expires_at;
    scene.later(minutes(55));
    while scene.now < ends.plus(minutes(5)) {
        if !scene.requests().is_empty() {
            scene.no_answer(TransportError::Unreachable);
        }
        user.is_notified(&scene, &[]);
        scene.later(seconds(30));
    }
    user.is_notified(&scene, &["#1 Finance bot(1) Overdue"]);

    // Then Zoho refuses: another reason, which replaces the first.
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(GONE);
    user.is_notified(&scene, &["#1 Finance bot(1) NeedsYou"]);
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    user.is_notified(&scene, &["#1 Finance bot(1) NeedsYou is over"]);
}

#[test]
fn a_waking_machine_has_five_minutes_to_find_the_network() {
    let (mut scene, _) = Scene::connected();
    let mut user = User::default();
    scene.later(minutes(56));
    scene.no_answer(TransportError::Unreachable);
    scene.later(minutes(6));
    scene.no_answer(TransportError::Unreachable);
    user.is_notified(&scene, &[]);

    scene.the_clock_says(scene.now.plus(minutes(600)));
    scene.no_answer(TransportError::Unreachable);
    user.is_not_notified_for(&mut scene, minutes(2));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    user.is_notified(&scene, &[]);
}

#[test]
fn a_connection_not_kept_fresh_is_never_overdue() {
    let (mut scene, id) = Scene::connected();
    let mut user = User::default();
    scene.asks(TokensIntent::KeepFresh { id, on: false });
    scene.later(minutes(70));
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(TransportError::Unreachable);
    user.is_not_notified_for(&mut scene, minutes(30));
}

#[test]
fn a_token_that_cannot_be_renewed_is_notified_before_it_expires() {
    let (mut scene, _) = Scene::connected_with(&one_hour());
    let mut user = User::default();
    scene.later(minutes(54));
    user.is_notified(&scene, &[]);
    scene.later(minutes(1));
    user.is_notified(&scene, &["#1 Finance bot(1) EndsSoon"]);
    user.is_not_notified_for(&mut scene, minutes(120));

    // After a restart the user knows it already.
    scene.settles();
    let scene = scene.starts_again();
    User::default().is_notified(&scene, &[]);

    // It was no failure, so its end is not notified.
    let mut scene = scene;
    let id = scene.card().id;
    scene.removes_here(id);
    user.is_notified(&scene, &["take back #1"]);
}

#[test]
fn what_the_focused_window_shows_is_not_notified_later() {
    let (mut scene, id) = Scene::connected();
    let mut user = User { looks: true, ..User::default() };
    refused(&mut scene, id);
    user.is_notified(&scene, &[]);
    user.looks = false;
    user.is_not_notified_for(&mut scene, minutes(10));
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    user.is_notified(&scene, &[]);
}

#[test]
fn a_hidden_problem_is_notified_once_the_user_looks_away() {
    let mut scene = Scene::first_start();
    let [first, second] = ["Alpha", "Beta"].map(|name| scene.connects(name));
    let mut user = User { looks: true, ..User::default() };
    scene.asks(SignInIntent::Open { id: first });
    refused(&mut scene, second);
    user.is_notified(&scene, &[]);
    user.looks = false;
    user.is_notified(&scene, &["#2 Beta(1) NeedsYou"]);
    user.looks = true;
    user.is_notified(&scene, &[]);
    scene.asks(SignInIntent::Open { id: second });
    user.is_notified(&scene, &["take back #2"]);

    // It was notified, so its end is notified too when the user does not see it.
    user.looks = false;
    user.is_notified(&scene, &[]);
    scene.asks(TokensIntent::Refresh { id: second });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    user.is_notified(&scene, &["#2 Beta(1) NeedsYou is over"]);
}

#[test]
fn signing_in_again_in_the_window_closes_the_notification() {
    let (mut scene, id) = Scene::connected();
    let mut user = User::default();
    refused(&mut scene, id);
    user.is_notified(&scene, &["#1 Finance bot(1) NeedsYou"]);
    user.looks = true;
    scene.asks(SignInIntent::SignInAgain { id });
    user.is_notified(&scene, &["take back #1"]);
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    user.is_notified(&scene, &[]);
    user.looks = false;
    user.is_not_notified_for(&mut scene, minutes(50));
}

#[test]
fn many_problems_share_one_notification() {
    let mut scene = Scene::first_start();
    let ids: Vec<_> = (0..9).map(|number| scene.connects(&format!("Bot {number}"))).collect();
    let mut user = User::default();
    for id in &ids[..MOST] {
        refused(&mut scene, *id);
        user.is_notified(&scene, &[&format!("#{} Bot {}(1) NeedsYou", id.0, id.0 - 1)]);
    }
    refused(&mut scene, ids[MOST]);
    user.is_notified(&scene, &["take back #1", "take back #2", "take back #3", "many (4) NeedsYou"]);
    for id in &ids[MOST + 1..7] {
        refused(&mut scene, *id);
        user.is_notified(&scene, &[]);
    }
    refused(&mut scene, ids[7]);
    user.is_notified(&scene, &["many (8) NeedsYou"]);

    // Seen on the home screen. A later one is notified separately.
    user.looks = true;
    user.is_notified(&scene, &["take back many"]);
    user.looks = false;
    refused(&mut scene, ids[8]);
    user.is_notified(&scene, &["#9 Bot 8(1) NeedsYou"]);

    for (number, id) in ids[..8].iter().enumerate() {
        scene.asks(TokensIntent::Refresh { id: *id });
        scene.zoho_says(&renewed(SECOND_ACCESS));
        user.is_notified(&scene, if number == 7 { &["many (8) NeedsYou is over"] } else { &[] });
    }
}

#[test]
fn a_vault_still_closed_after_a_hidden_start_is_notified() {
    let mut scene = Scene::new();
    scene.starts(None);
    let mut user = User::default();
    user.is_notified(&scene, &[]);
    scene.vault_fails(Problem::KeyringLocked);
    user.is_notified(&scene, &[]);
    scene.later(minutes(1));
    user.is_notified(&scene, &["Keyfob (0) VaultClosed"]);
    scene.asks(VaultIntent::TryVaultAgain);
    user.is_notified(&scene, &[]);
    scene.vault_opens(None);
    user.is_notified(&scene, &["Keyfob (0) VaultClosed is over"]);
}

#[test]
fn a_failed_save_is_notified_until_it_succeeds() {
    let (mut scene, id) = Scene::connected();
    let mut user = User::default();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.saving_fails();
    user.is_notified(&scene, &["Keyfob (0) NotSaved"]);
    scene.asks(VaultIntent::RetrySave);
    scene.saving_fails();
    user.is_notified(&scene, &[]);
    scene.asks(VaultIntent::RetrySave);
    scene.settles();
    user.is_notified(&scene, &["Keyfob (0) NotSaved is over"]);
}
