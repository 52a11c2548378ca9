//! The form that describes a client, and the words for each client type.

use maud::{Markup, html};

use super::frame;
use crate::{Application, ClientType, Complaint, Field};

/// The page with an empty form, or with a refused one.
pub(crate) fn new(application: &Application, complaints: &[Complaint]) -> Markup {
    frame(
        "Create New Client",
        &html! {
            h1 { "Create New Client" }
            p.hint { (application.client_type.label()) " - " a href="/console" { "choose another type" } }
            section.card { (form(application, complaints, "CREATE")) }
        },
    )
}

/// The form alone.
pub(crate) fn form(application: &Application, complaints: &[Complaint], verb: &str) -> Markup {
    html! {
        form method="post" novalidate {
            @if !complaints.is_empty() {
                p.notice.wrong role="alert" { "Not saved yet. See what is marked below." }
            }
            (field("Client Name", "name", &application.name, find(complaints, Field::Name),
                "Letters, digits, spaces, _ and & only."))
            (field("Homepage URL", "homepage", &application.homepage, find(complaints, Field::Homepage),
                "Any web address of yours."))
            @if application.client_type.needs_redirects() {
                (field("Authorized Redirect URIs", "redirects", &application.redirects.join(", "),
                    find(complaints, Field::Redirects),
                    "Exactly as the app shows it. Several with commas between them."))
            }
            div.actions { button type="submit" { (verb) } }
        }
    }
}

impl ClientType {
    pub(crate) const EVERY: [Self; 4] = [Self::ServerBased, Self::MobileBased, Self::NonBrowser, Self::SelfClient];

    /// Its name in a URL.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ServerBased => "server-based",
            Self::MobileBased => "mobile-based",
            Self::NonBrowser => "non-browser",
            Self::SelfClient => "self-client",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|client_type| client_type.key() == key)
    }

    /// Its name in the console.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::ServerBased => "Server-based Applications",
            Self::MobileBased => "Mobile-based Applications",
            Self::NonBrowser => "Non-browser Applications",
            Self::SelfClient => "Self Client",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::ServerBased => "Sends you back to a web address (http or https).",
            Self::MobileBased => "Sends you back to an app, such as myapp://callback.",
            Self::NonBrowser => "For devices without a browser. No redirect.",
            Self::SelfClient => "For yourself only. The code is made here.",
        }
    }
}

fn field(label: &str, name: &str, value: &str, complaint: Option<&Complaint>, hint: &str) -> Markup {
    let hint_id = format!("{name}-hint");
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(value) type="text" required spellcheck="false" autocomplete="off"
                aria-invalid=[complaint.map(|_| "true")] aria-describedby=(hint_id);
            p.hint id=(hint_id) {
                @match complaint {
                    Some(complaint) => span.wrong { (complaint.sentence) },
                    None => (hint),
                }
            }
        }
    }
}

fn find(complaints: &[Complaint], field: Field) -> Option<&Complaint> {
    complaints.iter().find(|complaint| complaint.field == field)
}
