//! The user is told when they are needed, when a failure is over, and before something is lost; and of nothing else.

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{SignInIntent, TokensIntent, VaultIntent};
use keyfob_core::notification::{About, MOST, Notification, NotificationChange, NotificationTracker};
use zoho_oauth::request::TransportError;

use crate::scene::*;

/// Who is told, with their back to the window or not.
#[derive(Default)]
struct Person {
    told: NotificationTracker,
    looks: bool,
}

impl Person {
    /// What they are told now, in a few words.
    #[track_caller]
    fn is_told(&mut self, scene: &Scene, expected: &[&str]) {
        let changes = self.told.changes(&scene.snapshot(), self.looks, scene.now);
        let said: Vec<_> = changes.iter().map(in_words).collect();
        assert_eq!(said, expected);
        assert_eq!(found(&format!("{changes:?}")), None, "no secret");
    }

    /// Time passes, looked at every half a minute; nothing is told.
    #[track_caller]
    fn is_told_nothing_for(&mut self, scene: &mut Scene, span: std::time::Duration) {
        let end = scene.now.plus(span);
        while scene.now < end {
            scene.later(seconds(30));
            self.is_told(scene, &[]);
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
fn routine_and_short_hiccups_are_not_told() {
    let (mut scene, _) = Scene::connected();
    let mut person = Person::default();
    for _ in 0..3 {
        person.is_told_nothing_for(&mut scene, minutes(55));
        scene.no_answer(TransportError::Unreachable);
        person.is_told_nothing_for(&mut scene, minutes(1));
        scene.zoho_says(&renewed(SECOND_ACCESS));
        person.is_told(&scene, &[]);
    }
}

#[test]
fn who_is_needed_is_told_once_and_told_when_it_works_again() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person::default();
    refused(&mut scene, id);
    person.is_told(&scene, &["#1 Finance bot(1) NeedsYou"]);
    person.is_told_nothing_for(&mut scene, minutes(30));

    // Neither well nor worse, and then well.
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(TransportError::Unreachable);
    person.is_told(&scene, &[]);
    scene.later(minutes(1));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    person.is_told(&scene, &["#1 Finance bot(1) NeedsYou is over"]);
    person.is_told_nothing_for(&mut scene, minutes(50));
}

#[test]
fn a_token_that_is_over_while_zoho_cannot_be_reached_is_told_after_five_minutes() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person::default();
    let ends = scene.card().expires_at;
    scene.later(minutes(55));
    while scene.now < ends.plus(minutes(5)) {
        if !scene.requests().is_empty() {
            scene.no_answer(TransportError::Unreachable);
        }
        person.is_told(&scene, &[]);
        scene.later(seconds(30));
    }
    person.is_told(&scene, &["#1 Finance bot(1) Overdue"]);

    // Then Zoho answers, and refuses: that is another thing, and takes its place.
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(GONE);
    person.is_told(&scene, &["#1 Finance bot(1) NeedsYou"]);
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    person.is_told(&scene, &["#1 Finance bot(1) NeedsYou is over"]);
}

#[test]
fn a_machine_that_wakes_up_has_five_minutes_to_find_the_network() {
    let (mut scene, _) = Scene::connected();
    let mut person = Person::default();
    scene.later(minutes(56));
    scene.no_answer(TransportError::Unreachable);
    scene.later(minutes(6));
    scene.no_answer(TransportError::Unreachable);
    person.is_told(&scene, &[]);

    scene.the_clock_says(scene.now.plus(minutes(600)));
    scene.no_answer(TransportError::Unreachable);
    person.is_told_nothing_for(&mut scene, minutes(2));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    person.is_told(&scene, &[]);
}

#[test]
fn what_is_not_kept_fresh_is_never_overdue() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person::default();
    scene.asks(TokensIntent::KeepFresh { id, on: false });
    scene.later(minutes(70));
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(TransportError::Unreachable);
    person.is_told_nothing_for(&mut scene, minutes(30));
}

#[test]
fn a_token_that_nothing_renews_is_told_of_before_it_is_over_and_not_for_ever_after() {
    let (mut scene, _) = Scene::connected_with(&one_hour());
    let mut person = Person::default();
    scene.later(minutes(54));
    person.is_told(&scene, &[]);
    scene.later(minutes(1));
    person.is_told(&scene, &["#1 Finance bot(1) EndsSoon"]);
    person.is_told_nothing_for(&mut scene, minutes(120));

    // After a restart it is what the user knows.
    scene.settles();
    let scene = scene.starts_again();
    Person::default().is_told(&scene, &[]);

    // It was no failure, so its end is no news.
    let mut scene = scene;
    let id = scene.card().id;
    scene.removes_here(id);
    person.is_told(&scene, &["take back #1"]);
}

