//! The routes: thin, from a request through Zoho's rules to a page or JSON.
//!
//! *Invariant:* every request passes the check in `porter` before any route sees it.

mod answers;
mod connection;
mod console;
mod device;
mod porter;
mod rehearse;
mod sign_in;

use std::net::TcpListener;
use std::sync::Arc;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::sync::oneshot;

use self::connection::{Cut, Door};
use crate::Asked;
use crate::world::World;

/// What every route gets: Practice's world, and the request as `porter` read it.
type Shared = State<Arc<World>>;
type Received = Extension<Arc<Asked>>;

/// Serves until stopped.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>, stopped: oneshot::Receiver<()>) {
    // The caller made the listener non-blocking, the only condition on which this can fail.
    let Ok(door) = Door::new(listener) else { return };
    let service = routes(world).into_make_service_with_connect_info::<Cut>();
    tokio::select! {
        _ = axum::serve(door, service) => {}
        _ = stopped => {}
    }
}

fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/oauth/v2/auth", get(sign_in::page))
        .route("/oauth/v2/auth/answer", post(sign_in::answer))
        .route("/oauth/v2/token", post(answers::token).get(answers::token_by_address))
        .route("/oauth/v2/token/scopeenhance", post(answers::scope_enhance).get(answers::token_by_address))
        .route("/oauth/v2/token/addextrascope", get(sign_in::page))
        .route("/oauth/v2/token/revoke", post(answers::revoke_by_token))
        .route("/oauth/v2/revoke/token", post(answers::revoke_by_client))
        .route("/oauth/v3/device", get(device::page).post(device::typed))
        .route("/oauth/v3/device/answer", post(device::answer))
        .route("/oauth/v3/device/code", post(device::begin))
        .route("/oauth/v3/device/token", post(device::poll))
        .route("/oauth/user/info", get(answers::user_info))
        .route("/api/v2/statuses/current", get(answers::cliq))
        .route("/api/v2/channels", get(answers::cliq))
        .route("/api/v2/users", get(answers::cliq))
        .route("/api/v2/chats", get(answers::cliq))
        .route("/api/v2/teams", get(answers::cliq))
        .route("/api/v2/departments", get(answers::cliq))
        .route("/api/v2/designations", get(answers::cliq))
        .route("/api/v3/bots", get(answers::cliq))
        .route("/api/v2/channelsbyname/{name}/message", post(answers::cliq))
        .route("/", get(console::to_console))
        .route("/console", get(console::home))
        .route("/console/new/{type}", get(console::form).post(console::create))
        .route("/console/client/{id}", get(console::client).post(console::update))
        .route("/console/client/{id}/settings", post(console::set_multi_dc))
        .route("/console/self-client/{id}/code", post(console::generate_code))
        .route("/console/rehearse", get(rehearse::page).post(rehearse::switch))
        .route("/practice.css", get(console::style))
        .route("/practice.js", get(console::script))
        .fallback(console::nothing_here)
        .layer(from_fn_with_state(Arc::clone(&world), porter::admit))
        .with_state(world)
}
