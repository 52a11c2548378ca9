//! The middleware before every route: admits only loopback, records the request, and applies the script or a trouble.
//!
//! *Invariant:* a request with another host name, or a form from another site, reaches no route. So a web page that the
//! user happens to visit cannot press buttons here.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::channel::Channel;
use url::Url;

use super::connection::Cut;
use crate::script::{Content, Delivery, Scripted};
use crate::world::World;
use crate::{Asked, Endpoint, Gate, Trouble};

const BODY_LIMIT: usize = 256 * 1024;

/// Admits one request.
pub(super) async fn admit(
    State(world): State<Arc<World>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let response = receive(&world, &cut, request, next).await;
    world.add_time_inside(began.elapsed());
    response
}

async fn receive(world: &World, cut: &Cut, request: Request, next: Next) -> Response {
    if !is_for_loopback(request.headers()) || is_form_from_elsewhere(&request, world) {
        return (StatusCode::FORBIDDEN, "Practice answers only on this machine.").into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let asked = Asked {
        endpoint: Endpoint::of(parts.uri.path()),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
        form: if is_form(&parts.headers) { pairs(&body) } else { Vec::new() },
        authorization: text(&parts.headers, header::AUTHORIZATION).map(str::to_owned),
        at: world.now(),
    };
    world.hear(asked.clone());
    let scripted = world.prompter().next(&asked);
    if scripted.is_none() && asked.endpoint.is_for_programs() {
        let (slow, unreachable) = {
            let troubles = &world.zoho().troubles;
            (troubles.contains(&Trouble::Slow), troubles.contains(&Trouble::Unreachable))
        };
        if slow {
            tokio::time::sleep(world.slow).await;
        }
        if unreachable {
            return hang_up(cut);
        }
    }
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().insert(Arc::new(asked));
    match scripted {
        None => next.run(request).await,
        Some(scripted) => perform(scripted, cut, request, next).await,
    }
}

async fn perform(scripted: Scripted, cut: &Cut, request: Request, next: Next) -> Response {
    if let Some(gate) = &scripted.held {
        gate.pass().await;
    }
    let mut response = match scripted.content {
        Content::Usual => next.run(request).await,
        Content::Own { status, headers, body } => {
            if scripted.done_first {
                next.run(request).await;
            }
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            response.body(Body::from(body)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    };
    if let Some(status) = scripted.status {
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    match scripted.delivery {
        Delivery::Whole => response,
        Delivery::Never => hang_up(cut),
        Delivery::CutShort => in_two_halves(response, None, cut).await,
        Delivery::Dripping(gate) => in_two_halves(response, Some(gate), cut).await,
    }
}

/// Sends half the body, and the rest once the gate opens; without a gate the connection breaks instead.
async fn in_two_halves(response: Response, gate: Option<Gate>, cut: &Cut) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.len() / 2;
    let (mut sender, channel) = Channel::<Bytes, std::io::Error>::new(2);
    // The client may have disconnected, which only ends the sending.
    let _ = sender.send_data(whole.slice(..half)).await;
    let mut flushes = cut.watch_flushes();
    tokio::spawn(async move {
        match gate {
            None => {
                let _ = flushes.changed().await;
                sender.abort(std::io::ErrorKind::ConnectionReset.into());
            }
            Some(gate) => {
                gate.pass().await;
                let _ = sender.send_data(whole.slice(half..)).await;
            }
        }
    });
    Response::from_parts(parts, Body::new(channel))
}

fn hang_up(cut: &Cut) -> Response {
    cut.now();
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

fn is_for_loopback(headers: &HeaderMap) -> bool {
    let named = text(headers, header::HOST).and_then(|host| Url::parse(&format!("http://{host}")).ok());
    let is_bare = |url: &Url| url.path() == "/" && url.username().is_empty();
    let host = named.filter(is_bare).and_then(|url| url.host_str().map(str::to_owned));
    matches!(host.as_deref(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

fn is_form_from_elsewhere(request: &Request, world: &World) -> bool {
    let from = text(request.headers(), header::ORIGIN);
    let here =
        |origin: &str| origin == world.home.origin || origin == world.home.origin.replace("127.0.0.1", "localhost");
    request.method() != Method::GET && from.is_some_and(|from| !here(from))
}

fn is_form(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}
