//! The step that a sign-in takes once its changes are saved, so that Keyfob knows of it at the next start.

use zoho_oauth::region::RegionCode;
use zoho_oauth::request::Request;

use super::SignIn;

/// The step that waits for the save.
#[derive(Debug)]
pub(crate) enum After {
    /// Open the browser.
    Browse,
    /// Send the code to this region.
    Exchange(RegionCode, Request),
    /// Ask this region whether the user has approved a device code.
    Poll(RegionCode, Request),
}

impl SignIn<'_> {
    /// Takes this step once this event's changes are saved.
    pub(super) fn once_saved(&mut self, step: After) {
        self.store.hand_back(step);
        self.cx.changed();
    }

    /// Drops the step that waits for the save.
    pub(super) fn nothing_once_saved(&mut self) {
        self.store.hand_back_nothing();
    }

    /// Whether the attempt is saved, so that its address may be handed out.
    pub(super) fn attempt_is_saved(&self) -> bool {
        self.store.opened().is_some() && !matches!(self.store.waits_with(), Some(After::Browse))
    }
}
