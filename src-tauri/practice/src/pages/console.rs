//! The console's pages.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{console_form, frame, multi_dc, to_copy};
use crate::zoho::client_credentials::ORGANISATION;
use crate::zoho::registry::Registration;
use crate::{ClientType, Complaint, Trouble};

/// The first page: the clients, and the client types to create.
pub(crate) fn home(clients: &[Registration], troubles: &BTreeSet<Trouble>) -> Markup {
    frame(
        "API console",
        &html! {
            h1 { "API console" }
            @if !troubles.is_empty() {
                p.notice { "Something is set to go wrong. " a href="/console/rehearse" { "See what" } }
            }
            @if !clients.is_empty() {
                section aria-labelledby="clients" {
                    h2 #clients { "Your clients" }
                    ul.rows {
                        @for client in clients {
                            li {
                                a href={ "/console/client/" (client.keys.client_id) } { (client.application.name) }
                                span.hint { (client.application.client_type.label()) }
                            }
                        }
                    }
                }
            }
            section aria-labelledby="add" {
                h2 #add { "Add a client" }
                p.hint { "Choose a client type." }
                ul.choices {
                    @for client_type in ClientType::EVERY {
                        li {
                            a.card href={ "/console/new/" (client_type.key()) } {
                                strong { (client_type.label()) }
                                span.hint { (client_type.hint()) }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// One client, with its keys first, since users come for them.
pub(crate) fn client(
    client: &Registration,
    secrets: &[(String, String)],
    complaints: &[Complaint],
    said: Option<&str>,
    webhook_token: Option<&str>,
) -> Markup {
    if client.application.client_type == ClientType::SelfClient {
        return self_client(client, "", None, webhook_token);
    }
    frame(
        &client.application.name,
        &html! {
            h1 { (client.application.name) }
            p.hint { (client.application.client_type.label()) }
            @if let Some(said) = said {
                p.notice role="status" { (said) }
            }
            (keys(client))
            section.card aria-labelledby="details" {
                h2 #details { "Client Details" }
                (console_form::form(&client.application, complaints, "UPDATE"))
            }
            (multi_dc::settings(client, secrets))
        },
    )
}

/// The Self Client: its keys and the form that makes a code.
pub(crate) fn self_client(
    client: &Registration,
    typed: &str,
    unknown: Option<&str>,
    webhook_token: Option<&str>,
) -> Markup {
    frame(
        "Self Client",
        &html! {
            h1 { "Self Client" }
            (keys(client))
            section.card aria-labelledby="organisation" {
                h2 #organisation { "Organisation" }
                (to_copy("Organisation ID", "organisation-id", ORGANISATION))
            }
            (webhook_tokens(webhook_token))
            section.card aria-labelledby="generate" {
                h2 #generate { "Generate Code" }
                form method="post" action={ "/console/self-client/" (client.keys.client_id) "/code" } {
                    div.field {
                        label for="scope" { "Scope" }
                        input #scope.code name="scope" value=(typed) required spellcheck="false" autocomplete="off"
                            aria-invalid=[unknown.map(|_| "true")] aria-describedby="scope-hint";
                        p.hint #scope-hint {
                            @match unknown {
                                Some("") => span.wrong { "Enter a valid scope." },
                                Some(scope) => span.wrong { "Scope does not exist: " code { (scope) } },
                                None => "Several scopes with commas between them.",
                            }
                        }
                    }
                    div.field {
                        label for="minutes" { "Time Duration" }
                        select #minutes name="minutes" {
                            @for minutes in [3, 5, 7, 10] {
                                option value=(minutes) { (minutes) " minutes" }
                            }
                        }
                    }
                    div.field {
                        label for="description" { "Scope Description" }
                        input #description name="description" required maxlength="200" autocomplete="off";
                    }
                    div.actions { button type="submit" { "CREATE" } }
                }
            }
        },
    )
}

/// The code that was made.
pub(crate) fn code(code: &str, minutes: u64, webhook_token: Option<&str>) -> Markup {
    frame(
        "Generated Code",
        &html! {
            section.card {
                h1 { "Generated Code" }
                p { "Paste it in the app. It works once, for " (minutes) " minutes." }
                (to_copy("Generated Code", "code", code))
                p { a href="/console" { "Back to the console" } }
            }
            (webhook_tokens(webhook_token))
        },
    )
}

pub(crate) fn too_many_codes() -> Markup {
    let sentence = "Ten codes were made in the last ten minutes. Wait a while.";
    frame("Too many codes", &html! { section.card { h1 { "Too many codes" } p { (sentence) } } })
}

pub(crate) fn nothing_here() -> Markup {
    frame(
        "Nothing here",
        &html! {
            section.card {
                h1 { "Nothing here" }
                p { "There is no such page. If it was a client, Practice has forgotten it." }
                p { a href="/console" { "Go to the API console" } }
            }
        },
    )
}

/// The page that Cliq shows under Bots & Tools, whose token a user may mistake for a code.
fn webhook_tokens(webhook_token: Option<&str>) -> Markup {
    html! {
        @if let Some(webhook_token) = webhook_token {
            section.card aria-labelledby="webhook-tokens" {
                h2 #webhook-tokens { "Webhook Tokens" }
                p.hint { "For programs that post to Cliq without a sign-in." }
                (to_copy("Webhook Token", "webhook-token", webhook_token))
            }
        }
    }
}

fn keys(client: &Registration) -> Markup {
    html! {
        section.card aria-labelledby="keys" {
            h2 #keys { "Client Secret" }
            p.hint { "Copy both into the app. Treat the secret like a password." }
            (to_copy("Client ID", "client-id", &client.keys.client_id))
            (to_copy("Client Secret", "client-secret", &client.keys.client_secret))
        }
    }
}
