//! The consent page and its two buttons.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::pages::{consent, show};
use crate::world::{Opened, World};
use crate::{Answer, Asked, Stop};

pub(super) async fn page(State(world): State<Arc<World>>, Extension(asked): Extension<Arc<Asked>>) -> Response {
    match world.open_consent(&asked) {
        Err(stop) => stopped(stop),
        Ok(Opened::Skipped(back)) => send_back(&back, "The app", Answer::Accept),
        Ok(Opened::Page { ticket, request }) => {
            let zoho = world.zoho();
            show(StatusCode::OK, &consent::page(&request, &zoho.person, &zoho.troubles, &ticket))
        }
    }
}

pub(super) async fn answer(State(world): State<Arc<World>>, Extension(asked): Extension<Arc<Asked>>) -> Response {
    let answer = match asked.form("answer") {
        Some("accept") => Answer::Accept,
        _ => Answer::Reject,
    };
    match world.close_consent(asked.form("ticket").unwrap_or_default()) {
        Err(stop) => stopped(stop),
        Ok(request) => send_back(&world.answer_consent(&request, answer), &request.name, answer),
    }
}

fn stopped(stop: Stop) -> Response {
    show(StatusCode::BAD_REQUEST, &consent::stopped(stop))
}

/// Redirects to a web page directly. An app's own scheme is opened from a page, because the tab stays open and should
/// say what to do next.
fn send_back(to: &str, name: &str, answer: Answer) -> Response {
    if to.starts_with("http://") || to.starts_with("https://") {
        return (StatusCode::FOUND, [(header::LOCATION, to)]).into_response();
    }
    show(StatusCode::OK, &consent::leaving(to, name, answer))
}
