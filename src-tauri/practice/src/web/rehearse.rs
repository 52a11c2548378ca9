//! The switches for what can go wrong.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::pages::{rehearse, show};
use crate::world::World;
use crate::{Asked, Trouble};

pub(super) async fn page(State(world): State<Arc<World>>) -> Response {
    show(StatusCode::OK, &rehearse::page(&world.zoho().troubles))
}

pub(super) async fn switch(State(world): State<Arc<World>>, Extension(asked): Extension<Arc<Asked>>) -> Response {
    let troubles = &mut world.zoho().troubles;
    match asked.form("trouble").and_then(Trouble::from_key) {
        None => troubles.clear(),
        Some(trouble) => {
            if !troubles.remove(&trouble) {
                troubles.insert(trouble);
            }
        }
    }
    Redirect::to("/console/rehearse").into_response()
}
