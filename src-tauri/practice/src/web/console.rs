//! The API console: registering clients, viewing them, creating a code for a Self Client.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Received, Shared};
use crate::pages::{self, console, console_form, show};
use crate::world::World;
use crate::zoho::application::split_redirects;
use crate::zoho::registry::Registration;
use crate::zoho::scopes;
use crate::{Application, Asked, ClientType, Complaint, MultiDc};

pub(super) async fn to_console() -> Redirect {
    Redirect::to("/console")
}

pub(super) async fn home(State(world): Shared) -> Response {
    let zoho = world.zoho();
    show(StatusCode::OK, &console::home(zoho.registry.all_own(), &zoho.troubles))
}

pub(super) async fn form(State(world): Shared, Path(name): Path<String>) -> Response {
    match ClientType::from_key(&name) {
        None => nothing_here().await,
        Some(ClientType::SelfClient) => register(&world, &empty(ClientType::SelfClient)),
        Some(client_type) => show(StatusCode::OK, &console_form::new(&empty(client_type), &[])),
    }
}

pub(super) async fn create(State(world): Shared, Path(name): Path<String>, Extension(asked): Received) -> Response {
    match ClientType::from_key(&name) {
        None => nothing_here().await,
        Some(client_type) => register(&world, &filled_in(client_type, &asked)),
    }
}

pub(super) async fn client(State(world): Shared, Path(id): Path<String>) -> Response {
    let found = world.zoho().registry.own(&id).cloned();
    match found {
        None => nothing_here().await,
        Some(registration) => shown(&world, StatusCode::OK, &registration, &[], None),
    }
}

pub(super) async fn update(State(world): Shared, Path(id): Path<String>, Extension(asked): Received) -> Response {
    let found = world.zoho().registry.own(&id).cloned();
    let Some(mut registration) = found else {
        return nothing_here().await;
    };
    registration.application = filled_in(registration.application.client_type, &asked);
    let updated = world.zoho().registry.update(&id, registration.application.clone());
    match updated {
        Ok(()) => shown(&world, StatusCode::OK, &registration, &[], Some("Updated.")),
        Err(complaints) => shown(&world, StatusCode::UNPROCESSABLE_ENTITY, &registration, &complaints, None),
    }
}

pub(super) async fn set_multi_dc(State(world): Shared, Path(id): Path<String>, Extension(asked): Received) -> Response {
    let chosen = asked.form("multi_dc").and_then(MultiDc::from_key);
    match chosen.and_then(|multi_dc| world.set_multi_dc(&id, multi_dc)) {
        None => nothing_here().await,
        Some(registration) => shown(&world, StatusCode::OK, &registration, &[], Some("Saved.")),
    }
}

pub(super) async fn generate_code(
    State(world): Shared,
    Path(id): Path<String>,
    Extension(asked): Received,
) -> Response {
    let found = world.zoho().registry.own(&id).cloned();
    let self_client = found.filter(|found| found.application.client_type == ClientType::SelfClient);
    let Some(registration) = self_client else {
        return nothing_here().await;
    };
    let typed = asked.form("scope").unwrap_or_default();
    let asked_for: Vec<String> = scopes::split(typed).iter().map(|scope| scope.trim().to_owned()).collect();
    let webhook_token = world.zoho().shown_webhook_token();
    let webhook_token = webhook_token.as_deref();
    if let Some(unknown) = scopes::first_unknown(&asked_for) {
        let page = console::self_client(&registration, typed, Some(unknown), webhook_token);
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let minutes = asked.form("minutes").and_then(|minutes| minutes.parse().ok()).unwrap_or(3).clamp(1, 10);
    match world.make_code(&id, asked_for, minutes) {
        Some(code) => show(StatusCode::OK, &console::code(&code, minutes, webhook_token)),
        None => show(StatusCode::TOO_MANY_REQUESTS, &console::too_many_codes()),
    }
}

pub(super) async fn style() -> Response {
    asset("text/css; charset=utf-8", pages::STYLE)
}

pub(super) async fn script() -> Response {
    asset("text/javascript; charset=utf-8", pages::SCRIPT)
}

pub(super) async fn nothing_here() -> Response {
    show(StatusCode::NOT_FOUND, &console::nothing_here())
}

fn shown(
    world: &World,
    status: StatusCode,
    client: &Registration,
    complaints: &[Complaint],
    said: Option<&str>,
) -> Response {
    let (secrets, webhook_token) = (world.secrets_of(&client.keys.client_id), world.zoho().shown_webhook_token());
    show(status, &console::client(client, &secrets, complaints, said, webhook_token.as_deref()))
}

fn register(world: &World, application: &Application) -> Response {
    let made = world.zoho().registry.register(application.clone());
    match made {
        Ok(keys) => Redirect::to(&format!("/console/client/{}", keys.client_id)).into_response(),
        Err(complaints) => show(StatusCode::UNPROCESSABLE_ENTITY, &console_form::new(application, &complaints)),
    }
}

fn empty(client_type: ClientType) -> Application {
    let name = if client_type == ClientType::SelfClient { "Self Client" } else { "" };
    Application { client_type, name: name.to_owned(), homepage: String::new(), redirects: Vec::new() }
}

fn filled_in(client_type: ClientType, asked: &Asked) -> Application {
    let typed = |name| asked.form(name).unwrap_or_default().trim().to_owned();
    Application {
        client_type,
        name: typed("name"),
        homepage: typed("homepage"),
        redirects: split_redirects(&typed("redirects")),
    }
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
