//! Asks the user in a dialog of the operating system, which the page can neither draw nor press.
//!
//! **Invariant:** only the user's press of a button gives an answer other than "not now". Deliberately absent: what is
//! asked, and what follows from the answer.

#[cfg(target_os = "linux")]
mod settling;
#[cfg_attr(target_os = "linux", path = "confirm/gtk.rs")]
#[cfg_attr(not(target_os = "linux"), path = "confirm/plugin.rs")]
mod system;

use keyfob::app::host::Answers;
use keyfob::text::confirmation;
use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_core::{Answer, Ticket};
use tauri::AppHandle;

use super::window;

/// Asks, and sends the decision to `answers`.
pub(super) fn ask(app: &AppHandle, ticket: Ticket, question: &Confirmation, answers: Answers) {
    let shown = confirmation::shown(question);
    let to_front = !matches!(
        question,
        Confirmation::AllowScripts { to_front: false, .. } | Confirmation::Revoke { to_front: false, .. }
    );
    let answer = move |decision: Decision| answers.give(ticket, Answer::Confirmed(decision));
    window::in_turn(app, move |app| system::open(app, ticket, &shown, to_front, answer));
}

/// Closes the question without an answer, on systems that let a program do so.
pub(super) fn stop(app: &AppHandle, ticket: Ticket) {
    window::in_turn(app, move |_| system::close(ticket));
}
