//! What a sign-in does once what changed is saved, so that a Keyfob that ends in the middle of it knows at its next start.

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
    /// Does this once what changed in this turn is saved.
    pub(super) fn once_saved(&mut self, step: After) {
        self.store.hand_back(step);
        self.cx.changed();
    }

    /// Does nothing any more once it is saved.
    pub(super) fn nothing_once_saved(&mut self) {
        self.store.hand_back_nothing();
    }

    /// Whether the attempt is saved, so that its address may be handed out.
    pub(super) fn attempt_is_saved(&self) -> bool {
        self.store.opened().is_some() && !matches!(self.store.waits_with(), Some(After::Browse))
    }
}
