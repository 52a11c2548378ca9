//! The page of switches for what can go wrong.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::frame;
use crate::Trouble;

/// Every trouble with its switch, and a switch for all off.
pub(crate) fn page(troubles: &BTreeSet<Trouble>) -> Markup {
    frame(
        "What can go wrong",
        &html! {
            h1 { "What can go wrong" }
            p { "Switch something on, then use the app and see what it says. Nothing real can break." }
            form method="post" {
                ul.switches {
                    @for trouble in Trouble::EVERY {
                        @let on = troubles.contains(&trouble);
                        li.card {
                            div {
                                h2 { (trouble.title()) @if on { " " span.on { "On" } } }
                                p.hint id=(trouble.key()) { (trouble.sentence()) }
                            }
                            button.quiet[!on] name="trouble" value=(trouble.key()) aria-describedby=(trouble.key()) {
                                @if on { "Switch off" } @else { "Switch on" }
                                span.unseen { ": " (trouble.title()) }
                            }
                        }
                    }
                }
                div.actions {
                    button #normal name="trouble" value="none" disabled[troubles.is_empty()] { "Back to normal" }
                }
            }
        },
    )
}

impl Trouble {
    fn title(self) -> &'static str {
        match self {
            Self::Refused => "Refused",
            Self::OtherRegion => "Another region",
            Self::Throttled => "Throttled",
            Self::CodesExpireAtOnce => "Code too late",
            Self::Unreachable => "Unreachable",
            Self::NoRefreshToken => "One hour only",
            Self::NoEnhancing => "Nothing can be added",
            Self::Slow => "Slow",
            Self::NoOrg => "Product not in use",
            Self::GeneralError => "Unexplained error",
            Self::EmptyLists => "Empty lists",
            Self::CliqLimit => "Too many calls",
            Self::PushedOut => "Token ended by others",
            Self::WebhookToken => "Webhook token",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Refused => "Every sign-in is refused, as if an administrator did not allow it.",
            Self::OtherRegion => "The next sign-in comes back from another region, as for a colleague abroad.",
            Self::Throttled => "No new tokens are given, as after too many requests.",
            Self::CodesExpireAtOnce => "The one-minute code has run out by the time the app uses it.",
            Self::Unreachable => "The app gets no answer; the connection closes, as on a broken network.",
            Self::NoRefreshToken => "A sign-in gives an access token, but nothing to renew it with.",
            Self::NoEnhancing => {
                "No permission can be added to what a client has; the app has to sign in again for it."
            }
            Self::Slow => "The app waits long for every answer.",
            Self::NoOrg => {
                "Every sign-in comes back with no_org, as when the account does not use a product that a permission is of."
            }
            Self::GeneralError => {
                "No new tokens are given, and the reason is general_error, which Zoho explains nowhere. It passes by itself."
            }
            Self::EmptyLists => {
                "Cliq answers every list without a body, with status 204, as when there is nothing in it."
            }
            Self::CliqLimit => {
                "Cliq refuses every call, with status 400 and request_limit_exceeded, as after too many calls."
            }
            Self::PushedOut => {
                "The next time the app calls Cliq, its access token has ended: other programs got ten newer ones with the \
                 same refresh token, and Zoho keeps ten."
            }
            Self::WebhookToken => {
                "The console shows a webhook token of Cliq beside the Self Client's code. It looks like a code and is none."
            }
        }
    }
}
