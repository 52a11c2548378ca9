//! The consent page, the error pages in its place, and the page that stays in the tab afterwards.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{frame, framed};
use crate::zoho::consent::Request;
use crate::zoho::scopes::in_words;
use crate::{Answer, Person, Stop, Trouble};

/// The page with Accept and Reject.
pub(crate) fn page(request: &Request, person: &Person, troubles: &BTreeSet<Trouble>, ticket: &str) -> Markup {
    let title = format!("{} asks for access", request.name);
    frame(
        &title,
        &html! {
            form.card.consent method="post" action="/oauth/v2/auth/answer" {
                (what_is_asked(&request.name, &request.scopes, request.hint(), person, troubles))
                @if troubles.contains(&Trouble::NoOrg) {
                    p.notice { "Rehearsing a product that is not in use: Accept will bring no permission." }
                }
                input type="hidden" name="ticket" value=(ticket);
                div.actions {
                    button #accept type="submit" name="answer" value="accept" { "Accept" }
                    button #reject.quiet type="submit" name="answer" value="reject" { "Reject" }
                }
            }
        },
    )
}

/// The account, the client and the requested scopes.
pub(super) fn what_is_asked(
    name: &str,
    scopes: &[String],
    hint: &str,
    person: &Person,
    troubles: &BTreeSet<Trouble>,
) -> Markup {
    html! {
        p.person {
            span.initial aria-hidden="true" { (initial(person)) }
            span { strong { (person.display_name()) } br; (person.email) }
        }
        h1 { strong { (name) } " would like to" }
        ul.scopes {
            @for scope in scopes {
                li { span { (in_words(scope)) } code { (scope) } }
            }
        }
        p.hint { (hint) }
        @if troubles.contains(&Trouble::Refused) {
            p.notice { "Rehearsing a refusal: Accept will be refused as well." }
        }
    }
}

/// The error page for an invalid request.
pub(crate) fn stopped(stop: Stop) -> Markup {
    let (title, why, cure) = match stop {
        Stop::InvalidClient => (
            "Invalid Client",
            "There is no client with this Client ID here.",
            "Copy the Client ID again from the API console of this data centre.",
        ),
        Stop::InvalidRedirectUri => (
            "Invalid Redirect Uri",
            "The redirect URI in the request does not match one that is registered for this client.",
            "Open the client in the API console and enter the redirect URI exactly as the app shows it.",
        ),
        Stop::InvalidResponseType => (
            "Invalid Response Type",
            "The request asks for something that this page does not give.",
            "This is a fault of the app that sent you here.",
        ),
        Stop::ScopeDoesNotExist => (
            "Scope does not exist",
            "The request asks for a scope that Zoho does not know. Upper and lower case count.",
            "Choose the scopes again in the app.",
        ),
        Stop::InvalidEnhanceToken => (
            "Invalid Enhance Token",
            "The token to add permissions with is unknown or was used, or ten minutes went by.",
            "Start again in the app.",
        ),
        Stop::PageIsOver => {
            ("This page is over", "It was answered already, or ten minutes went by.", "Start again in the app.")
        }
        Stop::NotHere => ("Not here", "This address does not lead to Practice.", "Start again in the app."),
    };
    frame(
        title,
        &html! {
            section.card {
                h1 { (title) }
                p { (why) }
                p { (cure) }
                p.hint { "The app does not learn that you are seeing this page." }
            }
        },
    )
}

/// The page that opens the app and stays in the tab.
pub(crate) fn leaving(to: &str, name: &str, answer: Answer) -> Markup {
    let title = match answer {
        Answer::Accept => "Back to the app",
        Answer::Reject => "You said no",
    };
    framed(
        title,
        Some(to),
        &html! {
            section.card {
                h1 { (title) }
                p { strong { (name) } " should be open now. You may close this tab." }
                p { a.button #back href=(to) data-go="at once" { "Open the app again" } }
                details {
                    summary { "Nothing happened?" }
                    p { "Copy this address and paste it in the app. It works once, for one minute." }
                    (super::to_copy("Address", "address", to))
                }
            }
        },
    )
}

impl Request {
    fn hint(&self) -> &'static str {
        if self.enhance_token.is_some() { "It is added to what you allowed before." } else { how_long(self.offline) }
    }
}

/// The duration of the access.
pub(super) fn how_long(offline: bool) -> &'static str {
    if offline {
        "It keeps this access, also while you are away, until you take it back."
    } else {
        "It keeps this access for one hour."
    }
}

fn initial(person: &Person) -> String {
    person.first_name.chars().take(1).collect()
}
