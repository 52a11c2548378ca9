//! Keyfob's clipboard content, as other programs see it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::{Duration, Instant};

use super::World;
use crate::patience::until;

/// The mark of content that clipboard histories skip.
const MARK: &str = "x-kde-passwordManagerHint";

pub fn holds(world: &World, text: &str) {
    until("the clipboard holds it", super::PATIENCE, || world.stage.clipboard().as_deref() == Some(text));
}

/// Checks that the clipboard has the newest token, with the mark.
pub fn is_marked(world: &World) {
    holds(world, &world.newest_token());
    let targets = world.stage.run("xclip", &["-selection", "clipboard", "-out", "-target", "TARGETS"]);
    assert!(targets.lines().any(|target| target == MARK), "{targets}");
    assert_eq!(world.stage.run("xclip", &["-selection", "clipboard", "-out", "-target", MARK]), "secret");
}

/// Checks that the token is gone half a minute after it was copied, and not before.
pub fn is_cleared(world: &World, copied: Instant) {
    until("the clipboard is cleared", Duration::from_secs(35), || world.stage.clipboard().is_none());
    let after = copied.elapsed();
    println!("the clipboard was found empty {} ms after the copy", after.as_millis());
    assert!(after >= Duration::from_secs(29), "{after:?}");
}