#[test]
fn what_the_window_in_front_shows_is_not_told_and_stays_seen() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person { looks: true, ..Person::default() };
    refused(&mut scene, id);
    person.is_told(&scene, &[]);
    person.looks = false;
    person.is_told_nothing_for(&mut scene, minutes(10));
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    person.is_told(&scene, &[]);
}

#[test]
fn what_another_screen_hides_waits_until_the_person_looks_away() {
    let mut scene = Scene::first_start();
    let [first, second] = ["Alpha", "Beta"].map(|name| scene.connects(name));
    let mut person = Person { looks: true, ..Person::default() };
    scene.asks(SignInIntent::Open { id: first });
    refused(&mut scene, second);
    person.is_told(&scene, &[]);
    person.looks = false;
    person.is_told(&scene, &["#2 Beta(1) NeedsYou"]);
    person.looks = true;
    person.is_told(&scene, &[]);
    scene.asks(SignInIntent::Open { id: second });
    person.is_told(&scene, &["take back #2"]);

    // It was told, so its end is told too, where it is not seen.
    person.looks = false;
    person.is_told(&scene, &[]);
    scene.asks(TokensIntent::Refresh { id: second });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    person.is_told(&scene, &["#2 Beta(1) NeedsYou is over"]);
}

#[test]
fn signing_in_again_in_the_window_takes_it_back() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person::default();
    refused(&mut scene, id);
    person.is_told(&scene, &["#1 Finance bot(1) NeedsYou"]);
    person.looks = true;
    scene.asks(SignInIntent::SignInAgain { id });
    person.is_told(&scene, &["take back #1"]);
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    person.is_told(&scene, &[]);
    person.looks = false;
    person.is_told_nothing_for(&mut scene, minutes(50));
}

#[test]
fn many_at_once_are_told_as_one_and_one_more_is_no_news() {
    let mut scene = Scene::first_start();
    let ids: Vec<_> = (0..9).map(|number| scene.connects(&format!("Bot {number}"))).collect();
    let mut person = Person::default();
    for id in &ids[..MOST] {
        refused(&mut scene, *id);
        person.is_told(&scene, &[&format!("#{} Bot {}(1) NeedsYou", id.0, id.0 - 1)]);
    }
    refused(&mut scene, ids[MOST]);
    person.is_told(&scene, &["take back #1", "take back #2", "take back #3", "many (4) NeedsYou"]);
    for id in &ids[MOST + 1..7] {
        refused(&mut scene, *id);
        person.is_told(&scene, &[]);
    }
    refused(&mut scene, ids[7]);
    person.is_told(&scene, &["many (8) NeedsYou"]);

    // Seen on Home; one that comes later is told of itself.
    person.looks = true;
    person.is_told(&scene, &["take back many"]);
    person.looks = false;
    refused(&mut scene, ids[8]);
    person.is_told(&scene, &["#9 Bot 8(1) NeedsYou"]);

    for (number, id) in ids[..8].iter().enumerate() {
        scene.asks(TokensIntent::Refresh { id: *id });
        scene.zoho_says(&renewed(SECOND_ACCESS));
        person.is_told(&scene, if number == 7 { &["many (8) NeedsYou is over"] } else { &[] });
    }
}

#[test]
fn a_vault_that_stays_closed_after_a_start_out_of_sight_is_told() {
    let mut scene = Scene::new();
    scene.starts(None);
    let mut person = Person::default();
    person.is_told(&scene, &[]);
    scene.vault_fails(Problem::KeyringLocked);
    person.is_told(&scene, &[]);
    scene.later(minutes(1));
    person.is_told(&scene, &["Keyfob (0) VaultClosed"]);
    scene.asks(VaultIntent::TryVaultAgain);
    person.is_told(&scene, &[]);
    scene.vault_opens(None);
    person.is_told(&scene, &["Keyfob (0) VaultClosed is over"]);
}

#[test]
fn tokens_that_could_not_be_saved_are_told_until_they_are() {
    let (mut scene, id) = Scene::connected();
    let mut person = Person::default();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.saving_fails();
    person.is_told(&scene, &["Keyfob (0) NotSaved"]);
    scene.asks(VaultIntent::RetrySave);
    scene.saving_fails();
    person.is_told(&scene, &[]);
    scene.asks(VaultIntent::RetrySave);
    scene.settles();
    person.is_told(&scene, &["Keyfob (0) NotSaved is over"]);
}
