//! A Desk with many connections: copies of one from a story, with other names.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::effect::{Opened, Ticket};
use keyfob_core::{Answer, Desk, Effect, Event, Moment};
use secrecy::{ExposeSecret, SecretSlice};
use serde_json::{Value, json};

use crate::stories::scene::Scene;

/// Returns the record of `many` connections, each with its own client, tokens and account, and a time at which to open
/// it.
pub fn crowd(many: usize) -> (SecretSlice<u8>, Moment) {
    let (scene, _) = Scene::connected();
    let saved = scene.saved.as_ref().expect("a connection is saved");
    let mut record: Value = serde_json::from_slice(saved.expose_secret()).unwrap();
    let one = record["connections"][0].clone();
    record["connections"] = (1..=many).map(|nth| another(&one, nth)).collect();
    record["next_id"] = json!(many + 1);
    (serde_json::to_vec(&record).unwrap().into(), scene.now)
}

fn another(one: &Value, nth: usize) -> Value {
    let mut other = one.clone();
    other["id"] = json!(nth);
    other["name"] = json!(format!("Team {nth}"));
    other["registration"]["client_id"] = json!(format!("1000.{nth:0>30}"));
    other["identity"]["email"] = json!(format!("team{nth}@example.org"));
    for token in ["access", "refresh"] {
        other["grant"][token] = json!(format!("1000.{nth:0>32}.{nth:0>32}"));
    }
    other
}

/// Returns a Desk that opens its vault, and the ticket of that effect.
pub fn started(now: Moment) -> (Desk, Ticket) {
    let mut desk = Desk::default();
    let effects = desk.handle(Event::Started { regions_file: Ok(None), system: String::new() }, now);
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::OpenVault(ticket, _) => Some(*ticket),
        _ => None,
    });
    (desk, ticket.expect("the vault is asked for"))
}

pub fn opened(desk: &mut Desk, asked: Ticket, record: &SecretSlice<u8>, now: Moment) {
    let found = Opened { record: Some(record.clone()), notice: None, own_key: None };
    desk.handle(Event::Answered(asked, Answer::VaultOpened(Ok(found))), now);
}

/// Returns the record to save, if any.
pub fn saved_by(effects: &[Effect]) -> Option<(Ticket, SecretSlice<u8>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Save(ticket, record) => Some((*ticket, record.clone())),
        _ => None,
    })
}
