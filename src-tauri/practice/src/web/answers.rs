//! The routes for programs: tokens, revocation, user info, Cliq.

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{Received, Shared};
use crate::Turned;
use crate::world::World;
use crate::zoho::{Reply, enhance, revoke, token as tokens, use_token};

pub(super) async fn token(State(world): Shared, Extension(asked): Received) -> Response {
    let reply = tokens::answer(&mut world.zoho(), &asked, world.now());
    if reply.body["error"] == "invalid_client" {
        world.code_was_elsewhere(&asked);
    }
    spoken(&world, reply)
}

pub(super) async fn scope_enhance(State(world): Shared, Extension(asked): Received) -> Response {
    let reply = enhance::begin(&mut world.zoho(), &asked, world.now());
    spoken(&world, reply)
}

/// Token endpoints do not serve browsers.
pub(super) async fn token_by_address() -> Response {
    (StatusCode::BAD_REQUEST, "Tokens are asked for with POST.").into_response()
}

pub(super) async fn revoke_by_token(State(world): Shared, Extension(asked): Received) -> Response {
    say(&revoke::by_token(&mut world.zoho(), &asked, world.now()))
}

pub(super) async fn revoke_by_client(State(world): Shared, Extension(asked): Received) -> Response {
    if world.zoho().dialect.has(Turned::OlderRevocationOnly) {
        return super::console::nothing_here().await;
    }
    say(&revoke::by_client(&mut world.zoho(), &asked, world.now()))
}

pub(super) async fn user_info(State(world): Shared, Extension(asked): Received) -> Response {
    say(&use_token::user_info(&world.zoho(), &asked, world.now()))
}

pub(super) async fn cliq(State(world): Shared, Extension(asked): Received) -> Response {
    say(&use_token::cliq(&mut world.zoho(), &asked, world.now()))
}

/// A token endpoint's response.
pub(super) fn spoken(world: &World, reply: Reply) -> Response {
    say(&world.zoho().dialect.spoken(reply))
}

pub(super) fn say(reply: &Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if reply.body.is_null() {
        return status.into_response();
    }
    let headers = [(header::CONTENT_TYPE, "application/json;charset=UTF-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, reply.body.to_string()).into_response()
}
