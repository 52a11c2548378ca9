//! The routes of the device flow: the page for the user's code and the device's requests.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answers::spoken;
use super::{Received, Shared};
use crate::Answer;
use crate::pages::{device as pages, show};
use crate::zoho::device;

pub(super) async fn begin(State(world): Shared, Extension(asked): Received) -> Response {
    let units = world.units;
    let reply = device::begin(&mut world.zoho(), &asked, units, world.now());
    spoken(&world, reply)
}

pub(super) async fn poll(State(world): Shared, Extension(asked): Received) -> Response {
    let reply = device::poll(&mut world.zoho(), &asked, world.now());
    spoken(&world, reply)
}

pub(super) async fn page(Extension(asked): Received) -> Response {
    show(StatusCode::OK, &pages::type_code(asked.query("user_code").unwrap_or_default(), false))
}

pub(super) async fn typed(State(world): Shared, Extension(asked): Received) -> Response {
    let typed = asked.form("user_code").unwrap_or_default();
    let zoho = world.zoho();
    let Some(device) = zoho.devices.find(typed, world.now()) else {
        return show(StatusCode::BAD_REQUEST, &pages::type_code(typed, true));
    };
    let name = zoho.registry.find(&device.client_id).map_or("", |known| &known.application.name);
    show(StatusCode::OK, &pages::consent(device, name, &zoho.person, &zoho.troubles))
}

pub(super) async fn answer(State(world): Shared, Extension(asked): Received) -> Response {
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
