//! The dialog in which Keyfob asks outside the page, answered by keys.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::Duration;

use crate::patience::until;
use crate::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until the dialog with this question is in front.
pub fn asks(stage: &Stage, question: &str) {
    until(&format!("a dialog asks {question:?}"), PATIENCE, || stage.in_front().starts_with(question));
}

/// Presses the button whose label begins with this letter. The dialog ignores keys at first, so the press is repeated.
pub fn answers(stage: &Stage, question: &str, letter: char) {
    asks(stage, question);
    let keys = format!("alt+{}", letter.to_ascii_lowercase());
    until(&format!("the dialog {question:?} takes the answer"), PATIENCE, || {
        let open = stage.in_front().starts_with(question);
        if open {
            stage.run("xdotool", &["key", "--clearmodifiers", &keys]);
        }
        !open
    });
}

/// Closes the dialog without an answer.
pub fn dismisses(stage: &Stage, question: &str) {
    asks(stage, question);
    stage.run("xdotool", &["key", "Escape"]);
    until("the dialog is gone", PATIENCE, || !stage.in_front().starts_with(question));
}
