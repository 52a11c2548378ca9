//! The routes of the device flow: the page for the user's code and the device's requests.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answers::spoken;
use crate::pages::{device as pages, show};
use crate::world::World;
use crate::zoho::device;
use crate::{Answer, Asked};

type Here = State<Arc<World>>;
type What = Extension<Arc<Asked>>;

pub(super) async fn begin(State(world): Here, Extension(asked): What) -> Response {
    let units = world.units;
    let reply = device::begin(&mut world.zoho(), &asked, units, world.now());
    spoken(&world, reply)
}

pub(super) async fn poll(State(world): Here, Extension(asked): What) -> Response {
    let reply = device::poll(&mut world.zoho(), &asked, world.now());
    spoken(&world, reply)
}

pub(super) async fn page(Extension(asked): What) -> Response {
    show(StatusCode::OK, &pages::type_code(asked.query("user_code").unwrap_or_default(), false))
}

pub(super) async fn typed(State(world): Here, Extension(asked): What) -> Response {
    let typed = asked.form("user_code").unwrap_or_default();
    let zoho = world.zoho();
    let Some(device) = zoho.devices.find(typed, world.now()) else {
        return show(StatusCode::BAD_REQUEST, &pages::type_code(typed, true));
    };
    let name = zoho.registry.find(&device.client_id).map_or("", |known| &known.application.name);
    show(StatusCode::OK, &pages::consent(device, name, &zoho.person, &zoho.troubles))
}

pub(super) async fn answer(State(world): Here, Extension(asked): What) -> Response {
    let answer = match asked.form("answer") {
        Some("accept") => Answer::Accept,
        _ => Answer::Reject,
    };
    let typed = asked.form("user_code").unwrap_or_default();
    match world.answer_device(typed, answer) {
        Some(_) => show(StatusCode::OK, &pages::done(answer)),
        None => show(StatusCode::BAD_REQUEST, &pages::type_code(typed, true)),
    }
}
