//! Connection names: chosen by the user, cleaned up, and unique.

use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{AppIntent, SignInIntent};
use keyfob_core::snapshot::Screen;

use crate::scene::*;

fn renamed(scene: &mut Scene, id: ConnectionId, name: &str) -> String {
    scene.asks(AppIntent::Rename { id, name: name.into() });
    scene.card_of(id).name
}

#[test]
fn a_name_is_cleaned_up_and_an_empty_one_changes_nothing() {
    let (mut scene, id) = Scene::connected();
    assert_eq!(renamed(&mut scene, id, "  Nightly \t\n export  "), "Nightly export");
    assert_eq!(renamed(&mut scene, id, "Zoë 🚀 \"x\" <b>"), "Zoë 🚀 \"x\" <b>");
    let before = scene.card().name;
    for nothing in ["", "   ", "\n", "\u{200b}\u{202e}\u{7}"] {
        assert_eq!(renamed(&mut scene, id, nothing), before, "{nothing:?}");
    }
    assert_eq!(renamed(&mut scene, id, "Left\u{202e}right\u{0}"), "Leftright");
    let long = renamed(&mut scene, id, &"long name ".repeat(1_000));
    assert_eq!((long.chars().count(), long.trim_end() == long), (59, true));
}

#[test]
fn no_two_connections_have_the_same_name() {
    let mut scene = Scene::first_start();
    let (first, second, third) = (scene.connects("Bot"), scene.connects("Bot"), scene.connects(" Bot "));
    let names = [first, second, third].map(|id| scene.card_of(id).name);
    assert_eq!(names, ["Bot", "Bot 2", "Bot 3"]);
    assert_eq!(renamed(&mut scene, first, "Bot"), "Bot", "a connection may keep its own name");
    assert_eq!(renamed(&mut scene, third, "Bot 2"), "Bot 2 2");
}

#[test]
fn an_unnamed_connection_is_named_after_its_region() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects(""), scene.connects(" "));
    assert_eq!(scene.card_of(first).name, "Cliq Europe");
    assert_eq!(scene.card_of(second).name, "Cliq Europe 2");
}

#[test]
fn cards_are_sorted_by_name() {
    let mut scene = Scene::first_start();
    for name in ["beta", "Alpha", "Gamma"] {
        scene.connects(name);
    }
    let names: Vec<_> = scene.snapshot().connections.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["Alpha", "beta", "Gamma"]);
}

#[test]
fn a_new_name_is_saved() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::Open { id });
    assert_eq!(scene.screen(), Screen::Connection { id });
    renamed(&mut scene, id, "Nightly export");
    scene.settles();
    assert_eq!(scene.starts_again().card().name, "Nightly export");
}
