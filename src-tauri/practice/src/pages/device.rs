//! The pages for a device's code.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::consent::{how_long, what_is_asked};
use super::frame;
use crate::zoho::device::Device;
use crate::{Answer, Person, Trouble};

/// The page with the field for the code.
pub(crate) fn type_code(typed: &str, wrong: bool) -> Markup {
    frame(
        "Connect a device",
        &html! {
            form.card method="post" action="/oauth/v3/device" {
                h1 { "Connect a device" }
                div.field {
                    label for="user-code" { "Enter the code the app shows" }
                    input #user-code.code name="user_code" value=(typed) required spellcheck="false" autocomplete="off"
                        autocapitalize="characters" aria-invalid=[wrong.then_some("true")] aria-describedby="code-hint";
                    p.hint #code-hint {
                        @if wrong {
                            span.wrong role="alert" { "No such code. It may have run out: a code is good for five minutes, once." }
                        } @else {
                            "Enter it only if you asked for it yourself, just now."
                        }
                    }
                }
                div.actions { button #verify type="submit" { "Continue" } }
            }
        },
    )
}

/// The page with Accept and Reject.
pub(crate) fn consent(device: &Device, name: &str, person: &Person, troubles: &BTreeSet<Trouble>) -> Markup {
    frame(
        &format!("{name} asks for access"),
        &html! {
            form.card.consent method="post" action="/oauth/v3/device/answer" {
                (what_is_asked(name, &device.scopes, how_long(device.offline), person, troubles))
                input type="hidden" name="user_code" value=(device.user_code);
                div.actions {
                    button #accept type="submit" name="answer" value="accept" { "Accept" }
                    button #reject.quiet type="submit" name="answer" value="reject" { "Reject" }
                }
            }
        },
    )
}

/// The page that stays in the tab.
pub(crate) fn done(answer: Answer) -> Markup {
    let (title, sentence) = match answer {
        Answer::Accept => ("Done", "The app learns of it the next time it asks, within half a minute."),
        Answer::Reject => ("You said no", "The app learns of it the next time it asks."),
    };
    frame(title, &html! { section.card { h1 #done { (title) } p { (sentence) } p { "You may close this tab." } } })
}
